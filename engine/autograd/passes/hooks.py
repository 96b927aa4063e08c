"""Gradients on their way into nodes whose tensor has a hook of the program's: what was handed over, what arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.records import Call
from engine.autograd.snapshots import can_alias
from engine.shared.numbers import number

_MAX_ELEMENTS = 1 << 20  # of a gradient that is compared


class Change(NamedTuple):
    """The norm of a gradient before a hook and after it, as text."""

    before: str
    after: str


class HookedNodes:
    """Of one pass: `calls` are those of `register_hook`, by the index of the node. Inside, nothing is observed."""

    def __init__(self, calls: Mapping[int, Call]) -> None:
        self._calls = calls
        self._handed: dict[tuple[int, int], Tensor | None] = {}  # None: not comparable
        self.changed: dict[int, Change] = {}

    def __contains__(self, node: int) -> bool:
        return node in self._calls

    def __bool__(self) -> bool:
        return bool(self._calls)

    def call_of(self, node: int) -> Call | None:
        """The call that registered the hook."""
        return self._calls.get(node)

    def hand_over(self, node: int, slot: int, gradient: Tensor) -> None:
        """A producer hands `gradient` on; the engine adds up those of several."""
        key = (node, slot)
        known = self._handed.get(key)
        is_lost = key in self._handed and known is None
        if is_lost or not can_alias(gradient) or gradient.numel() > _MAX_ELEMENTS:
            self._handed[key] = None
        else:
            self._handed[key] = gradient.clone() if known is None else known + gradient

    def arrive(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """What the node is about to work with, after the hooks."""
        for slot, gradient in enumerate(gradients):
            handed = self._handed.pop((node, slot), None)
            if handed is None or gradient is None or not can_alias(gradient) or handed.shape != gradient.shape:
                continue
            if not torch.equal(handed, gradient) and not bool((handed != handed).any()):
                self.changed[node] = Change(number(float(handed.norm())), number(float(gradient.norm())))
