"""The way of a gradient lights up: from the loss to what is pointed at or selected, and on to the leaves it feeds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.protocol.graph_values import Graph
from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import gpt2_graph, lesson_graph
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.layout import layout_request
from visualizer.backprop.graph.layout_process.nested_layout import lay_out
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.way import AFTER, BEFORE, HERE, OFF, Target, Way, Ways
from visualizer.look import theme
from visualizer.model.region_builder import regions_of
from visualizer.model.selection import SelectedNode

TANH = 3  # indices in lesson_graph()
W1, B1, W2, X, Y = range(6, 11)


def scene_of(graph: Graph, folded: frozenset[str] = frozenset(), *, has_leaf_cards: bool = True) -> Scene:
    shown = visible_graph(graph, regions_of(graph), folded, has_leaf_cards=has_leaf_cards)
    return Scene(shown, lay_out(layout_request(shown)))


def way_of(scene: Scene, *nodes: int) -> Way | None:
    return Ways(scene).way(Target(nodes, nodes))


def on(way: Way, side: int) -> set[int]:
    return set(np.flatnonzero(way.cards == side).tolist())


def test_a_way_runs_from_the_loss_to_a_node_and_on_to_its_leaves() -> None:
    scene = scene_of(lesson_graph())
    way = way_of(scene, TANH)
    assert way is not None
    assert on(way, BEFORE) == {0, 1, 2} and on(way, HERE) == {TANH} and on(way, AFTER) == {4, 5, W1, B1}
    assert on(way, OFF) == {W2, X, Y}
    ends = {side: {tuple(pair) for pair in scene.links[way.links == side].tolist()} for side in (BEFORE, AFTER)}
    assert ends == {BEFORE: {(0, 1), (1, 2), (2, TANH)}, AFTER: {(TANH, 4), (4, 5), (4, B1), (5, W1)}}
    assert way.words == "Its gradient comes through 3 cards and goes on to 4."


def test_an_input_has_no_way_because_no_gradient_goes_there() -> None:
    assert way_of(scene_of(lesson_graph()), X) is None


def test_an_edge_lies_on_the_way_between_its_ends() -> None:
    scene = scene_of(lesson_graph())
    link = scene.links.tolist().index([4, B1])
    way = Ways(scene).way(Target((4,), (B1,)))
    assert way is not None and way.links[link] == HERE
    assert on(way, BEFORE) == {0, 1, 2, TANH, 4} and on(way, AFTER) == {B1}


def test_a_shared_leaf_is_reached_by_all_its_uses() -> None:
    graph = gpt2_graph(1)
    scene = scene_of(graph, has_leaf_cards=False)
    wte = next(i for i, node in enumerate(graph.nodes) if node.variable == "transformer.wte.weight")
    users = {int(source) for source, target in scene.shown.ends.tolist() if target == wte}
    way = way_of(scene, wte)
    assert way is not None and len(users) == 2
    assert {scene.shown.card_of[user] for user in users} <= on(way, BEFORE)


def test_a_leaf_that_is_a_row_lights_up_in_a_card_that_lies_before_it() -> None:
    graph = gpt2_graph(1)
    scene = scene_of(graph, has_leaf_cards=False)
    leaf = next(i for i, node in enumerate(graph.nodes) if node.variable.endswith("c_fc.bias"))
    way = way_of(scene, leaf)
    assert way is not None and not on(way, HERE)
    card_of = dict(zip(scene.rows.nodes[way.rows].tolist(), scene.rows.cards[way.rows].tolist(), strict=True))
    assert way.cards[card_of.pop(leaf)] == BEFORE
    assert {graph.nodes[view].category for view in card_of} == {"view"}, "which the gradient came through"


def test_a_folded_module_is_lit_only_where_a_gradient_goes_through_it() -> None:
    graph = gpt2_graph(3)
    scene = scene_of(graph, frozenset({f"transformer.h.{number}" for number in range(3)}))
    fold = {slot.fold: number for number, slot in enumerate(scene.shown.cards)}
    way = way_of(scene, *scene.shown.cards[fold["transformer.h.1"]].nodes)
    assert way is not None
    sides = [way.cards[fold[f"transformer.h.{number}"]] for number in range(3)]
    assert sides == [AFTER, HERE, BEFORE]


def test_what_is_further_away_is_fainter_and_the_residual_path_stays_near() -> None:
    graph = gpt2_graph(6)
    scene = scene_of(graph)
    gelu = [i for i, node in enumerate(graph.nodes) if node.name.startswith("Gelu") and ".h.2." in node.module]
    way = way_of(scene, *gelu)
    assert way is not None
    reach = {
        node.name: int(way.card_reach[scene.shown.card_of[i]])
        for i, node in enumerate(graph.nodes)
        if node.module == "transformer.h.4" or node.module == "transformer.h.4.attn"
    }
    assert reach["AddBackward0"] < reach["SplitBackward0"]


@pytest.fixture
def lesson(qtbot, panel: GraphPanel) -> GraphPanel:
    graph = lesson_graph()
    with qtbot.waitSignal(panel.light.changed):
        panel.set_graph(graph)
        panel._selection.set_graph(graph)
    assert panel.canvas.scene is not None
    return panel


def middle(panel: GraphPanel, card: int) -> QPoint:
    return panel.canvas.camera.to_widget(panel.canvas.scene.rect(card).center()).toPoint()


def rest_on(qtbot, panel: GraphPanel, place: QPoint) -> Way | None:
    QTest.mouseMove(panel.canvas, place + QPoint(1, 1))  # a mouse that is there already would not move
    with qtbot.waitSignal(panel.light.changed):
        QTest.mouseMove(panel.canvas, place)
    return panel.canvas.way


def test_a_mouse_that_rests_on_a_card_lights_up_its_way_and_nothing_moves(qtbot, lesson) -> None:
    canvas = lesson.canvas
    before, rects = (canvas.camera.x, canvas.camera.y, canvas.camera.zoom), canvas.scene.rects.copy()
    way = rest_on(qtbot, lesson, middle(lesson, TANH))
    assert way is not None and on(way, HERE) == {TANH}
    assert (canvas.camera.x, canvas.camera.y, canvas.camera.zoom) == before
    assert (canvas.scene.rects == rects).all()
    assert rest_on(qtbot, lesson, QPoint(canvas.width() - 3, 3)) is None


def test_an_edge_that_the_mouse_rests_on_lights_up_its_way(qtbot, lesson) -> None:
    scene = lesson.canvas.scene
    number = scene.links.tolist().index([4, 5])
    x0, y0, x1, y1 = scene.segments[scene.segment_link == number][0]
    way = rest_on(qtbot, lesson, lesson.canvas.camera.to_widget(QPointF((x0 + x1) / 2, (y0 + y1) / 2)).toPoint())
    assert way is not None and way.links[number] == HERE


def test_lit_links_are_amber_and_what_is_off_the_way_is_dimmed(qtbot, lesson) -> None:
    canvas, look = lesson.canvas, theme.current()
    corner = canvas.camera.rect_to_widget(canvas.scene.rect(W2)).topLeft().toPoint() + QPoint(20, 6)
    plain = canvas.grab().toImage().pixelColor(corner)
    rest_on(qtbot, lesson, middle(lesson, TANH))
    picture = canvas.grab().toImage()
    ground = look.color("bg.canvas")
    assert abs(picture.pixelColor(corner).green() - ground.green()) < abs(plain.green() - ground.green())
    number = canvas.scene.links.tolist().index([1, 2])
    x0, y0, x1, y1 = canvas.scene.segments[canvas.scene.segment_link == number][0]
    place = canvas.camera.to_widget(QPointF((x0 + x1) / 2, (y0 + y1) / 2)).toPoint()
    found = {picture.pixelColor(place + QPoint(dx, 0)).name() for dx in (-1, 0, 1)}
    assert look.color("flow.line").name() in found


def test_what_is_selected_or_marked_stays_bright_off_the_way(lesson) -> None:
    canvas = lesson.canvas
    canvas.zoom_to(0.8)
    place = canvas.camera.rect_to_widget(canvas.scene.rect(W2)).topLeft().toPoint()

    def colors() -> list[str]:
        picture = canvas.grab().toImage()
        return [picture.pixelColor(place + QPoint(x, 12)).name() for x in range(-4, 60)]

    for outline in (lambda: canvas.set_marked(frozenset({W2})), lambda: canvas.set_selected(W2)):
        plain = colors()
        canvas.set_way(way_of(canvas.scene, TANH))
        assert colors() != plain
        canvas.set_way(None)
        outline()
        plain = colors()
        canvas.set_way(way_of(canvas.scene, TANH))
        assert colors() == plain
        canvas.set_way(None)
        canvas.set_marked(frozenset())


def test_a_selection_by_keyboard_lights_up_the_same_and_escape_puts_it_out(qtbot, lesson) -> None:
    with qtbot.waitSignal(lesson.light.changed):
        lesson._selection.select(SelectedNode(TANH + 1))
    assert on(lesson.canvas.way, HERE) == {TANH}
    assert lesson.canvas.way.words in lesson.canvas.accessibleDescription()
    lesson._selection.clear()
    assert lesson.canvas.way is None


def test_escape_puts_out_what_the_mouse_rests_on_until_it_rests_elsewhere(qtbot, lesson) -> None:
    rest_on(qtbot, lesson, middle(lesson, TANH))
    QTest.keyClick(lesson.canvas, Qt.Key.Key_Escape)
    assert lesson.canvas.way is None
    assert rest_on(qtbot, lesson, middle(lesson, TANH) + QPoint(4, 0)) is None
    assert rest_on(qtbot, lesson, middle(lesson, 1)) is not None


def test_the_selection_lights_up_again_when_the_mouse_has_left(qtbot, lesson) -> None:
    with qtbot.waitSignal(lesson.light.changed):
        lesson._selection.select(SelectedNode(TANH + 1))
    assert on(rest_on(qtbot, lesson, middle(lesson, 1)), HERE) == {1}
    assert on(rest_on(qtbot, lesson, QPoint(lesson.canvas.width() - 3, 3)), HERE) == {TANH}


def test_a_node_that_a_pass_has_selected_stays_dark(qtbot, lesson) -> None:
    with qtbot.waitSignal(lesson.light.changed):
        lesson._selection.select(SelectedNode(TANH + 1))
        lesson.set_backward(BackwardView(done=frozenset({1, 2, 3}), current=TANH + 1))
    assert lesson.canvas.way is None


def test_nothing_lights_up_where_the_person_has_switched_it_off(qtbot, lesson) -> None:
    rest_on(qtbot, lesson, middle(lesson, TANH))
    lesson.light.switch(is_on=False)
    assert lesson.canvas.way is None
    assert rest_on(qtbot, lesson, middle(lesson, 1)) is None
    lesson.light.switch(is_on=True)
    assert on(lesson.canvas.way, HERE) == {1}
