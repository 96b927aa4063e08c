"""The outline as rows and numbers, without a window: real graphs, and numbers that are added up."""

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from engine.protocol.facts import NodeFacts, SavedStorage
from engine.protocol.graph_values import Graph, Node
from tests.engine.watched import graph_of
from visualizer.backprop.outline.columns import COLUMNS
from visualizer.backprop.outline.rows import TOP, Outline
from visualizer.backprop.outline.search import Search
from visualizer.backprop.outline.table import FactTable
from visualizer.backprop.outline.words import title
from visualizer.bench.program import GPT2_SMALL
from visualizer.model.turns import whole

LOOP = """\
W = torch.randn(3, 3, requires_grad=True)
h = torch.ones(3)
for t in range(3):
    h = torch.tanh(W @ h)
loss = h.sum()
"""


LINES = """\
W = torch.randn(3, 3, requires_grad=True)
h = torch.tanh(W @ torch.ones(3)) * 2
loss = h.sum()
"""


def outline_of(graph):
    return whole(Outline.building(graph))


@pytest.fixture(scope="module")
def gpt2():
    _, _, graph = graph_of(GPT2_SMALL.replace("loss.backward()", ""), "loss")
    return outline_of(graph)


def titles(outline, row=TOP):
    return [
        f"{branch.title} {branch.subtitle}" if (branch := outline.branch(below)) else outline.node(below).name
        for below in outline.below(row)
    ]


def test_modules_nest_in_the_order_of_the_forward_pass_and_repeated_ones_are_together(gpt2):
    top = titles(gpt2)
    assert [title for title in top if title != "AccumulateGrad"] == [
        "wte Embedding", "wpe Embedding", "AddBackward0", "h.0 … 3 Block × 4", "norm LayerNorm", "head Linear",
        "line 34 F.cross_entropy(self.head(self.norm(x)).flatten(0, 1), targets.flatten())",
    ]  # fmt: skip
    blocks = gpt2.row_of_module("h")
    assert titles(gpt2, blocks) == ["h.0 Block", "h.1 Block", "h.2 Block", "h.3 Block"]
    assert [title for title in titles(gpt2, gpt2.row_of_module("h.1")) if "Linear" in title or "Norm" in title] == [
        "norm1 LayerNorm", "qkv Linear", "proj Linear", "norm2 LayerNorm", "up Linear", "down Linear",
    ]  # fmt: skip


def test_weights_that_only_the_passes_of_a_loop_use_stand_beside_it():
    text = LOOP.replace("W @ h)", "W @ h + b)").replace(
        "h = torch.ones", "b = torch.ones(3, requires_grad=True)\nh = torch.ones"
    )
    outline = outline_of(graph_of(text, "loss")[2])
    assert sorted(titles(outline)) == [
        "AccumulateGrad",
        "AccumulateGrad",
        "SumBackward0",
        "line 5 × 3 3 nodes each → (3,)",
    ]


def test_every_node_has_one_row_and_is_inside_of_its_branches(gpt2):
    assert sorted(gpt2.node_at) == list(range(len(gpt2.graph.nodes)))
    for place in range(gpt2.n_nodes):
        row = place
        while (row := gpt2.parent(row)) != TOP:
            start, stop = gpt2.span(row)
            assert start <= place < stop
            assert gpt2.row_of_node(gpt2.node(place).id) == place


def test_what_the_program_ran_again_is_a_series_of_passes_with_the_leaves_that_only_they_use():
    _, _, graph = graph_of(LOOP, "loss")
    outline = outline_of(graph)
    assert titles(outline) == ["line 4 × 3 2 nodes each → (3,)", "AccumulateGrad", "SumBackward0"]
    passes = outline.below(TOP)[0]
    assert titles(outline, passes) == ["1 of 3 ", "2 of 3 ", "3 of 3 "]
    assert titles(outline, outline.below(passes)[1]) == ["MvBackward0", "TanhBackward0"]


def test_nodes_without_a_region_are_under_their_line_with_the_leaves_that_only_it_uses():
    _, _, graph = graph_of(LINES, "loss")
    outline = outline_of(graph)
    assert titles(outline) == ["line 2 torch.tanh(W @ torch.ones(3)) * 2", "SumBackward0"]
    assert titles(outline, outline.below(TOP)[0]) == [
        "AccumulateGrad", "Tensor", "MvBackward0", "TanhBackward0", "MulBackward0",
    ]  # fmt: skip


def test_a_graph_without_modules_and_lines_is_a_list():
    _, _, graph = graph_of(LOOP, "loss")
    bare = structs.replace(
        graph, nodes=tuple(structs.replace(node, source=None, iteration=-1) for node in graph.nodes), repetitions=()
    )
    outline = outline_of(bare)
    assert len(outline.below(TOP)) == len(graph.nodes) and not outline.branches


def test_what_opens_first_shows_where_the_model_divides(gpt2):
    assert [gpt2.branch(row).title for row in gpt2.opens(24)] == ["h.0 … 3"]
    assert gpt2.opens(5) == []


class Facts:
    """Numbers made by hand, by node."""

    def __init__(self, facts=(), norms=None):
        self._facts = {one.node: one for one in facts}
        self._norms = norms or {}

    def told(self):
        return {*self._facts, *self._norms}

    def of(self, node):
        return self._facts.get(node)

    def time_ms(self, node):
        return None

    def gradient_norm(self, node):
        return self._norms.get(node)


def line_table():
    _, _, graph = graph_of(LINES, "loss")
    outline = outline_of(graph)
    ids = [outline.node(place).id for place in range(outline.n_nodes)]
    weights = ids[0]
    shared, own = SavedStorage(1, 36), [SavedStorage(10 + node, 12) for node in ids]
    facts = [
        NodeFacts(node, 3, -1.0 - place, 2.0, 1.0, place % 3, saved=(shared, own[place]))
        for place, node in enumerate(ids)
    ]
    facts[0] = NodeFacts(weights, 9, -50.0, 50.0, 1.0, 9, n_nan=4)
    norms = {node: float(place) for place, node in enumerate(ids)}
    return outline, Facts(facts, norms), ids


def test_a_branch_adds_up_what_is_below_it():
    outline, facts, _ = line_table()
    table = FactTable(outline, facts)
    row = table.row(outline.below(TOP)[0])
    assert row.n_nodes == 4 and row.n_parameters == 9  # the input is no node that a pass runs
    assert row.norm == pytest.approx(np.sqrt(2**2 + 3**2 + 4**2))
    assert (row.minimum, row.maximum) == (-5.0, 2.0)  # of the results of its operations, not of its leaves
    assert (row.n_elements, row.n_zero, row.n_nan) == (9, 2 + 0 + 1, 0)
    assert row.n_saved_bytes == 36 + 4 * 12  # shared memory once
    assert (row.n_read, row.n_values) == (3, 3)


def test_a_row_of_a_node_has_its_own_numbers():
    outline, facts, _ = line_table()
    table = FactTable(outline, facts)
    assert table.row(0).n_nan == 4 and table.row(0).n_parameters == 9
    assert table.row(2).norm == 2.0 and table.row(2).n_saved_bytes == 48
    assert table.largest_norm() == outline.n_nodes - 1


def test_what_is_not_known_is_nothing_and_what_comes_is_taken_over():
    outline, known, ids = line_table()
    facts = Facts()
    table = FactTable(outline, facts)
    line = outline.below(TOP)[0]
    empty = table.row(line)
    assert (empty.norm, empty.minimum, empty.n_elements, empty.n_read) == (None, None, 0, 0)
    assert [column.text(empty) for column in COLUMNS[1:3]] == ["", "…"]
    assert table.unread(line) == ids[:5]
    facts._facts, facts._norms = known._facts, known._norms
    table.update(ids[:3])
    assert table.row(line).n_read == 1 and table.unread(line) == ids[3:5]
    facts._norms = {}
    table.update(ids)
    assert table.row(line).norm is None


def test_nan_and_unknown_numbers_have_a_place_in_every_order():
    outline, facts, _ = line_table()
    row = FactTable(outline, facts).row(0)
    by_name = {column.name: column for column in COLUMNS}
    assert by_name["range"].rank(row) == np.inf and by_name["range"].text(row) == "4 NaN, -50 … 50"
    assert by_name["norm"].rank(replace(row, norm=float("nan"))) == np.inf
    assert by_name["norm"].rank(replace(row, norm=None)) is None
    assert by_name["zeros"].text(row) == "100 %"
    assert by_name["zeros"].rank(replace(row, n_elements=0)) is None


def test_a_search_leaves_what_find_would_find_and_what_holds_it(gpt2):
    search = Search(gpt2, Facts())
    search.set_text("name:h.2 bias")
    found = [place for place in range(gpt2.n_nodes) if search.leaves(place)]
    assert search.n_found == len(found) == 6
    assert {gpt2.node(place).variable.split(".")[2] for place in found} == {"2"}
    assert search.leaves(gpt2.row_of_module("h.2")) and not search.leaves(gpt2.row_of_module("h.1"))
    search.set_text("line:34")
    assert {gpt2.node(place).source.line for place in range(gpt2.n_nodes) if search.leaves(place)} == {34}
    search.set_text("")
    assert search.n_found == -1 and search.leaves(0)
    search.set_text("norm>many")
    assert "many" in search.problem and search.leaves(0)


def test_a_search_by_facts_fills_in(gpt2):
    facts = Facts()
    search = Search(gpt2, facts)
    search.set_text("zeros>0.5")
    ids = [gpt2.node(place).id for place in range(gpt2.n_nodes)]
    assert search.n_found == 0 and sorted(search.undecided) == sorted(ids)
    facts._facts = {ids[5]: NodeFacts(ids[5], 4, 0.0, 1.0, 1.0, 3)}
    assert search.facts_changed(ids[5:6])
    assert search.n_found == 1 and search.leaves(5) and ids[5] not in search.undecided


def test_too_many_rows_in_one_place_stand_in_parts():
    nodes = tuple(Node(number, "SinBackward0", "backward", "elementwise", 5_000 - number) for number in range(1_201))
    outline = outline_of(Graph(1, "loss", nodes))
    assert titles(outline) == ["1 … 500 of 1,201", "501 … 1,000 of 1,201", "1,001 … 1,201 of 1,201"]
    assert [outline.span(row) for row in outline.below(TOP)] == [(0, 500), (500, 1_000), (1_000, 1_201)]
    assert outline.node(0).id == 1_200  # the forward pass began there
    few = outline_of(Graph(1, "loss", nodes[:1_000]))
    assert not few.branches


def test_in_a_flat_list_a_node_says_which_module_it_is_in(gpt2):
    gelu = next(place for place in range(gpt2.n_nodes) if gpt2.node(place).name == "GeluBackward0")
    call = gpt2.node(gelu).source.text
    assert title(gpt2, gelu, is_flat=True) == ("Gelu", f"h.0 · {call}")
    assert title(gpt2, gelu, is_flat=False) == ("Gelu", call)
    weight = next(place for place in range(gpt2.n_nodes) if gpt2.node(place).variable == "model.h.1.up.weight")
    assert title(gpt2, weight, is_flat=True)[0] == "model.h.1.up.weight"
    assert title(gpt2, weight, is_flat=False)[0] == "weight"


def test_a_node_without_a_derivative_has_no_sequence_number_and_the_outline_has_it_with_all_others():
    text = LINES.replace("* 2", "+ torch.heaviside(W @ torch.ones(3), torch.ones(3))")
    _, _, graph = graph_of(text, "loss")
    assert [node.sequence for node in graph.nodes if node.name == "NotImplemented"] == [-1]
    outline = outline_of(graph)
    assert all(outline.row_of_node(node.id) >= 0 for node in graph.nodes)
