"""What is to be known of a forward pass that ran again: whether it is the same one, and what was held as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import torch
from torch import Tensor

from engine.autograd.again.replay import Replay
from engine.autograd.again.rerun import Arrived
from engine.protocol.sentence import Sentence
from engine.shared.phrases import both, line_words, with_more
from engine.tensors import native

_MAX_LINES = 3
_CLOSE = 1e-3  # on one core sums are taken in another order


class OnScreen(Protocol):
    """The pass that the person looks at. None where something is not kept."""

    def gradient(self, node: int, slot: int) -> Tensor | None:
        """What arrived at an output."""

    def value(self, node: int, slot: int) -> Tensor | None:
        """What the operation computed."""

    def hook_line(self, node: int) -> int | None:
        """Of a hook of the program that changed what arrived there: its line, 0 where that is not known."""

    def words(self, node: int) -> Sentence:
        """A node by its variable, kind and line."""


def drawn_again(arrived: Arrived, on_screen: OnScreen) -> Sentence | None:
    """Why the pass that ran again is not the one on screen; None where its ends are."""
    ids, graph = arrived.forward.ids, arrived.graph
    ends = {index for index, node in enumerate(graph.nodes) if native.leaf_of(node) is not None}
    ends |= {root for root, _ in graph.roots}
    if all(_is_same(arrived, on_screen, ids[index]) for index in ends):
        return None
    first = next(index for index in reversed(range(len(ids))) if not _is_same(arrived, on_screen, ids[index]))
    return Sentence.of(
        "differences.drawn_again",
        "The forward pass is random, or depends on something outside: run again from the same random state, it gives "
        "other numbers, first at {name}.",
        name=on_screen.words(ids[first]),
    )


def _is_same(arrived: Arrived, on_screen: OnScreen, node_id: int) -> bool:
    now, known = arrived.value(node_id, 0), on_screen.value(node_id, 0)
    if now is None or known is None or known.shape != now.shape or known.dtype != now.dtype:
        return True  # nothing is known
    return _is_close(now, known)


def _is_close(now: Tensor, known: Tensor) -> bool:
    if not known.is_floating_point() or torch.equal(now, known):
        return True
    now, known = now.double(), known.double()
    scale = float(known.nan_to_num(0, 0, 0).abs().max()) if known.numel() else 0.0
    return bool(torch.allclose(now, known, _CLOSE, _CLOSE * scale, equal_nan=True))


def notes_on(replay: Replay, n_kinks: int) -> list[Sentence]:
    """What was held as it was in a replay."""
    found = []
    if n_kinks:
        found.append(
            Sentence.of("differences.kinks", "{n} of the cells lie at a kink or a jump: there is no one derivative.",
                        n=n_kinks)
        )  # fmt: skip
    if replay.draws:
        found.append(
            Sentence.of("differences.random_held", "Random numbers, as those of a dropout, were those of the program.")
        )
    if replay.numbers_taken:
        found.append(
            Sentence.of(
                "differences.numbers_held",
                "A number is taken out of a tensor ({lines}): what follows from that, as a branch, stayed what it was.",
                lines=lines_of(replay.numbers_taken),
            )
        )
    return found


def lines_of(lines: Iterable[int]) -> Sentence:
    """ "line 3", "lines 3 and 5", or "a line of a library"."""
    known: Sequence[int] = [line for line in dict.fromkeys(lines) if line]
    if not known:
        return Sentence.phrase("words.line_of_library", "a line of a library")
    if len(known) == 1:
        return line_words(known[0])
    n_more = len(known) - _MAX_LINES
    named = with_more(", ".join(map(str, known[:_MAX_LINES])), n_more) if n_more > 0 else both(known)
    return Sentence.phrase("words.lines", "lines {lines}", lines=named)
