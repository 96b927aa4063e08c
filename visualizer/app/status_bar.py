"""The row at the foot of the window: the engine's state, its devices, and one sentence at the right."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from visualizer.look import spoken, theme
from visualizer.look.announcing import announce
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import Words

_BRIEF_MS = 300  # of a run that is over before, only how it ended is read aloud
_ECHO_S = 0.5  # in which "ready" says no more than the sentence before


class StatusBar(QStatusBar):
    """Narrow windows show the beginning of the sentence; its tool tip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)  # a window is sized by its edges
        self._engine = QLabel(self, objectName="status_engine")
        self._devices = _Line(Qt.AlignmentFlag.AlignLeft, self)
        self._devices.setObjectName("status_device")
        self._message = _Line(Qt.AlignmentFlag.AlignRight, self)
        self._message.setObjectName("status_message")
        self._words: Words = str  # of the sentence
        self._said_s = -math.inf  # when it was said
        self._lasts = QTimer(self, singleShot=True, interval=_BRIEF_MS)
        self._lasts.timeout.connect(lambda: announce(self._engine, self._engine.text(), is_of_all=True))
        self.addWidget(self._engine)
        self.addWidget(self._devices)
        self.addPermanentWidget(self._message, 1)
        spoken.current().changed.connect(self.say_again)

    def set_engine(self, words: str, state: str) -> None:
        """What the engine does, and its state. Read aloud: that it runs, once that has lasted; that it is ready, where
        nothing has just said how what ran has ended; all else at once."""
        if words == self._engine.text():
            return
        self._engine.setText(words)
        self._lasts.stop()
        if state == "running":
            self._lasts.start()
        elif state != "ready" or time.monotonic() - self._said_s > _ECHO_S:
            self._lasts.timeout.emit()

    def set_devices(self, words: str) -> None:
        """PyTorch's version and where it computes."""
        self._devices.setText(words)

    def say(self, sentence: Words) -> None:
        """The newest sentence takes the place of the one before, and is said again when the language changes; `str`
        says nothing any more."""
        self._words = sentence
        self._show(sentence())
        if self._message.toolTip():
            self._said_s = time.monotonic()
        announce(self._message, self._message.toolTip(), is_of_all=True)

    def take_back(self, words: Words) -> None:
        """What was said by this function does not hold any more; what was said since stays."""
        if words is self._words:
            self._words = str
            self._show("")

    def _show(self, sentence: str) -> None:
        self._message.setText(" ".join(sentence.split()))
        self._message.setToolTip(sentence)

    def say_again(self) -> None:
        """The sentence in the language in use; it is not told anew."""
        self._show(self._words())


class _Line(QLabel):
    """A label that may be narrower than its text."""

    def __init__(self, side: Qt.AlignmentFlag, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, margin = QPainter(self), theme.current().px(8)
        painter.setPen(theme.current().color("text.muted"))
        inner = self.rect().adjusted(margin, 0, -margin, 0)
        text = elided(self.fontMetrics(), self.text(), inner.width())
        painter.drawText(inner, self._side | Qt.AlignmentFlag.AlignVCenter, text)
