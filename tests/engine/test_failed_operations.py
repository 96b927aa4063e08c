"""The call on tensors that ended a run with an exception: its operands, and which of their sizes do not agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.autograd.operations.misfit import misfits
from engine.protocol.keys import OperandKey
from engine.protocol.messages import AskDetails, Failed, Finished
from engine.protocol.operations import Axis, OperationSeen
from tests.engine.client import Client

_NN = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def ended(engine: Client, text: str) -> Finished:
    return engine.end_of(engine.start(_NN + text))


def seen(engine: Client, text: str) -> OperationSeen:
    found = ended(engine, text).failed
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "sign", "names", "wrong"),
    [
        ("a = b = torch.ones(2, 3)\nc = a @ b", "@", ["a", "b"], [(0, 1), (1, 0)]),
        ("a = torch.ones(2, 3)\nc = a * 2 + torch.ones(5, 3)", "+", ["a * 2", "torch.ones(5, 3)"], [(0, 0), (1, 0)]),
        ("a, b = torch.ones(2, 3), torch.ones(2, 4)\nc = torch.cat([a, b])", "cat", ["a", "b"], [(0, 1), (1, 1)]),
        ("a, b = torch.ones(2), torch.ones(3)\nc = torch.stack([a, b])", "stack", ["a", "b"], [(0, 0), (1, 0)]),
        ("x = torch.ones(2, 3).T\ny = x.view(6)", "view", ["x"], []),
        ("x = torch.zeros(3, 3)\nx[:, 0] = torch.ones(4)", "[…] ←", ["x", "torch.ones(4)"], []),
        ("x = torch.ones(2)\nif x > 0:\n    pass", "bool", [""], []),
        ("logits, t = torch.ones(4, 3), torch.tensor([0])\nF.cross_entropy(logits, t)", "cross_entropy",
         ["logits", "t"], [(0, 0), (1, 0)]),
        ("net = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 1))\nnet(torch.ones(5, 4))", "linear",
         ["input", "weight", "bias"], [(0, 1), (1, 1)]),
        ("class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
         "        self.fc = nn.Linear(3, 2)\n    def forward(self, x):\n        h = x.flatten(1)\n"
         "        return self.fc(h)\nNet()(torch.ones(2, 2, 2))",
         "linear", ["h", "weight", "bias"], [(0, 1), (1, 1)]),
        ("conv = nn.Conv2d(3, 4, 3)\nconv(torch.ones(1, 1, 8, 8))", "conv2d", ["input", "weight", "bias"],
         [(0, 1), (1, 1)]),
    ],
)  # fmt: skip
def test_its_operands_have_the_programs_names_and_what_does_not_fit_is_told(
    engine: Client, text: str, sign: str, names: list[str], wrong: list[tuple[int, int]]
) -> None:
    found = seen(engine, text)
    assert (found.sign, [one.name for one in found.operands]) == (sign, names)
    assert found.misfits == tuple(Axis(*one) for one in wrong)


def test_its_operands_are_read_as_the_call_took_them_also_where_the_program_has_them_no_more(engine: Client) -> None:
    found = seen(engine, "a = torch.arange(6.).reshape(2, 3)\nc = (a * 2) @ (a + 1)")
    told = [engine.ask(AskDetails(key=one.key)).details.summary for one in found.operands if one.key is not None]
    assert [(one.shape, one.minimum, one.maximum) for one in told] == [((2, 3), 0.0, 10.0), ((2, 3), 1.0, 6.0)]


def test_an_end_that_no_call_on_tensors_has_brought_tells_of_none(engine: Client) -> None:
    before = seen(engine, "a = torch.ones(2, 3)\na @ a")
    caught = "a = torch.ones(2, 3)\ntry:\n    a @ a\nexcept RuntimeError:\n    pass\n"
    for text in ("x = 1", caught + "raise ValueError", "torch.ones(2) + unknown", "torch.ones(2, -1)", "1 / 0"):
        assert ended(engine, text).failed is None, text
    assert ended(engine, "torch.vmap(lambda a: a @ torch.ones(7))(torch.ones(2, 3))").failed is None
    backward = "x = torch.ones(2, requires_grad=True)\n(x * 2).backward()"
    assert ended(engine, backward).failed is None  # the graph is what there is to see
    gone = engine.ask(AskDetails(key=OperandKey(before.serial, 0)))
    assert isinstance(gone, Failed) and "does not have it any more" in gone.sentence


@pytest.mark.parametrize("n", [64, 2000])
def test_of_many_operands_the_first_and_those_that_do_not_fit_are_told(engine: Client, n: int) -> None:
    found = seen(engine, f"c = torch.cat([torch.full((2, 3 + (i == 60)), float(i)) for i in range({n})])")
    assert ([one.shape for one in found.operands], found.n_left_out) == ([(2, 3), (2, 3), (2, 4)], n - 3)
    assert found.misfits == (Axis(0, 1), Axis(2, 1))
    told = [engine.ask(AskDetails(key=one.key)).details.summary for one in found.operands if one.key is not None]
    assert [one.maximum for one in told] == [0.0, 1.0, 60.0]


def test_of_a_large_operand_only_what_the_program_still_has_is_seen(engine: Client) -> None:
    found = seen(engine, "a = torch.ones(3000, 2000)\nc = a @ (a + 1)")
    keys = [one.key for one in found.operands if one.key is not None]
    told = [engine.ask(AskDetails(key=key)) for key in keys]
    assert [type(one).__name__ for one in told] == ["Details", "Failed"]


_SHAPES = st.lists(st.integers(1, 3), max_size=4).map(tuple)


@given(st.lists(_SHAPES, min_size=2, max_size=3))
def test_sizes_disagree_where_torch_does_not_broadcast(shapes: list[tuple[int, ...]]) -> None:
    try:
        torch.broadcast_shapes(*shapes)
        fits = True
    except RuntimeError:
        fits = False
    assert (misfits("where" if len(shapes) == 3 else "add", shapes, ((), {})) == ()) == fits


@given(_SHAPES, _SHAPES)
def test_sizes_disagree_where_torch_does_not_multiply(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    try:
        torch.matmul(torch.empty(one, device="meta"), torch.empty(other, device="meta"))
        fits = True
    except RuntimeError:
        fits = not one or not other  # of a scalar it is the rank
    assert (misfits("matmul", [one, other], ((), {})) == ()) == fits


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[st.integers(1, 2)] * n), min_size=2, max_size=3)),
       st.integers(-2, 2))  # fmt: skip
def test_sizes_disagree_where_torch_does_not_join(shapes: list[tuple[int, ...]], axis: int) -> None:
    tensors = [torch.empty(shape, device="meta") for shape in shapes]
    try:
        torch.cat(tensors, axis)
        fits = True
    except (RuntimeError, IndexError) as error:
        fits = isinstance(error, IndexError)  # there is no such axis
    assert (misfits("cat", shapes, ((), {"dim": axis})) == ()) == fits
