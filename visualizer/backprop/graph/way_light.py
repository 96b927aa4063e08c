"""When which gradient's way is lit: of what the mouse rests on, else of what is selected."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from engine.shared.backward_model import BackwardView
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.backprop.graph.way import Target, Ways
from visualizer.model.selection import SelectedModule, SelectedNode, Selection

REST_MS = 120  # that the mouse or the selection stays where it is before anything lights up or goes out
_NEAR_PIXELS = 5.0  # of a link that is pointed at


class WayLight(QObject):
    """Lights up ways on the canvas, and moves nothing. A node that a pass has selected stays dark: its links show
    already what has come and what is to come. `changed()` after each look, `switched()` when it is turned on or off.
    """

    changed = Signal()
    switched = Signal()

    def __init__(self, canvas: GraphCanvas, stage: Stage, selection: Selection) -> None:
        super().__init__(canvas)
        self.is_on = True
        self._canvas, self._stage, self._selection = canvas, stage, selection
        self._ways: Ways | None = None
        self._point: QPointF | None = None  # of the scene, that the mouse is at
        self._lit: Target | None = None
        self._dismissed: Target | None = None  # stays dark as long as the mouse is on it
        self._of_pass: object = None  # the selection that a pass has made
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        canvas.pointed.connect(self._on_pointed)
        selection.changed.connect(self._on_selection)
        stage.shown.connect(self._rest.start)

    def switch(self, *, is_on: bool) -> None:
        """Whether anything is lit from now on."""
        self.is_on = is_on
        self._look()
        self.switched.emit()

    def dismiss(self) -> None:
        """Dark, until the mouse rests on something else."""
        self._dismissed = self._lit
        self._light(None)

    def follow(self, view: BackwardView) -> None:
        """A pass has gone on to another node, which may be the one selected."""
        current = self._selection.current
        if isinstance(current, SelectedNode) and current.node == view.current:
            self._of_pass = current

    def _on_pointed(self, point: QPointF | None) -> None:
        self._point = point
        self._rest.start()

    def _on_selection(self) -> None:
        """It counts for more than a mouse that stays where it is."""
        self._dismissed = self._pointed(self._canvas.scene)
        if self._selection.current is None:
            self._light(None)
        self._rest.start()

    def _look(self) -> None:
        scene = self._canvas.scene
        pointed = self._pointed(scene)
        if self._point is not None and pointed != self._dismissed:
            self._dismissed = None
        wanted = pointed if pointed is not None and self._dismissed is None else self._selected(scene)
        self._light(wanted if self.is_on else None)
        self.changed.emit()

    def _light(self, target: Target | None) -> None:
        scene = self._canvas.scene
        is_same_scene = self._ways is not None and self._ways.scene is scene
        if target == self._lit and (is_same_scene or target is None):
            return
        self._lit = target
        if target is None or scene is None:
            self._canvas.set_way(None)
            return
        if self._ways is None or not is_same_scene:
            self._ways = Ways(scene)
        self._canvas.set_way(self._ways.way(target))

    def _pointed(self, scene: Scene | None) -> Target | None:
        """What the mouse is at: a row, a card, or an edge."""
        if scene is None or self._point is None:
            return None
        card = scene.card_at(self._point)
        if card >= 0:
            slot, row = scene.shown.cards[card], scene.row_at(card, self._point)
            nodes = (slot.rows[row].node,) if row >= 0 else slot.nodes
            return Target(nodes, nodes)
        link = scene.link_at(self._point, _NEAR_PIXELS / self._canvas.camera.scale)
        if link < 0:
            return None
        first, last = scene.shown.ends[list(scene.shown.links[link].edges)].T
        return Target(tuple(first.tolist()), tuple(last.tolist()))

    def _selected(self, scene: Scene | None) -> Target | None:
        current, tree = self._selection.current, self._stage.tree
        if scene is None or tree is None or current is self._of_pass or scene.shown.graph is not tree.graph:
            return None
        nodes: tuple[int, ...] = ()
        if isinstance(current, SelectedNode) and current.node in scene.index_of:
            nodes = (scene.index_of[current.node],)
        elif isinstance(current, SelectedModule):
            folds = (slot.nodes for slot in scene.shown.cards if slot.fold == current.key)
            region = tree.find(current.key)
            nodes = next(folds, tuple(tree.inside(region).tolist()) if region > 0 else ())
        return Target(nodes, nodes) if nodes else None
