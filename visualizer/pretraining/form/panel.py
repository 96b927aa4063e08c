"""The configuration form: presets, the model, the data, the optimizer, and what they add up to as you type."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import mark, tr
from visualizer.look import icons, theme
from visualizer.look.file_dialogs import ask_file, ask_folder
from visualizer.look.panel_head import PanelHead
from visualizer.look.spoken import Words, current, speak, speak_by
from visualizer.look.turned_box import turn
from visualizer.pretraining.form.estimates_view import EstimatesView
from visualizer.pretraining.form.field_rows import ChoiceRow, NumberRow, Row
from visualizer.pretraining.form.field_table import (
    CHOOSE_FILE,
    CHOOSE_FOLDER,
    CHOOSE_WEIGHTS,
    CUSTOM,
    FIELDS,
    SPECS,
    FieldSpec,
)

_LEAST_WIDTH = 158  # px: with every number whole
_WIDEST = 480  # px of names and editors
_HELP_FROM = 240  # px of height
_MARGIN = 12  # pixels beside the rows
_PATHS = ("corpus", "init_from")  # fields whose values may be paths
_HINT = mark("Enter a field to read what it is. Ctrl+V fills the form from a copied GPT_CONFIG_124M\u00a0=\u00a0{…}.")


class TrainingForm(QWidget):
    """Holds the settings as typed text. What they mean, and what is wrong with them, comes back through slots."""

    edited = Signal()  # a value changed, by hand or by a preset
    preset_chosen = Signal(str)
    paste_wanted = Signal(str)  # the text of a configuration
    copy_wanted = Signal()
    weights_chosen = Signal(str)  # the folder that the run is to begin with
    new_run_wanted = Signal()  # a draft with the values shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_form")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[str, Row] = {}
        self._is_quiet = False
        self._fixed: tuple[str, tuple[str, ...] | None] | None = None
        self._paths = dict.fromkeys(_PATHS, "")  # the last that were chosen
        self._lines: list[QFrame] = []
        self.estimates = EstimatesView()
        self._build()
        theme.current().changed.connect(self._dress)
        current().changed.connect(self._arrange)
        self._dress()
        self.set_fixed("")
        speak(self.help.setText, _HINT)

    # -- values

    def values(self) -> dict[str, str]:
        """Every field as text."""
        return {key: row.text() for key, row in self.rows.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Fill fields; those that are not named stay as they are. `edited` fires once."""
        self._is_quiet = True
        for key, value in values.items():
            if key in self.rows:
                self.rows[key].set_text(value)
        self._is_quiet = False
        self._keep_paths()
        self.edited.emit()

    def set_errors(self, errors: Mapping[str, str], notices: Mapping[str, str] = {}) -> None:
        """One sentence under each field that is wrong, else under each that is odd; the others are cleared."""
        for key, row in self.rows.items():
            row.set_error(errors.get(key, ""))
            row.set_notice("" if key in errors else notices.get(key, ""))
        if any(key in SPECS and SPECS[key].is_more for key in errors):
            self._more.setChecked(True)

    def set_fixed(self, words: str, keys: tuple[str, ...] | None = None) -> None:
        """Lock the fields while a run is shown, or some of them in a branch, saying why ("fixed while training"); no
        words unlock them."""
        if (words, keys) == self._fixed:
            return
        self._fixed = words, keys
        for key, row in self.rows.items():
            row.set_locked(bool(words) and (keys is None or key in keys))
        speak_by(self._lock_words.setText, lambda: words or tr("new run"))
        speak_by(self._lock_icon.setToolTip, lambda: words)
        self._lock_icon.setVisible(bool(words))
        self.paste_button.setVisible(not words)
        self.new_button.setVisible(bool(words))
        self._arrange_foot()

    def reveal(self, key: str) -> None:
        """Scroll to a field and put the cursor there."""
        row = self.rows.get(key)
        if row is not None:
            if SPECS[key].is_more:
                self._more.setChecked(True)
            row.editor.setFocus()
            self._scroll.ensureWidgetVisible(row)

    # -- construction

    def _build(self) -> None:
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 10, 0, 12)
        self._body.setSpacing(6)
        groups: dict[str, QVBoxLayout] = {}
        for spec in FIELDS:
            if spec.group not in groups:
                if groups:
                    self._body.addWidget(self._line())
                groups[spec.group] = self._group(spec.group)
            groups[spec.group].addWidget(self._row(spec))
        self._body.addWidget(self._line())
        self._body.addWidget(self.estimates)
        self._body.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("form_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        speak(self._scroll.setAccessibleName, "Configuration")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(self._line())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._line())
        column.addLayout(self._build_foot())

    def _group(self, name: str) -> QVBoxLayout:
        """A column of rows; the group "more" folds."""
        column = QVBoxLayout()
        column.setContentsMargins(_MARGIN, 2, _MARGIN, 2)
        column.setSpacing(3)
        if name != "more":
            self._body.addLayout(column)
            return column
        self._more = QToolButton(objectName="form_more")
        speak(self._more.setText, "More settings")
        self._more.setCheckable(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._folded = QWidget(objectName="form_more_fields")
        self._folded.setLayout(column)
        self._folded.hide()
        self._more.toggled.connect(self._fold)
        fold = QHBoxLayout()
        fold.setContentsMargins(8, 0, 12, 0)
        fold.addWidget(self._more)
        fold.addStretch(1)
        self._body.addLayout(fold)
        self._body.addWidget(self._folded)
        return column

    def _fold(self, is_open: bool) -> None:
        self._folded.setVisible(is_open)
        self._more.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))

    def _row(self, spec: FieldSpec) -> Row:
        row: NumberRow | ChoiceRow
        if spec.choices is None:
            row = NumberRow(spec.key, spec.label, spec.help, is_code=spec.is_code, is_text=spec.kind == "text")
        else:
            row = ChoiceRow(spec.key, spec.label, spec.help, spec.choices, is_code=spec.is_code)
        row.changed.connect(lambda key=spec.key: self._on_changed(key))
        row.grown.connect(lambda row=row: self._keep_in_view(row))
        row.focused.connect(self._show_help)
        row.pasted.connect(self.paste_wanted)
        self.rows[spec.key] = row
        return row

    def _keep_in_view(self, row: Row) -> None:
        """What is said under the field that one types into."""
        if row.editor.hasFocus():
            self._scroll.ensureWidgetVisible(row)

    def _build_head(self) -> PanelHead:
        """In little room the lock alone says that the fields are fixed, and resting on it why."""
        self._lock_icon = QLabel()
        self._lock_words = QLabel(objectName="form_state")
        self._lock_words.setProperty("role", "caption")
        self.head = head = PanelHead(mark("Configuration"), self)
        head.row.setContentsMargins(12, 8, 12, 8)
        head.row.setSpacing(6)
        head.fill((), (self._lock_icon, self._lock_words), leaving=(self._lock_words,))
        return head

    def _build_foot(self) -> QVBoxLayout:
        self.help = QLabel(objectName="form_help")
        self.help.setWordWrap(True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.copy_button = QPushButton(objectName="copy_as_python")
        self.paste_button = QPushButton(objectName="paste_config")
        self.new_button = QPushButton(objectName="new_run_from_this")
        for button, words in (
            (self.copy_button, mark("Copy as Python")),
            (self.paste_button, mark("Paste config")),
            (self.new_button, mark("New run from this")),
        ):
            speak(button.setText, words)
        speak(self.paste_button.setToolTip, "Read a GPT_CONFIG_… = {…} from the clipboard (Ctrl+V in the form)")
        self.copy_button.clicked.connect(self.copy_wanted)
        self.paste_button.clicked.connect(self._paste)
        self.new_button.clicked.connect(self.new_run_wanted)
        self._buttons = buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(8)
        for button in (self.copy_button, self.paste_button, self.new_button):
            buttons.addWidget(button, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.help)
        foot.addLayout(buttons)
        return foot

    def _line(self) -> QFrame:
        line = QFrame()
        line.setFixedHeight(1)
        self._lines.append(line)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room beside each other stands under each other; in a low form fields come first."""
        self._show_help_line()
        self._arrange()

    def _show_help_line(self) -> None:
        """No empty band where there is nothing to say."""
        self.help.setVisible(bool(self.help.text()) and self.height() >= theme.current().px(_HELP_FROM))

    def _arrange(self) -> None:
        """Editors under their names where one of these would not be whole beside its own: all alike. In a column that
        has all the room they stay near them."""
        whole = self.width() - self._scroll.verticalScrollBar().sizeHint().width() - 2 * _MARGIN
        room = min(whole, theme.current().px(_WIDEST))
        self._body.setContentsMargins((whole - room) // 2, 10, (whole - room) // 2, 12)
        is_below = any(row.width_beside() > room for row in self.rows.values())
        for row in self.rows.values():
            row.set_below(is_below)
        self.estimates.arrange(room)
        self._arrange_foot()

    def _arrange_foot(self) -> None:
        shown = [button for button in (self.copy_button, self.paste_button, self.new_button) if not button.isHidden()]
        needed = sum(button.sizeHint().width() + 8 for button in shown) + 16
        turn(self._buttons, is_below=needed > self.width())

    # -- what the person does

    def _on_changed(self, key: str) -> None:
        if self._is_quiet:
            return
        value = self.rows[key].text()
        if key == "preset":
            if value != CUSTOM:
                self.preset_chosen.emit(value)
            return
        if key in _PATHS and value in (CHOOSE_FILE, CHOOSE_FOLDER, CHOOSE_WEIGHTS):
            self._choose_path(key, value)
            return
        self._keep_paths()
        self.edited.emit()

    def _choose_path(self, key: str, kind: str) -> None:
        """The field shows what it did before until another is chosen."""
        self._set_path(key, self._paths[key])
        if kind == CHOOSE_WEIGHTS:
            ask_folder(self, lambda: tr("Start from weights: a Hugging Face folder"), self.weights_chosen.emit)
        elif kind == CHOOSE_FILE:
            ask_file(self, lambda: tr("Corpus: a text file"), self._on_corpus_chosen)
        else:
            ask_folder(self, lambda: tr("Corpus: a folder of text files"), self._on_corpus_chosen)

    def _on_corpus_chosen(self, path: str) -> None:
        self._set_path("corpus", path)
        self.edited.emit()

    def _set_path(self, key: str, path: str) -> None:
        self._is_quiet = True
        self.rows[key].set_text(path)
        self._is_quiet = False
        self._keep_paths()

    def _keep_paths(self) -> None:
        self._paths = {key: self.rows[key].text() for key in _PATHS}

    def say(self, words: Words, *, is_error: bool = False) -> None:
        """One sentence above the buttons."""
        speak_by(self.help.setText, words)
        color = theme.current().color("error.text" if is_error else "text.secondary").name()
        self.help.setStyleSheet(f"color: {color};")
        self._show_help_line()

    def _show_help(self, key: str) -> None:
        label, words = SPECS[key].label, SPECS[key].help
        self.say(lambda: f"<span style='font-weight: 600;'>{tr(label)}</span>: {tr(words)}")

    def _paste(self) -> None:
        self.paste_wanted.emit(QGuiApplication.clipboard().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        look = theme.current()
        self.setMinimumWidth(look.px(_LEAST_WIDTH))
        for row in self.rows.values():
            row.dress()
        for line in self._lines:
            line.setStyleSheet(f"background: {look.color('line.subtle').name()};")
        self.estimates.dress()
        self._lock_icon.setPixmap(icons.pixmap("lock", look.color("text.muted"), look.px(13)))
        self._more.setIconSize(QSize(look.px(12), look.px(12)))
        self._arrange()
        # Open or folded, the arrow says it.
        self._more.setStyleSheet("QToolButton:checked:!hover:!pressed { background: transparent; }")
        self._fold(self._more.isChecked())
        self.help.setFont(look.font(11))
        self.help.setStyleSheet(f"color: {look.color('text.secondary').name()};")
        self.help.setMinimumHeight(3 * self.help.fontMetrics().lineSpacing())
