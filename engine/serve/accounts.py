"""The account of a leaf's `.grad`: what each pass added to it, and whether that was meant to be alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.passes.grad_accounts import Account, Deposit
from engine.autograd.passes.norms import norm_of
from engine.autograd.recorder import Recorder
from engine.program.lookup import grad_of, resolve_tensor
from engine.protocol import messages as m
from engine.protocol.accounts import GradAccount, GradDeposit
from engine.protocol.sentence import Sentence
from engine.shared.numbers import brief
from engine.shared.phrases import passes as count_of
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.reading import UnreadableError, pieces, plain, real, unobserved


class AccountBook:
    """Answers about the leaves of the graph on screen. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder, controller: BackwardController) -> None:
        self._namespace, self._recorder = namespace, recorder
        self._controller = controller

    def account(self, request: m.AskAccount) -> m.AccountShown:
        """Of a leaf; of any other node there is none. Of an earlier pass: as it was when that had run. Raises
        EngineError where a variable is no tensor."""
        if request.name:
            return self._of(request, resolve_tensor(self._namespace, request.name))
        if self._controller.values.is_earlier(request.node):
            with unobserved():
                return m.AccountShown(request.id, account=self._told_earlier(request.node))
        known = self._recorder.graph_of_id(request.graph) is not None
        return self._of(request, self._recorder.leaf(request.node) if known else None)

    def _of(self, request: m.AskAccount, leaf: Tensor | None) -> m.AccountShown:
        account = None if leaf is None else self._controller.accounts.of(leaf)
        if leaf is None or account is None:
            return m.AccountShown(request.id, account=GradAccount(request.node))
        with unobserved():
            return m.AccountShown(request.id, account=self._told(request.node, leaf, account))

    def _told(self, node: int, leaf: Tensor, account: Account) -> GradAccount:
        grad = grad_of(leaf)
        grad = None if grad is None else native.bare(grad)
        arrived, _ = self._controller.values.gradient(node, 0)
        deposits = tuple(self._deposits(account))
        return GradAccount(
            node,
            deposits,
            account.n_deposits,
            None if grad is None else norm_of((grad,)),
            max(map(_largest, (one for one in (grad, arrived) if one is not None)), default=0.0),
            grad is not None and account.is_written_since(grad),
            account.is_forgotten,
            _said(deposits[-1].norm, account.deposits[-1]) if deposits else None,
        )

    def _told_earlier(self, node: int) -> GradAccount:
        deposit = self._controller.values.deposit(node)
        if deposit is None:
            return GradAccount(node, is_earlier=True)
        told = self._deposit(deposit)
        return GradAccount(
            node,
            (told,),
            deposit.n_before + 1,
            is_forgotten=deposit.is_forgotten,
            said=_said(told.norm, deposit),
            is_earlier=True,
        )

    def _deposits(self, account: Account) -> Iterator[GradDeposit]:
        return map(self._deposit, account.deposits)

    def _deposit(self, one: Deposit) -> GradDeposit:
        norm = self._controller.values.norm_in_pass(one.pass_index, one.node)
        return GradDeposit(one.pass_index, one.line, norm, one.before, one.is_updated)


def _said(added: float | None, newest: Deposit) -> Sentence:
    """What stands in the `.grad` after the newest, which added a gradient of that norm, in one line."""
    norm = "?" if added is None else brief(added, 3)
    if not newest.n_before:
        if newest.before is None:
            return Sentence.of("account.alone", "{norm} of this pass alone: .grad was empty or zero before.", norm=norm)
        return Sentence.of(
            "account.from_before",
            "{norm} of this pass += {before} that was there before this run's first pass.",
            norm=norm,
            before=brief(newest.before, 3),
        )
    before, passes = "?" if newest.before is None else brief(newest.before, 3), newest.n_before
    if newest.is_forgotten:
        return Sentence.of(
            "account.forgotten",
            "{norm} of this pass += {before} from {n} before: zero_grad was not called, although the leaf was updated "
            "in between.",
            norm=norm,
            before=before,
            n=count_of(passes),
        )
    return Sentence.of(
        "account.micro_batches",
        "{norm} of this pass += {before} from {n} before: zero_grad was not called, and the leaf was not updated in "
        "between, as with micro-batches.",
        norm=norm,
        before=before,
        n=count_of(passes),
    )


def _largest(tensor: Tensor) -> float:
    """Of the magnitudes that are finite."""
    try:
        return max(map(_largest_in, pieces(plain(tensor))), default=0.0)
    except (RuntimeError, UnreadableError):
        return 0.0


def _largest_in(piece: Tensor) -> float:
    GATE.give_way()
    numbers = real(piece)
    if numbers.numel() and not math.isfinite(float(numbers.sum())):
        numbers = numbers[torch.isfinite(numbers)]
    if not numbers.numel():
        return 0.0
    low, high = (float(bound) for bound in torch.aminmax(numbers))
    return max(high, -low)
