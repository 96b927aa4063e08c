"""Targets of a loss that have a gradient of their own, though a value is to come to them and not they to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import variable_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.records import NodeRecord
from engine.autograd.unsaid.graph_walks import kind_of, leaves_below, operands, source_behind, users
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line

_SQUARES = re.compile(r"(MseLoss|SmoothL1Loss|HuberLoss|L1Loss)Backward\d")
_DIFFERENCES = re.compile(r"(Sub|Rsub)Backward\d")
_CHOICES = re.compile(r"(Max|Amax|Gather|Index|Logsumexp)Backward\d")  # of one value among those of all actions


def own_targets(run: Run) -> Iterator[Notice]:
    """One for each loss between a value and a reward with a later value, of the same trained network."""
    trained = {id(one) for _, optimizer in run.optimizers() for one in held_by(optimizer)}
    for index, _, record in run.nodes():
        sides = operands(run, index)
        is_loss = _SQUARES.fullmatch(kind_of(run, index)) or _DIFFERENCES.fullmatch(kind_of(run, index))
        if not is_loss or len(sides) != 2 or record.call is None or line_of(record.call) is None:
            continue
        for value, target in (sides, sides[::-1]):
            made = _later_value(run, target)
            chosen = source_behind(run, value)
            if made is None or made.call is None or not _CHOICES.fullmatch(kind_of(run, chosen)):
                continue
            both = set(map(id, leaves_below(run, value))) & set(map(id, leaves_below(run, target)))
            if both & trained:
                said = Sentence.of(
                    "notice.own_target",
                    "{target} is what {loss} compares a value with, and carries a gradient to the same network: it "
                    "comes to the value as the value does to it. Compute it under torch.no_grad(), or .detach() it.",
                    target=at_line(variable_of(made) or expression_of(made.call), line_of(made.call) or 0),
                    loss=at_line(expression_of(record.call), line_of(record.call) or 0),
                )
                yield Notice(said, source_of(made.call.place))
                break


def _later_value(run: Run, index: int) -> NodeRecord | None:
    """The sum of a constant tensor, as rewards are, and of a chosen value times a constant; None of anything else."""
    total = source_behind(run, index)
    record = run.recorder.seen.record_of(run.current.call.nodes[total])
    if kind_of(run, total) != "AddBackward0" or record is None or len(operands(run, total)) != 1:
        return None
    is_constant = any(not leaf.requires_grad and leaf.shape not in ((), None) for leaf in record.inputs)
    scaled = operands(run, total)[0]
    chosen = source_behind(run, scaled, scaled=True)
    is_scaled = chosen != source_behind(run, scaled)
    return record if is_constant and is_scaled and _CHOICES.fullmatch(kind_of(run, chosen)) else None


def advantages(run: Run) -> Iterator[Notice]:
    """One for each product of a log-probability with how much better than a value something was, where that value has
    a gradient through it, and is fitted by another part of the loss, or trained by another optimizer."""
    for index, _, record in run.nodes():
        sides = operands(run, index)
        if kind_of(run, index) != "MulBackward0" or len(sides) != 2 or record.call is None:
            continue
        for better, chance in (sides, sides[::-1]):
            difference = source_behind(run, better, scaled=True)
            made = run.recorder.seen.record_of(run.current.call.nodes[difference])
            if made is None or made.call is None or line_of(made.call) is None or not _is_better(run, difference, made):
                continue
            if _is_log(run, chance) and _is_fitted(run, difference, chance):
                said = Sentence.of(
                    "notice.advantage",
                    "{advantage} weighs a log-probability in {product} and carries a gradient: so the loss of the "
                    "policy moves the value, too, that it is judged by. Weigh with {name}.detach().",
                    advantage=at_line(variable_of(made) or expression_of(made.call), line_of(made.call) or 0),
                    product=at_line(expression_of(record.call), line_of(record.call) or 0),
                    name=variable_of(made) or f"({expression_of(made.call)})",
                )
                yield Notice(said, source_of(record.call.place))
                break


def _is_better(run: Run, index: int, made: NodeRecord) -> bool:
    """Whether a node is the difference of a constant tensor, as returns are, and something."""
    is_constant = any(not leaf.requires_grad and leaf.shape not in ((), None) for leaf in made.inputs)
    return bool(_DIFFERENCES.fullmatch(kind_of(run, index))) and is_constant and len(operands(run, index)) == 1


def _is_log(run: Run, index: int) -> bool:
    """Whether the program itself calls it a logarithm."""
    record = run.recorder.seen.record_of(run.current.call.nodes[index])
    source = None if record is None or record.call is None else source_of(record.call.place)
    name = "" if record is None else variable_of(record)
    return "log" in name.lower() or (source is not None and "log" in source.text.lower())


def _is_fitted(run: Run, difference: int, chance: int) -> bool:
    value = source_behind(run, operands(run, difference)[0])
    for one in {*users(run, difference), *users(run, value), *users(run, operands(run, difference)[0])}:
        if _SQUARES.fullmatch(kind_of(run, one)) or kind_of(run, one) == "PowBackward0":
            return True
    values, chances = (set(map(id, leaves_below(run, one))) for one in (value, chance))
    held = [set(map(id, held_by(optimizer))) for _, optimizer in run.optimizers()]
    return any(one & values and not one & chances for one in held)
