"""Why a value, or a gradient, that was kept of a run is not finite: as at the moment itself, of what is left of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from torch import Tensor

from engine.autograd.finite.case import Case, bad_cells
from engine.autograd.finite.check import extremes, has_numbers
from engine.autograd.finite.finding import Finding, of_case, of_node, operation_name
from engine.autograd.finite.operands import names_of
from engine.autograd.operations.arguments import filled
from engine.autograd.operations.given import Given, TakenOperand
from engine.autograd.records import NodeRecord, elements_of
from engine.protocol.graph_values import Node
from engine.protocol.kind_names import snake
from engine.tensors.native import ALIAS

_MISSING = object()  # a tensor of which nothing is kept

Named = Sequence[tuple[str, Tensor | None]]


def forward(node: Node, record: NodeRecord, operands: Named, made: Tensor) -> Finding | None:
    """Of the operation that made the value of a node; None where no call was seen. `operands`: the values along its
    edges, by name, read where the call itself is not known. Inside `Unseen`."""
    call = record.call
    if call is None:
        return None
    given = Given.of(record)
    if given is None or given.arguments is None:
        name = snake(node.name)
        names, taken = [label for label, _ in operands], [_readable(one) for _, one in operands]
    else:
        name = operation_name(call.function)
        values = [TakenOperand(kept).value() for kept in given.operands]
        args, kwargs = filled(given.arguments, [_MISSING if one is None else one for one in values])
        taken = list(_flat((*args, *kwargs.values())))
        text = node.source.text if node.source is not None else ""
        names = names_of(taken, text, None, is_direct=call.direct)
    bare = ALIAS(Tensor, made)
    kind, (cells, _) = _kind(bare), bad_cells(bare)
    case = Case(name, kind, tuple(taken), bare, cells[0], names=tuple(names))
    found = zip(names, taken, strict=True)
    return of_case(case, call, [(label, one) for label, one in found if isinstance(one, Tensor)])


def backward(node: Node, arrived: Sequence[Tensor], operands: Named, leaving: Sequence[tuple[str, Tensor]]) -> Finding:
    """Of a node that sent on what is not finite, the first of `leaving`, by operand, though what `arrived`
    was. Inside `Unseen`."""
    target, made = next((name, one) for name, one in leaving if not extremes(one).is_finite)
    text = node.source.text.splitlines()[0] if node.source is not None and node.source.text else ""
    return of_node(
        node.name,
        _kind(made),
        node.source,
        text or node.name,
        arrived,
        [(label, _readable(one)) for label, one in operands],
        (f"gradient for {target}", made),
        has_arrived=False,
    )


def _kind(made: Tensor) -> str:
    return "NaN" if extremes(made).has_nan else "Inf"


def _readable(tensor: Tensor | None) -> Tensor | None:
    return ALIAS(Tensor, tensor) if tensor is not None and has_numbers(tensor) else None


def _flat(arguments: Sequence[Any]) -> Iterator[Any]:
    """As `flat` of the moment itself, with None for what is not kept."""
    for one in arguments:
        kind = type(one)
        if one is _MISSING:
            yield None
        elif issubclass(kind, Tensor):
            yield _readable(one)
        elif kind in (int, float):
            yield one
        elif issubclass(kind, list | tuple):
            yield from _flat(elements_of(one))
