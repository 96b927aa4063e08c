"""Each card of the graph can be reached and read by a screen reader, through Qt's own interface to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.shared.backward_model import BackwardView
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph
from tests.visualizer.test_graph_content import ADD, NLL, TANH, scene_of
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.states import States
from visualizer.look import accessible_parts, accessible_roles

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


@pytest.fixture
def canvas(qtbot) -> GraphCanvas:
    """With a button that lies over it, and the keyboard."""
    made = lesson_canvas()
    qtbot.addWidget(made)
    made.card_selected.connect(made.set_selected)
    QPushButton("Legend", made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def lesson_canvas() -> GraphCanvas:
    """With the graph of a lesson, held at its tanh."""
    accessible_roles.install()
    made = GraphCanvas(ContentBook())
    made.resize(700, 500)
    scene = scene_of(lesson_graph())
    made.book.add((card(scene.shown.graph.nodes[TANH - 1]),))
    made.set_scene(scene, States(scene, BackwardView(done=frozenset({NLL}), current=TANH, waiting={ADD: (1, 2)})))
    return made


def told(canvas):
    return QAccessible.queryAccessibleInterface(canvas)


def test_every_card_is_a_child_with_a_name_and_what_is_known_of_it(canvas) -> None:
    interface, n_cards = told(canvas), len(canvas.scene.shown.cards)
    assert interface.role() == QAccessible.Role.Canvas and interface.childCount() == 1 + n_cards
    assert interface.child(0).text(NAME) == "Legend"
    cards = [interface.child(1 + number) for number in range(n_cards)]
    assert all(each.text(NAME) and each.text(DESCRIPTION) and each.isValid() for each in cards)
    assert [interface.indexOfChild(each) for each in cards] == list(range(1, n_cards + 1))
    assert {each.parent().role() for each in cards} == {QAccessible.Role.Canvas}
    tanh = cards[TANH - 1]
    assert tanh.text(NAME).startswith("TanhBackward0 ")
    assert "state current" in tanh.text(DESCRIPTION) and "value " in tanh.text(DESCRIPTION)
    assert "1 of 2" in cards[ADD - 1].text(DESCRIPTION)


def test_a_card_is_where_it_is_seen_and_found_there(canvas) -> None:
    interface, number = told(canvas), TANH - 1
    canvas.center_on(canvas.scene.rect(number).center())
    place = interface.child(1 + number).rect()
    assert place.topLeft() == canvas.mapToGlobal(canvas.camera.to_widget(canvas.scene.rect(number).topLeft()).toPoint())
    assert interface.childAt(place.center().x(), place.center().y()).text(NAME).startswith("TanhBackward0")
    corner = canvas.mapToGlobal(QPoint(1, 1))
    assert interface.childAt(corner.x(), corner.y()).text(NAME) == "Legend"
    assert not interface.child(1 + number).state().offscreen
    canvas.pan(5000, 0)
    assert interface.child(1 + number).state().offscreen


def test_the_card_that_a_key_goes_to_is_read(canvas, monkeypatch) -> None:
    heard: list[str] = []

    def spy(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Focus:
            heard.append(event.accessibleInterface().text(NAME))

    monkeypatch.setattr(QAccessible, "updateAccessibility", spy)
    QAccessible.setActive(True)
    try:
        names = [told(canvas).child(1 + number).text(NAME) for number in range(len(canvas.scene.shown.cards))]
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        assert heard == names[:2]
        QTest.keyClick(canvas, Qt.Key.Key_Up)
        assert len(heard) == 3 and heard[2] in names and canvas.selected == names.index(heard[2])
    finally:
        QAccessible.setActive(False)
    chosen = told(canvas).focusChild()
    assert chosen.text(NAME) == heard[2] and chosen.state().selected and chosen.state().focused


def test_a_folded_card_says_that_it_can_be_opened_and_a_card_that_is_gone_that_it_is_none(canvas) -> None:
    last = told(canvas).child(told(canvas).childCount() - 1)
    scene = scene_of(gpt2_graph())
    canvas.set_scene(scene, States(scene, None))
    folded = next(number for number, slot in enumerate(scene.shown.cards) if slot.fold)
    state = told(canvas).child(1 + folded).state()
    assert state.expandable and state.collapsed
    canvas.set_scene(None, None)
    assert told(canvas).childCount() == 1 and not last.isValid() and last.text(NAME) == ""
    assert last.state().invalid and told(canvas).indexOfChild(last) == -1


def test_nothing_is_left_of_a_canvas_that_is_gone(qapp) -> None:
    canvas = lesson_canvas()
    assert told(canvas).child(0).text(NAME) and told(canvas).child(1).text(NAME)
    registered = [number for number, _part in accessible_parts._made[id(canvas)].values()]
    assert all(QAccessible.accessibleInterface(number).isValid() for number in registered) and len(registered) == 2
    canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [QAccessible.accessibleInterface(number) for number in registered] == [None] * 2
    assert not accessible_parts._made
