"""Several carets in one text, as places alone: which of them are one, what else reads the same, what each is given.

Places are UTF-16 units of the text, lines count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from visualizer.backprop.program.finding import Match


@dataclass(frozen=True)
class Span:
    """What one caret has selected: from its `anchor` to its `position`, where it blinks; the same where nothing is."""

    anchor: int
    position: int

    @property
    def start(self) -> int:
        """Of the two, what comes first in the text."""
        return min(self.anchor, self.position)

    @property
    def end(self) -> int:
        """Of the two, what comes last in the text."""
        return max(self.anchor, self.position)


def apart(spans: Iterable[Span]) -> list[Span]:
    """In the order of the text, and as one where they share letters, or where one that is empty touches another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and _are_one(found[-1], span):
            found[-1] = _joined(found[-1], span)
        else:
            found.append(span)
    return found


def next_match(found: Sequence[Match], taken: Sequence[Span], last: Span) -> Match | None:
    """The first behind `last`, round the end of the text, that shares no letter with what is taken; None where every
    one does."""
    behind = [match for match in found if match.start >= last.end]
    before = [match for match in found if match.start < last.end]
    return next((match for match in (*behind, *before) if not _is_taken(match, taken)), None)


def shares(text: str, n_carets: int) -> list[str]:
    """What each caret is given of a pasted text: a line each where there are as many, else all of it."""
    lines = text.removesuffix("\n").split("\n")
    return lines if len(lines) == n_carets > 1 else [text] * n_carets


def line_groups(lines: Sequence[tuple[int, int]]) -> list[tuple[int, int, list[int]]]:
    """Of the first and last line of each caret those that follow each other as one: first, last, and which carets."""
    groups: list[tuple[int, int, list[int]]] = []
    for caret in sorted(range(len(lines)), key=lambda one: lines[one]):
        first, last = lines[caret]
        if groups and first <= groups[-1][1] + 1:
            start, end, carets = groups[-1]
            groups[-1] = (start, max(end, last), [*carets, caret])
        else:
            groups.append((first, last, [caret]))
    return groups


def _are_one(before: Span, span: Span) -> bool:
    is_empty = before.anchor == before.position or span.anchor == span.position
    return span.start < before.end or (span.start == before.end and is_empty)


def _joined(before: Span, span: Span) -> Span:
    """Both, with the caret at the end where the first of them that has letters has its own."""
    start, end = min(before.start, span.start), max(before.end, span.end)
    told = before if before.anchor != before.position else span
    return Span(start, end) if told.anchor <= told.position else Span(end, start)


def _is_taken(match: Match, taken: Sequence[Span]) -> bool:
    return any(span.start < match.end and match.start < span.end for span in taken)
