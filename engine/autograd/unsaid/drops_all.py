"""Dropouts whose share is 1: nothing is left, forwards or back."""

from __future__ import annotations

from collections.abc import Iterator

from torch.nn.modules.dropout import _DropoutNd

from engine.autograd.unsaid.run import Run
from engine.program.module_tree import modules_in, parameters_in
from engine.protocol.sentence import Sentence
from engine.protocol.values import Notice
from engine.shared.static_reads import own_attributes


def drops_all(run: Run) -> Iterator[Notice]:
    """One for each, in a module that the newest pass reached."""
    for name, module in run.modules():
        if not any(map(run.current.has_reached, parameters_in(module))):
            continue
        for path, one in modules_in(module, name):
            own = own_attributes(one)
            if issubclass(type(one), _DropoutNd) and own.get("training") is True and own.get("p") == 1:
                said = Sentence.of(
                    "notice.drops_all",
                    "{path} drops everything: its p, the share of elements that is made 0, is 1. Nothing before it "
                    "gets a gradient. Give it the share that is to be dropped, as 0.1.",
                    path=path,
                )
                yield Notice(said)
