"""Optimizers whose parameters are frozen or no pass has reached, and modules that were to be frozen and are not."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor
from torch.optim import Optimizer

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import groups_of, held_by
from engine.autograd.unsaid.cuts_before import cut_before
from engine.autograd.unsaid.run import Run
from engine.autograd.untrained import listed
from engine.program.module_tree import modules_in, parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
from engine.shared.static_reads import own_attributes
from engine.tensors import native


def untrainable(run: Run) -> Iterator[Notice]:
    """One for each optimizer and each module."""
    names = run.names()
    for name, optimizer in run.optimizers():
        # That of a program before was told then.
        frozen = _frozen(run, optimizer) if id(optimizer) not in run.before else []
        if frozen:
            yield _said_frozen(run, name, [(names.get(id(one), ""), one) for one in frozen])
        elif optimizer in run.recorder.seen.empty_steps and not any(map(run.was_reached, held_by(optimizer))):
            yield _said_unreached(run, name, optimizer, names)
    for name, module in run.modules():
        for path, one in modules_in(module, name):
            if own_attributes(one).get("requires_grad") is False and any(map(native.requires_grad, parameters_in(one))):
                yield _said_not_frozen(path)


def _frozen(run: Run, optimizer: Optimizer) -> list[Tensor]:
    """The parameters of the groups of which none requires a gradient, or has got one in this run: what is trained in
    turns is frozen in between. One that is frozen beside others is usual."""
    groups = [group.parameters for group in groups_of(optimizer)]
    trained = [any(native.requires_grad(one) or run.was_reached(one) for one in parameters) for parameters in groups]
    return [one for parameters, is_trained in zip(groups, trained, strict=True) if not is_trained for one in parameters]


def _said_frozen(run: Run, name: str, frozen: list[tuple[str, Tensor]]) -> Notice:
    paths = [path for path, _ in frozen if path]
    known = listed(paths) if paths else Sentence.counted("count.tensors", "{n} tensor", "{n:,} tensors", len(frozen))
    call = next(filter(None, (run.recorder.seen.frozen_by(tensor) for _, tensor in frozen)), None)
    if call is None or line_of(call) is None:
        said = Sentence.of(
            "notice.frozen",
            "{name} trains nothing of {names}: they do not require a gradient. Set requires_grad to True, or leave "
            "them out.",
            name=name,
            names=known,
        )
        return Notice(said)
    said = Sentence.of(
        "notice.frozen_at",
        "{name} trains nothing of {names}: since {expression} (line {line}) they do not require a gradient. Leave that "
        "out where they are to be trained, else them.",
        expression=expression_of(call),
        line=line_of(call),
        name=name,
        names=known,
    )
    return Notice(said, source_of(call.place))


def _said_unreached(run: Run, name: str, optimizer: Optimizer, names: dict[int, str]) -> Notice:
    step = run.recorder.seen.empty_steps[optimizer]
    reached = [names.get(id(leaf), "") for leaf in run.current.call.leaves if native.requires_grad(leaf)]
    known = [path for path in reached if path]
    others = (
        listed(known)
        if known
        else Sentence.counted("count.other_tensors", "another tensor", "{n:,} other tensors", len(reached))
    )
    cut = cut_before(run, held_by(optimizer))
    if cut is None and len(run.current.call.nodes) == 1:
        said = Sentence.of(
            "notice.pass_of_leaf",
            "{step} (line {step_line}) found no gradient and changed nothing: {origin} (line {line}) begins at a leaf, "
            "{reached}, behind which there is nothing, as after .data or of a new tensor. Call backward of the loss "
            "that was computed.",
            step=expression_of(step),
            step_line=line_of(step) or 0,
            origin=origin_words(run.site.origin),
            line=run.site.line,
            reached=others,
        )
        return Notice(said, run.site.source)
    if cut is None:
        said = Sentence.of(
            "notice.nothing_to_step",
            "{step} (line {step_line}) found no gradient and changed nothing: no pass has reached the parameters that "
            "{name} holds. {origin} (line {line}) brought one to {reached}: make {name} of what is used.",
            step=expression_of(step),
            step_line=line_of(step) or 0,
            name=name,
            origin=origin_words(run.site.origin),
            line=run.site.line,
            reached=others,
        )
        return Notice(said, source_of(step.place))
    said = Sentence.of(
        "notice.cut_from_step",
        "{step} (line {step_line}) found no gradient and changed nothing: {expression} at line {cut_line} cuts off the "
        "parameters of {name}, so that {origin} (line {line}) brought one to {reached} alone.",
        expression=expression_of(cut),
        cut_line=line_of(cut),
        step=expression_of(step),
        step_line=line_of(step) or 0,
        name=name,
        origin=origin_words(run.site.origin),
        line=run.site.line,
        reached=others,
    )
    return Notice(said, source_of(cut.place))


def _said_not_frozen(path: str) -> Notice:
    said = Sentence.of(
        "notice.not_frozen",
        "{path}.requires_grad = False freezes nothing: a module has no such switch, and its parameters go on to "
        "require a gradient. Call {path}.requires_grad_(False).",
        path=path,
    )
    return Notice(said)
