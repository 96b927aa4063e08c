"""How far apart two tensors of the same shape are."""

from __future__ import annotations

from engine.protocol.keys import DifferenceKey
from engine.protocol.message import Event, Request


class AskSubtraction(Request, frozen=True, tag="ask_subtraction", kw_only=True):
    """Of the first of a key less the second. Of large ones each answer reads on for a moment: whoever wants to know
    asks until all is read. `keeps`: the difference is to be looked at, too."""

    key: DifferenceKey
    keeps: bool = False


class SubtractionShown(Event, frozen=True, tag="subtraction", kw_only=True):
    """Elements that are equal differ by 0, also two infinities of one sign; NaN differs from all, and from NaN. All of
    it is about the first `n_read` elements that were looked at."""

    key: DifferenceKey
    n_elements: int
    n_read: int
    keeps: bool  # as it was asked for
    n_different: int  # NaN among them
    n_nan: int  # where one of both, or both, are NaN
    n_nan_in_both: int
    largest: float | None  # magnitude of a difference that is not NaN; None where there is none
    place: tuple[int, ...]  # of that one, the first of equals
    all_close: bool  # as torch.allclose has it by default: |a - b| <= 1e-8 + 1e-5 |b| everywhere
    dtype: str  # in which they were subtracted
    dtypes: tuple[str, str]  # of both

    @property
    def is_whole(self) -> bool:
        """Whether all was read."""
        return self.n_read == self.n_elements
