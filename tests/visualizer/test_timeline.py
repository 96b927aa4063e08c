"""The scrubber under mouse and keyboard, and the words beside it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.protocol.values import BackwardState, BackwardStep, Edge, Graph, Node, ProgramError
from visualizer.backprop import backward_words
from visualizer.backprop.timeline.scrubber import Mark, Scrubber
from visualizer.model.history import BackwardHistory

GRAPH = Graph(
    7,
    "loss",
    nodes=(
        Node(1, "SumBackward0", "backward", "reduction", 3, variable="loss"),
        Node(2, "MulBackward0", "backward", "elementwise", 2),
        Node(3, "AccumulateGrad", "accumulate", "accumulate", -1, variable="w"),
        Node(4, "TanhBackward0", "backward", "activation", 1),
        Node(5, "Tensor", "input", "leaf", -1),
    ),
    edges=(Edge(1, 2), Edge(2, 4), Edge(2, 3, 1), Edge(4, 5, -1, gradient=False)),
)


@pytest.fixture
def scrubber(qtbot):
    widget = Scrubber()
    qtbot.addWidget(widget)
    widget.resize(600, 80)
    widget.set_marks(tuple(Mark(f"node {index}", "view", 1.0) for index in range(5)), 3, 4)
    widget.show()
    return widget


def history(status, n_steps, **fields):
    made = BackwardHistory()
    steps = tuple(BackwardStep(index, index + 1, float(index + 1)) for index in range(n_steps))
    made.take(BackwardState(1, 7, status, "loss.backward()", n_needed=3, current=n_steps, roots=(1,), **fields), steps)
    return made


def test_keys_move_by_one_and_to_both_ends(scrubber):
    moved = []
    scrubber.moved.connect(moved.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(scrubber, key)
    assert moved == [2, 4, 0, 4]


def test_the_mouse_goes_no_further_than_what_is_recorded(scrubber):
    moved = []
    scrubber.moved.connect(moved.append)
    for x in (0, 600):
        QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 40))
    assert moved == [1, 4]


def test_the_words_say_where_the_cursor_is():
    words = backward_words.position_words
    assert words(BackwardHistory(), GRAPH)[0] == "no backward yet"
    assert words(history("paused", 2), GRAPH)[:2] == ("node 2 of 3", "MulBackward0, norm 2")
    assert words(history("finished", 3), GRAPH)[:2] == ("3 of 3 nodes", "loss.backward() is done")
    failed = history("failed", 2, error=ProgramError("ValueError", "no derivative"))
    assert words(failed, GRAPH) == ("backward failed", "no derivative", "at node 2 of 3")


def test_marks_are_what_ran_and_then_what_will():
    marks = backward_words.marks(history("paused", 1), GRAPH)
    expected = [("Sum loss", 1.0), ("Mul", None), ("Acc w", None), ("Tanh", None)]  # what is ready accumulates first
    assert [(mark.label, mark.norm) for mark in marks] == expected
