"""What stands over the canvas when there is no graph to see, or while one is being laid out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.protocol.graph_values import Graph
from engine.shared.language import mark, said, tr
from visualizer.backprop.graph.first_steps import FirstSteps
from visualizer.look import theme
from visualizer.look.spoken import speak, speak_by

NOTHING_YET = mark("The autograd graph appears here.")
FIRST_STEP = mark("Begin here, or write a program of your own.")
_WORDS_WIDTH = 420
_MARGIN = 16  # px
_ABOVE_STEPS = 16  # px between what is said and what can be pressed


class EmptyNotice(QWidget):
    """A sentence in the middle, and under it what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_empty")
        self._words = QWidget(self)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sentence, self._hint = QLabel(self._words), QLabel(self._words)
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.steps = FirstSteps(self)
        self._begins = False  # nothing has run yet
        self._why: Callable[[], str] | None = None  # the graph could not be drawn
        self.restyle()

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self._sentence.text()} {self._hint.text()}".strip()

    def say(self, sentence: str, hint: str = "") -> None:
        """Show these words."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._begins = bool(hint)
        self.setAccessibleName(self.text)

    def say_why(self, words: Callable[[], str]) -> None:
        """What is said in place of the graph that is to be seen, until another is."""
        self._why = words
        self.say(words())

    def explain(self, graph: Graph | None, *, is_same: bool = False) -> None:
        """Why there is no graph to see; nothing of one that is being laid out. `is_same`: in another language."""
        self._why = self._why if is_same else None
        if self._why is not None:
            self.say(self._why())
        elif graph is None:
            self.say(tr(NOTHING_YET), tr(FIRST_STEP))
        elif graph.nodes:
            self.say("")
        else:
            self.say(said(graph.reason) if graph.reason else tr("{name} has no graph.", name=graph.output))

    def restyle(self) -> None:
        """Fonts and colours of today's theme."""
        look = theme.current()
        self._words.layout().setSpacing(look.px(6))
        self._sentence.setFont(look.font(15, 600))
        self._hint.setFont(look.font(12))
        self._sentence.setStyleSheet(f"color: {look.color('text.primary').name()}; background: transparent;")
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()}; background: transparent;")

    def place(self, width: int, height: int) -> None:
        """In the middle of a canvas of this size."""
        look = theme.current()
        margin, gap = look.px(_MARGIN), look.px(_ABOVE_STEPS)
        self._hint.setVisible(bool(self._hint.text()))
        wide = min(look.px(_WORDS_WIDTH), max(width - 2 * margin, 80))
        said = self._words.layout().heightForWidth(wide)
        below = self.steps.fit(wide, height - 2 * margin - said - gap if self._begins else 0)
        if self._begins and not self.steps.is_whole:  # what can be pressed comes before what is said of it
            self._hint.hide()
            said = self._words.layout().heightForWidth(wide)
            below = self.steps.fit(wide, height - 2 * margin - said - gap)
        self.steps.setGeometry(0, said + gap, wide, below)
        self._words.setGeometry(0, 0, wide, said)
        tall = said + (gap + below if below else 0)
        self.setGeometry((width - wide) // 2, max((height - tall) // 2, 0), wide, tall)


class WorkNotice(QWidget):
    """ "Laying out 846 cards…", with Cancel once it takes long. Emits `cancelled()`."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"graph_{name}_notice")
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self)
        self.button = QPushButton(self, objectName=f"graph_{name}_cancel")
        speak(self.button.setText, "Cancel")
        self.button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.words)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: Callable[[], str], *, can_cancel: bool) -> None:
        """Say what takes so long; in the middle of what is below it."""
        speak_by(self.words.setText, words)
        self.button.setVisible(can_cancel)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """At the top, in the middle, under what is said there already."""
        self.adjustSize()
        above = [each for each in self.parentWidget().findChildren(WorkNotice) if each is not self and each.isVisible()]
        margin = theme.current().px(_MARGIN)
        top = max((each.geometry().bottom() + margin // 2 for each in above if each.y() <= margin), default=margin)
        self.move((self.parentWidget().width() - self.width()) // 2, top)
