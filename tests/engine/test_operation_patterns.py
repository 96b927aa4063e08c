"""Which cells a call is said to make of which, beside where the Jacobian of torch.autograd is not zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.protocol.keys import VariableKey
from engine.protocol.operations import AskOperation, AskSources, OperationSeen
from tests.engine.client import Client

GIVEN = """import torch
import torch.nn.functional as F
torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
a, b, c, v, w = torch.randn(2, 3), torch.randn(3, 2), torch.randn(2, 2, 3), torch.randn(3), torch.randn(2)
line, x, s, z = torch.randn(6), torch.randn(1, 2, 4), torch.randn(3, 3), torch.randn(2, 2)
kernel, image, small = torch.randn(2, 2, 3), torch.randn(1, 2, 3, 3), torch.randn(2, 1, 2, 2)
i, j, k = torch.tensor([1, 0, 1]), torch.tensor([2, 0, 0]), torch.tensor([[True, False, True], [False, True, False]])
"""
EXPRESSIONS = (
    "torch.einsum('...ij,jk->...ik', c, b)", "torch.einsum('ii->i', s)", "torch.einsum('ii', s)",
    "torch.einsum('i,j,ij->ij', w, v, a)", "torch.matmul(c, b)", "c @ v", "a.index_put((i, j), v)",
    "a.index_put((i, j), v, accumulate=True)", "v.scatter_add(0, j, line[:3])", "a.scatter(1, j[None], v[None])",
    "a.gather(1, j[None])", "a.masked_fill(k, 0.0)", "torch.roll(a, (1, -1), (0, 1))", "a.flip(0, 1)",
    "line.unfold(0, 3, 2)", "F.unfold(image, 2)", "a.cumsum(1)", "a.cumprod(0)", "torch.topk(a, 2)[0]",
    "a.sort(1, descending=True)[0]", "torch.stack([a, c[0], b.T], 1)", "torch.cat([a, c[1]], 1)",
    "F.conv1d(x, kernel, w, stride=2, padding=1)", "F.conv2d(image, small, padding=1, groups=2)",
    "F.conv_transpose2d(image, small)", "F.embedding(j, s)", "F.embedding(j, s, padding_idx=0)",
    "F.interpolate(image, scale_factor=2)", "F.interpolate(x, size=3, mode='linear')",
    "a.masked_fill(k, float('-inf')).softmax(1)", "F.dropout(a, 0.5, training=False)", "c.sum((0, 2), keepdim=True)",
    "c.amax((0, 2), keepdim=True)", "c.var((0, 1), keepdim=True)", "torch.where(k, a, v)", "torch.where(a > 0, a, v)",
    "a[k]", "a[a > 0]", "a[[0, 1, 1], [2, 0, 0]]", "c[i, :, j]", "c[:, [1, 0], None, ..., -1]", "a.T", "c.mT",
    "c.permute(2, 0, 1)", "v.expand(2, 3)", "line.as_strided((3, 3), (1, 1))", "line.as_strided((2, 2), (2, 1), 1)",
    "a.repeat(2, 2)", "torch.diagonal(s, 1)", "torch.kron(a, w)", "torch.triu(s, 1)",
    "F.pad(x, (1, 1), mode='reflect')",
    "F.max_pool1d(x, 2)", "F.layer_norm(a, (3,), v, line[3:])", "F.cross_entropy(a, j[:2])", "a.clamp(-0.5, 0.5)",
    "torch.view_as_complex(b)", "a.chunk(3, 1)[1]", "a.index_add(0, i, s)", "torch.fft.rfft(line)",
    "torch.cdist(a, s)",
)  # fmt: skip


def jacobian(expression: str) -> tuple[Tensor, dict[str, np.ndarray]]:
    """The result, and by name of a variable the Jacobian by it, as far as it is not zero."""
    names: dict[str, object] = {}
    exec(GIVEN, names)
    leaves = {
        name: one.requires_grad_() for name, one in names.items() if isinstance(one, Tensor) and one.is_floating_point()
    }
    made = eval(expression, names)
    rows = torch.view_as_real(made).reshape(-1, 2) if made.is_complex() else made.reshape(-1, 1)
    found = {name: np.zeros((len(rows), leaf.numel()), dtype=bool) for name, leaf in leaves.items()}
    for row, part in product(range(len(rows)), range(rows.shape[1])):
        if rows.requires_grad:
            gradients = torch.autograd.grad(
                rows[row, part], list(leaves.values()), retain_graph=True, allow_unused=True
            )
            for name, gradient in zip(leaves, gradients, strict=True):
                if gradient is not None:
                    found[name][row] |= (gradient != 0).reshape(-1).numpy()
    return made, found


@pytest.fixture(scope="module", autouse=True)
def _dtype() -> Iterator[None]:
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("graph", [False, True], ids=["plain", "graph"])
def test_a_cell_is_made_of_those_by_which_its_derivative_is_not_zero_and_they_go_into_it(graph: bool) -> None:
    with Client() as engine:
        engine.run(
            GIVEN + ("for one in (a, b, c, v, w, line, x, s, z, kernel, image, small): one.requires_grad_()\n" * graph)
        )
        n_asked = 0
        for expression in EXPRESSIONS:
            assert engine.run(f"y = {expression}")[-1].error is None, expression
            made, expected = jacobian(expression)
            seen = engine.ask(AskOperation(key=VariableKey("y"))).operation
            if expression.startswith("F.dropout"):  # the operand itself
                assert seen is None
                continue
            assert seen is not None, expression
            n_asked += _held_against(engine, seen, made, expected, expression)
        assert n_asked > 400


def _held_against(
    engine: Client, seen: OperationSeen, made: Tensor, expected: dict[str, np.ndarray], expression: str
) -> int:
    names, n_asked = [one.name for one in seen.operands], 0
    for flat, cell in _some(made.shape):
        told = engine.ask(AskSources(key=VariableKey("y"), serial=seen.serial, cell=cell)).cells
        n_asked += 1
        for name in set(names) & expected.keys():
            found = {one for place, cells in enumerate(told) if names[place] == name for one in cells.indices}
            assert found == set(np.flatnonzero(expected[name][flat])), (expression, name, cell)
    for place, name in enumerate(names):
        if name not in expected or names.count(name) > 1:
            continue
        shape = seen.operands[place].shape or ()
        for flat, cell in _some(shape):
            told = engine.ask(AskSources(key=VariableKey("y"), serial=seen.serial, cell=cell, position=place)).cells
            n_asked += 1
            assert set(told[0].indices) == set(np.flatnonzero(expected[name][:, flat])), (expression, name, cell)
    return n_asked


def _some(shape: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Of a shape every cell, or of many some that lie apart, with their flat indices."""
    cells = list(enumerate(product(*map(range, shape))))
    return cells[:: max(len(cells) // 5, 1)]
