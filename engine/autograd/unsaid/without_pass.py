"""Optimizers that step although no backward pass ran at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch import Tensor
from torch.optim import Optimizer

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import user_names
from engine.autograd.seen import Seen
from engine.program.sources import named_alone
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native


def without_pass(namespace: Mapping[str, Any], seen: Seen) -> Iterator[Notice]:
    """One for the first, where the program has a loss: it may draw a schedule without one. On the thread that ran it,
    inside `Unseen`."""
    losses = [name for name, value in user_names(namespace) if _is_loss(value)]
    for name, optimizer in user_names(namespace):
        call = seen.empty_steps.get(optimizer) if issubclass(type(optimizer), Optimizer) else None
        if call is None or line_of(call) is None or not losses:
            continue
        place = source_of(call.place)
        named = None if place is None else next(named_alone(place.path, "backward"), None)
        if named is not None:
            said = Sentence.of(
                "notice.backward_not_called",
                "{expression} (line {line}) names the pass and does not make it: {step} found no gradient, and {name} "
                "has changed nothing. Write {expression}().",
                expression=named.text,
                line=named.line,
                step=expression_of(call),
                name=name,
            )
            yield Notice(said, named)
            return
        said = Sentence.of(
            "notice.no_pass",
            "{step} (line {line}) found no gradient and changed nothing, for no backward pass ran: {loss} has a graph. "
            "Call {loss}.backward() before the step.",
            step=expression_of(call),
            line=line_of(call),
            loss=losses[-1],
        )
        yield Notice(said, place)
        return


def _is_loss(value: Any) -> bool:
    is_tensor = issubclass(type(value), Tensor)
    return is_tensor and native.grad_fn(value) is not None and native.numel(value) == 1
