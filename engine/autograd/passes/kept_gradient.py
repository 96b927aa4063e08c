"""One gradient as it was at a moment of a pass, and what one node sent on to where several meet."""

from __future__ import annotations

from msgspec import Struct
from torch import Tensor

from engine.autograd.passes.norms import norm_of
from engine.autograd.snapshots import version_of
from engine.protocol.notes import Changed, Note, NotRecorded


class KeptGradient(Struct, gc=False, eq=False):
    """One gradient, or why there is none. `version` is that at arrival, -1 for a copy, which nothing writes.

    Thousands of passes keep some: the collector passes them by. None refers to what refers to it.
    """

    tensor: Tensor | None
    version: int = -1
    note: Note | None = None
    n_bytes: int = 0  # of a copy
    storage: int = 0  # address of the storage of an alias
    _norm: float | None = None

    @classmethod
    def missing(cls, note: Note) -> KeptGradient:
        """Why there is none."""
        return cls(None, note=note)

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
        return self._norm

    def fade(self) -> None:
        """Let go of the elements; the norm stays."""
        self.norm()
        self.tensor, self.note = None, NotRecorded("budget")


class Part:
    """What the node `sender` sent on for its operand at `place`; -1 and the root's place: what the call handed in."""

    __slots__ = ("kept", "place", "sender")

    def __init__(self, sender: int, place: int, kept: KeptGradient) -> None:
        self.sender = sender
        self.place = place
        self.kept = kept
