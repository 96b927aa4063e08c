"""What the engine tells of a tensor: frozen values that neither torch nor Qt is needed to read."""

from __future__ import annotations

import msgspec
import numpy as np

from engine.protocol.keys import TensorKey
from engine.protocol.notes import Note
from engine.protocol.sentence import Sentence

_SHORT_KINDS = {"float": "f", "int": "i", "uint": "u", "complex": "c", "bfloat": "bf", "qint": "qi", "quint": "qu"}


def short_dtype(dtype: str) -> str:
    """ "f32" for "float32", "i64" for "int64"; "bool" and names without a short form stay as they are."""
    kind = dtype.rstrip("0123456789")
    bits, separator, variant = dtype[len(kind) :], "", ""
    if dtype.startswith("float8_") or dtype.startswith("float4_"):
        kind, bits, separator, variant = "float", dtype[5], "_", dtype[7:]
    return f"{_SHORT_KINDS[kind]}{bits}{separator}{variant}" if kind in _SHORT_KINDS and bits else dtype


class Grid(msgspec.Struct, frozen=True, array_like=True):
    """A small 2-d array of float32 that crosses the pipe: a thumbnail or a visible rectangle."""

    rows: int
    columns: int
    data: bytes

    @classmethod
    def of(cls, array: np.ndarray) -> Grid:
        """Pack a 2-d array."""
        return cls(array.shape[0], array.shape[1], np.ascontiguousarray(array, dtype=np.float32).tobytes())

    def array(self) -> np.ndarray:
        """The array, float32 (rows, columns), read-only."""
        return np.frombuffer(self.data, dtype=np.float32).reshape(self.rows, self.columns)


MAX_EXACT_ELEMENTS = 1 << 21  # of a tensor that is read at once, in a few milliseconds
SHAPELESS = ("nested", "uninitialized")  # layouts of tensors that have no shape to speak of


class TensorSummary(msgspec.Struct, frozen=True):
    """One tensor in numbers. Statistics are None where the dtype or the emptiness of the tensor has none.

    `sampled` says that they come from an evenly spaced sample of a large tensor: for as long as `counts_due`, until all
    elements have been read, or where these are too many to read. The thumbnail of a large one is always of a sample.
    """

    shape: tuple[int, ...]
    dtype: str  # "float32", "int64", "bool": torch's own name without "torch."
    device: str
    is_array: bool = False  # of NumPy, seen in its memory
    layout: str = ""  # "sparse_coo", "quantized"; those of SHAPELESS; "" for an ordinary dense tensor
    requires_grad: bool = False
    is_leaf: bool = True
    grad_fn: str | None = None
    version: int = 0
    n_elements: int = 0
    scalar: str | None = None  # the number of a one-element tensor, as text
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    std: float | None = None
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0
    sampled: bool = False
    counts_due: bool = False
    thumbnail: Grid | None = None
    line: str = ""  # one line, e.g. "(4, 5) f32 x∈[-0.998, 0.958] μ=0.02 σ=0.71"
    why: Sentence | str = ""  # it has no elements to read, in few words, with which the line ends


class AxisName(msgspec.Struct, frozen=True, array_like=True):
    """What an axis is called, "" where that is not known, and which text of the program says so, at which line.
    `is_of_operation`: the operation there gives its axes a meaning, "batch"; else the program has written the name."""

    name: str
    source: str = ""
    line: int = 0
    is_of_operation: bool = False


class TensorDetails(msgspec.Struct, frozen=True):
    """What the inspector shows of one tensor besides its cells. `axes`: one for each, () where none has a name."""

    key: TensorKey
    summary: TensorSummary
    histogram: tuple[int, ...] = ()  # counts of finite elements
    histogram_low: float = 0.0  # left edge of the first bin
    histogram_high: float = 0.0  # right edge of the last bin
    note: Note | None = None
    axes: tuple[AxisName, ...] = ()
    is_histogram_sampled: bool = False


class TensorRectangle(msgspec.Struct, frozen=True):
    """The visible rectangle of a tensor at the visible zoom: `grid` cell (i, j) stands for `step`×`step` elements.

    With step 1 each cell is one element; above it the cell is the element of its block with the largest magnitude
    (NaN and Inf win), so that nothing that matters vanishes in the distance.
    """

    key: TensorKey
    index: tuple[int, ...]  # position along every axis but the two that are shown
    row_axis: int  # -1 where the tensor has fewer than 2 axes
    column_axis: int
    first_row: int
    first_column: int
    step: int
    grid: Grid
    n_rows: int  # of the whole slice
    n_columns: int
    texts: tuple[str, ...] = ()  # row-major exact text per cell where step is 1 and the cells are few
    colors: tuple[Grid, ...] = ()  # red, green, blue and any opacity, where asked for: means of blocks
    sampled: bool = False  # True: a cell stands for evenly spaced rows of its block only (huge tensors)
