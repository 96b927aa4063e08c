"""Where the lines of the program that ran have gone in the text, which is edited meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from engine.protocol.source import Source
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved


class RunLines:
    """What the engine says is about the text as it was run: `line` and `source` find the place in today's text,
    `run_line` goes the other way. Lines count from 1; 0 is a line that is gone, new, or not as it was run.

    Before anything has run, every line is its own. `text_of` reads a line of today's text.
    """

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._has_begun = False
        self._now: list[int] = []  # by line of the run text - 1
        self._texts: list[str] = []
        self.path = ""

    def begin(self, path: str, text: str) -> None:
        """This text runs now, as that file."""
        self.path, self._has_begun = path, True
        self._texts = text.split("\n")
        self._now = list(range(1, len(self._texts) + 1))

    def forget(self) -> None:
        """Another text is here: nothing of what ran is in it."""
        self._now, self._texts = [], []

    def edited(self, edit: LineEdit | LinesMoved) -> None:
        """Today's text was edited."""
        for index, line in enumerate(self._now):
            place = edit.place(line - 1) if line else None
            self._now[index] = 0 if place is None else place + 1

    @property
    def run_text(self) -> str | None:
        """What ran; None before anything has."""
        return "\n".join(self._texts) if self._texts else None

    def line(self, run_line: int) -> int:
        """Where a line of the run text is now."""
        if not self._has_begun:
            return run_line
        now = self._now[run_line - 1] if 1 <= run_line <= len(self._now) else 0
        return now if now and self._text_of(now) == self._texts[run_line - 1] else 0

    def run_line(self, line: int) -> int:
        """Which line of the run text stands at `line` now."""
        if not self._has_begun:
            return line
        found = self._now.index(line) + 1 if line and line in self._now else 0
        return found if self.line(found) else 0

    def source(self, source: Source | None) -> Source | None:
        """A place of the run text in today's; None where its lines are not as they were, or of another file."""
        if source is None or not self._has_begun:
            return source
        if source.path != self.path:
            return None
        lines = [self.line(run_line) for run_line in range(source.line, source.end_line + 1)]
        if not lines or not lines[0] or lines != list(range(lines[0], lines[0] + len(lines))):
            return None
        return msgspec.structs.replace(source, line=lines[0], end_line=lines[-1])
