"""The bar of a dock: the panel's own head is its title and its grip; two buttons at the end float and close it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from engine.shared.language import tr
from visualizer.look import icons, spoken, theme
from visualizer.look.painting import guarded
from visualizer.look.reading_order import tab_as_read, tab_before
from visualizer.look.style_sheet import wear

_GRIP = 12, 5, 5  # px: how wide it is, how many dots, and how far apart they are


class DockBar(QWidget):
    """Takes the panel's `head` into the dock's title bar, so that no title stands twice. A panel without one has a grip
    at its left, and the buttons in its `corner`. Tab comes to its buttons from its head, or, where nothing in that
    takes the keyboard, just before the panel's `first_stop`. A double click makes the panel large, and puts a floating
    one back."""

    accessible_role = QAccessible.Role.TitleBar

    def __init__(
        self, dock: QDockWidget, head: QWidget | None, corner: QWidget | None = None, first_stop: QWidget | None = None
    ) -> None:
        super().__init__(dock)
        self.setObjectName(f"bar_of_{dock.objectName()}")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(*((across, along) if head is None else (along, across)))
        self._dock, self._head, self._buttons_in = dock, head, corner or self
        self.float_button = self._button("float", lambda: dock.setFloating(not dock.isFloating()))
        self.close_button = self._button("close", dock.close)
        self._row = QHBoxLayout(self._buttons_in)
        self._row.setSpacing(0)
        self._least: QSize | None = None
        if head is not None:
            self._row.addWidget(head, 1)
        self._row.addWidget(self.float_button)
        self._row.addWidget(self.close_button)
        if head is None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
            dock.setFeatures(dock.features() | QDockWidget.DockWidgetFeature.DockWidgetVerticalTitleBar)
        dock.topLevelChanged.connect(self._dress)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._dress)
        if first_stop is None:
            tab_as_read(self)
        else:
            tab_before(first_stop, (self.float_button, self.close_button))
        self._dress()

    def set_tabbed(self, is_tabbed: bool) -> None:
        """A tab above bears the title already."""
        title = self.findChild(QWidget, "panel_title")
        if title is not None:
            title.setVisible(not is_tabbed)

    def sizeHint(self) -> QSize:
        if self._head is not None:
            return super().sizeHint()
        look = theme.current()
        return QSize(look.px(_GRIP[0]), look.px(2 * _GRIP[1] * _GRIP[2]))

    def minimumSizeHint(self) -> QSize:
        """The same whatever the head says: what is selected moves no panel. Asked of every bar at each layout."""
        if self._least is None:
            size = self.sizeHint()
            self._least = size if self._head is None else QSize(theme.current().px(120), size.height())
        return self._least

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._least = None
        return super().event(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """The dots of a grip; a head is its own."""
        super().paintEvent(event)
        if self._head is not None:
            return
        look, (_width, count, apart) = theme.current(), _GRIP
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line.control"))
        middle = self.rect().toRectF().center()
        for place in range(count):
            middle.setY(self.height() / 2 + (place - (count - 1) / 2) * look.px(apart))
            painter.drawEllipse(middle, look.px(1), look.px(1))

    # -- inner workings

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton(self._buttons_in, objectName=f"{name}_{self._dock.objectName()}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        self._least = None
        look, title = theme.current(), self._dock.windowTitle()
        self.setAccessibleName(title)
        is_floating = self._dock.isFloating()
        self._row.setContentsMargins(0, look.px(2), look.px(4), look.px(2))
        words = {
            self.float_button: ("dock", tr("Put {panel} back", panel=title))
            if is_floating
            else ("float", tr("Float {panel}", panel=title)),
            self.close_button: ("close", tr("Close {panel}; View, Panels brings it back", panel=title)),
        }
        for button, (icon, tip) in words.items():
            button.setIcon(icons.icon(icon, look.color("text.muted"), 12))
            button.setIconSize(QSize(look.px(12), look.px(12)))
            button.setFixedSize(look.px(20), look.px(20))
            wear(button, "padding: 0;")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
