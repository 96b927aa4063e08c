"""What is told of a result that is not finite: its operands, its first bad cells, why, and the usual cure."""

from __future__ import annotations

from collections.abc import Sequence
from types import FrameType
from typing import Any

from torch import Tensor

from engine.autograd.finite.case import Case, bad_cells, flat, place_in
from engine.autograd.finite.causes import ARRIVED, BACKWARD, DATA, FORWARD, UNFILLED, Cause, cause_of
from engine.autograd.finite.harmless import UNFILLED as UNFILLED_FUNCTIONS
from engine.autograd.finite.operands import names_of, said_name
from engine.autograd.finite.watch import Arisen
from engine.autograd.graph.calls import expression_of, source_of
from engine.autograd.graph.node_names import operation
from engine.autograd.records import Call, dtype_name, tensors_in
from engine.protocol.not_finite import BadCell, Found, Part
from engine.protocol.sentence import Sentence
from engine.shared.numbers import brief as brief_number
from engine.shared.numbers import number
from engine.tensors import native

_MAX_PARTS = 8
_Named = tuple[str | Sentence, Tensor]  # a tensor that took part, and what it is called


class Finding:
    """`found` is what is told; `tensors` are those of its parts, kept while the program is held there."""

    def __init__(self, found: Found, tensors: Sequence[Tensor]) -> None:
        self.found = found
        self.tensors = tuple(tensors)


def of_call(arisen: Arisen, call: Call, frame: FrameType | None, made_by: Call | None) -> Finding:
    """Of a call of the program. `frame` is the program's nearest; `made_by` made the operand that held NaN. Inside
    `Unseen`."""
    given = (*arisen.args, *arisen.kwargs.values())
    result = native.bare(arisen.made)
    operands = tuple(flat(given))
    cells, _ = bad_cells(result)
    is_inside = any(one is arisen.made for one in tensors_in(given))
    source = source_of(call.place)
    originals = _originals(given)
    names = names_of(originals, "" if source is None else source.text, frame, is_direct=call.direct)
    case = Case(
        operation_name(arisen.function),
        arisen.kind,
        operands,
        result,
        cells[0],
        is_write=is_inside and not call.direct,
        names=tuple(names),
    )
    taken = [
        (label, bare)
        for label, bare, original in zip(names, operands, originals, strict=True)
        if isinstance(bare, Tensor) and original is not arisen.made
    ]
    if arisen.given is None:
        return of_case(case, call, taken)
    cause = UNFILLED if made_by is not None and made_by.function in UNFILLED_FUNCTIONS else DATA
    fresh = next((said_name(label) for label, one in zip(names, originals, strict=True) if one is arisen.given), None)
    return of_case(case, call, taken, cause, fresh or Sentence.phrase("words.an_operand", "an operand"))


def of_case(
    case: Case,
    call: Call,
    taken: Sequence[tuple[str, Tensor]],
    cause: Cause | None = None,
    operand: Sentence | str = "",
) -> Finding:
    """Of an operation of the forward pass that `call` made, alone or among others, of what it has `taken`. Inside
    `Unseen`; all tensors bare."""
    cause = cause or cause_of(case, FORWARD)
    cells, n_bad = bad_cells(case.made)
    expression = expression_of(call)
    said = Sentence.of(
        "not_finite.forward",
        "{expression}: {why}. {n_bad:,} of {n_elements:,} elements of the result are {kind}.",
        expression=expression if call.direct else _inside(expression, operation(call)),
        why=_why(cause, case, operand),
        n_bad=n_bad,
        n_elements=case.made.numel(),
        kind=_kind(case.kind),
    )
    parts = [*_told(taken[: _MAX_PARTS - 1]), (Sentence.phrase("words.result", "result"), case.made)]
    return _finding("forward", case.kind, operation(call), cause, said, source_of(call.place), parts, cells, n_bad)


def of_node(
    name: str,
    kind: str,
    source: Any,
    expression: str,
    arriving: Sequence[Tensor],
    values: Sequence[tuple[str, Any]],
    leaving: tuple[str, Tensor],
    *,
    has_arrived: bool,
) -> Finding:
    """Of a node of a backward pass. `values` are what its operation took, by name; `has_arrived`: what arrives was not
    finite already. Inside `Unseen`; all tensors bare."""
    label, made = leaving
    cells, n_bad = bad_cells(made)
    bare_name = name.rpartition("::")[2].partition("Backward")[0]
    gradient = arriving[0] if arriving else None
    labels, operands = tuple(label for label, _ in values), tuple(value for _, value in values)
    case = Case(bare_name, kind, operands, made, cells[0], gradient, names=labels)
    cause = ARRIVED if has_arrived else cause_of(case, BACKWARD)
    said = Sentence.of(
        "not_finite.backward",
        "{expression}, backward: {why}. {n_bad:,} of {n_elements:,} elements of the {label} are {kind}.",
        expression=expression,
        why=_why(cause, case),
        n_bad=n_bad,
        n_elements=made.numel(),
        label=_gradient(label),
        kind=_kind(kind),
    )
    parts: list[_Named] = [(_arriving(i, len(arriving)), one) for i, one in enumerate(arriving)]
    parts += _told([(named, one) for named, one in values if isinstance(one, Tensor)])
    parts = [*parts[: _MAX_PARTS - 1], (_gradient(label), made)]
    return _finding("backward", kind, name, cause, said, source, parts, cells, n_bad)


def _why(cause: Cause, case: Case, operand: Sentence | str = "") -> Sentence:
    largest = brief_number(case.largest, 2)
    told = {"operation": case.name, "operand": operand, "largest": largest, "where": case.where}
    return Sentence.row(cause.why, **{name: one for name, one in told.items() if f"{{{name}}}" in cause.why})


def _inside(call: str, operation: str) -> Sentence:
    return Sentence.phrase("words.inside", "{call}, {operation} inside", call=call, operation=operation)


def _kind(kind: str) -> Sentence | str:
    return Sentence.phrase("words.nan_or_inf", "NaN or Inf") if kind == "NaN" else kind


def _gradient(label: str) -> Sentence:
    name = said_name(label.removeprefix("gradient for "))
    return Sentence.phrase("words.gradient_for", "gradient for {name}", name=name)


def _arriving(place: int, n: int) -> Sentence:
    if n == 1:
        return Sentence.phrase("words.arriving", "arriving")
    return Sentence.phrase("words.arriving_of", "arriving {n}", n=place + 1)


def _told(parts: Sequence[tuple[str, Tensor]]) -> list[_Named]:
    return [(said_name(label), one) for label, one in parts]


def operation_name(function: Any) -> str:
    """Bare, "log" of torch.log and of Tensor.log_, "det" of torch.linalg.det."""
    return str(getattr(function, "__name__", "")).strip("_").removeprefix("linalg_").removeprefix("special_")


def _finding(
    direction: str,
    kind: str,
    name: str,
    cause: Cause,
    said: Sentence,
    source: Any,
    parts: Sequence[_Named],
    cells: Sequence[tuple[int, ...]],
    n_bad: int,
) -> Finding:
    made = parts[-1][1]
    found = Found(
        direction,
        kind,
        name,
        cause.brief,
        said,
        cause.cure,
        source,
        tuple(
            Part(
                str(label),
                tuple(one.shape),
                dtype_name(one.dtype),
                is_made=index == len(parts) - 1,
                said=label if isinstance(label, Sentence) else None,
            )
            for index, (label, one) in enumerate(parts)
        ),
        tuple(_cell(index, [one for _, one in parts], made) for index in cells),
        n_bad,
        made.numel(),
    )
    return Finding(found, [one for _, one in parts])


def _cell(index: tuple[int, ...], parts: Sequence[Tensor], made: Tensor) -> BadCell:
    places = tuple(place_in(part, index, made) for part in parts)
    texts = tuple(
        "" if place is None else number(part[place].item()) for part, place in zip(parts, places, strict=True)
    )
    return BadCell(index, texts, places)


def _originals(arguments: Any) -> Sequence[Any]:
    """As `flat`, without taking the tensors' classes off."""
    found: list[Any] = []
    for one in arguments:
        if issubclass(type(one), list | tuple) and len(one) <= 64:
            found += _originals(one)
        elif issubclass(type(one), Tensor) or type(one) in (int, float):
            found.append(one)
    return found
