"""All that is looked at in a pass, a piece at a time, and what was found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from engine.autograd.health import units
from engine.autograd.health.depth import Depth, points
from engine.autograd.health.ends import Zeros, not_finite
from engine.autograd.health.layers import Layer, Layers
from engine.autograd.health.limits import limits_said
from engine.autograd.health.meeting import cancelling, meetings
from engine.autograd.health.subject import Subject
from engine.protocol.health import DepthPoint, Finding, PassHealth

_RANK = {"serious": 0, "notable": 1, "aside": 2}
_KINDS = ("exploding", "dead", "saturated", "vanishing", "cancelling", "no_gradient")  # of equal rank, causes first
_MOST_OF_A_KIND = 40
_AT_ONCE = 500  # nodes that are looked at without a pause


class Checkup:
    """Of one pass. `unreached`: the parameters that no pass gave a gradient; `n_passes`: how many the run has had."""

    def __init__(self, subject: Subject, unreached: Callable[[], Iterable[Finding]], n_passes: int) -> None:
        self._subject, self._unreached, self._n_passes = subject, unreached, n_passes
        self._layers = Layers(subject)
        self._has_units = False
        self._findings: list[Finding] = []
        self._depth: tuple[DepthPoint, ...] = ()
        self._limits: Counter[str] = Counter()
        self._n_done, self._n_all = 0, 1

    def health(self) -> PassHealth:
        """What is known so far."""
        ranked = sorted(self._findings, key=lambda one: (_RANK[one.severity], _KINDS.index(one.kind)))
        of_kind: Counter[str] = Counter()
        shown = []
        for finding in ranked:
            of_kind[finding.kind] += 1
            if of_kind[finding.kind] <= _MOST_OF_A_KIND:
                shown.append(finding)
        n_earlier = self._subject.n_earlier if self._has_units else 0
        limits = limits_said(self._limits, self._n_passes if self._has_units else 0, n_earlier)
        return PassHealth(self._subject.graph.id, tuple(shown), self._depth, limits, self._n_done, self._n_all)

    def work(self) -> Iterator[None]:
        """Look at everything, with a pause after each few milliseconds."""
        yield from self._subject.read()
        yield from self._layers.read()
        met = meetings(self._subject)
        yield
        rectified, saturating = [], []
        for number, node in enumerate(self._layers.ordered):
            rectified += [node] if units.are_rectified(node) else []
            saturating += [node] if units.may_saturate(node, self._layers) else []
            if number % _AT_ONCE == 0:
                yield
        self._has_units = bool(rectified)
        self._n_all = 2 + len(met) + len(rectified) + len(saturating) + len(self._layers.nodes)
        yield
        yield from self._look_at_depth()
        self._findings += self._unreached()
        self._n_done += 1
        yield
        for node in met:
            finding, is_known = cancelling(self._subject, node, is_first=self._n_passes < 2)
            self._findings += [finding] if finding is not None else []
            self._limits["parts"] += not is_known
            self._n_done += 1
            yield
        for node in rectified:
            yield from self._take(units.dead(self._subject, node))
        for node in saturating:
            yield from self._take(units.saturated(self._subject, node))

    def _look_at_depth(self) -> Iterator[None]:
        flows: list[Layer] = []
        for layer in self._layers.flows():
            flows += [layer] if layer is not None else []
            self._n_done += layer is not None
            yield
        self._depth = points(flows)
        broken = not_finite(self._subject)
        yield
        if broken is not None:
            self._findings.append(broken)
        else:
            stopped = Zeros(self._subject, self._layers, is_first=self._n_passes < 2).finding()
            self._findings += [stopped] if stopped is not None else []
            for finding in Depth(self._subject, self._layers, flows).findings():
                self._findings += [finding] if finding is not None else []
                yield
        self._n_done += 1
        yield

    def _take(self, looking: Iterator[units.Looked | None]) -> Iterator[None]:
        for looked in looking:
            if looked is not None:
                self._findings += [looked.finding] if looked.finding is not None else []
                self._limits[looked.limit] += 1
                self._n_done += 1
            yield
