"""Step keys that come faster than the engine: none is lost, and Pause, Back and Stop act at once."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.visualizer import window as w
from visualizer.model.selection import SelectedModule, SelectedNode

CHAIN = """import time, torch
class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1
    @staticmethod
    def backward(ctx, gradient):
        time.sleep(0.02)
        return gradient
x = torch.ones(3, requires_grad=True)
loss = x.sum()
for _ in range(60):
    loss = Slow.apply(loss)
loss.backward()
"""
LOOP = """import torch
w = torch.ones(3, requires_grad=True)
for _ in range(4):
    (w * w).sum().backward()
"""
PARTS = """import torch
x = torch.ones(3, requires_grad=True)
y = x * 2
loss = y[0:2].sum() + y[2]
loss.backward()
"""


@pytest.fixture(scope="module")
def shared(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared):
    """The shared window, idle."""
    yield shared
    shared.session.stop()
    w.until(lambda: shared.session.state == "ready", "the engine is idle")


@pytest.fixture
def held(window):
    """The window, held at the first of 63 nodes."""
    w.start(window, CHAIN, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "backward is held")
    return window


def position(window):
    return window.session.history.position


def settle(window, at):
    w.until(lambda: window.session.state == "paused" and position(window) == at, f"backward is held at node {at}")


def key(window, kind, repeats, code=Qt.Key.Key_F10):
    """What the platform tells the window of a key that is held down."""
    event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, "", repeats)
    QApplication.sendEvent(window.windowHandle(), event)


def test_forty_presses_while_steps_are_under_way_make_forty_steps(held):
    with w.standing_still(held):
        for _ in range(40):
            w.press(held, "F10")
        assert position(held) == 1
    settle(held, 41)


def test_presses_go_on_into_the_next_pass_and_end_with_the_program(window):
    finished = w.start(window, LOOP, "Ctrl+Shift+Return")
    for _ in range(13):  # each pass has three nodes; the first press comes before the first pass
        w.press(window, "F10")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and window.session.history.newest == 4
    again = w.start(window, LOOP, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "backward is held")
    assert position(window) == 1 and not again  # what was pressed too many is forgotten


def test_step_keys_keep_their_order(held):
    nodes = {node.sequence: node.id for node in held.session.graph.nodes}
    target = held.session.history.order()[9]
    assert target in nodes.values()
    held.selection.select(SelectedNode(target))
    for keys in ("F10", "Ctrl+F10", "F10", "F11"):
        w.press(held, keys)
    settle(held, 12)
    w.press(held, "F10")
    w.press(held, "F5")
    w.until(lambda: held.session.state == "ready", "the program ends")


def test_a_held_key_steps_until_it_is_let_go(held):
    QTest.keyPress(held.windowHandle(), Qt.Key.Key_F10)
    for _ in range(30):  # faster than the engine
        key(held, QEvent.Type.ShortcutOverride, True)
    w.until(lambda: position(held) >= 8, "it steps on without more of them")
    QTest.keyRelease(held.windowHandle(), Qt.Key.Key_F10)
    at = position(held)
    w.until(lambda: held.session.state == "paused", "it is held")
    assert position(held) <= at + 1
    settled = position(held)
    w.press(held, "F10")
    settle(held, settled + 1)


def test_a_held_key_of_another_window_is_nobody_s(held):
    QTest.keyRelease(held.windowHandle(), Qt.Key.Key_F10)
    key(held, QEvent.Type.ShortcutOverride, True)
    assert held.session.state == "paused" and position(held) == 1
    w.press(held, "F10")
    settle(held, 2)
    key(held, QEvent.Type.ShortcutOverride, False, Qt.Key.Key_Shift)  # only the last key repeats
    key(held, QEvent.Type.ShortcutOverride, True)
    assert held.session.state == "paused"


def test_play_node_by_node_pauses_within_one_node(held):
    held.timeline.speed.setCurrentIndex(held.timeline.speed.findText("50 /s"))
    w.press(held, "F8")
    w.until(lambda: position(held) >= 5, "it plays")
    with w.standing_still(held):
        w.until(lambda: held.session.state == "stepping", "a step is under way")
        at = position(held)
        w.press(held, "F8")
        assert not held.session.stepping.is_playing
    w.until(lambda: held.session.state == "paused", "it is held")
    assert position(held) == at + 1


def test_back_acts_while_steps_are_under_way_and_drops_what_was_to_follow(held):
    w.press(held, "F10")
    settle(held, 2)
    with w.standing_still(held):
        for _ in range(10):
            w.press(held, "F10")
        w.press(held, "Shift+F10")
        assert position(held) == 1 and held.session.state == "stepping"
    w.until(lambda: held.session.state == "paused", "the step that was under way is done")
    assert (position(held), held.session.history.newest) == (1, 3)
    w.press(held, "F8")
    w.press(held, "Shift+F10")
    assert position(held) == 0 and not held.session.stepping.is_playing


def test_stop_acts_while_presses_are_remembered(held):
    with w.standing_still(held):
        for _ in range(20):
            w.press(held, "F10")
        w.press(held, "Ctrl+.")
    w.until(lambda: held.session.state == "ready", "the program is stopped")
    assert held.session.history.state.status == "aborted" and position(held) <= 2


def test_a_step_that_the_engine_refuses_leaves_the_node_held(held):
    first = held.session.history.current.node
    w.press(held, "F10")
    settle(held, 2)
    held.selection.select(SelectedNode(first))
    w.press(held, "Ctrl+F10")
    w.press(held, "F10")
    w.until(lambda: held.session.state == "paused" and "has run already" in w.said(held), "it is refused")
    w.press(held, "F10")
    settle(held, 3)
    assert "has run already" not in w.said(held), "it was true of the moment before"


def test_keys_after_f9_count_from_the_first_node(window):
    w.run(window, CHAIN.replace("loss.backward()", ""))
    w.press(window, "F9")
    for _ in range(3):
        w.press(window, "F10")
    settle(window, 4)


STEPS = """import torch
x = torch.ones(3, requires_grad=True)
y = x * 2
for _ in range(6):
    y = torch.tanh(y)
loss = y.sum()
loss.backward()
"""  # backward: sum, six times tanh, mul, x


@pytest.fixture
def folded(window):
    """The window, held at the sum, the loop one card."""
    w.start(window, STEPS, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "backward is held")
    w.until(lambda: shows(window, 10), "the graph is drawn")
    window.graph.fold_all()
    w.until(lambda: shows(window, 6), "the loop is one card")
    return window


def test_a_folded_card_is_one_step_live_and_in_replay(folded):
    w.press(folded, "F12")
    settle(folded, 2)
    w.press(folded, "F12")
    settle(folded, 8)
    assert folded.session.history.current.node == node_of(folded, "MulBackward0")
    folded.session.shown.move(2)
    w.press(folded, "F12")
    assert position(folded) == 8


def test_it_runs_to_a_folded_card_and_to_the_line_of_the_cursor(folded):
    (card,) = [slot for slot in folded.graph.canvas.scene.shown.cards if slot.fold]
    folded.selection.select(SelectedModule(card.fold, "", "", len(card.nodes)))
    w.press(folded, "Ctrl+F10")
    settle(folded, 2)
    folded.program.editor.go_to(3, 0)
    w.press(folded, "Ctrl+Shift+F10")
    settle(folded, 8)
    folded.program.editor.go_to(1, 0)
    w.press(folded, "Ctrl+Shift+F10")
    assert w.said(folded) == "Line 1 made no node of this graph."
    folded.program.editor.go_to(6, 0)
    w.press(folded, "Ctrl+Shift+F10")
    w.until(lambda: "run already" in w.said(folded), "it is refused")
    w.press(folded, "Shift+F10")
    settle(folded, 7)
    assert "run already" not in w.said(folded)
    folded.program.editor.go_to(1, 0)
    w.press(folded, "Ctrl+Shift+F10")
    folded.say(lambda: "newer")
    w.press(folded, "Shift+F10")
    settle(folded, 6)
    assert w.said(folded) == "newer", "only what was said of that moment goes"


def test_it_goes_back_to_where_the_gradient_of_a_node_last_changed(folded):
    mul = node_of(folded, "MulBackward0")
    folded.selection.select(SelectedNode(mul))
    w.press(folded, "Ctrl+Alt+F10")
    assert w.said(folded) == "Before this moment of the pass nothing has arrived there."
    w.press(folded, "F5")
    w.until(lambda: folded.session.state == "ready", "the program has ended")
    folded.selection.select(SelectedNode(mul))
    w.press(folded, "Ctrl+Alt+F10")
    assert position(folded) == 8 and folded.session.history.current.node == mul


def test_it_goes_back_to_where_the_selected_cell_last_changed(window):
    w.run(window, PARTS)
    doubled = next(node.id for node in window.session.graph.nodes if node.variable == "y")
    senders = {cell: node_of(window, name) for cell, name in ((0, "SliceBackward0"), (2, "SelectBackward0"))}
    for cell, sender in senders.items():
        w.press(window, "F5")
        window.selection.select(SelectedNode(doubled))
        pair = window.inspector.pair
        w.until(lambda pair=pair: pair.gradient.details is not None, "the gradient is shown")
        pair.show_cell((cell,))
        w.press(window, "Ctrl+Alt+F10")
        at = window.session.history.position_of(sender) + 1
        w.until(lambda at=at: position(window) == at, f"cell {cell} last changed at {at}")
        assert w.said(window) == f"Here cell [{cell}] of the gradient last changed."


def test_the_scrubber_let_go_ahead_of_the_pass_runs_there(folded):
    scrubber = folded.timeline.scrubber
    place = QPoint(round(scrubber._x(7)), scrubber.height() // 2)
    QTest.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=place)
    assert folded.session.state == "paused" and position(folded) == 1
    QTest.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=place)
    settle(folded, 8)


def test_pause_holds_a_pass_that_runs_on(held):
    with w.standing_still(held):
        w.press(held, "F5")
        assert held.actions_by_id["play"].isEnabled()
        w.press(held, "F8")
    w.until(lambda: held.session.state == "paused", "it is held")
    assert 1 < position(held) < 60


def test_play_at_the_highest_speed_plays_a_replay_to_its_end(folded):
    w.press(folded, "F5")
    w.until(lambda: folded.session.state == "ready", "the program has ended")
    folded.session.shown.move(0)
    speed = folded.timeline.speed
    for _ in range(speed.count()):
        w.press(folded, "Ctrl+F8")
    assert speed.currentText() == "200 /s"
    w.press(folded, "F8")
    w.until(lambda: folded.session.history.is_live and not folded.session.stepping.is_playing, "it has played")
    w.press(folded, "Shift+F8")
    assert speed.currentText() == "100 /s"


def node_of(window, name):
    return next(node.id for node in window.session.graph.nodes if node.name == name)


def shows(window, n_cards):
    """Whether the graph of the session is on the canvas, in fewer cards than these."""
    scene, graph = window.graph.canvas.scene, window.session.graph
    return scene is not None and scene.shown.graph.id == graph.id and len(scene.shown.cards) < n_cards
