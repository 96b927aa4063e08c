"""The dialog in which a person chooses what to export, as what, and how it looks."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import mark, said, tr
from visualizer.backprop.graph.export.choice import (
    DRAWINGS,
    FILMS,
    GRAPH,
    LOOKS,
    PASS,
    SELECTION,
    VIEW,
    ExportChoice,
)
from visualizer.backprop.graph.export.film_form import FilmForm
from visualizer.backprop.graph.export.subject import Subject, estimate
from visualizer.look import theme
from visualizer.look.reading_order import tab_as_read
from visualizer.look.spoken import say_again, speak

WORDS = {
    GRAPH: mark("The whole graph"),
    SELECTION: mark("The selection"),
    VIEW: mark("What is on the screen"),
    PASS: mark("The pass, step by step"),
}
LABEL_WIDTH = 76


class ExportDialog(QDialog):
    """Over what there was to export when it opened; `chosen(ExportChoice)` at its end."""

    chosen = Signal(object)

    def __init__(self, subject: Subject, choice: ExportChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak(self.setWindowTitle, "Export")
        self._subject, self._choice = subject, choice
        self._why_not = {what: subject.why_not(what) for what in WORDS}
        self.radios = {what: QRadioButton(self) for what in WORDS}
        self._group = QButtonGroup(self)
        self._whys: dict[str, QLabel] = {}
        self.format = QComboBox(self, objectName="export_format")
        self.look = QComboBox(self, objectName="export_look")
        for name in LOOKS:
            self.look.addItem("", name)
        self.thumbnails = QCheckBox(self, objectName="export_thumbnails")
        speak(self.thumbnails.setText, "Thumbnails of values and gradients")
        self.film = FilmForm(subject.recording.newest if subject.recording is not None else 0, self)
        self.words = QLabel(self, objectName="export_estimate")
        self.words.setWordWrap(True)
        self.export_button = QPushButton(self, objectName="export_button")
        speak(self.export_button.setText, "Export…")
        self.export_button.setProperty("kind", "primary")
        self.export_button.setDefault(True)
        self._build()
        self._fill(choice)
        self._connect()
        self._refresh_what()
        say_again(self, self._say_choices)
        tab_as_read(self)

    def choice(self) -> ExportChoice:
        """What the dialog holds now."""
        what = next(what for what, radio in self.radios.items() if radio.isChecked())
        key = "film" if what == PASS else "drawing"
        given = {"what": what, "look": self.look.currentData(), "has_thumbnails": self.thumbnails.isChecked()}
        return msgspec.structs.replace(self._choice, **given, **self.film.given(), **{key: self.format.currentData()})

    def _say_choices(self) -> None:
        """What can be exported, why not, and how it looks."""
        for what, radio in self.radios.items():
            radio.setText(tr(WORDS[what]))
            why = self._why_not[what]
            radio.setAccessibleDescription("" if why is None else said(why))
            self._whys[what].setText("" if why is None else said(why))
        for line, words in enumerate(LOOKS.values()):
            self.look.setItemText(line, tr(words))
        self._refresh_what()

    def _build(self) -> None:
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, look.px(LABEL_WIDTH))
        labels = {name: QLabel(self) for name in ("What", "Format", "Look")}
        speak(labels["What"].setText, "What")
        speak(labels["Format"].setText, "Format")
        speak(labels["Look"].setText, "Look")
        speak(self.format.setAccessibleName, "Format")
        speak(self.look.setAccessibleName, "Look")
        grid.addWidget(labels["What"], 0, 0)
        for line, (what, radio) in enumerate(self.radios.items()):
            grid.addLayout(self._line_of(what, radio), line, 1)
        rows = ((labels["Format"], self.format), (labels["Look"], self.look), (None, self.thumbnails))
        for line, (label, widget) in enumerate(rows, len(self.radios)):
            if label is not None:
                grid.addWidget(label, line, 0)
            grid.addWidget(widget, line, 1)
        cancel = QPushButton(self)
        speak(cancel.setText, "Cancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addWidget(self.words, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.export_button)
        column = QVBoxLayout(self)
        margin = look.px(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addLayout(grid)
        column.addWidget(self.film)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(look.px(520))

    def _line_of(self, what: str, radio: QRadioButton) -> QHBoxLayout:
        """One thing to export, and beside it why there is none."""
        self._whys[what] = why = QLabel(self, objectName=f"export_why_{what}")
        why.setProperty("role", "caption")
        why.setVisible(bool(self._why_not[what]))
        radio.setObjectName(f"export_{what}")
        radio.setEnabled(not self._why_not[what])
        self._group.addButton(radio)
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(10))
        line.addWidget(radio)
        line.addWidget(why)
        line.addStretch(1)
        return line

    def _fill(self, choice: ExportChoice) -> None:
        what = GRAPH if self._why_not[choice.what] else choice.what
        self.radios[what].setChecked(True)
        self.radios[what].setFocus()
        self.look.setCurrentIndex(self.look.findData(choice.look))
        self.thumbnails.setChecked(choice.has_thumbnails)
        self.film.fill(choice)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(lambda _button, is_on: self._refresh_what() if is_on else None)
        self.format.currentIndexChanged.connect(self._refresh)
        self.film.changed.connect(self._refresh)
        self.export_button.clicked.connect(self._finish)

    def _refresh_what(self) -> None:
        """Other formats, and what only a pass has to be asked of."""
        is_pass = self.radios[PASS].isChecked()
        self.format.blockSignals(True)
        self.format.clear()
        for name, words in (FILMS if is_pass else DRAWINGS).items():
            self.format.addItem(tr(words), name)
        self.format.setCurrentIndex(self.format.findData(self._choice.film if is_pass else self._choice.drawing))
        self.format.blockSignals(False)
        self.film.setVisible(is_pass)
        self._refresh()
        self.adjustSize()

    def _refresh(self) -> None:
        self._choice = choice = self.choice()
        has_look = choice.format != ".dot"
        self.look.setEnabled(has_look)
        self.thumbnails.setEnabled(has_look)
        words, can_be = estimate(self._subject, choice)
        self.words.setText(words)
        self.export_button.setEnabled(can_be)

    def _finish(self) -> None:
        self.chosen.emit(self.choice())
        self.accept()
