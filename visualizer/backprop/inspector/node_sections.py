"""Which sections the inspector has about a node, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.program_values import Variable
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.backprop.inspector.flow_section import FlowSection
from visualizer.backprop.inspector.jacobian_section import JacobianSection
from visualizer.backprop.inspector.node_section import NodeSection
from visualizer.backprop.inspector.number_section import NumberSection
from visualizer.backprop.inspector.origin_section import OriginSection
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.backprop.inspector.saved_section import SavedSection
from visualizer.backprop.inspector.veil import Veil
from visualizer.backprop.inspector.views_section import ViewsSection
from visualizer.backprop.inspector.what_if_section import WhatIfSection

SECTIONS: tuple[type[NodeSection], ...] = (
    OriginSection,
    FlowSection,
    WhatIfSection,
    AccountSection,
    CellSection,
    RuleSection,
    JacobianSection,
    DifferencesSection,
    SavedSection,
    ViewsSection,
    NumberSection,
)
_Section = TypeVar("_Section", bound=NodeSection)
_SHOW = QEvent.Type(QEvent.registerEventType())
_REST_MS = 250  # after the last step of a pass
_PATIENCE_MS = 400  # after which what is still of another node says so: mostly its own words come sooner


class NodeSections(QWidget):
    """All of them below each other. One that comes or goes makes a layout begin anew up to the window, and each asks
    the engine: while a pass is stepped they stay as they are, under a veil that says of which node, until it rests.

    Signals: `wanted(NodeSection, Request)`, whose answer that section takes; `node_chosen(node)` by a link; `folded()`:
    the person has folded or opened one.
    """

    wanted = Signal(object, object)
    node_chosen = Signal(int)
    folded = Signal()

    def __init__(self, above: NodeSection, parent: QWidget | None = None) -> None:
        """`above` is one that stands elsewhere, and follows what is selected with them."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._due: Callable[[NodeSection], None] | None = None
        self._awaited: int | None = None  # the node that they are soon to be about
        self._own = [kind(self) for kind in SECTIONS]
        self._all = [above, *self._own]
        for section in self._all:
            section.wanted.connect(lambda request, section=section: self.wanted.emit(section, request))
            section.node_chosen.connect(self.node_chosen)
            section.folded.connect(self.folded)
            section.answer_shown.connect(self._on_answer)
        for section in self._own:
            column.addWidget(section)
        self._veil = Veil(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.settle)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._draw_veil)

    @property
    def is_due(self) -> bool:
        """Whether they are still to follow what is selected."""
        return self._due is not None

    @property
    def is_awaited(self) -> bool:
        """Whether one that is on screen has still to say what is so now."""
        return self.is_due or any(section.is_awaited for section in self._all)

    def get(self, kind: type[_Section]) -> _Section:
        """The section of this kind."""
        return next(section for section in self._all if isinstance(section, kind))

    def show_node(self, node: Node, slot: int, *, at_rest: bool = False) -> None:
        """An output of another node, or of the same one anew; `at_rest`: once no other has followed for a while."""
        self._awaited = node.id
        self._show_soon(partial(_show_node, node, slot), at_rest=at_rest)

    def show_variable(self, variable: Variable) -> None:
        """A variable of the program."""
        self._show_soon(partial(_show_variable, variable))

    def show_module(self, module: Variable) -> None:
        """A module of the program, by the variable that holds it."""
        self._show_soon(partial(_show_module, module))

    def show_nothing(self) -> None:
        """There is no node selected."""
        self._show_soon(NodeSection.show_nothing)
        self.settle()

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """Of which cell they may say more."""
        self.settle()
        for section in self._all:
            section.show_cell(cell)

    def set_caption(self, words: str) -> None:
        """Over those that tell gradients of the pass itself."""
        for section in self._all:
            if section.is_of_pass:
                section.set_caption(words)

    def refresh(self) -> None:
        """The numbers may have changed."""
        if self._due is None:
            for section in self._all:
                section.refresh()

    def settle(self) -> None:
        """Show now what is to be shown before the next frame."""
        self._rest.stop()
        due, self._due, self._awaited = self._due, None, None
        if due is not None:
            for section in self._all:
                due(section)
            self._on_answer()

    def _show_soon(self, show: Callable[[NodeSection], None], *, at_rest: bool = False) -> None:
        """Before the next frame, which comes after all other events, or `at_rest`."""
        self._due = show
        if at_rest:
            self._rest.start()
        else:
            QCoreApplication.postEvent(self, QEvent(_SHOW))
        if not self._patience.isActive() and self._veil.isHidden():
            self._patience.start()

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _SHOW:
            self.settle()

    # -- what is still of another node

    def _on_answer(self) -> None:
        if not self._patience.isActive():
            self._draw_veil()

    def _draw_veil(self) -> None:
        self._veil.cover([section for section in self._own if section.is_behind(self._awaited)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._veil.setGeometry(self.rect())


def _show_node(node: Node, slot: int, section: NodeSection) -> None:
    section.show_node(node, slot)


def _show_variable(variable: Variable, section: NodeSection) -> None:
    section.show_variable(variable)


def _show_module(module: Variable, section: NodeSection) -> None:
    section.show_module(module)
