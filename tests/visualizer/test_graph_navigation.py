"""Where the canvas looks: first looks, following a pass, places gone back to, and the modules that the view is in."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from engine.protocol.graph_values import Graph
from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import chain_graph, gpt2_graph
from visualizer.backprop.graph.breadcrumbs import frames_above
from visualizer.backprop.graph.folding import Frame
from visualizer.backprop.graph.navigation import LEAST_ZOOM
from visualizer.backprop.graph.painter import READABLE
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.look import theme
from visualizer.model.selection import SelectedNode

LEFT = Qt.MouseButton.LeftButton


def show(qtbot, panel: GraphPanel, graph: Graph, *, unfolded: bool = False) -> None:
    panel.set_graph(graph)
    panel._selection.set_graph(graph)
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    if unfolded:
        panel.unfold_all()
        qtbot.waitUntil(lambda: not panel._stage.is_waiting)


def visible(panel: GraphPanel) -> QRectF:
    return panel.canvas.camera.visible(QSizeF(panel.canvas.size()))


def sees(panel: GraphPanel, node: int) -> bool:
    scene = panel.canvas.scene
    return visible(panel).contains(scene.rect(int(scene.shown.card_of[scene.index_of[node]])))


def drag(panel: GraphPanel, by: QPoint) -> None:
    middle = panel.canvas.rect().center()
    QTest.mousePress(panel.canvas, LEFT, pos=middle)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(panel.canvas, middle + by * share)
    QTest.mouseRelease(panel.canvas, LEFT, pos=middle + by)


def step(panel: GraphPanel, node: int, done: frozenset[int] = frozenset()) -> None:
    panel.set_backward(BackwardView(pass_id=1, done=done, current=node))
    panel._selection.select(SelectedNode(node, 0), is_followed=True)


def test_where_a_pass_stands_stays_in_sight_in_less_room_and_in_larger_text(qtbot, panel) -> None:
    graph = chain_graph(20)
    show(qtbot, panel, graph)
    panel.set_backward(BackwardView(pass_id=1, done=frozenset(), current=graph.nodes[15].id))
    step(panel, graph.nodes[15].id)
    assert sees(panel, graph.nodes[15].id)
    size, before = panel.size(), replace(panel.canvas.camera)
    for share in (0.5, 0.3):
        panel.resize(round(size.width() * share), round(size.height() * share))
        qtbot.waitUntil(lambda: sees(panel, graph.nodes[15].id))
    assert panel.canvas.camera != before
    panel.resize(size)
    QApplication.processEvents()
    assert panel.canvas.camera == before
    theme.current().set_scale(2.0)
    qtbot.waitUntil(lambda: sees(panel, graph.nodes[15].id))
    theme.current().set_scale(1.0)
    qtbot.waitUntil(lambda: panel.canvas.camera == before)  # with as much room again, the view is where it was
    theme.current().set_scale(2.0)
    qtbot.waitUntil(lambda: sees(panel, graph.nodes[15].id))
    drag(panel, QPoint(0, panel.canvas.height()))  # who has moved the view has it
    assert not sees(panel, graph.nodes[15].id)
    panel.resize(size * 0.8)
    assert not sees(panel, graph.nodes[15].id)


def test_what_cannot_be_read_as_a_whole_opens_at_its_loss(qtbot, panel) -> None:
    graph = chain_graph(200)
    show(qtbot, panel, graph)
    assert panel.canvas.camera.scale >= LEAST_ZOOM
    assert sees(panel, graph.nodes[0].id)
    view, bounds = panel.canvas.camera.visible(QSizeF(panel.canvas.size())), panel.canvas.scene.bounds
    assert bounds.height() > view.height()
    assert bounds.top() - 1 <= view.top() and view.bottom() <= bounds.bottom() + 1
    panel.fit()
    assert panel.canvas.camera.scale < LEAST_ZOOM


def test_what_is_selected_comes_so_near_that_its_values_are_read_and_all_of_it_is_asked_for_beforehand(
    qtbot, panel
) -> None:
    graph, near = chain_graph(200), chain_graph(120)
    panel.set_graph(graph)
    panel._selection.set_graph(graph)
    panel.fit()  # it is being laid out
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    camera, whole = panel.canvas.camera, panel.canvas.camera.scale
    assert whole < LEAST_ZOOM and visible(panel).contains(panel.canvas.scene.bounds)
    panel._selection.select(SelectedNode(graph.nodes[90].id, 0))
    assert camera.scale == whole
    panel.come_near()
    assert READABLE <= camera.scale < 2 * READABLE and sees(panel, graph.nodes[90].id)
    camera.zoom = 1.0
    panel.come_near()
    assert camera.zoom == 1.0  # nearer than that already
    panel.set_graph(near)
    panel._selection.set_graph(near)
    panel._selection.select(SelectedNode(near.nodes[0].id, 0))
    panel.fit()
    panel.come_near()
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    assert camera.scale >= READABLE and sees(panel, near.nodes[0].id)


def test_a_graph_is_laid_out_for_its_canvas_and_keeps_its_places_when_it_runs_again(qtbot, panel) -> None:
    shapes = []
    for number, (width, height) in enumerate([(700, 900), (1500, 700)]):
        panel.resize(width, height)
        show(qtbot, panel, gpt2_graph(12, number=10 + number), unfolded=not number)
        before = panel.canvas.scene.rects
        panel.resize(1000, 800)
        show(qtbot, panel, gpt2_graph(12, number=20 + number))
        assert (panel.canvas.scene.rects == before).all(), "it is the same graph, in a window of another size"
        panel.resize(width, height)
        panel.fold_all()
        qtbot.waitUntil(lambda: not panel._stage.is_waiting)
        panel.unfold_all()
        qtbot.waitUntil(lambda: not panel._stage.is_waiting)
        bounds = panel.canvas.scene.bounds
        shapes.append(bounds.width() / bounds.height())
    assert shapes[0] < 1 < shapes[1]


def test_the_view_follows_a_pass_at_a_zoom_at_which_cards_can_be_read(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    assert panel.canvas.camera.scale < LEAST_ZOOM, "all of it was asked for"
    nodes = [node.id for node in graph.nodes if node.kind == "backward"]
    for place, node in enumerate(nodes[:40]):
        step(panel, node, frozenset(nodes[:place]))
        assert panel.canvas.camera.scale >= LEAST_ZOOM and sees(panel, node)


def test_a_view_that_the_person_moved_stays_and_offers_to_return(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    nodes = [node.id for node in graph.nodes if node.kind == "backward"]
    step(panel, nodes[0])
    offer = panel.overlays.to_current
    assert not offer.isVisible()
    drag(panel, QPoint(0, -700))
    drag(panel, QPoint(0, -700))
    before = (panel.canvas.camera.x, panel.canvas.camera.y)
    step(panel, nodes[1], frozenset(nodes[:1]))
    assert (panel.canvas.camera.x, panel.canvas.camera.y) == before and not sees(panel, nodes[1])
    assert offer.isVisible()
    QTest.mouseClick(offer, LEFT)
    assert sees(panel, nodes[1]) and not offer.isVisible()
    step(panel, nodes[60], frozenset(nodes[:60]))
    assert sees(panel, nodes[60]), "it follows again"


def test_where_the_pass_stands_is_known_in_another_layout(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph)
    nodes = [node.id for node in graph.nodes if node.kind == "backward"]
    step(panel, nodes[100])
    folded = panel.canvas.scene
    panel.unfold_all()
    qtbot.waitUntil(lambda: panel.canvas.scene is not folded and not panel._stage.is_waiting)
    panel.canvas.zoom_to(1.0)
    panel.canvas.center_on(panel.canvas.scene.rect(panel.card_of(nodes[0])).center())
    panel.canvas.moved_by_hand.emit()
    offer = panel.overlays.to_current
    assert not sees(panel, nodes[100]) and offer.isVisible()
    QTest.mouseClick(offer, LEFT)
    assert sees(panel, nodes[100]) and panel.canvas.hasFocus()


def test_another_pass_is_followed_again(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    nodes = [node.id for node in graph.nodes if node.kind == "backward"]
    step(panel, nodes[0])
    drag(panel, QPoint(0, -700))
    panel.set_backward(BackwardView(pass_id=2, current=nodes[90]))
    assert sees(panel, nodes[90])


def test_alt_left_and_right_go_through_the_places_looked_at(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    panel.navigation.rest.setInterval(0)
    centers = []
    for node in (graph.nodes[2].id, graph.nodes[200].id, graph.nodes[400].id):
        panel.canvas.zoom_to(1.0)
        panel.canvas.center_on(panel.canvas.scene.rect(panel.card_of(node)).center())
        qtbot.waitUntil(lambda: not panel.navigation.rest.isActive())
        centers.append(visible(panel).center())
    panel.canvas.setFocus()
    for expected, key in ((1, Qt.Key.Key_Left), (0, Qt.Key.Key_Left), (1, Qt.Key.Key_Right), (2, Qt.Key.Key_Right)):
        QTest.keyClick(panel.canvas, key, Qt.KeyboardModifier.AltModifier)
        apart = visible(panel).center() - centers[expected]
        assert abs(apart.x()) + abs(apart.y()) < 1.0 and panel.canvas.camera.zoom == 1.0


def test_bookmarks_outlast_folding_and_are_gone_through_by_key(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    panel.canvas.setFocus()
    wanted = (graph.nodes[2].id, graph.nodes[400].id)
    for node in wanted:
        panel.canvas.zoom_to(1.0)
        panel.canvas.center_on(panel.canvas.scene.rect(panel.card_of(node)).center())
        QTest.keyClick(panel.canvas, Qt.Key.Key_B)
    assert panel.navigation.n_bookmarks == 2
    panel._stage.set_leaf_cards(True)  # everything stands elsewhere now
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    for node in (*wanted, wanted[0]):
        QTest.keyClick(panel.canvas, Qt.Key.Key_N)
        assert sees(panel, node)
    QTest.keyClick(panel.canvas, Qt.Key.Key_B)
    assert panel.navigation.n_bookmarks == 1, "where one is, the key takes it away"


def test_the_modules_around_the_view_are_named_at_its_edge_and_a_click_shows_one(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    assert not panel.overlays.crumbs.isVisible(), "every title is in view"
    node = next(node.id for node in graph.nodes if node.module == "transformer.h.5.attn")
    panel.canvas.zoom_to(1.0)
    panel.canvas.center_on(panel.canvas.scene.rect(panel.card_of(node)).center())
    titles = [title for _number, title in frames_above(panel.canvas.scene, visible(panel))]
    assert titles == ["transformer", "Block × 12", "h.5", "attn"]
    qtbot.waitUntil(
        lambda: len(panel.overlays.crumbs.findChildren(QToolButton)) == len(titles)
    )  # those before are gone
    buttons = panel.overlays.crumbs.findChildren(QToolButton)
    assert panel.overlays.crumbs.isVisible() and [button.text() for button in buttons] == titles
    qtbot.waitUntil(lambda: buttons[-1].width() > 20)
    assert panel.overlays.crumbs.rect().contains(buttons[-1].geometry())
    bar = panel.overlays.crumbs.geometry()
    assert (bar.left(), bar.top(), bar.width()) == (0, 0, panel.canvas.width()), "all along the edge"
    QTest.mouseClick(buttons[-1], LEFT)
    number, _title = int(buttons[-1].objectName().removeprefix("crumb_")), titles[-1]
    assert visible(panel).contains(QRectF(*panel.canvas.scene.layout.frames[number]))


def test_the_selection_is_shown_as_large_as_it_goes(qtbot, panel) -> None:
    graph = gpt2_graph(12)
    show(qtbot, panel, graph, unfolded=True)
    node = graph.nodes[100].id
    panel._selection.select(SelectedNode(node, 0))
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert panel.canvas.camera.zoom == 1.0
    apart = visible(panel).center() - panel.canvas.scene.rect(panel.card_of(node)).center()
    assert QPointF.dotProduct(apart, apart) < 4.0


def test_a_module_that_has_only_a_number_is_named_with_its_class() -> None:
    frames = tuple(Frame((), -1, title, "Linear", title) for title in ("4", "head"))
    scene = SimpleNamespace(
        shown=SimpleNamespace(frames=frames),
        layout=SimpleNamespace(frames=((0, 0, 900, 900), (0, 0, 800, 800)), heads=(30, 30)),
    )
    assert frames_above(scene, QRectF(300, 300, 100, 100)) == ((0, "4 Linear"), (1, "head"))
