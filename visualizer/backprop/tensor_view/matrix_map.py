"""A heat map of numbers that the window has itself: a matrix between cells of two tensors, or a row of one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QFontMetrics, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from engine.protocol.keys import NodeGradKey
from engine.protocol.messages import AskRectangle
from engine.protocol.tensor_values import Grid, TensorRectangle
from engine.shared.local_numbers import number
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.look import theme

_KEY = NodeGradKey(-1)  # of no node: nothing is asked of the engine
_MOST_TEXTS = 2_000
_DIGITS, _ROUNDED = len("-0.0000"), 7  # characters of a number, and of one that is rounded
_HIGHEST_PX = 240


class MatrixMap(HeatMap):
    """Float64 numbers in the colours of gradients. Rows and columns are named by their cells: those of a matrix along
    both sides, of a tensor's row along its columns alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        camera = Camera()
        super().__init__(Feed("gradient"), camera, parent)
        self.feed.setParent(self)
        camera.setParent(self)
        self.setObjectName(name)
        self._numbers = np.zeros((0, 0))
        self._names = ("", "")
        self.feed.wanted.connect(self._answer)

    def set_numbers(
        self, numbers: np.ndarray, rows: Sequence[int] | None, columns: Sequence[int], names: tuple[str, str]
    ) -> None:
        """Two-dimensional; `rows` and `columns` are the shapes of the tensors whose cells they are, None of a single
        row; `names` those of the tensors, for a cell's words."""
        self._numbers, self._names = numbers, names
        self.camera.name_row = _namer(rows or ())
        self.camera.name_column = _namer(columns)
        self.feed.show(_KEY)
        finite = np.abs(numbers[np.isfinite(numbers)])
        bound = float(finite.max()) if finite.size and finite.max() else 1.0
        self.feed.set_limits((-bound, bound))
        n_axes = 0 if numbers.size == 1 else 1 if rows is None else 2
        self.camera.set_size(numbers.shape[0], numbers.shape[1], n_axes)
        self.has_cells = bool(numbers.size)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        look, metrics = theme.current(), QFontMetrics(theme.current().mono(11.5))
        digit, pad = metrics.horizontalAdvance("0"), look.px(8)
        self.camera.set_number_size(digit * _DIGITS + pad, metrics.height() + look.px(6), digit * _ROUNDED + pad)
        height = min(self.natural_height(self.width()), look.px(_HIGHEST_PX))
        if height != self.height():
            self.setFixedHeight(height)
        self.fit_into(self.width(), height)
        self.camera_changed()

    # -- its own answers

    def _answer(self, asked: AskRectangle) -> None:
        step = asked.step
        first_row, first_column = asked.first_row // step * step, asked.first_column // step * step
        part = self._numbers[first_row : asked.first_row + asked.n_rows, first_column:][
            :, : asked.first_column + asked.n_columns - first_column
        ]
        texts = (
            tuple(number(value) for value in part.ravel().tolist()) if step == 1 and part.size <= _MOST_TEXTS else ()
        )
        grid = Grid.of(_largest(part, step))
        n_rows, n_columns = self._numbers.shape
        self.feed.take(TensorRectangle(_KEY, (), -2, -1, first_row, first_column, step, grid, n_rows, n_columns, texts))

    def words_at(self, row: int, column: int) -> str:
        """ "∂a[0]/∂z[2] = 0.0750"."""
        result, operand = self._names
        at = self.camera.name_column(column) if self.camera.n_columns > 1 else ""
        if not operand:
            return f"{result}{_bracketed(at)} = {number(float(self._numbers[row, column]))}"
        beside = self.camera.name_row(row) if self.camera.n_rows > 1 else ""
        value = number(float(self._numbers[row, column]))
        return f"∂{result}{_bracketed(beside)}/∂{operand}{_bracketed(at)} = {value}"

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words_at(*cell) if cell else "", self)
            return True
        return super().event(event)


def _namer(shape: Sequence[int]) -> Callable[[int], str]:
    """Of a cell counted row by row: "2" of a vector, "0,2" of a matrix."""
    if len(shape) < 2:
        return str

    def name(place: int) -> str:
        return ",".join(str(int(index)) for index in np.unravel_index(place, shape))

    return name


def _bracketed(at: str) -> str:
    return f"[{at}]" if at else ""


def _largest(part: np.ndarray, step: int) -> np.ndarray:
    """Of blocks of `step` × `step` the entry of the largest magnitude."""
    if step == 1 or not part.size:
        return part
    rows, columns = (math.ceil(size / step) for size in part.shape)
    padded = np.zeros((rows * step, columns * step))
    padded[: part.shape[0], : part.shape[1]] = part
    blocks = padded.reshape(rows, step, columns, step).swapaxes(1, 2).reshape(rows, columns, step * step)
    place = np.abs(blocks).argmax(-1)
    return np.take_along_axis(blocks, place[..., None], -1)[..., 0]
