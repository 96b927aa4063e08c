"""Gradients that meet and leave next to nothing of each other."""

from __future__ import annotations

import math
import re

from engine.autograd.health.subject import Subject, line, n_elements, place
from engine.protocol.graph_values import Node
from engine.protocol.health import Finding, Severity
from engine.protocol.sentence import Sentence
from engine.shared.health_rules import FEWEST_CELLS, NOTABLE_LEFT, SERIOUS_LEFT
from engine.shared.numbers import brief
from engine.shared.phrases import at_line

# What is subtracted and added again so that numbers stay small, as the maximum in a softmax, gets no gradient at all.
_SHIFTS = re.compile(r"(Max|Amax|Min|Amin|Logsumexp)Backward\d*")
_MOST_NORMS = 4


def meetings(subject: Subject) -> list[Node]:
    """The nodes at one of whose outputs several gradients meet."""
    met = {node for (node, _), n_sent in subject.n_sent.items() if n_sent > 1}
    return [node for node in subject.nodes.values() if node.id in met and not _SHIFTS.fullmatch(node.name)]


def cancelling(subject: Subject, node: Node, *, is_first: bool) -> tuple[Finding | None, bool]:
    """(what is wrong, whether all parts are known that came) at a node. `is_first`: no pass of the run came before."""
    is_known = True
    for slot in range(max(1, len(node.outputs))):
        total = subject.norm_of_slot(node.id, slot) if subject.n_sent[node.id, slot] > 1 else None
        if total is None:
            continue
        norms = [part.kept.norm() for part in subject.parts(node.id, slot)]
        known = [norm for norm in norms if norm is not None]
        alone = math.hypot(*known)
        if len(known) < 2 or len(known) < len(norms):
            is_known = False
        elif alone and math.isfinite(alone) and total / alone < _least(node):
            return _finding(node, known, total, _severity(node, total / alone, is_first=is_first)), True
    return None, is_known


def _least(node: Node) -> float:
    """Few numbers come near to cancelling by chance."""
    return NOTABLE_LEFT if n_elements(node) >= FEWEST_CELLS else SERIOUS_LEFT


def _severity(node: Node, left: float, *, is_first: bool) -> Severity:
    """At a leaf it is what a loop comes to where the terms of its loss are in balance."""
    if node.kind == "accumulate" and not is_first:
        return "aside"
    return "serious" if left < SERIOUS_LEFT and n_elements(node) >= FEWEST_CELLS else "notable"


def _finding(node: Node, norms: list[float], total: float, severity: Severity) -> Finding:
    shown = ", ".join(brief(norm, 2) for norm in norms[:_MOST_NORMS]) + (", …" if len(norms) > _MOST_NORMS else "")
    said = Sentence.of(
        "health.cancels",
        "At {place} {n} gradients cancel: their norms are {norms}, that of their sum is {total}.",
        place=at_line(node.variable, line(node)) if node.variable and line(node) else place(node),
        n=len(norms),
        norms=shown,
        total=brief(total, 2),
    )
    cure = Sentence.of(
        "health.cure_cancels",
        "The inspector's ledger of this node shows each part. Usual cure: the right sign or weight of each term of the "
        "loss, or one of the branches detached; at a minimum it is as it should be.",
    )
    return Finding("cancelling", severity, said, cure, node.id, place=node.source)
