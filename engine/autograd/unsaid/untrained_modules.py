"""Modules that ran and of which no pass of the run has reached a single parameter, although they are to be trained."""

from __future__ import annotations

from collections.abc import Iterator

from torch.nn import Parameter

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.cuts_before import cut_before, numbers_taken
from engine.autograd.unsaid.run import Run
from engine.autograd.untrained import listed
from engine.program.module_tree import modules_in, named_parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
from engine.tensors import native

_FEWEST_PASSES = 2


def untrained_modules(run: Run) -> Iterator[Notice]:
    """One for each that an optimizer holds which trains others, or that, where there is no optimizer, a number was
    taken out of. A target network, and features that are detached, are left as they are on purpose."""
    optimizers = [one for _, one in run.optimizers()]
    stepped = {id(one) for optimizer in optimizers for one in held_by(optimizer) if _trains(run, optimizer)}
    modules = list(run.modules())
    inner = {id(one) for _, module in modules for _, one in modules_in(module) if one is not module}
    for name, module in modules:
        parameters = [(path, one) for path, one in named_parameters_in(module, name) if native.requires_grad(one)]
        tensors = [one for _, one in parameters]
        if not tensors or id(module) in inner or any(native.grad(one) is not None for one in tensors):
            continue
        if any(map(run.was_reached, tensors)) or not any(map(run.recorder.seen.was_used, tensors)):
            continue
        is_held = any(id(one) in stepped for one in tensors)
        cut = cut_before(run, tensors) if is_held else next(numbers_taken(run, tensors), None)
        if cut is None or line_of(cut) is None or (optimizers and not is_held):
            continue
        said = Sentence.of(
            "notice.cut_before",
            "{names} got no gradient: {origin} (line {line}) did not reach them, and {expression} at line {cut_line} "
            "cuts off what comes before it.",
            names=listed([path for path, _ in parameters]),
            origin=origin_words(run.site.origin),
            line=run.site.line,
            expression=expression_of(cut),
            cut_line=line_of(cut),
        )
        yield Notice(said, source_of(cut.place))


def _trains(run: Run, optimizer: object) -> bool:
    return optimizer not in run.recorder.seen.empty_steps


def made_anew(run: Run) -> Iterator[Notice]:
    """One for each line of a module's forward that makes a layer, whose weights are others in each pass."""
    if len(run.course.of_line(run.site.line)) < _FEWEST_PASSES:
        return
    names, told = run.names(), set()
    held = {id(one) for _, optimizer in run.optimizers() for one in held_by(optimizer)}
    if not held:
        return
    for leaf in run.current.call.leaves:
        account = run.accounts.of(leaf)
        if type(leaf) is not Parameter or id(leaf) in names or id(leaf) in held or account is None:
            continue
        made = run.recorder.seen.maker(leaf)
        if account.n_deposits > 1 or made is None or made.module is None or line_of(made) is None:
            continue
        if made.place in told:
            continue
        told.add(made.place)
        said = Sentence.of(
            "notice.made_anew",
            "{expression} (line {line}) makes new weights in each pass, which no optimizer has and nothing keeps. Make "
            "it in __init__, as an attribute of the module.",
            expression=expression_of(made),
            line=line_of(made),
        )
        yield Notice(said, source_of(made.place))
