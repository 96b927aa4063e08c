"""Which lines one edit of the text moved, touched or took away. Lines are block numbers, from 0."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_COMPARED = 2_000  # lines of which those that stayed between two edits are looked for


@dataclass(frozen=True)
class LineEdit:
    """The edit began in line `first`, took `n_removed` line ends away and put `n_added` in their place.

    `is_whole`: whole lines came or went, so that no line that stayed was changed.
    """

    first: int
    n_removed: int
    n_added: int
    is_whole: bool

    @property
    def moves_lines(self) -> bool:
        """Whether any line is elsewhere, or gone."""
        return bool(self.n_removed or self.n_added)

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

    def parts(self, first: int, last: int) -> bool:
        """Whether something came or went behind the first of these lines and before their end."""
        return first < self.first <= last


@dataclass(frozen=True)
class LinesMoved:
    """The `n_moved` lines from line `first` on went below the next `n_passed`; none was changed."""

    first: int
    n_moved: int
    n_passed: int
    moves_lines = True

    def place(self, line: int) -> int:
        """Where a line is now."""
        if not self.first <= line < self.first + self.n_moved + self.n_passed:
            return line
        return line + self.n_passed if line < self.first + self.n_moved else line - self.n_moved

    def touches(self, line: int) -> bool:
        """None was changed."""
        return False

    def parts(self, first: int, last: int) -> bool:
        """Whether these lines do not follow each other any more."""
        return self.place(last) - self.place(first) != last - first


def edits_between(
    first: int, old: list[str], new: list[str], *, begins_line: bool, is_all: bool = False
) -> list[LineEdit | LinesMoved]:
    """The edits that made the lines `new`, from line `first` on, of the lines `old`: where their number is the same,
    one that has passed the others, else those that differ, each for itself; where lines came or went at several places,
    those between them stay. `begins_line`: what was edited began at the first column; `is_all`: it is all of the text,
    which may be another one."""
    if len(old) == len(new) > 1:
        differ = [place for place in range(len(new)) if old[place] != new[place]]
        before, after = old[differ[0] : differ[-1] + 1], new[differ[0] : differ[-1] + 1]
        if after == [*before[1:], before[0]]:
            return [LinesMoved(first + differ[0], 1, len(before) - 1)]
        if after == [before[-1], *before[:-1]]:
            return [LinesMoved(first + differ[0], len(before) - 1, 1)]
        return [LineEdit(first + place, 0, 0, False) for place in differ]
    if not is_all and min(len(old), len(new)) > 1 and max(len(old), len(new)) <= _MOST_COMPARED:
        return _scattered(first, old, new)
    if old[0] == new[0] and not begins_line:  # behind the end of a line, which stays as it was
        return [LineEdit(first + 1, len(old) - 1, len(new) - 1, True)]
    return [LineEdit(first, len(old) - 1, len(new) - 1, begins_line and old[-1] == new[-1])]


def _scattered(first: int, old: list[str], new: list[str]) -> list[LineEdit | LinesMoved]:
    """From the top down, so that those above have been made where one begins."""
    found: list[LineEdit | LinesMoved] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == stop - begin:
            found += [LineEdit(first + place, 0, 0, False) for place in range(begin, stop)]
        elif kind == "replace":
            found.append(LineEdit(first + begin, end - start - 1, stop - begin - 1, False))
        elif kind != "equal":
            found.append(LineEdit(first + begin, end - start, stop - begin, True))
    return found
