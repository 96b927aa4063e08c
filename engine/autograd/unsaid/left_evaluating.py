"""Modules that are trained on in evaluation mode, into which the run itself put them."""

from __future__ import annotations

from collections.abc import Iterator

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import modules_in, parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.static_reads import own_attributes


def left_evaluating(run: Run) -> Iterator[Notice]:
    """One for each that its optimizer stepped before and after."""
    events, passed = run.recorder.seen.events, run.newest_number()
    steps = [(set(map(id, held_by(one))), events.steps[one]) for _, one in run.optimizers() if one in events.steps]
    for name, module in run.modules():
        call = events.evaluating.get(module)
        if call is None or not call.number < passed or line_of(call) is None or not _differs(module):
            continue
        trained = [one for one in parameters_in(module) if run.current.has_reached(one)]
        if any(
            taken.first < call.number and taken.newest > passed and any(id(one) in held for one in trained)
            for held, taken in steps
        ):
            said = Sentence.of(
                "notice.left_evaluating",
                "{name} is trained in evaluation mode since {expression} (line {line}): dropout drops nothing, and "
                "batch norm takes the statistics from before. Call {name}.train() before the next pass.",
                name=name,
                expression=expression_of(call),
                line=line_of(call),
            )
            yield Notice(said, source_of(call.place))


def _differs(module: nn.Module) -> bool:
    """Whether anything in it works in another way in this mode."""
    return any(_is_off(one) for _, one in modules_in(module))


def _is_off(module: nn.Module) -> bool:
    own = own_attributes(module)
    if own.get("training") is not False:
        return False
    drops = issubclass(type(module), _DropoutNd) and own.get("p") != 0
    return drops or (issubclass(type(module), _BatchNorm) and own.get("track_running_stats") is True)
