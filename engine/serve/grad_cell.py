"""What made one cell of a leaf's `.grad`: what each pass added there since it was empty."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.passes.grad_accounts import Account, Deposit
from engine.autograd.recorder import Recorder
from engine.program.lookup import grad_of
from engine.protocol.cells import CellFactor, CellPlace, CellSum, CellTerm
from engine.protocol.keys import NodeGradKey
from engine.protocol.notes import Changed, Note
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames, index_text
from engine.serve.sums import Sum
from engine.shared.numbers import number
from engine.shared.phrases import passes
from engine.tensors import native


class GradCell:
    """Of one answer. Inside `unobserved` and the gate."""

    def __init__(self, recorder: Recorder, controller: BackwardController, names: CellNames) -> None:
        self._recorder, self._controller, self._names = recorder, controller, names

    def explained(self, node: int, cell: tuple[int, ...]) -> CellSum | None:
        """None of what is no leaf, has no `.grad`, or is of an earlier pass, which is told of its own deposit alone."""
        leaf = None if self._controller.values.is_earlier(node) else self._recorder.leaf(node)
        account = None if leaf is None else self._controller.accounts.of(leaf)
        grad = None if leaf is None else grad_of(leaf)
        if account is None or grad is None or not account.deposits:
            return None
        bare = native.bare(grad)
        if not native.has_own_data(bare) or native.is_complex(bare) or not _has(bare, cell):
            return None
        return self._told(node, cell, bare, account)

    def _told(self, node: int, cell: tuple[int, ...], grad: Tensor, account: Account) -> CellSum:
        added = [self._added(deposit, cell) for deposit in account.deposits]
        if added[-1] is None:  # a pass that is too large to be kept is there as long as it is the newest
            added[-1] = self._number(*self._controller.values.gradient(node, 0), cell)
        known = [(deposit, one) for deposit, one in zip(account.deposits, added, strict=True) if one is not None]
        said = list(self._said(account, grad, n_unknown=account.n_deposits - len(known)))
        own = float(grad[cell])
        together = torch.tensor([one for _, one in known], dtype=torch.float64)
        made = Sum(together, own, float(together.abs().sum()), {native.dtype(grad)}, is_whole=not said)
        terms = [self._term(node, cell, *known[index]) for index in made.shown]
        n_unknown = account.n_deposits - len(known)
        if n_unknown and not account.is_written_since(grad):
            rest = number(own - float(together.sum()))
            words = Sentence.counted("count.other_passes", "another pass", "{n:,} other passes", n_unknown)
            terms.append(CellTerm((CellFactor(rest, words),), rest))
        return CellSum(
            CellPlace(NodeGradKey(node, 0), cell),
            f"{self._names.tensor(node, 0)}.grad{index_text(cell)}",
            number(own),
            tuple(terms),
            made.n_more,
            made.rest,
            "" if said else made.total,
            "" if said else made.difference,
            said=tuple(said),
        )

    def _added(self, deposit: Deposit, cell: Sequence[int]) -> float | None:
        """What a pass added there; None where that is not kept, or a later pass has written into it."""
        return self._number(*self._controller.values.gradient_in_pass(deposit.pass_index, deposit.node), cell)

    @staticmethod
    def _number(gradient: Tensor | None, note: Note | None, cell: Sequence[int]) -> float | None:
        bare = None if gradient is None else native.bare(gradient)
        if bare is None or isinstance(note, Changed) or not native.has_own_data(bare) or not _has(bare, tuple(cell)):
            return None
        return float(bare[tuple(cell)])

    def _term(self, node: int, cell: tuple[int, ...], deposit: Deposit, added: float) -> CellTerm:
        name, nth = self._names.gradient(node, 0, cell), deposit.pass_index
        words = Sentence.phrase("cell.of_pass", "{gradient} of pass {number}", gradient=name, number=nth)
        return CellTerm((CellFactor(number(added), words),), number(added))

    def _said(self, account: Account, grad: Tensor, *, n_unknown: int) -> list[Sentence]:
        said = []
        if account.is_written_since(grad):
            said.append(
                Sentence.of(
                    "cell.grad_written",
                    "Somebody wrote into .grad after the last pass, for example to clip it: the passes do not add up "
                    "to what it is now.",
                )
            )
        if account.deposits[0].before is not None and not account.deposits[0].n_before:
            said.append(
                Sentence.of(
                    "cell.grad_before", "Something was in .grad before this run's first pass, and is part of it."
                )
            )
        if n_unknown:
            said.append(
                Sentence.of(
                    "cell.grad_not_kept",
                    "Of {passes} the gradient is not kept by itself. Step through the program (Ctrl+Shift+Enter): a "
                    "pass that is stepped keeps its own.",
                    passes=passes(n_unknown),
                )
            )
        return said


def _has(tensor: Tensor, cell: tuple[int, ...]) -> bool:
    shape = tuple(tensor.shape)
    return len(cell) == len(shape) and all(0 <= index < size for index, size in zip(cell, shape, strict=True))
