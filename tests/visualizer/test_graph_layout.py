"""Where cards and links are put: nothing overlaps, nothing crosses a card, and the layout process can be ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from itertools import combinations, pairwise

import igraph
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from engine.protocol.graph_values import Graph
from tests.processes import send_signal
from tests.visualizer.graph_demo import Builder, chain_graph, gpt2_graph, lesson_graph
from tests.visualizer.warm_engine import fresh_helpers
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.frames import LEAST_PIXELS, title_size
from visualizer.backprop.graph.labels import LABEL_HEIGHT
from visualizer.backprop.graph.layout import LayoutClient, layout_request
from visualizer.backprop.graph.layout_process.crowds import MOST_ABREAST
from visualizer.backprop.graph.layout_process.cycles import on_cycles
from visualizer.backprop.graph.layout_process.geometry import solve
from visualizer.backprop.graph.layout_process.layout_engines import Placement
from visualizer.backprop.graph.layout_process.problem import COMPACT, Problem
from visualizer.backprop.graph.layout_process.routing import CLEARANCE, Router
from visualizer.backprop.graph.layout_process.serving import answer
from visualizer.backprop.graph.layout_process.wrapping import choose_cuts, wrap
from visualizer.backprop.graph.layout_values import (
    CARD_HEIGHT,
    CARD_WIDTH,
    COLUMN_GAP,
    DOT_LIMIT,
    HEADER,
    SCREEN,
    FrameShape,
    LayoutReply,
    LayoutRequest,
    head_height,
    pack,
    unpack_reply,
)
from visualizer.backprop.graph.leaf_rows import FEW_NODES
from visualizer.backprop.graph.link_words import label_width
from visualizer.backprop.graph.opening import start_folded
from visualizer.backprop.graph.scene import Scene
from visualizer.model.region_builder import regions_of


def fitting_zoom(request: LayoutRequest, reply: LayoutReply) -> float:
    """At which all of it fits on its screen."""
    rects = [*rectangles(request, reply), *((x, y, x + w, y + h) for x, y, w, h in filter(None, reply.frames))]
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    width, height = request.screen
    return min(width / (max(rights) - min(lefts)), height / (max(bottoms) - min(tops)))


def request_of(graph, folded=None) -> LayoutRequest:
    tree = regions_of(graph)
    folded = start_folded(graph, tree) if folded is None else folded
    return layout_request(visible_graph(graph, tree, folded, has_leaf_cards=len(graph.nodes) <= FEW_NODES))


def rectangles(request: LayoutRequest, reply: LayoutReply) -> list[tuple[float, float, float, float]]:
    heights = request.heights or (CARD_HEIGHT,) * len(request.widths)
    return [
        (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for w, h, (x, y) in zip(request.widths, heights, reply.centers, strict=True)
    ]


def overlap(a, b, slack: float = 1.0) -> bool:
    return a[0] < b[2] - slack and a[2] > b[0] + slack and a[1] < b[3] - slack and a[3] > b[1] + slack


def segments(reply: LayoutReply):
    for route in reply.routes:
        yield from pairwise(zip(route[::2], route[1::2], strict=True))


def check(request: LayoutRequest, reply: LayoutReply) -> None:
    cards = rectangles(request, reply)
    assert reply.error is None
    assert not any(overlap(a, b) for a, b in combinations(cards, 2))
    for (x0, y0), (x1, y1) in segments(reply):
        assert x0 == x1 or y0 == y1, "a segment is neither horizontal nor vertical"
        line = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        assert not any(
            line[0] < c[2] - 1 and line[2] > c[0] + 1 and line[1] < c[3] - 1 and line[3] > c[1] + 1 for c in cards
        )
    for (source, target), route in zip(request.links, reply.routes, strict=True):
        for card, (x, y) in ((source, route[:2]), (target, route[-2:])):
            left, top, right, bottom = cards[card]
            assert left <= x <= right and top <= y <= bottom, "a link does not touch its card"
    labels = [
        (at[0], at[1] - 8, at[0] + width, at[1] + 8)
        for at, width in zip(reply.labels, request.labels, strict=True) if at is not None
    ]  # fmt: skip
    assert not any(overlap(a, b) for a, b in combinations(labels, 2))
    assert not any(overlap(label, card) for label in labels for card in cards)


@pytest.mark.parametrize("graph", [lesson_graph(), gpt2_graph(2), gpt2_graph(12)], ids=["lesson", "gpt2-2", "gpt2-12"])
def test_nothing_overlaps_and_no_link_crosses_a_card(graph) -> None:
    request = request_of(graph)
    check(request, answer(request))


@pytest.mark.parametrize("n_layers", [2, 12])
def test_no_label_of_an_unfolded_gpt2_lies_on_the_border_of_a_frame(n_layers: int) -> None:
    request = request_of(gpt2_graph(n_layers), frozenset())
    reply = answer(request)
    placed = [(at, width) for at, width in zip(reply.labels, request.labels, strict=True) if at is not None]
    labels = [(x, y - LABEL_HEIGHT / 2, x + width, y + LABEL_HEIGHT / 2) for (x, y), width in placed]
    corners = [(x, y, x + width, y + height) for x, y, width, height in filter(None, reply.frames)]
    for left, top, right, bottom in corners:
        sides = [(left, y, right, y) for y in (top, bottom)] + [(x, top, x, bottom) for x in (left, right)]
        assert not any(overlap(label, side, slack=0) for label in labels for side in sides)
    assert len(labels) >= sum(width > 0 for width in request.labels) - 1


@pytest.mark.parametrize("n_layers", [2, 12])
def test_an_unfolded_gpt2_keeps_every_module_in_a_frame_without_strangers(n_layers: int) -> None:
    graph = gpt2_graph(n_layers)
    request = request_of(graph, frozenset())
    reply = answer(request)
    check(request, reply)
    cards = rectangles(request, reply)
    for frame, (x, y, width, height) in zip(request.frames, reply.frames, strict=True):
        inside = {card for card, rect in enumerate(cards) if overlap(rect, (x, y, x + width, y + height))}
        assert inside == set(frame.members)


def test_a_deep_network_takes_the_shape_of_the_canvas() -> None:
    request = request_of(gpt2_graph(12), frozenset())
    reply = answer(request)
    # 0.015 in one column, with a card for every leaf and view; 0.31 with heads as high as they were while it was tried.
    assert fitting_zoom(request, reply) > 0.32
    sizes = Counter(len(shape.members) for shape in request.frames)
    of_block = max(n_cards for n_cards, n_frames in sizes.items() if n_frames == 12)
    frames = zip(reply.frames, request.frames, strict=True)
    blocks = [frame for frame, shape in frames if len(shape.members) == of_block]
    assert len({(width, height) for _x, _y, width, height in blocks}) == 1, "equal blocks are laid out alike"


@pytest.mark.parametrize("screen", [(600.0, 900.0), (1800.0, 600.0)])
def test_an_unfolded_network_is_laid_out_for_the_canvas_that_it_is_on(screen: tuple[float, float]) -> None:
    request = msgspec.structs.replace(request_of(gpt2_graph(12), frozenset()), screen=screen)
    reply = answer(request)
    check(request, reply)
    elsewhere = answer(msgspec.structs.replace(request, screen=SCREEN))
    assert fitting_zoom(request, reply) > 1.1 * fitting_zoom(request, elsewhere)


@pytest.mark.parametrize("n_cards", [21, 56, 700])
def test_the_names_of_blocks_can_be_read_where_a_deep_network_fits_on_the_canvas(n_cards: int) -> None:
    zoom = 0.07
    assert title_size(head_height(n_cards), zoom) * zoom >= LEAST_PIXELS


def test_a_module_whose_insides_the_flow_leaves_and_enters_again_has_no_box() -> None:
    cell, other = FrameShape((1, 3), is_box=True), FrameShape((2,), is_box=True)
    request = LayoutRequest(1, (236.0,) * 5, ((0, 1), (1, 2), (2, 3), (3, 4)), (0.0,) * 4, (False,) * 4, (cell, other))
    reply = answer(request)
    check(request, reply)
    assert reply.frames == ((), ()), "both would be above and below themselves"


def test_what_flows_to_one_target_enters_its_frame_at_one_port() -> None:
    box = FrameShape((3, 4), is_box=True)
    links = ((0, 1), (0, 2), (1, 3), (2, 3), (3, 4))
    request = LayoutRequest(1, (236.0,) * 5, links, (0.0,) * 5, (False,) * 5, (box,))
    reply = answer(request)
    check(request, reply)
    _x, y, _width, height = reply.frames[0]
    into = [list(zip(reply.routes[link][::2], reply.routes[link][1::2], strict=True)) for link in (2, 3)]
    crossings = {x for route in into for (x, y0), (_x, y1) in pairwise(route) if y0 >= y + height > y1}
    assert len(crossings) == 1


@pytest.mark.parametrize(
    "links",
    [[(i, i + 1) for i in range(5000)], [(i, 2000) for i in range(2000)]],
    ids=["a chain of 5,000", "2,000 users of one"],
)
def test_what_would_take_an_engine_long_is_drawn_plainly_and_in_the_shape_of_the_canvas(links) -> None:
    n, n_cards = len(links), max(max(link) for link in links) + 1
    request = LayoutRequest(1, (236.0,) * n_cards, tuple(links), (0.0,) * n, (False,) * n, is_compact=True)
    reply = answer(request)
    assert reply.engine == "plain" and reply.note
    assert len(set(reply.centers)) == n_cards
    cards = sorted(rectangles(request, reply))
    for place, card in enumerate(cards):  # near in x only: of 5,000 cards
        for other in cards[place + 1 : place + 200]:
            assert not overlap(card, other)
    (left, top), (right, bottom) = (
        f(zip(*reply.centers, strict=True)) for f in (lambda p: [min(v) for v in p], lambda p: [max(v) for v in p])
    )
    assert 0.2 < (right - left) / (bottom - top) < 6


@pytest.mark.parametrize("n", [20, 2000])
@pytest.mark.parametrize("in_frame", [False, True], ids=["beside it", "in a frame"])
def test_many_cards_that_one_alone_uses_stand_as_a_block_of_rows_with_a_way_to_each(n: int, in_frame: bool) -> None:
    frames = (FrameShape(tuple(range(1, n + 1)), is_box=True),) if in_frame else ()
    links = tuple((0, card) for card in range(1, n + 1))
    request = LayoutRequest(1, (236.0,) * (n + 1), links, (40.0,) * n, (False,) * n, frames, is_compact=True)
    reply = answer(request)
    assert (reply.engine, reply.note) == ("dot", "")
    if n < 100:  # of more, the card that uses them stands in a column of its own
        check(request, reply)
        assert reply.centers[0][1] > max(y for _x, y in reply.centers[1:]), "the flow goes up to them"
    assert len(set(reply.centers)) == n + 1
    xs, ys = zip(*reply.centers[1:], strict=True)
    assert 0.8 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 4


@pytest.mark.parametrize("title", [0.0, 120.0])
def test_a_small_graph_that_is_long_goes_on_in_another_column_and_its_titles_have_room(title: float) -> None:
    n_cards = 40
    links = tuple((card, card + 1) for card in range(n_cards - 1))
    frames = tuple(FrameShape((card, card + 1), side_label=title) for card in range(0, n_cards, 4))
    request = LayoutRequest(1, (236.0,) * n_cards, links, (40.0,) * len(links), (False,) * len(links), frames)
    reply = answer(request)
    check(request, reply)
    assert fitting_zoom(request, reply) > 0.5, "it was 0.17"
    beside = [(x - title - 10, y, x, y + 20) for x, y, _width, _height in reply.frames]
    assert any(reply.side_titles) == bool(title)
    for has_side_title, rect in zip(reply.side_titles, beside, strict=True):
        assert not has_side_title or not any(overlap(rect, card) for card in rectangles(request, reply))


@pytest.mark.parametrize("leads_on", [False, True])
def test_cards_that_do_not_lead_to_each_other_stand_above_each_other_on_a_narrow_canvas(leads_on: bool) -> None:
    n = MOST_ABREAST  # cards that one uses, and one more that they all lead to
    links = [(0, card) for card in range(1, n + 1)] + [(card, n + 1) for card in range(1, n + 1) if leads_on]
    request = LayoutRequest(1, (236.0,) * (n + 1 + leads_on), tuple(links), (0.0,) * len(links), (False,) * len(links))
    n_rows = []
    for screen in ((4000.0, 900.0), (600.0, 900.0)):
        reply = answer(msgspec.structs.replace(request, screen=screen))
        check(request, reply)
        n_rows.append(len({y for _x, y in reply.centers[1 : n + 1]}))
    assert n_rows[0] == 1 < n_rows[1] <= n // 2, "none stands in a row of its own"


@pytest.mark.parametrize("leaves_at", [0.0, None], ids=["upward", "sideways"])
def test_a_column_is_not_widened_by_a_wire_that_goes_on_in_the_next(leaves_at: float | None) -> None:
    n = 10  # a chain, and over it a wide box that it enters at its right end
    links = tuple((card, card + 1) for card in range(n))
    widths, heights = (*(236.0,) * n, 2000.0), (*(78.0,) * n, 900.0)
    out_at, in_at = (*(None,) * (n - 1), leaves_at), (*(None,) * (n - 1), 900.0)
    problem = Problem(widths, heights, links, out_at, in_at, spacing=COMPACT)
    flat = solve(problem)
    assert (flat.wires[-1][0][1] == flat.wires[-1][1][1]) == (leaves_at is None)
    wrapped = wrap(problem, flat, flat.cuts[-1:])
    assert wrapped.width < 2000 + 236 + 60, "it was 900 more"
    assert all(x0 == x1 or y0 == y1 for wire in wrapped.wires for (x0, y0), (x1, y1) in pairwise(wire))
    assert wrapped.wires[-1][-1][0] - wrapped.centers[-1][0] == 900.0


def test_parameters_that_rows_lead_to_stand_in_a_free_corner_or_in_rows_above_the_rest() -> None:
    n_chain, n_alone = 12, 30
    links = tuple((card, card + 1) for card in range(n_chain - 1))
    n_links = len(links)
    request = LayoutRequest(
        1, (236.0,) * (n_chain + n_alone), links, (0.0,) * n_links, (False,) * n_links, is_compact=True
    )
    reply = answer(request)
    check(request, reply)
    alone = reply.centers[n_chain:]
    assert len({y for _x, y in alone}) > 2, "not side by side"
    assert max(y for _x, y in alone) < min(y for _x, y in reply.centers[:n_chain])


def test_a_parameter_in_a_corner_of_a_frame_keeps_clear_of_the_lines_that_go_on_to_its_border() -> None:
    n_chain = 40
    links = tuple((card, card + 1) for card in range(n_chain + 1))
    frame = FrameShape((*range(1, n_chain + 1), n_chain + 2), is_box=True)
    heights = (78.0,) * (n_chain + 3)
    request = LayoutRequest(
        1, (236.0,) * (n_chain + 3), links, (0.0,) * len(links), (False,) * len(links), (frame,), heights, True
    )
    check(request, answer(request))


def test_what_comes_to_each_block_from_afar_goes_around_the_chain_of_blocks() -> None:
    n, box, port = 6, (400.0, 800.0), (4.0, 0.0)
    ports = range(n, 2 * n)
    links = [(block, block + 1) for block in range(n - 1)] + [(n + block, block) for block in range(n)]
    flat = solve(
        Problem(
            *(tuple(sizes) for sizes in zip(*([box] * n + [port] * n), strict=True)), tuple(links), (0.0,) * len(links),
            tuple([0.0] * (n - 1) + [180.0] * n), bottoms=tuple(ports), spacing=COMPACT,
        )
    )  # fmt: skip
    assert len({x for x, _y in flat.centers[:n]}) == 1
    assert flat.bounds[2] - flat.bounds[0] < 400 + CLEARANCE * 2 + n * 24
    assert all(
        abs(flat.centers[port][0] - wire[0][0]) < 1 for port, wire in zip(ports, flat.wires[n - 1 :], strict=True)
    )


def test_a_wire_of_a_wide_frame_keeps_near_to_the_cards_that_it_passes() -> None:
    wide, card, port = 0, 1, 2
    sizes = (4000.0, 236.0, 4.0), (500.0, 78.0, 0.0)
    flat = solve(
        Problem(*sizes, ((wide, card), (wide, port)), (0.0, -1900.0), (None, 0.0), tops=(port,), spacing=COMPACT)
    )
    middle, y = flat.centers[card]
    passing = [x0 for (x0, y0), (x1, y1) in pairwise(flat.wires[1]) if x0 == x1 and y1 < y < y0]
    assert passing and all(118 < abs(x - middle) < 118 + 100 for x in passing)


def test_wires_to_one_target_share_a_lane_from_column_to_column() -> None:
    n = 16
    links = tuple((a, b) for a in range(n) for b in {a + 1, n} if a < n)
    problem = Problem(
        (236.0,) * (n + 1), (78.0,) * (n + 1), links, (None,) * len(links), (None,) * len(links), spacing=COMPACT
    )
    flat = solve(problem)
    height = flat.bounds[3] - flat.bounds[1]
    wrapped = wrap(problem, flat, choose_cuts(flat, height / 2))
    over = [
        min(y for _x, y in wire) for wire, (a, b) in zip(wrapped.wires, links, strict=True) if b == n and a < n // 3
    ]
    assert len(over) > 3 and len(set(over)) == 1 and over[0] < 0


@pytest.mark.parametrize("n", [60, 300], ids=["routed", "plain"])
def test_what_hundreds_of_cards_get_from_one_is_a_bundle_from_column_to_column_and_no_wall(n: int) -> None:
    links = tuple(sorted({(a, b) for b in range(1, n) for a in (0, b - 1)}))
    problem = Problem((236.0,) * n, (78.0,) * n, links, (None,) * len(links), (None,) * len(links), spacing=COMPACT)
    flat = solve(problem)
    cuts = choose_cuts(flat, (flat.bounds[3] - flat.bounds[1]) / 5)
    wrapped = wrap(problem, flat, cuts)
    added = wrapped.width - (len(cuts) + 1) * flat.width
    assert len(cuts) >= 4 and added < len(cuts) * 100
    ends = {card: (x, y) for card, (x, y) in enumerate(wrapped.centers)}
    for (source, target), wire in zip(links, wrapped.wires, strict=True):
        for card, (x, y) in ((source, wire[0]), (target, wire[-1])):
            assert abs(x - ends[card][0]) <= 118 and abs(y - ends[card][1]) <= 39


def test_wires_that_want_both_ends_of_a_card_stay_on_it() -> None:
    below = [-100.0, -95.0, -90.0, 95.0, 100.0]  # a crowd at each end of the card above
    links = tuple((card, 5) for card in range(5))
    problem = Problem((236.0,) * 6, (78.0,) * 6, links, (None,) * 5, (None,) * 5)
    router = Router(problem, Placement("dot", [0] * 5 + [1], [*below, 0.0], [[] for _ in links]))
    ports = [wire.x_in for wire in router.wires]
    assert ports == sorted(ports) and ports[0] > -118 and ports[-1] < 118
    assert min(after - before for before, after in pairwise(ports)) >= 18


@settings(max_examples=25)
@given(st.data())
def test_any_graph_wraps_without_crossing_cards(data) -> None:
    n_cards = data.draw(st.integers(30, 90))
    reach = data.draw(st.integers(1, 6))
    links = {
        (data.draw(st.integers(max(0, target - reach), target - 1)), target)
        for target in range(1, n_cards)
        for _ in range(data.draw(st.integers(1, 2)))
    }
    widths = tuple(data.draw(st.sampled_from((236.0, 156.0))) for _ in range(n_cards))
    low = data.draw(st.integers(1, n_cards - 12))
    outer = FrameShape(tuple(range(low, low + 11)), is_box=True)
    frames = (outer, FrameShape((low + 3, low + 4, low + 5), 0, is_box=True))
    ordered = tuple(sorted(links))
    n = len(ordered)
    request = LayoutRequest(1, widths, ordered, (0.0,) * n, (False,) * n, frames, is_compact=True)
    check(request, answer(request))


@settings(max_examples=50)
@given(st.data())
def test_any_graph_is_drawn_without_crossing_cards(data) -> None:
    n_cards = data.draw(st.integers(1, 24))
    links = {
        (data.draw(st.integers(0, target - 1)), target)
        for target in range(1, n_cards)
        for _ in range(data.draw(st.integers(1, 3)))
    }
    widths = tuple(data.draw(st.sampled_from((236.0, 156.0))) for _ in range(n_cards))
    frames = (FrameShape(tuple(range(2, 6))), FrameShape((3, 4), 0)) if n_cards > 8 else ()
    ordered = tuple(sorted(links))
    labels = (60.0,) * len(ordered)
    screen = data.draw(st.sampled_from([SCREEN, (300.0, 900.0)]))
    request = LayoutRequest(1, widths, ordered, labels, (False,) * len(ordered), frames, screen=screen)
    check(request, answer(request))


def test_cycles_between_folded_modules_are_drawn_too() -> None:
    request = LayoutRequest(1, (236.0,) * 4, ((0, 1), (1, 2), (2, 1), (2, 3)), (0.0,) * 4, (False,) * 4)
    reply = answer(request)
    check(request, reply)
    assert len(reply.routes) == 4


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_what_stands_on_a_cycle_is_found(links: list[tuple[int, int]]) -> None:
    parts = igraph.Graph(8, links, directed=True).connected_components(mode="strong")
    assert on_cycles(8, links) == {item for part in parts if len(part) > 1 for item in part}


def test_the_first_frame_that_is_opened_does_not_wait_for_numpy() -> None:
    request = request_of(gpt2_graph(2), frozenset())
    check(request, answer(request))
    start = "import sys; from visualizer.backprop.graph.layout_process.serving import main; main()"
    asked = f"{start}; sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-P", "-c", asked], input=pack(request), capture_output=True, check=True)
    assert "pygraphviz" in run.stderr.decode().split() and "numpy" not in run.stderr.decode().split()


def test_the_loss_is_at_the_bottom_and_gradients_flow_up() -> None:
    graph = lesson_graph()
    request = request_of(graph)
    reply = answer(request)
    y_of = {node.variable or node.name: reply.centers[i][1] for i, node in enumerate(graph.nodes)}
    assert y_of["loss"] == max(y_of.values())
    assert all(reply.centers[target][1] < reply.centers[source][1] for source, target in request.links)
    spine = [reply.centers[i][0] for i in range(7)]  # loss … x @ W1 and W1 above it
    assert max(spine) - min(spine) < 1.0, "the longest chain is not straight"


def neuron_graph(summed_from: tuple[int, ...] | None = None) -> Graph:
    """`w * x` and a bias, a squeeze and a loss against `y`; `w` stands for each of `summed_from`."""
    b = Builder()
    loss, squeeze, total, product = (b.node(f"{name}Backward0") for name in ("Nll", "Tanh", "Add", "Mul"))
    w, bias = (b.node("AccumulateGrad", variable=name) for name in ("w", "b"))
    x, y = (b.node("Tensor", variable=name) for name in ("x", "y"))
    for source, target in ((loss, squeeze), (loss, y), (squeeze, total), (total, product), (total, bias)):
        b.edge(source, target)
    b.edge(product, w, summed_from=summed_from)
    b.edge(product, x)
    return b.graph()


def test_an_input_stands_on_the_side_of_a_leaf_where_the_graph_is_narrower() -> None:
    request = request_of(neuron_graph())
    left, _top, right, _bottom = zip(*rectangles(request, answer(request)), strict=True)
    assert max(right) - min(left) <= 2 * CARD_WIDTH + COLUMN_GAP, "x, b and y stand in three columns"


def test_all_of_a_graph_has_room_for_what_stands_beside_its_lines() -> None:
    graph = neuron_graph(summed_from=(1000, 1000, 3000))
    tree = regions_of(graph)
    shown = visible_graph(graph, tree, start_folded(graph, tree))
    scene = Scene(shown, answer(layout_request(shown)))
    for place, link in zip(scene.layout.labels, shown.links, strict=True):
        if place is not None:
            width, _is_pill = label_width(shown, link)
            assert scene.bounds.left() <= place[0] and place[0] + width <= scene.bounds.right()


def test_many_cards_are_left_to_igraph() -> None:
    small, large = request_of(chain_graph(100)), request_of(chain_graph(DOT_LIMIT + 200))
    assert answer(small).engine == "dot"
    reply = answer(large)
    assert reply.engine == "igraph"
    xs = {round(x / (CARD_WIDTH / 4)) for x, _y in reply.centers}
    assert len(xs) > 1


def test_without_graphviz_igraph_steps_in_and_says_so() -> None:
    start = "from visualizer.backprop.graph.layout_process.serving import main\nmain()"
    without = f"import sys; sys.modules['pygraphviz'] = None\n{start}"
    request = request_of(lesson_graph())
    run = subprocess.run([sys.executable, "-P", "-c", without], input=pack(request), capture_output=True, check=True)
    n_ready = HEADER.size + HEADER.unpack_from(run.stdout)[0]
    reply = unpack_reply(run.stdout[n_ready + HEADER.size :])
    check(request, reply)
    assert reply.engine == "igraph"
    assert reply.note.startswith("Graphviz could not be loaded (") and reply.note.endswith("igraph lays the graph out.")


def test_what_goes_wrong_is_a_sentence() -> None:
    reply = answer(LayoutRequest(7, (236.0,), ((0, 5),), (0.0,), (False,)))
    assert reply.ticket == 7 and str(reply.error).startswith("The graph could not be laid out")


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def client(qtbot):
    owner = QObject()
    made = LayoutClient(owner)
    with fresh_helpers():
        yield made
    made.stop()


def test_the_process_answers_and_remembers(client, qtbot) -> None:
    request = request_of(lesson_graph())
    with qtbot.waitSignal(client.done) as got:
        assert client.request(request) is None
    assert got.args[0].centers == answer(request).centers
    assert client.request(request) is not None and not client.is_busy


def test_time_to_lay_out_begins_when_the_process_has_started(client, qtbot) -> None:
    client.stop()
    begun: list[None] = []
    client.begun.connect(lambda: begun.append(None))
    with qtbot.waitSignal(client.done):
        assert client.request(request_of(lesson_graph())) is None
        assert not begun
    assert len(begun) == 1
    with qtbot.waitSignal(client.done):
        client.request(request_of(chain_graph(8)))
        assert len(begun) == 2


def test_cancel_kills_the_process_and_the_next_request_works(client, qtbot) -> None:
    with qtbot.waitSignal(client.done):
        client.request(request_of(lesson_graph()))
    first = client.process_id
    client.request(request_of(chain_graph(DOT_LIMIT - 200)))
    client.cancel()
    assert not is_running(first) and not client.is_busy
    with qtbot.waitSignal(client.done) as got:
        client.request(request_of(gpt2_graph(2)))
    assert got.args[0].error is None


def test_a_killed_process_is_reported_and_replaced(client, qtbot) -> None:
    with qtbot.waitSignal(client.done):
        client.request(request_of(chain_graph(8)))
    send_signal(client.process_id, signal.SIGSTOP)  # or it might have answered before it is killed
    with qtbot.waitSignal(client.done) as got:
        client.request(request_of(chain_graph(9)))
        send_signal(client.process_id, signal.SIGKILL)
    assert "ended" in str(got.args[0].error)
    with qtbot.waitSignal(client.done) as got:
        client.request(request_of(lesson_graph()))
    assert got.args[0].error is None


def test_stop_leaves_no_process_behind(client, qtbot) -> None:
    with qtbot.waitSignal(client.done):
        client.request(request_of(lesson_graph()))
    process_id = client.process_id
    client.stop()
    assert not is_running(process_id)
