"""Where the carets of a text were before and after each step of undo, and where one step ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from engine.shared import utf16
from visualizer.backprop.program.carets import Span


class CaretHistory:
    """Of one document. A state of its text is known by how much can be undone in it."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._kept: dict[int, list[Span]] = {}
        self._here: list[Span] = []  # as they were last told
        self._n_steps = 0
        self._revision = 0
        document.undoCommandAdded.connect(self._on_command)

    def note(self, spans: Sequence[Span]) -> None:
        """The carets are here; the first after an edit is where that has brought them."""
        self._here = list(spans)
        if self._document.revision() != self._revision:
            self._revision = self._document.revision()
            self._kept[self._document.availableUndoSteps()] = self._here

    def spans(self) -> list[Span]:
        """Where they were when the text was as it is now, after something was undone or done again; none where nobody
        knows."""
        self._n_steps, self._revision = self._document.availableUndoSteps(), self._document.revision()
        return self._kept.get(self._n_steps, [])

    def forget(self) -> None:
        """Another text."""
        self._kept.clear()
        self._here, self._n_steps, self._revision = [], 0, self._document.revision()

    def _on_command(self) -> None:
        """What was undone cannot be done again, so nobody comes back to where the carets were then."""
        self._kept = {place: spans for place, spans in self._kept.items() if place < self._n_steps}
        self._kept[self._n_steps] = self._here
        self._n_steps = self._document.availableUndoSteps()


class TypingSteps:
    """Tells which letters are undone with those before: a word with the space that leads to it, where it was typed
    without the carets going elsewhere meanwhile."""

    def __init__(self) -> None:
        self._ends: list[int] | None = None  # of what was typed, None after anything else
        self._kind = ""

    def go_on(self, text: str, spans: Sequence[Span]) -> bool:
        """Whether `text`, which is typed at each of these, is undone with what was typed before."""
        was = self._kind if self._ends is not None and self._ends == [span.position for span in spans] else ""
        self._kind = "letters" if not text.isspace() else "spaces" if was in ("space", "spaces") else "space"
        length = utf16.length(text)
        starts = sorted(span.start for span in spans)
        gone = [span.end - span.start for span in sorted(spans, key=lambda span: span.start)]
        self._ends = [start + (n + 1) * length - sum(gone[:n]) for n, start in enumerate(starts)]
        return was == self._kind or (was, self._kind) in (("space", "letters"), ("space", "spaces"))

    def moved(self, spans: Sequence[Span]) -> None:
        """The carets are here; where typing has not brought them, the next letters are undone by themselves."""
        if self._ends != [span.position for span in spans]:
            self.end()

    def end(self) -> None:
        """Something else was done to the text."""
        self._ends = None
