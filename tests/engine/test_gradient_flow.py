"""What comes to a node and what it sends on: each part as PyTorch's engine had it, and their sum."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
import torch

from engine.protocol import messages as m
from engine.protocol.cell_changes import AskCellChanges, CellChanges
from engine.protocol.flow import NodeFlow
from engine.protocol.graph_values import Graph
from engine.protocol.notes import Changed
from engine.protocol.until import UntilNext
from tests.engine.client import Client
from tests.engine.programs import PROGRAMS, Stepper, differences

# torch compiles some of its own decompositions with what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("stepping", [True, False], ids=["stepped", "recorded"])
def test_the_parts_that_meet_at_a_node_have_the_bits_of_what_arrives_there_in_sum(name, stepping):
    stepper = Stepper()
    stepper.run(PROGRAMS[name], stepping=stepping)
    current = stepper.controller._pass
    n_sums = 0
    for node in range(len(current.call.nodes)):
        if node in current.hooks.changed:
            continue
        for slot in range(8):
            parts, (arrived, note) = current.gradients.parts(node, slot), current.gradients.read(node, slot)
            if len(parts) > 1 and note is None and all(part.kept.read()[1] is None for part in parts):
                n_sums += 1
                total = functools.reduce(torch.add, [part.kept.tensor for part in parts])
                assert differences({"sum": arrived}, {"sum": total}) == [], (node, slot)
    assert n_sums or name != "shared weights and fan-in"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def shown(engine: Client, text: str) -> Graph:
    engine.run(text)
    return [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]


def flow(engine: Client, graph: Graph, **fields: object) -> NodeFlow:
    """Of the one node with these fields."""
    (node,) = [n for n in graph.nodes if all(getattr(n, key) == value for key, value in fields.items())]
    return flow_of(engine, graph, node.id)


def flow_of(engine: Client, graph: Graph, node: int) -> NodeFlow:
    answer = engine.ask(m.AskFlow(graph=graph.id, node=node))
    assert isinstance(answer, m.FlowShown), answer
    return answer.flow


MEETING = """import torch
x = torch.tensor([1.0, -2.0], requires_grad=True)
h = x.exp()
a = h * 3
b = h.neg()
loss = a.sum() + b.sum()
loss.backward()
"""


def test_what_has_no_name_is_called_as_what_made_it_and_an_only_operand_has_no_number(engine: Client) -> None:
    graph = shown(
        engine,
        "import torch, torch.nn.functional as F\nw = torch.randn(3, 4, requires_grad=True)\nh = w.exp() * w\n"
        "F.cross_entropy(h, torch.tensor([0, 1, 2])).backward()\n",
    )
    assert [sent.name for sent in flow(engine, graph, name="NllLossBackward0").sent] == ["LogSoftmax"]
    (arrived,) = flow(engine, graph, kind="accumulate").arrived
    assert {(part.name, part.place) for part in arrived.parts} == {("MulBackward0", 1), ("ExpBackward0", -1)}


def test_each_part_has_its_edge_norm_share_and_signs(engine: Client) -> None:
    graph = shown(engine, MEETING)
    (arrived,) = flow(engine, graph, name="ExpBackward0").arrived
    assert (arrived.name, arrived.n_expected, arrived.hook) == ("h", 2, None)
    assert arrived.norm == pytest.approx(2 * 2**0.5)
    found = {part.name: part for part in arrived.parts}
    three, minus = found["MulBackward0"], found["NegBackward0"]
    assert (three.line, minus.line) == (4, 5)
    assert (three.norm, minus.norm) == pytest.approx((3 * 2**0.5, 2**0.5))
    assert (three.share, minus.share) == pytest.approx((1.5, -0.5))
    assert (three.agreement, minus.agreement) == (1.0, 0.0)


def test_two_from_one_node_are_two_parts(engine: Client) -> None:
    text = "import torch\nh = torch.tensor([1.0, 2], requires_grad=True)\nloss = (h * h).sum()\nloss.backward()\n"
    graph = shown(engine, text)
    (arrived,) = flow(engine, graph, name="AccumulateGrad").arrived
    assert [(part.name, part.place, part.share) for part in arrived.parts] == [
        ("MulBackward0", 0, 0.5), ("MulBackward0", 1, 0.5),
    ]  # fmt: skip
    sent = flow(engine, graph, name="MulBackward0").sent
    assert [(one.name, one.place) for one in sent] == [("h", 0), ("h", 1)]
    assert [one.norm for one in sent] == pytest.approx([5**0.5] * 2)


def test_a_hook_that_changed_the_sum_is_named_with_its_line(engine: Client) -> None:
    text = MEETING.replace("a = h * 3", "a = h * 3; h.register_hook(lambda g: g / 2)")
    (arrived,) = flow(engine, shown(engine, text), name="ExpBackward0").arrived
    assert arrived.hook is not None and arrived.hook.line == 4
    assert (arrived.hook.before, arrived.hook.after) == ("2.8284", "1.4142")
    assert arrived.norm == pytest.approx(2**0.5) and len(arrived.parts) == 2


def test_before_the_step_what_leaves_is_not_known_and_after_it_each_operand_has_its_own(engine: Client) -> None:
    engine.start(MEETING, step=True)
    graph = engine.wait(m.GraphShown).graph
    exp = next(node.id for node in graph.nodes if node.name == "ExpBackward0")
    mul = next(node.id for node in graph.nodes if node.name == "MulBackward0")
    before = after = None
    while True:
        state = engine.wait(m.BackwardProgress).state
        if state.status == "finished":
            break
        if state.status == "paused":
            if state.current == mul:
                before = flow_of(engine, graph, mul)
                card = engine.ask(m.AskCards(graph=graph.id, nodes=(mul,))).cards[0]
                assert card.sent == ()
            after = flow_of(engine, graph, mul) if state.current == exp else after
            engine.send(m.Step(until=UntilNext()))
    assert before is not None and before.arrived[0].norm == pytest.approx(2**0.5)
    assert [(one.name, one.norm, one.said and one.said.code) for one in before.sent] == [("h", None, "rule.not_run")]
    assert after is not None and after.sent[0].norm == pytest.approx(3 * 2**0.5)
    card = engine.ask(m.AskCards(graph=graph.id, nodes=(mul,))).cards[0]
    assert card.sent == (pytest.approx(3 * 2**0.5), None)
    engine.wait(m.Finished)


def test_an_earlier_pass_tells_its_own_parts(engine: Client) -> None:
    loop = "import torch\nw = torch.tensor([2.0], requires_grad=True)\n"
    loop += "for step in range(3):\n    h = w * (step + 1)\n    loss = (h * h).sum()\n    loss.backward()\n"
    shown(engine, loop)
    opened = engine.ask(m.OpenPass(index=2))
    assert isinstance(opened, m.PassOpened), opened
    (node,) = [n for n in opened.graph.nodes if n.variable == "h"]
    found = flow_of(engine, opened.graph, node.id)
    assert [part.norm for part in found.arrived[0].parts] == [4.0, 4.0] and found.arrived[0].norm == 8.0
    assert found.sent[0].norm == 16.0


def test_of_a_large_part_of_a_run_at_full_speed_norm_and_share_are_known(engine: Client) -> None:
    text = (
        "import torch\nw = torch.ones(1 << 21, requires_grad=True)\nv = w.detach() * 3\n"
        "for step in range(2):\n    loss = (w * v).sum() - w.abs().sum()\n    loss.backward()\n"
    )
    newest = shown(engine, text)
    opened = engine.ask(m.OpenPass(index=1))
    assert isinstance(opened, m.PassOpened), opened
    root = 2**10.5
    for graph in (newest, opened.graph):
        (arrived,) = flow(engine, graph, name="AccumulateGrad").arrived
        told = {part.name: part for part in arrived.parts}
        assert [told[name].norm for name in ("MulBackward0", "AbsBackward0")] == pytest.approx([3 * root, root])
        is_newest = graph is newest  # which has added to the .grad that had taken over what arrived in the first
        assert told["MulBackward0"].share == (pytest.approx(1.5) if is_newest else None)
        assert arrived.note == (None if is_newest else Changed())
        assert {part.agreement for part in arrived.parts} == {None}
        sent = flow(engine, graph, name="MulBackward0").sent[0]
        assert sent.norm == pytest.approx(3 * root) and sent.said is not None and sent.said.code == "rule.was_summed"
        (mul,) = [node.id for node in graph.nodes if node.name == "MulBackward0"]
        assert engine.ask(m.AskCards(graph=graph.id, nodes=(mul,))).cards[0].sent[0] == pytest.approx(3 * root)


def test_the_sum_of_an_earlier_pass_is_that_of_its_parts_where_a_later_one_added_to_the_grad(engine: Client) -> None:
    text = (
        "import torch\nw = torch.ones(1 << 14, requires_grad=True)\nv = w.detach() * 3\n"
        "for step in range(2):\n    loss = (w * v).sum() - w.abs().sum()\n    loss.backward()\n"
    )
    shown(engine, text)
    opened = engine.ask(m.OpenPass(index=1))
    assert isinstance(opened, m.PassOpened), opened
    (arrived,) = flow(engine, opened.graph, name="AccumulateGrad").arrived
    assert (arrived.norm, arrived.note) == (pytest.approx(2 * 2**7), None)
    assert sorted(part.share or 0.0 for part in arrived.parts) == pytest.approx([-0.5, 1.5])


def test_of_one_cell_only_the_nodes_are_told_that_changed_it(engine: Client) -> None:
    graph = shown(
        engine,
        "import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\n"
        "loss = y[0:2].sum() + (y * torch.tensor([1.0, 0, 0])).sum() + y.sin()[2]\nloss.backward()\n",
    )
    (doubled,) = [node for node in graph.nodes if node.variable == "y"]
    names = {node.id: node.name for node in graph.nodes}

    def changed_by(*cell: int) -> set[str] | None:
        answer = engine.ask(AskCellChanges(graph=graph.id, node=doubled.id, cell=cell))
        assert isinstance(answer, CellChanges), answer
        return None if answer.senders is None else {names[sender] for sender in answer.senders}

    assert changed_by(0) == {"SliceBackward0", "MulBackward0"}
    assert changed_by(1) == {"SliceBackward0"}
    assert changed_by(2) == {"SinBackward0"}
    assert changed_by(7) is None and changed_by(0, 0) is None


def test_of_one_sender_alone_a_cell_was_changed_by_it_or_by_nobody(engine: Client) -> None:
    graph = shown(
        engine, "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\nloss = y[0]\nloss.backward()\n"
    )
    ids = {node.name: node.id for node in graph.nodes}
    for cell, senders in ((0, (ids["SelectBackward0"],)), (1, ())):
        answer = engine.ask(AskCellChanges(graph=graph.id, node=ids["MulBackward0"], cell=(cell,)))
        assert answer.senders == senders
    root = engine.ask(AskCellChanges(graph=graph.id, node=ids["SelectBackward0"], cell=()))
    assert root.senders == (-1,)
