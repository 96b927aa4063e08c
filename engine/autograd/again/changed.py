"""What the program does where a leaf has another value: its forward pass again, with that value, in a copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import msgspec
from torch import Tensor

from engine.autograd.again.rerun import Arrived, Refuse, run_again
from engine.autograd.again.tape import Place
from engine.autograd.passes.forwards import Forward
from engine.platform.copies import Copy, Tell
from engine.program.runner import Runner
from engine.protocol.sentence import Sentence

_answers = msgspec.msgpack.Decoder(tuple[Sentence | None, list[tuple[int, int]]])


def run_changed(
    runner: Runner,
    forward: Forward,
    program_paths: set[str],
    leaves: Mapping[int, Tensor],
    arrived: Callable[[Arrived], None],
    refused: Refuse,
) -> None:
    """As `run_again`, where the leaves with these ids have other values, of the same shape and dtype.

    Only in a copy of the process. The program runs twice: once to see where each leaf is first used, and once with the
    values in place from there on. What was made of a leaf before this forward pass, as by a pass before it, stays. In
    `arrived` come the new outputs (`roots`, with their graph: `loss.backward()` gives the new gradients, by custom
    Functions and hooks as they are) and all values by node (`value`). Where another value leads to another branch, and
    so to another graph, `refused` is told.
    """
    ids = list(leaves)
    reason, places = _located(runner, forward, program_paths, ids)
    if reason is not None:
        refused(reason)
    changes = {place: leaves[leaf] for place, leaf in zip(places, ids, strict=True)}
    run_again(runner, forward, program_paths, arrived, refused, changes)


def _located(
    runner: Runner, forward: Forward, program_paths: set[str], leaves: list[int]
) -> tuple[Sentence | None, list[Place]]:
    """Where each leaf is first used, or why that cannot be known."""

    def work(tell: Tell) -> None:
        def end(reason: Sentence | None, places: list[Place]) -> None:
            tell(msgspec.msgpack.encode((reason, [tuple(place) for place in places])))
            os._exit(0)

        def refused(reason: Sentence) -> None:
            end(reason, [])

        def found(arrived: Arrived) -> None:
            uses = [arrived.use(leaf, 0) for leaf in leaves]
            missing = Sentence.of("again.leaf_not_used", "No operation that was seen again takes this leaf.")
            end(missing if None in uses else None, [use.first for use in uses if use is not None])

        run_again(runner, forward, program_paths, found, refused)  # type: ignore[arg-type]

    for message in Copy(work).messages():
        reason, places = _answers.decode(message)
        return reason, [Place(*place) for place in places]
    return Sentence.of("again.ended", "The copy that ran the program again ended without an answer."), []
