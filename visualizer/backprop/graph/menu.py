"""The context menu of the canvas: what can be folded, unfolded and copied at a card, and places to go to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine.shared.language import mark, tr
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.frames import frames_around
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.backprop.graph.series_controls import Turn, add_turns, series_around


class GraphMenu(QObject):
    """Shows the menu over the canvas of `panel`. `status` says what became of a bookmark. On the window's thread."""

    status = Signal(object)

    def __init__(
        self,
        panel: QWidget,
        canvas: GraphCanvas,
        stage: Stage,
        navigation: Navigation,
        *,
        fit: Callable[[], None],
        fit_selection: Callable[[], None],
    ) -> None:
        super().__init__(panel)
        self._panel, self._canvas = panel, canvas
        self._stage, self._navigation = stage, navigation
        self._fit, self._fit_selection = fit, fit_selection

    def show(self, place: QPoint, card: int) -> None:
        """For a card (-1: none), at a place of the screen; nothing where no graph is drawn."""
        stage = self._stage
        if stage.scene is None:
            return
        menu = fold_menu(self._panel, stage.scene, card, stage.toggle, stage.turn)
        if card >= 0:
            menu.addActions(self._canvas.actions())
            menu.addSeparator()
        menu.addAction(tr("Unfold all modules"), stage.unfold_all)
        menu.addAction(tr("Fold all modules"), stage.fold_all)
        menu.addAction(tr("Fit the whole graph"), self._fit)
        menu.addAction(tr("Fit the selection"), self._fit_selection)
        self._add_places(menu)
        leaves = menu.addAction(tr("Leaves as cards of their own"))
        leaves.setCheckable(True)
        leaves.setChecked(stage.has_leaf_cards)
        leaves.toggled.connect(stage.set_leaf_cards)
        menu.popup(place)

    def _add_places(self, menu: QMenu) -> None:
        navigation = self._navigation
        menu.addAction(tr("Back to the place before"), lambda: navigation.go(-1))
        menu.addAction(tr("Forward to the place after"), lambda: navigation.go(1))
        menu.addAction(tr("Bookmark this place, or forget it"), self.toggle_bookmark)
        if navigation.n_bookmarks:
            menu.addAction(tr("Go to the next bookmark"), navigation.next_bookmark)

    def toggle_bookmark(self) -> None:
        """Bookmark what is in view, or forget the bookmark that is there."""
        is_there = self._navigation.toggle_bookmark()
        n = self._navigation.n_bookmarks
        words = mark("A bookmark is here; N goes from one to the next. {count} in all.")
        if not is_there:
            words = mark("No bookmark is here any more. {count} in all.")
        self.status.emit(lambda: tr(words, count=n))


def fold_menu(
    parent: QWidget, scene: Scene, card: int, toggle: Callable[[str], None], turn: Callable[[Turn], None]
) -> QMenu:
    """The entries for one card of the scene (-1: none) and a separator after them. `toggle` is given a fold key."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    series = series_around(scene, card)
    if series is not None:
        add_turns(menu, parent, series, turn)
        menu.addSeparator()
    if card < 0:
        return menu
    slot = scene.shown.cards[card]
    if slot.fold:
        words = slot.title if slot.outputs else slot.subtitle
        menu.addAction(tr("Unfold {name}", name=words), lambda: toggle(slot.fold))
    for key, title in frames_around(scene, card):
        menu.addAction(tr("Fold {name}", name=title), lambda key=key: toggle(key))
    if not slot.fold:
        node = scene.shown.graph.nodes[slot.nodes[0]]
        for text in dict.fromkeys(text for text in (node.name, node.variable) if text):
            menu.addAction(tr("Copy “{text}”", text=text), lambda text=text: QApplication.clipboard().setText(text))
    menu.addSeparator()
    return menu
