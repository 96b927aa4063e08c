"""The cells that a cell of a result was made of, against PyTorch itself: those whose change changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.autograd.operations.arguments import emptied, filled
from engine.autograd.operations.sources import Again
from engine.autograd.records import tensors_in
from engine.protocol.errors import EngineError
from engine.tensors.places import unravelled
from engine.tensors.unseen import Unseen

_NUDGE = 1e-5


def _drawn(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)), dtype=torch.float64)


X, V, PICTURE, ROW = _drawn(4, 5), _drawn(6), _drawn(1, 2, 6, 6), _drawn(1, 2, 8)
LEFT, RIGHT = _drawn(2, 3, 4), _drawn(2, 4, 5)
SQUARE = _drawn(4, 4)
POSITIVE = SQUARE @ SQUARE.T + torch.eye(4)
PLACES = torch.tensor([[0, 4], [1, 2], [2, 3], [3, 0]])
ONE, TWO = torch.tensor([0, 2]), torch.tensor([1, 3])
CALLS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "gather": (torch.gather, (X, 1, PLACES)),
    "scatter": (Tensor.scatter, (X, 1, PLACES, _drawn(4, 2))),
    "scatter_add": (Tensor.scatter_add, (X, 1, PLACES // 2, _drawn(4, 2))),
    "scatter_reduce": (Tensor.scatter_reduce, (X, 1, PLACES // 2, _drawn(4, 2), "amax")),
    "index_put": (Tensor.index_put, (X, (ONE, TWO), _drawn(2))),
    "index_put, added": (Tensor.index_put, (X, (ONE // 2, TWO), _drawn(2), True)),
    "index_add": (Tensor.index_add, (X, 0, ONE, _drawn(2, 5))),
    "index_copy": (Tensor.index_copy, (X, 0, ONE, _drawn(2, 5))),
    "index_select": (torch.index_select, (X, 1, TWO)),
    "take_along_dim": (torch.take_along_dim, (X, X.argsort(1), 1)),
    "masked_select": (torch.masked_select, (X, X > 0)),
    "masked_scatter": (Tensor.masked_scatter, (X, X > 0, _drawn(20))),
    "masked_fill": (Tensor.masked_fill, (X, X > 0, 0.0)),
    "where": (torch.where, (X > 0, X, X + 1)),
    "roll": (torch.roll, (X, (1, 2), (0, 1))),
    "flip": (torch.flip, (X, (0, 1))),
    "rot90": (torch.rot90, (X,)),
    "unfold": (Tensor.unfold, (V, 0, 3, 1)),
    "im2col": (F.unfold, (PICTURE, 3)),
    "col2im": (F.fold, (_drawn(1, 18, 16), (6, 6), 3)),
    "conv1d": (F.conv1d, (ROW, _drawn(3, 2, 3), _drawn(3), 1, 1)),
    "conv2d, grouped": (F.conv2d, (PICTURE, _drawn(2, 1, 2, 2), None, 2, 1, 2, 2)),
    "conv_transpose2d": (F.conv_transpose2d, (PICTURE, _drawn(2, 3, 2, 2), None, 2)),
    "max_pool2d": (F.max_pool2d, (PICTURE, 2)),
    "avg_pool2d": (F.avg_pool2d, (PICTURE, 2)),
    "adaptive_max_pool2d": (F.adaptive_max_pool2d, (PICTURE, (4, 4))),
    "pad": (F.pad, (X, (1, 2, 0, 1))),
    "pad, reflected": (F.pad, (ROW, (2, 1), "reflect")),
    "pad, in a circle": (F.pad, (ROW, (2, 1), "circular")),
    "repeat": (Tensor.repeat, (X, 2, 1)),
    "repeat_interleave": (torch.repeat_interleave, (V, torch.tensor([1, 0, 2, 1, 1, 3]))),
    "triu": (torch.triu, (X, 1)),
    "topk": (torch.topk, (X, 2)),
    "sort": (torch.sort, (X,)),
    "kthvalue": (torch.kthvalue, (X, 2, 1)),
    "cumprod": (torch.cumprod, (X, 1)),
    "cummax": (torch.cummax, (X, 1)),
    "diff": (torch.diff, (X,)),
    "outer": (torch.outer, (V, _drawn(3))),
    "bmm": (torch.bmm, (LEFT, RIGHT)),
    "cond, 1": (partial(torch.linalg.cond, p=1), (POSITIVE,)),
    "cond, fro": (partial(torch.linalg.cond, p="fro"), (POSITIVE,)),
    "einsum of three": (torch.einsum, ("bij,bjk,k->bi", LEFT, RIGHT, _drawn(5))),
    "einsum of a diagonal": (torch.einsum, ("ii->i", _drawn(4, 4))),
    "tensordot": (torch.tensordot, (LEFT, RIGHT, ([2], [1]))),
    "kron": (torch.kron, (_drawn(2, 2), _drawn(2, 3))),
    "addmm": (torch.addmm, (_drawn(4, 3), X, _drawn(5, 3))),
    "layer_norm": (F.layer_norm, (X, (5,), _drawn(5), _drawn(5))),
    "group_norm": (F.group_norm, (PICTURE, 2, _drawn(2), _drawn(2))),
    "batch_norm": (F.batch_norm, (X, None, None, _drawn(5), _drawn(5), True)),
    "embedding": (F.embedding, (torch.tensor([[0, 2], [1, 1]]), X)),
    "embedding_bag": (F.embedding_bag, (torch.tensor([0, 2, 1, 1]), X, ONE)),
    "cross_entropy": (F.cross_entropy, (X, torch.tensor([0, -100, 1, 4]))),
    "nll_loss": (F.nll_loss, (X, torch.tensor([0, 2, 1, 4]))),
    "split": (torch.split, (X, [2, 3], 1)),
    "unbind": (torch.unbind, (X,)),
    "squeeze": (torch.squeeze, (PICTURE,)),
    "diagonal": (torch.diagonal, (X,)),
    "diag_embed": (torch.diag_embed, (X,)),
    "as_strided": (torch.as_strided, (X, (3, 2), (5, 2), 1)),
    "interpolate": (F.interpolate, (PICTURE, None, 2, "bilinear")),
    "interpolate, nearest": (F.interpolate, (PICTURE, None, 2)),
    "pixel_shuffle": (F.pixel_shuffle, (_drawn(1, 4, 2, 2), 2)),
    "relu": (F.relu, (X,)),
    "clamp": (torch.clamp, (X, X - 1, X + 1)),
    "glu": (F.glu, (_drawn(4, 6),)),
    "cdist": (torch.cdist, (X, _drawn(3, 5))),
    "meshgrid": (torch.meshgrid, (V, _drawn(3))),
    "eigh": (torch.linalg.eigh, (POSITIVE,)),
    "eigh, upper": (torch.linalg.eigh, (POSITIVE, "U")),
    "eigvalsh": (torch.linalg.eigvalsh, (POSITIVE,)),
    "cholesky": (torch.linalg.cholesky, (POSITIVE,)),
    "cholesky, upper": (torch.cholesky, (POSITIVE, True)),
    "cholesky_inverse": (torch.cholesky_inverse, (POSITIVE,)),
    "cholesky_solve": (torch.cholesky_solve, (_drawn(4, 2), POSITIVE)),
    "householder_product": (torch.linalg.householder_product, (_drawn(5, 4), _drawn(4))),
    "qr": (torch.linalg.qr, (SQUARE,)),
    "lu": (torch.linalg.lu_factor, (SQUARE,)),
    "corrcoef": (torch.corrcoef, (_drawn(2, 6),)),
    "inverse": (torch.linalg.inv, (POSITIVE,)),
    "vander": (torch.vander, (V,)),
    "matrix norm of a column": (torch.linalg.norm, (X, 1)),
    "norm of a vector": (torch.linalg.norm, (V, 1)),
    "smallest column": (torch.linalg.matrix_norm, (LEFT, -1)),
    "scatter, multiplied": (partial(torch.scatter, reduce="multiply"), (X, 1, PLACES, _drawn(4, 2))),
    "scatter, a number added": (partial(torch.scatter, reduce="add"), (X, 1, PLACES, 3.0)),
    "as_strided_scatter": (torch.as_strided_scatter, (V, _drawn(2), (2,), (2,), 1)),
    "bincount of weights": (torch.bincount, (torch.tensor([0, 2, 1, 1, 4, 2]), V)),
    "unique": (torch.unique, (V,)),
    "unique_consecutive": (torch.unique_consecutive, (V,)),
    "spectrum of frames": (partial(torch.stft, return_complex=True), (_drawn(8), 4)),
    "slice_scatter": (torch.slice_scatter, (X, _drawn(4, 2), 1, 1, 3)),
}


def _first(made: Any) -> Tensor:
    return made if isinstance(made, Tensor) else made[0]


def _changing(call: Callable[..., Any], given: Any, operands: list[Tensor], cell: tuple[int, ...]) -> list[set[int]]:
    """By operand the cells that change that cell of the result."""

    def made(values: list[Tensor]) -> Tensor:
        args, kwargs = filled(given, [value.clone() for value in values])
        return _first(call(*args, **kwargs))[cell]

    before, found = made(operands), []
    for place, operand in enumerate(operands):
        nudged = [value.clone() for value in operands]
        cells = range(operand.numel()) if operand.is_floating_point() else range(0)
        found.append(set())
        for one in cells:
            nudged[place].view(-1)[one] += _NUDGE
            if abs(made(nudged) - before) > 1e-12:
                found[-1].add(one)
            nudged[place].view(-1)[one] = operand.reshape(-1)[one]
    return found


@pytest.mark.filterwarnings(
    "ignore:torch.meshgrid", "ignore:torch.cholesky is deprecated", "ignore:A window", "ignore:The reduce argument"
)
@pytest.mark.parametrize("name", CALLS)
def test_they_are_those_whose_change_changes_it(name: str) -> None:
    call, args = CALLS[name]
    named = getattr(call, "keywords", {})
    call = getattr(call, "func", call)
    given, operands = emptied(args, named), list(tensors_in((args, {})))
    with Unseen():
        result = _first(call(*args, **named))
        again = Again(call, given, operands, result)
        for flat in {result.numel() // 2, result.numel() - 1}:
            cell = unravelled(flat, result.shape)
            told = [set(cells.indices) for cells in again.sources(cell)]
            assert told == _changing(call, given, operands, cell)
            for position, cells in enumerate(told):
                for one in sorted(cells)[:1]:
                    source = unravelled(one, operands[position].shape)
                    assert flat in again.targets(position, source).indices


@pytest.mark.parametrize(
    ("call", "args"),
    [
        (torch.argmax, (X, 1)), (torch.argsort, (X,)), (torch.bincount, (ONE,)), (torch.histc, (V, 4)),
        (torch.nonzero, (X > 0,)),
        (torch.searchsorted, (V.sort().values, V)),
    ],
)  # fmt: skip
def test_of_what_no_number_goes_into_it_is_said(call: Callable[..., Any], args: tuple[Any, ...]) -> None:
    with pytest.raises(EngineError, match=r"none goes into another|no derivative of it"):
        Again(call, emptied(args, {}), list(tensors_in((args, {}))), _first(call(*args)))


MASK = X > 0
# By call its arguments, a cell of the result, the operand that chooses, and its cell, as Python reads the index.
CHOSEN: dict[str, tuple[Callable[..., Any], tuple[Any, ...], tuple[int, ...], int, int]] = {
    "where": (torch.where, (MASK, X, V[:5]), (2, 3), 0, 13),
    "masked_fill, filled or not": (Tensor.masked_fill, (X, MASK, 0.0), (1, 4), 1, 9),
    "gather": (torch.gather, (X, 1, PLACES), (2, 1), 1, 5),
    "index_select": (torch.index_select, (X, 1, TWO), (3, 1), 1, 1),
    "take": (torch.take, (X, PLACES), (3, 0), 1, 6),
    "rows by an index": (Tensor.__getitem__, (X, TWO), (1, 3), 1, 1),
    "columns by an index": (Tensor.__getitem__, (X, (slice(None), TWO)), (3, 0), 1, 0),
    "cells by two": (Tensor.__getitem__, (X, (ONE, TWO)), (1,), 2, 1),
    "what a mask lets through": (Tensor.__getitem__, (X, MASK), (2,), 1, int(MASK.reshape(-1).nonzero()[2])),
    "masked_select": (torch.masked_select, (X, MASK), (0,), 1, int(MASK.reshape(-1).nonzero()[0])),
    "embedding": (F.embedding, (PLACES // 2, X), (2, 1, 4), 0, 5),
    "loss of each": (partial(F.cross_entropy, reduction="none"), (X, torch.tensor([1, 0, 4, 2])), (2,), 1, 2),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_the_cell_of_a_mask_or_an_index_that_chose_a_cell_is_told(name: str) -> None:
    call, args, cell, place, chosen = CHOSEN[name]
    named = getattr(call, "keywords", {})
    call = getattr(call, "func", call)
    operands = list(tensors_in((args, {})))
    with Unseen():
        result = call(*args, **named)
        again = Again(call, emptied(args, named), operands, result)
        assert again.choosing(cell)[place].indices == (chosen,)
        (told,) = again.chosen_by(place, unravelled(chosen, operands[place].shape))
        assert int(torch.arange(result.numel()).reshape(result.shape)[cell]) in told.indices


def test_where_several_cells_choose_together_or_none_does_nothing_is_told_of_one() -> None:
    with Unseen():
        targets = torch.tensor([1, 0, 4, 2])
        again = Again(F.cross_entropy, emptied((X, targets), {}), [X, targets], F.cross_entropy(X, targets))
        assert again.choosing(()) == () and again.chosen_by(1, (2,))[0].n_cells == 1
        again = Again(torch.matmul, emptied((LEFT, RIGHT), {}), [LEFT, RIGHT], LEFT @ RIGHT)
        assert again.choosing((0, 0, 0)) == () and again.chosen_by(0, (0, 0, 0)) == ()


def test_what_a_matrix_is_counted_or_judged_by_is_all_that_is_in_it() -> None:
    matrices = _drawn(2, 3, 3)
    with Unseen():
        for function in (torch.linalg.matrix_rank, torch.linalg.slogdet):
            again = Again(function, emptied((matrices,), {}), [matrices], _first(function(matrices)))
            assert again.sources((1,))[0].indices == tuple(range(9, 18))
