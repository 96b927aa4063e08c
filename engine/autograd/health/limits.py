"""What a look at a pass's health left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.protocol.sentence import Sentence
from engine.shared.health_rules import FEWEST_INPUTS, MOST_PASSES
from engine.shared.phrases import passes


def limits_said(left_out: Mapping[str, int], n_passes: int, n_earlier: int) -> tuple[Sentence, ...]:
    """`left_out`: how many nodes were "lost", of "few" inputs or "sampled", and how many sums had no "parts".
    `n_passes`: those of the run, of which `n_earlier` before this one have their values; 0 where no units are counted.
    """
    return (*_of_nodes(left_out), *_of_passes(n_passes, n_earlier))


def _of_nodes(left_out: Mapping[str, int]) -> Iterator[Sentence]:
    if left_out["lost"]:
        yield Sentence.of(
            "health.values_lost",
            "{nodes} not looked at for units: their values are not kept.",
            nodes=_nodes(left_out["lost"]),
        )
    if left_out["few"]:
        yield Sentence.of(
            "health.few_inputs",
            "{nodes} not judged by units: fewer than {n} inputs went through.",
            nodes=_nodes(left_out["few"]),
            n=FEWEST_INPUTS,
        )
    if left_out["sampled"]:
        yield Sentence.of(
            "health.sampled",
            "{nodes} looked at in evenly spaced samples, so large are their values.",
            nodes=_nodes(left_out["sampled"]),
        )
    if left_out["parts"]:
        yield Sentence.of(
            "health.parts_lost",
            "{sums} not looked at for cancelling: the norms of their parts are not known.",
            sums=Sentence.counted("count.sums_were", "{n} sum was", "{n:,} sums were", left_out["parts"]),
        )


def _of_passes(n_passes: int, n_earlier: int) -> Iterator[Sentence]:
    if n_passes > 1 and not n_earlier:
        yield Sentence.of(
            "health.one_pass", "Units were counted over this pass alone: of earlier ones the values are not kept."
        )
    elif n_earlier:
        yield Sentence.of(
            "health.passes_kept",
            "Units were counted over this pass and {passes} before it.",
            passes=passes(min(n_earlier, MOST_PASSES - 1)),
        )


def _nodes(n: int) -> Sentence:
    return Sentence.counted("count.nodes_were", "{n} node was", "{n:,} nodes were", n)
