"""The terms of one cell of a gradient that leaves a node: cells of what arrives, and how much it depends on each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.rules.latex import SYMBOL
from engine.autograd.rules.lines import Line
from engine.autograd.rules.rule import Operand, Part, Rule
from engine.autograd.rules.values import NodeValues, sum_to
from engine.tensors.gate import GATE

_Cell = tuple[int, ...]
_Index = tuple[Any, ...]


class Saved(NamedTuple):
    """One element of a saved value, by PyTorch's name: `place` counts its elements row by row."""

    name: str
    place: int
    value: float


class Terms(NamedTuple):
    """One-dimensional tensors of the same length, a term in each place; `arriving` times `slopes` is its number.

    `slots`, `places`: of which output's gradient a term is, and where in it, counted row by row. `arriving` and
    `slopes` are float64. `saved(n)`: the elements of saved values that the slope of the nth term depends on.
    """

    slots: Tensor
    places: Tensor
    arriving: Tensor
    slopes: Tensor
    saved: Callable[[int], tuple[Saved, ...]]

    @property
    def products(self) -> Tensor:
        """The numbers that add up to the cell."""
        return self.arriving * self.slopes


def terms(rule: Rule, place: int, values: NodeValues, cell: _Cell, max_elements: int) -> Terms | None:
    """Of a cell of an operand's gradient; None where more than `max_elements` arrive and all of them would have to be
    worked with. What has no part in it is left out, but for the one term of a pointwise rule. Raises MissingError."""
    operand = rule.operand(place)
    values.nth = place
    if rule.is_pointwise:
        return _pointwise(rule, operand, values, copies(values, cell))
    if operand.factors is not None:
        return _of_factors(values, operand.factors(values, cell))
    line = None if operand.along is None or not cell else Line(values, operand.along(values), cell)
    if line is not None:
        values, cell = line.values, line.cell
    if sum(g.numel() for g in values.arriving if g is not None) > max_elements:
        return None
    found = _dependence(operand, values, cell)
    return found if line is None else found._replace(places=line.places(found.places), saved=line.saved(found.saved))


# -- cell by cell


def copies(values: NodeValues, cell: _Cell) -> _Index:
    """Where a cell of the operand lies in what arrives: everywhere along what was broadcast."""
    whole, own = values.g.shape, values.shape
    n_new = len(whole) - len(own)
    kept = [
        index if size == whole[n_new + dim] else slice(None)
        for dim, (index, size) in enumerate(zip(cell, own, strict=True))
    ]
    return (slice(None),) * n_new + tuple(kept)


def gathered(values: NodeValues, index: _Index, n_operands: int) -> NodeValues:
    """The node of these cells alone, one-dimensional and in float64."""
    whole = tuple(values.g.shape)

    def taken(value: Any) -> Any:
        if not isinstance(value, Tensor):
            return value
        found = value.expand(whole)[index].flatten()
        return found.double() if found.is_floating_point() else found

    arriving = taken(values.g)
    return NodeValues(lambda name: taken(getattr(values, name)), [arriving], [tuple(arriving.shape)] * n_operands)


def _pointwise(rule: Rule, operand: Operand, values: NodeValues, index: _Index) -> Terms:
    here = gathered(values, index, len(rule.operands))
    ones = here.with_arriving([torch.ones_like(here.g)])
    slopes = operand.gradient(ones).expand(here.g.shape).double()
    places = places_of(values.g.shape, index)
    symbols = dict.fromkeys(symbol for symbol, _ in SYMBOL.findall(operand.formula))
    names = [rule.saved[symbol] for symbol in symbols if symbol in rule.saved]

    def saved(nth: int) -> tuple[Saved, ...]:
        found = []
        for name in names:
            value = getattr(values, name)
            if isinstance(value, Tensor) and value.is_floating_point():
                at = _broadcast_from(int(places[nth]), values.g.shape, value.shape)
                found.append(Saved(name, at, float(getattr(here, name)[nth])))
        return tuple(found)

    return Terms(torch.zeros_like(places), places, here.g, slopes, saved)


def _broadcast_from(place: int, whole: Sequence[int], own: Sequence[int]) -> int:
    """The place in a tensor of the element that broadcasting puts at `place` of the whole."""
    at, stride = 0, 1
    for back, size in enumerate(reversed(whole), 1):
        place, index = divmod(place, size)
        if back <= len(own) and own[-back] > 1:
            at += index * stride
        if back <= len(own):
            stride *= own[-back]
    return at


# -- products, and all else


def _of_factors(values: NodeValues, factors: Sequence[Part | float]) -> Terms:
    first, *others = factors
    assert isinstance(first, Part)
    arriving = values.g[first.where].flatten().double()
    places = places_of(values.g.shape, first.where)
    slopes = torch.ones_like(arriving)
    parts = []
    for factor in others:
        if isinstance(factor, Part):
            value = getattr(values, factor.name)
            taken = value[factor.where].flatten().double()
            if len(taken) != len(arriving):
                raise IndexError(f"{factor.name} has {len(taken)} elements there, and {len(arriving)} arrive")
            parts.append((factor.name, places_of(value.shape, factor.where), taken))
            slopes = slopes * taken
        else:
            slopes = slopes * factor

    def saved(nth: int) -> tuple[Saved, ...]:
        return tuple(Saved(name, int(at[nth]), float(taken[nth])) for name, at, taken in parts)

    return Terms(torch.zeros_like(places), places, arriving, slopes, saved)


def _dependence(operand: Operand, values: NodeValues, cell: _Cell) -> Terms:
    """The rule is linear in what arrives: its slopes are the derivative of its own function."""
    seen: dict[str, Tensor] = {}
    values = values.watched(seen)
    arriving = [(slot, g) for slot, g in enumerate(values.arriving) if g is not None]
    with torch.enable_grad():
        free = [None if g is None else torch.zeros_like(g).requires_grad_() for g in values.arriving]
        leaves = [g for g in free if g is not None]
        GATE.give_way()
        result = sum_to(operand.gradient(values.with_arriving(free)), values.shape)[cell]
        GATE.give_way()
        known: Sequence[Tensor | None] = [None] * len(leaves)
        if result.requires_grad:
            known = torch.autograd.grad(result, leaves, create_graph=True, allow_unused=True)
    GATE.give_way()
    slopes = [torch.zeros_like(g) if slope is None else slope for (_, g), slope in zip(arriving, known, strict=True)]
    flat = torch.cat([slope.flatten() for slope in slopes])
    used = (flat.detach() != 0).nonzero().flatten()
    GATE.give_way()
    arrived = torch.cat([g.flatten() for _, g in arriving])

    def saved(nth: int) -> tuple[Saved, ...]:
        return _behind(flat, int(used[nth]), seen)

    ends = torch.tensor([g.numel() for _, g in arriving]).cumsum(0)
    nth = torch.searchsorted(ends, used.cpu(), right=True)
    slots = torch.tensor([slot for slot, _ in arriving])
    places = used.cpu() - torch.cat([ends.new_zeros(1), ends[:-1]])[nth]
    return Terms(slots[nth], places, arrived[used], flat.detach()[used], saved)


def _behind(slopes: Tensor, at: int, seen: Mapping[str, Tensor]) -> tuple[Saved, ...]:
    """The elements of saved values that a slope depends on, two of each at most."""
    if not seen or not slopes.requires_grad:
        return ()
    found = []
    try:
        with torch.enable_grad():
            known = torch.autograd.grad(slopes[at], tuple(seen.values()), retain_graph=True, allow_unused=True)
    except RuntimeError:  # there is no second derivative of the record's function
        return ()
    for (name, tensor), gradient in zip(seen.items(), known, strict=True):
        for place in () if gradient is None else gradient.flatten().nonzero().flatten()[:2].tolist():
            found.append(Saved(name, place, float(tensor.detach().flatten()[place])))
    return tuple(found)


# -- the other way: what an element of an output is made of


class Slopes(NamedTuple):
    """Elements of an operand, counted row by row, and how much an element of the output depends on each; `saved` as in
    Terms."""

    places: Tensor
    slopes: Tensor
    saved: Callable[[int], tuple[Saved, ...]]


def slopes_of(rule: Rule, place: int, values: NodeValues, slot: int, cell: _Cell) -> Slopes:
    """Of an element of an output, by one operand: the rule's answer to a gradient that is 1 there and 0 elsewhere.

    The gradients that arrive in `values` are taken for their shape alone. Raises MissingError."""
    operand = rule.operand(place)
    values.nth = place
    if rule.is_pointwise:
        found = _pointwise(rule, operand, values, cell)
        at = _broadcast_from(int(found.places[0]), values.g.shape, values.shape)
        return Slopes(torch.tensor([at]), found.slopes, found.saved)
    if operand.reach is not None:
        return _reached(values, *operand.reach(values, cell))
    if operand.along is not None and cell:
        line = Line(values, operand.along(values), cell)
        of_line = _depended(operand, line.values, slot, line.cell)
        return of_line._replace(places=line.places(of_line.places), saved=line.saved(of_line.saved))
    return _depended(operand, values, slot, cell)


def _depended(operand: Operand, values: NodeValues, slot: int, cell: _Cell) -> Slopes:
    seen: dict[str, Tensor] = {}
    watched = values.watched(seen)
    ones = [None if g is None else torch.zeros_like(g, dtype=torch.float64) for g in values.arriving]
    chosen = ones[slot]
    assert chosen is not None
    chosen[cell] = 1
    with torch.enable_grad():
        GATE.give_way()
        flat = sum_to(operand.gradient(watched.with_arriving(ones)), values.shape).flatten()
        GATE.give_way()
    used = (flat.detach() != 0).nonzero().flatten()
    return Slopes(used.cpu(), flat.detach()[used], lambda nth: _behind(flat, int(used[nth]), seen))


def _reached(values: NodeValues, index: _Index, partner: Part | None, scale: float) -> Slopes:
    places = places_of(values.shape, index)
    if partner is None:
        return Slopes(places, torch.full((len(places),), scale, dtype=torch.float64), lambda nth: ())
    value = getattr(values, partner.name)
    taken, at = value[partner.where].flatten().double(), places_of(value.shape, partner.where)
    return Slopes(places, taken * scale, lambda nth: (Saved(partner.name, int(at[nth]), float(taken[nth])),))


# -- places


def places_of(shape: Sequence[int], index: _Index) -> Tensor:
    """The places that `tensor[index]` takes of a tensor of this shape, counted row by row; one-dimensional."""
    found, dim = torch.zeros((), dtype=torch.int64), 0
    n_named = sum(one.dim() if isinstance(one, Tensor) else 1 for one in index)
    for one in (*index, *(slice(None),) * (len(shape) - n_named)):
        if isinstance(one, Tensor):  # a mask
            strides = [math.prod(shape[dim + nth + 1 :]) for nth in range(one.dim())]
            found = found.unsqueeze(-1) + (one.cpu().nonzero() * torch.tensor(strides, dtype=torch.int64)).sum(-1)
            dim += one.dim()
            continue
        stride = math.prod(shape[dim + 1 :])
        found = (
            found.unsqueeze(-1) + torch.arange(shape[dim]) * stride if isinstance(one, slice) else found + one * stride
        )
        dim += 1
    return found.flatten()
