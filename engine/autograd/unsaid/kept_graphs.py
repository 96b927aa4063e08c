"""Variables that keep the graphs of passes alive which are over: sums of losses, and lists of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.passes.past import passes_behind
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_FEWEST = 3  # passes
_MOST_ELEMENTS = 4096  # of a list that are looked at, the newest


def kept_graphs(run: Run) -> Iterator[Notice]:
    """One for each variable that has come since the program began."""
    for name, value in run.values():
        if id(value) in run.before:
            continue
        if issubclass(type(value), Tensor):
            yield from _sum(run, name, value)
        elif type(value) in (list, deque, dict):
            yield from _list(run, name, list(value.values() if type(value) is dict else value))


def _sum(run: Run, name: str, value: Tensor) -> Iterator[Notice]:
    node, made = native.grad_fn(value), run.recorder.seen.maker(value)
    n_passes = 0 if node is None else len(passes_behind(node, run.recorder.seen.record_of))
    if n_passes >= _FEWEST and made is not None and line_of(made) is not None:
        said = Sentence.of(
            "notice.sum_of_graphs",
            "{name} keeps the graphs of {n:,} passes alive, which are over: {expression} (line {line}) adds a tensor "
            "with its graph. Add its number, by .item(), or .detach() it.",
            name=name,
            n=n_passes,
            expression=expression_of(made),
            line=line_of(made),
        )
        yield Notice(said, source_of(made.place))


def _list(run: Run, name: str, values: list[Any]) -> Iterator[Notice]:
    found: dict[int, Call] = {}
    for value in values[-_MOST_ELEMENTS:]:
        node: GradFn | None = native.grad_fn(value) if issubclass(type(value), Tensor) else None
        record = None if node is None else run.recorder.seen.record_of(node)
        if record is not None and record.call is not None and record.ran_in is not None:
            found[record.ran_in.number] = record.call
    newest = found[max(found)] if found else None
    if len(found) >= _FEWEST and newest is not None and line_of(newest) is not None:
        said = Sentence.of(
            "notice.list_of_graphs",
            "{name} keeps the graphs of {n:,} passes alive, which are over: what it holds has one, as {expression} "
            "(line {line}). Keep numbers, by .item(), or .detach() what is put into it.",
            name=name,
            n=len(found),
            expression=expression_of(newest),
            line=line_of(newest),
        )
        yield Notice(said, source_of(newest.place))
