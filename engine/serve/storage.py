"""Answers about the storage of a tensor: its elements in their order, and all that reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from engine.autograd.graph.node_names import named_tensors
from engine.autograd.recorder import Recorder
from engine.autograd.snapshot import can_alias
from engine.program.lookup import resolve_cells
from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.sentence import Sentence
from engine.protocol.storage import AskStorage, Layout, StorageShown
from engine.serve.shared_arrays import arrays_in
from engine.shared.numbers import number
from engine.shared.strides import gaps
from engine.tensors import native
from engine.tensors.reading import unobserved

_MOST_SHOWN = 96  # elements
_MOST_LAYOUTS = 6


class StorageBook:
    """Answers from the live namespace and the graph on screen. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace, self._recorder = namespace, recorder

    def storage(self, request: AskStorage) -> StorageShown:
        """Raises EngineError where a variable is no tensor."""
        with unobserved():
            tensor = self._tensor(request.key)
            if tensor is None or not can_alias(tensor) or not native.has_own_data(native.bare(tensor)):
                return StorageShown(request.id)
            return self._shown(request, native.bare(tensor))

    def _tensor(self, key: VariableKey | NodeValueKey) -> Tensor | None:
        if isinstance(key, VariableKey):
            return resolve_cells(self._namespace, key.name)[0]
        leaf = self._recorder.leaf(key.node)
        return self._recorder.value(key.node, key.slot)[0] if leaf is None else leaf

    def _shown(self, request: AskStorage, tensor: Tensor) -> StorageShown:
        own = _layout(request.name, tensor)
        storage, itemsize = native.untyped_storage(tensor), tensor.element_size()
        n_elements = storage.nbytes() // itemsize
        begin = own.offset if own.offset >= _MOST_SHOWN else 0
        first = begin if request.first < 0 else max(min(request.first, n_elements - 1), 0)
        shown = min(n_elements - first, _MOST_SHOWN)
        flat = torch.as_strided(tensor, (shown,), (1,), first)
        others = [*self._tensors(tensor, own), *self._arrays(tensor, own)]
        return StorageShown(
            request.id,
            n_elements=n_elements,
            itemsize=itemsize,
            first=first,
            texts=tuple(map(number, flat.tolist())),
            layouts=(own, *others[: _MOST_LAYOUTS - 1]),
            said=(*((_of_view(request.name, own),) if len(own.shape) > 1 else ()), *self._in_other_dtypes(tensor)),
        )

    def _tensors(self, tensor: Tensor, own: Layout) -> Iterator[Layout]:
        """Others that the program has a name for, of the same dtype."""
        for name, bare in self._sharing(tensor):
            if name != own.name and bare.dtype is tensor.dtype:
                yield _layout(name, bare)

    def _arrays(self, tensor: Tensor, own: Layout) -> Iterator[Layout]:
        return (one for one in arrays_in(tensor, self._namespace) if one.name != own.name)

    def _sharing(self, tensor: Tensor) -> Iterator[tuple[str, Tensor]]:
        place = native.untyped_storage(tensor).data_ptr()  # from_numpy makes one more storage of the same memory
        for name, other in named_tensors(self._namespace):
            if can_alias(other):
                bare = native.bare(other)
                if native.untyped_storage(bare).data_ptr() == place:
                    yield name, bare

    def _in_other_dtypes(self, tensor: Tensor) -> Iterator[Sentence]:
        """Who reads the same bytes as other numbers, in steps that are not those of this tensor."""
        names = [
            f"{name} ({str(other.dtype).removeprefix('torch.')})"
            for name, other in self._sharing(tensor)
            if other.dtype is not tensor.dtype
        ]
        if names:
            some = ", ".join(names[:_MOST_LAYOUTS]) + (", …" if len(names) > _MOST_LAYOUTS else "")
            yield Sentence.of(
                "storage.other_dtypes", "The same bytes are read in another dtype by {names}.", names=some
            )


def _layout(name: str, tensor: Tensor) -> Layout:
    return Layout(name, tuple(tensor.shape), tuple(tensor.stride()), tensor.storage_offset())


def _of_view(name: str, layout: Layout) -> Sentence:
    """Which strides do not fit a .view() that would join axes."""
    found = gaps(layout.shape, layout.stride)
    if not found:
        return Sentence.of(
            "storage.views",
            "The elements of {name} lie in the order in which it is read: .view() takes any shape of as many, and "
            "copies nothing.",
            name=name,
        )
    gap = found[0]
    return Sentence.of(
        "storage.no_view",
        "A .view() that joins the axes {axis} and {after} of {name} fails: a step along axis {axis} is {step}, and "
        "would have to be {needed} for one stride to go through both. .reshape() copies the elements into that order.",
        name=name,
        axis=gap.axis,
        after=gap.after,
        step=gap.step,
        needed=gap.needed,
    )
