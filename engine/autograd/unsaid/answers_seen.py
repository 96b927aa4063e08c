"""Attention that reads, at a place, the very token that the loss asks for there: a causal mask that is missing, lets
one place more through, or is the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.attended import Attended, attended
from engine.autograd.unsaid.graph_walks import nodes_below
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_EMBEDDING = "EmbeddingBackward0"
_LOSSES = frozenset({"NllLossBackward0", "NllLoss2DBackward0"})
_FEWEST = 4  # targets
_FEWEST_PLACES = 3
_MOST = 1 << 22  # elements that are looked at


class _Words(NamedTuple):
    """Tokens that an embedding looks up, (batch, places), and the node that does."""

    node: int
    ids: Tensor
    is_places: bool  # the same in each row, in order: positions


class _Asked(NamedTuple):
    """A loss whose targets are the tokens of an embedding, one place further on. `counted`: by place but the last,
    whether every row has a target there that is counted."""

    call: Call
    node: int
    counted: Tensor


def answers_seen(run: Run) -> Iterator[Notice]:
    """One for each place of the program that attends to what is asked for. What runs beside, as an encoder of other
    tokens, may see all of these."""
    words = list(_words(run))
    asked = [found for one in words if not one.is_places for found in _asked(run, one)]
    told: set[object] = set()
    for one in attended(run) if asked else ():
        if one.call.place in told or line_of(one.call) is None:
            continue
        loss = next((loss for loss in asked if _sees(run, one, loss, words)), None)
        if loss is not None:
            told.add(one.call.place)
            n = int((one.next_ones & loss.counted).sum())
            yield Notice(_said(one.call, loss.call, n, native.numel(loss.counted)), source_of(one.call.place))


def _said(call: Call, loss: Call, n: int, n_all: int) -> Sentence:
    return Sentence.of(
        "notice.answer_seen",
        "{expression} sees the answers: of {n_all:,} places {n:,} attend to the token behind them, which {loss} (line "
        "{line}) asks for there, so that it can be copied. Let each place attend to itself and those "
        "before: scores.masked_fill(torch.tril(torch.ones(T, T)) == 0, float('-inf')) before the softmax, or "
        "is_causal=True.",
        expression=expression_of(call),
        n=n,
        n_all=n_all,
        loss=expression_of(loss),
        line=line_of(loss) or 0,
    )


def _sees(run: Run, one: Attended, loss: _Asked, words: list[_Words]) -> bool:
    """Whether it adds up the tokens of that loss, and no others, at a place where the next one is asked for."""
    if native.numel(loss.counted) != one.n - 1 or not bool((one.next_ones & loss.counted).any()):
        return False
    below = nodes_below(run, one.values)
    read = {known.node for known in words if known.node in below and not known.is_places}
    return read == {loss.node}


def _words(run: Run) -> Iterator[_Words]:
    for index, node, record in run.nodes():
        ids = _constant(record) if native.name_of(node) == _EMBEDDING else None
        if ids is not None and ids.dim() in (1, 2) and not ids.is_floating_point():
            rows = ids if ids.dim() > 1 else ids[None]
            yield _Words(index, rows, bool((rows == rows[:1]).all() and (rows.diff(dim=1) >= 0).all()))


def _asked(run: Run, words: _Words) -> Iterator[_Asked]:
    for _, node, record in run.nodes():
        target = _constant(record) if native.name_of(node) in _LOSSES else None
        if target is None or record.call is None or line_of(record.call) is None:
            continue
        for ids, targets in _laid_out(words.ids, target):
            counted = _is_counted(targets, node)
            follows, stays = (targets == ids[:, 1:])[counted], (targets == ids[:, :-1])[counted]
            if len(follows) >= _FEWEST and bool(follows.all()) and not bool(stays.all()):
                yield _Asked(record.call, words.node, counted.all(0))
                break


def _laid_out(ids: Tensor, target: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """Tokens and, of all places but the last, targets, with the batch first, in each way that their sizes allow."""
    for rows, axis in ((ids, 1), (ids.t(), 0)):  # as they come, or with the places first
        n_rows, n = native.shape(rows)
        for n_targets in (n, n - 1):
            if n <= _FEWEST_PLACES or native.numel(target) != n_rows * n_targets:
                continue
            flat = target.reshape(n_rows, n_targets) if axis else target.reshape(n_targets, n_rows).t()
            yield rows, flat[:, : n - 1]


def _is_counted(targets: Tensor, loss: GradFn) -> Tensor:
    return targets != int(getattr(loss, "_saved_ignore_index", -100))


def _constant(record: NodeRecord) -> Tensor | None:
    """The one tensor that an operation took which has no gradient, where it is kept and not large."""
    constants = [leaf for leaf in record.inputs if not leaf.requires_grad]
    value = constants[0].value.read()[0] if len(constants) == 1 and constants[0].value is not None else None
    bare = None if value is None else native.bare(value)
    return bare if bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None
