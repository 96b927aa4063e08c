"""Formulas of a teacher's lessons that cannot be set: told with their lines once the typesetting process knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from engine.shared.language import tr
from visualizer.lessons.parts import Formulas, Lesson
from visualizer.look.mathematics.typesetter import Typesetter


class FormulaReview(QObject):
    """`known()`: what was found is another than before."""

    known = Signal()

    def __init__(self, typesetter: Typesetter, parent: QObject) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._lessons: Sequence[Lesson] = ()
        self.said: list[str] = []
        typesetter.arrived.connect(self._look)

    def look_at(self, lessons: Sequence[Lesson]) -> None:
        """From now on these; none of those that ship, which are known to be whole."""
        self._lessons, self.said = lessons, []
        self._typesetter.request(line for _, _, line in self._written())
        self._look()

    def _look(self) -> None:
        said = [
            tr("{name}, line {line}: “{written}” is no formula.", name=lesson.file, line=place, written=line)
            for lesson, place, line in self._written()
            if (made := self._typesetter.get(line)) is not None and made.failure
        ]
        if said != self.said:
            self.said = said
            self.known.emit()

    def _written(self) -> Iterator[tuple[Lesson, int, str]]:
        for lesson in self._lessons:
            for page in lesson.pages:
                for block in page.blocks:
                    if isinstance(block, Formulas):
                        yield from (
                            (lesson, place, line) for line, place in zip(block.lines, block.places, strict=True)
                        )
