"""What is written on or behind the nodes of a graph, in columns: every text once, and by number which nodes have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Generic, TypeVar

import numpy as np

from engine.protocol.graph_values import Graph
from engine.protocol.tensor_values import short_dtype
from visualizer.model.query import Condition, Field, Lines, Shape, Words

_SHAPE, _DTYPE = attrgetter("shape"), attrgetter("dtype")
_OF_WORDS = ("_names", "_operations", "_variables", "_sources", "_modules", "_module_types", "_shapes")
_Value = TypeVar("_Value", bound=Hashable)


class _Column(Generic[_Value]):
    """Values of all nodes; of 50,000 nodes few differ, so each is tried once."""

    def __init__(self, values: Iterable[_Value], look: Callable[[_Value], _Value] | None = None) -> None:
        """`look` is what is made of each different value."""
        places: dict[_Value, int] = {}
        self._codes = np.array([places.setdefault(value, len(places)) for value in values], dtype=np.int32)
        self._values = list(places) if look is None else [look(value) for value in places]

    def where(self, holds: Callable[[_Value], object]) -> np.ndarray:
        """bool (n_nodes,)"""
        return np.array([bool(holds(value)) for value in self._values], dtype=bool)[self._codes]


class NodeIndex:
    """Answers what a query asks about the words of nodes. A column is made when it is first looked into."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._types = {module.path: module.type_name for module in graph.modules}

    def prepare(self) -> Iterator[object]:
        """Make the columns that words are looked for in, one at a time: of 50,000 nodes 5 to 20 ms each."""
        yield from (getattr(self, name) for name in _OF_WORDS)

    def where(self, condition: Condition) -> np.ndarray:
        """The nodes for which a condition holds that is no fact, bool (n_nodes,) in the order of the graph."""
        if not self.graph.nodes:
            return np.zeros(0, dtype=bool)
        if isinstance(condition, Words):
            return self._where_words(condition.text)
        if isinstance(condition, Shape):
            return self._shapes.where(
                lambda shapes: any(shape is not None and condition.matches(shape) for shape in shapes)
            )
        if isinstance(condition, Lines):
            first, last = condition.first, condition.last
            return self._lines.where(lambda lines: lines[0] <= last and lines[1] >= first)
        assert isinstance(condition, Field)
        return self._where_field(condition)

    def _where_words(self, text: str) -> np.ndarray:
        columns: list[_Column[str]] = [getattr(self, name) for name in _OF_WORDS[:-1]]
        found = self._shapes.where(lambda shapes: any(text in str(shape) for shape in shapes if shape is not None))
        for column in columns:
            found |= column.where(lambda value: text in value)
        return found

    def _where_field(self, field: Field) -> np.ndarray:
        pattern = field.pattern
        if field.name == "op":
            matches = _matcher(pattern.replace("_", ""))
            found = self._names.where(lambda name: matches(_stem(name)))
            whole = _matcher(pattern)
            return found | self._operations.where(
                lambda operation: whole(operation) or matches(operation.rpartition(".")[2].replace("_", ""))
            )
        if field.name == "module":
            return self._modules_around.where(lambda around: _is_within(pattern, *around))
        if field.name == "dtype":
            return self._dtypes.where(lambda dtypes: any(_is_dtype(pattern, dtype) for dtype in dtypes))
        column = {"name": self._variables, "source": self._sources, "file": self._files}[field.name]
        matches = _matcher(f"*{pattern}*")
        return column.where(matches)

    @cached_property
    def _names(self) -> _Column[str]:
        return _folded(node.name for node in self.graph.nodes)

    @cached_property
    def _operations(self) -> _Column[str]:
        return _folded(node.operation for node in self.graph.nodes)

    @cached_property
    def _variables(self) -> _Column[str]:
        return _folded(node.variable for node in self.graph.nodes)

    @cached_property
    def _sources(self) -> _Column[str]:
        return _folded(node.source.text if node.source is not None else "" for node in self.graph.nodes)

    @cached_property
    def _files(self) -> _Column[str]:
        return _folded(node.source.path if node.source is not None else "" for node in self.graph.nodes)

    @cached_property
    def _lines(self) -> _Column[tuple[int, int]]:
        sources = (node.source for node in self.graph.nodes)
        return _Column((source.line, source.end_line) if source is not None else (0, 0) for source in sources)

    @cached_property
    def _shapes(self) -> _Column[tuple[tuple[int, ...] | None, ...]]:
        return _Column(tuple(map(_SHAPE, node.outputs)) for node in self.graph.nodes)

    @cached_property
    def _dtypes(self) -> _Column[tuple[str, ...]]:
        return _Column(tuple(map(_DTYPE, node.outputs)) for node in self.graph.nodes)

    @cached_property
    def _modules(self) -> _Column[str]:
        return _folded(node.module for node in self.graph.nodes)

    @cached_property
    def _module_types(self) -> _Column[str]:
        return _folded(self._types.get(node.module, "") for node in self.graph.nodes)

    @cached_property
    def _modules_around(self) -> _Column[tuple[str, tuple[str, ...]]]:
        """The path of each node's module, and the types of all modules on it."""
        types = {path: name.casefold() for path, name in self._types.items()}
        known = {}
        for path in {node.module for node in self.graph.nodes}:
            parts = path.split(".") if path else []
            chain = (".".join(parts[:end]) for end in range(len(parts) + 1))
            known[path] = path.casefold(), tuple(types[outer] for outer in chain if types.get(outer))
        return _Column(known[node.module] for node in self.graph.nodes)


def _folded(texts: Iterable[str]) -> _Column[str]:
    return _Column(texts, str.casefold)


def _matcher(pattern: str) -> Callable[[str], object]:
    """Whole texts that fit a pattern with stars."""
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.DOTALL).fullmatch


def _stem(name: str) -> str:
    """ "mm" of "mmbackward0": grad_fns write their operation without underscores."""
    return name.rstrip("0123456789").removesuffix("backward")


def _is_within(pattern: str, path: str, types: tuple[str, ...]) -> bool:
    """Whether some part of a module's path from dot to dot, or a type on it, fits."""
    part = re.escape(pattern).replace(r"\*", r"[^.]*")
    if path and re.search(rf"(?:^|\.){part}(?:\.|$)", path):
        return True
    matches = _matcher(pattern)
    return any(matches(name) for name in types)


def _is_dtype(pattern: str, dtype: str) -> bool:
    return bool(dtype) and (dtype.startswith(pattern) or short_dtype(dtype).startswith(pattern))
