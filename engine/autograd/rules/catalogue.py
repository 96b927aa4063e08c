"""All records, by the name of the node."""

from __future__ import annotations

from engine.autograd.rules import (
    accumulate,
    activations,
    arithmetic,
    attention,
    by_index,
    chance,
    convolution,
    decompositions,
    distances,
    factorings,
    fourier,
    functions,
    indexing,
    linear_systems,
    losses,
    matrix,
    normalisation,
    recurrent,
    reductions,
    scattering,
    second_layers,
    second_order,
    shapes,
    special,
    windows,
)
from engine.autograd.rules.rule import Rule

_ROOMS = (
    functions, activations, arithmetic, matrix, reductions, shapes, indexing, normalisation, losses, convolution,
    attention, recurrent, accumulate, linear_systems, second_order, windows,
    fourier, factorings, special, scattering, distances,
    chance, decompositions, by_index, second_layers,
)  # fmt: skip
RULES: dict[str, Rule] = {name: rule for room in _ROOMS for rule in room.RULES for name in rule.nodes}
_SAME_NUMBER = frozenset({"CloneBackward0", "AliasBackward0", "LiftFreshBackward0", "ToCopyBackward0"})
# What only moves numbers to other places, or into another dtype.
MOVES = frozenset(name for rule in shapes.RULES for name in rule.nodes) | _SAME_NUMBER
# Of complex numbers, too.
COMPLEX = frozenset(name for rule in fourier.RULES for name in rule.nodes) | {"LinalgEigBackward0"}
