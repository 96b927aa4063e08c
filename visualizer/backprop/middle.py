"""The middle of the Backprop workspace: the graph, or one tensor, large, or the call that failed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.stage.failed_operation import FailedOperation
from visualizer.backprop.stage.panel import TensorStage


class Middle(QStackedWidget):
    """`wants_tensor`: the person has asked for the tensor also where there is a graph. `wanted(to_tensor)`: a page of a
    lesson asks for the one or the other, until the next run."""

    wanted = Signal(bool)

    def __init__(self, graph: GraphPanel, stage: TensorStage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("middle")
        self._graph, self._stage = graph, stage
        self.wants_tensor = False
        self.failure = FailedOperation(self)
        for page in (graph, stage, self.failure):
            self.addWidget(page)

    def minimumSizeHint(self) -> QSize:
        """That of the graph: what else may stand here, a long name say, takes no room from the panels around it."""
        return self._graph.minimumSizeHint()

    @property
    def shows_tensor(self) -> bool:
        """Whether the tensor is seen, and not the graph."""
        return self.currentWidget() is self._stage

    @property
    def shows_failure(self) -> bool:
        """Whether the call that ended the newest run with an exception is seen."""
        return self.currentWidget() is self.failure

    def come_near(self) -> None:
        """In the graph, what is selected, so near that its values can be read."""
        self._graph.come_near()

    def point_at(self, name: str, element: tuple[int, ...]) -> None:
        """In the tensor that is selected, if it is called so: what one of its cells is made of."""
        self._stage.point_at(name, element)

    def turn(self, *, to_tensor: bool) -> None:
        """Show the one or the other; the keyboard goes along where it was in the other."""
        self._turn(self._stage if to_tensor else self._graph)

    def turn_to_failure(self) -> None:
        """Show the call that failed, in the same way."""
        self._turn(self.failure)

    def _turn(self, page: QWidget) -> None:
        if page is self.currentWidget():
            return
        held = QApplication.focusWidget()  # a widget's own focusWidget() is the last that had it
        has_keyboard = held is not None and self.currentWidget().isAncestorOf(held)
        self.setCurrentWidget(page)
        if has_keyboard and self.isVisible():
            self.stop.setFocus()

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        if self.shows_failure:
            return self.failure.stop
        return self._stage.stop if self.shows_tensor else self._graph.canvas
