"""What the backward passes of a run have added to the `.grad` of each leaf since it was last empty or zero."""

from __future__ import annotations

from msgspec import Struct, structs
from torch import Tensor

from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.norms import norm_of
from engine.autograd.references import Reference, refer
from engine.autograd.snapshot import version_of
from engine.tensors import native

_grad, _version = native.grad, native.version
_MOST_MEASURED = 1 << 24  # elements of `.grad`s that a pass adds to
_MOST_DEPOSITS = 64  # that are listed of one leaf
_FEWEST = 1024  # accounts that are kept before those of dead leaves are looked for


class Deposit(Struct, gc=False, frozen=True):
    """What one pass added. `before`: the norm of what was there, None where there was nothing or it is not measured."""

    pass_index: int
    node: int  # of the leaf, in the pass
    line: int  # that called backward
    before: float | None
    is_updated: bool  # whether the leaf was written since the deposit before
    n_before: int = 0  # deposits since the `.grad` was empty
    is_forgotten: bool = False  # the leaf was updated since a deposit that is still in its `.grad`


class Account:
    """Of one leaf, which it does not keep alive."""

    def __init__(self, leaf: Tensor) -> None:
        self.leaf: Reference = refer(leaf)
        self.deposits: list[Deposit] = []  # the newest of them
        self.n_deposits = 0  # since the `.grad` was empty
        self._leaf_version = -1
        self._first_version = version_of(leaf)  # when the first pass had come to it
        self._grad_version = -1  # after the last deposit

    def add(self, leaf: Tensor, deposit: Deposit, *, is_first: bool) -> Deposit:
        """`is_first`: there was nothing before it. Returns it with what is known of those before."""
        version, grad_version = version_of(leaf), _grad_version(leaf)
        if is_first:
            self.begin(deposit, version, grad_version)
            return deposit
        is_updated = version != self._leaf_version
        deposit = structs.replace(
            deposit, is_updated=is_updated, n_before=self.n_deposits, is_forgotten=is_updated or self.is_forgotten
        )
        self.deposits.append(deposit)
        del self.deposits[:-_MOST_DEPOSITS]
        self.n_deposits += 1
        self._leaf_version, self._grad_version = version, grad_version
        return deposit

    def begin(self, deposit: Deposit, version: int, grad_version: int) -> None:
        """There was nothing before it; the leaf and its `.grad` have these versions now."""
        self.deposits, self.n_deposits = [deposit], 1
        self._leaf_version, self._grad_version = version, grad_version

    def is_written_since(self, grad: Tensor) -> bool:
        """Whether somebody wrote into the `.grad` after the last deposit."""
        return version_of(grad) != self._grad_version

    def is_changed(self) -> bool:
        """Whether anybody has written into the leaf since the first pass came to it."""
        leaf = self.leaf()
        return leaf is None or version_of(leaf) != self._first_version

    @property
    def is_forgotten(self) -> bool:
        """Whether the `.grad` holds deposits from before and after an update of the leaf."""
        return bool(self.deposits) and self.deposits[-1].is_forgotten

    def has_misled(self, leaf: Tensor) -> bool:
        """Whether the leaf was updated by such a sum. A discriminator has it from the generator's pass, and is emptied
        before its own."""
        updated = [*(deposit.is_updated for deposit in self.deposits[1:]), version_of(leaf) != self._leaf_version]
        return any(deposit.is_forgotten and any(updated[place:]) for place, deposit in enumerate(self.deposits))


class GradAccounts:
    """Of the leaves of one run. On the thread that runs the program, inside `Unseen`; read inside the gate."""

    def __init__(self) -> None:
        self._accounts: dict[int, Account] = {}  # by id of the leaf
        self._limit = _FEWEST

    def begin_run(self) -> None:
        """Forget the passes of the run before."""
        self._accounts = {}

    def of(self, leaf: Tensor) -> Account | None:
        """None where no pass of the run has reached it."""
        found = self._accounts.get(id(leaf))
        return found if found is not None and found.leaf() is leaf else None

    def before(self, call: CallGraph) -> dict[int, float | None]:
        """What the leaves of a pass that is about to run have in their `.grad`, by id of the leaf: its norm, None where
        that is too large to be measured. A leaf without a `.grad`, or with one of zeros, has none."""
        found: dict[int, float | None] = {}
        n_left = _MOST_MEASURED
        for leaf in call.leaves:
            grad = native.grad(leaf)
            if grad is None:
                continue
            n_left -= 0 if native.is_nested(grad) else grad.numel()
            norm = norm_of((native.bare(grad),)) if n_left >= 0 else None
            if norm != 0:
                found[id(leaf)] = norm
        return found

    def after(
        self, call: CallGraph, order: list[int], before: dict[int, float | None], pass_index: int, line: int
    ) -> dict[int, Deposit]:
        """The pass has run the nodes of `order`. Returns what it added, by node."""
        leaves = call.shape.leaves
        if not before and len(call.leaves) == len(leaves) and len(order) == len(call.nodes):
            return self._all_first(call.leaves, leaves, pass_index, line)
        added = {}
        is_leaf, nodes = call.shape.is_leaf, call.nodes
        for node in order:
            if is_leaf[node]:
                leaf: Tensor = nodes[node].variable  # type: ignore[attr-defined]
                account = self.of(leaf) or self._open(leaf)
                deposit = Deposit(pass_index, node, line, before.get(id(leaf)), is_updated=False)
                added[node] = account.add(leaf, deposit, is_first=id(leaf) not in before)
        return added

    def _all_first(self, leaves: list[Tensor], nodes: list[int], pass_index: int, line: int) -> dict[int, Deposit]:
        """As `after`, of a pass that has come to all of them and found nothing there: as one of a loop does."""
        deposits = [Deposit(pass_index, node, line, None, False) for node in nodes]
        accounts = self._accounts
        for leaf, deposit in zip(leaves, deposits, strict=True):
            account = accounts.get(id(leaf))
            if account is None or (weak := account.leaf.weak) is None or weak() is not leaf:
                account = self._open(leaf)
            grad = _grad(leaf)
            try:
                account.begin(deposit, _version(leaf), -1 if grad is None else _version(grad))
            except RuntimeError:  # as `version_of`
                account.begin(deposit, version_of(leaf), _grad_version(leaf))
        return dict(zip(nodes, deposits, strict=True))

    def _open(self, leaf: Tensor) -> Account:
        if len(self._accounts) >= self._limit:
            self._accounts = {key: one for key, one in self._accounts.items() if one.leaf() is not None}
            self._limit = max(_FEWEST, 2 * len(self._accounts))
        made = self._accounts[id(leaf)] = Account(leaf)
        return made


def _grad_version(leaf: Tensor) -> int:
    grad = native.grad(leaf)
    return -1 if grad is None else version_of(grad)
