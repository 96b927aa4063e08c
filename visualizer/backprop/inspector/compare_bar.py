"""A second tensor beside the value: which one, and whether it or the difference is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol.keys import DifferenceKey, TensorKey, VariableKey
from engine.protocol.program_values import Variable
from engine.protocol.subtraction import AskSubtraction, SubtractionShown
from engine.shared.language import grouped, local, mark, tr
from engine.shared.local_numbers import compact, percent
from visualizer.look import spoken, theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.spoken import Words, speak
from visualizer.look.wrapped_label import WrappedLabel

_WITH_NAN = mark("Largest difference {largest} at {place}; {n} of {all} differ, {nan} with NaN; {close}; as {dtype}")


class CompareBar(QWidget):
    """Hidden where nothing has the shape of the value. Emits `wanted(AskSubtraction)`, answered by `take` or `failed`,
    and `changed()` when `key` is another one."""

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why: Words = str  # the two cannot be compared
        self._subject: TensorKey | None = None
        self._shape: tuple[int, ...] | None = None
        self._variables: tuple[Variable, ...] = ()
        self._answer: SubtractionShown | None = None  # the newest whole one
        self._n_read: tuple[int, int] | None = None  # of all, while that is read
        self._asked: AskSubtraction | None = None  # the answer is on its way
        self._is_told = True  # that another is chosen, and is to be told when none is
        caption = QLabel(self)
        caption.setProperty("role", "caption")
        speak(caption.setText, "Compare with")
        self.names = ChoiceBox(self)
        self.names.setObjectName("compared_with")
        self.names.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.names.setMinimumContentsLength(6)
        speak(self.names.setAccessibleName, "Compare with")
        speak(self.names.setToolTip, "A tensor of the same shape stands beside the value and moves with it")
        caption.setBuddy(self.names)
        self.difference = QCheckBox(self, objectName="shows_difference")
        speak(self.difference.setText, "Difference")
        speak(self.difference.setToolTip, "Show the value less the other tensor, in place of that")
        self.words = WrappedLabel(self, name="difference_words")
        self.words.setProperty("role", "caption")
        self.cancel = QToolButton(self, objectName="cancel_comparison")
        speak(self.cancel.setText, "Cancel")
        self.cancel.clicked.connect(self._cancel)
        self.cancel.hide()
        self._line = FlowLayout()
        for widget in (caption, self.names, self.difference):
            self._line.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        below = QHBoxLayout()
        below.addWidget(self.words, 1)
        below.addWidget(self.cancel)
        self._column.addLayout(below)
        self.names.activated.connect(self._choose)
        self.difference.toggled.connect(self._toggle)
        theme.current().changed.connect(self._on_theme)
        spoken.current().changed.connect(self._show)
        self._on_theme()
        self._fill()

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, look.px(6), 0, look.px(2))
        self._column.setSpacing(look.px(4))
        self._line.setSpacing(look.px(8))

    # -- what can be chosen

    def set_subject(self, key: TensorKey | None, shape: tuple[int, ...] | None) -> None:
        """The tensor that stands there as value. What was said of another is not said of it."""
        if (key, shape) != (self._subject, self._shape):
            self._subject, self._shape = key, shape
            self._fill()
            if self.name:
                self._clear()
                self.ask()

    def set_variables(self, rows: tuple[Variable, ...]) -> None:
        """What there is; the values may be others."""
        self._variables = rows
        self._fill()
        self.ask()

    def _fill(self) -> None:
        chosen = self.name
        fitting = [
            row.name
            for row in self._variables
            if row.summary is not None and row.summary.shape == self._shape and VariableKey(row.name) != self._subject
        ]
        names = ["", *fitting]
        if names != [self.names.itemData(place) for place in range(self.names.count())]:
            self.names.clear()
            for name in names:
                self.names.addItem(name or "–", name)
            self.names.setCurrentIndex(max(self.names.findData(chosen), 0))
        self.setVisible(self._subject is not None and bool(fitting))
        self.difference.setEnabled(bool(self.name))
        if self.name != chosen or not self.name:
            self._clear()

    @property
    def name(self) -> str:
        """Of the second tensor; "" of none."""
        return str(self.names.currentData() or "")

    # -- what was chosen

    def _choose(self) -> None:
        self.difference.setEnabled(bool(self.name))
        self._clear()
        self.ask()

    def _clear(self) -> None:
        self._answer, self._why, self._n_read, self._asked = None, str, None, None
        self._show()

    def _toggle(self) -> None:
        self._show()
        if self._pair is not None and not self._has_difference:
            self._asked = None
            self.ask()

    def _cancel(self) -> None:
        """Nothing is compared any more."""
        self.names.setCurrentIndex(0)
        self._choose()

    def ask(self) -> None:
        """How far the two are apart now."""
        if self._pair is not None and not self.isHidden() and self._asked is None:
            self._asked = AskSubtraction(key=self._pair, keeps=self.difference.isChecked())
            self.wanted.emit(self._asked)

    @property
    def _has_difference(self) -> bool:
        """Whether what is to be shown is at hand."""
        return self._answer is not None and (self._answer.keeps or not self.difference.isChecked())

    @property
    def _pair(self) -> DifferenceKey | None:
        if not self.name or self._subject is None or isinstance(self._subject, DifferenceKey):
            return None
        return DifferenceKey(self._subject, VariableKey(self.name))

    def take(self, answer: SubtractionShown) -> None:
        """How far they are apart; of another pair, nothing happens."""
        asked = self._asked
        if asked is None or (answer.key, answer.keeps) != (asked.key, asked.keeps):
            return
        self._asked, self._why = None, str
        self._n_read = None if answer.is_whole else (answer.n_read, answer.n_elements)
        if answer.is_whole:
            self._answer = answer
        self._show()
        if not answer.is_whole:
            self.ask()

    def failed(self, key: DifferenceKey, why: Words) -> None:
        """Why they cannot be compared."""
        if key == self._pair:
            self._answer, self._why, self._n_read, self._asked = None, why, None, None
            self._show()

    @property
    def message(self) -> str:
        """Why the two cannot be compared, "" where they can."""
        return self._why()

    def _show(self) -> None:
        text = difference_words(self._answer) if self._answer is not None else ""
        if self._n_read is not None:
            text = tr("Comparing: {share} of {n} elements read", share=percent(self._n_read[0] / self._n_read[1]),
                      n=grouped(self._n_read[1]))  # fmt: skip
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.cancel.setVisible(self._n_read is not None)
        told, self._is_told = self._is_told, bool(self.name or self.message)
        if told or self._is_told:
            self.changed.emit()

    @property
    def key(self) -> TensorKey | None:
        """Of what stands beside the value; None of nothing."""
        if self._pair is None or self.isHidden() or (self._answer is None and not self.message):
            return None
        return self._pair if self.difference.isChecked() and self._has_difference else self._pair.second


def difference_words(answer: SubtractionShown) -> str:
    """ "Largest difference 0.5 at [3, 4]; 12 of 400 differ, 1 with NaN; not close by torch.allclose"."""
    if not answer.n_different:
        return tr("Equal in all {n} elements", n=local(f"{answer.n_elements:,}"))
    values = {
        "largest": compact(answer.largest),
        "place": str(list(answer.place)),
        "n": local(f"{answer.n_different:,}"),
        "all": local(f"{answer.n_elements:,}"),
        "nan": local(f"{answer.n_nan:,}"),
        "dtype": answer.dtype,
        "close": tr("close by torch.allclose") if answer.all_close else tr("not close by torch.allclose"),
    }
    if answer.largest is None:
        return tr("{n} of {all} differ, all of them NaN; {close}; as {dtype}", **values)
    if answer.n_nan:
        return tr(_WITH_NAN, **values)
    return tr("Largest difference {largest} at {place}; {n} of {all} differ; {close}; as {dtype}", **values)
