"""Other settings for a run from its next step on: what can change, what follows from it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from engine.runs.changes import CHANGEABLE, Settings, checked
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.spent_schedule import spent_schedule
from engine.runs.typed_numbers import read_number
from engine.shared.language import grouped, said, tr
from visualizer.look import theme
from visualizer.look.reading_order import tab_as_read
from visualizer.look.spoken import say_again, speak, speak_by
from visualizer.look.tall_scroll import TallScroll
from visualizer.pretraining import formatting
from visualizer.pretraining.form.field_rows import NumberRow
from visualizer.pretraining.form.field_table import SPECS
from visualizer.pretraining.form.form_model import to_text


class ChangeDialog(QDialog):
    """Of a run that has made `step` steps with `config`, and makes more meanwhile if it `is_live`. `words` say what
    happens, `button` is a text that `tr` knows, `offered` are settings that are filled in to begin with."""

    chosen = Signal(object)  # Settings: what differs

    def __init__(
        self,
        parent: QWidget,
        config: RunConfig,
        step: int,
        words: Callable[[], str],
        button: str,
        offered: Settings,
        *,
        is_live: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("change_run")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._config, self._step, self._is_live = config, step, is_live
        self._settings: Settings = {}
        texts = to_text(config)
        self._before = {name: texts[name] for name in CHANGEABLE}
        self._told = QLabel(self, objectName="change_words")
        self._follows = QLabel(self, objectName="change_follows")
        for label in (self._told, self._follows):
            label.setWordWrap(True)
        speak_by(self._told.setText, words)
        self.rows = {
            name: NumberRow(name, SPECS[name].label, SPECS[name].help, is_code=SPECS[name].is_code)
            for name in CHANGEABLE
        }
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.apply_button = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        speak(self.apply_button.setText, button)
        self._build()
        changed = to_text(_with(config, offered))
        for name, row in self.rows.items():
            row.set_text(changed[name])
            row.changed.connect(self._judge)
        first = self.rows[next(iter(offered), "learning_rate")].edit
        first.setFocus()
        first.selectAll()
        say_again(self, self._judge)
        tab_as_read(self)

    def _build(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.px(16),) * 4)
        column.setSpacing(look.px(6))
        column.addWidget(self._told)
        fields = QWidget(self)
        rows = QVBoxLayout(fields)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        for row in self.rows.values():
            rows.addWidget(row)
        rows.addStretch(1)
        self._fields = TallScroll(fields, "change_fields")  # where the screen is lower than they are
        self._fields.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each comes into view as it gets the keyboard
        column.addWidget(self._fields, 1)
        column.addWidget(self._follows)
        column.addWidget(self._buttons)
        self._told.setFont(look.font(12))
        self._follows.setFont(look.font(11.5))
        self._follows.setMinimumHeight(3 * self._follows.fontMetrics().lineSpacing())
        self._follows.setStyleSheet(f"color: {look.color('text.secondary').name()};")
        self.setMinimumWidth(look.px(380))
        self._buttons.rejected.connect(self.reject)
        self._buttons.accepted.connect(self._choose)

    def _judge(self) -> None:
        """What the fields mean, or the sentence under the one that is wrong."""
        typed = {name: row.text() for name, row in self.rows.items() if row.text() != self._before[name]}
        errors: dict[str, str] = {}
        follows: Settings = {}
        self._settings = {}
        try:
            self._settings = {name: read_number(name, text) for name, text in typed.items()}
            follows = checked(self._config, self._step, self._settings)
        except ConfigError as error:
            errors = {error.field: said(error.sentence)}
        for name, row in self.rows.items():
            row.set_error(errors.get(name, ""))
        self.rows["learning_rate"].set_notice(self._spent(follows))
        words = formatting.settings(follows)
        self._follows.setText(self._follows_words(words) if follows else "")
        self.apply_button.setEnabled(bool(follows))

    def _spent(self, follows: Settings) -> str:
        """Where nothing is left of the schedule that another rate would scale."""
        if not follows:
            return ""
        spent = spent_schedule(_with(self._config, follows), self._step, self._config)
        return "" if spent is None else said(spent)

    def _follows_words(self, words: str) -> str:
        if self._is_live:  # which step that is will be known once its trainer has heard of it
            return tr("From its next step on: {words}.", words=words)
        return tr("From step {step} on: {words}.", step=grouped(self._step + 1), words=words)

    def event(self, event: QEvent) -> bool:
        """It grows for a sentence that comes, whose lines a dialog does not count by itself."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return is_done

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """High enough for every field, as far as the screen is."""
        fields = self._fields.widget()
        lacking = fields.minimumSizeHint().height() - self._fields.height()
        others = self.layout().totalHeightForWidth(self.width()) - self.height()  # of words that need more lines
        room = self.screen().availableSize().height() - theme.current().px(40)
        self.resize(self.width(), max(self.height(), min(self.height() + max(lacking, others), room)))

    def _choose(self) -> None:
        self.chosen.emit(self._settings)
        self.accept()


def _with(config: RunConfig, offered: Settings) -> RunConfig:
    values = {name: getattr(config, name) for name in config.__struct_fields__} | dict(offered)
    return RunConfig(**values)
