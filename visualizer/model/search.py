"""Which nodes a query finds: in words, which are there, and by facts, which come."""

from __future__ import annotations

import operator
from dataclasses import dataclass

import numpy as np

from visualizer.model.fact_columns import FactColumns
from visualizer.model.node_index import NodeIndex
from visualizer.model.query import Bad, Comparison, Condition, Query

_RELATIONS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq}


@dataclass(frozen=True)
class Found:
    """Indices in graph.nodes, in its order: those found, and those of which a fact that decides is not known."""

    matches: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()


def search(query: Query, index: NodeIndex, columns: FactColumns) -> Found:
    """The nodes for which every term holds; none for a query without terms."""
    if not query.terms:
        return Found()
    found = possible = np.ones(len(index.graph.nodes), dtype=bool)
    for term in query.terms:
        holds, is_known = _where(term.condition, index, columns)
        if term.is_excluded:
            holds = ~holds
        found = found & holds & is_known
        possible = possible & (holds | ~is_known)
    return Found(tuple(np.flatnonzero(found).tolist()), tuple(np.flatnonzero(possible & ~found).tolist()))


def _where(condition: Condition, index: NodeIndex, columns: FactColumns) -> tuple[np.ndarray, np.ndarray]:
    """Where a condition holds, and where that is known."""
    if isinstance(condition, Bad):
        column = columns.bad(condition.kind)
        return column.values > 0, column.is_known
    if isinstance(condition, Comparison):
        column = columns.column(condition.fact)
        return column.has & _RELATIONS[condition.relation](column.values, condition.value), column.is_known
    holds = index.where(condition)
    return holds, np.ones(len(holds), dtype=bool)
