"""Where a graph begins: cells of a leaf's `.grad`, of constants, and of numbers that a graph has let go of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.cells import CellSum
from engine.protocol.graph_values import Graph, Node
from tests.engine.client import Client, of_kind

HEAD = "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(engine: Client, text: str) -> Graph:
    events = engine.run(HEAD + text)
    assert events[-1].error is None, events[-1].error
    graph = of_kind(events, m.GraphShown)[-1].graph
    assert graph is not None
    return graph


def only(graph: Graph, **fields: str) -> Node:
    (found,) = [node for node in graph.nodes if all(getattr(node, key) == value for key, value in fields.items())]
    return found


def factors(made: CellSum) -> list[list[tuple[str, str]]]:
    return [[(factor.text, str(factor.name)) for factor in term.factors] for term in made.terms]


def grad_of(engine: Client, graph: Graph, cell: tuple[int, ...]) -> CellSum:
    answer = engine.ask(m.AskCell(graph=graph.id, node=only(graph, kind="accumulate").id, cell=cell))
    assert answer.explained.grad is not None
    return answer.explained.grad


def test_a_cell_of_grad_is_what_each_pass_added_since_it_was_empty(engine: Client) -> None:
    graph = shown(
        engine, "for k in (1.0, 10.0, 100.0):\n    (w * k).sum().backward()\n    if k == 1.0: w.grad = None\n"
    )
    made = grad_of(engine, graph, (1,))
    assert (made.name, made.number, made.total, made.difference) == ("w.grad[1]", "110.00", "110.00", "")
    assert factors(made) == [[("10.000", "∂L/∂w[1] of pass 2")], [("100.00", "∂L/∂w[1] of pass 3")]]
    assert made.said == ()


def test_of_a_pass_that_is_too_large_to_be_kept_the_grad_is_what_it_brought(engine: Client) -> None:
    text = "w = torch.ones(1 << 23, requires_grad=True)\nloss = w.mul(torch.full((1 << 23,), 3.0)).exp().sum()\n"
    graph = shown(engine, text + "loss.backward()\n")
    made = grad_of(engine, graph, (7,))
    assert factors(made) == [[(made.number, "∂L/∂w[7] of pass 1")]] and made.said == ()


def test_what_somebody_wrote_into_grad_is_said_and_nothing_is_added_up(engine: Client) -> None:
    graph = shown(engine, "for k in (1.0, 10.0):\n    (w * k).sum().backward()\nw.grad.clamp_(max=2.0)\n")
    made = grad_of(engine, graph, (0,))
    assert (made.number, made.total, made.difference) == ("2.0000", "", "")
    assert [said.code for said in made.said] == ["cell.grad_written"]


def test_what_grad_held_before_and_what_is_not_kept_by_itself_are_the_rest(engine: Client) -> None:
    text = "w = torch.ones(1 << 13, requires_grad=True)\nw.grad = torch.full_like(w, 0.5)\n"
    graph = shown(engine, text + "for k in (1.0, 10.0):\n    (w * k).sum().backward()\n")
    made = grad_of(engine, graph, (7,))
    assert made.number == "11.500"
    assert {said.code for said in made.said} >= {"cell.grad_before"}
    text = "w = torch.ones(1 << 13, requires_grad=True)\n"
    graph = shown(engine, text + "for k in (1.0, 10.0):\n    (w * k).sum().backward()\n")
    made = grad_of(engine, graph, (7,))  # the .grad may have taken over what the first pass brought
    assert made.number == "11.000" and sorted(term.product for term in made.terms) == ["1.0000", "10.000"]
    is_kept = str(made.terms[0].factors[0].name).endswith("of pass 1")
    assert [said.code for said in made.said] == ([] if is_kept else ["cell.grad_not_kept"])
    assert made.total == ("11.000" if is_kept else "")


@pytest.mark.parametrize(
    ("expression", "name", "number"), [("w * 3", "MulBackward0", "3.0000"), ("w / 0.7", "DivBackward0", "1.4286")]
)
def test_a_number_that_a_freed_graph_worked_with_is_found_in_what_it_made(
    engine: Client, expression: str, name: str, number: str
) -> None:
    graph = shown(engine, f"h = {expression}\nloss = h.sum()\nloss.backward()\n")
    value = engine.ask(m.AskCell(graph=graph.id, node=only(graph, name=name).id, cell=(1,))).explained.value
    assert value is not None and factors(value) == [[("2.0000", "w[1]"), (number, "")]] and not value.difference
    gradient = engine.ask(m.AskCell(graph=graph.id, node=only(graph, kind="accumulate").id, cell=(1,)))
    assert factors(gradient.explained.gradient) == [[("1.0000", "∂L/∂h[1]"), (number, "slope")]]


def test_a_constant_names_the_operation_that_made_it_and_the_way_to_its_cells(engine: Client) -> None:
    graph = shown(engine, "k = torch.arange(2.0)\nmask = k + 1\nloss = (w * mask).sum()\nloss.backward()\n")
    made = engine.ask(m.AskCell(graph=graph.id, node=only(graph, variable="mask").id, cell=(1,))).explained.value
    (said,) = made.said
    assert said.text == (
        "The graph begins here: k + 1 (line 4) made this number, and needs no gradient. Which cells it took: select "
        "mask among the variables, then Ctrl+Alt+T."
    )


def test_what_does_not_fit_its_rule_or_has_no_weight_is_no_error(engine: Client) -> None:
    text = (
        "v = w.expand(3, 2) * torch.randn(3, 2)\nu = torch.nn.functional.layer_norm(v, (2,))\n"
        "p = torch.einsum('ij,kj->ik', u, torch.randn(3, 2))\nloss = p.sum()\nloss.backward()\n"
    )
    graph = shown(engine, text)
    for node in graph.nodes:
        assert isinstance(engine.ask(m.AskCell(graph=graph.id, node=node.id)), m.CellShown), node.name
