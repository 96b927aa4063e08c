"""The backward passes of the program's run: the mark of each, what is kept of it, and which is on screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.protocol.messages import Passes
from visualizer.model.pass_marks import PassMarks


class PassBook(QObject):
    """One mark per pass, by its number from 1. `opened` is the earlier one on screen, 0 while that is the newest."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clear()

    def clear(self) -> None:
        """Another run begins."""
        self.marks = PassMarks()
        self.failed: list[int] = []  # the numbers of those that raised
        self.whole: frozenset[int] = frozenset()
        self.kept_bytes = self.budget_bytes = 0
        self.opened = 0
        self.shown = 0  # the number of the pass on screen, 0 for none of the run
        self.changed.emit()

    def take(self, news: Passes) -> None:
        """Add marks, those known replaced."""
        for mark in news.marks:
            self.marks.put(mark)
            if mark.status == "failed":
                self.failed.append(mark.index)
        self.whole = frozenset(news.whole)
        self.kept_bytes, self.budget_bytes = news.kept_bytes, news.budget_bytes
        self.changed.emit()

    def show(self, index: int, *, is_opened: bool) -> None:
        """The pass of this number is on screen now."""
        opened = index if is_opened else 0
        if (index, opened) != (self.shown, self.opened):
            self.shown, self.opened = index, opened
            self.changed.emit()

    def __len__(self) -> int:
        return len(self.marks)

    def norms(self) -> np.ndarray:
        """Of the gradients that reached the leaves, float64 (n_passes,); NOTHING_ARRIVED where none was measured."""
        return self.marks.norms()

    def losses(self) -> np.ndarray:
        """The values of the roots, float64 (n_passes,); NaN also where a root is no number that was read."""
        return self.marks.losses()
