"""A prompt, whose weights answer it, and the answer token by token, with what else each token could have been."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.errors import EngineError
from engine.runs.prompts import AnswerLine, Begun, Drawn, Ended, Loading, Prompt, Refused
from engine.shared.language import grouped, mark, said, tr, trn
from engine.shared.local_numbers import fixed
from visualizer.look import motion, theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.empty_words import EmptyWords
from visualizer.look.focus_ring import handing_over
from visualizer.look.spoken import say_again, speak, speak_by
from visualizer.pretraining.prompts.answer_view import AnswerView
from visualizer.pretraining.prompts.prompt_field import PromptField
from visualizer.pretraining.prompts.settings_row import SettingsRow
from visualizer.pretraining.run_view import WeightsView

_EMPTY = mark(
    "Type a prompt and press Enter: the chosen weights go on from it, token by token. Each token has a ground of its "
    "own; rest the mouse on one, or go to it with ← and →, to see what else could have come.\n\nThe weights are those "
    "of the run chosen on the right: live while it trains, or of any of its checkpoints. Or choose a folder with a "
    "GPT-2, such as one that Export weights… has written."
)
_NO_WEIGHTS = mark("Choose a run on the right, or a folder: its weights answer.")
_NONE_CHOSEN = mark("no weights chosen")
_FOLDER = "choose folder"
_LEAST_WIDTH = 172  # px: with every field whole


class PromptPanel(QWidget):
    """Takes what is told of an answer; emits `asked(WeightsView, Prompt)`, `stopped`, and `folder_wanted`."""

    asked = Signal(object, object)
    stopped = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prompt_panel")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.weights = ChoiceBox(self)
        self.field = PromptField(self)
        self.settings = SettingsRow(self)
        self.ask_button = QPushButton(self, objectName="prompt_ask")
        self.stop_button = QPushButton(self, objectName="prompt_stop")
        self.copy_button = QPushButton(self, objectName="prompt_copy")
        self.words = QLabel(self, objectName="prompt_words")
        self.progress = QProgressBar(self, objectName="prompt_progress")
        self.view = AnswerView(self)
        self._pages = QStackedWidget(self)
        self._views: tuple[WeightsView, ...] = ()
        self._chosen: WeightsView | None = None
        self._begun: Begun | None = None
        self.is_answering = False
        self._build()
        self._connect()
        theme.current().changed.connect(self._dress)
        self._dress()
        self.show_weights((), None)
        say_again(self.weights, self._say_own)
        self._show_state()

    # -- whose weights

    @property
    def chosen(self) -> WeightsView | None:
        """Whose weights answer, None while there are none."""
        return self._chosen

    @property
    def is_choosing(self) -> bool:
        """Whether the list of weights stands open."""
        return self.weights.view().isVisible()

    def show_weights(self, views: tuple[WeightsView, ...], chosen: WeightsView | None) -> None:
        """What can be asked, and which of it is."""
        if (views, chosen) == (self._views, self._chosen) and self.weights.count():
            return
        self._views, self._chosen = views, chosen
        self.weights.clear()
        for view in views:
            self.weights.addItem(view.words, view)
            place = self.weights.count() - 1
            self.weights.setItemData(place, f"{view.words}\n{view.path}", Qt.ItemDataRole.ToolTipRole)
        if not views:
            self.weights.addItem("", None)
        self.weights.addItem("", _FOLDER)
        self._say_own()
        self.weights.setCurrentIndex(views.index(chosen) if chosen in views else 0)
        self._show_state()

    def _say_own(self) -> None:
        """The entries that are no weights."""
        for place in range(self.weights.count()):
            data = self.weights.itemData(place)
            if not isinstance(data, WeightsView):
                self.weights.setItemText(place, tr("Hugging Face folder…") if data == _FOLDER else tr(_NONE_CHOSEN))

    def _on_chosen(self, place: int) -> None:
        data = self.weights.itemData(place)
        if data == _FOLDER:
            self.weights.setCurrentIndex(self._views.index(self._chosen) if self._chosen in self._views else 0)
            self.folder_wanted.emit()
            return
        self._chosen = data
        self._show_state()

    # -- asking

    def ask(self) -> None:
        """Have what is typed answered; what is wrong with it is said."""
        if self.is_answering:
            self.say(lambda: tr("An answer is being written; Esc stops it."))
            return
        if self._chosen is None:
            self.say(lambda: tr(_NO_WEIGHTS), is_error=True)
            return
        try:
            prompt = Prompt(text=self.field.text(), **self.settings.numbers())  # type: ignore[arg-type]
            prompt.check()
        except EngineError as error:
            self.say(partial(said, error.sentence), is_error=True)
            return
        self.field.remember(prompt.text)
        self.is_answering, self._begun = True, None
        self.say("")
        self._show_state()
        self.asked.emit(self._chosen, prompt)

    def stop(self) -> None:
        """Take the answer as it is."""
        if self.is_answering:
            self.stopped.emit()

    def take(self, told: AnswerLine) -> None:
        """What is told of the answer."""
        if isinstance(told, Drawn):
            self.view.add(told)
        elif isinstance(told, Begun):
            self._begun = told
            self.view.begin(told)
            self._pages.setCurrentWidget(self.view)
            self.say(partial(_begun_words, told))
        elif isinstance(told, Loading):
            self.say(partial(said, told.said))
        elif isinstance(told, Refused):
            self.say(partial(said, told.said), is_error=True)
        elif isinstance(told, Ended):
            self.say(partial(_ended_words, self._begun, told))
        self._show_progress(told)
        if isinstance(told, Ended | Refused):
            self.is_answering = False
            self._show_state()

    def say(self, sentence: str | Callable[[], str], *, is_error: bool = False) -> None:
        """One sentence under the prompt; one that is called is said anew in another language."""
        speak_by(self.words.setText, sentence if callable(sentence) else lambda: sentence)
        self.words.setVisible(bool(self.words.text()))
        self.words.setProperty("role", "error" if is_error else "secondary")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    def _show_progress(self, told: AnswerLine) -> None:
        is_known = isinstance(told, Loading) and told.share is not None
        self.progress.setVisible(is_known or (isinstance(told, Loading) and not motion.is_reduced()))
        if isinstance(told, Loading):
            self.progress.setMaximum(0 if told.share is None else 1000)
            self.progress.setValue(round(1000 * (told.share or 0)))

    def _show_state(self) -> None:
        with handing_over(self.ask_button, self.stop_button):
            self.ask_button.setVisible(not self.is_answering)
            self.stop_button.setVisible(self.is_answering)
            self.ask_button.setEnabled(self._chosen is not None)
        self.copy_button.setVisible(bool(self.view.answer))
        if not self.is_answering:
            self.progress.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.answer)

    # -- construction

    def _build(self) -> None:
        self._word()
        self.weights.setObjectName("prompt_weights")
        self.weights.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.weights.setMinimumContentsLength(6)
        self.stop_button.setProperty("kind", "stop")
        self.copy_button.setProperty("kind", "link")
        self.words.setWordWrap(True)
        self.progress.setTextVisible(False)
        self._pages.addWidget(EmptyWords(_EMPTY, self, name="prompt_empty"))
        self._pages.addWidget(self.view)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self._top())
        inside.addWidget(self._pages, 1)
        scroll = QScrollArea(self)  # in a low window
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _word(self) -> None:
        speak(self.weights.setAccessibleName, "Whose weights answer")
        speak(
            self.weights.setToolTip,
            "Whose weights answer: of the chosen run, live or as a checkpoint keeps them, or of a folder",
        )
        speak(self.ask_button.setText, "Ask")
        speak(self.stop_button.setText, "Stop")
        speak(self.copy_button.setText, "Copy answer")
        speak(self.ask_button.setToolTip, "Have the prompt answered (Enter in the prompt)")
        speak(self.stop_button.setToolTip, "Take the answer as it is (Esc)")
        speak(self.copy_button.setToolTip, "Copy the answer, without its prompt")

    def _top(self) -> QVBoxLayout:
        """What is above the answer: whose weights, the prompt, its settings, what is said of it."""
        title = QLabel(self)
        speak(title.setText, "Weights")
        title.setProperty("role", "title")
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.setSpacing(8)
        top.addLayout(_row(title, self.weights, stretched=self.weights))
        top.addLayout(_row(self.field, self.ask_button, self.stop_button, stretched=self.field))
        top.addWidget(self.settings)
        top.addLayout(_row(self.words, self.copy_button, stretched=self.words))
        top.addWidget(self.progress)
        return top

    def _connect(self) -> None:
        self.weights.activated.connect(self._on_chosen)
        self.field.asked.connect(self.ask)
        self.field.stopped.connect(self.stop)
        self.view.stopped.connect(self.stop)
        self.ask_button.clicked.connect(self.ask)
        self.stop_button.clicked.connect(self.stop)
        self.copy_button.clicked.connect(self._copy)

    def _dress(self) -> None:
        look = theme.current()
        self.words.setFont(look.font(11.5))
        self._pages.setMinimumHeight(look.px(240))
        self.setMinimumWidth(look.px(_LEAST_WIDTH))


def _row(*widgets: QWidget, stretched: QWidget) -> QHBoxLayout:
    """One of them takes the room that is left; buttons stay at the top of it."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        is_button = isinstance(widget, QPushButton)
        row.addWidget(widget, int(widget is stretched), Qt.AlignmentFlag.AlignTop if is_button else Qt.AlignmentFlag(0))
    return row


def _begun_words(begun: Begun) -> str:
    """Whose weights answer, and which part of the prompt they see, where that is not the whole."""
    if not begun.n_unseen:
        return f"{said(begun.source)}."
    n_seen = len(begun.prompt)
    return tr(
        "{source}. The model sees the last {n_seen} of the prompt's {n} tokens: its context is full.",
        source=said(begun.source),
        n_seen=grouped(n_seen),
        n=grouped(n_seen + begun.n_unseen),
    )


def _ended_words(begun: Begun | None, ended: Ended) -> str:
    if begun is None:
        return tr("Stopped.")
    n = trn("{n} token", "{n} tokens", ended.n_tokens)
    if ended.n_tokens and ended.took_s > 0:
        n = tr("{tokens}, {rate} a second", tokens=n, rate=fixed(ended.n_tokens / ended.took_s, 0))
    words = tr("Stopped after {tokens}.", tokens=n) if ended.is_stopped else tr("It wrote {tokens}.", tokens=n)
    return f"{_begun_words(begun)} {words}"
