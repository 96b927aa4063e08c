"""Cards around the view, and where a pass goes next, have their pictures before they are seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPixmap

from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import gpt2_graph
from visualizer.backprop.graph.card_pixmaps import _KEPT_BYTES, MADE_AHEAD_BYTES, CardPixmaps
from visualizer.backprop.graph.painter import NAMED
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.graph.scene_view import REST_MS
from visualizer.look import theme


def pixmaps(panel: GraphPanel) -> CardPixmaps:
    return panel.canvas._painter._pixmaps


def made(panel: GraphPanel) -> dict[tuple, QPixmap]:
    return {key: picture for key, (_content, picture) in pixmaps(panel)._kept.items()}


def rest(qtbot, panel: GraphPanel) -> None:
    """A frame is painted, and what follows of it is done."""
    panel.canvas.repaint()
    qtbot.waitUntil(lambda: panel.canvas.ahead.is_done)


@pytest.fixture
def unfolded(qtbot, panel) -> GraphPanel:
    graph = gpt2_graph(12)
    panel.set_graph(graph)
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    panel.unfold_all()
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    canvas = panel.canvas
    canvas.zoom_to(0.67)
    canvas.center_on(canvas.scene.rect(len(canvas.scene.rects) // 2).center())
    qtbot.waitUntil(lambda: not canvas._rest.isActive())
    rest(qtbot, panel)
    return panel


def test_a_pan_finds_the_cards_made(qtbot, unfolded) -> None:
    canvas, before = unfolded.canvas, made(unfolded)
    seen = set(canvas.visible_cards())
    canvas.pan(-round(canvas.width() * 0.4), round(canvas.height() * 0.4))
    canvas.repaint()
    assert set(canvas.visible_cards()) - seen, "other cards have come into view"
    assert made(unfolded) == before


def test_a_step_to_a_far_place_where_the_pass_goes_next_draws_its_own_cards_alone(qtbot, unfolded) -> None:
    canvas, scene = unfolded.canvas, unfolded.canvas.scene
    cards = {
        node.id: scene.rect(int(scene.shown.card_of[place])).center()
        for place, node in enumerate(scene.shown.graph.nodes)
        if node.kind == "backward"
    }
    near = next(iter(cards))
    far = max(cards, key=lambda node: (cards[node] - cards[near]).manhattanLength())
    unfolded.set_backward(BackwardView(pass_id=1, current=near), (far,))
    rest(qtbot, unfolded)
    view, before = canvas.camera.visible(QSizeF(canvas.size())), made(unfolded)
    around = view.adjusted(-view.width() / 2, -view.height() / 2, view.width() / 2, view.height() / 2)
    unfolded.set_backward(BackwardView(pass_id=1, done=frozenset({near}), current=far))
    canvas.repaint()
    assert not around.intersects(canvas.camera.visible(QSizeF(canvas.size())))
    assert len(canvas.visible_cards()) > 1
    assert len(made(unfolded).keys() - before.keys()) == 1


def test_a_view_that_the_person_leads_has_no_place_to_go_next(qtbot, unfolded) -> None:
    canvas, graph = unfolded.canvas, unfolded.canvas.scene.shown.graph
    nodes = [node.id for node in graph.nodes if node.kind == "backward"]
    unfolded.set_backward(BackwardView(pass_id=1, current=nodes[0]), (nodes[-3],))
    assert canvas.cameras_to_come()
    canvas.moved_by_hand.emit()
    assert not canvas.cameras_to_come()


def test_where_all_is_made_nothing_goes_on(qtbot, unfolded) -> None:
    before = made(unfolded)
    rest(qtbot, unfolded)
    assert made(unfolded) == before
    ahead = unfolded.canvas.ahead
    assert not ahead._rest.isActive() and not ahead._next.isActive()


def test_another_look_and_another_zoom_make_others(qtbot, unfolded) -> None:
    canvas, before = unfolded.canvas, made(unfolded)
    theme.current().set_mode("light")
    unfolded.canvas.restyle()
    assert canvas.ahead.is_done and not made(unfolded)
    rest(qtbot, unfolded)
    assert not {picture.cacheKey() for picture in made(unfolded).values()} & {p.cacheKey() for p in before.values()}
    canvas.zoom_to(0.8)
    rest(qtbot, unfolded)
    _content, (_flags, scale, _ratio) = list(made(unfolded))[-1]
    assert scale == canvas.camera.scale


def test_no_picture_is_made_ahead_between_two_frames_of_a_zoom(unfolded) -> None:
    canvas = unfolded.canvas
    for _ in range(3):
        canvas.zoom_to(canvas.camera.zoom * 1.05, QPointF(500, 400))
        canvas.repaint()
        assert canvas.ahead.is_done or canvas._backing.is_sharp
    assert not canvas._backing.is_sharp and canvas.ahead.is_done
    assert canvas._rest.isActive() and REST_MS > 0


def test_from_afar_there_are_no_pictures(qtbot, unfolded) -> None:
    before = made(unfolded)
    unfolded.fit()
    assert unfolded.canvas.camera.scale < NAMED
    rest(qtbot, unfolded)
    assert made(unfolded) == before


def test_on_a_large_screen_what_is_in_view_stays_and_the_rest_is_bounded(qtbot, unfolded) -> None:
    canvas = unfolded.canvas
    unfolded.resize(2600, 1700)
    for zoom in (1.5, 2.0, 3.0, 4.0):
        canvas.zoom_to(zoom)
        canvas.redraw()
        rest(qtbot, unfolded)
        now = [content for content, (_flags, scale, _ratio) in made(unfolded) if scale == canvas.camera.scale]
        assert {id(canvas.book.content(canvas.scene, canvas.states, card)) for card in canvas.visible_cards()} <= {*now}
        n_bytes = sum(
            picture.width() * picture.height() * 4
            for (_c, (_f, scale, _r)), picture in made(unfolded).items()
            if scale == canvas.camera.scale
        )
        assert n_bytes <= MADE_AHEAD_BYTES
        assert pixmaps(unfolded).n_bytes <= _KEPT_BYTES


def test_another_graph_ends_what_is_under_way(qtbot, unfolded) -> None:
    unfolded.canvas.repaint()
    assert not unfolded.canvas.ahead.is_done
    unfolded.set_graph(None)
    assert unfolded.canvas.ahead.is_done
