"""An answer and, beside or below it, what else the chosen token could have been."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from engine.runs.prompts import Begun, Drawn, line_of, read_line
from engine.shared.language import grouped, tr, trn
from engine.shared.local_numbers import number
from visualizer.look import theme
from visualizer.look.spoken import speak_by
from visualizer.pretraining.prompts.answer_text import AnswerText
from visualizer.pretraining.prompts.candidates import CandidatesTable, seen

_BESIDE_FROM = 560  # px of width


class AnswerView(QSplitter):
    """The newest token is shown until another one is chosen."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("answer_view")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.text = AnswerText(self)
        self.table = CandidatesTable(self)
        self.caption = QLabel(self, objectName="candidates_caption")
        self.rest = QLabel(self, objectName="candidates_rest")
        self._lines: list[bytes] = []  # what was told of each token: a tenth of it as objects
        self._n_vocabulary = 0
        self.place = -1  # of the shown token
        self._is_following = True
        self._is_moved = False
        for label in (self.caption, self.rest):
            label.setWordWrap(True)
            label.setProperty("role", "caption")
        beside = QWidget(self)
        beside.setProperty("role", "panel")
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.table, 1)
        column.addWidget(self.rest)
        self.addWidget(self.text)
        self.addWidget(beside)
        self.text.chosen.connect(self._choose)
        self.text.stopped.connect(self.stopped)
        self.splitterMoved.connect(self._on_moved)
        theme.current().changed.connect(self._dress)
        self._dress()

    @property
    def answer(self) -> str:
        """Without its prompt."""
        return self.text.answer

    def begin(self, begun: Begun) -> None:
        """Another answer."""
        self._lines, self._n_vocabulary, self.place, self._is_following = [], begun.n_vocabulary, -1, True
        self.text.begin(begun)
        self.table.show_drawn(None)
        for label in (self.caption, self.rest):
            speak_by(label.setText, str)

    def add(self, drawn: Drawn) -> None:
        """The next token."""
        self._lines.append(line_of(drawn))
        self.text.add(drawn)
        if self._is_following:
            self._show(len(self._lines) - 1, drawn)

    def _choose(self, place: int) -> None:
        if place == self.place and not self._is_following:
            return
        self._is_following = place == len(self._lines) - 1
        drawn = read_line(self._lines[place])
        assert isinstance(drawn, Drawn)
        self._show(place, drawn)
        self.text.mark(place)

    def _show(self, place: int, drawn: Drawn) -> None:
        self.place = place
        self.table.show_drawn(drawn)
        speak_by(self.caption.setText, lambda: self._caption_of(place, drawn))
        speak_by(self.rest.setText, lambda: self._rest_of(drawn))

    def _caption_of(self, place: int, drawn: Drawn) -> str:
        words = tr(
            "Token {n}, “{token}”: rank {rank} of {n_tokens}",
            n=grouped(place + 1),
            token=seen(drawn.token.text),
            rank=grouped(drawn.rank),
            n_tokens=grouped(self._n_vocabulary),
        )
        return f"{words}, {tr('step {step}', step=grouped(drawn.step))}" if drawn.step else words

    def _rest_of(self, drawn: Drawn) -> str:
        n_others = self._n_vocabulary - len(drawn.candidates)
        if n_others <= 0:
            return tr("These are all tokens.")
        return trn(
            "{n} other token: {probability}, drawn with {chance}",
            "{n} other tokens: {probability}, drawn with {chance}",
            n_others,
            probability=number(drawn.other_probability),
            chance=number(drawn.other_chance),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, half and half else, unless the person has moved the border."""
        look, is_beside = theme.current(), self.width() >= theme.current().px(_BESIDE_FROM)
        way = Qt.Orientation.Horizontal if is_beside else Qt.Orientation.Vertical
        self._is_moved &= way == self.orientation()
        self.setOrientation(way)
        if not self._is_moved:
            table = look.px(330) if is_beside else self.height() // 2
            self.setSizes([(self.width() if is_beside else self.height()) - table, table])
        super().resizeEvent(event)

    def _on_moved(self) -> None:
        self._is_moved = True

    def _dress(self) -> None:
        look = theme.current()
        for label in (self.caption, self.rest):
            label.setContentsMargins(look.px(8), look.px(6), look.px(8), look.px(4))
