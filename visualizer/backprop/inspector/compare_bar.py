"""A second tensor beside the value: which one, and whether it or the difference is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from engine.protocol.keys import DifferenceKey, TensorKey, VariableKey
from engine.protocol.subtraction import SubtractionShown
from engine.protocol.values import Variable
from engine.shared.language import local, mark, tr
from engine.shared.local_numbers import compact
from visualizer.look import theme
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.spoken import speak
from visualizer.look.wrapped_label import WrappedLabel

_WITH_NAN = mark("Largest difference {largest} at {place}; {n} of {all} differ, {nan} with NaN; {close}; as {dtype}")


class CompareBar(QWidget):
    """Hidden where nothing has the shape of the value. Emits `wanted(DifferenceKey)`, answered by `take` or `failed`,
    and `changed()` when `key` is another one."""

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = ""  # why the two cannot be compared
        self._subject: TensorKey | None = None
        self._shape: tuple[int, ...] | None = None
        self._variables: tuple[Variable, ...] = ()
        self._answer: SubtractionShown | None = None
        caption = QLabel(self)
        caption.setProperty("role", "caption")
        speak(caption.setText, "Compare with")
        self.names = QComboBox(self, objectName="compared_with")
        self.names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.names.setMinimumContentsLength(6)
        speak(self.names.setAccessibleName, "Compare with")
        speak(self.names.setToolTip, "A tensor of the same shape stands beside the value and moves with it")
        caption.setBuddy(self.names)
        self.difference = QCheckBox(self, objectName="shows_difference")
        speak(self.difference.setText, "Difference")
        speak(self.difference.setToolTip, "Show the value less the other tensor, in place of that")
        self.words = WrappedLabel(self, name="difference_words")
        self.words.setProperty("role", "caption")
        self._line = FlowLayout()
        for widget in (caption, self.names, self.difference):
            self._line.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        self._column.addWidget(self.words)
        self.names.activated.connect(self._choose)
        self.difference.toggled.connect(self._show)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self._fill()

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, look.px(6), 0, look.px(2))
        self._column.setSpacing(look.px(4))
        self._line.setSpacing(look.px(8))

    # -- what can be chosen

    def set_subject(self, key: TensorKey | None, shape: tuple[int, ...] | None) -> None:
        """The tensor that stands there as value."""
        if (key, shape) != (self._subject, self._shape):
            self._subject, self._shape = key, shape
            self._fill()

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
        self._answer, self.message = None, ""
        self._show()

    def ask(self) -> None:
        """How far the two are apart now."""
        if self._pair is not None and not self.isHidden():
            self.wanted.emit(self._pair)

    @property
    def _pair(self) -> DifferenceKey | None:
        if not self.name or self._subject is None or isinstance(self._subject, DifferenceKey):
            return None
        return DifferenceKey(self._subject, VariableKey(self.name))

    def take(self, answer: SubtractionShown) -> None:
        """How far they are apart; of another pair, nothing happens."""
        if answer.key == self._pair:
            self._answer, self.message = answer, ""
            self._show()

    def failed(self, key: DifferenceKey, sentence: str) -> None:
        """Why they cannot be compared."""
        if key == self._pair:
            self._answer, self.message = None, sentence
            self._show()

    def _show(self) -> None:
        self.words.setText(difference_words(self._answer) if self._answer is not None else "")
        self.words.setVisible(self._answer is not None)
        self.changed.emit()

    @property
    def key(self) -> TensorKey | None:
        """Of what stands beside the value; None of nothing."""
        if self._pair is None or self.isHidden() or (self._answer is None and not self.message):
            return None
        return self._pair if self.difference.isChecked() else self._pair.second


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
