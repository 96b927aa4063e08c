"""Summands of a loss that are constant: what they were computed from lost its gradient where there is no derivative."""

from __future__ import annotations

import re
from collections.abc import Iterator

import torch

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import assigned
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.way_to_loss import summands
from engine.protocol.program_values import Notice
from engine.tensors import native

_SUMS = re.compile(r"(Add|Sub|Rsub)Backward\d")


def constant_summands(run: Run) -> Iterator[Notice]:
    """One for each cut. What was detached, or computed under no_grad, is constant on purpose."""
    told, added = set(), summands(run)
    for index, node, record in run.nodes():
        if not _SUMS.fullmatch(native.name_of(node)):
            continue
        for leaf in record.inputs:
            made = None if leaf.requires_grad else leaf.made
            cause = None if made is None else made.cause
            if made is None or cause is None or cause[0] != "derivative" or cause[1].place in told:
                continue
            cut = cause[1]
            if cut.function is not torch.autograd.grad and line_of(cut) is not None and index in added:
                told.add(cut.place)
                name = assigned(made.place) or expression_of(made)
                yield Notice(cuts.sentence("derivative", name, cut), source_of(cut.place))
