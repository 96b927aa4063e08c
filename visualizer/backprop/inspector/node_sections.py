"""Which sections the inspector has about a node, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.values import Node, Variable
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.inspector.flow_section import FlowSection
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.backprop.inspector.saved_section import SavedSection
from visualizer.backprop.inspector.views_section import ViewsSection
from visualizer.backprop.inspector.why_section import WhySection

SECTIONS: tuple[type[NodeSection], ...] = (
    WhySection,
    FlowSection,
    AccountSection,
    CellSection,
    RuleSection,
    SavedSection,
    ViewsSection,
)
_Section = TypeVar("_Section", bound=NodeSection)
_SHOW = QEvent.Type(QEvent.registerEventType())


class NodeSections(QWidget):
    """All of them below each other. One that comes or goes makes a layout begin anew up to the window: of many steps
    between two frames only the last is shown, and before the frame.

    Signals: `wanted(NodeSection, Request)`, whose answer that section takes; `node_chosen(node)` by a link.
    """

    wanted = Signal(object, object)
    node_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._due: Callable[[NodeSection], None] | None = None
        self._all = [kind(self) for kind in SECTIONS]
        for section in self._all:
            section.wanted.connect(lambda request, section=section: self.wanted.emit(section, request))
            section.node_chosen.connect(self.node_chosen)
            column.addWidget(section)

    def get(self, kind: type[_Section]) -> _Section:
        """The section of this kind."""
        return next(section for section in self._all if isinstance(section, kind))

    def show_node(self, node: Node, slot: int) -> None:
        """An output of another node, or of the same one anew."""
        self._show_soon(partial(_show_node, node, slot))

    def show_variable(self, variable: Variable) -> None:
        """A variable of the program."""
        self._show_soon(partial(_show_variable, variable))

    def show_nothing(self) -> None:
        """There is no node selected."""
        self._show_soon(NodeSection.show_nothing)
        self.settle()

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """Of which cell they may say more."""
        self.settle()
        for section in self._all:
            section.show_cell(cell)

    def refresh(self) -> None:
        """The numbers may have changed."""
        if self._due is None:
            for section in self._all:
                section.refresh()

    def settle(self) -> None:
        """Show now what is to be shown before the next frame."""
        due, self._due = self._due, None
        if due is not None:
            for section in self._all:
                due(section)

    def _show_soon(self, show: Callable[[NodeSection], None]) -> None:
        if self._due is None:
            QCoreApplication.postEvent(self, QEvent(_SHOW))
        self._due = show

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _SHOW:
            self.settle()


def _show_node(node: Node, slot: int, section: NodeSection) -> None:
    section.show_node(node, slot)


def _show_variable(variable: Variable, section: NodeSection) -> None:
    section.show_variable(variable)
