"""One tensor among others on the stage: its name over its cells."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import local, tr
from visualizer.backprop.stage.sheets_view import SheetsView
from visualizer.backprop.tensor_view.pictures import color_axes, range_words
from visualizer.backprop.tensor_view.planes import WITH_OPACITY
from visualizer.backprop.tensor_view.summary_look import is_readable, why_unreadable
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak

_BELOW = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter

_LEAST = "operand 1"  # over a single column, too, a name is one that can be told from others


class TensorBlock(QWidget):
    """A number for a scalar, words where there are no cells, else the cells (`sheets`). Emits `again_wanted()` where a
    tensor that was not read is asked for once more."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = QWidget(self)
        self.title = ElidedLabel(
            14, "text.primary", weight=600, mono=True, is_code=True, least=_LEAST, smallest_px=11, parent=self._head
        )
        self.caption = ElidedLabel(12, "text.secondary", least=_LEAST, smallest_px=10.5, parent=self._head)
        self.number, self.words = QLabel(self), QLabel(self)
        for label in (self.number, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sheets = SheetsView(self)
        self.again = QToolButton(self, objectName="block_again")
        speak(self.again.setText, "Read again")
        speak(self.again.setToolTip, "Ask the engine for these numbers once more")
        self.again.clicked.connect(self.again_wanted)
        self.colors = QToolButton(self._head, objectName="block_colours")
        self.colors.setCheckable(True)
        self.colors.hide()
        self.colors.toggled.connect(self._color)
        self._lay_out()
        self.sheets.placed.connect(self._lower_names)
        theme.current().changed.connect(self._dress)
        self.lit: tuple[int, ...] = ()  # flat indices
        self._has_button = False
        self._color_axis: int | None = None
        self._dress()
        self.say("")

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.addWidget(self.title, 1)
        names.addWidget(self.colors)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addLayout(names)
        head.addWidget(self.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._head)
        for widget in (self.number, self.words, self.sheets):
            column.addWidget(widget, 1)
        column.insertWidget(column.indexOf(self.sheets), self.again, 1, _BELOW)

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._lower_names()
        return is_done

    @property
    def names_height(self) -> int:
        """px, of what stands over the cells."""
        return self._head.sizeHint().height()

    @property
    def free_sides(self) -> tuple[int, int]:
        """px, to the left of its cells and to the right."""
        if self.sheets.isHidden() or not self.sheets.sheets:
            return 0, 0
        right = max(one.geometry().right() for one in self.sheets.sheets if not one.isHidden())
        return self.sheets.x() + self.sheets.left, max(self.width() - self.sheets.x() - right - 1, 0)

    def _lower_names(self) -> None:
        """To right above what stands in the middle of the room below them, and over its left end where they fit."""
        left = min(self.sheets.left if not self.sheets.isHidden() else 0, self.width() - self._head.sizeHint().width())
        left, top = max(left, 0), max(self._free_above(), 0)
        self._head.setGeometry(left, top, self.width() - left, self.names_height)

    def _free_above(self) -> int:
        """px, between the room's upper edge and what stands in its middle."""
        if not self.sheets.isHidden():
            return self.sheets.top
        if self.number.isHidden():
            return 0  # a sentence in place of a tensor
        return (self.number.height() - self.number.sizeHint().height()) // 2

    def _dress(self) -> None:
        look = theme.current()
        self.number.setFont(look.mono(48, 500))
        self.words.setFont(look.font(13))
        self.words.setStyleSheet(f"color: {look.color('text.secondary').name()}; background: transparent;")
        self._dress_number()

    def name(self, title: str, caption: str, *, is_wrong: bool = False) -> None:
        """What stands over it; "" hides a line. `is_wrong`: the caption is of what does not fit."""
        self.title.set_text(title)
        self.caption.set_text(caption, "error.text" if is_wrong else "text.secondary")

    def show_tensor(self, key: TensorKey, summary: TensorSummary) -> None:
        """Its cells, or what is to say in their place."""
        if not summary.shape and summary.scalar is not None:
            self._turn(number=local(summary.scalar))
        elif not is_readable(summary):
            self.say(why_unreadable(summary))
        else:
            self._turn()
            self.sheets.show_tensor(key, summary)
            self._offer_colors(summary)
        self.light(self.lit if max(self.lit, default=0) < math.prod(summary.shape) else ())

    def offer_colors(self) -> None:
        """With a button of its own: no bar beside this one says which axes are seen how."""
        self._has_button = True

    def _offer_colors(self, summary: TensorSummary) -> None:
        axes = color_axes(summary) if self._has_button else ()
        self._color_axis = next((axis for axis in reversed(axes)), None)
        self.colors.setVisible(self._color_axis is not None)
        if self._color_axis is not None:
            n_channels = summary.shape[self._color_axis]
            self.colors.setText("RGBA" if n_channels == WITH_OPACITY else "RGB")
            self.colors.setToolTip(range_words(summary, n_channels))
            self.colors.setAccessibleName(tr("In colours"))
            self.colors.blockSignals(True)
            self.colors.setChecked(self.sheets.planes.colors is not None)
            self.colors.blockSignals(False)

    def _color(self, is_colored: bool) -> None:
        self.sheets.set_planes(self.sheets.planes.colored(self._color_axis if is_colored else None))

    def say(self, sentence: str, *, may_ask_again: bool = False) -> None:
        """In place of a tensor."""
        self._turn(words=sentence or " ")
        self.again.setVisible(may_ask_again)
        below = Qt.AlignmentFlag.AlignBottom if may_ask_again else Qt.AlignmentFlag.AlignVCenter
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter | below)

    def light(self, indices: Iterable[int]) -> None:
        """Elements by flat index; a number that stands alone is marked by its colour."""
        self.lit = tuple(indices)
        self.sheets.set_lit(() if self.sheets.isHidden() else self.lit)
        self._dress_number()

    def _dress_number(self) -> None:
        token = "accent.text" if self.lit else "text.primary"
        self.number.setStyleSheet(f"color: {theme.current().color(token).name()}; background: transparent;")

    def _turn(self, *, number: str = "", words: str = "") -> None:
        self.again.hide()
        self.number.setText(number)
        self.words.setText(words)
        self.number.setVisible(bool(number))
        self.words.setVisible(bool(words))
        self.sheets.setVisible(not number and not words)
