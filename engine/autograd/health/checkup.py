"""All that is looked at in a pass, a piece at a time, and what was found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from engine.autograd.health import units
from engine.autograd.health.depth import Depth, points
from engine.autograd.health.layers import Layers
from engine.autograd.health.meeting import cancelling, meetings
from engine.autograd.health.subject import Subject
from engine.protocol.health import DepthPoint, Finding, PassHealth
from engine.protocol.sentence import Sentence
from engine.shared.health_rules import FEWEST_INPUTS, MOST_PASSES
from engine.shared.numbers import count

_RANK = {"serious": 0, "notable": 1, "aside": 2}
_KINDS = ("exploding", "dead", "saturated", "vanishing", "cancelling", "no_gradient")  # of equal rank, causes first
_MOST_OF_A_KIND = 40


class Checkup:
    """Of one pass. `unreached`: the parameters that no pass gave a gradient; `n_passes`: how many the run has had."""

    def __init__(self, subject: Subject, unreached: Callable[[], Iterable[Finding]], n_passes: int) -> None:
        self._subject, self._unreached, self._n_passes = subject, unreached, n_passes
        self._layers = Layers(subject)
        self._rectified = [node for node in subject.nodes.values() if units.are_rectified(node)]
        self._saturating = [node for node in subject.nodes.values() if units.may_saturate(node, self._layers)]
        self._meetings = meetings(subject)
        self._findings: list[Finding] = []
        self._depth: tuple[DepthPoint, ...] = ()
        self._limits: Counter[str] = Counter()
        self._n_done = 0
        self._n_all = 2 + len(self._rectified) + len(self._saturating) + len(self._meetings)

    def health(self) -> PassHealth:
        """What is known so far."""
        ranked = sorted(self._findings, key=lambda one: (_RANK[one.severity], _KINDS.index(one.kind)))
        of_kind: Counter[str] = Counter()
        shown = []
        for finding in ranked:
            of_kind[finding.kind] += 1
            if of_kind[finding.kind] <= _MOST_OF_A_KIND:
                shown.append(finding)
        limits = tuple(self._limits_said())
        return PassHealth(self._subject.graph.id, tuple(shown), self._depth, limits, self._n_done, self._n_all)

    def work(self) -> Iterator[None]:
        """Look at everything, with a pause after each few milliseconds."""
        yield from self._look_at_depth()
        self._findings += self._unreached()
        self._n_done += 1
        yield
        for node in self._meetings:
            finding, is_known = cancelling(self._subject, node)
            self._findings += [finding] if finding is not None else []
            self._limits["parts"] += not is_known
            self._n_done += 1
            yield
        for node in self._rectified:
            yield from self._take(units.dead(self._subject, node))
        for node in self._saturating:
            yield from self._take(units.saturated(self._subject, node))

    def _look_at_depth(self) -> Iterator[None]:
        flows = []
        for found in self._layers.flows():
            flows = found
            yield
        self._depth = points(flows)
        self._findings += Depth(self._subject, self._layers, flows).findings()
        self._n_done += 1
        yield

    def _take(self, looking: Iterator[units.Looked | None]) -> Iterator[None]:
        for looked in looking:
            if looked is not None:
                self._findings += [looked.finding] if looked.finding is not None else []
                self._limits[looked.limit] += 1
                self._n_done += 1
            yield

    def _limits_said(self) -> Iterator[Sentence]:
        known = self._limits
        if known["lost"]:
            yield Sentence.of(
                "health.values_lost",
                "{nodes} not looked at for units: their values are not kept.",
                nodes=_nodes(known["lost"]),
            )
        if known["few"]:
            yield Sentence.of(
                "health.few_inputs",
                "{nodes} not judged by units: fewer than {n} inputs went through.",
                nodes=_nodes(known["few"]),
                n=FEWEST_INPUTS,
            )
        if known["sampled"]:
            yield Sentence.of(
                "health.sampled",
                "{nodes} looked at in evenly spaced samples, so large are their values.",
                nodes=_nodes(known["sampled"]),
            )
        if known["parts"]:
            yield Sentence.of(
                "health.parts_lost",
                "{sums} not looked at for cancelling: a pass that is not stepped keeps no parts above 4 MiB.",
                sums="1 sum was" if known["parts"] == 1 else f"{known['parts']:,} sums were",
            )
        if self._rectified and self._n_passes > 1 and not self._subject.n_earlier:
            yield Sentence.of(
                "health.one_pass",
                "Units were counted over this pass alone: of earlier ones the values are not kept.",
            )
        elif self._rectified and self._subject.n_earlier:
            yield Sentence.of(
                "health.passes_kept",
                "Units were counted over this pass and {passes} before it.",
                passes=count(min(self._subject.n_earlier, MOST_PASSES - 1), "pass", "passes"),
            )


def _nodes(n: int) -> str:
    return "1 node was" if n == 1 else f"{n:,} nodes were"
