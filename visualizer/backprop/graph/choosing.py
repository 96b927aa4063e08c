"""Between the selection and the canvas: what is selected is outlined, opened and brought into view, what is clicked is
selected."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal

from engine.protocol.graph_values import Graph
from engine.shared.language import trn
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_nodes import card_of, node_of, source_of
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.scene_builder import Stage, landmark
from visualizer.model.selection import Selected, SelectedModule, SelectedNode, Selection


class Choosing(QObject):
    """`selected(SelectedNode, SelectedModule or None)` says what the person chose, `status` what more there is to it.
    What comes while a layout is under way is done after it."""

    selected = Signal(object)
    status = Signal(object)

    def __init__(self, canvas: GraphCanvas, stage: Stage, navigation: Navigation, selection: Selection) -> None:
        super().__init__(canvas)
        self._canvas, self._stage, self._navigation, self._selection = canvas, stage, navigation, selection
        self._graph: Graph | None = None
        self._index: dict[int, int] = {}
        self._owes_reveal = False  # the selection comes into view once the layout under way is done
        self._owes_nearness = False  # and so near that its values can be read
        canvas.card_selected.connect(self._choose)
        canvas.card_activated.connect(self._choose)
        canvas.page_turned.connect(self._turn_page)
        canvas.fold_toggled.connect(stage.toggle)
        canvas.series_turned.connect(stage.turn)

    def set_graph(self, graph: Graph | None, index: dict[int, int]) -> None:
        """Another graph, and the index of each of its nodes by id."""
        self._graph, self._index, self._owes_reveal, self._owes_nearness = graph, index, False, False

    # -- from the selection to the canvas

    def show(self) -> None:
        """Something else is selected: outline it and bring it into view, both after the layout under way."""
        current = self._selection.current
        if isinstance(current, SelectedNode) and current.node in self._index:
            self._stage.follow(self._index[current.node])
        is_drawn = self._stage.scene is not None and not self._stage.is_waiting
        self._owes_reveal = not is_drawn
        self._outline(is_revealed=is_drawn)

    def show_again(self) -> None:
        """A layout is done."""
        self._outline(is_revealed=self._owes_reveal)
        self._owes_reveal = False
        if self._owes_nearness:
            self.come_near()

    def come_near(self) -> None:
        """What is selected is so near that its values can be read: now, or once the layout under way is done."""
        self._owes_nearness = self._stage.scene is None or self._stage.is_waiting
        if not self._owes_nearness:
            self._navigation.come_near(card_of(self._stage.scene, self._selection.current))

    def open_to(self, wanted: Selected) -> None:
        """Open what hides a node or a module, and bring it into view."""
        opens = False
        if isinstance(wanted, SelectedNode) and wanted.node in self._index:
            opens = self._stage.reveal(self._index[wanted.node])
        elif isinstance(wanted, SelectedModule):
            opens = self._stage.reveal_module(wanted.key)
        self._owes_reveal = self._owes_reveal or opens
        if not opens and not self._stage.is_waiting:
            self._outline(is_revealed=True)
            if isinstance(wanted, SelectedModule):
                self._show_frame(wanted.key)

    def go_to(self, index: int) -> None:
        """Select a node (index in graph.nodes), with what hides it opened, and bring it to the middle."""
        if self._graph is None or self._stage.scene is None:
            return
        node, is_opening = self._graph.nodes[index].id, self._stage.reveal(index)
        self.selected.emit(SelectedNode(node, self._canvas.book.slots.get(node, 0)))
        if not is_opening:
            self._canvas.center_on(self._stage.scene.rect(int(self._stage.scene.shown.card_of[index])).center())

    def fit(self) -> None:
        """Show what is selected as large as it goes, at most at 100 %: a card, or the frame of a module."""
        scene, current = self._stage.scene, self._selection.current
        if scene is None:
            return
        card, frames = card_of(scene, current), enumerate(scene.shown.frames)
        key = current.key if isinstance(current, SelectedModule) else None
        rects = [QRectF(*scene.layout.frames[n]) for n, frame in frames if frame.fold == key and scene.layout.frames[n]]
        if card >= 0 or rects:
            self._navigation.take_lead()
            self._navigation.show(scene.rect(card) if card >= 0 else rects[0])

    def _show_frame(self, key: str) -> None:
        """Bring the head of an open module into view, which has no card."""
        scene, canvas = self._stage.scene, self._canvas
        has_card = card_of(scene, self._selection.current) >= 0
        head = landmark(scene, key) if scene is not None and not has_card else None
        if head is not None and not canvas.rect().contains(canvas.camera.to_widget(head).toPoint()):
            canvas.center_on(head)

    def _outline(self, *, is_revealed: bool) -> None:
        current = self._selection.current
        card = card_of(self._stage.scene, current)
        index = self._index.get(current.node, -1) if isinstance(current, SelectedNode) else -1
        self._canvas.set_selected(card, index if self._may_be_row(index) else -1)
        stays = self._selection.is_followed and self._navigation.is_led
        if card >= 0 and is_revealed and not stays:
            self._canvas.reveal(card)

    def _may_be_row(self, index: int) -> bool:
        """Whether a node stands in the card of another, or may have rows that lead to it."""
        scene, graph = self._stage.scene, self._graph
        if index < 0 or graph is None:
            return False
        return graph.nodes[index].kind != "backward" or (
            scene is not None and scene.shown.graph is graph and bool(scene.shown.is_row[index])
        )

    # -- from the canvas to the selection

    def _choose(self, card: int, row: int = -1) -> None:
        scene = self._stage.scene
        if scene is None:  # what can still be seen is the graph before
            return
        node = node_of(scene, card)
        if row >= 0:
            node = scene.shown.graph.nodes[scene.shown.cards[card].rows[row].node].id
        if node >= 0:
            self.selected.emit(SelectedNode(node, self._canvas.book.slots.get(node, 0)))
        elif card < 0:
            self.selected.emit(None)
        else:
            slot, n_nodes = scene.shown.cards[card], scene.shown.n_nodes(card)
            self.selected.emit(SelectedModule(slot.fold, slot.title, slot.subtitle, n_nodes, source_of(scene, card)))
            self.status.emit(
                lambda: trn(
                    "{title}, {subtitle}: {n} node. Enter opens it.",
                    "{title}, {subtitle}: {n} nodes. Enter opens it.",
                    n_nodes,
                    title=slot.title,
                    subtitle=slot.subtitle,
                )
            )

    def _turn_page(self, card: int) -> None:
        """To the next output of a card's node."""
        node = node_of(self._stage.scene, card)
        if node >= 0 and self._graph is not None:
            n_outputs = len(self._graph.nodes[self._index[node]].outputs)
            self.selected.emit(SelectedNode(node, (self._canvas.book.slots.get(node, 0) + 1) % n_outputs))
