"""Why a tensor has its dtype and is on its device, from the call that made it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.graph.calls import expression_of
from engine.autograd.graph.traits import given_to_copy
from engine.autograd.operations.beginnings import Converted
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call, dtype_name, slot_shape
from engine.program.function_names import function_name
from engine.protocol.sentence import Sentence
from engine.serve.dtype_words import of_made
from engine.serve.shared_arrays import arrays_in
from engine.tensors import native

_Sentences = tuple[Sentence, ...]


class _Change(NamedTuple):
    """From the dtype, device and bytes that a tensor had to those that it has."""

    call: str
    before: tuple[torch.dtype, torch.device, int]
    after: tuple[torch.dtype, torch.device, int]


class NumberOrigin:
    """Reads the namespace, the graph on screen and what the recorder remembers. Inside `unobserved`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace, self._recorder = namespace, recorder

    def of_tensor(self, tensor: Tensor) -> _Sentences:
        """Of one that the program has."""
        call = self._recorder.operations.beginnings.given_back(tensor)
        return self._of_making(tensor) + ((_of_no_copy(call, tensor),) if call is not None and call.direct else ())

    def _of_making(self, tensor: Tensor) -> _Sentences:
        node = native.grad_fn(tensor)
        if node is not None:
            change = _change_at(node, self._text(tensor, None), native.nbytes(tensor))
            return () if change is None else tuple(_of_change(change))
        began = self._recorder.operations.beginnings.of(tensor)
        if isinstance(began, Converted):
            after = native.dtype(tensor), native.device(tensor), native.nbytes(tensor)
            text = self._text(tensor, began.function)
            return tuple(_of_change(_Change(text, (began.dtype, began.device, began.n_bytes), after)))
        if began is not None:
            found = of_made(began, self._text(tensor, began.function), native.dtype(tensor))
            return () if found is None else (found,)
        bare = native.bare(tensor)
        return tuple(self._of_foreign_memory(tensor, bare)) if native.has_own_data(bare) else ()

    def _of_foreign_memory(self, tensor: Tensor, bare: Tensor) -> Iterator[Sentence]:
        """Of what was made of memory that is not torch's own."""
        names = [one.name for one in arrays_in(bare, self._namespace)]
        if names:
            yield _of_memory(names[0], bare)
        elif native.is_cpu(bare) and not bare.untyped_storage().resizable() and self._made_by_none(tensor):
            yield Sentence.of(
                "dtype.of_foreign_memory",
                "It lies in memory that is not PyTorch's own, as that of an array of NumPy that no variable holds, and "
                "so has its dtype, {dtype}: nothing was copied.",
                dtype=dtype_name(bare.dtype),
            )

    def _made_by_none(self, tensor: Tensor) -> bool:
        """Whether no call is known that made it of another tensor: what torch made and gave away is not foreign."""
        return self._recorder.operations.of(tensor) is None

    def of_node(self, node: int, value: Tensor | None) -> _Sentences:
        """Of a result of a node on screen."""
        leaf, grad_fn = self._recorder.leaf(node), self._recorder.grad_fn(node)
        if leaf is not None:
            return self.of_tensor(leaf)
        record = self._recorder.shown_record(node)
        if grad_fn is None or value is None or record is None or record.call is None:
            return ()
        change = _change_at(grad_fn, expression_of(record.call), native.nbytes(value))
        return () if change is None else tuple(_of_change(change))

    def _text(self, tensor: Tensor, function: Any) -> str:
        """Of the call that made it, as the program writes it; else the name of its function."""
        call = self._recorder.seen.written_by(tensor)
        if call is not None and (function is None or call.function is function):
            return expression_of(call)
        return function_name(function) if function is not None else ""


def copied_from(tensor: Tensor, recorder: Recorder) -> str:
    """The device that a tensor was copied from onto its own; "" where that was not seen. Inside `Unseen`."""
    node = native.grad_fn(tensor)
    if node is not None:
        found = given_to_copy(node)
        device = None if found is None else found.device
    else:
        began = recorder.operations.beginnings.of(tensor)
        device = began.device if isinstance(began, Converted) else None
    return "" if device is None or device == native.device(tensor) else str(device)


def _change_at(node: Any, call: str, n_bytes: int) -> _Change | None:
    """At a node that made another dtype, or a copy on another device."""
    given, made = given_to_copy(node), node._input_metadata[0]
    if given is None or (given.dtype, given.device) == (made.dtype, made.device):
        return None
    n_elements = torch.Size(slot_shape(given) or ()).numel()
    before = given.dtype, given.device, n_elements * given.dtype.itemsize
    return _Change(call, before, (made.dtype, made.device, n_bytes))


def _of_change(change: _Change) -> Iterator[Sentence]:
    (dtype, device, n_bytes), (to, onto, n_after) = change.before, change.after
    if dtype != to:
        yield Sentence.of(
            "dtype.converted",
            "{call} made it of {before}, {each} B a number: {n_before:,} B became {n_after:,} B, in memory of "
            "its own. The tensor before is as it was.",
            call=change.call,
            before=dtype_name(dtype),
            each=dtype.itemsize,
            n_before=n_bytes,
            n_after=n_after,
        )
    if device != onto and onto.type == "meta":
        yield Sentence.of(
            "device.to_meta",
            "{call} took it from {before} to meta, where a tensor has a shape and a dtype, and no numbers: none were "
            "copied.",
            call=change.call,
            before=device,
        )
    elif device != onto:
        yield Sentence.of(
            "device.copied",
            "{call} copied it from {before} to {after}: {n_bytes:,} bytes went from the memory of one device to that "
            "of the other.",
            call=change.call,
            before=device,
            after=onto,
            n_bytes=n_after,
        )


def _of_no_copy(call: Call, tensor: Tensor) -> Sentence:
    return Sentence.of(
        "dtype.given_back",
        "{call} gave the same tensor back: it was {dtype} on {device} already, and nothing was copied.",
        call=expression_of(call),
        dtype=dtype_name(native.dtype(tensor)),
        device=native.device(tensor),
    )


def _of_memory(name: str, tensor: Tensor) -> Sentence:
    return Sentence.of(
        "dtype.of_memory",
        "It lies in the memory of {name}, an array of NumPy, and so has its dtype, {dtype}: nothing was copied, and a "
        "write into the one is a write into the other.",
        name=name,
        dtype=dtype_name(tensor.dtype),
    )
