"""Weak references to tensors that can be let go of for a moment: torch swaps no tensor that one points to."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator

from torch import Tensor

_FEWEST = 1024  # references that are kept before those to dead tensors are looked for
_known: dict[int, Reference] = {}  # by id of the tensor
_limit = _FEWEST


class Reference:
    """Called, it gives the tensor, or None once that is gone. One for all who refer to a tensor."""

    __slots__ = ("weak",)

    def __init__(self, tensor: Tensor) -> None:
        self.weak: weakref.ref[Tensor] | None = weakref.ref(tensor)

    def __call__(self) -> Tensor | None:
        weak = self.weak
        return None if weak is None else weak()


def refer(tensor: Tensor) -> Reference:
    """The reference to `tensor`."""
    found = _known.get(id(tensor))
    if found is None or found.weak is None or found.weak() is not tensor:
        found = _known[id(tensor)] = Reference(tensor)
        if len(_known) > _limit:
            _forget_dead()
    return found


def _forget_dead() -> None:
    global _limit
    for key, reference in _known.copy().items():  # in one piece: other threads refer to tensors, too
        if reference() is None and _known.get(key) is reference:
            _known.pop(key, None)
    _limit = max(_FEWEST, 2 * len(_known))


@contextlib.contextmanager
def released(*tensors: Tensor) -> Iterator[None]:
    """Nothing of ours refers to them inside."""
    references = [(tensor, _known.get(id(tensor))) for tensor in tensors]
    for _, reference in references:
        if reference is not None:
            reference.weak = None
    try:
        yield
    finally:
        for tensor, reference in references:
            if reference is not None:
                reference.weak = weakref.ref(tensor)
