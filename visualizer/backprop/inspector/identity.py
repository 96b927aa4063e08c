"""The head of the inspector: what is shown, in which state it is, and where it was made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from engine.protocol.kind_names import without_backward
from engine.protocol.source import Source
from engine.shared.language import tr
from visualizer.look import spoken, theme
from visualizer.look.labels import ElidedLabel, Pill, Stripe
from visualizer.look.spoken import speak_by

_TITLE = 15, 600  # px, weight
_BOTH_WIDTH = 270  # of a head that has room for a title and a state


class Identity(QWidget):
    """The facts in a row; `head` is the row above them, with the title. Emits `place_clicked(Source)`.

    Each step of a pass brings other facts, and a label that comes or goes makes a layout begin anew up to the window:
    the labels are placed by hand.
    """

    place_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._title = ""  # whole
        self._is_low = False
        self._is_own_line = False  # of the state, which has no room beside the title
        self._above = 0  # px that it takes, above the facts
        self._is_wrapped = False  # the link stands under the facts
        self._is_name_above = False  # the name stands above the other facts
        self._shapes = "", ""  # whole and short
        self._link = QSize()  # its size: Qt asks the style sheet for it each time
        self._link_edge = QSize()  # what the style sheet adds to the width of its text, and its height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._stripe = Stripe(self)
        self.title = ElidedLabel(_TITLE[0], "text.primary", weight=_TITLE[1], smallest_px=12, parent=self)
        self.title.setObjectName("inspector_title")
        self.state = Pill(self)
        self.state.setObjectName("inspector_state")
        self._name = ElidedLabel(12, "text.primary", mono=True, is_code=True, parent=self)
        self._shape = ElidedLabel(12, "text.secondary", mono=True, least="(0, 00) float32", parent=self)
        self._sequence = ElidedLabel(12, "text.muted", parent=self)
        self.place = QPushButton(self, objectName="inspector_place")
        self.place.setProperty("kind", "link")
        self.place.hide()  # until something has a place in the program
        self.place.clicked.connect(self._on_place)
        speak_by(self.place.setText, self._place_words)
        spoken.current().changed.connect(self._on_language)
        self.head = QWidget(parent)
        self._first = QHBoxLayout(self.head)
        self._first.addWidget(self._stripe)
        self._first.addWidget(self.title, 1)
        self._first.addWidget(self.state)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def set_subject(
        self,
        title: str,
        token: str,
        name: str,
        shape: str,
        sequence: str,
        source: Source | None,
        short_shape: str = "",
    ) -> None:
        """`token` is the colour of the category; `shape` as "(4, 5) float32", in short "(4, 5) f32"."""
        self._title = title
        self._stripe.set_token(token)
        for widget in (self._stripe, self):
            if widget.isHidden():
                widget.show()
        self._name.set_text(name, token)
        self._shapes = shape, short_shape or shape
        self._sequence.set_text(sequence)
        if source != self._source:
            self._source = source
            self.place.setText(self._place_words())
            self.place.setVisible(source is not None)
            self.place.setToolTip(source.text if source is not None else "")
            self._measure_link()
        self._arrange()

    def _place_words(self) -> str:
        return place_words(self._source) if self._source is not None else ""

    def _on_language(self) -> None:
        self._measure_link()
        self._arrange()

    def _measure_link(self) -> None:
        self._link = QSize(self._link_edge.width() + self._width_of(self.place.text()), self._link_edge.height())

    def _width_of(self, words: str) -> int:
        """As a button measures them, in whole pixels."""
        return self.place.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def set_state(self, text: str, kind: str = "") -> None:
        """In which state it is, before `set_subject`: beside the title or on its line, and nowhere where neither has
        room."""
        self.state.set_text(text, kind)
        self._place_state()

    def set_low(self, *, is_low: bool) -> None:
        """Whether there is no height for a line of the state's own."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._arrange()

    def clear(self) -> None:
        """Nothing is shown: the head names the panel."""
        self._title = tr("Inspector")
        self.set_state("")
        self._fit_title()
        self._stripe.hide()
        self.hide()

    def _on_place(self) -> None:
        if self._source is not None:
            self.place_clicked.emit(self._source)

    def _on_theme(self) -> None:
        look = theme.current()
        self._first.setContentsMargins(look.px(12), look.px(4), look.px(4), look.px(4))
        self.head.setMinimumHeight(look.px(36))
        self._first.setSpacing(look.px(8))
        hint, words = self.place.sizeHint(), self.place.text() or "XXXX"  # as Qt measures ""
        self._link_edge = QSize(hint.width() - self._width_of(words), hint.height())
        self._measure_link()
        self.updateGeometry()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._is_own_line:
            self._arrange()
        return super().event(event)

    def sizeHint(self) -> QSize:
        look, height = theme.current(), self._row_height()
        rows = 1 + self._is_wrapped + self._is_name_above
        gaps = look.px(8) * self._is_wrapped + look.px(2) * self._is_name_above
        return QSize(look.px(140), self._above + rows * height + gaps + look.px(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _row_height(self) -> int:
        return max(self._name.sizeHint().height(), self._link.height())

    def _arrange(self) -> None:
        """The link under the facts where they do not fit beside each other; then the sequence number may leave, the
        type of the numbers gets short, and the name stands above them."""
        look = theme.current()
        self._place_state()
        self._fit_title()
        margin, gap, height = look.px(12), look.px(8), self._row_height()
        room, link = self.width() - 2 * margin, self._link
        others = self._name.sizeHint().width() + gap if self._name.text() else 0
        needed, short = (others + self._shape.width_of(shape) + 1 for shape in self._shapes)
        is_wrapped = self._source is not None and needed + gap + link.width() > room
        if self._sequence.text():
            beside = room if is_wrapped or self._source is None else room - gap - link.width()
            self._sequence.setVisible(needed + gap + self._sequence.sizeHint().width() <= beside)
        is_name_above = not self._is_low and bool(self._shapes[0]) and short > room
        self._shape.set_text(self._shapes[short <= room < needed])
        if (is_wrapped, is_name_above) != (self._is_wrapped, self._is_name_above):
            self._is_wrapped, self._is_name_above = is_wrapped, is_name_above
            self.updateGeometry()
        top = self._above
        rows = [[self._name, self._shape, self._sequence]]
        rows = [rows[0][:1], rows[0][1:]] if is_name_above else rows
        for facts in rows:
            self._place(facts, top, height)
            top += height + look.px(2)
        top += gap - look.px(2) if is_wrapped else -height - look.px(2)
        x = margin if is_wrapped else self.width() - margin - link.width()
        self.place.setGeometry(x, top + (height - link.height()) // 2, link.width(), link.height())

    def _place(self, facts: list[ElidedLabel], top: int, height: int) -> None:
        """In a row; what does not fit ends in "…", the name before the shape."""
        look, x = theme.current(), theme.current().px(12)
        seen = [label for label in facts if label.text() and not label.isHidden()]
        excess = sum(label.sizeHint().width() + look.px(8) for label in seen) - look.px(8) - (self.width() - 2 * x)
        for label in seen:
            hint = label.sizeHint().width()
            width = max(hint - excess, label.minimumSizeHint().width()) if excess > 0 else hint
            excess -= hint - width
            label.setGeometry(x, top, width, height)
            x += width + look.px(8)

    def _fit_title(self) -> None:
        """ "NllLoss" of "NllLossBackward0" where there is no room for all of it."""
        look, beside = theme.current(), not self._is_own_line and not self.state.isHidden()
        room = self.head.width() - look.px(16) - self._stripe.sizeHint().width() - look.px(8)
        room -= self.state.sizeHint().width() + look.px(8) if beside else 0
        fits = QFontMetrics(look.font(*_TITLE)).horizontalAdvance(self._title) < room
        self.title.set_text(self._title if fits else without_backward(self._title))
        self.title.setToolTip(self._title)

    def _place_state(self) -> None:
        """Beside the title, or on a line of its own; which, depends on the width alone: a step moves nothing."""
        look = theme.current()
        is_own_line = not self._is_low and self.head.width() < look.px(_BOTH_WIDTH)
        if is_own_line != self._is_own_line:
            self._is_own_line = is_own_line
            if is_own_line:
                self._first.removeWidget(self.state)
                self.state.setParent(self)
            else:
                self._first.addWidget(self.state)
        has_room = is_own_line or self.head.width() >= look.px(_BOTH_WIDTH)
        if self.state.isHidden() == (has_room and bool(self.state.text())):
            self.state.setVisible(has_room and bool(self.state.text()))
        hint = self.state.sizeHint()
        above = hint.height() + look.px(6) if is_own_line and self.state.text() else 0
        if above != self._above:
            self._above = above
            self.updateGeometry()
        if above:
            self.state.setGeometry(look.px(12), 0, min(hint.width(), self.width() - 2 * look.px(12)), hint.height())


def place_words(source: Source) -> str:
    """ "line 8, columns 5–27": columns count from 1, both ends included."""
    if source.end_line != source.line:
        return tr("lines {first}–{last}", first=source.line, last=source.end_line)
    first, last = source.column + 1, max(source.end_column, source.column + 1)
    if first == last:
        return tr("line {line}, column {column}", line=source.line, column=first)
    return tr("line {line}, columns {first}–{last}", line=source.line, first=first, last=last)
