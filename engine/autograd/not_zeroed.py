"""Leaves that were updated between passes although their `.grad` still held what the pass before had added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch import Tensor, nn

from engine.autograd.graph.node_names import user_names
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.grad_accounts import GradAccounts
from engine.autograd.untrained import listed
from engine.program.module_tree import named_parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words, passes


def not_zeroed(
    namespace: Mapping[str, Any], accounts: GradAccounts, current: BackwardPass, site: CallSite
) -> Iterator[Notice]:
    """One for the newest pass."""
    found = [(leaf, account) for leaf in current.call.leaves if (account := accounts.of(leaf)) is not None]
    forgotten = [(leaf, account) for leaf, account in found if account.is_forgotten and account.has_misled(leaf)]
    if not forgotten:
        return
    names = dict(_names(namespace))
    known = [names[id(leaf)] for leaf, _ in forgotten if id(leaf) in names]
    said = Sentence.of(
        "notice.not_zeroed",
        "zero_grad was not called: {origin} (line {line}) added to what {n} before it had left in the .grad of "
        "{names}, although they were updated in between.",
        origin=origin_words(site.origin),
        line=site.line,
        n=passes(max(account.n_deposits - 1 for _, account in forgotten)),
        names=listed(known) if known else Sentence.counted("count.leaves", "{n} leaf", "{n:,} leaves", len(forgotten)),
    )
    yield Notice(said, site.source)


def _names(namespace: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for name, value in user_names(namespace):
        if issubclass(type(value), nn.Module):
            yield from ((id(parameter), path) for path, parameter in named_parameters_in(value, name))
        elif issubclass(type(value), Tensor):
            yield id(value), name
