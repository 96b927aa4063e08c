"""The health of a pass beside the canvas: where its rows lead, and that there are findings at the end of a run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from engine.shared.language import mark, tr, trn
from visualizer.backprop.panels import Panels
from visualizer.model.health import HealthBook
from visualizer.model.selection import SelectedNode, Selection
from visualizer.model.session import Session

_TEXT = mark("Health of the pass")


class HealthLinks(QObject):
    """The connections between the panel, the selection, the canvas, the program and `action`, which opens the panel
    (`bring`) and is offered in the transport while there are findings."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        panels: Panels,
        book: HealthBook,
        action: QAction,
        bring: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._panels = session, selection, panels
        self._book, self._action, self._bring = book, action, bring
        panels.health.node_chosen.connect(self._choose)
        panels.health.variable_chosen.connect(selection.select_variable)
        panels.health.place_clicked.connect(panels.program.go_to)
        book.changed.connect(self._offer)
        self._offer()

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"health": self._open}

    def _open(self) -> None:
        self._bring()
        self._panels.health.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, node: int) -> None:
        self._selection.select(SelectedNode(node, self._panels.graph.slot_of(node)))
        self._panels.graph.open_to(self._selection.current)

    def _offer(self) -> None:
        n_findings = self._book.n_findings
        words = trn("{n} finding", "{n} findings", n_findings)
        self._action.setProperty("is_offered", bool(n_findings))
        self._action.setProperty("short_text", tr("Health: {findings}", findings=words))
        self._action.setText(tr("Health of the pass: {findings}", findings=words) if n_findings else tr(_TEXT))
