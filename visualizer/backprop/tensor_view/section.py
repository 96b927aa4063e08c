"""One tensor in the inspector: its name, the scale of its colours, its heat map and its statistics."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.protocol.keys import SliceKey, TensorKey
from engine.protocol.notes import Changed, Earlier, Partial
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import tr
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.color_bar import ColorBar
from visualizer.backprop.tensor_view.feed import Feed, Part
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.backprop.tensor_view.pictures import color_range
from visualizer.backprop.tensor_view.scale_line import ScaleLine
from visualizer.backprop.tensor_view.section_words import WORDS
from visualizer.backprop.tensor_view.statistics import Statistics
from visualizer.backprop.tensor_view.summary_look import (
    FLOAT_DIGITS,
    MOST_DIGITS,
    digits_of,
    is_readable,
    limits_of,
)
from visualizer.look import icons, theme
from visualizer.look.labels import ElidedLabel, Pill
from visualizer.look.spoken import Words, speak, speak_by
from visualizer.model import note_words
from visualizer.model.tensor_line import line_of

_ROUNDED, _ROUNDED_COMPLEX = 7, 15  # characters that take any number, if need be with one digit
_UNBOUND = (1 << 24) - 1  # px: the width of a widget that Qt does not limit
_PATIENCE_MS = 150  # after which the numbers of another tensor leave the screen
_LEAST_NAME = "∂L/∂logits"  # of a name, for it to stay in the head
_USUAL = 0.8  # of the numbers fit their cell at full size
_PILLS: dict[type, str] = {Changed: "changed", Partial: "partial"}  # the look of a note


class TensorSection(QWidget):
    """`kind` is "value" or "gradient". Asks for details first; for cells only once it knows that there are any.

    Emits `details_wanted(TensorKey)`, `rectangle_wanted(AskRectangle)`, `copy_wanted()`, `changed()` after details
    came or the numbers' width grew, and `cell_clicked(row, column)`.
    """

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object)
    copy_wanted = Signal()
    changed = Signal()
    cell_clicked = Signal(int, int)
    text_arrived = Signal()

    def __init__(self, kind: str, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{kind}_section")
        self.kind = kind
        self.colors = "gradient" if kind == "gradient" else "value"  # the scale of its colours
        self.details: TensorDetails | None = None
        self._is_colored = False
        self._bound = 0.0  # of the colours, beside what the numbers need
        self.digits = FLOAT_DIGITS
        self._is_fresh = True  # the first cells of a tensor say how wide its numbers are, later ones only widen them
        self.feed = Feed(self.colors, self)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self._title = ElidedLabel(12.5, "text.primary", weight=600, whole=True, parent=self)
        self.subject = ElidedLabel(12, "text.secondary", mono=True, is_code=True, least="", parent=self)
        self.note = Pill(self)
        self.color_bar = ColorBar(self.colors, self)
        self.again = QToolButton(self, objectName=f"again_{kind}")
        self.again.hide()
        self.fit = QToolButton(self, objectName=f"fit_{kind}")
        self.copy = QToolButton(self, objectName=f"copy_{kind}")
        self.heat_map = HeatMap(self.feed, camera, self)
        self.heat_map.setObjectName(f"{kind}_heat_map")
        self.heat_map.is_heard = False  # who shows both sections says the cell of both
        self.scale = ScaleLine(self.feed, camera, self.heat_map, self)
        self.scale.setObjectName(f"{kind}_scale")
        self.statistics = Statistics(self)
        self.statistics.setObjectName(f"{kind}_statistics")
        self._head, self._name_line, self._bar_line = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._word()
        self._arrange()
        self._connect(camera)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.show_message("")

    def _word(self) -> None:
        words = WORDS[self.kind]
        speak(self._title.set_text, words.title)
        speak(self.again.setText, "Read again")
        speak(self.again.setToolTip, "Ask the engine for these numbers once more")
        speak(self.fit.setToolTip, "Fit (0). Ctrl+wheel zooms, a double click zooms to the numbers")
        speak(self.fit.setAccessibleName, "Fit")
        speak(self.copy.setToolTip, words.copy_tip)
        speak(self.copy.setAccessibleName, words.copy)
        speak(self.heat_map.setAccessibleName, words.heat_map)

    def _arrange(self) -> None:
        self.fit.hide()
        for widget in (self._title, self.subject, self.note, self.again, self.color_bar, self.fit, self.copy):
            self._head.addWidget(widget, int(widget is self.subject))
        self.setTabOrder(self.heat_map, self.fit)
        self.setTabOrder(self.fit, self.copy)
        for line in (self._head, self._name_line, self._bar_line):
            self._column.addLayout(line)
        for part in (self.heat_map, self.scale, self.statistics):
            self._column.addWidget(part)

    def _connect(self, camera: Camera) -> None:
        self.feed.wanted.connect(self.rectangle_wanted)
        self.feed.arrived.connect(self._on_cells)
        self.feed.probed.connect(lambda row, column, text: self.text_arrived.emit())
        self.heat_map.cell_clicked.connect(self.cell_clicked)
        self.again.clicked.connect(self._read_again)
        self.fit.clicked.connect(self.heat_map.fit)
        self.copy.clicked.connect(self.copy_wanted)
        camera.changed.connect(self._on_camera)

    def kind_words(self) -> str:
        """What it shows, as in a sentence."""
        return tr(WORDS[self.kind].name)

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, look.px(10), 0, look.px(10))
        self._column.setSpacing(look.px(6))
        self._head.setSpacing(look.px(8))
        for button, name in ((self.fit, "fit"), (self.copy, "copy")):
            button.setIcon(icons.icon(name))
            button.setIconSize(QSize(look.px(14), look.px(14)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange_head()

    def settle(self, width: int) -> None:
        """What it will be as wide as that: its height is known before it is laid out."""
        self.statistics.settle(width)

    def _arrange_head(self) -> None:
        """On lines of their own where the head has no room for them: the name, where less than `_LEAST_NAME` of it is
        seen, and the scale of the colours, where not the whole name is beside it."""
        look, name = theme.current(), self.subject.sizeHint().width()
        self.color_bar.setVisible(not self._is_colored)
        beside = (self._title, self.note, self.again, self.fit, self.copy)
        needed = sum(widget.sizeHint().width() + look.px(8) for widget in beside if not widget.isHidden())
        has_name = needed + min(name, self.subject.width_of(_LEAST_NAME)) <= self.width()
        self._move(self.subject, self._name_line, self._title, is_beside=has_name)
        needed += name + look.px(8) if has_name else 0
        fits = needed + self.color_bar.least_width() <= self.width()
        self.color_bar.setMaximumWidth(self.width() - needed if fits else _UNBOUND)  # the name comes first
        self._move(self.color_bar, self._bar_line, self.again, is_beside=fits)

    def _move(self, part: QWidget, line: QHBoxLayout, behind: QWidget, *, is_beside: bool) -> None:
        """Into the head, or into a line of its own."""
        if is_beside == (line.count() == 0):
            return
        line.removeWidget(part)
        self._head.removeWidget(part)
        if is_beside:
            self._head.insertWidget(self._head.indexOf(behind) + 1, part, int(part is self.subject))
        else:
            line.addWidget(part)

    # -- what is shown

    def show_tensor(self, key: TensorKey, subject: str, token: str) -> None:
        """Show a tensor by its key; the same key again keeps its picture until fresh cells come."""
        self.subject.set_text(subject, token)
        if key == self.feed.key and not self.heat_map.message:
            self.refresh()
            return
        self.feed.show(key)
        self._expect_details()
        self._is_fresh = True
        if self.heat_map.message:
            self._set_message("")
        self.details_wanted.emit(key)

    def set_colors(self, colors: str) -> None:
        """ "value", or "gradient" where 0 is in the middle of the scale."""
        if colors != self.colors:
            self.colors = self.feed.kind = colors
            self.color_bar.set_kind(colors)
            self.feed.recolor()

    def show_message(self, sentence: str, subject: str = "") -> None:
        """Say why there is no tensor to see."""
        self.subject.set_text(subject)
        self.feed.show(None)
        self._set_details(None)
        self._set_message(sentence)

    def refresh(self) -> None:
        """The values may have changed: ask again."""
        if self.feed.key is not None:
            self.feed.invalidate()
            self.details_wanted.emit(self.feed.key)

    def set_details(self, details: TensorDetails) -> bool:
        """An answer from the engine; False when it is not for this tensor."""
        if details.key != self.feed.key:
            return False
        summary = details.summary
        self._set_details(details)
        self.feed.color_range = color_range(summary) if self.colors == "value" else self._limits() or (0.0, 1.0)
        self._set_message("" if is_readable(summary) else line_of(summary))
        self.digits = max(self.digits if summary.dtype.startswith(("float", "bfloat")) else 0, digits_of(summary))
        self.changed.emit()
        self.heat_map.ask()
        return True

    def take(self, rectangle: Part) -> bool:
        """An answer from the engine; False when it is not for this tensor."""
        return self.feed.take(rectangle)

    def failed(self, key: TensorKey, why: Words) -> bool:
        """A request for this tensor cannot be answered: say why."""
        if key != self.feed.key:
            return False
        is_of_before = self.feed.is_outdated and self.details is not None
        self.feed.failed()
        if is_of_before:  # as of the axes that another part has
            self.heat_map.ask()
            return True
        self._set_message(why)
        self.again.show()
        self._arrange_head()
        self.changed.emit()
        return True

    def _read_again(self) -> None:
        """After an answer that was old, or none."""
        key = self.feed.key
        if key is not None:
            self.again.hide()
            self._set_message("")
            self.feed.invalidate()
            self._expect_details()
            self.details_wanted.emit(key)

    @property
    def is_awaited(self) -> bool:
        """Whether the numbers on screen still are of the tensor before, because those of this one are on their way."""
        return self._patience.isActive()

    def _expect_details(self) -> None:
        """An answer mostly comes at once: what is on screen stays so long, or all of it would move twice."""
        self.details = None
        self.heat_map.has_cells = False
        self.feed.set_limits(None)
        self.copy.setEnabled(False)
        self._patience.start()

    def _give_up(self) -> None:
        self._set_details(None)
        self.changed.emit()

    def _set_details(self, details: TensorDetails | None) -> None:
        self._patience.stop()
        self.details = details
        if details is None:
            self.scale.clear()
        self.heat_map.has_cells = details is not None
        limits = self._limits()
        self.feed.set_limits(limits)
        is_scalar = details is not None and details.summary.n_elements == 1  # its one cell says it all
        self.color_bar.is_magnitude = details is not None and details.summary.dtype.startswith("complex")
        self.color_bar.set_limits(None if is_scalar else limits)
        summary = details.summary if details and not is_scalar else None
        self.statistics.set_summary(summary, is_part=isinstance(self.feed.key, SliceKey))
        note = details.note if details else None
        self.note.set_text(note_words.words(note), _PILLS.get(type(note), ""))
        self.again.setVisible(isinstance(note, Earlier))
        self._arrange_head()
        self.copy.setEnabled(details is not None)

    def _limits(self) -> tuple[float, float] | None:
        """Of the colours: what the numbers need, as far out as `set_bound` says."""
        limits = limits_of(self.details.summary, self.colors) if self.details else None
        if limits is None or self._bound <= limits[1] or self.kind != "gradient":
            return limits
        return -self._bound, self._bound

    def set_colored(self, is_colored: bool) -> None:
        """Whether an axis of it is seen as colours, which have no scale."""
        if is_colored != self._is_colored:
            self._is_colored, self._is_fresh = is_colored, True
            self.digits = FLOAT_DIGITS if self.details is None else digits_of(self.details.summary)
            self._arrange_head()

    def set_bound(self, magnitude: float) -> None:
        """The largest magnitude of another tensor that is to have the same colours; 0 of none."""
        if magnitude != self._bound:
            self._bound = magnitude
            limits = self._limits()
            if limits is not None and self.details is not None:
                self.feed.set_limits(limits)
                self.color_bar.set_limits(None if self.details.summary.n_elements == 1 else limits)
                self.heat_map.update()

    def _set_message(self, sentence: str | Words) -> None:
        """In place of the cells; "" for these."""
        speak_by(self.heat_map.say, sentence if callable(sentence) else lambda: sentence)
        self.copy.setVisible(not sentence)
        self.heat_map.camera_changed()

    def _on_camera(self) -> None:
        self.fit.setVisible(not self.heat_map.camera.is_fitted and not self.heat_map.message)
        self._arrange_head()

    # -- numbers

    def text_at(self, row: int, column: int) -> str:
        """The exact text of an element, "" while it is not known; then it is asked for."""
        if self.details is None or self.heat_map.message:
            return ""
        text = self.feed.text_at(row, column)
        if not text:
            self.feed.probe(row, column)
        return text

    def _on_cells(self) -> None:
        part = self.feed.detail.rectangle if self.feed.detail else None
        texts = part.texts if part is not None else ()
        # The few longest ("1.234e-05" among others) are drawn smaller instead of making every cell wider.
        lengths = sorted(map(len, texts))
        widest = min(lengths[round((len(lengths) - 1) * _USUAL)], MOST_DIGITS) if lengths else 0
        least = digits_of(self.details.summary) if self._is_fresh and self.details is not None else self.digits
        self._is_fresh = False
        if max(widest, least) != self.digits:
            self.digits = max(widest, least)
            self.changed.emit()

    def number_size(self) -> tuple[float, float, float]:
        """Of a cell with a number: width and height, and the width in which it is rounded."""
        metrics, look = QFontMetrics(theme.current().mono(11.5)), theme.current()
        digit, pad = metrics.horizontalAdvance("0"), look.px(8)
        is_complex = self.details is not None and self.details.summary.dtype.startswith("complex")
        whole = self.digits + 2 if is_complex else self.digits  # with room beside the sign between its parts
        rounded = _ROUNDED_COMPLEX if is_complex else _ROUNDED
        least = self.digits if self._is_colored else min(self.digits, rounded)
        return digit * whole + pad, metrics.height() + look.px(6), digit * least + pad
