"""The head of a panel: its title and what belongs beside it, none of it ever cut in its middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak


class PanelHead(QWidget):
    """A row of widgets behind a title. Where there is no room for all, those of `leaving` go whole, the first first;
    the title alone may end in "…". `title` is a marked constant, "" where `set_title` brings it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self._title = ElidedLabel(12.5, "text.primary", weight=600, least="mmm…", parent=self)
        self._title.setObjectName("panel_title")
        if title:
            speak(self._title.set_text, title)
        self.row.addWidget(self._title)
        self._leaving: Sequence[QWidget] = ()
        self._idle: set[QWidget] = set()

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.set_text(title)

    def fill(self, left: Sequence[QWidget], right: Sequence[QWidget], *, leaving: Sequence[QWidget]) -> None:
        """Put widgets behind the title and at the right end."""
        self._leaving = leaving
        for widget in left:
            self.row.addWidget(widget)
        self.row.addStretch(1)
        for widget in right:
            self.row.addWidget(widget)

    def use(self, widget: QWidget, *, is_used: bool) -> None:
        """Whether one of those that leave has anything to do now; else it is hidden whatever room there is."""
        (self._idle.discard if is_used else self._idle.add)(widget)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Its widgets follow its width, and not its width them."""
        return QSize(theme.current().px(40), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        margins, gap = self.row.contentsMargins(), self.row.spacing()
        room = self.width() - margins.left() - margins.right() + gap
        shown = [self.row.itemAt(place).widget() for place in range(self.row.count())]
        firm = [widget for widget in shown if widget is not None and widget not in self._leaving]
        room -= sum(_least(widget) + gap for widget in firm if not widget.isHidden())
        whole = self._title.sizeHint().width()
        self._title.setMinimumWidth(max(0, whole + min(room, 0)))  # a field gives way before it
        for widget in reversed(self._leaving):
            needed = widget.sizeHint().width() + gap
            has_words = not isinstance(widget, ElidedLabel | QLabel) or bool(widget.text())
            fits = has_words and widget not in self._idle and needed <= room
            room -= needed if fits else 0
            widget.setVisible(fits)
            if isinstance(widget, ElidedLabel):
                widget.setMinimumWidth(needed - gap if fits else 0)  # it leaves before it is cut


def _least(widget: QWidget) -> int:
    """The title whole, anything else as narrow as it goes."""
    if isinstance(widget, ElidedLabel):
        return widget.sizeHint().width()
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())
