"""The transport bar: seven buttons, the scrubber, and where the pass stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from visualizer import icons, theme
from visualizer.scrubber import Mark, Scrubber

SPEEDS = (("0.5 /s", 2000), ("1 /s", 1000), ("2 /s", 500), ("5 /s", 200), ("20 /s", 50))


class TimelinePanel(QWidget):
    """The bottom bar. Its buttons show the window's own actions; `moved` asks for a position."""

    moved = Signal(int)
    speed_changed = Signal(int)

    def __init__(self, actions: list[QAction], extra: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = [_TransportButton(action, self) for action in actions]
        self._extra = [_TransportButton(action, self, only_when_enabled=True) for action in extra]
        self.scrubber = Scrubber(self)
        self.scrubber.moved.connect(self.moved)
        self._title = QLabel(self, objectName="timeline_title")
        self._detail = QLabel(self, objectName="timeline_detail")
        self._detail.setWordWrap(True)
        self._hint = QLabel(self, objectName="timeline_hint")
        self.speed = QComboBox(self, objectName="speed")
        self.speed.setToolTip("How fast Play steps, in nodes per second")
        self.speed.setAccessibleName("Play speed")
        for text, interval_ms in SPEEDS:
            self.speed.addItem(text, interval_ms)
        self.speed.setCurrentIndex(2)
        self.speed.currentIndexChanged.connect(lambda: self.speed_changed.emit(self.interval_ms))
        self._build()
        theme.current().changed.connect(self._dress)
        self._dress()

    @property
    def interval_ms(self) -> int:
        return int(self.speed.currentData())

    def set_position(self, title: str, detail: str, hint: str) -> None:
        """The words at the right: "node 5 of 9", "TanhBackward0, norm 1.535", what the bars mean."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setToolTip(detail)
        self._hint.setText(hint)

    def set_marks(self, marks: tuple[Mark, ...], position: int, newest: int) -> None:
        self.scrubber.set_marks(marks, position, newest)

    def set_primary(self, index: int | None) -> None:
        """Make one of the buttons the screen's primary one."""
        for place, button in enumerate(self._buttons):
            button.set_primary(place == index)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(4)
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(self.speed)
        for button in self._extra:
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(_Line(self))
        row.addWidget(self.scrubber, 1)
        row.addWidget(_Line(self))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(12, 4, 0, 4)
        words.addStretch(1)
        for label in (self._title, self._detail, self._hint):
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words)

    def _dress(self) -> None:
        look = theme.current()
        self._title.setFont(look.font(15, 600))
        self._detail.setFont(look.font(12))
        self._detail.setStyleSheet(f"color: {look.color('flow.text').name()};")
        self._hint.setFont(look.font(11))
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()};")
        self._title.setMinimumWidth(look.px(170))
        self._detail.setMaximumWidth(look.px(240))
        for button in (*self._buttons, *self._extra):
            button.dress()


class _TransportButton(QToolButton):
    def __init__(self, action: QAction, parent: QWidget, *, only_when_enabled: bool = False) -> None:
        super().__init__(parent)
        self._icon_name = str(action.property("icon_name"))
        self._is_primary = False
        self.setDefaultAction(action)
        self.setObjectName(f"transport_{action.objectName()}")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._only_when_enabled = only_when_enabled
        action.changed.connect(self.dress)

    def set_primary(self, is_primary: bool) -> None:
        if is_primary != self._is_primary:
            self._is_primary = is_primary
            self.setProperty("kind", "primary" if is_primary else None)
            self.style().unpolish(self)
            self.style().polish(self)
            self.dress()

    def dress(self) -> None:
        """Icon, font and size at today's theme; the text is the action's short one."""
        look = theme.current()
        action = self.defaultAction()
        self._icon_name = str(action.property("icon_name"))
        self.setText(str(action.property("short_text") or action.text()))
        is_lit = self._is_primary and self.isEnabled()
        color = look.color("text.on_accent" if is_lit else "text.primary")
        self.setIcon(icons.icon(self._icon_name, color, 18))
        self.setIconSize(QSize(look.px(18), look.px(18)))
        self.setFont(look.font(11))
        self.setMinimumSize(look.px(54), look.px(54))
        if self._only_when_enabled:
            self.setVisible(action.isEnabled())


class _Line(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(1)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(f"background: {theme.current().color('line.subtle').name()};")
