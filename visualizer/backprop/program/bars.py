"""The rows that come and go around the editor: a question about what was pasted, the sentence of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from engine.shared.language import said, tr
from visualizer.backprop.program.error_sheet import show_whole
from visualizer.look import icons, spoken, theme
from visualizer.look.announcing import announce
from visualizer.look.flow_layout import FlowWidget
from visualizer.look.scrolling_text import ScrollingText
from visualizer.look.spoken import Words, speak, speak_by
from visualizer.look.style_sheet import wear
from visualizer.look.turned_box import turn

_MOST_LINES = 7  # of an error, before it scrolls
_FILLED = 0.85  # of a line by words that wrap


class Banner(QFrame):
    """One sentence and what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = QLabel(self, objectName="banner_text")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._choices = FlowWidget(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.addWidget(self._text, 1)
        self._box.addWidget(self._choices)
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def ask(self, words: Words, choices: Mapping[str, Callable[[], object]]) -> None:
        """Show a sentence with a button for each choice, a marked constant; any of them closes it."""
        for button in self._buttons:
            self._choices.flow.removeWidget(button)
            button.hide()  # it goes a moment later
            button.deleteLater()
        self._buttons = []
        speak_by(self._text.setText, words)
        announce(self._text, words(), is_of_all=True)
        for place, (choice, act) in enumerate(choices.items()):
            button = QPushButton(self._choices, objectName=f"banner_{place}")
            speak(button.setText, choice)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda checked=False, act=act: act())
            self._choices.flow.addWidget(button)
            self._buttons.append(button)
        self._arrange()
        self.show()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):  # also of words in another language
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """The choices stand beside the sentence where that keeps to two lines, else below it."""
        margins = self._box.contentsMargins()
        taken = margins.left() + margins.right() + self._box.spacing() + self._choices.flow.sizeHint().width()
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        turn(self._box, is_below=words > 2 * _FILLED * (self.width() - taken))

    @property
    def sentence(self) -> str:
        """What it asks, empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def _dress(self) -> None:
        look = theme.current()
        self._text.setFont(look.font(12))
        self._box.setContentsMargins(look.px(12), look.px(8), look.px(8), look.px(8))
        self._box.setSpacing(look.px(8))
        self._choices.flow.setSpacing(look.px(8))
        wear(self, f"QFrame#banner {{ background: {look.color('accent.tint').name()}; }}")


class ErrorBar(QFrame):
    """The sentence of an error under the program. `place_clicked` asks to go there, `operation_clicked` to see what the
    call that failed took."""

    place_clicked = Signal(int, int)
    operation_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_bar")
        self._error: ProgramError | None = None
        self._places = ("", "")  # where it is, in more words and in fewer
        self._title = QLabel(self, objectName="error_title")
        self._place = QPushButton(self, objectName="error_place")
        self._place.setProperty("kind", "link")
        self._place.clicked.connect(self._go)
        self._place.setMinimumWidth(1)  # its words get fewer where they have no room
        self._operation = QToolButton(self, objectName="error_operation")
        speak(self._operation.setToolTip, "What the call took, side by side")
        speak(self._operation.setAccessibleName, "What the call took")
        self._operation.clicked.connect(self.operation_clicked)
        self._operation.hide()
        self._whole = QToolButton(self, objectName="error_whole")
        speak(self._whole.setToolTip, "All of it, with the traceback")
        speak(self._whole.setAccessibleName, "The whole error")
        self._whole.clicked.connect(lambda: self._error and show_whole(self, self._error))
        self._close = QToolButton(self, objectName="error_close")
        speak(self._close.setToolTip, "Close")
        speak(self._close.setAccessibleName, "Close the error")
        self._close.clicked.connect(self.hide)
        self._text = QLabel(self, objectName="error_text")
        self._scroll = ScrollingText(self._text, _MOST_LINES, self)
        speak(self._scroll.setAccessibleName, "The error")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._head = head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._place)
        head.addStretch(1)
        head.addWidget(self._operation)
        head.addWidget(self._whole)
        head.addWidget(self._close)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 4, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._scroll)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._say_again)
        self._dress()
        self.hide()

    def set_room(self, height: int) -> None:
        """It has so many pixels: of its sentence as many whole lines as they hold are seen, the rest scrolls."""
        margins = self._column.contentsMargins()
        above = self._head.sizeHint().height() + self._column.spacing()
        self._scroll.set_room(height - margins.top() - margins.bottom() - above)

    def _say_again(self) -> None:
        if not self.isHidden():
            self.show_error(self._error)

    def show_error(self, error: ProgramError | None) -> None:
        """Show an error, or nothing."""
        self._error = error
        self.setVisible(error is not None)
        if error is None:
            return
        self._title.setText(error.type_name)
        self._text.setText(_below(error.type_name, said(error.said)))
        self._scroll.fit()
        self._text.setToolTip(f"<pre>{_escaped(error.traceback)}</pre>" if error.traceback else "")
        self._show_place(error.place)
        announce(self, f"{error.type_name}: {self._text.text()}", is_of_all=True)

    def offer_operation(self, is_offered: bool) -> None:
        """Whether there is anything to see of a call that failed."""
        self._operation.setVisible(is_offered)
        self._fit_place()

    def move(self, place: Source | None) -> None:
        """The line of the error stands elsewhere now; None: it was edited or is gone, and its sentence goes with it."""
        if self._error is None or self._error.place is None:
            return
        if place is None:
            self.show_error(None)
            return
        self._error = msgspec.structs.replace(self._error, place=place)
        self._show_place(place)

    def _show_place(self, place: Source | None) -> None:
        self._place.setVisible(place is not None)
        if place is not None:
            line, first, last = place.line, place.column + 1, place.end_column
            from_there = tr("line {line}, columns {first}", line=line, first=first)
            words = tr("line {line}, columns {first}–{last}", line=line, first=first, last=last)
            self._places = (words if place.end_line == place.line else from_there, tr("line {line}", line=line))
            self._place.setToolTip(self._places[0])
            self._fit_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_place()

    def _fit_place(self) -> None:
        """The line alone where its columns have no room."""
        widgets = (self._title, self._operation, self._whole, self._close)
        taken = sum(widget.sizeHint().width() + 8 for widget in widgets if not widget.isHidden()) + 20
        self._place.setText(self._places[0])
        if self._place.sizeHint().width() > self.width() - taken:
            self._place.setText(self._places[1])

    @property
    def sentence(self) -> str:
        """What it says, empty while hidden."""
        return said(self._error.said) if self._error is not None else ""

    def _go(self) -> None:
        if self._error is not None and self._error.place is not None:
            self.place_clicked.emit(self._error.place.line, self._error.place.column)

    def _dress(self) -> None:
        look = theme.current()
        self._title.setFont(look.font(12, 600))
        wear(self._title, f"color: {look.color('error.text').name()};")
        self._text.setFont(look.font(12))
        for button, name in ((self._operation, "grid"), (self._whole, "fit"), (self._close, "close")):
            button.setIcon(icons.icon(name, size=12))
            button.setIconSize(QSize(look.px(12), look.px(12)))
        wear(self, f"QFrame#error_bar {{ background: {look.color('error.tint').name()}; }}")
        self._scroll.fit()


def _below(title: str, sentence: str) -> str:
    """What an error says below its kind, which is not said twice; its tabs are as wide as four letters."""
    return sentence.removeprefix(f"{title}: ").replace("\t", "    ")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
