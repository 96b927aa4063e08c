"""A cell that a page of a lesson is about, until its tensor is on the stage with what made it. No widgets."""

from __future__ import annotations


class Pointed:
    """`has_shape`, `has_operation`: what is known of the tensor on the stage."""

    def __init__(self) -> None:
        self.has_shape = self.has_operation = False
        self._wanted: tuple[str, tuple[int, ...]] | None = None  # of which tensor, and its index

    def await_tensor(self, name: str) -> None:
        """Another tensor comes to the stage, or the same anew; a cell of one that is called otherwise is forgotten."""
        self.has_shape = self.has_operation = False
        if self._wanted is not None and self._wanted[0] != name:
            self._wanted = None

    def point(self, name: str, index: tuple[int, ...]) -> None:
        """This cell instead of one that was wanted before."""
        self._wanted = name, index

    def taken(self, name: str, shape: tuple[int, ...]) -> tuple[int, ...] | None:
        """The cell, once, when its tensor is here: of one that it has not, the nearest; None of another rank."""
        if self._wanted is None or self._wanted[0] != name or not (self.has_shape and self.has_operation):
            return None
        (_name, index), self._wanted = self._wanted, None
        if len(index) != len(shape) or 0 in shape:
            return None
        return tuple(min(one, size - 1) for one, size in zip(index, shape, strict=True))
