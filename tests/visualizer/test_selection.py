"""What is selected, without a window: one thing at a time, and what a new graph or new variables leave of it."""

from __future__ import annotations

import pytest

from engine.protocol.graph_values import Graph, Node, NodeOutput
from engine.protocol.program_values import Variable
from engine.protocol.source import Source
from visualizer.model.selection import SelectedModule, SelectedNode, SelectedVariable, Selection

MODULE = SelectedModule("net.0", "Linear", "net.0", 4)


def graph(number: int, first_id: int, *names: str) -> Graph:
    """One node for each name, of one output that a variable of that name holds."""
    nodes = tuple(
        Node(first_id + place, "MulBackward0", "backward", "elementwise", place, variable=name,
             source=Source("a.py", place + 1, 0, place + 1, 5), outputs=(NodeOutput((2,), variable=name),))
        for place, name in enumerate(names)
    )  # fmt: skip
    return Graph(number, names[0], nodes)


@pytest.fixture
def selection() -> Selection:
    made = Selection()
    made.set_graph(graph(1, 10, "loss", "h"))
    made.set_variables((Variable("loss", "Tensor", node=10), Variable("h", "Tensor", node=11), Variable("n", "int")))
    return made


def test_a_variable_of_the_graph_is_selected_as_its_node(selection, qtbot) -> None:
    with qtbot.waitSignal(selection.changed):
        selection.select_variable("h")
    assert selection.current == SelectedNode(11, 0) and selection.name == "h"
    assert selection.node is not None and selection.source == Source("a.py", 2, 0, 2, 5)


def test_a_variable_beside_the_graph_is_selected_as_such(selection) -> None:
    selection.select_variable("n")
    assert selection.current == SelectedVariable("n") and selection.name == "n"
    assert selection.node is None and selection.variable is not None and selection.source is None


def test_a_variable_is_called_by_the_output_that_is_looked_at(selection) -> None:
    halves = (NodeOutput((2,), variable="low"), NodeOutput((2,), variable="high"))
    chunk = Node(20, "SplitBackward0", "backward", "view", 0, outputs=halves)
    selection.set_graph(Graph(2, "low", (chunk,)))
    selection.select(SelectedNode(20, 1))
    assert selection.name == "high"
    selection.set_variables((Variable("low", "Tensor", node=20),))
    selection.select_variable("low")
    assert selection.current == SelectedNode(20, 0)


def test_one_thing_is_selected_at_a_time(selection) -> None:
    for wanted in (SelectedNode(10), MODULE, SelectedVariable("n"), None):
        selection.select(wanted)
        assert selection.current == wanted
    assert selection.node is None and selection.variable is None and selection.name == ""


def test_a_node_that_is_not_in_the_graph_selects_nothing(selection) -> None:
    selection.select(SelectedNode(99))
    assert selection.current is None


def test_the_same_node_stays_selected_in_another_graph(selection, qtbot) -> None:
    selection.select(SelectedNode(11))
    with qtbot.waitSignal(selection.changed):  # the node may have another value
        selection.set_graph(graph(2, 10, "loss", "h"))
    assert selection.current == SelectedNode(11)


def test_in_the_graph_of_another_run_the_variable_s_new_node_is_selected(selection) -> None:
    selection.select(SelectedNode(11))
    selection.set_graph(graph(2, 50, "loss", "h"))
    assert selection.current == SelectedNode(51)


@pytest.mark.parametrize("before", [SelectedNode(11), MODULE])
def test_what_another_graph_does_not_have_is_let_go(selection, before, qtbot) -> None:
    selection.select(before)
    with qtbot.waitSignal(selection.changed):
        selection.set_graph(graph(2, 50, "other"))
    assert selection.current is None


def test_a_module_stays_selected_while_its_graph_does(selection) -> None:
    selection.select(MODULE)
    selection.set_graph(graph(1, 10, "loss", "h"))
    assert selection.current == MODULE


def test_a_variable_stays_selected_while_there_is_one_of_its_name(selection) -> None:
    selection.select_variable("n")
    selection.set_graph(graph(2, 50, "loss"))
    selection.set_variables((Variable("n", "Tensor", node=50),))
    assert selection.current == SelectedNode(50)
    selection.select_variable("n")
    selection.set_graph(None)
    selection.set_variables(())
    assert selection.current is None


def test_a_selected_variable_that_is_gone_is_let_go(selection, qtbot) -> None:
    selection.select_variable("n")
    with qtbot.waitSignal(selection.changed):
        selection.set_variables((Variable("h", "Tensor", node=11),))
    assert selection.current is None
