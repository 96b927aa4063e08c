"""The visible rectangle of a tensor at the visible zoom."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
import torch

from engine.protocol.covered import AskCovered
from engine.protocol.errors import EngineError
from engine.protocol.keys import TensorKey
from engine.protocol.messages import AskRectangle
from engine.protocol.tensor_values import Grid, TensorRectangle
from engine.protocol.tiles import AskTiles
from engine.shared.numbers import number
from engine.tensors.pooling import pool
from engine.tensors.pyramid import cells_now
from engine.tensors.reading import plain, unobserved

MAX_TEXT_CELLS = 10_000
# Larger than any screen; a request beyond it is cut, as the answer says.
MAX_CELLS_PER_AXIS = 8_192
MAX_CELLS = 1 << 23
_CHANNELS = (3, 4)  # red, green and blue, or these and opacity


@dataclass(frozen=True)
class PlaneView:
    """A plane of a tensor as a 2-d view, and which one it is."""

    matrix: torch.Tensor
    index: tuple[int, ...]
    row_axis: int  # -1 where the tensor has fewer than 2 axes
    column_axis: int


def rectangle(key: TensorKey, tensor: torch.Tensor, request: AskRectangle) -> TensorRectangle:
    """The cells that `request` asks for, cut to the tensor and aligned to multiples of `step`.

    A 1-d tensor is one row, a tensor of no axes one cell. `index` is cut or filled with zeros to fit.
    Raises EngineError when axes do not exist or the tensor has no elements to read.
    """
    with unobserved():
        elements = plain(tensor)
        view = plane_of(elements, request)
        matrix = view.matrix
        step = max(1, request.step)
        first_row, n_rows = _span(request.first_row, request.n_rows, matrix.shape[0], step)
        first_column, n_columns = _span(request.first_column, request.n_columns, matrix.shape[1], step)
        n_rows = min(n_rows, MAX_CELLS // max(1, -(-n_columns // step)) * step)
        part = matrix[first_row : first_row + n_rows, first_column : first_column + n_columns]
        cells, sampled = pool(part, step) if part.numel() else (np.zeros((0, 0), np.float32), False)
        has_texts = step == 1 and part.numel() <= MAX_TEXT_CELLS
        texts = tuple(map(number, part.reshape(-1).tolist())) if has_texts else ()
        colors: tuple[Grid, ...] = ()
        if _has_colors(elements, view, request.color_axis):
            parts = [
                one.matrix[first_row : first_row + n_rows, first_column : first_column + n_columns]
                for one in _channels(elements, view, request)
            ]
            colors = tuple(Grid.of(cells_now(one, step).mean) for one in parts) if part.numel() else ()
            texts = tuple(map(_color_text, *(one.reshape(-1).tolist() for one in parts))) if has_texts else ()
    return TensorRectangle(
        key=key,
        index=view.index,
        row_axis=view.row_axis,
        column_axis=view.column_axis,
        first_row=first_row,
        first_column=first_column,
        step=step,
        grid=Grid.of(cells),
        n_rows=matrix.shape[0],
        n_columns=matrix.shape[1],
        texts=texts,
        colors=colors,
        sampled=sampled,
    )


def _has_colors(elements: torch.Tensor, view: PlaneView, axis: int | None) -> bool:
    if axis is None or not 0 <= axis < elements.dim() or axis in (view.row_axis, view.column_axis):
        return False
    return elements.shape[axis] in _CHANNELS and not elements.is_complex()


def _channels(elements: torch.Tensor, view: PlaneView, request: AskRectangle) -> list[PlaneView]:
    """The planes of red, green and blue, and opacity where there is one."""
    others = [axis for axis in range(elements.dim()) if axis not in (view.row_axis, view.column_axis)]
    axis = request.color_axis or 0
    place, index = others.index(axis), view.index
    indices = [(*index[:place], channel, *index[place + 1 :]) for channel in range(elements.shape[axis])]
    return [plane_of(elements, msgspec.structs.replace(request, index=one)) for one in indices]


def _color_text(*channels: float) -> str:
    return " ".join(map(number, channels))


def plane_of(elements: torch.Tensor, request: AskRectangle | AskTiles | AskCovered) -> PlaneView:
    """The plane that is asked for of plain elements; `index` is cut or filled with zeros to fit. Raises EngineError
    when axes do not exist."""
    row_axis, column_axis = _axes(elements.dim(), request)
    index = _index(elements.shape, (row_axis, column_axis), request.index)
    return PlaneView(_slice(elements, row_axis, column_axis, index), index, row_axis, column_axis)


def _axes(n_axes: int, request: AskRectangle | AskTiles | AskCovered) -> tuple[int, int]:
    if n_axes < 2:
        return -1, n_axes - 1
    axes = tuple(axis + n_axes if axis < 0 else axis for axis in (request.row_axis, request.column_axis))
    if axes[0] == axes[1] or not all(0 <= axis < n_axes for axis in axes):
        raise EngineError(
            "tensor.no_such_axes",
            "A tensor of {n_axes} axes has no rows along axis {row_axis} with columns along axis {column_axis}.",
            n_axes=n_axes,
            row_axis=request.row_axis,
            column_axis=request.column_axis,
        )
    return axes[0], axes[1]


def _index(shape: torch.Size, shown: tuple[int, int], asked: tuple[int, ...]) -> tuple[int, ...]:
    sizes = [size for axis, size in enumerate(shape) if axis not in shown]
    filled = (*asked, *([0] * len(sizes)))
    return tuple(max(0, min(position, size - 1)) for position, size in zip(filled, sizes, strict=False))


def _slice(elements: torch.Tensor, row_axis: int, column_axis: int, index: tuple[int, ...]) -> torch.Tensor:
    """A 2-d view of one slice."""
    if elements.dim() < 2:
        return elements.reshape(1, -1)
    others = [axis for axis in range(elements.dim()) if axis not in (row_axis, column_axis)]
    view = elements.permute(*others, row_axis, column_axis)
    if any(elements.shape[axis] == 0 for axis in others):
        return view.new_zeros((0, 0))
    return view[index] if index else view


def _span(first: int, count: int, size: int, step: int) -> tuple[int, int]:
    """First element and number of elements, aligned to the step so that cells stay put while scrolling."""
    start = max(0, min(first, size - 1)) // step * step if size else 0
    end = min(size, -(-(max(0, first) + max(0, count)) // step) * step, start + MAX_CELLS_PER_AXIS * step)
    return start, max(0, end - start)
