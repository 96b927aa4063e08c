"""Modules fold into cards, repeated blocks into one, and everything else stays a card of its own."""

from __future__ import annotations

from engine.protocol.graph_values import Graph, Module
from tests.visualizer.graph_demo import Builder, chain_graph, gpt2_graph, lesson_graph
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.link_words import label_text, summed_axes
from visualizer.backprop.graph.naming import Namer
from visualizer.backprop.graph.opening import FULL_DETAIL, count_cards, reveal, start_folded
from visualizer.model.region_builder import regions_of
from visualizer.model.regions import ROOT, SERIES

BLOCKS = "transformer.h.0…transformer.h.11"

NAMES = ("Mul", "Add")  # of the nodes of a half


def shown(graph: Graph, folded: frozenset[str] | None = None):
    tree = regions_of(graph)
    return visible_graph(graph, tree, start_folded(graph, tree) if folded is None else folded)


def test_a_small_graph_starts_unfolded_with_a_frame_around_the_one_call_that_made_two_nodes() -> None:
    visible = shown(lesson_graph())
    assert len(visible.cards) == 11 and not visible.folded
    (frame,) = visible.frames
    assert (frame.title, frame.subtitle, frame.fold) == ("F.cross_entropy", "line 10 · 1 call, 2 nodes", "")
    assert {visible.graph.nodes[card].name for card in frame.members} == {"NllLossBackward0", "LogSoftmaxBackward0"}


def test_a_call_of_one_card_needs_no_frame_as_the_card_says_what_was_called() -> None:
    b = Builder()
    before = b.node("SumBackward0", (), variable="loss", category="reduction")
    for call in range(30):
        product = b.node("AddmmBackward0", (4, 4), operation="F.linear", call=call)
        turned = b.node("TBackward0", (4, 4), operation="F.linear", call=call)  # a row of the product's card
        for source, target in (
            (before, product), (product, turned), (turned, b.node("AccumulateGrad", (4, 4), variable=f"w{call}"))
        ):  # fmt: skip
            b.edge(source, target)
        before = product
    graph = b.graph()
    visible = visible_graph(graph, regions_of(graph), frozenset(), has_leaf_cards=False)
    assert len(visible.cards) == 31 and not visible.frames
    namer = Namer(graph)
    assert [namer.second_line(node) for node in graph.nodes[1:3]] == [("F.linear", False), ("t", False)]


def test_twelve_blocks_fold_to_one_stacked_card() -> None:
    visible = shown(gpt2_graph())
    assert len(visible.cards) < FULL_DETAIL
    (block,) = [card for card in visible.cards if card.stack > 1]
    assert (block.title, block.subtitle, block.stack) == ("Block × 12", "transformer.h.0 … 11", 12)
    inside = {visible.graph.nodes[index].id for index in block.nodes}
    assert len(inside) == 516
    assert all((node.id in inside) == (".h." in node.module or ".h." in node.variable) for node in visible.graph.nodes)


def test_every_node_is_in_exactly_one_card_and_no_link_is_lost() -> None:
    graph = gpt2_graph(3)
    for folded in (start_folded(graph, regions_of(graph)), frozenset()):
        visible = shown(graph, folded)
        held = [index for card in visible.cards for index in card.nodes]
        assert sorted(held) == list(range(len(graph.nodes)))
        joined = sum(len(link.edges) for link in visible.links)
        inner = sum(visible.card_of[a] == visible.card_of[b] for a, b in visible.ends)
        assert joined + inner == len(graph.edges)


def test_unfolding_the_group_shows_its_members_folded() -> None:
    graph = gpt2_graph()
    tree = regions_of(graph)
    visible = visible_graph(graph, tree, start_folded(graph, tree) - {BLOCKS})
    blocks = [card for card in visible.cards if card.title == "Block"]
    assert [card.subtitle for card in blocks] == [f"transformer.h.{layer}" for layer in reversed(range(12))]
    assert BLOCKS in {frame.fold for frame in visible.frames}


def test_reveal_opens_only_what_hides_the_node() -> None:
    graph = gpt2_graph()
    tree = regions_of(graph)
    hidden = next(i for i, node in enumerate(graph.nodes) if node.module == "transformer.h.7.mlp.c_fc")
    folded = reveal(tree, start_folded(graph, tree), hidden)
    visible = visible_graph(graph, tree, folded)
    assert visible.cards[visible.card_of[hidden]].fold == ""
    assert "transformer.h.6" in folded and "transformer.h.7.attn" in folded
    assert len(visible.cards) == count_cards(tree, folded)


def test_frames_count_as_cards_in_what_is_open_at_first() -> None:
    b = Builder()
    last = b.node("SumBackward0", variable="loss")
    for outer in range(10):
        path = f"part{outer}"
        b.modules += [Module(path, "Part"), *(Module(f"{path}.half{half}", f"Half{half}") for half in range(2))]
        for name, module in (("Relu", ""), *((name, f"{path}.half{half}") for half in range(2) for name in NAMES)):
            node = b.node(f"{name}Backward0", module=module)
            b.edge(last, node)
            last = node
        b.edge(last, b.node("AccumulateGrad", variable=f"{path}.weight"))  # a row of that card
    graph = b.graph()
    visible = visible_graph(graph, regions_of(graph), start_folded(graph, regions_of(graph)))
    assert len(visible.cards) + len(visible.frames) < FULL_DETAIL
    assert {frame.title for frame in visible.frames} == {f"part{outer}" for outer in range(10)}
    assert sum(card.fold.endswith(("half0", "half1")) for card in visible.cards) == 20


def test_layers_with_loose_nodes_between_them_are_not_a_group() -> None:
    b = Builder()
    last = b.node("SumBackward0", variable="loss")
    for layer in (2, 1, 0):
        b.modules.append(Module(f"layers.{layer}", "Linear"))
        relu = b.node("ReluBackward0")
        linear = b.node("AddmmBackward0", module=f"layers.{layer}")
        b.edge(last, relu)
        b.edge(relu, linear)
        b.edge(linear, b.node("AccumulateGrad", variable=f"layers.{layer}.weight"))
        last = linear
    tree = regions_of(b.graph())
    assert all(region.kind != SERIES for region in tree.regions)
    assert len(tree.inside(tree.find("layers.1"))) == 2  # the linear and, adopted, its weight


def test_a_shared_parameter_belongs_where_all_of_its_users_are() -> None:
    graph = gpt2_graph(2)
    tree = regions_of(graph)
    wte = next(i for i, node in enumerate(graph.nodes) if node.variable == "transformer.wte.weight")
    assert tree.owner[wte] == ROOT


def test_a_broadcast_edge_says_over_which_axes_it_is_summed() -> None:
    assert summed_axes((4, 5), (5,)) == (0,)
    assert summed_axes((2, 4, 5), (4, 1)) == (0, 2)
    visible = shown(lesson_graph())
    texts = [label_text(visible, link) for link in visible.links]
    assert ("(4, 5) → (5,)  Σ over axis 0", True) in texts
    assert texts.count(("no gradient", False)) == 2


def test_parallel_edges_are_one_link_with_a_count() -> None:
    b = Builder()
    square, x = b.node("MulBackward0", (3,), variable="loss"), b.node("AccumulateGrad", (3,), variable="x")
    b.edge(square, x)
    b.edge(square, x)
    visible = shown(b.graph())
    assert [label_text(visible, link)[0] for link in visible.links] == ["(3,) × 2"]


def test_a_graph_without_modules_stays_unfolded_however_large() -> None:
    assert len(shown(chain_graph(500)).cards) >= 500
