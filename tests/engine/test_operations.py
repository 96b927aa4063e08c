"""What made a tensor without a graph: operands as they were, and which cells became which."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import partial
from itertools import product

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from engine.autograd.operations.arguments import emptied, filled
from engine.autograd.operations.sources import MAX_ELEMENTS, Again
from engine.autograd.records import tensors_in
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.keys import NodeValueKey, OperandKey, VariableKey
from engine.protocol.operations import AskOperation, AskSources, OperationSeen, SourcesShown
from engine.serve.operation_words import operand_texts
from engine.shared.numbers import number
from tests.engine.client import Client

A, B = torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[7, 8], [9, 10], [11, 12]])
HILBERT = 1 / (torch.arange(1.0, 4.0)[:, None] + torch.arange(3.0))
MASK = torch.tensor([[True, False, True], [False, True, False]])
X = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(1))

CELLS_OF_X = set(product(range(2), range(3), range(4)))
Q = X.reshape(1, 2, 3, 4)
HEAD = {(0, 0, j, k) for j in (0, 1) for k in range(4)}  # what the second token of the first head may look at
OTHERS = {(0, 0, j, k) for j in (0, 2) for k in range(4)}

# A call, a cell of its result, and the cells of each operand that went into it.
CALLS = {
    "reshape": (torch.reshape, (A, (3, 2)), (1, 0), [{(0, 2)}]),
    "view": (torch.Tensor.view, (A, 6), (4,), [{(1, 1)}]),
    "T": (torch.Tensor.T.__get__, (A,), (2, 1), [{(1, 2)}]),
    "permute": (torch.permute, (X, (2, 0, 1)), (3, 1, 2), [{(1, 2, 3)}]),
    "expand": (torch.Tensor.expand, (torch.tensor([[1], [2]]), 2, 5), (1, 4), [{(1, 0)}]),
    "broadcast": (torch.add, (A, torch.tensor([10, 20, 30])), (1, 2), [{(1, 2)}, {(2,)}]),
    "scalar operand": (torch.mul, (A, 3), (0, 1), [{(0, 1)}]),
    "times zero": (torch.mul, (A, torch.zeros(2, 3)), (0, 1), [{(0, 1)}, {(0, 1)}]),
    "slice": (torch.Tensor.__getitem__, (A, (slice(None), slice(None, None, 2))), (1, 1), [{(1, 2)}]),
    "index": (torch.Tensor.__getitem__, (A, torch.tensor([1, 1, 0])), (2, 1), [{(0, 1)}, set()]),
    "range": (torch.Tensor.__getitem__, (A, (range(2), torch.tensor([2, 0]))), (1,), [{(1, 0)}, set()]),
    "mask": (torch.Tensor.__getitem__, (A, MASK), (2,), [{(1, 1)}, set()]),
    "gather": (torch.gather, (A, 1, torch.tensor([[2, 0], [1, 1]])), (0, 0), [{(0, 2)}, set()]),
    "cat": (torch.cat, ([A, A * 2],), (3, 1), [set(), {(1, 1)}]),
    "stack": (torch.stack, ([A, A * 2], 1), (1, 0, 2), [{(1, 2)}, set()]),
    "sum": (torch.sum, (A, 0), (1,), [{(0, 1), (1, 1)}]),
    "sum of all": (torch.sum, (A,), (), [{(i, j) for i in range(2) for j in range(3)}]),
    "logdet": (torch.logdet, (HILBERT,), (), [set(product(range(3), range(3)))]),
    "gru_cell": (
        torch.gru_cell,
        (torch.ones(1, 20), torch.zeros(1, 2), torch.ones(6, 20), torch.ones(6, 2), torch.ones(6), torch.ones(6)),
        (0, 1),
        [
            {(0, k) for k in range(20)},
            {(0, 0), (0, 1)},
            {(i, k) for i in (1, 3, 5) for k in range(20)},
            {(i, k) for i in (1, 3, 5) for k in (0, 1)},
            {(1,), (3,), (5,)},
            {(1,), (3,), (5,)},
        ],
    ),
    "sparse embedding": (
        F.embedding,
        (torch.tensor([2, 0]), torch.ones(3, 2), None, None, 2.0, False, True),
        (0, 1),
        [set(), {(2, 1)}],
    ),
    "mean": (torch.mean, (X, (0, 2)), (1,), [{(i, 1, k) for i in range(2) for k in range(4)}]),
    "max": (torch.amax, (A, 1), (0,), [{(0, 2)}]),
    "matmul": (torch.matmul, (A, B), (1, 0), [{(1, 0), (1, 1), (1, 2)}, {(0, 0), (1, 0), (2, 0)}]),
    "einsum": (torch.einsum, ("ij,jk->ki", A, B), (1, 0), [{(0, 0), (0, 1), (0, 2)}, {(0, 1), (1, 1), (2, 1)}]),
    "softmax": (torch.softmax, (X, 2), (1, 2, 0), [{(1, 2, k) for k in range(4)}]),
    "masked_fill": (torch.Tensor.masked_fill, (A, MASK, 0), (0, 1), [{(0, 1)}, set()]),
    "filled": (torch.Tensor.masked_fill, (A, MASK, 0), (0, 0), [set(), set()]),
    "where": (torch.where, (MASK, A, A * 2), (1, 0), [set(), set(), {(1, 0)}]),
    "to": (torch.Tensor.to, (A, torch.float32), (1, 2), [{(1, 2)}]),
    "embedding": (F.embedding, (torch.tensor([2, 0]), torch.randn(3, 4)), (0, 1), [set(), {(2, 1)}]),
    "same twice": (torch.mul, (A, A), (0, 1), [{(0, 1)}, {(0, 1)}]),
    "greater": (torch.gt, (A, torch.tensor([3])), (1, 2), [{(1, 2)}, {(0,)}]),
    "equal": (torch.eq, (A, A), (1, 2), [{(1, 2)}, {(1, 2)}]),
    "round": (torch.round, (X,), (1, 2, 3), [{(1, 2, 3)}]),
    "sign": (torch.sign, (X,), (0, 1, 2), [{(0, 1, 2)}]),
    "nanmean": (torch.nanmean, (torch.tensor([[1.0, math.nan, 2.0]]), 1), (0,), [{(0, 0), (0, 2)}]),
    "layer_norm": (F.layer_norm, (X, (4,)), (0, 1, 2), [{(0, 1, k) for k in range(4)}]),
    "tril": (torch.tril, (torch.ones(3, 3),), (2, 0), [{(2, 0)}]),
    "above tril": (torch.tril, (torch.ones(3, 3),), (0, 2), [set()]),
    "cumsum": (torch.cumsum, (torch.tensor([1, 2, 3]), 0), (1,), [{(0,), (1,)}]),
    "equal operands": (F.mse_loss, (X, X + 1), (), [CELLS_OF_X, CELLS_OF_X]),
    "attention": (
        F.scaled_dot_product_attention, (Q, Q + 1, Q + 2, None, 0.0, True), (0, 0, 1, 0),
        [{(0, 0, 1, k) for k in range(4)}, HEAD, {(0, 0, 0, 0), (0, 0, 1, 0)}],
    ),
    "attention with a mask": (
        F.scaled_dot_product_attention, (Q, Q + 1, Q + 2, MASK[:1].expand(3, 3)), (0, 0, 1, 0),
        [{(0, 0, 1, k) for k in range(4)}, OTHERS, {(0, 0, 0, 0), (0, 0, 2, 0)}, set()],
    ),
    "batch_norm": (
        F.batch_norm, (X[0], torch.zeros(4), torch.ones(4), None, None, True), (1, 2),
        [{(i, 2) for i in range(3)}, set(), set()],
    ),
    "distances": (
        torch.cdist, (X[0], X[1]), (1, 2), [{(1, k) for k in range(4)}, {(2, k) for k in range(4)}]
    ),
    "grid_sample": (
        F.grid_sample, (X[:1, None], torch.tensor([[[[-1.0, -0.6]]]]), "bilinear", "zeros", False), (0, 0, 0, 0),
        [{(0, 0, 0, 0), (0, 0, 1, 0)}, {(0, 0, 0, 0), (0, 0, 0, 1)}],
    ),
    "prelu": (F.prelu, (torch.tensor([1.0, -2.0]), torch.tensor([0.25])), (1,), [{(1,)}, {(0,)}]),
    "cholesky": (torch.linalg.cholesky, (torch.eye(2) + 1,), (0, 0), [{(0, 0)}]),
    "spectrum": (torch.fft.rfft, (torch.randn(4),), (1,), [{(k,) for k in range(4)}]),
    "complex parts": (torch.view_as_real, (torch.randn(3) + 1j * torch.randn(3),), (1, 1), [{(1,)}]),
    "times mask": (torch.mul, (A, MASK), (0, 1), [{(0, 1)}, {(0, 1)}]),
    "masks together": (torch.cat, ([MASK, MASK],), (3, 1), [set(), {(1, 1)}]),
    "any": (torch.any, (MASK, 1), (1,), [{(1, k) for k in range(3)}]),
    "whole quotient": (torch.floor_divide, (A, torch.tensor([2])), (1, 2), [{(1, 2)}, {(0,)}]),
    "in place": (torch.Tensor.add_, (A.clone(), A), (0, 1), [{(0, 1)}, {(0, 1)}]),
}  # fmt: skip

# As above, of calls that choose by what their operands are: larger numbers go elsewhere.
CHOICES = {
    "norm of the largest": (torch.norm, (torch.tensor([1.0, -3.0, 2.0]), math.inf), (), [{(1,)}]),
    "a row that is not scaled": (torch.renorm, (torch.tensor([[0.5, 0.1], [3.0, 4.0]]), 2, 0, 1.0), (0, 1), [{(0, 1)}]),
    "bag of the largest": (
        partial(F.embedding_bag, mode="max"),
        (torch.tensor([[0, 1]]), torch.tensor([[3.0, -1.0], [1.0, 2.0]])),
        (0, 1),
        [set(), {(1, 1)}],
    ),
    "pooled with places": (
        F.max_pool1d_with_indices, (torch.tensor([[1.0, 5.0, 4.0, 2.0]]), 2), (0, 1), [{(0, 2)}]
    ),
    "below its threshold": (F.threshold, (torch.tensor([-1.0, 1.0]), 0.0, 0.0), (0,), [set()]),
    "one of the others": (torch.isin, (A, B), (1, 2), [{(1, 2)}, set(product(range(3), range(2)))]),
    "one_hot": (F.one_hot, (torch.tensor([2, 0]),), (1, 2), [{(1,)}]),
}  # fmt: skip


def again(function, args):
    """The operation as the book keeps it, with its operands and its result."""
    operands = tensors_in((args, {}))
    before = [operand.clone() for operand in operands]
    made, named = function(*args), getattr(function, "keywords", {})
    result = made[0] if isinstance(made, tuple) else made
    return Again(getattr(function, "func", function), emptied(tuple(args), named), before, result), before, result


def places(cells, shape):
    return {tuple(int(i) for i in np.unravel_index(flat, shape)) if shape else () for flat in cells.indices}


@pytest.mark.parametrize("name", CALLS | CHOICES)
def test_a_cell_is_made_of_these_cells_and_they_go_into_it(name):
    function, args, cell, expected = (CALLS | CHOICES)[name]
    found, operands, result = again(function, args)
    sources = found.sources(cell)
    assert [places(one, operand.shape) for one, operand in zip(sources, operands, strict=True)] == expected
    for position, operand in enumerate(operands):
        for source in expected[position]:
            targets = found.targets(position, source)
            assert cell in places(targets, tuple(result.shape)), (position, source)
            assert targets.n_cells == len(targets.indices)
        assert operand.dtype == tensors_in((args, {}))[position].dtype


TWICE = torch.tensor([0, 0, 1])  # the first of three numbers goes where the second does


@pytest.mark.parametrize(
    "function, args, position",
    [
        (torch.scatter, (torch.zeros(3), 0, TWICE, torch.ones(3)), 2),
        (torch.index_copy, (torch.zeros(3), 0, TWICE, torch.ones(3)), 2),
        (torch.index_put, (torch.zeros(3), (TWICE,), torch.ones(3)), 2),
        (torch.Tensor.put, (torch.zeros(3), TWICE, torch.ones(3)), 2),
        (torch.Tensor.index_put_, (torch.zeros(3), (TWICE,), torch.ones(3)), 2),
    ],
)
def test_what_is_overwritten_in_the_same_call_went_nowhere(function, args, position):
    """PyTorch's derivative by the first is that of the second."""
    found, *_ = again(function, args)
    assert [one.indices for one in found.sources((0,))] == [(), (), (1,)]
    assert [found.targets(position, (place,)).indices for place in range(3)] == [(), (0,), (1,)]


@given(st.permutations(range(4)), st.integers(0, 119))
def test_every_cell_of_a_permutation_comes_from_where_its_number_was(order, flat):
    numbered = torch.arange(120).reshape(2, 3, 4, 5)
    found, _operands, result = again(torch.permute, (numbered, tuple(order)))
    cell = tuple(int(i) for i in np.unravel_index(flat, result.shape))
    assert found.sources(cell)[0].indices == (int(result[cell]),)


@pytest.mark.parametrize(
    ("function", "args", "code"),
    [
        (torch.argmax, (A, 1), "operation.no_way"),
        (torch.argsort, (A, 1), "operation.no_way"),  # as large as its operand, and not cell by cell
        (torch.bincount, (torch.tensor([1, 1, 2]),), "operation.no_way"),
        (torch.zeros_like, (A,), "operation.only_shape"),
        (torch.bernoulli, (torch.full((3,), 0.5),), "operation.random"),
        (torch.neg, (torch.zeros(MAX_ELEMENTS + 1),), "operation.large"),
    ],
)
def test_what_cannot_be_followed_says_why(function, args, code):
    with pytest.raises(EngineError) as raised:
        again(function, args)
    assert raised.value.sentence.code == code


def test_following_draws_no_number_and_writes_into_nothing():
    state, before = torch.random.get_rng_state(), X.clone()
    again(torch.softmax, (X, 2))[0].sources((0, 0, 0))
    assert torch.equal(torch.random.get_rng_state(), state) and torch.equal(X, before) and not X.requires_grad


# What of the calls' operands are numbers that go into others, and not indices or masks.
# Where the change of one may be too small to be seen in another, or another holds it anyway.
ROUNDED = {
    "round",
    "sign",
    "softmax",
    "layer_norm",
    "greater",
    "attention",
    "attention with a mask",
    "batch_norm",
    "any",
    "times mask",
    "whole quotient",
}
FIRST = {"range", "attention with a mask", "index", "gather", "mask", "masked_fill", "filled"}


NOT_ALL = {"times zero", "max", "embedding", "sparse embedding", "where", "cholesky", "logdet", "gru_cell"}


@pytest.mark.parametrize("name", sorted(CALLS.keys() - NOT_ALL))
def test_a_changed_element_changes_the_cells_that_it_is_said_to_go_into(name):
    """Against torch alone: one element of an operand after another is made larger, and the results compared."""
    function, args, _cell, _expected = CALLS[name]
    found, operands, result = again(function, args)
    n_places = 1 if name in FIRST else len(operands)
    for position in range(n_places):
        for flat in range(operands[position].numel()):
            changed = {int(one) for one in _changed(function, args, operands, position, flat, result)}
            cell = tuple(int(i) for i in np.unravel_index(flat, operands[position].shape))
            told = set(found.targets(position, cell).indices)
            assert changed == told or (name in ROUNDED and changed < told), (position, cell)


def _changed(function, args, operands, position, flat, result):
    """The cells of the result that are another number once one element of an operand is."""
    other = [one.clone() for one in operands]
    cells = other[position].view(-1)
    larger = 1000 * (1 + 1j) if cells.is_complex() else 1000
    cells[flat] = ~cells[flat] if cells.dtype is torch.bool else cells[flat] + larger
    new = function(*filled(emptied(tuple(args), {}), other)[0])
    return (new.reshape(-1) != result.reshape(-1)).nonzero().reshape(-1)


LESSON = """import torch
tensor2d = torch.tensor([[1, 2], [3, 4]])
result = tensor2d @ tensor2d.T
reshaped = tensor2d.reshape(4, 1)
total = (tensor2d * 2).sum()
big = torch.ones(300, 300)
small = (big + 1).mean()
log = []
for i in range(200):
    log.append(tensor2d + i)
last = log[-1]
first = log[0]
tensor2d[0, 0] = 9
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.run(LESSON)
        yield client


def operation(client: Client, name: str) -> OperationSeen:
    seen = client.ask(AskOperation(key=VariableKey(name))).operation
    assert seen is not None
    return seen


def numbers(client: Client, key: OperandKey) -> tuple[str, ...]:
    return client.ask(m.AskRectangle(key=key)).rectangle.texts


def test_operands_are_as_they_were_also_those_that_no_variable_has(client):
    seen = operation(client, "result")
    assert (seen.sign, seen.text) == ("@", "tensor2d @ tensor2d.T")
    assert [operand.name for operand in seen.operands] == ["tensor2d", "tensor2d.T"]
    assert numbers(client, seen.operands[0].key) == ("1", "2", "3", "4")
    assert numbers(client, seen.operands[1].key) == ("1", "3", "2", "4")


def test_a_cell_of_a_product_is_a_sum(client):
    seen = operation(client, "result")
    told = client.ask(AskSources(key=VariableKey("result"), serial=seen.serial, cell=(0, 1)))
    assert [one.indices for one in told.cells] == [(0, 1), (1, 3)]
    assert told.text == "1 · 3 + 2 · 4 = 11"
    back = client.ask(AskSources(key=VariableKey("result"), serial=seen.serial, cell=(0, 1), position=0))
    assert back.cells[0].indices == (0, 1)


def test_a_view_lies_in_the_storage_of_its_operand(client):
    assert operation(client, "reshaped").shares == (True,)
    assert operation(client, "result").shares == (False, False)
    assert operation(client, "reshaped").sign == "reshape"


def test_the_last_call_of_a_line_made_the_tensor(client):
    seen = operation(client, "total")
    assert (seen.sign, seen.operands[0].name) == ("sum", "tensor2d * 2")
    assert client.ask(AskSources(key=VariableKey("total"), serial=seen.serial, cell=())).text == "2 + 4 + 6 + 8 = 20"


def test_a_large_operand_that_is_gone_is_said_to_be(client):
    operand = operation(client, "small").operands[0]
    assert operand.key is None and operand.said is not None and operand.said.code == "operation.operand_gone"


def test_of_a_loop_that_is_remembered_whose_result_the_program_has(client):
    assert operation(client, "last").text == operation(client, "first").text == "tensor2d + i"
    assert client.ask(AskOperation(key=VariableKey("tensor2d"))).operation.writes


NO_STORAGE = """import torch
s = torch.eye(3).to_sparse()
d = (s + s).to_dense()
q = torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8).dequantize()
"""


def test_what_has_no_plain_storage_is_passed_over(client):
    client.run(NO_STORAGE)
    assert operation(client, "d").sign == "to_dense"
    assert operation(client, "q").sign == "dequantize"


@pytest.mark.parametrize("given", ["x", "w"])  # without a graph, and with one
def test_dropout_tells_which_cells_it_kept_and_what_they_were_divided_by(client: Client, given: str) -> None:
    client.run(
        "import torch\nimport torch.nn.functional as F\ntorch.manual_seed(0)\nx = torch.arange(1.0, 9.0).view(2, 4)\n"
        f"w = x.clone().requires_grad_()\ny = F.dropout({given}, 0.2)\nz = F.dropout({given}, 0.2, training=False)"
    )
    torch.manual_seed(0)
    made = F.dropout(torch.arange(1.0, 9.0).view(2, 4), 0.2)
    seen = client.ask(AskOperation(key=VariableKey("y"))).operation
    texts = set()
    for flat in range(8):
        row, column = divmod(flat, 4)
        told = client.ask(AskSources(key=VariableKey("y"), serial=seen.serial, cell=(row, column)))
        assert [one.indices for one in told.cells] == [(flat,)]
        kept = made[row, column].item() != 0
        before, after = number(float(flat + 1)), number(made[row, column].item())
        assert told.text == (f"{before} / (1 − 0.2) = {after}" if kept else f"{before} · 0 = 0")
        texts.add(kept)
        back = client.ask(AskSources(key=VariableKey("y"), serial=seen.serial, cell=(row, column), position=0))
        assert [one.indices for one in back.cells] == [(flat,)]
    assert texts == {True, False}
    seen = client.ask(AskOperation(key=VariableKey("z"))).operation
    assert client.ask(AskSources(key=VariableKey("z"), serial=seen.serial, cell=(0, 1))).text == ""


# A line after x = a * 2, b beside it; the code of why x is not followed, None where it is; whether it has what it had.
TURNED = {
    "x.t_()": ("operation.turned", True),
    "x.transpose_(0, 1)": ("operation.turned", True),
    "x.unsqueeze_(0)": ("operation.turned", True),
    "x.resize_(3, 2)": ("operation.turned", True),
    "x.data = b": (None, True),
    "torch.utils.swap_tensors(x, b)": (None, True),
    "x.data = x.data.clone()": (None, False),
    "x.squeeze_()": (None, False),
}


def test_what_was_given_other_axes_or_another_memory_since_is_said_to_be(client: Client) -> None:
    given = "import torch\na, b = torch.arange(6.0).view(2, 3), torch.ones(2, 3)\nx = a * 2\n"
    for line, (code, is_other) in TURNED.items():
        client.run(given + line)
        seen = operation(client, "x")
        cell = (0,) * (3 if "unsqueeze" in line else 2)
        told = client.ask(AskSources(key=VariableKey("x"), serial=seen.serial, cell=cell))
        assert (getattr(told, "code", None), seen.written_since) == (code, is_other), line
    client.run(given.replace("a * 2", "(a.requires_grad_() * 2)") + "x.t_()")
    seen = operation(client, "x")
    told = client.ask(AskSources(key=VariableKey("x"), serial=seen.serial, cell=(2, 1)))
    assert getattr(told, "code", None) == "operation.written"


# A program's last lines, x before them, and of two cells of x the cells of each operand that they are made of.
WRITES = {
    "x[:, 0] = v": ("v = torch.tensor([1.0, 2.0])", [set(), {(1,)}], [{(1, 2)}, set()]),
    "x[1] = 7.0": ("", [set()], [set()]),
    "x[0] += 5": ("", [{(1, 0)}, set()], [{(1, 2)}, set()]),
    "x[:, :2] *= 2": ("", [set(), {(1, 0)}], [{(1, 2)}, set()]),
    "x[x < 3] = 0.0": ("", [{(1, 0)}, set()], [{(1, 2)}, set()]),
    "x += 1": ("", [{(1, 0)}], [{(1, 2)}]),
    "x.copy_(v)": ("v = torch.arange(3.0)", [set(), {(0,)}], [set(), {(2,)}]),
    "x.masked_fill_(m, 9.0)": ("m = torch.eye(2, 3).bool()", [{(1, 0)}, set()], [{(1, 2)}, set()]),
    "x.index_put_((i, j), v)": (
        "i, j, v = torch.tensor([0, 1]), torch.tensor([1, 2]), torch.tensor([5.0, 6.0])",
        [{(1, 0)}, set(), set(), set()],
        [set(), set(), set(), {(1,)}],
    ),
    "x.scatter_(1, i, v)": (
        "i, v = torch.tensor([[1], [2]]), torch.tensor([[3.0], [4.0]])",
        [{(1, 0)}, set(), set()],
        [set(), set(), {(1, 0)}],
    ),
    "torch.nn.functional.elu_(x)": ("", [{(1, 0)}], [{(1, 2)}]),
    "torch.nn.functional.relu(x, inplace=True)": ("", [{(1, 0)}], [{(1, 2)}]),
}


@pytest.mark.parametrize("begun", ["torch.arange(1.0, 7.0).view(2, 3)", "w * torch.ones(2, 3)"], ids=["plain", "graph"])
def test_a_write_is_an_operation_on_what_was_there_before(begun: str) -> None:
    with Client() as engine:
        for line, (given, *cells) in WRITES.items():
            text = f"import torch\nw = torch.arange(1.0, 7.0).view(2, 3).requires_grad_()\nx = {begun}\n{given}\n{line}"
            assert engine.run(text)[-1].error is None, line
            seen = operation(engine, "x")
            assert seen is not None and seen.writes and seen.text == line, (line, seen)
            assert seen.operands[0].name == "x" and seen.shares[0] and seen.operands[0].shape == (2, 3), line
            before = engine.ask(m.AskText(key=OperandKey(seen.serial, 0))).text
            assert [float(one) for one in re.findall(r"\d+\.", before)] == [1, 2, 3, 4, 5, 6], (line, before)
            for cell, expected in zip(((1, 0), (1, 2)), cells, strict=True):
                told = engine.ask(AskSources(key=VariableKey("x"), serial=seen.serial, cell=cell))
                shapes = [one.shape for one in seen.operands]
                found = [set(zip(*np.unravel_index(one.indices, shape), strict=True)) if one.indices else set()
                         for one, shape in zip(told.cells, shapes, strict=True)]  # fmt: skip
                assert found == expected, (line, cell)


# A line after y = x.view(2, 3) and v = x.view(2, 3) * 1, and whether y has other numbers since.
SINCE = {
    "x[1] = 7.0": True,
    "x.mul_(2)": True,
    "y.data.zero_()": True,
    "torch.nn.init.zeros_(y)": True,
    "x.view(6)[0] = x[0]": False,
    "z = y + 1": False,
}


@pytest.mark.parametrize("line", SINCE)
def test_a_result_that_was_written_since_is_said_to_be_beside_operands_of_then(line: str) -> None:
    with Client() as engine:
        engine.run(
            f"import torch\nx = torch.arange(1.0, 7.0)\ny = x.view(2, 3)\nv = x + x\n{line}\n"
            f"w = torch.ones(2, requires_grad=True)\nu = w * w\nwith torch.no_grad():\n    u.mul_({1 + SINCE[line]})"
        )
        seen = {name: operation(engine, name) for name in "yvu"}
        assert [seen[name].written_since for name in "yvu"] == [SINCE[line], False, SINCE[line]]
        assert numbers(engine, seen["y"].operands[0].key) == tuple(f"{one}.0000" for one in range(1, 7))
        for name, text in (("v", "1.0000 + 1.0000 = 2.0000"), ("u", "" if SINCE[line] else "1.0000 · 1.0000 = 1.0000")):
            assert engine.ask(AskSources(key=VariableKey(name), serial=seen[name].serial, cell=(0,))).text == text


SEEN_WITHOUT_GRAD = """import torch
from torch import nn
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(inplace=True), nn.Linear(4, 2)).eval()
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear, self.norm = nn.Linear(3, 3), nn.LayerNorm(3)
    def forward(self, x):
        self.hidden = self.linear(x)
        return {"out": self.norm(torch.relu(self.hidden))}
block, deep = Block(), nn.Sequential(*[nn.Linear(3, 3) for _ in range(700)])
x = torch.randn(2, 3)
with torch.%s():
    a = net(x)
    b, h = block(x)["out"], block.hidden
    c, (hn, cn) = nn.LSTM(3, 4, num_layers=2)(x)
    d = deep(x)
    outs = [net(x) for _ in range(100)]
    first = outs[0]
    p = nn.utils.rnn.pad_sequence([x[0], x[1, :2]])
"""


@pytest.mark.parametrize("mode", ["no_grad", "inference_mode"])
def test_what_a_module_or_a_library_makes_without_a_graph_is_seen_as_with_one(mode: str) -> None:
    with Client() as engine:
        assert engine.run(SEEN_WITHOUT_GRAD % mode)[-1].error is None
        told = {name: operation(engine, name) for name in ("a", "b", "h", "c", "hn", "d", "first", "p")}
        signs = {name: seen.sign for name, seen in told.items()}
        assert signs == {
            **dict.fromkeys(("a", "h", "d", "first"), "linear"),
            **{"b": "layer_norm", "c": "squeeze", "hn": "squeeze", "p": "pad_sequence"},
        }
        assert [one.name for one in told["a"].operands] == ["", "net.2.weight", "net.2.bias"]
        assert [one.name for one in told["h"].operands] == ["x", "block.linear.weight", "block.linear.bias"]
        for name, n_cells in (("a", [4, 4, 1]), ("b", [3, 1, 1]), ("p", [1, 0])):
            cell = (0, 0)
            found = engine.ask(AskSources(key=VariableKey(name), serial=told[name].serial, cell=cell))
            assert [one.n_cells for one in found.cells] == n_cells, name


def test_a_step_of_an_optimizer_that_is_written_out_is_seen_on_its_parameter() -> None:
    with Client() as engine:
        engine.run(
            "import torch\nw = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\n"
            "with torch.no_grad():\n    w -= 0.25 * w.grad"
        )
        seen = operation(engine, "w")
        assert seen is not None and seen.writes and seen.text == "w -= 0.25 * w.grad"
        told = engine.ask(AskSources(key=VariableKey("w"), serial=seen.serial, cell=(1,)))
        assert [one.indices for one in told.cells] == [(1,), (1,)] and told.text == "1.0000 − 0.5000 = 0.5000"


def test_what_was_before_a_write_is_kept_of_the_first_times_of_a_loop_and_of_small_tensors() -> None:
    with Client() as engine:
        engine.run("import torch\nx = torch.zeros(4)\nfor i in range(200):\n    x += 1")
        seen = operation(engine, "x")
        assert seen is not None and seen.operands[0].key is None and "not kept" in str(seen.operands[0].said)
        engine.run("y = torch.zeros(200, 200)\ny.add_(1)")
        large = operation(engine, "y")
        assert large is not None and large.operands[0].key is None


def test_of_a_layer_that_is_evaluated_the_running_statistics_take_part() -> None:
    with Client() as engine:
        engine.run(
            "import torch\nbn = torch.nn.BatchNorm2d(3)\nx = torch.randn(2, 3, 4, 4)\ny = bn(x)\nbn.eval()\nz = bn(x)"
        )
        for name, statistics in (("y", ()), ("z", (1,))):
            seen = operation(engine, name)
            assert seen is not None
            told = engine.ask(AskSources(key=VariableKey(name), serial=seen.serial, cell=(0, 1, 2, 3)))
            by_name = {one.name: cells.indices for one, cells in zip(seen.operands, told.cells, strict=True)}
            assert by_name["bn.running_mean"] == by_name["bn.running_var"] == statistics
            assert by_name["bn.weight"] == by_name["bn.bias"] == (1,)


def test_what_is_written_into_keeps_the_names_of_its_axes() -> None:
    with Client() as engine:
        given = "import torch\nB, T = 2, 3\nx = torch.arange(6.0).view(B, T).requires_grad_()\ny = x.detach()\n"
        for line in ("pass", "y += 1", "y[0] = 3", "y.relu_()"):
            engine.run(given + line)
            axes = engine.ask(m.AskDetails(key=VariableKey("y"))).details.axes
            assert [one.name for one in axes] == ["B", "T"], line


def test_of_several_results_each_is_followed_from_where_it_is_also_with_a_graph() -> None:
    with Client() as engine:
        for begun in ("torch.arange(8.0)", "torch.arange(8.0, requires_grad=True)"):
            engine.run(
                f"import torch\na = {begun}.view(2, 4)\nb = a.chunk(2, 1)[1]\n"
                "c = a.split([1, 3], 1)[1]\nd = a.unbind()[1]"
            )
            for name, cell, flat in (("b", (1, 0), 6), ("c", (0, 2), 3), ("d", (2,), 6)):
                seen = operation(engine, name)
                told = engine.ask(AskSources(key=VariableKey(name), serial=seen.serial, cell=cell))
                assert [one.indices for one in told.cells] == [(flat,)], (begun, name)


def test_a_call_that_returns_its_operand_has_made_nothing() -> None:
    with Client() as engine:
        engine.run(
            "import torch\nx = torch.arange(6.0) * 2\na = x.contiguous()\nb = torch.dropout(x, 0.5, False)\n"
            "c = torch.nn.Dropout().eval()(x)\nd = x.float()\ne = x.to('cpu')\n"
            "o = torch.empty(6)\nf = torch.add(x, 1, out=o)"
        )
        for name in "abcde":
            assert (
                operation(engine, name).text == "torch.arange(6.0) * 2" and operation(engine, name).operands[0].key
            ), name
        assert operation(engine, "f").sign == "add"


def test_what_is_written_into_out_is_followed_from_the_other_operands() -> None:
    with Client() as engine:
        engine.run(
            "import torch\na, b = torch.ones(2, 3), torch.ones(3, 2)\nz = torch.empty(2, 2)\n"
            "torch.matmul(a, b, out=z)\n"
            "high, where = torch.empty(2), torch.empty(2, dtype=torch.long)\n"
            "torch.max(torch.tensor([[1.0, 5.0], [7.0, 2.0]]), 1, out=(high, where))\n"
            "more = torch.empty(2, dtype=torch.bool)\ntorch.gt(high, 6, out=more)"
        )
        for name, cell, expected in (
            ("z", (1, 0), [(3, 4, 5), (0, 2, 4), ()]),
            ("high", (1,), [(2,), (), ()]),
            ("more", (1,), [(1,), ()]),
        ):
            seen = operation(engine, name)
            told = engine.ask(AskSources(key=VariableKey(name), serial=seen.serial, cell=cell))
            assert isinstance(told, SourcesShown) and [one.indices for one in told.cells] == expected, (name, told)


def test_what_writes_without_a_word_of_pytorch_is_a_write_and_what_was_there_before_is_kept() -> None:
    with Client() as engine:
        engine.run(
            "import torch\nv = torch.arange(4.)\ndouble = v * 2\nx = v + 1\nx.apply_(lambda a: a * 10)\n"
            "y = v + 1\ny.map_(v[:1], lambda a, b: a + 100 + b)\nv.apply_(lambda a: 7)"
        )
        for name, sign, before in (("x", "apply_", [1.0, 2.0, 3.0, 4.0]), ("double", "*", [0.0, 1.0, 2.0, 3.0])):
            seen = operation(engine, name)
            assert (seen.sign, seen.writes) == (sign, sign != "*")
            told = engine.ask(m.AskText(key=OperandKey(seen.serial, 0)))
            assert isinstance(told, m.Text) and told.text == str(before)
        told = engine.ask(AskSources(key=VariableKey("y"), serial=operation(engine, "y").serial, cell=(3,)))
        assert isinstance(told, SourcesShown) and [one.indices for one in told.cells] == [(3,), (0,)]


@pytest.mark.parametrize(
    "write",
    [
        "v.apply_(abs)", "v.map_(v.clone(), max)", "v.data += 1", "v.data.view(-1).mul_(2)", "v.data[...] = 3",
        "v.data[7] = 3", "v.numpy()[7] = 3",
        "array = v.numpy()\nw = torch.from_numpy(array).view(5, -1).T\nx = w * 2\narray[7] = 3",
    ],
)  # fmt: skip
def test_of_a_large_operand_nothing_is_shown_that_it_was_not(client: Client, write: str) -> None:
    """No version counter tells of these, and no copy of it is kept."""
    client.run(f"import torch\nv = torch.ones(20_000)\nx = v * 2\n{write}")
    (operand,) = operation(client, "x").operands
    assert operand.key is None and operand.said.code == "operation.changed"


def test_a_large_result_that_was_written_since_is_said_to_be(client: Client) -> None:
    client.run("import torch\nv = torch.ones(20_000)\nx = v * 2\ny = v * 3\nz = v * 4\nx.data += 1\nz.numpy()[7] = 3")
    assert [operation(client, name).written_since for name in "xyz"] == [True, False, True]
    assert operation(client, "y").operands[0].key is not None


# Statements before `y = w * 1`, those after it, and the one that made what the graph shows of w.
MAKING = [
    (["w[0] += 1"], ["w[0] += 5"], "w[0] += 1"),
    (["w *= 2"], ["w *= 3", "w -= 4"], "w *= 2"),
    (["w -= 1", "w += 2", "w *= 3"], ["w.clamp_(0, 1)"], "w *= 3"),
    ([], ["w -= 1", "w -= 2"], None),
    (["w *= 2", "w.data.fill_(7)"], ["w -= 1"], None),
]


@pytest.mark.parametrize(("before", "after", "statement"), MAKING)
def test_what_a_graph_shows_of_a_leaf_was_made_by_the_write_before_it_and_by_no_other(
    before: list[str], after: list[str], statement: str | None
) -> None:
    begun = "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n"
    writes = [f"with torch.no_grad(): {line}" for line in (*before, *after)]
    program = [*writes[: len(before)], "y = (w * 1).sum()", *writes[len(before) :]]
    with Client() as engine:
        graph = next(one.graph for one in engine.run(begun + "\n".join(program)) if isinstance(one, m.GraphShown))
        leaf = NodeValueKey(next(node.id for node in graph.nodes if node.kind == "accumulate"))
        seen = engine.ask(AskOperation(key=leaf)).operation
        assert (None if seen is None else seen.text) == statement
        if seen is not None:
            values = {"torch": torch}
            for line in (begun, *writes[: len(before) - 1], "taken = w.detach().clone()", writes[len(before) - 1]):
                exec(line, values)
            for key, expected in ((seen.operands[0].key, values["taken"]), (leaf, values["w"])):
                numbers = re.findall(r"-?\d+\.", engine.ask(m.AskText(key=key)).text)
                assert [float(one) for one in numbers] == expected.tolist()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("torch.arange(6.).view(*[1] * 2, 6)", ("torch.arange(6.0)",)),
        ("torch.rand(2, 3).to(torch.float16)", ("torch.rand(2, 3)",)),
        ("(x + 1).view(B, T)", ("x + 1",)),
        ("F.relu(x)", ("x",)),
        ("torch.nn.functional.relu(x)", ("x",)),
        ("functional.pad(x, sizes)", ("",)),  # which of them is a tensor is not known
    ],
)
def test_an_operand_bears_what_the_program_writes_for_it(text, names):
    assert operand_texts(text, 1) == names


TRANSFORMED = """import torch
from torch.func import functional_call, grad, jvp, vmap
cube = lambda a: (a.sin() * a).sum()
x, net = torch.arange(6.).reshape(2, 3), torch.nn.Linear(3, 2)
bias = torch.zeros(2)
slope = grad(cube)(x)
each = vmap(lambda row: row.view(3) * 2)(x)
slopes = vmap(grad(cube))(x)
_, along = jvp(cube, (x,), (torch.ones_like(x),))
of_bias = grad(lambda b: functional_call(net, {"bias": b}, (x,)).sum())(bias)
turned = vmap(lambda row: row.view(3))(x)
once = functional_call(net, {"bias": bias, "weight": net.weight.detach()}, (x,))
"""


def test_of_what_is_made_inside_of_torch_func_it_is_said_why_no_operation_is_told():
    names, said = ("slope", "each", "slopes", "along", "of_bias", "x", "bias", "turned", "once"), {}
    with Client() as engine:
        assert engine.run(TRANSFORMED)[-1].error is None
        answers = {name: engine.ask(AskOperation(key=VariableKey(name))) for name in names}
    for name, answer in answers.items():
        said[name] = answer.operation.sign if answer.operation else answer.why and answer.why.arguments["transforms"]
    assert said == {
        "slope": "grad", "each": "vmap", "slopes": "vmap ▸ grad", "along": "jvp", "of_bias": "grad",
        "x": "reshape", "bias": None, "turned": None, "once": "linear",
    }  # fmt: skip
