"""What takes long on the window's thread is done in turns, between which the window lives."""

from __future__ import annotations

import sys
import time

import pytest
from PySide6.QtCore import QTimer

from engine.protocol.graph_values import Edge, Graph, Node, NodeOutput, Repetition
from engine.protocol.source import Source
from tests.visualizer.window import until
from visualizer.backprop.graph.folding import folding
from visualizer.backprop.graph.opening import start_folded
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.backprop.outline.rows import Outline
from visualizer.model.region_builder import finding_regions
from visualizer.model.turns import Turns, Work, whole


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


def loop(n_passes: int) -> Graph:
    """As a recurrent network makes it: of each pass `tanh(h @ W + x)`, each x a leaf of its own, one W for all."""
    nodes, edges = [], []
    for number in range(n_passes - 1, -1, -1):
        first = 4 * (n_passes - 1 - number)
        source = Source("rnn.py", 5, 4, 5, 25, "torch.tanh(h @ W + x)")
        made = {"source": source, "iteration": number, "outputs": (NodeOutput((1, 4), "float32", recorded=True),)}
        nodes += [
            Node(first, "TanhBackward0", "backward", "activation", 3 * number + 2, call=3 * number, **made),
            Node(first + 1, "AddBackward0", "backward", "elementwise", 3 * number + 1, call=3 * number + 1, **made),
            Node(first + 2, "MmBackward0", "backward", "matmul", 3 * number, call=3 * number + 2, **made),
            Node(first + 3, "Tensor", "input", "leaf", -1, source=source),
        ]
        edges += [Edge(first, first + 1), Edge(first + 1, first + 2), Edge(first + 1, first + 3, gradient=False)]
        edges += [Edge(first + 2, 4 * n_passes), *([Edge(first + 2, first + 4)] if number else [])]
    nodes.append(Node(4 * n_passes, "AccumulateGrad", "accumulate", "leaf", -1, variable="W"))
    repetition = Repetition("rnn.py", 4, 5)
    return Graph(1, "loss", tuple(nodes), tuple(edges), repetitions=(repetition,), iterations=(0,) * n_passes)


def longest_turn(work: Work) -> tuple[int, object]:
    """The most lines of Python that it runs without a pause, and what it makes."""
    n_lines, longest = 0, 0

    def count(frame, event, argument):
        nonlocal n_lines
        n_lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        while True:
            n_lines = 0
            try:
                next(work)
            except StopIteration as end:
                return max(longest, n_lines), end.value
            longest = max(longest, n_lines)
    finally:
        sys.settrace(before)


def test_no_turn_of_a_large_graph_walks_over_all_of_it() -> None:
    whole(finding_regions(loop(3_000)))  # imports what numpy imports when it is first needed
    graph = loop(8_000)
    lines, tree = longest_turn(finding_regions(graph))
    assert lines < 2.5 * len(graph.nodes), "its regions"
    lines, shown = longest_turn(folding(graph, tree, start_folded(graph, tree), has_leaf_cards=False))
    assert lines < 2.5 * len(graph.nodes), "the cards of it folded"
    lines, shown = longest_turn(folding(graph, tree, frozenset(), has_leaf_cards=False))
    assert lines < 2.5 * len(graph.nodes) and len(shown.cards) > 8_000, "all of its cards"
    lines, outline = longest_turn(Outline.building(graph))
    assert lines < 2.5 * len(graph.nodes) and outline.n_nodes == len(graph.nodes), "its outline"


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
    assert [say() for say in caught.args] == ["2,400 nodes"]
    until(lambda: stage.scene is not None, "it is laid out")
