"""Tokens that an embedding looks up, and losses that ask for them, each at its own place or at the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import line_of
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.run import Run
from engine.tensors import native

_EMBEDDING = "EmbeddingBackward0"
_LOSSES = frozenset({"NllLossBackward0", "NllLoss2DBackward0"})
_FEWEST = 4  # targets
_FEWEST_PLACES = 3
_MOST = 1 << 22  # elements that are looked at


class Words(NamedTuple):
    """Tokens that an embedding looks up, (batch, places), and the node that does."""

    node: int
    call: Call | None
    ids: Tensor
    is_row: bool  # one sequence, without a batch
    is_places: bool  # the same in each row, in order: positions


class Asked(NamedTuple):
    """A loss whose targets are the tokens of an embedding. `counted`: by place but the last, whether every row has a
    target there that is counted."""

    call: Call
    node: int  # of the loss
    words: Words
    n_rows: int
    n_places: int
    is_batch_first: bool
    n_counted: int
    follows: bool  # each is the token one place further on
    stays: bool  # each is the token at its own place
    counted: Tensor


def words_in(run: Run) -> list[Words]:
    """Those of the newest pass."""
    return list(_words(run))


def _words(run: Run) -> Iterator[Words]:
    for index, node, record in run.nodes():
        ids = _constant(record) if native.name_of(node) == _EMBEDDING else None
        if ids is not None and ids.dim() in (1, 2) and not ids.is_floating_point():
            rows = ids if ids.dim() > 1 else ids[None]
            is_places = bool((rows == rows[:1]).all() and (rows.diff(dim=1) >= 0).all())
            yield Words(index, record.call, rows, ids.dim() == 1, is_places)


def asked(run: Run, words: Words) -> Iterator[Asked]:
    """One for each loss of the program that asks for these tokens, in the way of the first layout that fits."""
    for index, node, record in run.nodes():
        target = _constant(record) if native.name_of(node) in _LOSSES else None
        if target is None or record.call is None or line_of(record.call) is None:
            continue
        for ids, targets, is_batch_first in _laid_out(words.ids, target):
            found = _compared(ids, targets, node)
            if found is not None:
                follows, stays, counted = found
                n_rows, n_places = native.shape(ids)
                yield Asked(
                    record.call, index, words, n_rows, n_places, is_batch_first, int(counted.sum()),
                    follows, stays, counted.all(0),
                )  # fmt: skip
                break


def _compared(ids: Tensor, targets: Tensor, loss: GradFn) -> tuple[bool, bool, Tensor] | None:
    """Whether all that count are the next tokens, and whether they are their own; None where they are neither."""
    counted = targets != int(getattr(loss, "_saved_ignore_index", -100))
    follows, stays = (targets == ids[:, 1:])[counted], (targets == ids[:, :-1])[counted]
    if len(follows) < _FEWEST or bool(follows.all()) == bool(stays.all()):
        return None
    return bool(follows.all()), bool(stays.all()), counted


def _laid_out(ids: Tensor, target: Tensor) -> Iterator[tuple[Tensor, Tensor, bool]]:
    """Tokens and, of all places but the last, targets, with the batch first, in each way that their sizes allow."""
    for rows, is_batch_first in ((ids, True), (ids.t(), False)):  # as they come, or with the places first
        n_rows, n = native.shape(rows)
        for n_targets in (n, n - 1):
            if n <= _FEWEST_PLACES or native.numel(target) != n_rows * n_targets:
                continue
            flat = target.reshape(n_rows, n_targets) if is_batch_first else target.reshape(n_targets, n_rows).t()
            yield rows, flat[:, : n - 1], is_batch_first


def _constant(record: NodeRecord) -> Tensor | None:
    """The one tensor that an operation took which has no gradient, where it is kept and not large."""
    constants = [leaf for leaf in record.inputs if not leaf.requires_grad]
    value = constants[0].value.read()[0] if len(constants) == 1 and constants[0].value is not None else None
    bare = None if value is None else native.bare(value)
    return bare if bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None
