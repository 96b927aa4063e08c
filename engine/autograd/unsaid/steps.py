"""Optimizers that change nothing although passes bring them gradients: never stepped, or with a rate of 0."""

from __future__ import annotations

from collections.abc import Iterator

from torch.optim import Optimizer

from engine.autograd.optimizer_groups import groups_of, held_by
from engine.autograd.optimizer_steps import OWN
from engine.autograd.training_events import Steps
from engine.autograd.unsaid.run import Run
from engine.program.sources import named_alone
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import plain
from engine.shared.phrases import origin_words, passes

_FEWEST = 2  # passes, or steps, that tell a habit
_FEWEST_SMALL = 10  # steps of which most are too small


def steps(run: Run) -> Iterator[Notice]:
    """One for each optimizer that has come since the program began, and for each step that is named and not called."""
    known = run.recorder.seen.events.steps
    for name, optimizer in run.optimizers():
        if id(optimizer) in run.before or type(optimizer) not in OWN:
            continue
        if optimizer not in known:
            yield from _never_stepped(run, name, optimizer)
        elif known[optimizer].n >= _FEWEST and known[optimizer].highest_rate == 0 and any(groups_of(optimizer)):
            said = Sentence.of(
                "notice.rate_of_zero",
                "{name} changes nothing: its rate was 0 in each of its {n:,} steps. Look at what sets it, as the "
                "function of a scheduler.",
                name=name,
                n=known[optimizer].n,
            )
            yield Notice(said)
        elif known[optimizer].n >= _FEWEST_SMALL and 2 * known[optimizer].n_small > known[optimizer].n:
            yield Notice(_gone(name, known[optimizer]))


def _gone(name: str, steps: Steps) -> Sentence:
    return Sentence.of(
        "notice.rate_gone",
        "{name} hardly steps: in {n:,} of its {n_all:,} steps its rate was below a thousandth of the {rate} that it "
        "had. A scheduler that counts epochs is called once an epoch, not at each batch.",
        name=name,
        n=steps.n_small,
        n_all=steps.n,
        rate=plain(steps.highest_rate),
    )


def _never_stepped(run: Run, name: str, optimizer: Optimizer) -> Iterator[Notice]:
    """Where the gradients of each pass were thrown away, and nothing else has changed the parameters."""
    n_passes = len(run.course.of_line(run.site.line))
    accounts = [account for one in held_by(optimizer) if (account := run.accounts.of(one)) is not None]
    is_lost = any(account.n_deposits < n_passes for account in accounts)
    if n_passes < _FEWEST or not is_lost or any(account.is_changed() for account in accounts):
        return
    named = next((one for one in named_alone(run.path, "step") if one.text == f"{name}.step"), None)
    if named is not None:
        said = Sentence.of(
            "notice.step_not_called",
            "{name}.step (line {line}) names the step and does not make it: {name} has changed nothing in {n}. Write "
            "{name}.step().",
            name=name,
            line=named.line,
            n=passes(n_passes),
        )
        yield Notice(said, named)
        return
    said = Sentence.of(
        "notice.never_stepped",
        "{name}.step() was never called: {n} of {origin} (line {line}) brought gradients to its parameters, which are "
        "as they were. Call it after each pass.",
        name=name,
        n=passes(n_passes),
        origin=origin_words(run.site.origin),
        line=run.site.line,
    )
    yield Notice(said, run.site.source)
