"""The rows of the variables table: what each column says, and by what it is sorted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from engine.protocol.graph_values import Node
from engine.protocol.program_values import Variable
from engine.protocol.tensor_values import TensorSummary, short_dtype
from engine.shared.language import grouped, local, mark, tr
from engine.shared.local_numbers import compact, interval
from engine.shared.output_names import in_function
from visualizer.backprop.tensor_view.summary_look import shape_of
from visualizer.model import note_words
from visualizer.model.tensor_line import line_of
from visualizer.model.variable_words import text_of

Index: TypeAlias = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_UNKNOWN = (1, math.inf, "")  # after every number and every text


@dataclass(frozen=True)
class Column:
    """`text` is what a cell says, `rank` by what it is sorted: a number, a text, or None (last)."""

    name: str
    title: str
    text: Callable[[Variable], str]
    rank: Callable[[Variable], float | str | None]
    hint: str = ""
    tip: Callable[[Variable], str] = lambda v: line_of(v.summary) if v.summary is not None else text_of(v)


def range_text(variable: Variable) -> str:
    """A scalar as its number, a tensor as the interval of its elements, anything else in its own words."""
    summary = variable.summary
    if summary is None:
        return text_of(variable)
    if summary.scalar is not None:
        return local(summary.scalar)
    if 0 in summary.shape:
        return tr("no elements")
    counts = ((summary.n_nan, "NaN"), (summary.n_inf, "Inf"))
    bad = [f"{grouped(n)} {name}" for n, name in counts if n]
    finite = interval(summary.minimum, summary.maximum)
    if summary.dtype == "bool":
        finite = finite.replace("0", "False").replace("1", "True")
    words = ", ".join([*bad, tr("else {range}", range=finite)] if bad and finite else bad or [finite])
    if not words:  # nothing readable: the line says why
        return line_of(summary).split(") ", 1)[-1].removeprefix(f"{short_dtype(summary.dtype)} ")
    words = f"≈ {words}" if summary.sampled else words
    return f"{words} …" if summary.counts_due else words


def grad_text(variable: Variable) -> str:
    """The one number of a gradient with its sign, the norm of a larger one, or why there is none."""
    if variable.summary is None or variable.summary.is_array:
        return ""
    if variable.grad is None:
        return note_words.words(variable.no_grad) or "—"
    scalar = variable.grad.scalar
    return local(scalar) if scalar else _norm_words(variable.grad)


def _norm_words(grad: TensorSummary) -> str:
    return tr("norm {norm}", norm="…" if grad.counts_due else compact(grad.norm))


def _grad_tip(variable: Variable) -> str:
    grad = variable.grad
    if grad is None:
        return grad_text(variable)
    line = line_of(grad)
    return line if grad.scalar is not None else f"{line}, {_norm_words(grad)}"


def _device_text(variable: Variable) -> str:
    """ "meta ← cpu" of a copy from another device."""
    device = variable.summary.device if variable.summary is not None else ""
    return f"{device} ← {variable.copied_from}" if variable.copied_from else device


def _device_tip(variable: Variable) -> str:
    if variable.summary is None or not variable.copied_from:
        return _device_text(variable)
    return tr("Copied from {before} to {after}", before=variable.copied_from, after=variable.summary.device)


def name_text(variable: Variable) -> str:
    """ "x  Net.forward()" of a function's variable, "0.weight" or "[1]" of a part."""
    if variable.part_of:
        return "…" if variable.n_more >= 0 else variable.name.removeprefix(variable.part_of).lstrip(".")
    function, name = in_function(variable.name)
    return f"{name}  {function}" if function else name


def _of(field: Callable[[TensorSummary], Any]) -> Callable[[Variable], Any]:
    return lambda variable: None if variable.summary is None else field(variable.summary)


def _words(field: Callable[[TensorSummary], str]) -> Callable[[Variable], str]:
    return lambda variable: "" if variable.summary is None else field(variable.summary)


def _of_autograd(field: Callable[[TensorSummary], Any], otherwise: Any) -> Callable[[Variable], Any]:
    """What an array of NumPy has no part in."""
    return lambda variable: (
        otherwise if variable.summary is None or variable.summary.is_array else field(variable.summary)
    )


def _yes(flag: bool) -> str:
    return tr("yes") if flag else tr("no")


COLUMNS = (
    Column("name", mark("name"), name_text, lambda v: v.name.lower()),
    Column(
        "value", mark("value"), lambda v: "", _of(lambda s: s.mean), mark("Thumbnail of the value; sorts by the mean")
    ),
    Column("shape", mark("shape"), _words(shape_of), _of(lambda s: s.n_elements), mark("Sorts by elements")),
    Column("dtype", "dtype", _words(lambda s: short_dtype(s.dtype)), _of(lambda s: s.dtype)),
    Column(
        "range", mark("range"), range_text, _of(lambda s: s.maximum), mark("Smallest … largest; sorts by the largest")
    ),
    Column(
        "grad",
        ".grad",
        grad_text,
        lambda v: v.grad.norm if v.grad else None,
        mark("A scalar's gradient, the norm of any other; sorts by the norm"),
        _grad_tip,
    ),
    Column("kind", mark("kind"), lambda v: v.kind, lambda v: v.kind.lower()),
    Column("device", mark("device"), _device_text, _of(lambda s: s.device), "", _device_tip),
    Column(
        "requires_grad",
        "requires_grad",
        _of_autograd(lambda s: _yes(s.requires_grad), ""),
        _of_autograd(lambda s: s.requires_grad, None),
    ),
    Column("leaf", mark("leaf"), _of_autograd(lambda s: _yes(s.is_leaf), ""), _of_autograd(lambda s: s.is_leaf, None)),
    Column("grad_fn", "grad_fn", _of_autograd(lambda s: s.grad_fn or "—", ""), _of_autograd(lambda s: s.grad_fn, None)),
    Column(
        "summary",
        mark("summary"),
        lambda v: line_of(v.summary) if v.summary else text_of(v),
        lambda v: text_of(v) or None,
    ),
)


class VariablesModel(QAbstractTableModel):
    """One row a variable, in the order in which the engine tells them."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Variable, ...] = ()
        self._unfolded: frozenset[str] = frozenset()
        self.roots: list[int] = []  # for each row that of the variable that it is inside of, or is
        self._nodes: Mapping[int, Node] = {}

    def set_rows(self, rows: tuple[Variable, ...]) -> list[int] | None:
        """The rows that are not what they were. The same names in the same order keep selection and scroll position;
        with any other all is new, and the answer None."""
        before, self.rows = self.rows, rows
        self._unfolded = frozenset(row.part_of for row in rows if row.part_of)
        self.roots = _roots(rows)
        if [row.name for row in rows] == [row.name for row in before]:
            changed = [number for number, row in enumerate(rows) if row != before[number]]
            for number in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))
            return changed
        self.rows = before
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return None

    def is_unfolded(self, name: str) -> bool:
        """Whether what it holds has rows of its own."""
        return name in self._unfolded

    def say_again(self) -> None:
        """The language is another: cells and headers."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def set_nodes(self, nodes: Mapping[int, Node]) -> None:
        """The nodes of the graph on screen by id, for the stripes."""
        self._nodes = nodes
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def token(self, variable: Variable) -> str:
        """The colour of a variable's stripe."""
        summary = variable.summary
        if summary is None or summary.is_array:
            return "line.control"
        if summary.is_leaf:
            return "cat.accumulate" if summary.requires_grad else "cat.leaf"
        node = self._nodes.get(variable.node)
        return f"cat.{'view' if node is None else node.category}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(COLUMNS[section].hint) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and row.inside and not index.column():
            return tr("unfolded") if self.is_unfolded(row.name) else tr("folded")
        if role == SORT_ROLE:
            return _sortable(column.rank(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row)
        return None


def _roots(rows: tuple[Variable, ...]) -> list[int]:
    roots = list[int]()
    for number, row in enumerate(rows):
        roots.append(roots[-1] if row.depth and roots else number)
    return roots


def _sortable(rank: float | str | bool | None) -> tuple[int, float, str]:
    """Numbers by size and texts by letters; what is unknown comes last."""
    if rank is None or (isinstance(rank, float) and math.isnan(rank)):
        return _UNKNOWN
    return (0, 0.0, rank) if isinstance(rank, str) else (0, float(rank), "")


class VariablesProxy(QSortFilterProxyModel):
    """Sorts by SORT_ROLE, numerically where a column holds numbers; filters by name, kind, shape, dtype and text. Parts
    of a variable stay below it, and one stays for the sake of a part that fits."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def set_filter(self, text: str) -> None:
        """Rows that hold every word of `text` in one of their columns."""
        self._words = text.lower().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, VariablesModel)
        depth = model.rows[row].depth
        below = itertools.takewhile(lambda part: part.depth > depth, itertools.islice(model.rows, row + 1, None))
        return not self._words or any(map(self._fits, (model.rows[row], *below)))

    def _fits(self, variable: Variable) -> bool:
        text = " ".join((variable.name, *(column.text(variable) for column in COLUMNS))).lower()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, VariablesModel)
        roots = [model.roots[at.row()] for at in (left, right)]
        is_ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
        if roots[0] == roots[1]:
            return (left.row() < right.row()) == is_ascending
        one, other = (_sortable(COLUMNS[left.column()].rank(model.rows[root])) for root in roots)
        if one == other:
            return (roots[0] < roots[1]) == is_ascending
        if one[0] != other[0]:  # unknown stays last in both directions
            return (one[0] < other[0]) == is_ascending
        return bool(one < other)
