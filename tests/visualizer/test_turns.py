"""What takes long on the window's thread is done in turns, between which the window lives."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer

from engine.protocol.values import Edge, Graph, Node
from tests.visualizer.window import until
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.model.turns import Turns, whole


@pytest.fixture
def stage(qapp):
    made = Stage()
    made.layout.start()
    yield made
    made.close()
    made.deleteLater()


def chain(number: int, n_nodes: int = 2_400) -> Graph:
    nodes = tuple(Node(id, "SinBackward0", "backward", "elementwise", n_nodes - id) for id in range(n_nodes))
    return Graph(number, "loss", nodes, tuple(Edge(id, id + 1) for id in range(n_nodes - 1)))


def test_between_two_turns_the_window_lives(qtbot) -> None:
    turns, beats, steps = Turns(), [], []
    heart = QTimer(interval=0)
    heart.timeout.connect(lambda: beats.append(len(steps)))

    def work():
        for number in range(10):
            steps.append(number)
            time.sleep(0.02)  # more than a turn
            yield
        return "made"

    heart.start()
    with qtbot.waitSignal(turns.done) as caught:
        turns.start(work())
        assert not steps and turns.is_running
    assert caught.args == ["made"] and not turns.is_running and steps == list(range(10))
    assert len(set(beats)) >= 9, "it has lived between them"
    assert whole(work()) == "made"


def test_work_that_another_replaces_or_that_is_stopped_ends_where_it_is(qtbot) -> None:
    turns, made = Turns(), []
    turns.done.connect(made.append)

    def work(name):
        yield
        return name

    turns.start(work("first"))
    with qtbot.waitSignal(turns.done):
        turns.start(work("second"))
    turns.start(work("third"))
    turns.stop()
    assert made == ["second"] and not turns.is_running


def test_a_large_graph_is_laid_out_in_turns_and_the_newest_of_two_is_shown(qtbot, stage) -> None:
    stage.set_graph(chain(1))
    assert stage.is_waiting and stage.tree is None, "nothing of it has been done at once"
    with qtbot.waitSignal(stage.shown):
        stage.set_graph(chain(2))
    assert stage.scene.shown.graph.id == 2 and not stage.is_waiting


def test_a_large_graph_can_be_cancelled_before_it_is_laid_out(qtbot, stage) -> None:
    stage.set_graph(chain(1))
    with qtbot.waitSignal(stage.failed):
        stage.cancel()
    assert not stage.is_waiting and stage.scene is None
    stage.set_graph(chain(2))
    until(lambda: stage.scene is not None, "another one is laid out")


def test_while_a_large_graph_takes_long_it_says_of_how_many_nodes(qtbot, stage) -> None:
    stage._banner.setInterval(0)
    with qtbot.waitSignal(stage.slow) as caught:
        stage.set_graph(chain(1))
    assert caught.args == ["2,400 nodes"]
    until(lambda: stage.scene is not None, "it is laid out")
