"""What stands above the plots: unit and scale of their axes, smoothing, fit, comparison and export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
)

from engine.shared.language import local, mark, tr
from engine.shared.local_numbers import plain
from visualizer.look import icons, theme
from visualizer.look.flow_layout import FlowWidget
from visualizer.look.spoken import say_again, speak, speak_by
from visualizer.look.style_sheet import wear
from visualizer.pretraining.curves import UNITS
from visualizer.pretraining.smoothing import FIRST_WEIGHT

WEIGHTS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
FORMATS = {
    ".png": mark("PNG picture"),
    ".svg": mark("SVG drawing"),
    ".csv": mark("CSV table"),
}  # of an export, by suffix
COMMA_CSV = ";.csv"  # offered beside them where the language writes a decimal comma
OFFERED = FORMATS | {COMMA_CSV: mark("CSV table for spreadsheets with a decimal comma")}
_UNIT_TIPS = {
    "steps": mark("The horizontal axis of every plot in steps"),
    "tokens": mark("The horizontal axis of every plot in tokens seen"),
    "hours": mark(
        "The horizontal axis of every plot in hours of training, without pauses and what lies before a resume"
    ),
}

_LOGARITHMIC = {"steps": mark("log steps"), "tokens": mark("log tokens"), "hours": mark("log hours")}


class Controls(FlowWidget):
    """Emits what the person wants of the plots."""

    unit_chosen = Signal(str)
    log_x_wanted = Signal(bool)
    log_y_wanted = Signal(bool)
    outliers_left_out = Signal(bool)
    weight_chosen = Signal(float)
    fit_wanted = Signal()
    reset_wanted = Signal()
    comparison_wanted = Signal()
    export_wanted = Signal(str)  # a suffix

    def __init__(self) -> None:
        super().__init__()
        self.title, self._nats = QLabel(), QLabel()
        speak(self.title.setText, "Loss")
        speak(self._nats.setText, "nats per token")
        self.title.setProperty("role", "title")
        self._nats.setProperty("role", "caption")
        self._make_axes()
        self._make_smoothing()
        buttons = self._make_buttons()
        for widget in (self._named(), self._units, self._logs, self._smoothing(), self._row(buttons, 4)):
            self.flow.addWidget(widget)
        self.set_compared(False)
        self.smoothing.setValue(WEIGHTS.index(FIRST_WEIGHT))
        self.dress()

    def _make_axes(self) -> None:
        """What the horizontal axis counts, and which axes are logarithmic."""
        self._group = QButtonGroup(self)
        self._units = self._frame("unit_choice", [self._unit(unit) for unit in UNITS])
        self._group.buttons()[0].setChecked(True)
        self.log_y = _toggle("log_loss", mark("log loss"), mark("The loss on a logarithmic axis"))
        self.log_x = _toggle("log_steps", _LOGARITHMIC["steps"], mark("The horizontal axis of every plot logarithmic"))
        self.log_y.toggled.connect(self.log_y_wanted)
        self.log_x.toggled.connect(self.log_x_wanted)
        self._logs = self._frame("log_choice", [self.log_y, self.log_x])

    def _make_smoothing(self) -> None:
        self.smoothing = QSlider(Qt.Orientation.Horizontal, objectName="smoothing")
        self.smoothing.setRange(0, len(WEIGHTS) - 1)
        self.smoothing.setPageStep(1)
        speak(self.smoothing.setAccessibleName, "Smoothing")
        speak(
            self.smoothing.setToolTip,
            "Each point is this share of the average before it and the rest its own value,\n"
            "divided by the weights so far, so that the start is not dragged down. 0 smooths nothing.",
        )
        self._weight = QLabel(objectName="smoothing_value")
        self.smoothing.valueChanged.connect(self._tell_weight)

    def _make_buttons(self) -> tuple[QToolButton, ...]:
        """Those that stand in a row; `compare` stands with what is told of several runs."""
        self.outliers = _icon_button(
            "no_outliers", mark("Leave outliers out of the height of the loss (▲ and ▼ say where a line leaves it)")
        )
        self.outliers.setCheckable(True)
        self.outliers.toggled.connect(self.outliers_left_out)
        self.fit_button = _icon_button("fit_data", mark("Show what is trained (F, or double-click a plot)"))
        self.fit_button.clicked.connect(self.fit_wanted)
        self.reset = _icon_button("reset_zoom", mark("Show the whole run, also what is planned (Home)"))
        self.reset.setEnabled(False)
        self.reset.clicked.connect(self.reset_wanted)
        self.compare = _toggle(
            "compare_runs", mark("What differs…"), mark("The settings that differ between the chosen runs")
        )
        self.compare.setCheckable(False)
        self.compare.clicked.connect(self.comparison_wanted)
        self.export = _icon_button("export_plots", mark("Export what is shown (PNG, SVG or CSV)"))
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setMenu(self._formats())
        return self.outliers, self.fit_button, self.reset, self.export

    def set_compared(self, is_compared: bool) -> None:
        """Whether several runs are shown."""
        self.compare.setVisible(is_compared)

    def set_unit(self, unit: str) -> None:
        """What the horizontal axis counts."""
        for button in self._group.buttons():
            button.setChecked(button.objectName() == f"unit_{unit}")
        speak(self.log_x.setText, _LOGARITHMIC[unit])

    def set_zoomed(self, is_zoomed: bool) -> None:
        """Whether less than the whole run is visible."""
        self.reset.setEnabled(is_zoomed)

    def dress(self) -> None:
        """In today's colours and sizes."""
        look = theme.current()
        self.flow.setSpacing(look.px(8))
        self.smoothing.setFixedWidth(look.px(84))
        self._weight.setFont(look.font(11))
        self._weight.setStyleSheet(f"color: {look.color('text.secondary').name()};")
        self._weight.setMinimumWidth(self._weight.fontMetrics().horizontalAdvance(_smoothing_words(0.995)))
        named = ("outliers", self.outliers), ("fit-data", self.fit_button), ("fit", self.reset), ("export", self.export)
        for name, button in named:
            button.setIcon(icons.icon(name))
            button.setIconSize(QSize(look.px(14), look.px(14)))
        control, panel = look.color("bg.control").name(), look.color("bg.panel").name()
        for frame in (self._units, self._logs):
            wear(
                frame,
                f"QFrame#{frame.objectName()} {{ background: {control}; border-radius: {look.px(5)}px; }}"
                f"QToolButton {{ padding: {look.px(2)}px {look.px(8)}px; font-size: {look.px(11)}px;"
                f" color: {look.color('text.secondary').name()}; }}"
                f"QToolButton:checked {{ background: {panel}; color: {look.color('text.primary').name()}; }}",
            )
        self.flow.invalidate()

    def _tell_weight(self, place: int) -> None:
        weight = WEIGHTS[place]
        speak_by(self._weight.setText, lambda: _smoothing_words(weight))
        self.weight_chosen.emit(weight)

    def _formats(self) -> QMenu:
        menu = QMenu(self)
        for suffix, words in OFFERED.items():
            action = menu.addAction("", lambda suffix=suffix: self.export_wanted.emit(suffix))
            speak_by(action.setText, partial(_opening, words))
            if suffix == COMMA_CSV:
                say_again(menu, partial(_show_with_comma, action))
        return menu

    def _named(self) -> QWidget:
        return self._row([self.title, self._nats], 8)

    def _smoothing(self) -> QWidget:
        return self._row([self.smoothing, self._weight], 6)

    def _unit(self, unit: str) -> QToolButton:
        button = _toggle(f"unit_{unit}", unit, _UNIT_TIPS[unit])
        button.clicked.connect(lambda checked=False: self.unit_chosen.emit(unit))
        self._group.addButton(button)
        return button

    @staticmethod
    def _row(widgets: Sequence[QWidget], gap: int) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for widget in widgets:
            row.addWidget(widget)
        return holder

    @staticmethod
    def _frame(name: str, buttons: list[QToolButton]) -> QFrame:
        frame = QFrame(objectName=name)
        choice = QHBoxLayout(frame)
        choice.setContentsMargins(2, 2, 2, 2)
        choice.setSpacing(2)
        for button in buttons:
            choice.addWidget(button)
        return frame


def _show_with_comma(action: QAction) -> None:
    action.setVisible("," in local("0.5"))


def _opening(words: str) -> str:
    return f"{tr(words)}…"


def _smoothing_words(weight: float) -> str:
    return tr("smoothing {weight}", weight=plain(weight)) if weight else tr("not smoothed")


def _toggle(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton(objectName=name)
    speak(button.setText, text)
    button.setCheckable(True)
    speak(button.setToolTip, tip)
    return button


def _icon_button(name: str, tip: str) -> QToolButton:
    button = QToolButton(objectName=name)
    speak(button.setToolTip, tip)
    speak_by(button.setAccessibleName, lambda: tr(tip).partition(" (")[0])
    return button
