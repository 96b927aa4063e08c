"""What is to be done to a gradient: a kind, a number or an expression, and Try."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from engine.protocol.backward_values import Edit
from engine.shared.language import mark, tr
from visualizer.look import theme
from visualizer.look.segments import Segments
from visualizer.look.spoken import say_again, speak
from visualizer.model.edits import CHOICES, EditChoice, Of, edit_of


class WhatIfForm(QWidget):
    """`wanted(Edit)`, or `refused(sentence)` where what is written is none, until `corrected()`; `turned()`: from a
    leaf's gradient to its value, or back."""

    wanted = Signal(object)
    refused = Signal(str)
    corrected = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell: tuple[int, ...] | None = None  # that is selected
        self._written = {choice.kind: choice.first for choice in CHOICES}
        self.of: Of = "gradient"
        self.subjects = Segments(
            (mark("Gradient"), mark("Value")),
            (
                mark("The gradient that enters this node"),
                mark("The value of this leaf: the program runs again in a copy"),
            ),
            "what_if_of",
            self,
        )
        self.subjects.set_chosen(0)
        self.subjects.chosen.connect(self._on_subject)
        self.subjects.hide()
        self.kind = QComboBox(self, objectName="what_if_kind")
        speak(self.kind.setAccessibleName, "What is done to the gradient")
        speak(self.kind.setToolTip, "What is done to the gradient that enters this node")
        self.kind.addItems([""] * len(CHOICES))
        self.field = QLineEdit(self, objectName="what_if_field")
        self.field.returnPressed.connect(self.submit)
        self.field.textEdited.connect(lambda text: self._correct())
        self.button = QPushButton(self, objectName="what_if_try")
        speak(self.button.setText, "Try")
        speak(self.button.setToolTip, "Run the rest of the held pass with it, beside the pass (Return)")
        self.button.clicked.connect(self.submit)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.subjects, 0, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self.kind, 1, 0, 1, 2)
        self._grid.addWidget(self.field, 2, 0)
        self._grid.addWidget(self.button, 2, 1)
        self._grid.setColumnStretch(0, 1)
        self.kind.currentIndexChanged.connect(self._on_kind)
        theme.current().changed.connect(self._dress)
        self._dress()
        say_again(self, self._name_kinds)
        self._on_kind()

    def _name_kinds(self) -> None:
        for place, choice in enumerate(CHOICES):
            self.kind.setItemText(place, tr(choice.words))
        self._explain()

    @property
    def choice(self) -> EditChoice:
        """The kind that is chosen."""
        return CHOICES[self.kind.currentIndex()]

    def set_cell(self, cell: tuple[int, ...] | None) -> None:
        """The one that a number is added to."""
        self.cell = cell
        self._explain()

    def offer_value(self, *, is_offered: bool) -> None:
        """Of a leaf the value can be changed, too."""
        self.subjects.setVisible(is_offered)
        if not is_offered:
            self.of = "gradient"
            self.subjects.set_chosen(0)
            self._explain()

    def set_open(self, *, is_open: bool) -> None:
        """Whether there is something to write, or only the choice between gradient and value."""
        for widget in (self.kind, self.field, self.button):
            widget.setVisible(is_open)

    def _on_subject(self, place: int) -> None:
        self.of = "value" if place else "gradient"
        self._explain()
        self.turned.emit()

    def submit(self) -> None:
        """What is written is to be tried."""
        found = edit_of(self.choice.kind, self.field.text(), self.cell)
        is_fine = isinstance(found, Edit)
        self._mark(is_invalid=not is_fine)
        if is_fine:
            self.wanted.emit(found)
        else:
            self.refused.emit(found)

    def focus(self) -> None:
        """The keyboard to where something is to be written."""
        target = self.field if self.field.isEnabled() else self.kind
        target.setFocus()
        self.field.selectAll()

    def _on_kind(self) -> None:
        choice = self.choice
        if self.field.property("kind_of_edit"):
            self._written[self.field.property("kind_of_edit")] = self.field.text()
        self.field.setProperty("kind_of_edit", choice.kind)
        self.field.setText(self._written[choice.kind])
        self.field.setEnabled(bool(choice.field))
        self._correct()
        self._explain()

    def _correct(self) -> None:
        """What was said of it is about other words."""
        self._mark(is_invalid=False)
        self.corrected.emit()

    def _explain(self) -> None:
        choice = self.choice
        words = choice.field_words("value" if self.of == "value" else "grad", self.cell)
        self.field.setPlaceholderText(words)
        self.field.setToolTip(words.capitalize() if words else tr("Nothing has to be written for this."))
        self.field.setAccessibleName(words or tr("nothing to write"))

    def _mark(self, *, is_invalid: bool) -> None:
        if bool(self.field.property("invalid")) != is_invalid:
            self.field.setProperty("invalid", is_invalid)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _dress(self) -> None:
        look = theme.current()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(6))
