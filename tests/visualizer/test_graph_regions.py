"""What the program ran again folds like a module does, whatever stands in the loop; no fold makes a cycle of cards."""

from __future__ import annotations

import igraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.graph_values import Graph
from tests.engine.watched import graph_of
from visualizer.backprop.graph.folding import VisibleGraph, visible_graph
from visualizer.backprop.graph.opening import (
    FULL_DETAIL,
    count_cards,
    opened_to,
    paged,
    reveal,
    start_folded,
    toggled,
)
from visualizer.model.region_builder import regions_of
from visualizer.model.regions import PASS, ROOT, SERIES, RegionTree

RNN = """
W, U = torch.rand(4, 4, requires_grad=True), torch.rand(3, 4, requires_grad=True)
x, h = torch.rand(60, 2, 3), torch.zeros(2, 4)
def cell(x, h):
    return torch.tanh(x @ U + h @ W)
for t in range(60):
    xt = x[t]
    h = cell(xt, h)
loss = h.sum()
"""
GPT = """
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.act, self.one, self.two = nn.LayerNorm(4), nn.GELU(), nn.Linear(4, 8), nn.Linear(8, 4)
    def forward(self, x):
        return x + self.act(self.two(self.act(self.one(self.norm(x)))))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleDict({"embed": nn.Linear(4, 4), "h": nn.ModuleList([Block() for _ in range(5)])})
        self.head = nn.Linear(4, 3)
    def forward(self, x):
        x = self.body.embed(x)
        for block in self.body.h:
            x = STEP
        return self.head(x)
net = Net()
loss = net(torch.rand(2, 4)).sum()
"""


def tree_of(text: str) -> tuple[Graph, RegionTree]:
    graph = graph_of(text, "loss")[2]
    return graph, regions_of(graph)


def series_of(tree: RegionTree) -> list[int]:
    return [number for number, region in enumerate(tree.regions) if region.kind == SERIES]


LSTM = """
class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.cell, self.head = nn.Embedding(9, 4), nn.LSTMCell(4, 5), nn.Linear(5, 2)
    def forward(self, words):
        h, c, out = torch.zeros(3, 5), torch.zeros(3, 5), []
        for t in range(words.shape[1]):
            h, c = self.cell(self.embedding(words[:, t]), (h, c))
            out.append(self.head(h))
        return torch.stack(out).sum()
net = Tagger()
loss = net(torch.zeros(3, 6, dtype=torch.long))
"""


def test_a_loop_says_what_kinds_of_modules_it_calls() -> None:
    _graph, tree = tree_of(LSTM)
    (series,) = series_of(tree)
    assert tree.subtitle(series) == "Embedding, LSTMCell, Linear · 18 nodes each → (3, 2)"


def test_an_rnn_starts_as_one_card_with_its_shared_weights_beside_it() -> None:
    graph, tree = tree_of(RNN)
    shown = visible_graph(graph, tree, start_folded(graph, tree))
    (card,) = [card for card in shown.cards if card.fold]
    assert (card.title, card.subtitle, card.stack) == ("lines 7–8 × 60", "4 nodes each → (2, 4)", 60)
    beside = {graph.nodes[card.nodes[0]].variable for card in shown.cards if not card.fold}
    assert beside == {"loss", "W", "U"}
    assert {graph.nodes[index].kind for index in card.nodes} == {"backward", "input"}


def test_a_long_series_opens_to_one_member_between_the_others_and_turns_like_pages() -> None:
    graph, tree = tree_of(RNN)
    start = start_folded(graph, tree)
    (key,) = [tree.regions[number].key for number in series_of(tree)]
    first = toggled(tree, start, key)
    assert titles(visible_graph(graph, tree, first)) == ["lines 7–8 × 59"]
    third = paged(tree, paged(tree, first, key, 1), key, 1)
    shown = visible_graph(graph, tree, third)
    assert [(card.title, card.subtitle) for card in shown.cards if card.fold] == [
        ("lines 7–8 × 57", "4 … 60 of 60"),
        ("lines 7–8 × 2", "1 … 2 of 60"),
    ]
    assert [(frame.title, frame.span) for frame in shown.frames] == [("lines 7–8 × 60", (2, 3, 60)), ("3 of 60", ())]
    after = next(card.fold for card in shown.cards if card.subtitle == "4 … 60 of 60")
    assert toggled(tree, third, after) == paged(tree, third, key, 1)
    assert paged(tree, first, key, -1) == first
    assert toggled(tree, third, key) == start


def titles(shown: VisibleGraph) -> list[str]:
    return [card.title for card in shown.cards if card.fold]


def test_a_series_opens_to_a_range_and_to_all_of_its_members() -> None:
    graph, tree = tree_of(RNN)
    (key,) = [tree.regions[number].key for number in series_of(tree)]
    part = visible_graph(graph, tree, opened_to(tree, start_folded(graph, tree), key, 10, 13))
    assert titles(part) == ["lines 7–8 × 47", "13 of 60", "12 of 60", "11 of 60", "lines 7–8 × 10"]
    whole = visible_graph(graph, tree, opened_to(tree, start_folded(graph, tree), key, 0, 60))
    assert titles(whole) == [f"{n} of 60" for n in range(60, 0, -1)]


def test_what_is_found_in_a_long_series_opens_its_member_only() -> None:
    graph, tree = tree_of(RNN)
    hidden = next(index for index, node in enumerate(graph.nodes) if node.iteration == 41)
    folded = reveal(tree, start_folded(graph, tree), hidden)
    shown = visible_graph(graph, tree, folded)
    assert not shown.cards[shown.card_of[hidden]].fold
    assert [frame.title for frame in shown.frames if frame.fold][1] == "42 of 60"
    assert reveal(tree, folded, hidden) == folded
    assert count_cards(tree, folded) == len(shown.cards) < FULL_DETAIL


def test_a_loop_over_blocks_is_the_series_of_blocks() -> None:
    _, tree = tree_of(GPT.replace("STEP", "block(x)"))
    (series,) = series_of(tree)
    assert (tree.title(series), tree.subtitle(series)) == ("Block × 5", "body.h.0 … 4")
    assert tree.regions[series].key == "body.h.0…body.h.4"


def test_a_pass_with_operations_beside_its_block_is_a_pass_of_the_loop() -> None:
    _, tree = tree_of(GPT.replace("STEP", "x + block(x) * 0.5"))
    (series,) = series_of(tree)
    assert tree.title(series) == "line 16 × 5"
    assert tree.regions[tree.regions[tree.find("body.h.3")].parent].parent == series


def test_a_module_that_is_called_twice_is_two_regions() -> None:
    _, tree = tree_of(GPT.replace("STEP", "block(x)"))
    acts = [region for region in tree.regions if region.path == "body.h.2.act"]
    assert len(acts) == 2 and len({region.key for region in acts}) == 2


def test_the_calls_of_one_module_in_a_loop_are_a_series_that_counts_them() -> None:
    text = (
        "cell, head, x, h = nn.GRUCell(3, 4), nn.Linear(4, 2), torch.rand(30, 2, 3), torch.zeros(2, 4)\n"
        "for xt in x:\n    h = cell(xt, h)\nloss = head(h).sum()\n"
    )
    graph, tree = tree_of(text)
    (series,) = series_of(tree)
    assert tree.title(series) == "GRUCell × 30" and tree.subtitle(series).startswith("line 3 · ")
    folded = opened_to(tree, start_folded(graph, tree), tree.regions[series].key, 12, 13)
    frames = [(frame.title, frame.subtitle) for frame in visible_graph(graph, tree, folded).frames if frame.fold]
    assert ("13 of 30", "cell · GRUCell") in frames


def test_blocks_with_loops_in_them_are_a_series_all_the_same() -> None:
    text = """
class Mix(nn.Module):
    def __init__(self):
        super().__init__()
        self.experts = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])
    def forward(self, x):
        for expert in self.experts:
            x = x + expert(x)
        return x
net = nn.Sequential(Mix(), Mix())
loss = net(torch.rand(2, 4)).sum()
"""
    _, tree = tree_of(text)
    assert [tree.title(number) for number in series_of(tree)] == ["Mix × 2", "line 8 × 3", "line 8 × 3"]


def test_what_lies_behind_a_cut_is_in_the_pass_that_was_cut_off_there() -> None:
    """Or each turn of a loop would leave an equal ghost beside it; what they share stays there."""
    graph, tree = tree_of("""
w, loss = torch.rand(3, requires_grad=True), 0
shared = (w * 3).exp()
target = shared.detach() + 1
for t in range(3):
    loss = loss + (w * (w.sin().tanh().detach() + 1)).sum() + (w * target).sum()
""")
    names = [node.name for node in graph.nodes]
    homes = [tree.regions[tree.owner[number]].kind for number, name in enumerate(names) if name == "Tensor.tanh"]
    assert homes == [PASS] * 3
    (series,) = series_of(tree)
    folded = visible_graph(graph, tree, frozenset({tree.regions[series].key}))
    beside = [names[card.nodes[0]] for card in folded.cards if graph.nodes[card.nodes[0]].is_ghost]
    assert beside == ["ExpBackward0", "MulBackward0"]


def test_members_that_are_not_alike_say_so() -> None:
    text = "h = torch.rand(3, requires_grad=True)\nfor i in range(9):\n    h = h * 2\n"
    _, tree = tree_of(text + "    if i % 2:\n        h = h.tanh()\nloss = h.sum()\n")
    (series,) = series_of(tree)
    assert tree.series(series).common == "not alike: 2 kinds"


BODY = st.recursive(
    st.sampled_from(
        ["h = torch.tanh(h)", "h = step(h)", "h = act(h @ W)", "k.append(h)", "h = h + k[0]", "h = lin(h)"]
    ),
    lambda inner: st.tuples(st.integers(2, 4), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def written(body: list, depth: int = 0) -> list[str]:
    lines = []
    for part in body:
        if isinstance(part, str):
            lines.append("    " * depth + part)
        else:
            lines += ["    " * depth + f"for _ in range({part[0]}):", *written(part[1], depth + 1)]
    return lines


@settings(max_examples=40)
@given(st.lists(BODY, min_size=1, max_size=4), st.data())
def test_whatever_is_folded_every_node_is_in_one_card_and_no_cards_make_a_cycle(
    body: list, data: st.DataObject
) -> None:
    start = (
        "W = torch.rand(3, 3, requires_grad=True)\nh = W * 1.0\nk = [h]\nact, lin = nn.GELU(), nn.Linear(3, 3)\n"
        "def step(h):\n    for _ in range(2):\n        h = h @ W + k[-1]\n    return h\n"
    )
    graph, tree = tree_of(start + "\n".join(written(body)) + "\nloss = h.sum()\n")
    assert sorted(tree.inside(ROOT).tolist()) == list(range(len(graph.nodes)))
    for number, region in enumerate(tree.regions):
        below = sum(tree.regions[child].n_inside for child in region.children)
        assert region.n_inside == below + len(region.nodes)
        assert all(tree.owner[index] == number for index in region.nodes)
    keys = tree.foldable()
    folded = frozenset(data.draw(st.lists(st.sampled_from(keys)))) if keys else frozenset()
    for series in series_of(tree):
        if data.draw(st.booleans()):
            n_members = len(tree.regions[series].children)
            first = data.draw(st.integers(0, n_members - 1))
            folded = opened_to(tree, folded, tree.regions[series].key, first, data.draw(st.integers(first, n_members)))
    shown = visible_graph(graph, tree, folded)
    assert count_cards(tree, folded) == len(shown.cards)
    assert sorted(index for card in shown.cards for index in card.nodes) == list(range(len(graph.nodes)))
    assert igraph.Graph([(link.source, link.target) for link in shown.links], directed=True).is_dag()
    whole = visible_graph(graph, tree, frozenset())
    assert len(whole.cards) == len(graph.nodes)


@pytest.mark.parametrize("text", [RNN, GPT.replace("STEP", "x + block(x)")])
def test_a_graph_that_is_made_again_has_the_same_keys(text: str) -> None:
    assert tree_of(text)[1].foldable() == tree_of(text)[1].foldable()


def test_the_nodes_of_each_member_are_those_that_the_folded_card_counts() -> None:
    graph, tree = tree_of(GPT.replace("STEP", "x + block(x) * 0.5"))
    shown = visible_graph(graph, tree, frozenset(tree.regions[number].key for number in series_of(tree)))
    (number,) = [number for number, card in enumerate(shown.cards) if card.stack == 5]
    called, words = shown.cards[number].subtitle.split(" · ")
    assert called == "Block"
    assert int(words.split()[0]) * 5 == shown.n_nodes(number) and " nodes each" in words


def test_all_who_ask_for_the_regions_of_a_graph_share_one_tree_and_what_its_series_say():
    graph, tree = tree_of(RNN)
    number = next(number for number, region in enumerate(tree.regions) if region.kind == SERIES)
    assert regions_of(graph) is tree and tree.series(number) is tree.series(number)
    assert regions_of(graph_of(RNN, "loss")[2]) is not tree
