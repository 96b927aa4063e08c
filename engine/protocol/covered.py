"""What the elements of a part of a plane come to, where a person's cursor stands for all of them."""

from __future__ import annotations

from engine.protocol.keys import TensorKey
from engine.protocol.message import Event, Request


class AskCovered(Request, frozen=True, tag="ask_covered", kw_only=True):
    """Rows and columns of a plane, which is asked for as in AskTiles."""

    key: TensorKey
    index: tuple[int, ...] = ()
    row_axis: int = -2  # negative counts from the last
    column_axis: int = -1
    first_row: int = 0
    first_column: int = 0
    n_rows: int = 1
    n_columns: int = 1


class CoveredShown(Event, frozen=True, tag="covered", kw_only=True):
    """PyTorch's own numbers as text, of the finite elements, "" where there are none; magnitudes of complex numbers.
    The place is as it was asked for."""

    key: TensorKey
    first_row: int
    first_column: int
    n_rows: int
    n_columns: int
    smallest: str = ""
    largest: str = ""
    mean: str = ""
    n_nan: int = 0
    n_inf: int = 0
