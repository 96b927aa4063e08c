"""Selecting anything selects it everywhere: what panels choose goes up into the selection, and comes down from it to
the inspector and the program. Graph and variables table draw the selection themselves. What Find found in the graph is
marked elsewhere, too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from engine.protocol.cells import CellPlace
from engine.protocol.graph_values import Node
from engine.protocol.program_values import Variable
from engine.protocol.source import Source
from visualizer.backprop import backward_words
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.panels import Panels
from visualizer.look import spoken
from visualizer.model.selection import SelectedModule, SelectedNode, Selection
from visualizer.model.session import Session


class SelectionLinks(QObject):
    """The connections between the selection and the panels."""

    def __init__(self, selection: Selection, session: Session, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self._selection, self._session = selection, session
        self._graph, self._inspector, self._program = panels.graph, panels.inspector, panels.program
        self._hovered: Source | None = None  # of the card under the mouse
        self._moment = (0, 0)  # the pass and the position in it that was shown last
        self._is_following = False  # what is selected is where the pass has come to
        self._after_frame = QTimer(self, singleShot=True, interval=0)
        self._after_frame.timeout.connect(self._inspect_held)
        panels.graph.selected.connect(selection.select)
        panels.graph.source_hovered.connect(self._on_hover)
        panels.graph.found.connect(panels.timeline.set_found)
        panels.graph.found.connect(panels.outline.set_found)
        panels.variables.variable_selected.connect(selection.select_variable)
        panels.queue.node_selected.connect(self._select_node)
        panels.inspector.life_shown.connect(panels.timeline.scrubber.set_life)
        panels.inspector.node_chosen.connect(self._select_node)
        panels.inspector.output_turned.connect(self._select_output)
        cells = panels.inspector.sections.get(CellSection)
        cells.lit.connect(panels.graph.light_cells)
        cells.lit.connect(panels.inspector.pair.set_lit)
        cells.led.connect(self._lead)
        selection.changed.connect(self._show)
        session.graph_changed.connect(lambda graph: self._on_hover(None))
        session.backward_changed.connect(self._on_backward)
        session.experiments.changed.connect(self._show)
        spoken.current().changed.connect(self._say_again)

    @property
    def owes_inspection(self) -> bool:
        """Whether the inspector is still to follow the pass."""
        return self._after_frame.isActive()

    def _select_output(self, node: int, slot: int) -> None:
        self._selection.select(SelectedNode(node, slot))

    def _select_node(self, node: int, *, is_followed: bool = False) -> None:
        self._selection.select(SelectedNode(node, self._graph.slot_of(node)), is_followed=is_followed)

    def _lead(self, place: CellPlace) -> None:
        """To an element that another one is made of."""
        self._select_output(place.key.node, place.key.slot)
        self._inspector.pair.show_cell(place.cell)

    def _on_hover(self, source: Source | None) -> None:
        self._hovered = source
        self._mark()

    def _on_backward(self) -> None:
        """A held node is selected, and one that has failed where nobody chose another; any other is shown with the
        gradient that the cursor allows now."""
        history, node = self._session.history, self._selection.node
        held, before = history.held, self._moment
        self._moment = (0 if history.state is None else history.state.pass_id, history.position)
        self._is_following = True
        if held is not None and (node is None or node.id != held.id) and self._moment != before:
            self._select_node(held.id, is_followed=True)
        elif history.failed is not None and self._moment != before and (node is None or self._selection.is_followed):
            self._select_node(history.failed.id, is_followed=True)
        elif node is not None:
            self._show()
        self._is_following = False
        self._mark()

    def _show(self) -> None:
        """Where a pass has come to is inspected after the frame that shows it there, of steps between two frames the
        last; anything else at once."""
        if self._is_following:
            self._after_frame.start()
        else:
            self._after_frame.stop()
            self._inspect()
        self._mark()

    def _inspect(self, *, at_rest: bool = False) -> None:
        current, node, variable = self._selection.current, self._selection.node, self._selection.variable
        if node is not None:
            self._show_node(node, at_rest=at_rest)
        elif variable is not None:
            self._inspector.show_variable(variable)
        elif isinstance(current, SelectedModule):
            self._inspector.show_module(current, self._variable_of(current))
        else:
            self._inspector.clear()

    def _inspect_held(self) -> None:
        """The node that a pass has come to, unless what is not finite was brought there meanwhile."""
        if not self._inspector.is_at_found:
            self._inspect(at_rest=True)

    def _say_again(self) -> None:
        """The language is another; what a pass is held at stays."""
        if not self._inspector.is_at_found:
            self._inspect()

    def _variable_of(self, module: SelectedModule) -> Variable | None:
        """What the program holds a module in; None of what is none, and in an earlier pass."""
        graph = self._session.graph
        if graph is None or not self._session.shown.is_newest:
            return None
        found = (one for one in graph.modules if one.path == module.path and one.type_name == module.type_name)
        return next((Variable(one.variable, one.type_name) for one in found if one.variable), None)

    def _show_node(self, node: Node, *, at_rest: bool) -> None:
        history = self._session.history
        state_text, state_kind = backward_words.state_words(history, node.id)
        self._inspector.show_node(
            node,
            state_text=state_text,
            state_kind=state_kind,
            category=node.category,
            has_gradient=backward_words.has_gradient(history, node.id),
            slot=self._graph.slot_of(node.id) if len(node.outputs) > 1 else -1,
            at_rest=at_rest,
            tried=self._session.experiments.shows(node.id),
        )

    def _mark(self) -> None:
        """In the program: the card under the mouse, else the selection, unless backward is held at it."""
        node, held = self._selection.node, self._session.history.held
        is_held = node is not None and held is not None and node.id == held.id
        self._program.hover_source(self._hovered or (None if is_held else self._selection.source))
