"""One breakpoint asked for: where it is, and on which condition it holds a pass."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from engine.protocol.breakpoints import (
    AllZero,
    Anywhere,
    AtLine,
    AtModule,
    AtOperation,
    AtPass,
    AtVariable,
    Condition,
    Norm,
    NotFinite,
    Place,
    Ratio,
)
from engine.shared.language import mark, pythonic, tr
from engine.shared.local_numbers import plain
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak, speak_by

_WHERE: tuple[tuple[str, type, str], ...] = (
    (mark("Line"), AtLine, mark("its number")),
    (mark("Variable"), AtVariable, mark("its name, as in h")),
    (mark("Operation"), AtOperation, mark("as in tanh, *Mm*, AccumulateGrad")),
    (mark("Module or parameter"), AtModule, mark("as in h.3.attn.*, *.weight")),
    (mark("Pass"), AtPass, mark("its number in the run")),
    (mark("Any node"), Anywhere, ""),
)
_WHEN: tuple[tuple[str, Callable[[float], Condition | None], bool], ...] = (
    (mark("always"), lambda limit: None, False),
    (mark("the gradient has NaN or Inf"), lambda limit: NotFinite(), False),
    (mark("the gradient is all zero"), lambda limit: AllZero(), False),
    (mark("its norm is above"), lambda limit: Norm(limit), True),
    (mark("its norm is below"), lambda limit: Norm(limit, above=False), True),
    (mark("norm over the value's is above"), lambda limit: Ratio(limit), True),
    (mark("norm over the value's is below"), lambda limit: Ratio(limit, above=False), True),
)


class BreakpointDialog(QDialog):
    """Emits `chosen(place, condition)` once both can be understood; what cannot is said below, and nothing is lost."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, place: Place | None = None, condition: Condition | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breakpoint_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_new = place is None
        speak_by(self.setWindowTitle, lambda: tr("Add a breakpoint") if is_new else tr("Breakpoint"))
        # Made in the order in which they stand: it is that of Tab.
        self.where, self.what = QComboBox(self, objectName="where"), QLineEdit(self, objectName="what")
        self.when, self.limit = QComboBox(self, objectName="when"), QLineEdit(self, objectName="limit")
        self._fault = QLabel(self, objectName="fault")
        self._fault.setWordWrap(True)
        self._fault.setProperty("role", "error")
        self.where.addItems([name for name, _, _ in _WHERE])
        self.when.addItems([name for name, _, _ in _WHEN])
        speak(self.where.setAccessibleName, "Where")
        speak(self.what.setAccessibleName, "What")
        speak(self.when.setAccessibleName, "When")
        speak(self.limit.setAccessibleName, "Limit")
        speak(self.limit.setPlaceholderText, "a number, as in 10 or 1e-6")
        self.where.currentIndexChanged.connect(self._show_fields)
        self.when.currentIndexChanged.connect(self._show_fields)
        self._build()
        self._offer(place, condition)
        self._show_fields()
        say_again(self, self._say_choices)

    def _say_choices(self) -> None:
        for box, rows in ((self.where, _WHERE), (self.when, _WHEN)):
            for line, row in enumerate(rows):
                box.setItemText(line, tr(row[0]))
        self._say_what()

    def _say_what(self) -> None:
        """What can be typed, whole."""
        words = tr(_WHERE[self.where.currentIndex()][2])
        self.what.setPlaceholderText(words)
        self.what.setMinimumWidth(self.what.fontMetrics().horizontalAdvance(words) + theme.current().px(24))

    def _build(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.accepted.connect(self._finish)
        buttons.rejected.connect(self.reject)
        self._form = form = QFormLayout(self)
        form.setContentsMargins(*(theme.current().px(16),) * 4)
        form.setRowWrapPolicy(
            QFormLayout.RowWrapPolicy.WrapAllRows
        )  # beside their words the fields are wider than a small screen
        at, when = QLabel(self), QLabel(self)
        speak(at.setText, "Hold a pass at")
        speak(when.setText, "when")
        form.addRow(at, self.where)
        form.addRow(self.what)
        form.addRow(when, self.when)
        form.addRow(self.limit)
        form.addRow(self._fault)
        form.addRow(buttons)
        self.setMinimumWidth(theme.current().px(380))

    def _offer(self, place: Place | None, condition: Condition | None) -> None:
        kinds = [kind for _, kind, _ in _WHERE]
        self.where.setCurrentIndex(2 if place is None else kinds.index(type(place)))
        values = [] if place is None else [getattr(place, name) for name in place.__struct_fields__]
        self.what.setText(str(values[0]) if values else "")
        limit = getattr(condition, "limit", None)
        made = [make(0.0 if limit is None else limit) for _, make, _ in _WHEN]
        self.when.setCurrentIndex(made.index(condition))
        self.limit.setText("" if limit is None else plain(limit))

    def _show_fields(self) -> None:
        hint = _WHERE[self.where.currentIndex()][2]
        self._say_what()
        self._form.setRowVisible(self.what, bool(hint))
        self._form.setRowVisible(self.limit, _WHEN[self.when.currentIndex()][2])
        self._fault.hide()

    def _finish(self) -> None:
        _, kind, hint = _WHERE[self.where.currentIndex()]
        _, make, has_limit = _WHEN[self.when.currentIndex()]
        text = self.what.text().strip()
        fault = ""
        number = int(text) if text.isdecimal() else 0
        if kind in (AtLine, AtPass) and not number:
            fault = tr("A line or a pass is a number from 1.")
        elif hint and not text:
            fault = tr("Say which: the field is empty.")
        limit = _number(self.limit.text())
        if has_limit and limit is None:
            fault = tr("The limit is a number, as in 10 or 1e-6.")
        condition = make(limit or 0.0)
        if kind is Anywhere and condition is None:
            fault = tr("Any node needs a condition: F10 holds at each as it is.")
        if fault:
            self._fault.setText(fault)
            self._fault.show()
            return
        self.chosen.emit(kind() if kind is Anywhere else kind(number if kind in (AtLine, AtPass) else text), condition)
        self.accept()


def _number(text: str) -> float | None:
    try:
        found = float(pythonic(text))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
