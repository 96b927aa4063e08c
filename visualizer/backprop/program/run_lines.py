"""Where the lines of the texts that ran have gone in the text of today, which is edited meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from engine.protocol.source import Source
from engine.shared import utf16
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.look.python_tokens import read_line, without_comment

_MOST = 16  # texts, of those that a person ran part by part with edits in between


@dataclass
class RanText:
    """A text that ran, `now` where each of its lines is: from 1, 0 where it is gone. `ran` are the lines that ran."""

    texts: list[str]
    ran: set[int]
    now: list[int]
    waiting: list[LineEdit | LinesMoved] = field(default_factory=list)
    _states: list[int] = field(default_factory=list)  # in which each of its lines begins

    def code(self, line: int) -> str:
        """What Python read of a line."""
        if not self._states:
            self._states = [0]
            for text in self.texts:
                self._states.append(read_line(text, self._states[-1])[1])
        return without_comment(self.texts[line - 1], self._states[line - 1])

    def settle(self) -> None:
        """Take in the edits that were not asked about yet."""
        for edit in self.waiting:
            for index, line in enumerate(self.now):
                place = edit.place(line - 1) if line else None
                self.now[index] = 0 if place is None else place + 1
        self.waiting.clear()

    def has(self, source: Source) -> bool:
        """Whether the words of a place stood there."""
        if not 1 <= source.line <= source.end_line <= len(self.texts):
            return False
        lines = self.texts[source.line - 1 : source.end_line]
        lines[-1] = utf16.first(lines[-1], source.end_column)
        lines[0] = lines[0][len(utf16.first(lines[0], source.column)) :]
        return "\n".join(lines) == source.text


class RunLines:
    """What the engine says is about the text as it was run: `line` and `source` find the place in today's text,
    `run_line` goes the other way. Lines count from 1; 0 is a line that is gone, new, or not as it was run.

    Where a program runs part by part, a tensor may be of a text before the newest: `source` tells them apart by the
    words that stood there. Before anything has run, every line is its own. A comment at its end changes no line.
    `text_of` reads a line of today's text, `state_of` in which state of QUOTES it begins.
    """

    def __init__(self, text_of: Callable[[int], str], state_of: Callable[[int], int] = lambda line: 0) -> None:
        self._text_of, self._state_of = text_of, state_of
        self._has_begun = False
        self._ran: list[RanText] = []  # the newest first
        self.path = ""

    def begin(self, path: str, text: str, part: tuple[int, int] | None = None) -> None:
        """This text runs now, as that file, or the lines from the first to the last of a part."""
        texts = text.split("\n")
        if path != self.path:
            self._ran = []
        self.path, self._has_begun = path, True
        lines = set(range(1, len(texts) + 1)) if part is None else set(range(part[0], part[1] + 1))
        newest = self._newest
        own = list(range(1, len(texts) + 1))
        if newest is not None and newest.texts == texts and newest.now == own:
            newest.ran |= lines
            return
        self._ran = [RanText(texts, lines, own), *self._ran][:_MOST]

    def come_back(self, text: str) -> bool:
        """Whether this is, line by line, the newest text again, whatever was done to it meanwhile."""
        newest = self._newest
        if newest is None or newest.texts != text.split("\n"):
            return False
        newest.now = list(range(1, len(newest.texts) + 1))
        return True

    def forget(self) -> None:
        """Another text is here: nothing of what ran is in it."""
        self._ran = []

    def edited(self, edit: LineEdit | LinesMoved) -> None:
        """Today's text was edited."""
        for one in self._ran if edit.moves_lines else ():
            one.waiting.append(edit)

    @property
    def _newest(self) -> RanText | None:
        if not self._ran:
            return None
        self._ran[0].settle()
        return self._ran[0]

    @property
    def run_text(self) -> str | None:
        """The newest text of which anything ran; None before that."""
        return "\n".join(self._ran[0].texts) if self._ran else None

    def line(self, run_line: int) -> int:
        """Where a line of the newest text is now."""
        if not self._has_begun:
            return run_line
        newest = self._newest
        return 0 if newest is None else self._line(newest, run_line)

    def _line(self, ran: RanText, run_line: int) -> int:
        now = ran.now[run_line - 1] if 1 <= run_line <= len(ran.now) else 0
        return now if now and self._is_as_it_ran(ran, run_line, now) else 0

    def _is_as_it_ran(self, ran: RanText, run_line: int, now: int) -> bool:
        text = self._text_of(now)
        return text == ran.texts[run_line - 1] or without_comment(text, self._state_of(now)) == ran.code(run_line)

    def run_line(self, line: int) -> int:
        """Which line of the newest text stands at `line` now."""
        if not self._has_begun:
            return line
        newest = self._newest
        return 0 if newest is None else self._run_line(newest, line)

    def _run_line(self, ran: RanText, line: int) -> int:
        found = ran.now.index(line) + 1 if line and line in ran.now else 0
        return found if self._line(ran, found) else 0

    def ran_line(self, line: int) -> int:
        """As `run_line`, where the line was among those that ran, as it stands there now."""
        if not self._has_begun:
            return line
        for ran in self._settled():
            found = ran.now.index(line) + 1 if line and line in ran.now else 0
            if found in ran.ran:  # later than in the texts before
                return self.run_line(line) if self._line(ran, found) else 0
        return 0

    def ran_place(self, line: int) -> int:
        """Which line of the newest text stood there when it ran, whatever stands there now; 0 where it did not run."""
        newest = self._newest
        found = newest.now.index(line) + 1 if newest is not None and line and line in newest.now else 0
        return found if newest is not None and found in newest.ran else 0

    def covering(self, line: int, column: int) -> Callable[[Source], bool] | None:
        """What tells whether a place of a text that ran holds one of today's text; None where nothing that ran stands
        on this line."""
        numbers = self._numbers(line)

        def covers(source: Source) -> bool:
            if source.path != self.path or not any(source.line <= number <= source.end_line for number in numbers):
                return False
            now = self.source(source)
            return now is not None and (now.line, now.column) <= (line, column) < (now.end_line, now.end_column)

        return covers if numbers else None

    def beginning(self, line: int) -> Callable[[Source | None], bool]:
        """What tells whether a place of a text that ran begins on a line of today's."""
        numbers = self._numbers(line)

        def begins(source: Source | None) -> bool:
            if source is None or source.path != self.path or source.line not in numbers:
                return False
            now = self.source(source)
            return now is not None and now.line == line

        return begins

    def _numbers(self, line: int) -> frozenset[int]:
        """Of a line of today in all of these texts."""
        return frozenset(found for ran in self._settled() if (found := self._run_line(ran, line)))

    def source(self, source: Source | None) -> Source | None:
        """A place of a text that ran in today's; None where its lines are not as they were, or of another file."""
        if source is None or not self._has_begun:
            return source
        if source.path != self.path:
            return None
        for ran in self._settled():
            if len(self._ran) == 1 or not source.text or ran.has(source):
                return self._moved(ran, source)
        return None

    def newest_source(self, source: Source | None) -> Source | None:
        """As `source`, of what is said of the newest run."""
        if source is None or not self._has_begun:
            return source
        newest = self._newest
        return None if newest is None or source.path != self.path else self._moved(newest, source)

    def _moved(self, ran: RanText, source: Source) -> Source | None:
        lines = [self._line(ran, run_line) for run_line in range(source.line, source.end_line + 1)]
        if not lines or not lines[0] or lines != list(range(lines[0], lines[0] + len(lines))):
            return None
        return msgspec.structs.replace(source, line=lines[0], end_line=lines[-1])

    def _settled(self) -> Iterator[RanText]:
        for ran in self._ran:
            ran.settle()
            yield ran
