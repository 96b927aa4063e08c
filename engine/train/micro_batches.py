"""How many sequences one forward pass takes. Those of a step are the person's choice, their parts are the memory's."""

from __future__ import annotations

from typing import NamedTuple

from engine.runs.config import RunConfig
from engine.runs.memory import Way, training_memory

# Of one micro-batch: from 16,384 tokens to 65,536 an H100 gains a tenth, and more than these was never measured.
_MOST_TOKENS = 65_536
_SHARE = 0.9  # of what is free: the estimate is good to a tenth


class Split(NamedTuple):
    """A step's sequences: `n_parts` micro-batches of `n_sequences`."""

    n_sequences: int
    n_parts: int

    @classmethod
    def of(cls, total: int, most: int) -> Split:
        """Into equal parts of at most `most`, so that the mean of their means is the mean of all."""
        n_sequences = next(n for n in range(min(most, total), 0, -1) if total % n == 0)
        return cls(n_sequences, total // n_sequences)

    def smaller(self) -> Split | None:
        """At most half as many sequences at once, and as many in all; None where one is the least."""
        total = self.n_sequences * self.n_parts
        return Split.of(total, self.n_sequences // 2) if self.n_sequences > 1 else None


class Plan(NamedTuple):
    """How steps are made eagerly, and compiled, None where they never are. `is_beside`: there is room for a second
    process that compiles meanwhile."""

    eager: Split
    compiled: Split | None
    is_beside: bool = True


def plan(run: RunConfig, n_free_bytes: int | None) -> Plan:
    """Of a run on a card with so many bytes free; None without a card, where all is as it was asked for, and compiled
    only where that was, too."""
    asked = Split(run.batch_size, run.grad_accumulation)
    compiles = run.compile if run.compile is not None else n_free_bytes is not None
    if n_free_bytes is None:
        return Plan(asked, asked if compiles else None)
    room = int(_SHARE * n_free_bytes)
    if not compiles:
        return Plan(_fitting(run, room, "autocast") or Split(1, asked.n_sequences * asked.n_parts), None)
    total = asked.n_sequences * asked.n_parts
    compiled = _fitting(run, room, "compiled") or Split(1, total)
    known = training_memory(run.model, compiled.n_sequences, "compiled")
    beside = _fitting(run, room - (known.total - known.moments), "autocast")  # the other process makes no step
    return Plan(beside or _fitting(run, room, "autocast") or Split(1, total), compiled, is_beside=beside is not None)


def _fitting(run: RunConfig, n_bytes: int, way: Way) -> Split | None:
    """The largest micro-batch that has room, None where not even one sequence has."""
    total = run.batch_size * run.grad_accumulation
    largest = max(_MOST_TOKENS // run.model.context_length, 1)
    staying = training_memory(run.model, 0, way).total
    a_sequence = training_memory(run.model, 1, way).total - staying
    n_sequences = min((n_bytes - staying) // a_sequence, largest, total)
    return Split.of(total, n_sequences) if n_sequences >= 1 else None
