"""What stands over the canvas when there is no graph to see, or while one is being laid out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.protocol.graph_values import Graph
from engine.shared.language import mark, said, tr
from visualizer.look import theme
from visualizer.look.spoken import speak, speak_by

NOTHING_YET = mark("The autograd graph appears here.")
FIRST_STEP = mark(
    "Ctrl+Enter runs the program, Ctrl+Shift+Enter steps through its backward pass. New to this? Ctrl+L opens lessons."
)
_WORDS_WIDTH = 420
_MARGIN = 16  # px


class EmptyNotice(QWidget):
    """A sentence in the middle, and under it what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_empty")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sentence, self._hint = QLabel(self), QLabel(self)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
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
        self.setAccessibleName(self.text)

    def explain(self, graph: Graph | None) -> None:
        """Why there is no graph to see; nothing of one that is being laid out."""
        if graph is None:
            self.say(tr(NOTHING_YET), tr(FIRST_STEP))
        elif graph.nodes:
            self.say("")
        else:
            self.say(said(graph.reason) if graph.reason else tr("{name} has no graph.", name=graph.output))

    def restyle(self) -> None:
        """Fonts and colours of today's theme."""
        look = theme.current()
        self._sentence.setFont(look.font(13, 500))
        self._hint.setFont(look.font(12))
        self._sentence.setStyleSheet(f"color: {look.color('text.secondary').name()}; background: transparent;")
        self._hint.setStyleSheet(f"color: {look.color('text.muted').name()}; background: transparent;")

    def place(self, width: int, height: int) -> None:
        """In the middle of a canvas of this size."""
        wide = min(theme.current().px(_WORDS_WIDTH), max(width - 32, 80))
        tall = self.layout().heightForWidth(wide) if self.layout().hasHeightForWidth() else self.sizeHint().height()
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
