"""Whether a result stands beside what it was made of, or below it, where that shows more of the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.backprop.stage.arrangement import Room, arrange, number_cell
from visualizer.backprop.tensor_view.planes import Planes

_LEAST_NUMBER_PX = 11.5
_WORTH = 1.25  # times as large cells are worth another way of standing
_WIDEST, _WITH_NUMBERS = 12, 6  # columns, and those whose numbers have room beside others
_FEWEST_DIGITS, MOST_DIGITS = 3, 7  # of a number in a cell
_FEWEST_ROWS = 4  # what stands above and below a tensor is as tall as some


def share_of(shape: tuple[int, ...], n_digits: int) -> int:
    """How much of the width a tensor gets beside others: as its columns take with numbers of so many digits, as far as
    that is legible; where it is not, as its columns take."""
    columns = max(shape[-1] if shape else 1, 2)
    digits = max(n_digits, _FEWEST_DIGITS) if columns <= _WITH_NUMBERS else MOST_DIGITS
    return min(columns, _WIDEST) * (6 * digits + 10) + 19  # tenths of a font


def height_share(*shapes: tuple[int, ...]) -> int:
    """How much of the height tensors beside each other get above or below others: as the tallest has rows."""
    rows = max((Planes(shape).sheet_size[0] for shape in shapes if shape), default=1)
    return min(rows, _WIDEST) + _FEWEST_ROWS


@dataclass(frozen=True)
class Ground:
    """Pixels at today's scale: of operands and result together; `signs` is the width of what stands between them,
    `names` the height of what stands over each, `header` what row and column numbers take. `digit` is the width and
    height of a digit in a font of 1 px."""

    width: int
    height: int
    signs: int
    names: int
    gap: int
    header: tuple[int, int]
    digit: tuple[float, float]
    scale: float = 1.0


def is_below(
    operands: tuple[tuple[int, ...], ...], result: tuple[int, ...], digits: tuple[int, ...], ground: Ground
) -> bool:
    """Whether the result belongs below its operands: beside them some numbers are not seen, and there more are, or the
    smallest cells are clearly larger. `digits` are those of a number in each, the result last."""
    shapes = *operands, result
    shares = list(map(share_of, shapes, digits))
    width, height = ground.width - ground.signs, ground.height
    heights = height_share(*operands), height_share(result)
    upper = height * heights[0] // sum(heights)
    beside = [(width * share // sum(shares), height) for share in shares]
    below = [(width * share // sum(shares[:-1]), upper) for share in shares[:-1]] + [(ground.width, height - upper)]
    seen_beside, seen_below = (list(_cells(shapes, rooms, digits, ground)) for rooms in (beside, below))
    if not seen_beside or all(has_numbers for has_numbers, _ in seen_beside):
        return False
    if seen_below[-1][1] < seen_beside[-1][1] and not seen_below[-1][0] > seen_beside[-1][0]:
        return False  # the result would be smaller
    n_more = sum(has_numbers for has_numbers, _ in seen_below) - sum(has_numbers for has_numbers, _ in seen_beside)
    least_beside, least_below = (min(area for _, area in seen) for seen in (seen_beside, seen_below))
    return (n_more > 0 and least_below >= least_beside / _WORTH) or least_below > _WORTH * least_beside


def _cells(
    shapes: tuple[tuple[int, ...], ...], rooms: list[tuple[int, int]], digits: tuple[int, ...], ground: Ground
) -> Iterator[tuple[bool, float]]:
    """Of each tensor that has cells: whether they have room for numbers, and how large one is."""
    for shape, (width, height), n_digits in zip(shapes, rooms, digits, strict=True):
        least = number_cell(_LEAST_NUMBER_PX * ground.scale, n_digits, ground.digit)[0]
        planes = Planes(shape)
        rows, columns = planes.sheet_size
        if not shape or not rows * columns * planes.n_sheets:
            continue
        label = ground.header[1] if planes.n_sheets > 1 else 0
        room = Room(width, max(height - ground.names, 0), ground.gap, label, ground.header, ground.scale)
        chosen = arrange(planes.n_sheets, planes.sheets_in_a_row, (rows, columns), n_digits, ground.digit, room)
        cell = (
            (chosen.sheet_width - ground.header[0]) / columns,
            (chosen.sheet_height - label - ground.header[1]) / rows,
        )
        is_whole, has_numbers = chosen.n_shown == planes.n_sheets, cell[0] >= least - 1
        area = cell[0] * cell[1] if has_numbers else max(min(cell), 0) ** 2
        yield is_whole and has_numbers, area * is_whole
