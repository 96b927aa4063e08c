"""Which sections the inspector has about a node, from top to bottom."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Signal
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


class NodeSections(QWidget):
    """All of them below each other.

    Signals: `wanted(NodeSection, Request)`, whose answer that section takes; `node_chosen(node)` by a link.
    """

    wanted = Signal(object, object)
    node_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
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
        for section in self._all:
            section.show_node(node, slot)

    def show_variable(self, variable: Variable) -> None:
        """A variable of the program."""
        for section in self._all:
            section.show_variable(variable)

    def show_nothing(self) -> None:
        """There is no node selected."""
        for section in self._all:
            section.show_nothing()

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """Of which cell they may say more."""
        for section in self._all:
            section.show_cell(cell)

    def refresh(self) -> None:
        """The numbers may have changed."""
        for section in self._all:
            section.refresh()
