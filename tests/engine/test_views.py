"""A family of views is told with its base, its storage and the part of each, before and after a write through one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.views import ViewFamily
from tests.engine.client import Client

HEAD = "import torch\nfrom torch import nn\nw = torch.ones(4, requires_grad=True)\n"
FAMILY = "b = torch.zeros(2, 4) * w\nv = b[1]\nt = b.t()\nalone = torch.ones(3)\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def family(engine: Client, **subject: object) -> ViewFamily:
    answer = engine.ask(m.AskViews(**subject))  # type: ignore[arg-type]
    assert isinstance(answer, m.ViewsShown), answer
    return answer.family


def test_each_member_has_its_place_in_the_storage_with_the_base_first(engine: Client) -> None:
    engine.run(HEAD + FAMILY + "loss = b.sum()")
    found = family(engine, name="v")
    assert [(one.name, one.is_base, one.offset, one.stride) for one in found.members] == [
        ("b", True, 0, (4, 1)),
        ("t", False, 0, (1, 4)),
        ("v", False, 4, (1,)),
    ]
    assert [one.spans for one in found.members] == [((0.0, 1.0),), ((0.0, 1.0),), ((0.5, 1.0),)]
    assert (found.storage_bytes, found.version, found.writes) == (32, 0, ())
    assert [one.node_name for one in found.members] == ["MulBackward0", "TBackward0", "SelectBackward0"]


def test_a_view_with_steps_has_a_part_for_each(engine: Client) -> None:
    engine.run(HEAD + "b = torch.zeros(8)\ns = b[1::4]")
    assert family(engine, name="s").members[1].spans == ((0.125, 0.25), (0.625, 0.75))


def test_a_write_through_a_view_tells_what_stood_for_the_base_before_and_after(engine: Client) -> None:
    engine.run(HEAD + FAMILY + "v.mul_(2.0)\nloss = (b.sum() + v.sum())")
    engine.ask(m.ShowGraph(output="loss"))
    found = family(engine, name="b")
    (write,) = found.writes
    assert write.said.text == (
        "v.mul_(2.0) at line 8 wrote through a view: since then CopySlices stands for the base, and its views start "
        "from that."
    )
    assert (write.before_name, write.after_name, found.version) == ("MulBackward0", "CopySlices", 1)
    base, _, view = found.members
    assert (base.node_name, base.node, view.node_name) == ("CopySlices", write.after, "AsStridedBackward0")


def test_a_node_has_the_family_of_its_variable(engine: Client) -> None:
    engine.run(HEAD + FAMILY + "loss = b.sum()")
    graph = engine.ask(m.ShowGraph(output="loss")).graph
    node = next(node.id for node in graph.nodes if node.variable == "b")
    assert [one.name for one in family(engine, node=node).members] == ["b", "t", "v"]


def test_a_tensor_that_shares_its_storage_with_none_has_no_family(engine: Client) -> None:
    engine.run(HEAD + FAMILY)
    assert family(engine, name="alone").members == ()
