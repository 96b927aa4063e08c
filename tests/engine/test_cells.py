"""A cell explained: its terms, in the program's names, add up to the number that PyTorch computed."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
import torch

from engine.autograd.rules.catalogue import COMPLEX, RULES
from engine.autograd.rules.terms import terms
from engine.protocol import messages as m
from engine.protocol.cells import CellExplained, CellSum
from engine.protocol.graph_values import Graph
from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.until import UntilNext
from engine.tensors.places import unravelled
from tests.engine.client import Client
from tests.engine.rule_models import MODELS
from tests.engine.test_rules import CASES, IN_SINGLE, Made

PROGRAM = """import torch
x = torch.tensor([[0.5, -2.0], [1.5, 1.0]])
W = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
b = torch.tensor([0.1, -0.2], requires_grad=True)
h = x @ W.T + b
a = torch.tanh(h)
q = a.view(4)[1:].expand(3, 3)
loss = (q ** 2).sum() + (torch.softmax(a, -1) * a).mean()
loss.backward()
"""
LONG = """import torch
torch.manual_seed(0)
long = torch.randn(1000, requires_grad=True)
total = (long * torch.arange(1000.0)).sum() * 2
total.backward()
"""
OWN = """import torch
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3
    @staticmethod
    def backward(ctx, g):
        return g * 3
w = torch.tensor([1.0, 2.0], requires_grad=True)
v = w * 1
end = (Own.apply(v) + v * 2).sum()
end.backward(retain_graph=True)
"""


HOOKED = """import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
v = torch.exp(w)
v.register_hook(lambda g: g * 10)
root = v * v
end = root.sum()
torch.autograd.backward((end, root), (None, torch.tensor([5.0, 7.0])), retain_graph=True)
"""
WRITTEN = """import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
v = w * torch.tensor([3.0, 4.0])
end = v + 1
with torch.no_grad():
    v.mul_(2)
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(engine: Client, text: str) -> Graph:
    """The graph on screen once a program has ended."""
    engine.run(text)
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    assert finished.error is None, finished.error
    return [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]


def node_of(graph: Graph, name: str) -> int:
    """The node of a variable, or of a kind."""
    return next(node.id for node in graph.nodes if name in (node.variable, node.name))


def ask(engine: Client, graph: Graph, node: int, cell: tuple[int, ...] | None = None) -> CellExplained:
    answer = engine.ask(m.AskCell(graph=graph.id, node=node, cell=cell))
    assert isinstance(answer, m.CellShown), answer
    return answer.explained


def gradient(engine: Client, graph: Graph, name: str, cell: tuple[int, ...] | None = None) -> CellSum:
    made = ask(engine, graph, node_of(graph, name), cell).gradient
    assert made is not None
    return made


def value(engine: Client, graph: Graph, name: str, cell: tuple[int, ...] | None = None) -> CellSum:
    made = ask(engine, graph, node_of(graph, name), cell).value
    assert made is not None
    return made


def written(made: CellSum) -> list[str]:
    return [" · ".join(str(factor.name or factor.text) for factor in term.factors) for term in made.terms]


@pytest.fixture(scope="module")
def graph(engine: Client) -> Graph:
    return shown(engine, PROGRAM)


def test_a_weights_gradient_is_a_sum_over_rows_of_what_arrived_times_the_input(engine: Client, graph: Graph) -> None:
    made = gradient(engine, graph, "W", (0, 1))
    assert written(made) == ["∂L/∂(x @ W.T)[0, 0] · x[0, 1]", "∂L/∂(x @ W.T)[1, 0] · x[1, 1]"]
    assert made.skipped == ("Permute",) and not made.difference and not made.said
    product, x = node_of(graph, "MmBackward0"), node_of(graph, "x")
    first, second = made.terms[0].factors
    assert (first.place.key, first.place.cell) == (NodeGradKey(product), (0, 0))  # type: ignore[union-attr]
    assert (second.place.key, second.place.cell) == (NodeValueKey(x), (0, 1))  # type: ignore[union-attr]
    assert {place.key.node for place in made.lit} == {product, x}


def test_a_bias_gets_the_gradient_of_every_copy(engine: Client, graph: Graph) -> None:
    assert written(gradient(engine, graph, "b", (1,))) == ["∂L/∂h[0, 1]", "∂L/∂h[1, 1]"]


def test_views_expands_and_slices_are_skipped_and_said(engine: Client, graph: Graph) -> None:
    made = gradient(engine, graph, "a", (1, 1))
    assert set(made.skipped) == {"View", "Slice", "Expand"} and not made.difference
    copies = [f"∂L/∂(q ** 2)[{row}, 2] · slope at a[1, 1]" for row in range(3)]
    assert set(copies) <= set(written(made))


def test_the_loss_begins_the_pass(engine: Client, graph: Graph) -> None:
    assert written(gradient(engine, graph, "loss")) == ["handed to the pass"]


def test_a_product_of_matrices_is_taken_apart_forward(engine: Client, graph: Graph) -> None:
    made = value(engine, graph, "MmBackward0", (1, 0))
    assert written(made) == ["W[0, 0] · x[1, 0]", "W[0, 1] · x[1, 1]"]
    assert (made.number, made.total, made.difference) == ("3.5000", "3.5000", "")


def test_a_function_of_one_number_is_no_sum_and_a_leaf_was_not_computed(engine: Client, graph: Graph) -> None:
    made = value(engine, graph, "a", (0, 0))
    assert written(made) == ["h[0, 0]"] and [said.code for said in made.said] == ["cell.of_one"]
    assert [said.code for said in value(engine, graph, "W").said] == ["cell.is_leaf"]


def test_a_long_sum_shows_the_largest_terms_and_the_rest_as_one(engine: Client) -> None:
    made = value(engine, shown(engine, LONG), "SumBackward0")
    assert len(made.terms) == 8 and made.n_more > 900 and made.rest
    sizes = [abs(float(term.product)) for term in made.terms]
    assert sizes == sorted(sizes, reverse=True)
    total = sum(float(term.product) for term in made.terms) + float(made.rest)
    assert math.isclose(total, float(made.total), rel_tol=1e-3)
    assert len(made.lit) == 999  # the first element is multiplied by zero


def test_what_has_no_rule_is_said_and_its_part_is_what_remains(engine: Client) -> None:
    made = gradient(engine, shown(engine, OWN), "v", (1,))
    assert [said.code for said in made.said] == ["cell.no_rule"]
    assert made.number == "5.0000" and [term.product for term in made.terms] == ["2.0000", "3.0000"]
    assert str(made.terms[1].factors[0].name) == "what Own sent"


def test_a_hook_that_changed_a_gradient_is_named_beside_the_difference(engine: Client) -> None:
    graph = shown(engine, HOOKED)
    made = gradient(engine, graph, "v", (0,))
    assert [said.code for said in made.said] == ["cell.hooked"] and made.said[0].arguments["line"] == "4"
    assert made.difference and math.isclose(float(made.number), 10 * float(made.total), rel_tol=1e-3)
    assert not gradient(engine, graph, "w", (0,)).difference


def test_what_the_call_handed_to_a_node_that_others_send_to_is_a_term(engine: Client) -> None:
    made = gradient(engine, shown(engine, HOOKED), "root", (1,))
    assert set(written(made)) == {"∂L/∂end", "handed to the pass"} and not made.difference
    assert made.number == "8.0000" and {term.product for term in made.terms} == {"1.0000", "7.0000"}


def test_a_value_that_was_written_since_is_not_said_to_be_the_operations(engine: Client) -> None:
    graph = shown(engine, WRITTEN)
    found = ask(engine, graph, node_of(graph, "end"), (0,)).value
    assert found is not None and not found.difference
    assert written(found) == ["v[0]", "a number without a gradient"] and found.terms[1].product == "1.0000"
    assert not any(factor.text == "6.0000" for term in found.terms for factor in term.factors)


def test_at_a_pause_only_what_has_been_sent_is_counted(engine: Client) -> None:
    request = engine.start(PROGRAM, step=True)
    graph = engine.wait(m.GraphShown).graph
    n_held = 0
    while True:
        event = engine.wait(m.Event, where=lambda e: isinstance(e, m.Finished) or _is_held(e))
        if isinstance(event, m.Finished):
            break
        n_held += 1
        for node in graph.nodes:
            made = ask(engine, graph, node.id).gradient
            assert made is None or not made.difference, (n_held, node.name, made)
        engine.send(m.Step(until=UntilNext()))
    assert event.id == request and n_held == sum(not node.is_input for node in graph.nodes)


def _is_held(event: m.Event) -> bool:
    return isinstance(event, m.BackwardProgress) and event.state.status == "paused"


def test_every_cell_of_common_models_adds_up(engine: Client) -> None:
    graph = shown(engine, MODELS)
    n_checked = 0
    for node in graph.nodes:
        found = ask(engine, graph, node.id)
        for made in (found.gradient, found.value):
            if made is not None:
                assert not made.difference, (node.name, made)
                n_checked += bool(made.terms)
    assert n_checked > 400


@pytest.mark.parametrize("name", sorted({case.node for case in CASES} - IN_SINGLE - COMPLEX))
def test_the_terms_of_a_record_add_up_to_what_torch_sends_on(name: str) -> None:
    made = Made(next(case for case in CASES if case.node == name), 0)
    for place, sent in enumerate(made.sent):
        if sent is None or not sent.numel():
            continue
        cell = unravelled(int(sent.flatten().abs().argmax()), sent.shape)
        found = terms(RULES[name], place, made.values, cell, sent.numel() + 10_000)
        assert found is not None
        torch.testing.assert_close(found.products.sum(), sent[cell].double(), rtol=1e-5, atol=1e-12, check_dtype=False)
        for nth in range(len(found.places)):
            arrived = made.values.arriving[int(found.slots[nth])]
            assert arrived is not None and arrived.flatten()[found.places[nth]] == found.arriving[nth]
