"""The context menu of a card: what can be folded, unfolded and copied there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from visualizer.backprop.graph.frames import frames_around
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.series_controls import Turn, add_turns, series_around


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
        menu.addAction(f"Unfold {words}", lambda: toggle(slot.fold))
    for key, title in frames_around(scene, card):
        menu.addAction(f"Fold {title}", lambda key=key: toggle(key))
    if not slot.fold:
        node = scene.shown.graph.nodes[slot.nodes[0]]
        for text in dict.fromkeys(text for text in (node.name, node.variable) if text):
            menu.addAction(f"Copy “{text}”", lambda text=text: QApplication.clipboard().setText(text))
    menu.addSeparator()
    return menu
