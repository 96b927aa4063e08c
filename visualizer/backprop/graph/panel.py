"""The graph panel: title bar, canvas, minimap, legend, search; the public face of visualizer.backprop.graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol.cells import CellPlace
from engine.protocol.graph_values import Card, Graph
from engine.protocol.source import Source
from engine.shared.backward_model import BackwardView
from engine.shared.language import tr
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_nodes import source_of
from visualizer.backprop.graph.card_requests import CardRequests
from visualizer.backprop.graph.choosing import Choosing
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.experiment_sign import ExperimentSign
from visualizer.backprop.graph.export.choice import ExportChoice
from visualizer.backprop.graph.export.exporter import GraphExport
from visualizer.backprop.graph.export.subject import Subject
from visualizer.backprop.graph.exportable import subject_of
from visualizer.backprop.graph.fact_links import FactLinks
from visualizer.backprop.graph.finding import Finding
from visualizer.backprop.graph.keyboard import GraphKeys
from visualizer.backprop.graph.marking import Marking
from visualizer.backprop.graph.menu import GraphMenu
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.overlays import Overlays
from visualizer.backprop.graph.pass_picture import PassPicture
from visualizer.backprop.graph.recoloring import Recoloring
from visualizer.backprop.graph.scene_arrival import SceneArrival
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.backprop.graph.title_bar import GraphTitleBar
from visualizer.backprop.graph.title_links import join_title
from visualizer.backprop.graph.tried_cards import TriedCards
from visualizer.backprop.graph.way_light import WayLight
from visualizer.look import spoken, theme
from visualizer.look.spoken import speak
from visualizer.model.facts import GraphFacts
from visualizer.model.recording import Recording
from visualizer.model.selection import Selected, SelectedNode, Selection

_ALL_OF_IT = ExportChoice()


class GraphPanel(QWidget):
    """Draws a `Graph` and where a backward pass stands in it. Node ids are those of the graph; -1 is none.

    `cards_wanted(graph_id, node_ids, slots, parts)` asks for what visible cards show; answer with `set_cards`. It
    outlines what `selection` holds, and says with `selected` what the person chose.
    """

    selected = Signal(object)  # SelectedNode, SelectedModule, or None
    source_hovered = Signal(object)  # Source, or None when the mouse left
    cards_wanted = Signal(int, tuple, tuple, tuple)
    output_chosen = Signal(str)
    status = Signal(object)
    found = Signal(object)  # frozenset of node ids, for what else shows nodes
    painted = Signal()  # a graph, or another folding of it, is on the screen for the first time
    not_drawn = Signal()  # it could not be laid out; `status` says why

    def __init__(self, selection: Selection, facts: GraphFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_panel")
        speak(self.setAccessibleName, "Graph")
        self._graph: Graph | None = None
        self._index: dict[int, int] = {}  # node id -> index in graph.nodes
        self._selection = selection
        self._book = ContentBook(facts.gradient_norm)
        self.bar = GraphTitleBar(self)
        self.canvas = GraphCanvas(self._book, self)
        self.overlays = Overlays(self.canvas)
        self._stage = Stage(self, self.overlays.room)
        self._requests = CardRequests(self.canvas, self._stage)
        self.sign = ExperimentSign(self)
        self.tried = TriedCards(self._book, self.canvas, self._requests)
        self.navigation = Navigation(self.canvas, self.overlays)
        join_title(self.bar, self.canvas, self.navigation)
        self._choosing = Choosing(self.canvas, self._stage, self.navigation, selection)
        self._menu = GraphMenu(
            self, self.canvas, self._stage, self.navigation, fit=self.fit, fit_selection=self.fit_selection
        )
        self.light = WayLight(self.canvas, self._stage, selection)
        self._keys = GraphKeys(self.navigation, self._menu, self.light, self.focus_search, self.fit, self.fit_selection)
        self._export = GraphExport(self._book, self._requests.wishes, self.overlays.exporting, self)
        minimap = self.overlays.minimap
        self.pass_picture = PassPicture(self.canvas, self._stage, self.navigation, minimap, self.light)
        self.finding = Finding(self.bar, facts, self.canvas)
        self.marking = Marking(self.canvas, self._stage, minimap, self.finding, self._book)
        self.colors = Recoloring(self.bar, self.canvas, self.overlays, facts)
        self.facts = FactLinks(facts, self.finding, self.colors, self.marking)
        self._arrival = SceneArrival(
            self.canvas,
            self._stage,
            self.overlays,
            self.navigation,
            self.pass_picture,
            (self.colors.set_scene, lambda scene: self.marking.show()),
            (self._choosing.show_again, self._requests.look_soon, self.pass_picture.scene_shown),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.sign)
        column.addWidget(self.canvas, 1)
        self._connect()
        self._stage.layout.start()
        self.set_graph(None)

    # -- the public face

    def set_graph(self, graph: Graph | None) -> None:
        """Show another graph, or what there is to say instead of one."""
        is_same = graph is not None and self._graph is not None and graph.id == self._graph.id
        self._graph = graph
        self._index = {} if graph is None else graph.columns.index_of
        if not is_same:
            self._export.graph_changed()
            self._book.keep(self._index)
            self._requests.wishes.clear()
        self.marking.set_graph(graph, self._index)
        self.pass_picture.set_index(self._index)
        self._choosing.set_graph(graph, self._index)
        self.bar.set_graph(graph)
        self.overlays.explain(graph)
        if graph is None or not graph.nodes:
            self._arrival.show(None)
        self.facts.set_graph(graph)
        self._stage.set_graph(graph)

    def set_cards(self, cards: tuple[Card, ...]) -> None:
        """Data for cards that were asked for."""
        self._requests.ask_anew(self._book.add(cards))
        self._export.take(cards)
        self.canvas.show_nodes(card.node for card in cards)

    def set_backward(self, view: BackwardView | None, soon: Sequence[int] = ()) -> None:
        """Another moment of a backward pass, None outside of one; the nodes `soon` run next, as far as is known.
        Nothing moves, unless the current node is out of sight."""
        if self.pass_picture.show(view, soon):
            self._book.forget_gradients()
            self._requests.wishes.restart()
        self._requests.look_soon()

    def card_of(self, node_id: int) -> int:
        """The card of the scene on show that a node is in."""
        assert self._stage.scene is not None
        return int(self._stage.scene.shown.card_of[self._index[node_id]])

    def slot_of(self, node_id: int) -> int:
        """The output that a node's card shows."""
        return self._book.slots.get(node_id, 0)

    def show_slot(self, node_id: int, slot: int) -> None:
        """Turn a node's card to one of its outputs. No signal."""
        if slot != self.slot_of(node_id):
            self._book.slots[node_id] = slot
            self._book.forget_contents()
            self.canvas.redraw()
            self._requests.look_soon()

    def open_to(self, wanted: Selected) -> None:
        """Open what hides a node or a module, and bring it into view."""
        self._choosing.open_to(wanted)

    def highlight_source(self, covers: Callable[[Source], bool] | None) -> None:
        """Mark the nodes whose innermost sub-expression covers a place in the program; None marks none."""
        self.marking.show_source(covers)

    def light_cells(self, places: tuple[CellPlace, ...]) -> None:
        """Mark the elements that took part in what is explained, and their cards."""
        self.marking.light_cells(places)

    def fit(self) -> None:
        """Show the whole graph, at most at 100 %; one that is being laid out, once it is."""
        self.navigation.owes_whole = self._stage.is_waiting
        if self._stage.scene is not None:
            self.overlays.fit(self._stage.scene)
            self.navigation.take_lead()
            self._arrival.suit_room()

    def fit_selection(self) -> None:
        """Show what is selected as large as it goes, at most at 100 %: a card, or the frame of a module."""
        self._choosing.fit()

    def come_near(self) -> None:
        """Show what is selected so near that its values can be read."""
        self._choosing.come_near()

    def fold_all(self) -> None:
        """Close every module."""
        self._stage.fold_all()

    def unfold_all(self) -> None:
        """Open every module."""
        self._stage.unfold_all()

    def copy(self) -> None:
        """The picture of what is in view, onto the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.canvas.grab())
        self.status.emit(lambda: tr("The picture of the graph is on the clipboard."))

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def export(self, path: str | Path, choice: ExportChoice = _ALL_OF_IT, recording: Recording | None = None) -> None:
        """Begin to write what was chosen of the graph, of its selection, of the view or of a recorded pass, in the
        format that the path's suffix names; `status` says how it ended."""
        self._export.begin(Path(path), choice, self.to_export(recording))

    def to_export(self, recording: Recording | None) -> Subject:
        """What there is to export now."""
        return subject_of(self._stage, self.canvas, self.colors, self._selection, self.pass_picture.view, recording)

    # -- wiring

    def _connect(self) -> None:
        stage, bar, canvas = self._stage, self.bar, self.canvas
        self._arrival.status.connect(self.status)
        self._arrival.not_drawn.connect(self.not_drawn)
        self._export.wanted.connect(self._requests.ask)
        self._export.status.connect(self.status)
        bar.output_chosen.connect(self.output_chosen)
        self.facts.found.connect(self.found)
        self.finding.wanted.connect(self._choosing.go_to)
        bar.fit_wanted.connect(self.fit)
        canvas.view_changed.connect(self._on_view_changed)
        canvas.card_hovered.connect(self._on_card_hovered)
        canvas.menu_wanted.connect(self._menu.show)
        canvas.scene_painted.connect(self.painted)
        self._choosing.selected.connect(self.selected)
        self._choosing.status.connect(self.status)
        self._menu.status.connect(self.status)
        self._selection.changed.connect(self._on_selection)
        self._requests.wanted.connect(self.cards_wanted)
        theme.current().changed.connect(self._restyle)
        spoken.current().changed.connect(self._say_again)
        self.destroyed.connect(stage.layout.stop)  # a QProcess must not be destroyed while it runs

    def _on_view_changed(self) -> None:
        self.overlays.follow()
        self._requests.look_soon()

    def _restyle(self) -> None:
        self.bar.restyle()
        self.finding.results.restyle()
        self.canvas.restyle()
        self.overlays.restyle()

    def _say_again(self) -> None:
        """The language is another: what is written on the canvas is made anew."""
        self.bar.say_again()
        self._stage.say_again()
        self.overlays.empty.explain(self._stage.graph, is_same=True)
        self._restyle()

    # -- selection

    def _on_selection(self) -> None:
        current = self._selection.current
        if isinstance(current, SelectedNode):
            self.show_slot(current.node, current.slot)
        self._choosing.show()

    def _on_card_hovered(self, card: int) -> None:
        self.source_hovered.emit(source_of(self._stage.scene, card))

    # -- the rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keys.click(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._requests.look_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut_down()
        super().closeEvent(event)

    def shut_down(self) -> None:
        """End the layout process and an export. The panel draws on, but lays nothing out until it is asked to again."""
        self._requests.stop()
        self._export.cancel(lambda: tr("The export ended with the window: nothing was written."))
        self._stage.close()
