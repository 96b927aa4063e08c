"""The head of the inspector: what is shown, in which state it is, and where it was made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.protocol.values import Source
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel, Pill, Stripe


class Identity(QWidget):
    """The facts in a row; `head` is the row above them, with the title. Emits `place_clicked(Source)`."""

    place_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._stripe = Stripe(self)
        self.title = ElidedLabel(15, "text.primary", weight=600, parent=self)
        self.title.setObjectName("inspector_title")
        self.state = Pill(self)
        self.state.setObjectName("inspector_state")
        self._name = ElidedLabel(12, "text.primary", mono=True, parent=self)
        self._shape = ElidedLabel(12, "text.secondary", mono=True, least="(0, 00) float32", parent=self)
        self._sequence = ElidedLabel(12, "text.muted", parent=self)
        self.place = QPushButton(self, objectName="inspector_place")
        self.place.setProperty("kind", "link")
        self.place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.place.clicked.connect(self._on_place)
        self.head = QWidget(parent)
        self._first = QHBoxLayout(self.head)
        self._first.addWidget(self._stripe)
        self._first.addWidget(self.title, 1)
        self._first.addWidget(self.state)
        facts = QHBoxLayout()
        for widget in (self._name, self._shape, self._sequence):
            facts.addWidget(widget)
        facts.addStretch(1)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.addLayout(facts, 1)
        self._second.addWidget(self.place)
        column = QVBoxLayout(self)
        column.addLayout(self._second)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def set_subject(self, title: str, token: str, name: str, shape: str, sequence: str, source: Source | None) -> None:
        """`token` is the colour of the category; `shape` as "(4, 5) float32"."""
        self.title.set_text(title)
        self._stripe.set_token(token)
        self._stripe.show()
        self.show()
        self._name.set_text(name, token)
        self._shape.set_text(shape)
        self._sequence.set_text(sequence)
        self._source = source
        self.place.setText(place_words(source) if source is not None else "")
        self.place.setVisible(source is not None)
        self.place.setToolTip(source.text if source is not None else "")
        self._arrange()

    def clear(self) -> None:
        """Nothing is shown: the head names the panel."""
        self.title.set_text("Inspector")
        self._stripe.hide()
        self.state.set_text("")
        self.hide()

    def _on_place(self) -> None:
        if self._source is not None:
            self.place_clicked.emit(self._source)

    def _on_theme(self) -> None:
        look = theme.current()
        self._first.setContentsMargins(look.px(12), look.px(7), look.px(4), look.px(5))
        self.layout().setContentsMargins(look.px(12), 0, look.px(12), look.px(10))
        for layout in (self._first, self._second):
            layout.setSpacing(look.px(8))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """The link under the facts where they do not fit beside each other; then the sequence number may leave."""
        look = theme.current()
        needed = sum(
            label.sizeHint().width() + look.px(8) for label in (self._name, self._shape, self._sequence) if label.text()
        )
        self._sequence.setVisible(bool(self._sequence.text()) and needed + look.px(16) <= self.width())
        needed += QFontMetrics(self.place.font()).horizontalAdvance(self.place.text()) + look.px(32)
        fits = needed <= self.width()
        self._second.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)


def place_words(source: Source) -> str:
    """ "line 8, columns 5–27": columns count from 1, both ends included."""
    if source.end_line != source.line:
        return f"lines {source.line}–{source.end_line}"
    first, last = source.column + 1, max(source.end_column, source.column + 1)
    return f"line {source.line}, column {first}" if first == last else f"line {source.line}, columns {first}–{last}"
