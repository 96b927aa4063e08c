"""Networks that judge, and are trained by the very loss that is to raise their judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from torch import Tensor

from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.graph_walks import kind_of, leaves_below, operands
from engine.autograd.unsaid.run import Run
from engine.autograd.untrained import listed
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words

# A loss that is no more than the judgement itself: a mean, its sign turned.
_LINEAR = re.compile(
    r"(Neg|Mean|Sum|Add|Sub|Rsub|Mul|Div|View|UnsafeView|Squeeze|Unsqueeze|Select|Minimum|Min)Backward\d"
)
_LAYERS = re.compile(r"(Addmm|Mm|Linear)Backward\d")


def judged(run: Run) -> Iterator[Notice]:
    """One for each optimizer that has stepped by a judge's gradients of the newest pass, whose loss is the judgement of
    what another optimizer trains, beside those of the pass by which the judge learns."""
    passed, steps = run.newest_number(), run.recorder.seen.events.steps
    since = [(name, set(map(id, held_by(one)))) for name, one in run.optimizers() if one in steps]
    newest = {name: steps[one].newest for name, one in run.optimizers() if one in steps}
    since = [(name, ids) for name, ids in since if newest[name] > passed >= 0]
    if len(since) < 2:
        return
    names = run.names()
    for layer in _last_layers(run):
        own = [leaf for place in operands(run, layer) for leaf in leaves_below(run, place) if _is_direct(run, place)]
        behind = set(map(id, leaves_below(run, layer)))
        for judge, ids in since:
            other = any(theirs & behind and not theirs & ids for name, theirs in since if name != judge)
            line = _other_line(run, ids) if other and any(id(leaf) in ids for leaf in own) else 0
            if not line:
                continue
            known = [names[one] for one in behind & ids if one in names]
            said = Sentence.of(
                "notice.judged",
                "{origin} (line {line}) brings a gradient to {names}, too, and {optimizer} steps by it and by that of "
                "line {other} together: what is to raise a judgement then trains the judge. Call {optimizer}.step() "
                "before it.",
                origin=origin_words(run.site.origin),
                line=run.site.line,
                names=listed(sorted(known)),
                optimizer=judge,
                other=line,
            )
            yield Notice(said, run.site.source)
            return


def _last_layers(run: Run) -> list[int]:
    """The layers whose results the loss is a mean of."""
    found, seen = [], set[int]()
    ahead = [run.current.call.index(node) for node in run.current.call.root_nodes]
    while ahead:
        index = ahead.pop()
        if index in seen:
            continue
        seen.add(index)
        if _LAYERS.fullmatch(kind_of(run, index)):
            found.append(index)
        elif _LINEAR.fullmatch(kind_of(run, index)) and (len(operands(run, index)) == 1 or _adds(run, index)):
            ahead += operands(run, index)
    return found


def _adds(run: Run, index: int) -> bool:
    return not re.match(r"(Mul|Div)", kind_of(run, index))


def _is_direct(run: Run, index: int) -> bool:
    """Whether a layer's operand is its own weight, maybe transposed."""
    return len(operands(run, index)) <= 1 and re.match(r"(T|torch::autograd::Accum)", kind_of(run, index)) is not None


def _other_line(run: Run, ids: Set[int]) -> int:
    """The line of the one other pass that the judge's gradients are from, since they were empty; 0 without one."""
    lines: set[int] = set()
    for leaf in run.current.call.leaves:
        if id(leaf) in ids:
            lines |= _lines(run, leaf)
    others = lines - {run.site.line}
    return others.pop() if len(others) == 1 and run.site.line in lines else 0


def _lines(run: Run, leaf: Tensor) -> set[int]:
    account = run.accounts.of(leaf)
    deposits = [] if account is None else account.deposits[-account.n_deposits :]
    return set() if any(one.is_updated for one in deposits[1:]) else {one.line for one in deposits}
