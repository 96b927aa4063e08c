"""Hands and eyes of the tour: real mouse and key events on the real window, waits with a reason, pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.backprop.tensor_view.section import TensorSection
from visualizer.look.mathematics.formula_view import FormulaView


class TourError(Exception):
    """Something that should have happened did not."""


class Driver:
    """Drives one window. `folder` receives the pictures, `taken` their names in order."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder
        self.taken: list[str] = []

    def wait(self, condition: Callable[[], object], what: str, timeout_s: float = 60) -> None:
        """Let the window live until `condition` holds. Raises TourError naming `what` when it never does."""
        end = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > end:
                raise TourError(f"{what}: did not happen within {timeout_s:.0f} s")
            QTest.qWait(10)

    def settle(self, duration_ms: int = 250) -> None:
        """Let the graph be laid out, pictures that are asked for arrive and be painted, and the inspector follow a pass
        that rests."""
        QTest.qWait(duration_ms)
        canvas, session = self.window.graph.canvas, self.window.session
        if canvas.isVisible() and session.graph is not None and session.graph.n_nodes:
            self.wait(self._shows_graph, "the graph is laid out and drawn", timeout_s=20)
        sections = self.window.inspector.sections
        while sections.is_awaited:  # one that has come may move another onto the screen
            self.wait(lambda: not sections.is_awaited, "the inspector says all of what is on screen")
            QTest.qWait(duration_ms)
        formulas = [one for one in self.window.findChildren(FormulaView) if one.parentWidget().isVisible()]
        self.wait(lambda: all(one.is_complete for one in formulas), "every formula is typeset")
        shown = [one for one in self.window.findChildren(TensorSection) if one.isVisible() and one.feed.key]
        self.wait(lambda: all(one.details or one.heat_map.message for one in shown), "what each tensor is has come")
        QApplication.sendPostedEvents()  # what came in this turn is given its place in the next
        health = self.window.panels.health
        self.wait(lambda: not (health.isVisible() and self.window.health.is_due), "the pass on screen is looked at")
        maps = [one for one in self.window.findChildren(HeatMap) if not one.visibleRegion().isEmpty()]
        self.wait(
            lambda: all(one.is_complete for one in maps if one.isVisible()), "the cells of every tensor are drawn"
        )

    def check(self, holds: object, what: str) -> None:
        """Raise TourError unless it holds."""
        if not holds:
            raise TourError(what)

    def compare(self, shown: object, expected: object, what: str) -> None:
        """Raise TourError unless the window shows what PyTorch says."""
        if shown != expected:
            raise TourError(f"{what}: the window shows {shown!r}, PyTorch says {expected!r}")

    def find(self, name: str) -> QWidget:
        """A widget by its object name, in the window or in a dialog above it."""
        for top in (self.window, *QApplication.topLevelWidgets()):
            found = top if top.objectName() == name else top.findChild(QWidget, name)
            if found is not None:
                return found
        raise TourError(f"there is no widget named {name}")

    def click(self, target: QWidget | str, at: QPoint | None = None, *, double: bool = False) -> None:
        """A left click in the middle, or at a point, of a widget."""
        widget = self.find(target) if isinstance(target, str) else target
        self.check(widget.isVisible(), f"{widget.objectName()} is not visible")
        point = widget.rect().center() if at is None else at
        act = QTest.mouseDClick if double else QTest.mouseClick
        act(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """A key or a shortcut such as "Ctrl+Return" in the focused widget."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()  # as a window manager does when a dialog has gone
            self.wait(self.window.isActiveWindow, "the window becomes active again")
        target = widget or QApplication.focusWidget() or self.window
        QTest.keySequence(target, QKeySequence(keys))

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Text, key by key; a new line closes an open completion list first, as a typist would."""
        target = widget or QApplication.focusWidget() or self.window
        for position, line in enumerate(text.split("\n")):
            if position:
                self.dismiss_popup()
                QTest.keyClick(target, Qt.Key.Key_Return)
            QTest.keyClicks(target, line)
        self.dismiss_popup()

    def paste(self, text: str, widget: QWidget) -> None:
        """Text through the clipboard and Ctrl+V."""
        QApplication.clipboard().setText(text)
        self.press("Ctrl+V", widget)

    def dismiss_popup(self) -> None:
        """Close whatever pops up over the window."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the window, or of a dialog."""
        self.settle()
        path = self.next_path(f"{name}.png")
        if not (widget or self.window).grab().save(str(path)):
            raise TourError(f"the picture {path} could not be written")
        self.took(path)

    def next_path(self, name: str) -> Path:
        """Where the next picture goes."""
        return self.folder.absolute() / f"{len(self.taken) + 1:02d}-{name}"

    def took(self, path: Path) -> None:
        """The picture is there."""
        self.taken.append(path.name)
        print(f"  {path.name}", flush=True)

    def await_graph(self, names: list[str]) -> None:
        """Wait until the canvas shows the session's graph; `names` are the nodes whose cards must lie within it, or the
        cards in which they are rows."""
        canvas = self.window.graph.canvas
        self.await_drawing()
        scene = canvas.scene
        assert scene is not None
        seen = canvas.camera.visible(QSizeF(canvas.size()))
        cards = [card for number, card in enumerate(scene.shown.cards) if seen.contains(scene.rect(number))]
        indices = {index for card in cards for index in (*card.nodes, *(row.node for row in card.rows))}
        shown = sorted(scene.shown.graph.nodes[index].name for index in indices)
        self.compare(shown, sorted(names), "the nodes on the canvas")

    def await_drawing(self) -> None:
        """Wait until the canvas shows the session's graph."""
        self.wait(self._is_drawn, "Graphviz lays the graph out and it is drawn", timeout_s=20)

    def _shows_graph(self) -> bool:
        scene = self.window.graph.canvas.scene
        return scene is not None and scene.shown.graph is self.window.session.graph

    def _is_drawn(self) -> bool:
        scene = self.window.graph.canvas.scene
        return self._shows_graph() and scene is not None and scene.layout.engine == "dot"
