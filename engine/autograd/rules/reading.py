"""A node's saved values: its own, or what is kept of them elsewhere once a pass has let go of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.tensors import native

_LISTS = (list, tuple)


class SavedReader:
    """`read(name)` of one node, by PyTorch's own names. `elsewhere(name)` is asked for what the node has no more, and
    raises MissingError where it does not know either; of an earlier pass there is no node. Inside `Unseen`."""

    def __init__(self, node: GradFn | None, elsewhere: Callable[[str], Any]) -> None:
        self._node, self._elsewhere = node, elsewhere

    def read(self, name: str) -> Any:
        """Detached where it is a tensor. Raises MissingError."""
        try:
            return self._own(name)
        except (RuntimeError, AttributeError):  # freed, written into since, packed by hooks, or never there
            return self._elsewhere(name)

    def _own(self, name: str) -> Any:
        raw = getattr(self._node, f"_raw_saved_{name}", None)
        for one in raw if isinstance(raw, _LISTS) else (raw,):
            if getattr(one, "unpack_hook", None) is not None:
                raise RuntimeError("packed")
        return _bare(getattr(self._node, f"_saved_{name}"))


def _bare(value: Any) -> Any:
    if isinstance(value, _LISTS):
        return tuple(map(_bare, value))
    if not isinstance(value, Tensor):
        return value
    bare = native.bare(value)
    if not native.has_own_data(bare):  # what a node gives out may have lost the class that keeps its elements
        raise RuntimeError("there are no elements to read")
    return bare
