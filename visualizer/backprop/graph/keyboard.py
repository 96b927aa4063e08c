"""The keys of the graph, and the side buttons of the mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from visualizer.backprop.graph.menu import GraphMenu
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.way_light import WayLight

_WAYS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class GraphKeys:
    """By key what it does; the last three arguments are what the panel itself does."""

    def __init__(
        self,
        navigation: Navigation,
        menu: GraphMenu,
        light: WayLight,
        find: Callable[[], None],
        fit: Callable[[], None],
        fit_selection: Callable[[], None],
    ) -> None:
        self._navigation = navigation
        self._acts: dict[str, Callable[[], object]] = {
            "Ctrl+F": find,
            "F": fit,
            "Shift+F": fit_selection,
            "C": navigation.return_to_current,
            "Esc": light.dismiss,
            "Alt+Left": lambda: navigation.go(-1),
            "Alt+Right": lambda: navigation.go(1),
            "B": menu.toggle_bookmark,
            "N": navigation.next_bookmark,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does; False where it is none of these."""
        act = self._acts.get(QKeySequence(event.keyCombination()).toString())
        if act is not None:
            act()
        return act is not None

    def click(self, event: QMouseEvent) -> None:
        """The side buttons go back and forward, as in a browser."""
        if event.button() in _WAYS:
            self._navigation.go(_WAYS[event.button()])
