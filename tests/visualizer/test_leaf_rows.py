"""Leaves and inputs as rows in the cards of the nodes that use them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.protocol.graph_values import Graph
from engine.shared.backward_model import CURRENT, DONE, NOT_REACHED, BackwardView
from tests.visualizer.graph_demo import Builder, card, gpt2_graph, lesson_graph
from tests.visualizer.test_graph_content import difference, drawn
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_content import CardContent, RowContent
from visualizer.backprop.graph.cards import CardArtist
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.distant_painter import far_palette, shade_of
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.layout import layout_request
from visualizer.backprop.graph.layout_process.serving import answer
from visualizer.backprop.graph.layout_values import CARD_WIDTH
from visualizer.backprop.graph.leaf_rows import MOST_ROWS, LeafRow
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.graph.row_artist import RowArtist
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.look import theme
from visualizer.model.region_builder import regions_of
from visualizer.model.selection import SelectedNode

LOGITS, TANH, ADD, MM, W1, B1, W2, X = 3, 4, 5, 6, 7, 8, 9, 10  # ids of the lesson's nodes
LEFT = Qt.MouseButton.LeftButton


def scene_of(graph: Graph) -> Scene:
    shown = visible_graph(graph, regions_of(graph), frozenset(), has_leaf_cards=False)
    return Scene(shown, answer(layout_request(shown)))


def shared_weight(n_uses: int = 3) -> Graph:
    """A recurrent weight that every step multiplies by."""
    b = Builder()
    loss = b.node("SumBackward0", (), variable="loss")
    before, weight, steps = loss, 0, []
    for _step in range(n_uses):
        steps.append(b.node("MmBackward0", (4, 4)))
        b.edge(before, steps[-1])
        before = steps[-1]
    weight = b.node("AccumulateGrad", (4, 4), variable="W")
    for step in steps:
        b.edge(step, weight)
    return b.graph()


def test_a_leaf_used_once_is_a_row_of_its_user_and_takes_no_card_and_no_line() -> None:
    shown = scene_of(lesson_graph()).shown
    assert len(shown.cards) == 6  # the six operations
    rows = {shown.graph.nodes[slot.nodes[0]].id: slot.rows for slot in shown.cards}
    assert rows[MM] == (LeafRow(X - 1), LeafRow(W1 - 1)) and rows[ADD] == (LeafRow(B1 - 1),)
    assert shown.card_of[W1 - 1] == shown.card_of[MM - 1] and shown.is_row[W1 - 1]
    assert len(shown.links) == 5


@pytest.mark.parametrize(("scale", "is_readable"), [(0.5, True), (0.4, False)])
def test_from_afar_a_row_has_its_name_as_long_as_that_can_be_read_and_else_no_sign_either(
    qtbot, scale: float, is_readable: bool
) -> None:
    def picture(row: RowContent) -> QImage:
        image = QImage(160, 80, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.scale(scale, scale)
        CardArtist().draw_small(painter, CardContent("Addmm", rows=(row,)), scale)
        painter.end()
        return image

    weight = picture(RowContent(name="weight"))
    assert (difference(weight, picture(RowContent(name="bias"))) > 0) == is_readable
    assert (difference(weight, picture(RowContent(name="weight", state=DONE))) > 0) == is_readable


def test_every_node_of_any_graph_has_a_card_or_a_row() -> None:
    shown = scene_of(gpt2_graph(3)).shown
    drawn = [index for slot in shown.cards for index in slot.nodes]
    rows = [row.node for slot in shown.cards for row in slot.rows if row.n_uses == 1]
    assert sorted(drawn + rows) == list(range(len(shown.graph.nodes)))


def test_a_row_has_the_state_of_its_leaf_and_the_card_that_of_its_operation() -> None:
    graph = lesson_graph()
    scene, book = scene_of(graph), ContentBook()
    book.add(tuple(card(node) for node in graph.nodes))
    view = BackwardView(done=frozenset({1, 2, LOGITS, W2, TANH, ADD, B1}), current=MM)
    states = States(scene, view)
    content = book.content(scene, states, int(scene.shown.card_of[MM - 1]))
    assert content.state == CURRENT
    x, weight = content.rows
    assert (x.name, x.state, x.gradient) == ("x", None, None)
    assert (weight.name, weight.shape, weight.state) == ("W1", "(3, 5) f32", NOT_REACHED)
    after = states.move(BackwardView(done=view.done | {MM}, current=W1))
    assert after is not None and int(scene.shown.card_of[MM - 1]) in after.cards
    book.forget(after.cards)
    content = book.content(scene, states, int(scene.shown.card_of[MM - 1]))
    assert (content.state, content.rows[1].state) == (DONE, CURRENT)


@pytest.mark.parametrize(("view", "token"), [
    (BackwardView(done=frozenset({1, 2, LOGITS, W2, TANH, ADD, B1, MM}), current=W1), "flow.line"),
    (BackwardView(done=frozenset({1, 2, LOGITS, W2, TANH, ADD, B1, MM}), error_node=W1, error_text="no"), "error.text"),
])  # fmt: skip
def test_from_afar_the_card_of_a_row_shows_that_the_pass_is_there(qapp, view: BackwardView, token: str) -> None:
    scene = scene_of(lesson_graph())
    shades = shade_of(scene, States(scene, view), None).tolist()
    marked = [card for card, shade in enumerate(shades) if far_palette(None)[shade] == theme.current().color(token)]
    assert marked == [int(scene.shown.card_of[W1 - 1])]


def test_a_leaf_that_is_used_more_often_has_one_card_to_which_rows_lead() -> None:
    scene = scene_of(shared_weight())
    shown = scene.shown
    weight = len(shown.graph.nodes) - 1
    users = [slot for slot in shown.cards if slot.rows]
    assert [slot.rows for slot in users] == [(LeafRow(weight, 3),)] * 3
    assert shown.cards[shown.card_of[weight]].nodes == (weight,) and not shown.is_row[weight]
    assert not any(link.target == shown.card_of[weight] for link in shown.links), "rows lead there, not lines"
    centers = scene.layout.centers
    assert centers[shown.card_of[weight]][1] == min(y for _x, y in centers), "it stands where the forward pass began"
    row = ContentBook().content(scene, States(scene, None), 1).rows[0]
    assert (row.name, row.n_uses) == ("W", 3)


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.1])
def test_of_a_leaf_that_is_selected_only_the_cards_with_its_row_are_drawn_anew(qapp, zoom) -> None:
    graph, parts = lesson_graph(), []

    class Canvas(GraphCanvas):
        def update(self, *part) -> None:
            parts.extend(part or [self.rect()])

    scene, book = scene_of(graph), ContentBook()
    book.add(tuple(card(node) for node in graph.nodes))
    canvas = Canvas(book)
    canvas.resize(700, 500)
    canvas.set_scene(scene, States(scene, None))
    canvas.camera.zoom_at(QPointF(0, 0), zoom)
    user = int(scene.shown.card_of[W1 - 1])
    canvas.center_on(scene.rect(user).center())
    picture = drawn(canvas, QImage(canvas.size(), QImage.Format.Format_RGB32), [canvas.rect()])
    for leaf in (W1 - 1, X - 1, -1):
        parts.clear()
        canvas.set_selected(user, leaf)
        assert parts and canvas.rect() not in parts
        again = drawn(canvas, QImage(canvas.size(), QImage.Format.Format_RGB32), [canvas.rect()])
        assert zoom < 0.2 or picture != again
        assert difference(drawn(canvas, picture, parts), again) == 0
        picture = again
    canvas.deleteLater()


def test_rows_that_lead_to_a_leaf_are_drawn_anew_when_it_has_run_and_not_when_more_arrives() -> None:
    scene = scene_of(shared_weight())
    weight, users = (
        scene.shown.graph.nodes[-1].id,
        [number for number, slot in enumerate(scene.shown.cards) if slot.rows],
    )
    done = frozenset(node.id for node in scene.shown.graph.nodes[:-1])
    moments = [
        BackwardView(waiting={weight: (1, 3)}),
        BackwardView(waiting={weight: (2, 3)}),
        BackwardView(done=done, current=weight),
        BackwardView(done=done | {weight}),
    ]
    states, own = States(scene, moments[0]), int(scene.shown.card_of[-1])
    assert states.move(moments[1]).cards == [own]
    for moment, state in zip(moments[2:], (CURRENT, DONE), strict=True):
        assert {*users, own} <= set(states.move(moment).cards)
        assert {ContentBook().content(scene, states, user).rows[0].state for user in users} == {state}


def views_graph(n_layers: int = 30) -> Graph:
    """A chain of layers, each a product with a view before and a view after it."""
    b = Builder()
    before = b.node("SumBackward0", (), variable="loss", category="reduction")
    for _layer in range(n_layers):
        after, product, first = (
            b.node("ViewBackward0", (1, 4, 4)), b.node("AddmmBackward0", (4, 4)), b.node("ViewBackward0", (4, 4)),
        )  # fmt: skip
        for node in (after, product, first):
            b.edge(before, node)
            before = node
    return b.graph()


def test_in_a_large_graph_a_view_is_a_row_of_the_node_beside_it() -> None:
    shown = scene_of(views_graph()).shown
    assert len(shown.cards) == 31 and len(shown.links) == 30
    names = [shown.graph.nodes[slot.nodes[0]].name for slot in shown.cards]
    assert "ViewBackward0" not in names and shown.is_row.sum() == 60
    small = scene_of(views_graph(4)).shown
    assert len(small.cards) == 13, "where there are few, they teach"


@pytest.mark.parametrize(("n_layers", "has_cards"), [(7, True), (8, False)])
def test_the_turned_weights_of_a_small_network_are_rows_and_its_operations_fill_the_canvas(n_layers, has_cards) -> None:
    b = Builder()
    before = b.node("SumBackward0", (), variable="loss", category="reduction")
    for number in range(n_layers):
        product, turned = b.node("AddmmBackward0", (4, 4)), b.node("TBackward0", (4, 4))
        b.edge(before, product)
        b.edge(product, turned)
        b.edge(product, b.node("AccumulateGrad", (4,), variable=f"{number}.bias"))
        b.edge(turned, b.node("AccumulateGrad", (4, 4), variable=f"{number}.weight"))
        before = product
    assert len(b.nodes) == 4 * n_layers + 1
    shown = scene_of(b.graph()).shown
    assert [slot for slot in shown.cards if shown.graph.nodes[slot.nodes[0]].category == "view"] != [] or not has_cards
    assert len(shown.cards) == (2 * n_layers + 1 if has_cards else n_layers + 1)


def test_a_view_that_several_use_keeps_a_card_and_so_do_more_than_a_card_has_rows_for() -> None:
    b = Builder()
    loss = b.node("SumBackward0", (), variable="loss", category="reduction")
    shared = b.node("ViewBackward0", (4, 4))
    for _user in range(70):
        user = b.node("MulBackward0", (4, 4))
        b.edge(loss, user)
        b.edge(user, shared)
    before = shared
    for _view in range(12):
        view = b.node("ViewBackward0", (4, 4))
        b.edge(before, view)
        before = view
    shown = scene_of(b.graph()).shown
    own = [slot for slot in shown.cards if shown.graph.nodes[slot.nodes[0]].category == "view"]
    assert shared - 1 in {slot.nodes[0] for slot in own}
    assert len(own) > 1 and all(len(slot.rows) <= MOST_ROWS for slot in own)


def test_a_name_that_has_room_is_whole_before_its_shape_is_there(qapp) -> None:
    written: list[str] = []

    class Heard(QPainter):
        def drawText(self, room: QRectF, flags: int, text: str) -> None:
            written.append(text)

    artist, image = RowArtist(lambda *drawn: None), QImage(240, 30, QImage.Format.Format_RGB32)
    painter = Heard(image)
    for name in ("b", "model.head.projection", "model.head.projection.of.the.second.decoder"):
        artist.draw(painter, RowContent(0, name, "(6, 8) f32", "leaf"), 0, CARD_WIDTH, selected=False)
    painter.end()
    short, long, longest = written[:2], written[2:3], written[3:]
    assert short == ["b", "(6, 8) f32"] and long == ["model.head.projection"]
    assert longest[0].startswith("…") and longest[1:] == ["(6, 8) f32"]


def test_an_embedding_among_many_nodes_is_wide_enough_for_the_name_of_its_weight() -> None:
    b = Builder()
    before, embedding = b.node("SumBackward0", (), variable="loss"), b.node("EmbeddingBackward0", (6, 8))
    b.edge(before, embedding)
    b.edge(embedding, b.node("AccumulateGrad", (7, 8), variable="model.token_table.weight"))
    for _unused in range(70):
        step = b.node("TanhBackward0", (6, 8))
        b.edge(before, step)
        before = step
    scene = scene_of(b.graph())
    card_number = scene.shown.card_of[embedding - 1]
    assert scene.shown.cards[card_number].rows and scene.rect(card_number).width() == CARD_WIDTH


def test_of_a_thousand_leaves_of_one_node_the_first_have_rows() -> None:
    b = Builder()
    stack = b.node("StackBackward0", (1000, 3), variable="loss")
    for number in range(1000):
        b.edge(stack, b.node("AccumulateGrad", (3,), variable=f"x{number}"))
    scene = scene_of(b.graph())
    assert len(scene.shown.cards) == 1 and scene.rects[0, 3] < 300
    rows = ContentBook().content(scene, States(scene, None), 0).rows
    assert len(rows) == MOST_ROWS and rows[-1].n_more == 1000 - MOST_ROWS + 1
    bottoms = scene.rows.rects[:, 1] + scene.rows.rects[:, 3]
    assert bottoms.max() < scene.rect(0).bottom(), "a row without room lights up where they are counted"
    assert scene.rows.cards_of([7, 900]) == [0, 0]


def show(qtbot, panel: GraphPanel, graph: Graph) -> None:
    panel.set_graph(graph)
    panel._selection.set_graph(graph)
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)


def click_row(panel: GraphPanel, card_number: int, row: int) -> None:
    place = panel.canvas.camera.to_widget(panel.canvas.scene.row_rect(card_number, row).center())
    QTest.mouseClick(panel.canvas, LEFT, pos=place.toPoint())


def test_a_click_on_a_row_selects_its_leaf_and_one_above_it_the_operation(qtbot, panel) -> None:
    panel._stage.set_leaf_cards(False)
    show(qtbot, panel, lesson_graph())
    number = int(panel.canvas.scene.shown.card_of[MM - 1])
    click_row(panel, number, 1)
    assert panel._selection.current == SelectedNode(W1, 0)
    assert (panel.canvas.selected, panel.canvas.leaf) == (number, W1 - 1)
    top = panel.canvas.scene.rect(number).topLeft() + QPointF(60, 20)
    QTest.mouseClick(panel.canvas, LEFT, pos=panel.canvas.camera.to_widget(top).toPoint())
    assert panel._selection.current == SelectedNode(MM, 0) and panel.canvas.leaf == -1


def test_a_row_that_leads_to_a_shared_leaf_jumps_to_its_card(qtbot, panel) -> None:
    panel._stage.set_leaf_cards(False)
    show(qtbot, panel, shared_weight())
    shown = panel.canvas.scene.shown
    weight = len(shown.graph.nodes) - 1
    click_row(panel, next(number for number, slot in enumerate(shown.cards) if slot.rows), 0)
    assert panel._selection.current == SelectedNode(shown.graph.nodes[weight].id, 0)
    assert panel.canvas.selected == shown.card_of[weight] and panel.canvas.leaf == weight


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen popups neither raise nor grab
def test_leaves_are_cards_in_small_graphs_and_wherever_the_person_wants_them(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    assert len(panel.canvas.scene.shown.cards) == len(lesson_graph().nodes)
    show(qtbot, panel, gpt2_graph(2))
    panel.unfold_all()
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    assert panel.canvas.scene.shown.is_row.any()
    panel.canvas.menu_wanted.emit(panel.mapToGlobal(panel.rect().center()), -1)
    menu = panel.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == "Leaves as cards of their own").trigger()
    menu.close()
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    assert len(panel.canvas.scene.shown.cards) == len(gpt2_graph(2).nodes)
