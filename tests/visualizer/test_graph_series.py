"""An open series is gone through with the controls of its frame, with keys, and from the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu

from engine.shared.backward_model import BackwardView
from engine.shared.language import tr
from tests.engine.watched import graph_of
from tests.visualizer.test_graph_panel import settle, show, spot
from tests.visualizer.test_graph_regions import RNN
from visualizer.backprop.graph.frames import title_size
from visualizer.backprop.graph.glyphs import sized
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.graph.series_controls import ALL, NEXT, PREVIOUS, control_places, span_in
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.model.selection import SelectedNode

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def rnn(qtbot, panel: GraphPanel) -> GraphPanel:
    show(qtbot, panel, graph_of(RNN, "loss")[2])
    return panel


def series(panel: GraphPanel) -> tuple[int, ...]:
    """The span of the one open series; () where it is folded."""
    return next((frame.span for frame in panel.canvas.scene.shown.frames if frame.span), ())


def click_control(qtbot, panel: GraphPanel, control: str) -> None:
    panel.fit()
    scene = panel.canvas.scene
    number = next(number for number, frame in enumerate(scene.shown.frames) if frame.span)
    head = scene.layout.heads[number]
    place = control_places(QRectF(*scene.layout.frames[number]), head)[control]
    QTest.mouseClick(panel.canvas, LEFT, NONE, panel.canvas.camera.to_widget(place.center()).toPoint())
    settle(qtbot, panel)


def click_fold(qtbot, panel: GraphPanel) -> None:
    """On the folded series' card, so that it is selected."""
    scene = panel.canvas.scene
    number = next(number for number, slot in enumerate(scene.shown.cards) if slot.fold)
    QTest.mouseClick(panel.canvas, LEFT, NONE, panel.canvas.camera.to_widget(scene.rect(number).center()).toPoint())


def test_the_controls_of_the_frame_lead_to_the_members_around_and_to_all(qtbot, rnn: GraphPanel) -> None:
    click_fold(qtbot, rnn)
    QTest.keyClick(rnn.canvas, Qt.Key.Key_Return)
    settle(qtbot, rnn)
    assert series(rnn) == (0, 1, 60)
    click_control(qtbot, rnn, NEXT)
    click_control(qtbot, rnn, NEXT)
    assert series(rnn) == (2, 3, 60)
    click_control(qtbot, rnn, PREVIOUS)
    assert series(rnn) == (1, 2, 60)
    click_control(qtbot, rnn, ALL)
    assert series(rnn) == (0, 60, 60)


def test_page_keys_go_through_a_series_and_fold_it(qtbot, rnn: GraphPanel) -> None:
    click_fold(qtbot, rnn)
    for key, modifier, expected in (
        (Qt.Key.Key_PageDown, NONE, (0, 1, 60)),
        (Qt.Key.Key_PageDown, NONE, (1, 2, 60)),
        (Qt.Key.Key_PageUp, NONE, (0, 1, 60)),
        (Qt.Key.Key_PageUp, NONE, (0, 1, 60)),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier, (0, 60, 60)),
        (Qt.Key.Key_PageUp, NONE, (59, 60, 60)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier, ()),
    ):
        QTest.keyClick(rnn.canvas, key, modifier)
        settle(qtbot, rnn)
        assert series(rnn) == expected


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen popups neither raise nor grab
def test_a_range_is_asked_for_in_the_menu(qtbot, rnn: GraphPanel) -> None:
    click_fold(qtbot, rnn)
    QTest.keyClick(rnn.canvas, Qt.Key.Key_PageDown)
    settle(qtbot, rnn)
    node = next(node for node in rnn._graph.nodes if node.iteration == 0)
    place = spot(rnn, node.id)
    QApplication.sendEvent(rnn.canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(5, 5)))
    (menu,) = rnn.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Show the one before"].isEnabled() and actions["Show the one after"].isEnabled()
    actions["Show from … to …"].trigger()
    menu.close()
    (dialog,) = rnn.findChildren(QInputDialog)
    dialog.setTextValue("21–24")
    dialog.accept()
    settle(qtbot, rnn)
    assert series(rnn) == (20, 24, 60)


def test_a_node_that_is_found_in_a_long_series_opens_its_member(qtbot, rnn: GraphPanel) -> None:
    index, node = next((i, node) for i, node in enumerate(rnn._graph.nodes) if node.iteration == 30)
    rnn.finding.wanted.emit(index)
    settle(qtbot, rnn)
    assert series(rnn) == (30, 31, 60)
    assert rnn.canvas.selected == rnn.card_of(node.id)


def test_an_open_member_gives_way_to_the_one_that_is_selected_or_stepped_to(qtbot, rnn: GraphPanel) -> None:
    made = {node.iteration: node for node in rnn._graph.nodes if node.kind == "backward"}
    rnn._selection.select(SelectedNode(made[30].id, 0))
    assert series(rnn) == ()  # a fold stays closed
    click_fold(qtbot, rnn)
    QTest.keyClick(rnn.canvas, Qt.Key.Key_PageDown)
    settle(qtbot, rnn)
    rnn._selection.select(SelectedNode(made[30].id, 0))
    settle(qtbot, rnn)
    assert series(rnn) == (30, 31, 60)
    assert rnn.canvas.selected == rnn.card_of(made[30].id)
    rnn.set_backward(BackwardView(current=made[29].id))
    settle(qtbot, rnn)
    assert series(rnn) == (29, 30, 60)
    QTest.keyClick(rnn.canvas, Qt.Key.Key_PageDown)
    settle(qtbot, rnn)
    assert series(rnn) == (30, 31, 60)  # the pass has not gone on: what the person opens stays


@pytest.mark.parametrize(
    ("text", "span"), [("12", (12, 12)), ("20-12", (12, 20)), ("12–20", (12, 20)), ("1 2 3", None), ("all", None)]
)
def test_a_range_is_read_as_it_is_written(text: str, span: tuple[int, int] | None) -> None:
    assert span_in(text) == span


def test_a_step_that_is_opened_in_a_graph_seen_as_a_whole_comes_to_the_middle(qtbot, rnn) -> None:
    canvas = rnn.canvas
    rnn.fit()
    zoom = canvas.camera.zoom
    key = next(slot.fold for slot in canvas.scene.shown.cards if slot.outputs)
    canvas.fold_toggled.emit(key)
    qtbot.waitUntil(lambda: not rnn._stage.is_waiting)
    assert canvas.camera.zoom == zoom
    frame = next(number for number, frame in enumerate(canvas.scene.shown.frames) if frame.fold == key)
    has_room = canvas.camera.fitting(canvas.scene.bounds, QRectF(canvas.rect())) >= zoom
    opened = canvas.scene.bounds if has_room else QRectF(*canvas.scene.layout.frames[frame])
    place = canvas.camera.rect_to_widget(opened)
    assert abs(place.center().x() - canvas.width() / 2) <= 1
    assert place.top() >= 20
    if place.height() < canvas.height() - 50:
        assert abs(place.center().y() - canvas.height() / 2) <= 1


@pytest.mark.parametrize("language", ["en", "pt_BR"])
@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0])
def test_the_words_in_the_head_of_a_series_have_room(qapp, language: str, scale: float) -> None:
    use_language(language)
    head = 40.0
    place = control_places(QRectF(0, 0, 600, 300), head)[ALL]
    face = sized(theme.current().font(13), title_size(head, scale))
    assert max(QFontMetricsF(face).horizontalAdvance(tr(words)) for words in ("one", "all")) <= place.width()
    assert place.right() < 600


def test_controls_stand_in_a_head_as_far_as_there_is_room_beside_its_folding_sign() -> None:
    head = 100.0
    for width, shown in ((600, {ALL, NEXT, PREVIOUS}), (330, {ALL}), (200, set())):
        places = control_places(QRectF(0, 0, width, 900), head)
        assert set(places) == shown, width
        assert all(place.left() >= head and place.right() <= width for place in places.values())
