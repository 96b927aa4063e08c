"""A backward pass in the graph: the states of cards and links at its moment, and what follows its current node."""

from __future__ import annotations

from collections.abc import Sequence

from engine.shared.backward_model import BackwardView
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.minimap import Minimap
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.way_light import WayLight


class PassPicture:
    """`view` is the moment on show, None outside of a pass. Nothing moves, unless the current node is out of sight."""

    def __init__(
        self, canvas: GraphCanvas, stage: Stage, navigation: Navigation, minimap: Minimap, light: WayLight
    ) -> None:
        self._canvas, self._stage, self._navigation = canvas, stage, navigation
        self._minimap, self._light = minimap, light
        self.view: BackwardView | None = None
        self._soon: Sequence[int] = ()
        self._index: dict[int, int] = {}
        self._owes_follow = False  # an open series follows the pass once the layout under way is done

    def set_index(self, index: dict[int, int]) -> None:
        """Of another graph: the places of its nodes, by id."""
        self._index = index

    def states_of(self, scene: Scene) -> States:
        """In a scene that comes on show."""
        return States(scene, self.view)

    def show(self, view: BackwardView | None, soon: Sequence[int] = ()) -> bool:
        """Another moment, after which `soon` (ids) most likely run; True where it is one of another pass, whose
        gradients are others."""
        before, self.view, self._soon = self.view, view, soon
        is_other = (view is None) != (before is None) or bool(view and before and view.pass_id != before.pass_id)
        if is_other:
            self._navigation.begin_pass()
        has_moved = view is not None and (before is None or before.current != view.current)
        if has_moved and view is not None:
            self._light.follow(view)
        scene = self._stage.scene
        if scene is not None:
            self._set_states(scene)
            if has_moved and view is not None and view.current in self._index:
                self._follow()
                self._navigation.follow(self._card(scene), self._cards_soon(scene))
        return is_other

    def scene_shown(self) -> None:
        """A layout is done, which gave the cards other numbers: what waited for it follows now."""
        scene = self._stage.scene
        if scene is None:
            self._navigation.stand_at(-1)
        else:
            self._navigation.stand_at(self._card(scene), self._cards_soon(scene))
        if self._owes_follow:
            self._follow()

    def _card(self, scene: Scene) -> int:
        """The card that the pass's current node is in, -1 where it has none."""
        index = -1 if self.view is None else self._index.get(self.view.current, -1)
        return int(scene.shown.card_of[index]) if index >= 0 else -1

    def _cards_soon(self, scene: Scene) -> list[int]:
        return [int(scene.shown.card_of[self._index[node]]) for node in self._soon if node in self._index]

    def _follow(self) -> None:
        """An open member of a series gives way to the one that the pass has gone to, after a layout under way."""
        self._owes_follow = self._stage.is_waiting
        if self.view is not None and self.view.current in self._index and not self._owes_follow:
            self._stage.follow(self._index[self.view.current])

    def _set_states(self, scene: Scene) -> None:
        states = self._canvas.states
        change = states.move(self.view) if states is not None and states.scene is scene else None
        if change is None:
            self._canvas.set_states(States(scene, self.view))
            self._minimap.set_scene(scene, self._canvas.states)
        else:
            self._canvas.show_change(change)
            self._minimap.show_change(change)
