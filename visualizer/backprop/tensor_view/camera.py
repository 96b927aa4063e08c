"""Which part of a matrix is seen, how large a cell is, and which one is selected: shared by linked heat maps."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.protocol.tiles import TILED_ELEMENTS

# A very wide matrix keeps at least this height; then its cells are taller than wide and it scrolls sideways.
_MIN_STRIP_PX = 24
_DUST = 1 / 64  # px; a strip of thinner cells is seen whole: to scroll along it would take forever
_LOW_STRIP = 4  # times as high as wide, from which on the cells of a strip are zoomed in their width alone
_WIDEST_CELL = 2.2  # of a cell with a number, times the number's width
_LOW_CELL = 0.6  # of a cell without a number, times a number's height


class Camera(QObject):
    """Lengths in pixels: `cell_width`, `cell_height`, and the scroll offsets `x` and `y` of the upper left corner.

    `changed` fires after any of them did, `selection_changed` after `selected` (row, column) did, and `hover_changed`
    after `hovered` did, the cell under the mouse in one of the heat maps.
    """

    changed = Signal()
    selection_changed = Signal()
    hover_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.n_rows = self.n_columns = 0
        self.n_axes = 2  # of the tensor; a vector is one row, a scalar one cell
        self.name_row: Callable[[int], str] = str  # what stands beside a row, and above a column
        self.name_column: Callable[[int], str] = str
        self.has_wrong_rows = self.has_wrong_columns = False  # there are not as many as there should be
        self.cell_width = self.cell_height = 1.0
        self.x = self.y = 0.0
        self.selected: tuple[int, int] | None = None
        self.hovered: tuple[int, int] | None = None
        self.number_px = 11.5  # of the font of numbers
        self.number_size = (56.0, 20.0)  # of a cell that holds a number whole
        self.least_width = 56.0  # of one that holds it rounded
        self.bar = 10.0  # thickness of a scroll bar
        self.is_fitted = True  # the person has not zoomed: follow the widget's size
        self.is_colored = False  # a cell is the colour of three numbers
        self._base = (1.0, 1.0)
        self._zoom = 1.0

    # -- what there is

    def set_size(self, n_rows: int, n_columns: int, n_axes: int = 2) -> None:
        """Another matrix: everything from the start, unless it is of the same size."""
        if (n_rows, n_columns, n_axes) == (self.n_rows, self.n_columns, self.n_axes):
            return
        self.n_rows, self.n_columns, self.n_axes = n_rows, n_columns, n_axes
        self.x = self.y = 0.0
        self.is_fitted = True
        self.select(None)
        self.changed.emit()

    def set_number_size(self, width: float, height: float, least_width: float) -> None:
        """The size of the largest number in pixels, and the least width of a cell that shows one."""
        if (width, height, least_width) != (*self.number_size, self.least_width):
            self.number_size, self.least_width = (width, height), least_width
            self.changed.emit()

    def select(self, cell: tuple[int, int] | None) -> None:
        """Select a cell (row, column), None for none."""
        if cell != self.selected:
            self.selected = cell
            self.selection_changed.emit()

    def hover(self, cell: tuple[int, int] | None) -> None:
        """The pointer is over a cell (row, column), None for none."""
        if cell != self.hovered:
            self.hovered = cell
            self.hover_changed.emit()

    @property
    def content(self) -> tuple[float, float]:
        """Width and height of the whole matrix."""
        return self.n_columns * self.cell_width, self.n_rows * self.cell_height

    @property
    def is_tiled(self) -> bool:
        """Whether the matrix is too large for one picture."""
        return self.n_rows * self.n_columns > TILED_ELEMENTS and not self.is_colored

    @property
    def shows_numbers(self) -> bool:
        """Whether cells are large enough for their numbers."""
        return self.cell_width >= self.least_width - 0.5 and self.cell_height >= self.number_size[1] * 0.8

    def step(self, ratio: float = 1.0) -> int:
        """How many elements share one cell of a picture, a power of two; `ratio` is device pixels per pixel."""
        smallest = min(self.cell_width, self.cell_height) * ratio
        return 1 if smallest >= 1 else 1 << math.ceil(math.log2(1 / smallest))

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The (row, column) under a point of the viewport."""
        row, column = math.floor((y + self.y) / self.cell_height), math.floor((x + self.x) / self.cell_width)
        return (row, column) if 0 <= row < self.n_rows and 0 <= column < self.n_columns else None

    def visible(self, width: float, height: float) -> tuple[int, int, int, int]:
        """First row, first column, and the ends (exclusive) of what a viewport shows."""
        return (
            max(0, math.floor(self.y / self.cell_height)),
            max(0, math.floor(self.x / self.cell_width)),
            min(self.n_rows, math.ceil((self.y + height) / self.cell_height)),
            min(self.n_columns, math.ceil((self.x + width) / self.cell_width)),
        )

    # -- zooming and scrolling

    def natural_height(self, width: float) -> float:
        """The height at which a fitted matrix shows all its rows."""
        if not self.n_rows or not self.n_columns:
            return self.number_size[1]
        return self.n_rows * self._fitted(width, math.inf)[1]

    def is_strip(self, width: float) -> bool:
        """Whether a fitted matrix has to scroll sideways in this width."""
        return (
            self.n_columns * self._fitted(width, math.inf)[0] > width + 0.5 if self.n_columns and self.n_rows else False
        )

    def fit(self, width: float, height: float) -> None:
        """Numbers where half of the columns leave room for them, else all columns, else a strip to scroll."""
        if not self.n_rows or not self.n_columns or width <= 0 or height <= 0:
            return
        before = self.is_fitted, self._zoom, self.cell_width, self.cell_height
        self.is_fitted = True
        self._base, self._zoom = self._fitted(width, height), 1.0
        self._apply()
        self.scroll_to(self.x, self.y, width, height)
        if before != (self.is_fitted, self._zoom, self.cell_width, self.cell_height):
            self.changed.emit()

    def _fitted(self, width: float, height: float) -> tuple[float, float]:
        number_width, number_height = self.number_size
        room = width - (self.bar if self.n_rows * number_height > height else 0)
        if self.n_columns * number_width <= room:
            return min(room / self.n_columns, number_width * _WIDEST_CELL), number_height
        if self.n_columns * self.least_width <= room:
            return room / self.n_columns, number_height
        if self.n_columns * number_width <= 2 * room:
            return number_width, number_height
        square, low = width / self.n_columns, number_height * _LOW_CELL
        if self.n_rows * square < _MIN_STRIP_PX:
            side = square if square < _DUST else max(1.0, square)
            return side, max(min(height / self.n_rows, low), min(side, low))
        if square > low:
            return square, low
        tall = height / self.n_rows
        # Down to a third, seeing all of it is worth a margin; below that, rows scroll.
        return (tall, tall) if square / 3 <= tall < square else (square, square)

    def zoom_by(self, factor: float, x: float, y: float, width: float, height: float) -> None:
        """Zoom so that the element under the point (x, y) of the viewport stays there."""
        if not self.n_rows or not self.n_columns:
            return
        row, column = (y + self.y) / self.cell_height, (x + self.x) / self.cell_width
        largest = max(
            2.0, 2 * (self.number_size[0] / self._base[0] if self._is_low else self.number_size[1] / self._base[1])
        )
        smallest = min(1.0, width / (self._base[0] * self.n_columns), height / (self._base[1] * self.n_rows))
        zoom = min(max(self._zoom * factor, smallest), largest)
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self.is_fitted = False
        self._apply()
        self.scroll_to(column * self.cell_width - x, row * self.cell_height - y, width, height)
        self.changed.emit()

    def _apply(self) -> None:
        width, height = self._base[0] * self._zoom, self._base[1] * self._zoom
        number_width, number_height = self.number_size
        if self._is_low:  # of a strip the length is zoomed, and its height only where it was too low for a number
            self.cell_width = width
            self.cell_height = max(self._base[1], min(width, number_height))
            return
        # On the way in, cells widen until a number fits.
        full = max(2.0, number_height / self._base[1])
        share = min(max((self._zoom - 1) / (full - 1), 0.0), 1.0)
        self.cell_width, self.cell_height = max(width, number_width * height / number_height * share), height
        # On the way out, a row or a column of it is still seen where the other axis is long.
        self.cell_width = max(self.cell_width, min(self._base[0], _MIN_STRIP_PX / self.n_columns))
        self.cell_height = max(self.cell_height, min(self._base[1], _MIN_STRIP_PX / self.n_rows))

    @property
    def _is_low(self) -> bool:
        """Whether it is a strip whose cells are far higher than wide."""
        return self._base[1] > _LOW_STRIP * self._base[0]

    def scroll_to(self, x: float, y: float, width: float, height: float) -> None:
        """Bring the corner of the viewport to (x, y) of the matrix, as far as it goes."""
        content = self.content
        x, y = min(max(x, 0.0), max(content[0] - width, 0.0)), min(max(y, 0.0), max(content[1] - height, 0.0))
        if (x, y) != (self.x, self.y):
            self.x, self.y = x, y
            self.changed.emit()

    def reveal(self, row: int, column: int, width: float, height: float) -> None:
        """Scroll just as far as needed to see one cell."""
        left, top = column * self.cell_width, row * self.cell_height
        x = min(max(self.x, left + self.cell_width - width), left)
        y = min(max(self.y, top + self.cell_height - height), top)
        self.scroll_to(x, y, width, height)
