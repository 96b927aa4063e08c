"""Why there is no graph behind a tensor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from engine.autograd.departures import Departures
from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of
from engine.autograd.operations.shape_only import SHAPE_ONLY
from engine.autograd.records import Call, dtype_name
from engine.autograd.severed import sever
from engine.protocol.sentence import Sentence
from engine.tensors import native

_DETACH = frozenset({"detach", "data", "detach_copy"})


def cause_of(call: Call, consumed: Sequence[Tensor], made: Callable[[Tensor], Call | None]) -> tuple[str, Call] | None:
    """What cut the results of `call` off from the gradients of what it consumed: the kind of cut, and where."""
    inherited = None
    if cuts.bare_name(call.function) in SHAPE_ONLY:
        return None
    if cuts.bare_name(call.function) == "detach_":  # what it was given required a gradient until now
        return "detached", call
    for tensor in consumed:
        if native.requires_grad(tensor):
            sever(call, consumed)
            if cuts.bare_name(call.function) in _DETACH:
                return "detached", call
            if torch.is_inference_mode_enabled():
                return "inference", call
            return ("derivative" if torch.is_grad_enabled() else "no_grad"), call
        maker = made(tensor) if inherited is None else None
        if maker is not None:
            inherited = maker.cause
    return inherited


def cause_of_leaf(
    call: Call, arguments: Sequence[Tensor], made: Callable[[Tensor], Call | None]
) -> tuple[str, Call] | None:
    """As `cause_of`, for a call that lets a leaf begin: torch.tensor of a tensor, requires_grad_ of a detached one."""
    if call.function is torch.tensor:
        return cause_of(call, arguments, made)
    maker = next(map(made, arguments), None)
    return None if maker is None else maker.cause


def reason(output: Tensor, name: str, call: Call | None, departures: Departures) -> Sentence:
    """Why there is no graph behind `output`, called `name`, which `call` made."""
    if native.requires_grad(output):
        return _leaf(name, call, departures)
    if call is not None and call.cause is not None:
        kind, cut = call.cause
        return cuts.sentence(kind, name, cut)
    if native.is_inference(output):
        return Sentence.of("graph.of_inference", "{name} was made under torch.inference_mode().", name=name)
    if not (native.is_floating_point(output) or native.is_complex(output)):
        return of_whole_numbers(name, dtype_name(native.dtype(output)))
    return _nothing_required(name, call, departures)


def of_whole_numbers(name: str, dtype: str) -> Sentence:
    """Of what has no derivative by its kind of number."""
    return Sentence.of(
        "graph.of_whole_numbers",
        "{name} is {dtype}, and only floating-point and complex tensors have gradients.",
        name=name,
        dtype=dtype,
    )


def _leaf(name: str, call: Call | None, departures: Departures) -> Sentence:
    if call is not None and call.cause is not None and line_of(call.cause[1]) is not None:
        return Sentence.of(
            "graph.leaf_cut_off",
            "{name} is a new leaf, so nothing lies behind it: {expression} at line {line} cut it off from what it was "
            "computed from.",
            name=name,
            expression=expression_of(call.cause[1]),
            line=line_of(call.cause[1]),
        )
    taken = departures.numbers_before(call) if call is not None and call.function is torch.tensor else None
    if call is None or taken is None or line_of(call) is None or line_of(taken) is None:
        return Sentence.of(
            "graph.leaf", "{name} is a leaf: no operation made it, so nothing lies behind it.", name=name
        )
    return Sentence.of(
        "graph.leaf_of_numbers",
        "{name} is a leaf, made at line {line} of plain numbers, so nothing lies behind it. {expression} at line "
        "{taken_line} had taken numbers out of a graph, and numbers carry none: compute with the tensor itself.",
        name=name,
        line=line_of(call),
        expression=expression_of(taken),
        taken_line=line_of(taken),
    )


def _nothing_required(name: str, call: Call | None, departures: Departures) -> Sentence:
    late, taken = departures.required_after(call), departures.numbers_before(call)
    if call is not None and late is not None and line_of(late) is not None and line_of(call) is not None:
        return Sentence.of(
            "graph.required_too_late",
            "No tensor that {name} depends on required a gradient when it was computed at line {line}; {expression} at "
            "line {late_line} came after that.",
            name=name,
            line=line_of(call),
            expression=expression_of(late),
            late_line=line_of(late),
        )
    if taken is not None and line_of(taken) is not None:
        return Sentence.of(
            "graph.of_numbers",
            "No tensor that {name} depends on requires a gradient. {expression} at line {taken_line} had taken numbers "
            "out of a graph, and numbers carry none: compute with the tensor itself.",
            name=name,
            expression=expression_of(taken),
            taken_line=line_of(taken),
        )
    frozen = departures.frozen_before(call)
    if frozen is not None and line_of(frozen) is not None:
        return Sentence.of(
            "graph.frozen",
            "No tensor that {name} depends on requires a gradient, and {expression} at line {line} was the last to "
            "switch one off; what is to be trained has to keep requires_grad=True.",
            name=name,
            expression=expression_of(frozen),
            line=line_of(frozen),
        )
    return Sentence.of(
        "graph.nothing_required",
        "No tensor that {name} depends on requires a gradient: make one with requires_grad=True before computing with "
        "it.",
        name=name,
    )
