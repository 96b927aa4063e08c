"""The row above a run: name, state and progress, the numbers, and Start, Pause and Stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.shared.language import grouped, mark, tr
from engine.shared.local_numbers import percent
from visualizer.look import icons, theme
from visualizer.look.announcing import announce
from visualizer.look.elision import elided
from visualizer.look.focus_ring import handing_over
from visualizer.look.spoken import current, speak
from visualizer.look.style_sheet import wear
from visualizer.pretraining import formatting
from visualizer.pretraining.run_view import LIVE, RESUMABLE, UNREADABLE, WENT_WRONG, HeaderView

# state: word, text token, tint token, glyph
_PILLS = {
    "draft": (mark("new"), "text.secondary", "bg.control", "○"),
    "starting": (mark("starting"), "text.secondary", "bg.control", "○"),
    "preparing": (mark("preparing"), "text.secondary", "bg.control", "◔"),
    "training": (mark("training"), "ok.text", "ok.tint", "●"),
    "paused": (mark("paused"), "warn.text", "warn.tint", "‖"),
    "stopping": (mark("stopping"), "warn.text", "warn.tint", "■"),
    "finished": (mark("finished"), "ok.text", "ok.tint", "✓"),
    "stopped": (mark("stopped"), "text.secondary", "bg.control", "■"),
    "failed": (mark("failed"), "error.text", "error.tint", "✕"),
    "crashed": (mark("crashed"), "error.text", "error.tint", "✕"),
    UNREADABLE: (mark("unreadable"), "error.text", "error.tint", "✕"),
}
_TOLD = ("training", "paused")  # states that it comes to while one waits for it
_NOT_YET_OR_NO_MORE = (mark("starting"), "preparing", "stopping")  # between two steps
# Left out one by one where the window is too narrow, the first here first.
_LIVE_ONLY = ("remaining", "throughput", "mfu")
_LEAST = ("memory", "mfu", "elapsed", "throughput", "remaining")
_LAST = ("loss", "step")  # only for the buttons; a sentence takes more lines instead
_GAPS = 64  # pixels of the row that nothing stands in


class RunHeader(QWidget):
    """Shows a HeaderView; emits what the person wants."""

    start_wanted = Signal()
    pause_or_resume_wanted = Signal()
    stop_wanted = Signal()
    log_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_header")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = HeaderView(tr("New run"), "draft")
        self._name = QLabel(self, objectName="run_name")
        self._pill = QLabel(self, objectName="run_pill")
        self._progress = QProgressBar(self, objectName="run_progress")
        self._progress.setTextVisible(False)
        self._progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # what is beside it is whole
        speak(self._progress.setAccessibleName, "Progress of the run")
        self._readouts = {
            name: _Readout(name, title)
            for name, title in (
                ("step", mark("Step")),
                ("elapsed", mark("Elapsed")),
                ("remaining", mark("Remaining")),
                ("loss", mark("Train / val loss")),
                ("throughput", mark("Throughput")),
                ("mfu", "MFU"),
                ("memory", mark("Memory")),
            )
        }
        speak(
            self._readouts["mfu"].setToolTip,
            "Model FLOPs utilisation: the share of the device's peak that training reaches",
        )
        self._sentence = QLabel(self, objectName="run_sentence")
        self._sentence.setWordWrap(True)
        self.log_button = self._button(mark("Show log"), "show_log", self.log_wanted)
        self.change_button = self._button(mark("Change…"), "train_change_button", self.change_wanted)
        tip = mark("Go on longer, or with another rate; while it trains, from its next step on")
        speak(self.change_button.setToolTip, tip)
        self.start_button = self._button(mark("Start##training"), "train_start_button", self.start_wanted)
        self.pause_button = self._button(mark("Pause"), "train_pause_button", self.pause_or_resume_wanted)
        self.stop_button = self._button(mark("Stop"), "train_stop_button", self.stop_wanted)
        self.start_button.setProperty("kind", "primary")
        self.stop_button.setProperty("kind", "stop")
        self._build()
        theme.current().changed.connect(self._dress)
        current().changed.connect(self._dress)
        self._dress()

    def show_view(self, view: HeaderView) -> None:
        """Show the numbers and offer the buttons of this state."""
        is_changed = _dressed_for(view) != _dressed_for(self._view)
        before, self._view = self._view, view
        self._fill()
        self._tell(before)
        if is_changed:
            self._dress()
        with handing_over(self.start_button, self.pause_button, self.change_button, self.stop_button):
            self._make_room()

    def _fill(self) -> None:
        view = self._view
        self._name.setToolTip(view.name)
        most, reached = max(view.max_steps, 1), view.step
        if view.prepared is not None:
            most, reached = 1000, round(1000 * view.prepared)
        self._progress.setRange(0, most)
        self._progress.setValue(min(reached, most))
        values = {
            "step": (formatting.count(view.step), tr("of {n}", n=grouped(view.max_steps))),
            "elapsed": (formatting.duration(view.elapsed_s), ""),
            "remaining": (formatting.duration(view.remaining_s), ""),
            "loss": (f"{formatting.loss(view.train_loss)} / {formatting.loss(view.val_loss)}", tr("nats")),
            "throughput": (formatting.count(view.tokens_per_second) if view.tokens_per_second else "–", tr("tokens/s")),
            "mfu": self._mfu(),
            "memory": (formatting.gib(view.memory_bytes) if view.memory_bytes else "–", ""),
        }
        for name, (value, unit) in values.items():
            self._readouts[name].set(value, unit)
        self._readouts["throughput"].setToolTip(view.way)
        self._sentence.setText(view.sentence)
        self._sentence.setToolTip(view.sentence)

    def _tell(self, before: HeaderView) -> None:
        """A validation that came while it trains; wherever one is, that it waits, or trains again. How it ended is said
        at the foot."""
        view, words = self._view, formatting.validation(self._view.val_loss)
        step = tr("step {step}", step=formatting.count(view.step))
        if view.name == before.name and view.state != before.state and view.state in _TOLD:
            announce(self, f"{view.name}: {tr(_PILLS[view.state][0])}, {step}", is_of_all=True)
        if view.name == before.name and view.state == "training" and words != formatting.validation(before.val_loss):
            announce(self, f"{step}, {words}")

    def _mfu(self) -> tuple[str, str]:
        if self._view.mfu is None or not self._view.peak_flops:
            return tr("n/a"), ""
        return percent(self._view.mfu), tr("of {n}", n=formatting.flops_per_second(self._view.peak_flops))

    def _make_room(self) -> None:
        """Show what the state needs, and as many numbers as fit beside it."""
        view, look = self._view, theme.current()
        is_live = view.state in LIVE
        self._pill.setVisible(view.state != "draft")
        self._progress.setVisible(view.state != "draft")
        self.start_button.setVisible(view.state == "draft")
        self.start_button.setEnabled(view.can_start)
        can_resume = view.state in RESUMABLE and not view.is_not_finite and not view.cannot_go_on
        self.pause_button.setVisible((is_live or can_resume) and not view.is_remote)
        can_change = view.state not in ("draft", UNREADABLE) and not view.cannot_go_on
        self.change_button.setVisible(can_change and not view.is_remote)
        for button in (self.change_button, self.pause_button):
            button.setEnabled(view.state not in _NOT_YET_OR_NO_MORE)
        self.stop_button.setVisible(is_live and not view.is_remote)
        self.stop_button.setEnabled(view.state != "stopping")
        self.log_button.setVisible(view.has_log and view.state in (mark("failed"), "crashed"))
        self._sentence.setVisible(bool(view.sentence))
        self._title.setFixedWidth(min(look.px(262), max(self.width() // 4, look.px(130))))
        shown = [name for name in self._readouts if is_live or name not in _LIVE_ONLY]
        if view.state in ("draft", "preparing"):
            shown = []
        buttons = [self.log_button, self.change_button, self.start_button, self.pause_button, self.stop_button]
        used = sum(button.sizeHint().width() for button in buttons if not button.isHidden())
        used += self._title.width() + _GAPS
        least = [name for name in shown if name in _LAST]
        is_below = used + self._sentence_width() + self._readouts_width(least) > self.width()
        beside = 0 if is_below else self._sentence_width()
        for names, taken in ((_LEAST, used + beside), (_LAST, used)):
            for name in names:
                if taken + self._readouts_width(shown) <= self.width():
                    break
                if name in shown:
                    shown.remove(name)
        for name, readout in self._readouts.items():
            readout.setVisible(name in shown)
        self._place_sentence(is_below=is_below)
        self._place_name()

    def _readouts_width(self, names: Sequence[str]) -> int:
        return sum(self._readouts[name].sizeHint().width() for name in names)

    def _place_sentence(self, *, is_below: bool) -> None:
        """Between the numbers and the buttons, or under them, over the whole width and with every line."""
        if is_below != (self._column.indexOf(self._sentence) >= 0):
            (self._row if is_below else self._column).removeWidget(self._sentence)
            if is_below:
                self._column.addWidget(self._sentence)
            else:
                self._row.insertWidget(self._place, self._sentence, 1000)
        look = theme.current()
        self._sentence.setContentsMargins(*(12, look.px(2), 0, look.px(8)) if is_below else (0, 0, 0, 0))
        self._sentence.setMinimumHeight(0)  # which its height for a width is never below
        if is_below:
            self._sentence.setMinimumHeight(max(self._sentence.heightForWidth(self.width() - 12), 0))

    def _place_name(self) -> None:
        """Whole, with the state beside it; where there is no room for both, the state stands beside the progress."""
        look, metrics = theme.current(), QFontMetrics(self._name.font())
        room = self._title.width() - look.px(26)
        pill = 0 if self._pill.isHidden() else self._pill.sizeHint().width() + look.px(8)
        is_beside = metrics.horizontalAdvance(self._view.name) <= room - pill
        if is_beside != (self._first.indexOf(self._pill) >= 0):
            (self._second if is_beside else self._first).removeWidget(self._pill)
            (self._first if is_beside else self._second).insertWidget(int(is_beside), self._pill)
        self._name.setText(elided(metrics, self._view.name, room, Qt.TextElideMode.ElideMiddle))

    def _sentence_width(self) -> int:
        """Room for the sentence in at most three lines."""
        whole = QFontMetrics(self._sentence.font()).horizontalAdvance(self._view.sentence)
        return min(whole // 2, whole // 3 + theme.current().px(90)) + theme.current().px(24) if whole else 0

    def _button(self, text: str, name: str, signal) -> QPushButton:
        button = QPushButton(self)
        speak(button.setText, text)
        button.setObjectName(name)
        button.clicked.connect(signal)
        return button

    def _build(self) -> None:
        self._title = QWidget(self)
        self._first, self._second = first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name)
        first.addWidget(self._pill)
        first.addStretch(1)
        second.setSpacing(8)
        second.addWidget(self._progress, 1)
        column = QVBoxLayout(self._title)
        column.setContentsMargins(12, 0, 14, 0)
        column.setSpacing(6)
        column.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        column.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        self._row = row = QHBoxLayout()
        self._column.addLayout(row, 1)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._title)
        for readout in self._readouts.values():
            row.addWidget(readout)
        row.addSpacing(12)
        self._place = row.count()
        row.addWidget(self._sentence, 1000)
        row.addStretch(1)
        for button in (self.log_button, self.change_button, self.start_button, self.pause_button, self.stop_button):
            row.addSpacing(8)
            row.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        # Numbers that do not fit are left out, so the row never holds the window open.
        return QSize(theme.current().px(360), super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """What was dressed anew while it was hidden is measured only now."""
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _dress(self) -> None:
        look, view = theme.current(), self._view
        word, text, tint, glyph = _PILLS[view.state]
        self.setMinimumHeight(look.px(60))
        self._name.setFont(look.font(14, 600))
        self._pill.setText(f"{glyph} {tr(word)}")
        self._pill.setFont(look.font(11, 500))
        height = self._pill.fontMetrics().height() + look.px(4)
        self._pill.setStyleSheet(
            f"color: {look.color(text).name()}; background: {look.color(tint).name()};"
            f"border-radius: {height // 2}px; padding: 0 {look.px(8)}px;"
        )
        self._pill.setFixedHeight(height)
        self._progress.setFixedHeight(look.px(4))
        self._sentence.setFont(look.font(11.5))
        is_bad = view.state in WENT_WRONG or (view.state == "draft" and not view.can_start)
        token = "error.text" if is_bad else "warn.text" if view.is_silent else "text.secondary"
        self._sentence.setStyleSheet(f"color: {look.color(token).name()};")
        resume = view.state == "paused" or view.state in RESUMABLE
        pause = mark("Resume") if resume else mark("Pause")
        speak(self.pause_button.setText, pause)
        rate_failed = view.state == "failed" and view.is_not_finite
        change = mark("Extend…") if view.state == "finished" else mark("Change…")
        change = mark("Another rate…") if rate_failed else change
        speak(self.change_button.setText, change)
        _set_kind(self.change_button, "primary" if rate_failed else "")
        self._set_icons(resume)
        for readout in self._readouts.values():
            readout.dress()
        self._fill()
        self._make_room()

    def _set_icons(self, resume: bool) -> None:
        look, size = theme.current(), theme.current().px(14)
        kind = "primary" if self._view.state in RESUMABLE else ""
        _set_kind(self.pause_button, kind)
        lit = look.color("text.on_accent")
        muted = look.color("text.muted")
        self.start_button.setIcon(icons.icon("play", lit if self._view.can_start else muted))
        self.pause_button.setIcon(
            icons.icon("play" if resume else "pause", lit if kind else look.color("text.primary"))
        )
        self.stop_button.setIcon(icons.icon("stop", look.color("error.text")))
        for button in (self.start_button, self.pause_button, self.stop_button):
            button.setIconSize(QSize(size, size))


def _dressed_for(view: HeaderView) -> tuple[object, ...]:
    """What words and colours depend on."""
    return view.state, view.can_start, view.name, view.is_not_finite, view.is_silent


def _set_kind(button: QPushButton, kind: str) -> None:
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)


class _Readout(QFrame):
    """A caption over a number with its unit, behind a thin line."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"readout_{name}")
        self._title = QLabel(self)
        speak(self._title.setText, title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.value = QLabel(self, objectName=f"{name}_readout")
        self._unit = QLabel(self)
        numbers = QHBoxLayout()
        numbers.setSpacing(4)
        numbers.addWidget(self.value)
        numbers.addWidget(self._unit)
        numbers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(1)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addLayout(numbers)
        column.addStretch(1)

    def set(self, value: str, unit: str) -> None:
        """The number as text, and what stands behind it."""
        self.value.setText(value)
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))

    def dress(self) -> None:
        look = theme.current()
        self._title.setFont(look.font(11))
        self.value.setFont(look.font(15, 600))
        self._unit.setFont(look.font(11.5))
        wear(self._title, f"color: {look.color('text.muted').name()};")
        wear(self._unit, f"color: {look.color('text.muted').name()};")
        line = look.color("line.subtle").name()
        wear(self, f"QFrame#{self.objectName()} {{ border: none; border-left: 1px solid {line}; }}")
