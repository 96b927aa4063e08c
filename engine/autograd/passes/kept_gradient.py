"""One gradient as it was at a moment of a pass, and what one node sent on to where several meet."""

from __future__ import annotations

import torch
from msgspec import Struct
from torch import Tensor

from engine.autograd.passes.norms import is_measurable, norm_of, vector_norm
from engine.autograd.snapshot import can_alias, version_of
from engine.protocol.notes import Changed, Note, NotRecorded
from engine.tensors import native


class KeptGradient(Struct, gc=False, eq=False):
    """One gradient, or why there is none, maybe with its norm. `version` is that at arrival, -1 for a copy, which
    nothing writes.

    Thousands of passes keep some: the collector passes them by. None refers to what refers to it.
    """

    tensor: Tensor | None
    version: int = -1
    note: Note | None = None
    n_bytes: int = 0  # of a copy
    storage: int = 0  # address of the storage of an alias
    _norm: float | Tensor | None = None  # on a device it waits there until somebody asks

    @classmethod
    def missing(cls, note: Note) -> KeptGradient:
        """Why there is none."""
        return cls(None, note=note)

    @classmethod
    def measured(cls, gradient: Tensor, note: Note) -> KeptGradient:
        """Its norm alone."""
        if native.is_cpu(gradient) or not can_alias(gradient):
            return cls(None, note=note, _norm=norm_of((gradient,)))
        on_device = native.is_floating_point(gradient) and is_measurable(gradient)
        return cls(None, note=note, _norm=vector_norm(gradient, dtype=torch.float64) if on_device else None)

    def read(self) -> tuple[Tensor | None, Note | None]:
        """It, and what is to be known of it."""
        if self.tensor is None:
            return None, self.note
        changed = self.version >= 0 and version_of(self.tensor) != self.version
        return self.tensor, Changed() if changed else None

    def norm(self) -> float | None:
        """Measured once; None where there is nothing to measure, or somebody has written into it since."""
        tensor, note = self.read()
        if self._norm is None and tensor is not None and note is None:
            self._norm = norm_of((tensor,))
        if isinstance(self._norm, Tensor):
            self._norm = float(self._norm)
        return self._norm

    def know(self, norm: float) -> None:
        """It was measured already."""
        self._norm = norm

    def take_over(self, before: KeptGradient) -> None:
        """The norm of the same elements, where it was measured before and nobody has written into them since."""
        one, other = self.tensor, before.tensor
        if before._norm is None or one is None or other is None or self.storage != before.storage:
            return
        if self.version == before.version and _is_same(one, other):
            self._norm = before._norm

    def fade(self) -> None:
        """Let go of the elements; the norm stays."""
        self.norm()
        self.tensor, self.note = None, NotRecorded("budget")


def _is_same(one: Tensor, other: Tensor) -> bool:
    """Whether two aliases of one storage are of the same elements, in the same order."""
    return (
        native.storage_offset(one) == native.storage_offset(other)
        and native.shape(one) == native.shape(other)
        and native.stride(one) == native.stride(other)
        and native.dtype(one) == native.dtype(other)
    )


class Part:
    """What the node `sender` sent on for its operand at `place`; -1 and the root's place: what the call handed in."""

    __slots__ = ("kept", "place", "sender")

    def __init__(self, sender: int, place: int, kept: KeptGradient) -> None:
        self.sender = sender
        self.place = place
        self.kept = kept
