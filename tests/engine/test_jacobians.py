"""Jacobians of nodes, and their product from the loss on, are those of PyTorch, and asking for them changes nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import BroadcastableShapes, mutually_broadcastable_shapes
from torch import Tensor
from torch.autograd.graph import GradientEdge

from engine.autograd.jacobians.agreement import agreement
from engine.autograd.jacobians.local import by_node, by_record, may_be_called
from engine.autograd.jacobians.structure import structure_of
from engine.autograd.rules.catalogue import COMPLEX, RULES
from engine.protocol import messages as m
from engine.protocol.graph_values import Graph
from engine.protocol.jacobians import MAX_SIDE, AskJacobian, Chain, LocalJacobian, NodeJacobian
from engine.protocol.until import UntilNext
from engine.tensors.reading import unobserved
from tests.engine.client import Client, printed
from tests.engine.rule_cases import BROADCAST, DRAWS, Case, whole_name
from tests.engine.test_cells import node_of, shown
from tests.engine.test_rules import CASES, IN_SINGLE, Made

NEURON = """import torch
x = torch.tensor([0.5, -2.0, 1.5])
w = torch.tensor([1.0, 2.0, 0.3], requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)
z = w @ x + b
a = torch.sigmoid(z)
loss = (a - 1) ** 2
loss.backward()
"""
BRANCHES = """import torch
torch.manual_seed(0)
W = torch.randn(3, 2, requires_grad=True)
h = torch.tanh(torch.randn(4, 3) @ W)
y = h * h + h.exp()
loss = y.mean() + torch.softmax(h, 1)[0].max()
loss.backward()
"""
LOOP = """import torch
w = torch.tensor([0.5, -1.0], requires_grad=True)
for step in range(50):
    p = torch.sigmoid(w * 3)
    loss = (p * p).sum()
    w.grad = None
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
"""
LARGE = """import torch
w = torch.randn(1300, requires_grad=True)
y = w * 2
loss = (y * y).sum()
loss.backward()
"""
OWN = """import torch
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3
    @staticmethod
    def backward(ctx, g):
        print("backward of the program")
        return g * 3
w = torch.tensor([1.0, 2.0], requires_grad=True)
u = torch.exp(w)
u.register_hook(lambda g: print("hook of the program") or g * 10)
v = Own.apply(u)
with torch.autograd.graph.saved_tensors_hooks(lambda t: t.clone(), lambda t: print("unpacked") or t):
    e = v ** 2
loss = e.sum()
loss.backward(retain_graph=True)
"""
RANDOM = """import torch
torch.manual_seed(3)
w = torch.randn(4, 3, requires_grad=True)
h = torch.nn.functional.dropout(torch.tanh(w @ torch.randn(3, 3)), 0.5)
loss = torch.softmax(h, -1)[:, 0].prod() + torch.rand(()) * h.std()
loss.backward()
print([g.hex() for g in w.grad.flatten().tolist()], torch.rand(3).tolist())
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def jacobian(engine: Client, graph: Graph, node: str | int, slot: int = 0) -> NodeJacobian:
    place = node if isinstance(node, int) else node_of(graph, node)
    answer = engine.ask(AskJacobian(graph=graph.id, node=place, slot=slot))
    assert isinstance(answer, m.JacobianShown), answer
    return answer.jacobian


def chain(engine: Client, graph: Graph, node: str) -> Chain:
    found = jacobian(engine, graph, node).chain
    assert found is not None
    return found


def numbers(data: bytes) -> list[float]:
    return np.frombuffer(data).tolist()


def word(operand: LocalJacobian) -> str:
    assert operand.structure is not None
    return operand.structure.word


# -- against torch.autograd


def _by_torch(case: Case, seed: int, made: Made) -> list[Tensor | None] | None:
    """By each operand, where the operands are leaves: torch.autograd.functional.jacobian of the operation."""
    leaves = [getattr(below[0], "variable", None) for below in made.node.next_functions]
    if any(leaf is None for leaf in leaves):
        return None
    generator = torch.Generator().manual_seed(seed)
    inputs = [DRAWS[case.draw](shape, generator) for shape in case.shapes]

    def run(*given: Tensor) -> Tensor:
        torch.default_generator.manual_seed(seed)
        result = case.make(*given)
        outputs = [
            out for out in (result if isinstance(result, list | tuple) else (result,)) if out.grad_fn is not None
        ]
        return outputs[0]

    found = torch.autograd.functional.jacobian(run, tuple(inputs))
    order = [
        next(nth for nth, one in enumerate(inputs) if one.shape == leaf.shape and one.equal(leaf)) for leaf in leaves
    ]
    return [found[nth].reshape(-1, math.prod(inputs[nth].shape)) for nth in order]


def _shapes(made: Made) -> list[tuple[int, ...] | None]:
    return [None if sent is None else tuple(sent.shape) for sent in made.sent]


def _size(made: Made) -> int:
    sides = [sent.numel() for sent in made.sent if sent is not None]
    return max([*sides, *(g.numel() for g in made.values.arriving if g is not None)])


def _small(name: str) -> Case | None:
    return next((case for case in CASES if case.node == name and _size(Made(case, 0)) <= MAX_SIDE), None)


NOT_CALLED = {"SparseAddmmBackward0"}  # it keeps a matrix without elements in a memory of its own
TOO_LARGE = {
    "AdaptiveAvgPool2DBackward0", "AdaptiveMaxPool2DBackward0", "AvgPool2DBackward0", "Im2ColBackward0",
    "MaxPool2DWithIndicesBackward0", "ReflectionPad3DBackward0", "ReplicationPad3DBackward0",
    "UpsampleBicubic2DBackward0", "UpsampleBilinear2DBackward0", "UpsampleNearest2DBackward0",
    "UpsampleNearest3DBackward0",
}  # fmt: skip


def test_of_what_is_too_large_no_case_is_small() -> None:
    assert not any(map(_small, TOO_LARGE))


@pytest.mark.parametrize("name", sorted({case.node for case in CASES} - COMPLEX - NOT_CALLED - TOO_LARGE))
def test_a_nodes_jacobian_is_that_of_torch_by_itself_and_by_its_record(name: str) -> None:
    case = _small(name)
    assert case is not None
    made = Made(case, 0)
    slot = next(number for number, g in enumerate(made.values.arriving) if g is not None)
    state = torch.get_rng_state()
    with unobserved():
        assert may_be_called(made.node)
        ours = by_node(made.node, slot, _shapes(made))
        ours_by_record = [
            None if sent is None else by_record(RULES[name], place, made.values, slot)
            for place, sent in enumerate(made.sent)
        ]
    assert torch.equal(state, torch.get_rng_state())
    theirs = _by_torch(case, 0, made)
    if theirs is None:
        theirs = _row_by_row(made, slot)
    tolerance = 1e-4 if case.draw == "single" or name in IN_SINGLE else 1e-10
    for found, recorded, expected in zip(ours, ours_by_record, theirs, strict=True):
        if found is not None and expected is not None:
            torch.testing.assert_close(found, expected.double(), rtol=1e-12, atol=1e-12, equal_nan=True)
            torch.testing.assert_close(recorded, expected.double(), rtol=tolerance, atol=tolerance, equal_nan=True)


def _row_by_row(made: Made, slot: int) -> list[Tensor | None]:
    """Of a node whose operands are results of others."""
    edge = GradientEdge(made.node, slot)
    below = [GradientEdge(*one) for one in made.node.next_functions if one[0] is not None]
    like = made.values.arriving[slot]
    assert like is not None
    rows = []
    for place in range(like.numel()):
        unit = torch.zeros(like.numel(), dtype=like.dtype)
        unit[place] = 1
        sent = torch.autograd.grad((edge,), below, (unit.view(like.shape),), retain_graph=True, allow_unused=True)
        rows.append([None if one is None else one.reshape(-1) for one in sent])
    columns = iter([None if column[0] is None else torch.stack(column) for column in zip(*rows, strict=True)])
    return [None if sent is None else next(columns) for sent in made.sent]


@given(
    shapes=mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=4),
    name=st.sampled_from(sorted(BROADCAST)),
    seed=st.integers(0, 1 << 20),
)
@settings(max_examples=40, deadline=None)
def test_of_any_shapes_that_broadcast_it_is_torchs(shapes: BroadcastableShapes, name: str, seed: int) -> None:
    case = Case(whole_name(name), BROADCAST[name], shapes.input_shapes)
    made = Made(case, seed)
    with unobserved():
        ours = by_node(made.node, 0, _shapes(made))
    inputs = [DRAWS[case.draw](shape, generator) for generator in [torch.Generator().manual_seed(seed)]
              for shape in case.shapes]  # fmt: skip
    theirs = torch.autograd.functional.jacobian(case.make, tuple(inputs))
    for found, expected, leaf in zip(ours, theirs, inputs, strict=True):
        assert found is not None
        torch.testing.assert_close(found, expected.reshape(-1, leaf.numel()), rtol=1e-12, atol=1e-12)


# -- what a matrix is


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0.0, 0.0]], "zero"),
        ([[0.3]], "number"),
        ([[1.0, 0.0], [0.0, 1.0]], "identity"),
        ([[-1.0, 0.0], [0.0, -1.0]], "-1 × identity"),
        ([[2.0, 0.0], [0.0, 3.0]], "diagonal"),
        ([[0.0, 1.0], [1.0, 0.0]], "permutation"),
        ([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]], "selection"),
        ([[1.0], [1.0]], "copies"),
        ([[1.0, 1.0, 1.0]], "sums"),
        ([[0.25, 0.25]], "constant"),
        ([[0.25, 0.5]], "one row"),
        ([[1.0, 2.0, 0.0, 0.0], [0.0, 0.0, 1.0, 3.0]], "block diagonal"),
        ([[1.0, 2.0], [3.0, 4.0]], None),
        ([[1.0, 1e-30], [0.0, 1.0]], None),
        ([[math.nan, 0.0], [0.0, 1.0]], None),
    ],
)
def test_a_structure_is_named_only_where_it_is_exact(rows: list[list[float]], expected: str | None) -> None:
    found = structure_of(torch.tensor(rows, dtype=torch.float64))
    assert (None if found is None else found.word) == expected


def test_agreement_is_told_in_units_in_the_last_place_and_near_zero_by_the_largest_cell() -> None:
    given = torch.tensor([1.0, -2.0])
    assert agreement(given.double(), given).code == "jacobian.same"
    next_up = torch.nextafter(given, torch.tensor(9.0))
    assert agreement(next_up.double(), given).text == "The largest difference is 1 ulp, the last place of a cell."
    near_zero = torch.tensor([1e-12, 1.0])
    assert agreement(torch.tensor([2e-9, 1.0]).double(), near_zero).code == "jacobian.relative"
    assert agreement(torch.tensor([math.inf]).double(), torch.tensor([math.inf])).code == "jacobian.same"
    assert agreement(torch.tensor([1.0]).double(), torch.tensor([math.nan])).code == "jacobian.not_finite"


# -- in the program


def test_a_neurons_jacobians_and_the_product_from_the_loss_to_its_weights(engine: Client) -> None:
    graph = shown(engine, NEURON)
    sigmoid = jacobian(engine, graph, "a")
    (by_z,) = sigmoid.operands
    assert sigmoid.name == "a" and by_z.name == "z" and word(by_z) == "number"
    assert by_z.is_by_record  # its pass has freed what it saved
    assert numbers(by_z.matrix) == pytest.approx([0.0473], abs=1e-4)
    assert numbers(by_z.product) == pytest.approx(numbers(by_z.leaving))
    to_w = chain(engine, graph, "w")
    assert to_w.n_paths == 1 and numbers(to_w.product) == pytest.approx(numbers(to_w.gradient))
    factors = to_w.paths[0].factors
    assert [(one.name, one.rows, one.columns) for one in factors] == [
        ("∂L/∂loss", 1, 1), ("∂loss/∂(a - 1)", 1, 1), ("∂(a - 1)/∂a", 1, 1), ("∂a/∂z", 1, 1),
        ("∂z/∂(w @ x)", 1, 1), ("∂(w @ x)/∂w", 1, 3),
    ]  # fmt: skip
    assert factors[3].word == "0.0473" and factors[-1].word == "one row" and to_w.agreement is not None
    assert jacobian(engine, graph, "loss").chain is None  # the pass begins there


def test_where_paths_branch_all_of_them_are_added(engine: Client) -> None:
    graph = shown(engine, BRANCHES)
    to_h = chain(engine, graph, "h")
    assert to_h.n_paths == 4 and len(to_h.paths) == 4 and all(path.norm for path in to_h.paths)
    assert numbers(to_h.product) == pytest.approx(numbers(to_h.gradient), rel=1e-5)
    exp = next(path for path in to_h.paths if path.factors[-1].name == "∂(h.exp())/∂h")
    assert [factor.word for factor in exp.factors[2:]] == ["constant", "identity", "diagonal"]
    by_h = jacobian(engine, graph, "SoftmaxBackward0").operands[0]
    assert word(by_h) == "block diagonal"


def test_in_an_earlier_pass_of_a_loop_the_numbers_are_of_that_pass(engine: Client) -> None:
    graph = shown(engine, LOOP)
    now = numbers(jacobian(engine, graph, "p").operands[0].matrix)
    earlier = engine.ask(m.OpenPass(index=3))
    assert isinstance(earlier, m.PassOpened)
    then = jacobian(engine, earlier.graph, "p")
    (by_w,) = then.operands
    assert by_w.is_by_record and word(by_w) == "diagonal" and numbers(by_w.matrix) != now
    assert numbers(by_w.product) == pytest.approx(numbers(by_w.leaving), rel=1e-5)
    to_w = chain(engine, earlier.graph, "w")
    assert to_w.n_paths == 2 and numbers(to_w.product) == pytest.approx(numbers(to_w.gradient), rel=1e-5)


def test_above_256_cells_the_sizes_are_said(engine: Client) -> None:
    graph = shown(engine, LARGE)
    (by_w,) = jacobian(engine, graph, "y").operands
    assert not by_w.matrix and by_w.said is not None and by_w.said.text.startswith("It would be 1,300 × 1,300,")
    to_w = chain(engine, graph, "w")
    assert not to_w.product and [said.code for said in to_w.said] == ["chain.too_large"]
    assert "a Jacobian of 1,300 × 1,300:" in to_w.said[0].text


def test_code_of_the_program_is_not_run_and_that_it_cannot_be_asked_is_said(engine: Client) -> None:
    engine.run(OWN)
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    start = len(engine.events)
    own = next(node for node in graph.nodes if node.name == "OwnBackward")
    (by_u,) = jacobian(engine, graph, own.id).operands
    assert by_u.said is not None and by_u.said.code == "jacobian.cannot_be_asked"
    (by_v,) = jacobian(engine, graph, "PowBackward0").operands
    assert by_v.is_by_record and word(by_v) == "diagonal"
    assert [said.code for said in chain(engine, graph, "w").said] == ["jacobian.cannot_be_asked"]
    jacobian(engine, graph, "u")
    assert not printed(engine.events[start:])


def test_a_hook_on_the_way_is_named(engine: Client) -> None:
    text = NEURON.replace("loss = (a", "a.register_hook(lambda g: g * 2)\nloss = (a")
    graph = shown(engine, text)
    to_z = chain(engine, graph, "z")
    assert [said.code for said in to_z.said] == ["chain.hooked"] and to_z.said[0].arguments["line"] == "7"


def test_complex_and_sparse_gradients_are_said_to_have_none(engine: Client) -> None:
    text = """import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
table = torch.nn.Embedding(4, 2, sparse=True)
c = torch.complex(w, w * 2)
loss = (c * c).abs().sum() + table(torch.tensor([1, 3])).sum()
loss.backward()
"""
    graph = shown(engine, text)
    for node in graph.nodes:
        if not node.is_input:
            jacobian(engine, graph, node.id)
    (by_table,) = jacobian(engine, graph, "EmbeddingBackward0").operands
    assert by_table.matrix and word(by_table) == "selection" and not by_table.leaving
    assert by_table.agreement is not None and by_table.agreement.code == "jacobian.not_real"
    (by_w, _) = jacobian(engine, graph, "ComplexBackward0").operands
    assert not by_w.matrix and by_w.said is not None and by_w.said.code == "jacobian.not_real"


def _stepped(engine: Client, *, asking: bool) -> tuple[str, int]:
    """What the program prints, held at each node, and how many matrices were made meanwhile."""
    start, run, n_made = len(engine.events), engine.start(RANDOM, step=True), 0
    graph: Graph | None = None
    while True:
        news = engine.wait(m.Event, where=lambda e: isinstance(e, m.BackwardProgress | m.GraphShown | m.Finished))
        if isinstance(news, m.GraphShown):
            graph = news.graph
        elif isinstance(news, m.Finished) and news.id == run:
            return printed(engine.events[start:]), n_made
        elif isinstance(news, m.BackwardProgress) and news.state.status == "paused":
            for node in graph.nodes if asking and graph is not None else ():
                n_made += sum(bool(one.matrix) for one in jacobian(engine, graph, node.id).operands)
            engine.send(m.Step(until=UntilNext()))


def test_asked_at_every_node_of_a_held_pass_it_changes_no_bit_and_no_random_number(engine: Client) -> None:
    plain, _ = _stepped(engine, asking=False)
    asked, n_made = _stepped(engine, asking=True)
    assert plain and asked == plain and n_made > 50


def test_before_a_node_has_run_its_product_is_not_told(engine: Client) -> None:
    run = engine.start(NEURON, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    (by_difference,) = jacobian(engine, graph, "PowBackward0").operands
    assert by_difference.matrix and not by_difference.is_by_record and not by_difference.product
    assert by_difference.agreement is not None and by_difference.agreement.code == "rule.not_run"
    to_z = chain(engine, graph, "z")
    assert to_z.n_paths == 1 and not to_z.product and [said.code for said in to_z.said] == ["chain.not_here"]
    engine.send(m.AbortBackward())
    engine.end_of(run)
