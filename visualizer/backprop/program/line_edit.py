"""Which lines one edit of the text moved, touched or took away. Lines are block numbers, from 0."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LineEdit:
    """The edit began in line `first`, took `n_removed` line ends away and put `n_added` in their place.

    `is_whole`: whole lines came or went, so that no line that stayed was changed.
    """

    first: int
    n_removed: int
    n_added: int
    is_whole: bool

    def place(self, line: int) -> int | None:
        """Where a line is now; None when it is gone."""
        if line < self.first:
            return line
        last = self.first + self.n_removed
        if line > last or (self.is_whole and line == last):
            return line + self.n_added - self.n_removed
        return line if line == self.first and not self.is_whole else None

    def touches(self, line: int) -> bool:
        """Whether a line that is still there was changed."""
        return line == self.first and not self.is_whole


def edits_between(first: int, old: list[str], new: list[str], *, begins_line: bool) -> list[LineEdit]:
    """The edits that made the lines `new`, from line `first` on, of the lines `old`: where their number is the same,
    those that differ, each for itself. `begins_line`: what was edited began at the first column."""
    if len(old) == len(new) > 1:
        return [LineEdit(first + place, 0, 0, False) for place in range(len(new)) if old[place] != new[place]]
    return [LineEdit(first, len(old) - 1, len(new) - 1, begins_line and old[-1] == new[-1])]
