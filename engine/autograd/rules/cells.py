"""The arithmetic of one cell of a gradient that leaves a node: its terms, the largest of them in full.

A pointwise rule's terms are its formula with the numbers of each copy of the cell. Of any other rule they are what
arrives, times how much the cell depends on it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.rules.latex import SYMBOL, added, fill, number_of, signed
from engine.autograd.rules.rule import Operand, Rule
from engine.autograd.rules.terms import Terms, copies, gathered, terms
from engine.autograd.rules.values import NodeValues

MAX_ELEMENTS = 1 << 18  # of all that arrives, for what computes a whole gradient anew
_SHOWN = 3  # terms in full


class Arithmetic(NamedTuple):
    """`pieces`: the terms in LaTeX, each with its sign. `total`: their sum in float64; `scale`: of their magnitudes."""

    pieces: tuple[str, ...]
    total: float
    scale: float


def arithmetic(rule: Rule, place: int, values: NodeValues, cell: tuple[int, ...]) -> Arithmetic | None:
    """Of a cell of an operand's gradient; None where too much arrives. Raises MissingError."""
    operand = rule.operand(place)
    values.nth = place
    if rule.is_pointwise:
        return _pointwise(rule, operand, values, cell)
    found = terms(rule, place, values, cell, MAX_ELEMENTS)
    return None if found is None else _products(found)


def _pointwise(rule: Rule, operand: Operand, values: NodeValues, cell: tuple[int, ...]) -> Arithmetic:
    here = gathered(values, copies(values, cell), len(rule.operands))
    arriving = here.g
    contributions = operand.gradient(here).expand(arriving.shape)
    known: dict[str, Any] = {"g": arriving} | {
        symbol: getattr(here, rule.saved[symbol]) for symbol, _ in SYMBOL.findall(operand.formula) if symbol != "g"
    }
    left_out = {symbol for symbol, value in known.items() if not isinstance(value, Tensor) and value == 1}

    def term(index: int) -> str:
        numbers = {symbol: number_of(_item(value, index)) for symbol, value in known.items()}
        return signed(fill(operand.formula, numbers, left_out))

    found = _terms(contributions, term)
    if len(contributions) == 1 and _is_compound(operand.formula):
        slope = operand.gradient(here.with_arriving([torch.ones_like(arriving)]))
        product = fill(r"@g \cdot @k", {"g": number_of(float(arriving[0])), "k": number_of(float(slope[0]))})
        found = found._replace(pieces=(*found.pieces, f"= {product}"))
    return found


def _is_compound(formula: str) -> bool:
    """Whether a formula is more than what arrives, with a sign or one factor: then its slope is a number to show."""
    rest = SYMBOL.sub("@", formula).replace(r"\cdot", "").replace(" ", "")
    return rest not in ("@", "-@", "@@", "-@@", "0", r"\frac{@}{@}")


def _products(found: Terms) -> Arithmetic:
    def term(index: int) -> str:
        arriving, slope = float(found.arriving[index]), float(found.slopes[index])
        if slope == 1:
            return number_of(arriving)
        return fill(r"@g \cdot @k", {"g": number_of(arriving), "k": number_of(slope)})

    return _terms(found.products, term)


def _terms(contributions: Tensor, term: Any) -> Arithmetic:
    """The largest in full, the others as one number."""
    total, scale = float(contributions.sum()), float(contributions.abs().sum())
    if not len(contributions):
        return Arithmetic(("= 0",), 0.0, 0.0)
    n_terms = max(int((contributions != 0).sum()), 1)  # what adds nothing is left out
    n_shown = n_terms if n_terms <= _SHOWN + 1 else _SHOWN
    chosen = contributions.abs().nan_to_num(float("inf")).topk(n_shown).indices.tolist()
    chosen = sorted(chosen) if n_shown == n_terms else chosen
    found = [f"= {term(chosen[0])}"]
    for index in chosen[1:]:
        found.append(added(term(index)))
    if n_shown < n_terms:
        rest = total - float(contributions[chosen].sum())
        found.append(rf"{{}} + \underbrace{{{number_of(rest)}}}_{{\text{{{n_terms - n_shown:,} more}}}}")
    return Arithmetic(tuple(found), total, scale)


def _item(value: Any, index: int) -> Any:
    return value[index].item() if isinstance(value, Tensor) else value
