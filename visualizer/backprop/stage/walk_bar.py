"""Play, step and scrub through the cells of a result."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from engine.shared.language import grouped, tr
from visualizer.backprop.stage.walk import Walk
from visualizer.look import icons, spoken, theme
from visualizer.look.countable import countable
from visualizer.look.spoken import speak


class WalkBar(QWidget):
    """`walk` is what it drives. P, comma and point do the same, while the keyboard is in `room`."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.walk = Walk(self)
        self.back, self.play, self.forward = (
            QToolButton(self, objectName=f"stage_{name}") for name in ("back", "play", "forward")
        )
        self.slider = QSlider(Qt.Orientation.Horizontal, self, objectName="stage_walk")
        self.words = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back, self.play, self.forward, self.slider, self.words):
            row.addWidget(widget, 1 if widget is self.slider else 0)
        speak(self.back.setToolTip, "The cell before (comma)")
        speak(self.back.setAccessibleName, "The cell before")
        speak(self.forward.setToolTip, "The next cell (point)")
        speak(self.forward.setAccessibleName, "The next cell")
        speak(self.slider.setAccessibleName, "The cell of the result that is explained")
        self.back.clicked.connect(lambda: self.walk.step(-1))
        self.play.clicked.connect(self.walk.toggle)
        self.forward.clicked.connect(lambda: self.walk.step(1))
        self.slider.valueChanged.connect(self._scrub)
        self.walk.changed.connect(self._show)
        keys = {"P": self.walk.toggle, ",": self.back.click, ".": self.forward.click}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), room, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._show)
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        for button, name in ((self.back, "back"), (self.forward, "step")):
            button.setIcon(icons.icon(name))
        for button in (self.back, self.play, self.forward):
            button.setIconSize(QSize(look.px(16), look.px(16)))
        self.words.setFont(look.mono(12))
        self.words.setStyleSheet(f"color: {look.color('text.secondary').name()}; background: transparent;")
        self._show()

    def _scrub(self, number: int) -> None:
        self.walk.stop()
        self.walk.go_to(number)

    def _show(self) -> None:
        walk = self.walk
        self.play.setIcon(icons.icon("pause" if walk.is_running else "play"))
        self.play.setAccessibleName(tr("Stop") if walk.is_running else tr("Play"))
        self.play.setToolTip(
            tr("Stop here (P)") if walk.is_running else tr("Go through the cells: what each one is made of (P)")
        )
        self.back.setEnabled(walk.at > 0)
        self.forward.setEnabled(walk.at < walk.n_cells - 1)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, countable(walk.n_cells - 1))
            self.slider.setValue(countable(walk.at))
        at = grouped(walk.at + 1) if walk.at >= 0 else "–"
        self.words.setText(tr("cell {at} of {n}", at=at, n=grouped(walk.n_cells)))
