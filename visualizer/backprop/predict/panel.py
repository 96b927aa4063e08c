"""Predict, then reveal: a field for each gradient that the held node will send on, and what is said of them after."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.protocol.predictions import Wanted
from engine.shared.language import mark
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.panel_head import PanelHead
from visualizer.look.spoken import Words, speak, speak_by

_PLACEHOLDER = mark("0.08, or grad * a * (1 - a), or [0, 2] = 0.08")
_TIP = mark(
    "A number, an expression in the program's names, or one cell: [0, 2] = 0.08. grad is the gradient that arrives.\n"
    "Enter steps and compares; empty, it is revealed without judging."
)

_SWITCH = (
    (mark("Predict"), mark("Be asked at each node — Ctrl+Alt+P")),
    (mark("Stop"), mark("Step without being asked — Ctrl+Alt+P")),
)


_LEAST_BODY_PX = 84  # at 100 %: of question and field above the buttons
_FOOT = (12, 4, 12, 8)  # px at 100 % around the buttons where they stay in view


class _Row(QWidget):
    """One gradient to predict."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = -1
        self.name = QLabel(self)
        self.field = QLineEdit(self, objectName="prediction")
        speak(self.field.setPlaceholderText, _PLACEHOLDER)
        speak(self.field.setToolTip, _TIP)
        self.refusal = QLabel(self, objectName="prediction_refused")
        self.refusal.setProperty("role", "error")
        self.refusal.setWordWrap(True)
        self.name.setBuddy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        for widget in (self.name, self.field, self.refusal):
            column.addWidget(widget)

    def ask(self, wanted: Wanted) -> None:
        """For this one, with an empty field."""
        self.place = wanted.place
        self.name.setText(f"∂L/∂{wanted.name}  {wanted.shape}")
        speak(self.field.setAccessibleName, "Prediction of the gradient of {name}", name=wanted.name)
        self.field.clear()
        self.refuse(None)

    def refuse(self, why: Words | None) -> None:
        """What is wrong with what was entered, None for nothing; it stays."""
        speak_by(self.refusal.setText, why or str)
        self.refusal.setVisible(why is not None)


class PredictPanel(QWidget):
    """Signals: `stepped()`, compare what was entered; `revealed()`, step without judging; `switched()`."""

    stepped = Signal()
    revealed = Signal()
    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predict")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.score = ElidedLabel(12, "text.secondary", least="…", parent=self)
        self.score.setObjectName("predict_score")
        self.switch = QPushButton(self, objectName="predict_switch")
        self.switch.clicked.connect(self.switched)
        self.head = PanelHead(mark("Predict"), self)
        self.head.fill((self.score,), (self.switch,), leaving=(self.score,))
        self.words = self._label("predict_words", "primary")
        self.names = self._label("predict_names", "secondary")
        self.verdict = self._label("predict_verdict", "primary")
        self.verdict.setTextFormat(Qt.TextFormat.RichText)
        self.compare = QPushButton(self, objectName="predict_compare")
        speak(self.compare.setText, "Step and compare")
        self.compare.clicked.connect(self.stepped)
        self.reveal = QPushButton(self, objectName="predict_reveal")
        speak(self.reveal.setText, "Reveal")
        speak(self.reveal.setToolTip, "Step without judging — Ctrl+Alt+R")
        self.reveal.clicked.connect(self.revealed)
        self.is_on = False  # whether it asks
        self._rows: list[_Row] = []
        self._n_rows = 0
        self._is_awaited = False  # the keyboard was brought here before there was a field
        self._make_body()
        theme.current().changed.connect(self._dress)
        self._dress()
        self.ask("", "", ())

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self, objectName=name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextInteractionFlags(label.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _make_body(self) -> None:
        content = QWidget(self)
        self._body = QVBoxLayout(content)
        for widget in (self.verdict, self.words, self.names):
            self._body.addWidget(widget)
        self._foot = QWidget(self)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addWidget(self.compare, 1)
        self._buttons.addWidget(self.reveal)
        self._body.addWidget(self._foot)
        self._body.addStretch(1)
        self._scroll = QScrollArea(self, objectName="predict_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addWidget(self._scroll, 1)

    # -- what is shown

    def ask(self, words: str, names: str, wanted: tuple[Wanted, ...]) -> None:
        """Another question, or words alone. The keyboard that was in a field goes into the first of the new ones."""
        had_focus = any(row.field.hasFocus() for row in self._rows) or (self._is_awaited and self.switch.hasFocus())
        while len(self._rows) < len(wanted):
            self._add_row()
        self._n_rows = len(wanted)
        for nth, row in enumerate(self._rows):
            row.setVisible(nth < len(wanted))
            if nth < len(wanted):
                row.ask(wanted[nth])
        self.say(words, names)
        for button in (self.compare, self.reveal):
            button.setVisible(bool(wanted))
        if had_focus:
            self.take_focus()
        self._is_awaited = self._is_awaited and not wanted

    def say(self, words: str, names: str) -> None:
        """The question and the names that may be used, in other words; what is entered stays."""
        for label, text in ((self.words, words), (self.names, names)):
            label.setText(text)
            label.setVisible(bool(text))

    def _add_row(self) -> None:
        row = _Row(self)
        row.field.returnPressed.connect(self.stepped)
        row.field.textEdited.connect(lambda text: self._scroll.ensureWidgetVisible(row.field))
        self._rows.append(row)
        self._body.insertWidget(self._body.indexOf(self.names) + len(self._rows), row)
        self._dress()

    def texts(self) -> dict[int, str]:
        """What was entered, by place."""
        return {row.place: row.field.text() for row in self._rows[: self._n_rows]}

    def refuse(self, refusals: Mapping[int, Words]) -> None:
        """Beside each entry that cannot be read, why; the keyboard goes to the first of them."""
        refused = [row for row in self._rows[: self._n_rows] if row.place in refusals]
        for row in self._rows[: self._n_rows]:
            row.refuse(refusals.get(row.place))
        if refused:
            refused[0].field.setFocus()
            self._scroll.ensureWidgetVisible(refused[0].refusal)

    def set_verdict(self, html: str, score: str) -> None:
        """Of what was entered for the node before."""
        self.verdict.setText(html)
        self.verdict.setVisible(bool(html))
        self.score.set_text(score)
        self._scroll.verticalScrollBar().setValue(0)

    def set_on(self, *, is_on: bool) -> None:
        """Whether it asks."""
        self.is_on = is_on
        speak(self.switch.setText, _SWITCH[is_on][0])
        speak(self.switch.setToolTip, _SWITCH[is_on][1])

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        return self._rows[0].field if self._n_rows else self.switch

    def take_focus(self) -> None:
        """The keyboard goes into the first field, as soon as there is one."""
        self._is_awaited = not self._n_rows
        self.stop.setFocus()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_buttons()

    def _arrange_buttons(self) -> None:
        """Below each other where they do not fit side by side; always in view where question and verdict leave room."""
        margins = self._body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - theme.current().px(16)
        needed = self.compare.sizeHint().width() + self._buttons.spacing() + self.reveal.sizeHint().width()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(beside if needed <= room else below)
        self._place_foot(is_fixed=self._room_above() >= theme.current().px(_LEAST_BODY_PX))

    def _room_above(self) -> int:
        """Pixels that the buttons leave, in view; the same wherever they stand now, for what it decides is where."""
        around = self._buttons.contentsMargins()
        own = self._buttons.sizeHint().height() - around.top() - around.bottom()
        margins = sum(map(theme.current().px, _FOOT[1::2]))
        return self.height() - self.head.sizeHint().height() - own - margins

    def _place_foot(self, *, is_fixed: bool) -> None:
        """In view below what scrolls, or its last part."""
        if is_fixed == (self._column.indexOf(self._foot) >= 0):
            return
        if is_fixed:
            self._body.removeWidget(self._foot)
            self._column.addWidget(self._foot)
        else:
            self._column.removeWidget(self._foot)
            self._body.insertWidget(self._body.count() - 1, self._foot)
        self._dress_foot()

    def _dress_foot(self) -> None:
        look, is_fixed = theme.current(), self._column.indexOf(self._foot) >= 0
        self._buttons.setSpacing(look.px(8))
        self._buttons.setContentsMargins(*map(look.px, _FOOT if is_fixed else (0, 0, 0, 0)))

    def _dress(self) -> None:
        look = theme.current()
        self._body.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self._body.setSpacing(look.px(6))
        self._dress_foot()
        self._arrange_buttons()
        for row in self._rows:
            row.field.setFont(look.mono(12))
