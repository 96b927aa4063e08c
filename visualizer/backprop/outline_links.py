"""The outline beside the canvas: the graph comes down, what is chosen in it goes up, and the canvas opens what hides
that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from engine.protocol.graph_values import Graph
from visualizer.backprop.panels import Panels
from visualizer.model.selection import Selected, SelectedNode, Selection
from visualizer.model.session import Session

_LARGE = 200  # nodes, above which the outline opens by itself
_OPEN_AFTER_MS = 120  # what a held arrow key passes by is not opened


class OutlineLinks(QObject):
    """The connections between the outline, the selection and the canvas. `offer` opens the outline unless the person
    has closed it."""

    def __init__(
        self, session: Session, selection: Selection, panels: Panels, offer: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._selection, self._panels, self._offer = selection, panels, offer
        self._due: Graph | None = None  # the canvas comes first
        self._root: int | None = None  # id of the graph's first node
        self._is_earlier = False  # the graph is of a run before the newest
        self._opening = QTimer(self, singleShot=True, interval=_OPEN_AFTER_MS)
        self._opening.timeout.connect(lambda: panels.graph.open_to(selection.current))
        session.graph_changed.connect(self._on_graph)
        session.program_started.connect(self._begin_run)
        session.program_finished.connect(lambda _end: panels.outline.set_of_earlier_run(is_earlier=self._is_earlier))
        panels.graph.painted.connect(self._hand_on)
        panels.graph.not_drawn.connect(self._hand_on)
        panels.outline.selected.connect(self._choose)
        panels.outline.opened.connect(self._open)

    def _on_graph(self, graph: Graph | None) -> None:
        self._opening.stop()
        known, self._root = self._root, graph.nodes[0].id if graph is not None and graph.nodes else None
        if self._root != known:  # the engine tells of it again after each run
            self._is_earlier = False
            self._panels.outline.set_of_earlier_run(is_earlier=False)
        is_drawn = graph is not None and graph.nodes and self._panels.graph.canvas.isVisible()
        self._due = graph if is_drawn else None
        if not is_drawn:
            self._panels.outline.set_graph(graph)
        if graph is not None and graph.n_nodes > _LARGE:
            self._offer()

    def _begin_run(self) -> None:
        """What this run makes is told when it has ended."""
        self._is_earlier = self._root is not None

    def _hand_on(self) -> None:
        if self._due is not None:
            self._panels.outline.set_graph(self._due)
            self._due = None

    def _choose(self, chosen: Selected) -> None:
        if self._due is not None:  # what can still be seen is the graph before
            return
        if isinstance(chosen, SelectedNode):
            chosen = SelectedNode(chosen.node, self._panels.graph.slot_of(chosen.node))
        self._selection.select(chosen)
        self._opening.start()

    def _open(self, chosen: Selected) -> None:
        if self._due is not None:
            return
        self._opening.stop()
        self._panels.graph.open_to(chosen)
