"""Checks by finite differences: from the button or the key to the engine, and back to inspector and cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.backprop.panels import Panels
from visualizer.look import spoken
from visualizer.model.differences import DifferenceBook
from visualizer.model.session import Session


class DifferenceLinks(QObject):
    """The connections between the section, the book of checks, the canvas and `action`, which checks what is
    selected."""

    def __init__(self, session: Session, panels: Panels, action: QAction, bring: Callable[[], None], parent: QObject):
        super().__init__(parent)
        self._panels, self._bring = panels, bring
        self._book = DifferenceBook(session, self)
        self._section = section = panels.inspector.sections.get(DifferencesSection)
        action.changed.connect(lambda: section.name_key(action.toolTip()))
        section.name_key(action.toolTip())
        section.check_wanted.connect(self._book.check)
        section.cancel_wanted.connect(self._book.cancel)
        section.subject_changed.connect(self._show)
        section.cell_chosen.connect(panels.inspector.pair.show_cell)
        for changed in (self._book.changed, spoken.current().changed):
            changed.connect(self._on_news)
        session.graph_changed.connect(lambda graph: self._on_news())

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"check_differences": self._check}

    def _check(self) -> None:
        self._bring()
        self._panels.inspector.sections.settle()
        self._section.ask()
        self._panels.inspector.reveal(self._section)

    def _on_news(self) -> None:
        self._panels.graph.marking.set_badges(self._book.badges())
        self._show()

    def _show(self) -> None:
        node = self._section.node
        if node is not None:
            self._section.show_check(self._book.of(node, self._section.slot))
