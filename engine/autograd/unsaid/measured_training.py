"""Networks that are trained, and then measured while they are still in training mode: dropout drops, batch norm goes by
the batch and learns from it."""

from __future__ import annotations

from collections.abc import Iterator

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.training_events import Measured
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import modules_in, parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.static_reads import own_attributes

_DROPS = Sentence.phrase("words.dropout_drops", "its dropout drops")
_BY_BATCH = Sentence.phrase("words.norm_by_batch", "its batch norm goes by this batch, and learns from it")


def measured_training(run: Run) -> Iterator[Notice]:
    """One for each network that the run never put into evaluation mode, and that an optimizer had stepped on before.
    Of two that train by one another, one makes data for the other in its own mode; what gives one input to a network
    several times wants its dropout; and what it gave may be a target of its own, as of unlabelled data."""
    events, aimed_at = run.recorder.seen.events, _aimed_at(run)
    stepped = [(set(map(id, held_by(one))), events.steps[one]) for _, one in run.optimizers() if one in events.steps]
    told: set[int] = set()
    for measured in events.measurements.values() if len(stepped) == 1 else ():
        module, call = measured.module(), measured.call
        if module is None or id(module) in told or module in events.evaluated or line_of(call) is None:
            continue
        held, steps = stepped[0]
        is_trained = any(id(one) in held for one in parameters_in(module)) and steps.first < call.number
        is_judged = is_trained and not measured.is_sampled and id(module) not in aimed_at
        why = _why(module) if is_judged else None
        if why is not None:
            told.add(id(module))
            yield Notice(_said(run, measured, module, why), source_of(call.place))


def _aimed_at(run: Run) -> set[int]:
    """The ids of the networks that made, without a graph, what the newest pass takes as it is."""
    makers = (leaf.made for _, _, record in run.nodes() for leaf in record.inputs if leaf.made is not None)
    inside = (made.cause[1].module for made in makers if made.cause is not None)
    return {id(one.root()) for one in inside if one is not None}


def _said(run: Run, measured: Measured, module: nn.Module, why: Sentence) -> Sentence:
    name = next((name for name, one in run.modules() if one is module), type(module).__name__)
    return Sentence.of(
        "notice.measured_in_training",
        "{expression} (line {line}) runs without a graph in training mode: {why}, so that what it gives there is not "
        "what {name} gives once it is in use. Call {name}.eval() before, and {name}.train() before the next pass.",
        expression=expression_of(measured.call),
        line=line_of(measured.call) or 0,
        why=why,
        name=name,
    )


def _why(module: nn.Module) -> Sentence | None:
    """What in it works in another way in this mode."""
    found = [(type(one), own_attributes(one)) for _, one in modules_in(module)]
    training = [(kind, own) for kind, own in found if own.get("training") is True]
    if any(issubclass(kind, _DropoutNd) and own.get("p") not in (0, 1) for kind, own in training):
        return _DROPS
    is_by_batch = any(issubclass(kind, _BatchNorm) and own.get("track_running_stats") is True for kind, own in training)
    return _BY_BATCH if is_by_batch else None
