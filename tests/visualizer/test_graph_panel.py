"""The graph panel as a person uses it: real clicks, wheels and keys on the real widget."""

from __future__ import annotations

import os
import signal

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.protocol.graph_values import Graph, NodeOutput
from engine.protocol.sentence import Sentence
from engine.shared.backward_model import BackwardView
from tests.processes import send_signal
from tests.visualizer.graph_demo import card, chain_graph, gpt2_graph, lesson_graph, no_facts
from visualizer.backprop.graph.card_nodes import node_of
from visualizer.backprop.graph.painter import READABLE
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.graph.scene_builder import landmark
from visualizer.backprop.program.run_lines import RunLines
from visualizer.look import theme
from visualizer.model.query import HELP
from visualizer.model.selection import SelectedNode, Selection

BLOCKS = "transformer.h.0…transformer.h.11"
LEFT = Qt.MouseButton.LeftButton


def show(qtbot, panel: GraphPanel, graph: Graph) -> None:
    panel.set_graph(graph)
    panel._selection.set_graph(graph)
    settle(qtbot, panel)


def settle(qtbot, panel: GraphPanel) -> None:
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)


def spot(panel: GraphPanel, node_id: int) -> QPoint:
    """The middle of a node's card on the canvas."""
    scene = panel.canvas.scene
    rect = scene.rect(int(scene.shown.card_of[panel._index[node_id]]))
    return panel.canvas.camera.to_widget(rect.center()).toPoint()


def selected_node(panel: GraphPanel) -> int:
    return node_of(panel.canvas.scene, panel.canvas.selected)


def card_with(panel: GraphPanel, fold: str) -> QPoint:
    scene = panel.canvas.scene
    number = next(i for i, slot in enumerate(scene.shown.cards) if slot.fold == fold)
    return panel.canvas.camera.to_widget(scene.rect(number).center()).toPoint()


def test_what_was_laid_out_behind_a_tab_is_laid_out_for_the_room_that_it_is_seen_in(qtbot, panel) -> None:
    size = panel.size()
    panel.resize(300, 900)  # as behind a tab
    show(qtbot, panel, chain_graph(40))
    before = panel.canvas.scene.bounds
    panel.resize(1000, 500)
    assert panel.canvas.scene.bounds == before, "a window of another size moves no card"
    panel.fit()
    settle(qtbot, panel)
    after = panel.canvas.scene.bounds
    assert after.width() / after.height() > 2 * before.width() / before.height()
    panel.fit()
    assert not panel._stage.is_waiting and panel.canvas.scene.bounds == after
    panel.resize(size)


def test_a_click_selects_a_node_and_one_on_nothing_clears(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    with qtbot.waitSignal(panel.selected) as got:
        QTest.mouseClick(panel.canvas, LEFT, pos=spot(panel, 4))
    assert got.args == [SelectedNode(4)] and selected_node(panel) == 4
    with qtbot.waitSignal(panel.selected) as got:
        QTest.mouseClick(panel.canvas, LEFT, pos=QPoint(panel.canvas.width() - 5, 5))
    assert got.args == [None] and panel.canvas.selected == -1


def test_the_selected_card_has_a_blue_outline_and_the_current_one_an_amber_one(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.set_backward(BackwardView(done=frozenset({1, 2, 3}), current=4))
    panel._selection.select(SelectedNode(1))
    look, picture = theme.current(), panel.canvas.grab().toImage()
    for node, token, outset in ((1, "accent.line", 3.5), (4, "flow.line", -1.0)):
        scene = panel.canvas.scene
        rect = panel.canvas.camera.rect_to_widget(scene.rect(node - 1))
        found = {picture.pixelColor(round(rect.left() - outset) + dx, round(rect.center().y())).name()
                 for dx in (-1, 0, 1)}  # fmt: skip
        assert look.color(token).name() in found


def test_hovering_tells_the_source_and_leaving_takes_it_back(qtbot, panel) -> None:
    graph = lesson_graph()
    show(qtbot, panel, graph)
    with qtbot.waitSignal(panel.source_hovered) as got:
        QTest.mouseMove(panel.canvas, spot(panel, 4))
    assert got.args == [graph.nodes[3].source]
    with qtbot.waitSignal(panel.source_hovered) as got:
        QTest.mouseMove(panel.canvas, QPoint(panel.canvas.width() - 3, 3))
    assert got.args == [None]


def test_a_place_in_the_program_marks_the_innermost_expression(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    lines = RunLines(lambda line: "")
    lines.begin("two_layers.py", "\n" * 20)
    panel.highlight_source(lines.covering(8, 17))
    assert panel.canvas.marked == {5}  # x @ W1, not x @ W1 + b1 around it
    panel.highlight_source(lines.covering(8, 25))
    assert panel.canvas.marked == {4}
    lines.begin("other.py", "\n" * 20)
    panel.highlight_source(lines.covering(8, 25))
    assert panel.canvas.marked == frozenset()


def test_a_large_graph_starts_folded_and_a_double_click_unfolds_in_place(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph())
    assert len(panel.canvas.scene.shown.cards) < 60
    before = panel.canvas.camera.to_widget(landmark(panel.canvas.scene, BLOCKS))
    QTest.mouseDClick(panel.canvas, LEFT, pos=card_with(panel, BLOCKS))
    settle(qtbot, panel)
    assert BLOCKS not in panel.canvas.scene.shown.folded
    after = panel.canvas.camera.to_widget(landmark(panel.canvas.scene, BLOCKS))
    assert (after - before).manhattanLength() < 1.0
    frame = next(i for i, frame in enumerate(panel.canvas.scene.shown.frames) if frame.fold == BLOCKS)
    corner = QPointF(*panel.canvas.scene.layout.frames[frame][:2]) + QPointF(14, 13)
    QTest.mouseClick(panel.canvas, LEFT, pos=panel.canvas.camera.to_widget(corner).toPoint())
    settle(qtbot, panel)
    assert BLOCKS in panel.canvas.scene.shown.folded


def test_enter_unfolds_and_fold_all_folds(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph(2))
    panel.canvas.setFocus()
    key = next(slot.fold for slot in panel.canvas.scene.shown.cards if slot.stack > 1)
    QTest.mouseClick(panel.canvas, LEFT, pos=card_with(panel, key))
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    settle(qtbot, panel)
    assert key not in panel.canvas.scene.shown.folded
    panel.unfold_all()
    settle(qtbot, panel)
    assert not any(slot.fold for slot in panel.canvas.scene.shown.cards)
    panel.fold_all()
    settle(qtbot, panel)
    assert {slot.fold for slot in panel.canvas.scene.shown.cards} >= {"transformer", "lm_head"}


def test_the_keyboard_goes_from_card_to_card(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Tab)
    assert selected_node(panel) == 1
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up)
    assert selected_node(panel) == 2
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up)
    assert selected_node(panel) == 4
    QTest.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert selected_node(panel) == 9  # W2 stands beside tanh
    QTest.keyClick(panel.canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert selected_node(panel) == 8
    with qtbot.waitSignal(panel.selected) as got:
        QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert got.args == [SelectedNode(8)]
    panel._selection.clear()
    assert panel.canvas.selected == -1
    x = panel.canvas.camera.x
    QTest.keyClick(panel.canvas, Qt.Key.Key_Left)
    assert panel.canvas.camera.x > x  # nothing selected: arrows pan


def test_search_finds_steps_and_clears(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = panel.bar.field
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "accumulate")
    assert panel.bar.found.text() == "0 of 3" and panel.canvas.marked == {6, 7, 8}
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.bar.found.text() == "1 of 3" and selected_node(panel) == 7
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.bar.found.text() == "1 of 3"
    field.clear()
    for words, expected in (("(4, 5)", {3, 4, 5}), ("X @ w1", {3, 4, 5}), ("torch.tanh", {3}), ("zebra", set())):
        field.setText(words)
        assert set(panel.finding.matches) == expected
    assert panel.bar.found.text() == "not found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not panel.finding.results.isVisible() and field.text() == "zebra"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "" and panel.bar.found.text() == "" and not panel.canvas.marked


def test_search_opens_the_module_that_hides_a_match(qtbot, panel) -> None:
    graph = gpt2_graph()
    show(qtbot, panel, graph)
    panel.bar.field.setText("h.3.attn split")
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Return)
    settle(qtbot, panel)
    node = graph.nodes[panel.finding.matches[0]]
    assert node.name == "SplitBackward0" and node.module == "transformer.h.3.attn"
    assert selected_node(panel) == node.id
    assert panel.canvas.rect().contains(spot(panel, node.id))


def wheel(panel: GraphPanel, at: QPoint, delta: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, QPointF(panel.canvas.mapToGlobal(at)), QPoint(), delta, Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.canvas, event)


def test_the_wheel_zooms_at_the_cursor_and_pans_with_shift(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    at, camera = spot(panel, 4), panel.canvas.camera
    under, zoom = camera.to_scene(QPointF(at)), camera.zoom
    wheel(panel, at, QPoint(0, 120))
    assert camera.zoom > zoom
    assert (camera.to_scene(QPointF(at)) - under).manhattanLength() < 1e-6
    x, zoom = camera.x, camera.zoom
    wheel(panel, at, QPoint(0, 120), Qt.KeyboardModifier.ShiftModifier)
    assert camera.zoom == zoom and camera.x != x


def test_a_drag_pans_and_does_not_select(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    canvas, start = panel.canvas, spot(panel, 4)
    x, y = canvas.camera.x, canvas.camera.y
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, start + QPoint(30, 20))
    QTest.mouseMove(canvas, start + QPoint(60, 45))
    QTest.mouseRelease(canvas, LEFT, pos=start + QPoint(60, 45))
    assert (canvas.camera.x - x, canvas.camera.y - y) == (60, 45)
    assert canvas.selected == -1


def test_zoom_buttons_fit_and_100_percent(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    assert panel.canvas.camera.zoom <= 1.0
    QTest.mouseClick(panel.bar.larger, LEFT)
    QTest.mouseClick(panel.bar.larger, LEFT)
    assert panel.canvas.camera.zoom > 1.0
    QTest.mouseClick(panel.bar.percent, LEFT)
    assert panel.canvas.camera.zoom == 1.0 and panel.bar.percent.text() == "100 %"
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Minus)
    assert panel.canvas.camera.zoom < 1.0
    panel.canvas.pan(5000, 0)
    QTest.keyClick(panel.canvas, Qt.Key.Key_F)
    visible = panel.canvas.camera.rect_to_widget(panel.canvas.scene.bounds)
    assert panel.canvas.rect().contains(visible.toRect())


def test_the_cards_of_large_tensors_are_asked_for_one_by_one(qtbot, panel) -> None:
    graph, asked = lesson_graph(), list[tuple[int, ...]]()
    large = NodeOutput((1024, 1024), "float32")
    nodes = tuple(replace(node, outputs=(large,)) if node.id in (3, 6) else node for node in graph.nodes)
    panel.cards_wanted.connect(lambda _graph, ids, _slots, _parts: asked.append(ids))
    with qtbot.waitSignal(panel.cards_wanted):
        show(qtbot, panel, replace(graph, nodes=nodes))
    assert sorted(node for ids in asked for node in ids) == list(range(1, 12))
    assert all(ids in asked for ids in ((3,), (6,))) and len(asked) == 5


def test_stepping_moves_nothing_and_asks_for_new_gradients(qtbot, panel) -> None:
    graph = lesson_graph()
    with qtbot.waitSignal(panel.cards_wanted) as got:
        show(qtbot, panel, graph)
    assert got.args[0] == graph.id and set(got.args[1]) == set(range(1, 12))
    panel.set_cards(tuple(card(node, gradient=False) for node in graph.nodes))
    before = (panel.canvas.camera.x, panel.canvas.camera.y, panel.canvas.scene.rects.copy())
    with qtbot.waitSignal(panel.cards_wanted) as got:
        panel.set_backward(BackwardView(done=frozenset({1, 2}), current=3))
    assert got.args[1] == (1, 2, 3)
    assert (panel.canvas.camera.x, panel.canvas.camera.y) == before[:2]
    assert (panel.canvas.scene.rects == before[2]).all()


def test_a_current_node_out_of_sight_is_brought_into_view(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.canvas.zoom_to(1.0)
    panel.canvas.pan(0, -20_000)
    panel.set_backward(BackwardView(done=frozenset({1, 2}), current=3))
    assert panel.canvas.rect().contains(spot(panel, 3))


def test_from_afar_no_cards_are_asked_for(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.canvas.zoom_to(READABLE * 0.9)
    assert panel.canvas.visible_cards() == []


def test_empty_states_say_why_and_what_to_do(qtbot, panel) -> None:
    panel.set_graph(None)
    assert panel.overlays.empty.isVisible() and "Begin here" in panel.overlays.empty.text
    reason = "y was computed under torch.no_grad(), so autograd recorded no graph."
    panel.set_graph(Graph(9, "y", reason=Sentence("graph.reason", reason), outputs=("y",)))
    assert panel.overlays.empty.text == reason and not panel.overlays.minimap.isVisible()
    assert panel.bar.output.isVisible()
    panel.set_graph(Graph(10, "", reason=Sentence("graph.reason", reason)))
    assert not panel.bar.output.isVisible(), "there is none to choose"
    show(qtbot, panel, lesson_graph())
    assert not panel.overlays.empty.isVisible() and panel.overlays.minimap.isVisible()


def test_a_graph_that_is_being_laid_out_is_not_said_to_be_none(qtbot, panel) -> None:
    panel.set_graph(lesson_graph())
    assert panel.overlays.empty.text == "" and panel.canvas.scene is None
    settle(qtbot, panel)
    assert panel.canvas.scene is not None


def test_the_title_bar_counts_and_the_menu_chooses_an_output(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    assert panel.bar.counts.text() == "9 nodes, 8 edges"
    assert panel.bar.recorded.text() == "12.4 MB of 1 GB recorded"
    names = [action.text() for action in panel.bar.output.menu().actions()]
    assert names == ["loss", "logits", "h"]
    with qtbot.waitSignal(panel.output_chosen) as got:
        panel.bar.output.menu().actions()[1].trigger()
    assert got.args == ["logits"]


def test_a_narrow_panel_keeps_zoom_and_search(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.resize(380, 420)
    for widget in (panel.bar.field, panel.bar.fit, panel.bar.larger, panel.bar.output):
        assert widget.isVisible() and widget.geometry().right() <= panel.width()
    assert not panel.bar.recorded.isVisible() and not panel.bar.counts.isVisible()


def test_the_minimap_goes_where_it_is_clicked(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph())
    panel.unfold_all()
    settle(qtbot, panel)
    panel.canvas.zoom_to(0.8)
    minimap = panel.overlays.minimap
    QTest.mouseClick(minimap, LEFT, pos=QPoint(minimap.width() // 2, minimap.height() - 14))
    low = panel.canvas.camera.y
    QTest.mouseClick(minimap, LEFT, pos=QPoint(minimap.width() // 2, 14))
    assert panel.canvas.camera.y > low


def test_keys_move_the_view_over_the_minimap(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph())
    panel.unfold_all()
    settle(qtbot, panel)
    canvas, minimap = panel.canvas, panel.overlays.minimap
    canvas.zoom_to(0.5)
    assert minimap.focusPolicy() & Qt.FocusPolicy.TabFocus

    def middle(key: Qt.Key) -> QPointF:
        QTest.keyClick(minimap, key)
        return canvas.camera.visible(QSizeF(canvas.size())).center()

    top, low = middle(Qt.Key.Key_Home), middle(Qt.Key.Key_End)
    assert abs(top.y() - canvas.scene.bounds.top()) < 4 and abs(low.y() - canvas.scene.bounds.bottom()) < 4
    seen = canvas.height() / canvas.camera.scale
    assert abs(low.y() - middle(Qt.Key.Key_PageUp).y() - seen) < 4
    assert abs(low.y() - middle(Qt.Key.Key_Up).y() - 1.25 * seen) < 4
    assert middle(Qt.Key.Key_Left).x() < low.x() < middle(Qt.Key.Key_Right).x() + 4
    n_seen = len(canvas.scene.cards_in(canvas.camera.visible(QSizeF(canvas.size()))))
    assert minimap.told_now() == f"{n_seen} of {len(canvas.scene.rects)} cards in view"
    for _ in range(40):
        right = middle(Qt.Key.Key_Right)
    assert abs(right.x() - canvas.scene.bounds.right()) < 4, "no further than the graph"


def test_the_legend_folds(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    legend = panel.overlays.legend
    tall = legend.height()
    QTest.mouseClick(legend, LEFT, pos=QPoint(20, 10))
    assert legend.height() < tall / 3
    QTest.mouseClick(legend, LEFT, pos=QPoint(20, 10))
    assert legend.height() == tall


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen popups neither raise nor grab
def test_the_context_menu_folds_the_module_around_a_card(qtbot, panel) -> None:
    graph = gpt2_graph(2)
    show(qtbot, panel, graph)
    panel.unfold_all()
    settle(qtbot, panel)
    node = next(node for node in graph.nodes if node.name == "GeluBackward0")
    QApplication.sendEvent(
        panel.canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot(panel, node.id), QPoint(200, 200))
    )
    menu = QApplication.activePopupWidget()
    entries = {action.text(): action for action in menu.actions()}
    assert {f"Fold {node.module}", "Unfold all modules", "Fold all modules", "Fit the whole graph"} <= set(entries)
    entries[f"Fold {node.module}"].trigger()
    menu.close()
    settle(qtbot, panel)
    assert node.module in panel.canvas.scene.shown.folded


def test_a_slow_layout_can_be_cancelled_and_the_picture_stays(qtbot, panel, monkeypatch) -> None:
    show(qtbot, panel, gpt2_graph(2))
    scene = panel.canvas.scene
    panel._stage._banner.setInterval(0)
    panel._stage.patience.waiting_ms = 1e6
    send_signal(panel._stage.layout.process_id, signal.SIGSTOP)  # a layout that takes for ever
    panel.unfold_all()
    qtbot.waitUntil(panel.overlays.slow.button.isVisible)
    assert panel.overlays.slow.words.text() == f"Laying out {len(panel._stage._pending[0].cards)} cards…"
    QTest.mouseClick(panel.overlays.slow.button, LEFT)
    assert panel.canvas.scene is scene and not panel.overlays.slow.isVisible()
    panel.unfold_all()
    settle(qtbot, panel)
    assert not any(slot.fold for slot in panel.canvas.scene.shown.cards)


@pytest.mark.parametrize("limit", ["computing_ms", "waiting_ms"])
def test_a_layout_that_takes_too_long_gives_way_to_a_plainer_one_that_says_so(qtbot, panel, limit: str) -> None:
    show(qtbot, panel, gpt2_graph(2))
    said: list[str] = []
    panel.status.connect(lambda say: said.append(say()))
    setattr(panel._stage.patience, limit, 0.0)
    send_signal(panel._stage.layout.process_id, signal.SIGSTOP)  # a layout that takes for ever
    panel.unfold_all()
    settle(qtbot, panel)
    scene = panel.canvas.scene
    assert scene.layout.engine == "plain" and not scene.shown.folded
    assert said == [
        "The graph is drawn plainly, with lines that may pass behind cards: a layout with routes would take long."
    ]
    show(qtbot, panel, gpt2_graph(2, number=9))
    assert panel.canvas.scene.layout.centers == scene.layout.centers, "run again, everything stays where it was"


def test_a_layout_that_gets_no_processor_for_a_while_is_not_given_up(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph(2))
    panel._stage.patience.computing_ms = waited_ms = 1_000
    process = panel._stage.layout.process_id
    send_signal(process, signal.SIGSTOP)
    panel.unfold_all()
    qtbot.wait(waited_ms + 200)
    send_signal(process, signal.SIGCONT)
    settle(qtbot, panel)
    assert panel.canvas.scene.layout.engine != "plain"


def test_the_same_program_run_again_keeps_fold_and_view(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph(3, number=1))
    panel.unfold_all()
    settle(qtbot, panel)
    panel.canvas.zoom_to(0.7)
    before = (panel.canvas.camera.x, panel.canvas.camera.zoom, len(panel.canvas.scene.shown.cards))
    show(qtbot, panel, gpt2_graph(3, number=2))
    assert (panel.canvas.camera.x, panel.canvas.camera.zoom, len(panel.canvas.scene.shown.cards)) == before


def test_gpt2_comes_folded_again_after_it_was_unfolded(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())  # the layout process is warm by then, as it is in the window
    with qtbot.waitSignal(panel.painted):
        panel.set_graph(gpt2_graph())
    panel.unfold_all()
    qtbot.waitUntil(lambda: len(panel.canvas.scene.shown.cards) > 100)
    panel.set_graph(None)
    with qtbot.waitSignal(panel.painted):
        panel.set_graph(gpt2_graph())
    assert panel.canvas.scene.shown.folded


def test_closing_ends_the_layout_process(qtbot, panel) -> None:
    show(qtbot, panel, chain_graph(40))
    process_id = panel._stage.layout.process_id
    panel.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


def test_a_panel_deleted_with_its_parent_ends_the_layout_process_too(qtbot) -> None:
    parent = QWidget()
    panel = GraphPanel(Selection(parent), no_facts(parent), parent)
    show(qtbot, panel, chain_graph(40))
    process_id = panel._stage.layout.process_id
    assert process_id > 0
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


def test_another_theme_and_another_scale_repaint_everything(qtbot, panel) -> None:
    look = theme.current()
    mode, scale = look.mode, look.scale
    show(qtbot, panel, lesson_graph())
    try:
        look.set_mode("light")
        corner = panel.canvas.grab().toImage().pixelColor(panel.canvas.width() - 8, 8)
        assert corner == QColor(look.color("bg.canvas"))
        width = panel.canvas.camera.rect_to_widget(panel.canvas.scene.rect(0)).width()
        look.set_scale(2.0)
        doubled = panel.canvas.camera.rect_to_widget(panel.canvas.scene.rect(0)).width()
        assert doubled == pytest.approx(2 * width)
    finally:
        look.set_mode(mode)
        look.set_scale(scale)


def test_a_graph_that_is_replaced_before_it_was_laid_out_is_still_fitted(qtbot, panel) -> None:
    graph = lesson_graph()
    panel.resize(500, 400)
    panel.set_graph(graph)
    panel.set_graph(msgspec.structs.replace(graph, id=graph.id + 1))
    settle(qtbot, panel)
    bounds = panel.canvas.camera.rect_to_widget(panel.canvas.scene.bounds)
    assert QRectF(panel.canvas.rect()).contains(bounds)


def rows(panel: GraphPanel) -> list[str]:
    """What the list under the search field says."""
    model = panel.finding.results.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row), role) for row in range(model.rowCount())]


def test_the_list_of_matches_is_walked_with_the_arrows_and_enter_goes_to_one(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.focus_search()
    field, results = panel.bar.field, panel.finding.results
    QTest.keyClicks(field, "op:matmul")
    assert results.isVisible() and results.head.text() == "2 found"
    assert rows(panel) == ["MmBackward0 logits line 9 (4, 3) f32", "MmBackward0 x @ W1 line 8 (4, 5) f32"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert results.row == 1 and panel.canvas.selected == -1  # walking the list goes nowhere
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert selected_node(panel) == 6 and panel.bar.found.text() == "2 of 2"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert selected_node(panel) == 3 and results.row == 0
    panel.canvas.setFocus()
    assert not results.isVisible() and panel.canvas.marked == {2, 5}
    panel.finding.step(-1)
    assert selected_node(panel) == 6


def test_a_click_on_a_row_goes_to_its_node_beside_the_list(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.focus_search()
    QTest.keyClicks(panel.bar.field, "accumulate")
    view = panel.finding.results.list
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(2)).center())
    assert selected_node(panel) == 9 and panel.bar.found.text() == "3 of 3"
    scene = panel.canvas.scene
    card = scene.rect(int(scene.shown.card_of[panel._index[9]]))
    place = panel.canvas.camera.rect_to_widget(card).toRect()
    assert not panel.finding.results.geometry().intersects(place) and panel.canvas.rect().contains(place)
    assert QApplication.focusWidget() is panel.bar.field


def test_an_empty_field_lists_what_can_be_asked(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.focus_search()
    assert panel.finding.results.isVisible() and len(rows(panel)) == len(HELP)
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Up)
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Return)
    assert panel.bar.field.text() == HELP[-1][0]
    panel.bar.field.clear()
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Escape)
    assert not panel.finding.results.isVisible() and panel.canvas.hasFocus()


def test_a_term_that_is_not_understood_is_said_and_finds_nothing(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    panel.focus_search()
    QTest.keyClicks(panel.bar.field, "tanh norm>big")
    assert panel.finding.results.head.text().startswith("“big” is no number")
    assert rows(panel) == [] and not panel.canvas.marked and panel.bar.found.text() == "not found"
    head, results = panel.finding.results.head, panel.finding.results
    QApplication.processEvents()
    assert results.height() >= head.height() >= head.heightForWidth(head.width())
    assert panel.canvas.rect().contains(results.geometry())


def test_matches_are_told_and_marked_in_the_overview(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    minimap = panel.overlays.minimap
    blue = theme.current().color("accent.line")

    def dots() -> int:
        image = minimap.grab().toImage()
        return sum(image.pixelColor(x, y) == blue for x in range(image.width()) for y in range(image.height()))

    before = dots()
    with qtbot.waitSignal(panel.found) as got:
        panel.bar.field.setText("tanh")
    assert got.args == [frozenset({4})] and dots() > before


def test_the_overview_shows_the_way_that_is_lit_and_where_the_pass_is(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    minimap = panel.overlays.minimap
    flow = theme.current().color("flow.line")

    def n_lit() -> int:
        image = minimap.grab().toImage()
        return sum(image.pixelColor(x, y) == flow for x in range(image.width()) for y in range(image.height()))

    assert not n_lit()
    panel.set_backward(BackwardView(current=4, pass_id=1))
    dot = n_lit()
    assert dot
    panel._selection.select(SelectedNode(4))
    qtbot.waitUntil(lambda: n_lit() > dot)
    panel.light.dismiss()
    assert n_lit() == dot


def test_the_list_follows_what_is_typed_and_another_graph_while_it_hangs_open(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph())
    panel.focus_search()
    field = panel.bar.field
    lengths = []
    for letter in "op:addmm module:h.3":
        QTest.keyClicks(field, letter)
        panel.finding.results.grab()
        lengths.append(len(rows(panel)))
    assert lengths[-1] == len(panel.finding.matches) > 0
    show(qtbot, panel, lesson_graph())
    panel.finding.results.grab()
    assert rows(panel) == []
    field.setText("op:mm")
    assert len(rows(panel)) == 2


@pytest.mark.parametrize(("width", "share"), [(1500, 1.0), (900, 0.815), (600, 0.6)])
def test_in_a_small_canvas_the_overview_is_small_and_under_an_open_legend_as_wide_as_that(qtbot, panel, width, share):
    panel.resize(width, 900)
    show(qtbot, panel, gpt2_graph())
    minimap, legend = panel.overlays.minimap, panel.overlays.legend
    assert minimap.isVisible() and abs(minimap.width() - 184 * share) <= 1 and abs(minimap.height() - 118 * share) <= 1
    assert legend.isVisible() and legend.width() == minimap.width() and legend.geometry().bottom() < minimap.y()
    panel.overlays.show_legend("open")
    assert legend.width() == minimap.width() == 184


def test_a_legend_that_has_room_again_hides_no_card(qtbot, panel) -> None:
    """The canvas was too narrow for it, and meanwhile the view was led elsewhere."""
    panel.resize(1500, 900)
    show(qtbot, panel, lesson_graph())
    legend = panel.overlays.legend
    assert legend.isVisible() and legend.is_open
    panel.resize(500, 900)
    qtbot.waitUntil(lambda: not legend.is_open)
    canvas = panel.canvas
    a_card = canvas.scene.bounds.topLeft() + QPointF(40, 40)  # ends up where the legend was
    canvas.camera.anchor(a_card, QPointF(-150, 300))
    panel.resize(1000, 900)
    qtbot.waitUntil(lambda: canvas.width() == 1000)
    hidden = QRectF(legend.geometry())
    area = QRectF(canvas.camera.to_scene(hidden.topLeft()), hidden.size() / canvas.camera.scale)
    assert legend.isVisible() and not legend.is_open and not canvas.scene.cards_in(area).size
