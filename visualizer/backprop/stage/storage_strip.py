"""A storage as it lies in memory: its elements in a row, and under it who reads which of them in which order."""

from __future__ import annotations

import itertools
import math

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.protocol.storage import Layout, StorageShown
from engine.shared.language import grouped, local, tr, trn
from engine.shared.strides import place
from visualizer.backprop.tensor_view.rank_words import letter
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.walked import Walked

_CELL_PX, _ROW_PX, _GAP_PX = 24, 20, 4
_MOST_READ = 4096  # elements of a tensor whose places are worked out


class StorageStrip(QWidget):
    """`cell_hovered(index)` is of the element of the tensor itself that the mouse is on in the storage, or the arrow
    keys, None where they have left. Empty without an answer of the engine."""

    accessible_role = QAccessible.Role.Chart
    accessible_parts: Walked | None = None  # until it is made

    cell_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storage_strip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.shown = StorageShown()
        self._orders: list[dict[int, int]] = []  # by layout, which element in its order stands at a place
        self._lit = -1  # a place in the storage
        self._room_px = 0  # of height
        self.accessible_parts = self.walked = Walked(self, self.n_seen, self._place_words, self._box_of, self._come_to)
        theme.current().changed.connect(self.updateGeometry)

    def show_storage(self, shown: StorageShown) -> None:
        """What the engine says of one."""
        self.walked.leave()
        self.shown, self._lit = shown, -1
        self._orders = [order_of(layout, shown.first, len(shown.texts)) for layout in shown.layouts]
        self.setAccessibleName("; ".join([self.head(), *map(layout_words, shown.layouts)]))
        self.updateGeometry()
        self.update()

    def set_room(self, height_px: int) -> None:
        """As many readers as go into this height, the tensor itself at least."""
        self._room_px = height_px
        self.updateGeometry()

    def _n_rows(self) -> int:
        look = theme.current()
        fit = (self._room_px - look.px(_CELL_PX) - self._line()) / (self._line() + look.px(_ROW_PX + _GAP_PX))
        return min(len(self.shown.layouts), max(int(fit), 1))

    @staticmethod
    def _line() -> float:
        look = theme.current()
        return QFontMetricsF(look.mono(11)).height() + look.px(2)

    def head(self) -> str:
        """How large it is and who shares it: "Storage: 6 elements of 8 B, read by 3"."""
        n_readers = len(self.shown.layouts)
        size = trn("{n} element", "{n} elements", self.shown.n_elements)
        readers = trn("read by {n}", "read by {n} that share it", n_readers)
        return tr("Storage: {size} of {n_bytes} B, {readers}", size=size, n_bytes=self.shown.itemsize, readers=readers)

    def light(self, index: tuple[int, ...] | None) -> None:
        """The place of an element of the tensor itself; None of none."""
        layouts = self.shown.layouts
        fits = index is not None and layouts and len(index) == len(layouts[0].shape)
        lit = place(index, layouts[0].stride, layouts[0].offset) if fits and index is not None else -1
        if lit != self._lit:
            self._lit = lit
            self.update()

    @property
    def lit(self) -> int:
        """The place that is lit up, counted from the storage's first element; -1 of none."""
        return self._lit

    def sizeHint(self) -> QSize:
        look, n_rows, line = theme.current(), self._n_rows(), self._line()
        height = look.px(_CELL_PX) + line + n_rows * (line + look.px(_ROW_PX + _GAP_PX)) if n_rows else 0
        return QSize(look.px(140), round(height))

    def _cell_width(self) -> float:
        longest = max((len(text) for text in self.shown.texts), default=1)
        metrics = QFontMetricsF(theme.current().mono(12))
        return metrics.horizontalAdvance("0") * max(longest, 2) + theme.current().px(8)

    def n_seen(self) -> int:
        """How many elements there is room for."""
        return min(len(self.shown.texts), max(int(self.width() / self._cell_width()), 1))

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, line = theme.current(), self._line()
        self._paint_words(painter, 0, line, self._head_words(), "text.secondary")
        self._paint_elements(painter, line)
        top = line + look.px(_CELL_PX)
        for number, (layout, order) in enumerate(zip(self.shown.layouts, self._orders, strict=True)):
            if number == self._n_rows():
                break
            token = "accent.text" if number == 0 else "text.secondary"
            self._paint_words(painter, top + look.px(_GAP_PX), line, layout_words(layout), token)
            self._paint_order(painter, top + look.px(_GAP_PX) + line, order, is_own=number == 0)
            top += line + look.px(_ROW_PX + _GAP_PX)

    def _head_words(self) -> str:
        seen, first = self.n_seen(), self.shown.first
        if not first and seen == self.shown.n_elements:
            return self.head()
        return tr(
            "Places {first} to {last}. {storage}",
            storage=self.head(),
            first=grouped(first),
            last=grouped(first + seen - 1),
        )

    def _paint_words(self, painter: QPainter, top: float, height: float, words: str, token: str) -> None:
        look = theme.current()
        painter.setFont(look.mono(11))
        painter.setPen(look.color(token))
        text = elided(QFontMetricsF(painter.font()), words, self.width() - 2)
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_elements(self, painter: QPainter, top: float) -> None:
        look, width = theme.current(), self._cell_width()
        painter.setFont(look.mono(12))
        for number in range(self.n_seen()):
            box = QRectF(number * width + 0.5, top + 0.5, width - 1, look.px(_CELL_PX) - 1)
            is_lit = number + self.shown.first == self._lit or number == self.walked.selected()
            painter.setPen(QPen(look.color("accent.line" if is_lit else "line.control"), 2 if is_lit else 1))
            painter.setBrush(look.color("accent.tint" if is_lit else "bg.control"))
            painter.drawRect(box)
            painter.setPen(look.color("text.primary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.shown.texts[number])

    def _paint_order(self, painter: QPainter, top: float, order: dict[int, int], *, is_own: bool) -> None:
        """Under each element that a tensor reads, the how-manieth it is there."""
        look, width = theme.current(), self._cell_width()
        painter.setFont(look.mono(11))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number in range(self.n_seen()):
            read = order.get(number + self.shown.first)
            if read is None:
                continue
            box = QRectF(number * width + 2.5, top + 0.5, width - 5, look.px(_ROW_PX) - 3)
            is_lit = number + self.shown.first == self._lit
            painter.setPen(QPen(look.color("accent.line" if is_own or is_lit else "line.control"), 2 if is_lit else 1))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(look.color("text.primary" if is_own else "text.secondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(read))

    # -- the mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().x() / self._cell_width())
        self._come_to(number if 0 <= number < self.n_seen() else -1)

    def _come_to(self, number: int) -> None:
        """Of the places that are seen, from 0."""
        index = self._index_at(number + self.shown.first) if number >= 0 else None
        self.light(index)
        self.cell_hovered.emit(index)

    def leaveEvent(self, event: object) -> None:
        self.light(None)
        self.cell_hovered.emit(None)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.walked.press(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.walked.leave()

    def _box_of(self, number: int) -> QRect:
        width = self._cell_width()
        return QRectF(number * width, self._line(), width, theme.current().px(_CELL_PX)).toAlignedRect()

    def _place_words(self, number: int) -> str:
        """The element at a place, and where it is in the tensor itself."""
        at, text = number + self.shown.first, self.shown.texts[number]
        index = self._index_at(at)
        if index is None:
            return tr("place {place}: {text}, not read by it", place=grouped(at), text=text)
        return tr("place {place}: {text}, element {index}", place=grouped(at), text=text, index=list(index))

    def _index_at(self, at: int) -> tuple[int, ...] | None:
        if not self._orders or at not in self._orders[0]:
            return None
        shape = self.shown.layouts[0].shape
        return tuple(int(one) for one in np.unravel_index(self._orders[0][at], shape)) if shape else ()


def layout_words(layout: Layout) -> str:
    """ "t (3, 2): from place 0, a step along i is 1, along j 3"."""
    name = tr("{name}, NumPy", name=layout.name) if layout.kind == "array" else layout.name
    steps = ", ".join(f"{letter(axis)} {local(f'{step:+,}')}" for axis, step in enumerate(layout.stride)) or "–"
    return tr("{name} {shape}: from place {offset}, a step along {steps}", name=name, shape=layout.shape,
              offset=grouped(layout.offset), steps=steps)  # fmt: skip


def order_of(layout: Layout, first: int, n_places: int) -> dict[int, int]:
    """By place in the storage, of `n_places` from `first` on, which element in the tensor's own order is read there,
    the first of several."""
    if math.prod(layout.shape) > _MOST_READ:
        places = range(first, first + n_places)
        return {at: number for at in places if (number := _read_at(layout, at)) is not None}
    order: dict[int, int] = {}
    for number, index in enumerate(itertools.product(*map(range, layout.shape))):
        order.setdefault(place(index, layout.stride, layout.offset), number)
    return order


def _read_at(layout: Layout, at: int) -> int | None:
    """Of a large tensor, by its steps from the widest on: one whose steps overlap is read in other places as well."""
    left, number = at - layout.offset, 0
    counted = [math.prod(layout.shape[axis + 1 :]) for axis in range(len(layout.shape))]
    for axis in sorted(range(len(layout.shape)), key=lambda axis: -abs(layout.stride[axis])):
        step = layout.stride[axis]
        if step:
            steps = min(max(left // step, 0), layout.shape[axis] - 1)
            left, number = left - steps * step, number + steps * counted[axis]
    return number if left == 0 else None
