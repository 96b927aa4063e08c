"""What the model writes while it learns, the newest on top."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.shared.language import grouped, mark, tr
from visualizer.look import theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak, speak_by
from visualizer.pretraining import formatting
from visualizer.pretraining.run_view import SampleView

_SOON, _IDLE = mark("A run writes its first sample soon."), mark("What the model writes as it learns stands here.")
_NEVER = mark("This run writes no samples: its sample_every is 0.")
_NONE = mark("This run has written no sample.")
_PAGE = 40  # cards; older ones come on request, so that a long run stays light
_LEAST_HEIGHT = 24  # px of the cards, which scroll: in little room the list of runs beside them has the rest


class TrainingSamples(QWidget):
    """Draws SampleViews. The text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_samples")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._run = ""
        self._samples: tuple[SampleView, ...] = ()  # oldest first
        self._n_shown = _PAGE
        self._cards: list[_Card] = []  # newest first
        self._caption = ElidedLabel(11, "text.muted", parent=self)
        self._empty = EmptyWords(_IDLE, self, name="samples_empty")
        self._older = QPushButton(self)
        speak(self._older.setText, "Show older samples")
        self._older.clicked.connect(self._show_older)
        self._build()
        theme.current().changed.connect(self._dress)
        self.show_samples("", (), "")

    def show_samples(
        self, run: str, samples: tuple[SampleView, ...], settings: str | None, *, is_live: bool = True
    ) -> None:
        """The samples of a run, oldest first; `settings` says how they are drawn ("120 tokens every 250 steps"), ""
        where none are, None where nobody knows. One that is not live writes no more."""
        if run != self._run or samples[: len(self._samples)] != self._samples:
            self._clear()
            self._n_shown = _PAGE
        self._run = run
        self._caption.set_text(settings or "")
        old, self._samples = len(self._samples), samples
        for sample in samples[max(old, len(samples) - self._n_shown) :]:
            card = _Card(sample)
            self._cards.insert(0, card)
            self._list.insertWidget(0, card)
        self._trim()
        self._empty.setVisible(not samples)
        self._scroll.setVisible(bool(samples))
        words = _IDLE if not run else _NEVER if settings == "" else _SOON if is_live else _NONE
        speak(self._empty.setText, words)

    def _show_older(self) -> None:
        first = len(self._samples) - len(self._cards)
        self._n_shown += _PAGE
        for sample in reversed(self._samples[max(first - _PAGE, 0) : first]):
            card = _Card(sample)
            self._cards.append(card)
            self._list.insertWidget(len(self._cards) - 1, card)
        self._trim()

    def _trim(self) -> None:
        while len(self._cards) > self._n_shown:
            self._drop(self._cards.pop())
        self._older.setVisible(len(self._samples) > len(self._cards))

    def _clear(self) -> None:
        for card in self._cards:
            self._drop(card)
        self._cards, self._samples = [], ()

    def _drop(self, card: _Card) -> None:
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _build(self) -> None:
        self.title = title = QLabel(self)
        speak(title.setText, "Samples")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(title)
        head.addWidget(self._caption, 1)
        body = QWidget()
        self._list = QVBoxLayout(body)
        self._list.setContentsMargins(0, 0, 0, 8)
        self._list.setSpacing(0)
        self._list.addWidget(self._older, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("samples_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        speak(self._scroll.setAccessibleName, "Samples")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)

    def _dress(self) -> None:
        self._scroll.setMinimumHeight(theme.current().px(_LEAST_HEIGHT))
        for card in self._cards:
            card.dress()


class _Card(QFrame):
    def __init__(self, sample: SampleView) -> None:
        super().__init__()
        self.setObjectName("sample_card")
        self._sample = sample
        self._step = QLabel(self)
        speak_by(self._step.setText, lambda: tr("step {step}", step=grouped(sample.step)))
        self._loss = QLabel(self)
        if sample.val_loss is not None:
            speak_by(self._loss.setText, lambda: tr("val {loss}", loss=formatting.loss(sample.val_loss)))
        self.text = QLabel(self, objectName="sample_text")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setMinimumWidth(40)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._step)
        head.addStretch(1)
        head.addWidget(self._loss)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        self.dress()

    def dress(self) -> None:
        look = theme.current()
        muted = look.color("text.muted").name()
        self._step.setFont(look.font(11.5, 600))
        self._loss.setFont(look.font(11))
        self._loss.setStyleSheet(f"color: {muted};")
        self.text.setFont(look.mono(11.5))
        prompt, text = _as_html(self._sample.prompt), _as_html(self._sample.text)
        if not self._sample.prompt.strip():
            prompt = self._sample.prompt.replace("\n", "↵")  # a blank line would look like a mistake
        self.text.setText(
            f'<div style="white-space: pre-wrap;"><span style="color: {muted};">{prompt}</span>{text}</div>'
        )
        line = look.color("line.subtle").name()
        self.setStyleSheet(f"QFrame#sample_card {{ border: none; border-top: 1px solid {line}; }}")


def _as_html(text: str) -> str:
    """Text with its line breaks; control characters become visible instead of breaking the layout."""
    shown = "".join(c if c in "\n\t" or c.isprintable() or ord(c) > 0x7F else "·" for c in text)
    return html.escape(shown).replace("\n", "<br>")
