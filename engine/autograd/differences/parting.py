"""Where autograd and finite differences part: the node whose arriving gradient agrees and whose leaving one does not.

Each node on the way to the loss is compared along one random direction, and the way is halved until two neighbours
differ in that.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction

from engine.autograd.again.replay import CannotReplayError, Constants
from engine.autograd.again.rerun import Arrived
from engine.autograd.differences.scalar import Scalar
from engine.autograd.differences.slope import slope
from engine.autograd.differences.told import OnScreen, lines_of
from engine.autograd.differences.way import Ways
from engine.protocol.sentence import Sentence
from engine.shared.phrases import line_words

SEARCH_S = 20.0
_MAX_WAYS = 5  # where several nodes send to one, others of them may differ, too


class Parting:
    """One search."""

    def __init__(
        self, arrived: Arrived, on_screen: OnScreen, constants: Constants, generator: torch.Generator, ways: Ways
    ) -> None:
        self._arrived, self._on_screen = arrived, on_screen
        self._constants, self._generator = constants, generator
        self._ways = ways
        self._known: dict[int, bool | None] = {}
        self._end_s = monotonic() + SEARCH_S

    def found(self, node_id: int, slot: int, scalar: Scalar) -> tuple[int, list[Sentence]]:
        """(id of the node that they part at, why), -1 where that is not found. `scalar` is of what differs."""
        cut = self._cut(node_id, slot, scalar)
        if cut is not None:
            return -1, [cut]
        last, senders = self._last_that_differs(self._arrived.forward.ids.index(node_id))
        if monotonic() > self._end_s or not senders:
            return -1, []
        own = [sender for sender in senders if isinstance(self._arrived.graph.nodes[sender], BackwardCFunction)]
        culprit = (own or senders)[0]
        return self._arrived.forward.ids[culprit], [self._said(culprit, last, bool(own))]

    def _cut(self, node_id: int, slot: int, scalar: Scalar) -> Sentence | None:
        """Where differences agree along the ways that autograd follows, it was cut off from another one."""
        lines = scalar.replay.cuts
        use = self._arrived.use(node_id, slot)
        if not lines or use is None or not self._agrees(node_id, slot, as_tracked=True):
            return None
        return Sentence.of(
            "differences.cut",
            "Autograd was cut off at {lines}, where the program goes on without a graph (detach, .data, no_grad). The "
            "loss depends on this that way, too; along the ways that autograd follows both agree.",
            lines=lines_of(lines),
        )

    def _last_that_differs(self, index: int) -> tuple[int, list[int]]:
        """(node that differs, those that send to it, all of which agree)."""
        for _ in range(_MAX_WAYS):
            way = self._ways.one(index)
            low, high = 0, len(way) - 1
            while high - low > 1:
                middle = (low + high) // 2
                if self._differs(way[middle]):
                    low = middle
                else:
                    high = middle
            index = way[low]
            others = [sender for sender in self._ways.senders(index) if sender not in way[high:]]
            bad = next((sender for sender in others if self._differs(sender)), None)
            if bad is None:
                break
            index = bad
        return index, self._ways.senders(index)

    def _differs(self, index: int) -> bool:
        """Whether what arrived at any output of a node is not the derivative; False where that is not known."""
        if index not in self._known:
            node_id = self._arrived.forward.ids[index]
            node: Any = self._arrived.graph.nodes[index]
            slots = range(len(node._input_metadata))
            self._known[index] = any(self._agrees(node_id, slot) is False for slot in slots)
        return bool(self._known[index])

    def _agrees(self, node_id: int, slot: int, *, as_tracked: bool = False) -> bool | None:
        use, gradient = self._arrived.use(node_id, slot), self._on_screen.gradient(node_id, slot)
        if use is None or gradient is None or monotonic() > self._end_s:
            return None
        try:
            scalar = Scalar(self._arrived, node_id, slot, use, self._constants, as_tracked=as_tracked)
        except CannotReplayError:
            return None
        gradient = gradient.to(torch.float64)
        direction = torch.randn(gradient.shape, generator=self._generator, dtype=torch.float64)
        expected = float((gradient * direction).sum())
        index = self._arrived.forward.ids.index(node_id)
        least = self._ways.rounding(index, scalar.dtype) * gradient.numel() ** 0.5
        margin = scalar.tolerance * float(gradient.norm()) + least
        found = slope(lambda shift: scalar.along(direction, shift), scalar.at_value, expected, margin)
        return found.allows(expected, margin)

    def _said(self, culprit: int, last: int, is_own: bool) -> Sentence:
        hooked = self._on_screen.hook_line(self._arrived.forward.ids[last])
        if hooked is not None:
            return Sentence.of(
                "differences.hook",
                "A hook ({place}) changes the gradient that arrives at {name}: it is not the derivative any more.",
                place=line_words(hooked) if hooked else Sentence.phrase("words.of_program", "of the program"),
                name=self._on_screen.words(self._arrived.forward.ids[last]),
            )
        name, to = (self._on_screen.words(self._arrived.forward.ids[index]) for index in (culprit, last))
        if is_own:
            return Sentence.of(
                "differences.own_backward",
                "They part at {name}, a Function of the program: what arrives there agrees, what it sends on does not. "
                "Its backward is not the derivative of its forward.",
                name=name,
            )
        return Sentence.of(
            "differences.part",
            "They part at {name}: what arrives there agrees, what comes from it to {to} does not.",
            name=name,
            to=to,
        )
