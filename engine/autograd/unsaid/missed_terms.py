"""Summands of a loss that bring a gradient only to what is not trained by it, for what is was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.records import Call
from engine.autograd.unsaid.graph_walks import kind_of, leaves_below, nodes_below, operands
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.way_to_loss import n_elements
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line

_SUMS = re.compile(r"(Add|Sub|Rsub)Backward\d")
_SCALES = re.compile(r"(Mul|Div|Neg)Backward\d")


def missed_terms(run: Run) -> Iterator[Notice]:
    """One for each: its leaves are those of an optimizer that has stepped before, by another pass, and not since, and
    a detach in it cuts off what has been stepped since."""
    passed, steps = run.newest_number(), run.recorder.seen.events.steps
    held = {name: (set(map(id, held_by(one))), steps[one]) for name, one in run.optimizers() if one in steps}
    since = {name: ids for name, (ids, taken) in held.items() if taken.newest > passed >= 0}
    before = [ids for ids, taken in held.values() if taken.newest < passed]
    terms = _terms(run) if len(since) == 1 and before else []
    if len(terms) < 2:
        return
    ((name, trained),) = since.items()
    reached = {term: list(leaves_below(run, term)) for term in terms}
    if not any(trained & set(map(id, leaves)) for leaves in reached.values()):
        return
    for term, leaves in reached.items():
        ids = set(map(id, leaves))
        cut = _cut(run, term, trained) if ids and not ids & trained and any(ids <= one for one in before) else None
        record = run.recorder.seen.record_of(run.current.call.nodes[term])
        if cut is None or record is None or record.call is None or not all(_is_of_another(run, one) for one in leaves):
            continue
        said = Sentence.of(
            "notice.missed_term",
            "{term} brings nothing to the parameters of {name}, which steps by this loss: {cut} cuts them off. Use "
            "the tensor itself there.",
            term=at_line(expression_of(record.call), line_of(record.call) or 0),
            name=name,
            cut=at_line(expression_of(cut), line_of(cut) or 0),
        )
        yield Notice(said, source_of(cut.place))


def _terms(run: Run) -> list[int]:
    """The nodes that a loss of one number is the sum of."""
    found, ahead = [], [run.current.call.index(node) for node in run.current.call.root_nodes]
    while ahead:
        index = ahead.pop()
        below = operands(run, index)
        is_scaled = bool(_SCALES.fullmatch(kind_of(run, index))) and len(below) == 1
        if n_elements(run, index) == 1 and (_SUMS.fullmatch(kind_of(run, index)) or is_scaled):
            ahead += below
        else:
            found.append(index)
    return found


def _cut(run: Run, term: int, trained: Set[int]) -> Call | None:
    """The detach in a summand of what a node of this pass has made which leads to what is trained."""
    made: dict[int, int] = {}
    for index, _, record in run.nodes():
        if record.call is not None:
            made.setdefault(id(record.call), index)
    for one in nodes_below(run, term):
        found = run.recorder.seen.record_of(run.current.call.nodes[one])
        for leaf in found.inputs if found is not None else ():
            cause = None if leaf.requires_grad or leaf.made is None else leaf.made.cause
            if cause is None or cause[0] != "detached" or line_of(cause[1]) is None:
                continue
            behind = [made.get(id(severed.made), -1) for severed in cause[1].severed]
            if any(at >= 0 and trained & set(map(id, leaves_below(run, at))) for at in behind):
                return cause[1]
    return None


def _is_of_another(run: Run, leaf: Tensor) -> bool:
    """Whether the gradient of a leaf was last emptied for a pass of another line."""
    account = run.accounts.of(leaf)
    return account is not None and account.n_deposits > 1 and account.deposits[0].line != run.site.line
