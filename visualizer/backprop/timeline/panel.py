"""The transport bar: seven buttons, the scrubber, and where the pass stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.shared.local_numbers import plain
from visualizer.backprop.timeline.marks import Marks
from visualizer.backprop.timeline.pass_strip import PassStrip
from visualizer.backprop.timeline.scrubber import Scrubber
from visualizer.look import icons, theme
from visualizer.look.announcing import announce
from visualizer.look.labels import ElidedLabel
from visualizer.look.paragraph import Paragraph
from visualizer.look.spoken import say_again, speak
from visualizer.model.passes import PassBook

_WORDS = (236, 184)  # px, at the right end: the one that fits
_SCRUBBER_LEAST = 260  # px, below which the words beside it, the buttons' words and then its place beside them give way
_LEAST_WIDTH = 200  # px
_REST_MS = 250  # after which a place is told to a screen reader
SPEEDS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)  # nodes a second


class TimelinePanel(QWidget):
    """The bottom bar. Its buttons show the window's own actions; `moved` asks for a position."""

    moved = Signal(int)
    ahead = Signal(int)  # run on to this node
    speed_changed = Signal(float)

    def __init__(
        self, actions: list[QAction], extra: list[QAction], passes: PassBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = [_TransportButton(action, self) for action in actions]
        self.first_stop = self._buttons[0] if self._buttons else None
        self.speed = QComboBox(self, objectName="speed")  # made in the order in which they stand, which is that of Tab
        self._extra = [_TransportButton(action, self, only_when_enabled=True) for action in extra]
        self.strip = PassStrip(passes, self)
        self.scrubber = Scrubber(self)
        self.scrubber.moved.connect(self.moved)
        self.scrubber.ahead.connect(self.ahead)
        self._title = QLabel(self, objectName="timeline_title")
        self._detail = Paragraph(self, name="timeline_detail")
        self._hint = Paragraph(self, name="timeline_hint")
        self.corner = QWidget(self)  # at the right of the top: what its dock puts there
        self.corner.installEventFilter(self)
        self._place = "", ""
        self._is_shown = False, True, True  # whether there are any words, a detail, a hint
        self._rests = QTimer(self, singleShot=True, interval=_REST_MS)  # not each of the nodes that Play goes through
        self._rests.timeout.connect(lambda: announce(self, ", ".join(part for part in self._place if part)))
        speak(self.speed.setToolTip, "How fast Play steps, in nodes per second: Shift+F8 slower, Ctrl+F8 faster")
        speak(self.speed.setAccessibleName, "Play speed")
        for nodes_per_s in SPEEDS:
            self.speed.addItem("", nodes_per_s)
        self.speed.setCurrentIndex(2)
        self.speed.currentIndexChanged.connect(lambda: self.speed_changed.emit(self.nodes_per_s))
        say_again(self.speed, self._name_speeds)
        self._build()
        passes.changed.connect(self._set_height)
        for button in (*self._buttons, *self._extra):
            button.room_changed.connect(self._make_room)
        theme.current().changed.connect(self._dress)
        self._dress()
        say_again(self, self._set_height)

    @property
    def nodes_per_s(self) -> float:
        """How fast Play steps."""
        return float(self.speed.currentData())

    def _name_speeds(self) -> None:
        for place, nodes_per_s in enumerate(SPEEDS):
            self.speed.setItemText(place, f"{plain(nodes_per_s)} /s")

    def change_speed(self, by: int) -> None:
        """Faster by so many places of the list, or slower."""
        self.speed.setCurrentIndex(min(max(self.speed.currentIndex() + by, 0), self.speed.count() - 1))

    def set_position(self, title: str, detail: str, hint: str) -> None:
        """The words at the right: "node 5 of 9", "TanhBackward0, norm 1.535", what the bars mean."""
        self._title.setText(title)
        self._brief.set_text(" · ".join(part for part in (title, detail) if part))
        self._detail.setText(detail)
        self._hint.setText(hint)
        has_brief = bool(title or detail)
        if (title, detail) != self._place:
            self._place = title, detail
            self._rests.start()
        is_shown = has_brief, bool(detail), bool(hint)
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self._detail.setVisible(bool(detail))
            self._hint.setVisible(bool(hint))
            self._make_room()

    def set_marks(self, marks: Marks, position: int, newest: int, *, goes_on: bool = False) -> None:
        """A pass at a position; of one that goes on, the places after the newest can be run to."""
        was_empty = self.scrubber.is_empty
        self.scrubber.set_marks(marks, position, newest, goes_on=goes_on)
        if self.scrubber.is_empty != was_empty:
            self._set_height()

    def set_found(self, nodes: frozenset[int]) -> None:
        """Mark what Find found, ids of nodes."""
        self.scrubber.set_found(nodes)

    def set_primary(self, index: int | None) -> None:
        """Make one of the buttons the screen's primary one."""
        for place, button in enumerate(self._buttons):
            button.set_primary(place == index)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(_LEAST_WIDTH), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # its buttons are larger, or have come
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        """The scrubber keeps its length: first the words at the right go above it, then those under the icons leave,
        then the speed; then the buttons stand above it, as many as there is room for."""
        look, gap = theme.current(), self._row.spacing()
        buttons = [button for button in (*self._buttons, *self._extra) if button.is_offered]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        corner = self._place_corner()
        free = room - look.px(_SCRUBBER_LEAST) - look.px(24)
        speed = self.speed.sizeHint().width()
        named = sum(button.named_width() + gap for button in buttons)
        bare = sum(button.bare_width() + gap for button in buttons)
        # One width whatever the words are, or the scrubber would jump while nodes are stepped.
        words = next((look.px(width) for width in _WORDS if named + speed + look.px(width) <= free), 0)
        has_words = bool(words)
        has_names = has_words or named + speed <= free
        self._words.setVisible(has_words)
        self._words.setFixedWidth(words or look.px(_WORDS[-1]))
        policy = self._end_line.sizePolicy()
        policy.setRetainSizeWhenHidden(has_words)  # before there are any the scrubber has its place already
        self._end_line.setSizePolicy(policy)
        self._end_line.setVisible(has_words and bool(self._title.text()))
        is_above = bare > free
        before, after = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(after if is_above else before)
        self._line.setHidden(is_above)
        self._brief_row.setHidden(has_words or not self._brief.text())
        self._brief_row.layout().setContentsMargins(0, 0, 0 if is_above else corner, 0)
        room -= corner if is_above else 0
        self.speed.setVisible(has_names or bare + speed <= (room if is_above else free))
        for place, button in enumerate(buttons, 1):
            button.set_look(is_named=has_names, is_low=is_above)
            button.setVisible(not is_above or sum(one.bare_width() + gap for one in buttons[:place]) <= room + gap)
        self._set_height()

    def _place_corner(self) -> int:
        """How much of the row below it it takes, in pixels."""
        size = self.corner.sizeHint()
        self.corner.setGeometry(self.width() - size.width(), 0, size.width(), size.height())
        return max(size.width() - self._row.contentsMargins().right(), 0)

    def _build(self) -> None:
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what does not fit is hidden instead
        self._transport = QHBoxLayout()
        for button in self._buttons:
            self._transport.addWidget(button)
        self._transport.addWidget(self.speed)
        for button in self._extra:
            self._transport.addWidget(button)
        self._transport.addStretch(1)
        row.addLayout(self._transport)
        self._line = _Line(self)
        row.addWidget(self._line)
        tracks = QVBoxLayout()
        tracks.setSpacing(0)
        self._brief = ElidedLabel(12, "flow.text", least="mmmm", parent=self)
        self._brief_row = QWidget(self)  # where the words at the right have no room
        brief = QHBoxLayout(self._brief_row)
        brief.setContentsMargins(0, 0, 0, 0)
        brief.addWidget(self._brief, 1)
        tracks.addWidget(self._brief_row)
        tracks.addWidget(self.strip)
        tracks.addWidget(self.scrubber, 1)
        row.addLayout(tracks, 1)
        self._end_line = _Line(self)
        row.addWidget(self._end_line)
        self._words = QWidget(self)
        words = QVBoxLayout(self._words)
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._title, self._detail, self._hint):
            words.addWidget(label)
        words.addStretch(1)
        row.addWidget(self._words)

    def _dress(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        self._row.setSpacing(look.px(4))
        self._transport.setSpacing(look.px(4))
        self._words.layout().setContentsMargins(look.px(12), look.px(4), 0, look.px(4))
        self._title.setFont(look.font(15, 600))
        self._detail.setFont(look.font(12))
        self._detail.setStyleSheet(f"color: {look.color('flow.text').name()};")
        self._hint.setFont(look.font(11))
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()};")
        for button in (*self._buttons, *self._extra):
            button.dress()
        self._make_room()

    def _set_height(self) -> None:
        look = theme.current()
        is_narrow = self._row.direction() == QBoxLayout.Direction.TopToBottom
        above = look.px(40) if is_narrow else 0
        strip = 0 if self.strip.isHidden() else self.strip.sizeHint().height()
        brief = 0 if self._brief_row.isHidden() else self._brief.sizeHint().height()
        self.scrubber.set_low(is_low=is_narrow)
        least = self.scrubber.minimumSizeHint().height() + look.px(16) + brief
        least = least if is_narrow else max(look.px(92), least)  # as high as the buttons beside it with their words
        if is_narrow and self.scrubber.is_empty:  # words are lower than bars, and the panels above need the room
            margins = self._row.contentsMargins()
            words = self.scrubber.words_height(self.width() - margins.left() - margins.right())
            least = min(words + margins.top() + margins.bottom() + brief, least)
        self.setFixedHeight(above + least + strip)
        self._row.invalidate()  # inside of a resize event Qt keeps what it laid out for the height before


class _TransportButton(QToolButton):
    """`room_changed`: it came to those that are there if there is room, or left them, or is called otherwise."""

    room_changed = Signal()

    def __init__(self, action: QAction, parent: QWidget, *, only_when_enabled: bool = False) -> None:
        super().__init__(parent)
        self._icon_name = str(action.property("icon_name"))
        self._is_primary = False
        self._is_named, self._is_low = True, False
        self._room: tuple[bool, int] | None = None  # whether it is offered, and how wide its word is
        self.setDefaultAction(action)
        self.setObjectName(f"transport_{action.objectName()}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._only_when_enabled = only_when_enabled
        action.changed.connect(self.dress)

    def named_width(self) -> int:
        """With the word under the icon."""
        look = theme.current()
        return max(QFontMetrics(look.font(11)).horizontalAdvance(self.text()) + look.px(14), look.px(54))

    def bare_width(self) -> int:
        """With the icon alone."""
        return theme.current().px(36)

    @property
    def is_offered(self) -> bool:
        """Whether it is there, if there is room for it."""
        action = self.defaultAction()
        return not self._only_when_enabled or (action.isEnabled() and action.property("is_offered") is not False)

    def set_look(self, *, is_named: bool, is_low: bool) -> None:
        """Show the word under the icon, or leave it to the tool tip; `is_low`: no higher than the icon needs."""
        if (is_named, is_low) != (self._is_named, self._is_low):
            self._is_named, self._is_low = is_named, is_low
            self.dress()

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
        style = Qt.ToolButtonStyle.ToolButtonTextUnderIcon if self._is_named else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(style)
        self.setAccessibleName(action.text())
        width = self.named_width() if self._is_named else self.bare_width()
        self.setFixedSize(width, look.px(36 if self._is_low else 54))
        room = self.is_offered, self.named_width()
        if room != self._room:
            self._room = room
            if self._only_when_enabled:
                self.setVisible(self.is_offered)
            self.room_changed.emit()


class _Line(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(1)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(f"background: {theme.current().color('line.subtle').name()};")
