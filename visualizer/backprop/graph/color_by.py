"""What the colours of cards stand for: their category, or a number of their nodes over decades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor

from engine.shared.language import mark
from engine.shared.local_numbers import plain
from visualizer.backprop.graph.fact_words import bytes_text, time_text
from visualizer.backprop.graph.scene import Scene
from visualizer.look import theme
from visualizer.look.color_maps import sequential
from visualizer.look.decades import DecadeScale
from visualizer.model.fact_columns import FactColumns

CATEGORY = "category"
N_STEPS = 32  # colours of the scale
NO_VALUE, NAN, INF = N_STEPS, N_STEPS + 1, N_STEPS + 2


@dataclass(frozen=True)
class Choice:
    """`words` follow "Colour by", `title` stands over the scale, `write` is of its numbers."""

    words: str
    title: str
    write: Callable[[float], str] = plain
    of_pass: bool = False  # only a backward pass makes it known


CHOICES = {
    CATEGORY: Choice(mark("category"), mark("Category")),
    "norm": Choice(mark("gradient norm"), mark("Gradient norm"), of_pass=True),
    "range": Choice(mark("value range"), mark("Largest |value|")),
    "ratio": Choice(mark("gradient / value"), mark("Gradient / value norm"), of_pass=True),
    "bytes": Choice(mark("bytes saved"), mark("Saved for backward"), bytes_text),
    "time": Choice(mark("time of backward"), mark("Time of backward"), time_text, of_pass=True),
}


@dataclass(frozen=True, eq=False)
class Coloring:
    """`shades` int16 (n_cards,) and `node_shades` (n_nodes,) count in `scale_colors`; `ends` are the numbers at its low
    and high end."""

    choice: Choice
    shades: np.ndarray
    node_shades: np.ndarray
    ends: tuple[str, str]
    has_values: bool

    def color(self, card: int) -> str:
        """Of one card, as "#rrggbb"."""
        return scale_colors(theme.current().is_dark)[self.shades[card]].name()

    def node_color(self, node: int) -> str:
        """Of one node, its index in graph.nodes."""
        return scale_colors(theme.current().is_dark)[self.node_shades[node]].name()


@lru_cache(maxsize=2)
def scale_colors(is_dark: bool) -> tuple[QColor, ...]:
    """From low to high, then for no value, NaN and Inf."""
    look = theme.current()
    steps = [QColor(*color) for color in sequential(is_dark, N_STEPS).tolist()]
    return (*steps, look.color("line.default"), look.color("nan"), look.color("inf"))


class CardValues:
    """Which nodes' numbers each card of a scene has: its own, or those of all nodes folded in it."""

    def __init__(self, scene: Scene) -> None:
        cards = scene.shown.cards
        self.n_cards = len(cards)
        self._first = np.array([slot.nodes[0] for slot in cards], dtype=np.int64)
        self._folds = [number for number, slot in enumerate(cards) if slot.fold]
        self._nodes = [np.array(cards[number].nodes, dtype=np.int64) for number in self._folds]

    def coloring(self, name: str, columns: FactColumns) -> Coloring:
        """One of CHOICES other than CATEGORY: of a fold the largest number, of bytes and time the sum."""
        values, has = _of_nodes(name, columns)
        numbers, known = values[self._first], has[self._first]
        gather = {"bytes": lambda nodes: _saved_bytes(columns, nodes), "time": lambda nodes: values[nodes].sum()}
        largest = gather.get(name, lambda nodes: values[nodes].max())
        for fold, nodes in zip(self._folds, self._nodes, strict=True):
            inside = nodes[has[nodes]]
            known[fold] = len(inside) > 0
            numbers[fold] = largest(inside) if len(inside) else np.nan
        scale = DecadeScale(np.concatenate([values[has], numbers[known]]))
        choice, shades = CHOICES[name], _shades(scale, numbers, known)
        return Coloring(choice, shades, _shades(scale, values, has), scale.ends(choice.write), bool(has.any()))


def _shades(scale: DecadeScale, numbers: np.ndarray, has: np.ndarray) -> np.ndarray:
    shades = np.minimum(scale.shares(numbers) * N_STEPS, N_STEPS - 1).astype(np.int16)
    shades[np.isnan(numbers)], shades[np.isinf(numbers)], shades[~has] = NAN, INF, NO_VALUE
    return shades


def facts_of(name: str) -> bool:
    """Whether the engine has to be asked for what this choice shows."""
    return name in ("range", "ratio", "bytes")


def _of_nodes(name: str, columns: FactColumns) -> tuple[np.ndarray, np.ndarray]:
    """float64 (n_nodes,), and where there is one: NaN and Inf are what the values hold, or the gradient."""
    if name != "range":
        column = columns.column(name)
        return column.values, column.has
    low, high = columns.column("min"), columns.column("max")
    values = np.maximum(np.abs(low.values), np.abs(high.values))
    has = low.has.copy()
    for kind, value in (("inf", np.inf), ("nan", np.nan)):
        is_bad = columns.in_values(kind)
        values[is_bad], has[is_bad] = value, True
    return values, has


def _saved_bytes(columns: FactColumns, nodes: np.ndarray) -> float:
    """What several nodes keep together: storages that they share count once."""
    storages: dict[int, int] = {}
    for index in nodes.tolist():
        facts = columns.of(index)
        if facts is not None:
            storages.update((storage.id, storage.n_bytes) for storage in facts.saved)
    return float(sum(storages.values()))
