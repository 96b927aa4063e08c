"""A finished pass is gone through again, and every panel says what it said while the pass was held."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from engine.shared.backward_model import READY
from tests.visualizer import window as w
from visualizer.backprop.selection_links import SelectionLinks

PROGRAM = """import torch
torch.manual_seed(0)
x = torch.randn(4, 3, requires_grad=True)
h = x.tanh()
h.register_hook(lambda gradient: gradient * 2)
a = h.exp() * x
loss = (a + h).mean()
loss.backward()
"""
TWO_ROOTS = """import torch
w = torch.linspace(0.1, 0.9, 3).requires_grad_()
h = w.tanh()
a, b = h.sum(), (h * h).mean()
torch.autograd.backward([a, b])
"""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


def marked(window):
    """What the amber mark covers in the program."""
    source, document = window.program.editor.marks.current, window.program.editor.document()
    return document.findBlockByNumber(source.line - 1).text()[source.column : source.end_column] if source else ""


def has_answer(part):
    """Whether a half of the inspector shows numbers of its tensor, or why there are none."""
    return part.details is not None or bool(part.heat_map.message)


def section(part):
    """What a half of the inspector shows: its numbers, or what it says instead."""
    return (part.details.summary.line, part.details.note) if part.details is not None else part.heat_map.message


def picture(window):
    """What the panels say at this moment, as far as a replay can know it; once the inspector's numbers are there."""
    inspector, node, graph = window.inspector, window.selection.node, window.graph
    w.until(lambda: graph._stage.scene is not None and not graph._stage.is_waiting, "the graph is drawn")
    w.until(lambda: not window.findChild(SelectionLinks).owes_inspection, "the inspector has followed the pass")
    w.until(lambda: has_answer(inspector.value) and has_answer(inspector.gradient), "the inspector has its numbers")
    editor = window.program.editor
    return {
        "selected": node and node.id,
        "inspector": (inspector._identity.title.text(), inspector._identity.state.text()),
        "value": section(inspector.value),
        "gradient": section(inspector.gradient),
        "source": marked(window),
        "line": (editor.marks.paused_line, (editor.held.text or "").removeprefix("paused ").removeprefix("replay ")),
        "queue": tuple(window.queue._model.rows),
        "queue words": window.queue._state.text(),
        "timeline": (window.timeline._title.text(), window.timeline._detail.text()),
        "cards": window.graph.canvas.states.cards.tolist(),
    }


def stepped(window, program):
    """The pictures of a held pass, node by node; it has finished then."""
    finished, history, seen = w.start(window, program, "Ctrl+Shift+Return"), window.session.history, []
    w.until(lambda: window.session.state == "paused" and history.position == 1, "the first node is held")
    while not finished:
        position = history.position
        seen.append(picture(window))
        w.press(window, "F10")
        moved = lambda at=position: window.session.state == "paused" and history.position > at  # noqa: E731
        w.until(lambda: finished or moved(), "the next is held")  # noqa: B023
    return seen


MORE_AFTERWARDS = PROGRAM + "after = x.grad * 2\n"  # so that the graph is drawn anew, with other names


@pytest.mark.parametrize(
    "program", [PROGRAM, TWO_ROOTS, MORE_AFTERWARDS], ids=["one root", "two roots", "variables after it"]
)
def test_a_replay_shows_what_stepping_showed(window, program):
    live = stepped(window, program)
    assert window.program.editor.held.text is None and marked(window) == ""
    window.session.stepping.go_back(0)
    replayed = []
    while len(replayed) < len(live):
        w.press(window, "F10")
        replayed.append(picture(window))
    differing = [
        (position, name, live[position][name], replayed[position][name])
        for position in range(len(live))
        for name in live[position]
        if live[position][name] != replayed[position][name]
    ]
    assert differing == []
    assert {shown["selected"] for shown in live} == {step.node for step in window.session.history.steps}
    w.press(window, "F10")
    assert window.program.editor.held.text is None and marked(window) == "" and not window.queue._model.rows


def test_going_back_in_a_finished_run_moves_every_panel(window):
    w.run(window, PROGRAM)
    assert marked(window) == "" and window.program.editor.held.text is None
    w.press(window, "Shift+F10")
    history = window.session.history
    assert window.selection.node.id == history.steps[-1].node and window.queue._model.rows
    assert window.program.editor.held.text == f"replay {history.n_nodes} / {history.n_nodes}"
    window.session.shown.move(2)
    assert marked(window) == "a + h" and window.selection.node.name == "AddBackward0"


def test_to_the_end_of_the_program_leads_out_of_a_replay(window):
    finished = w.start(window, PROGRAM, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "the first node is held")
    window.session.stepping.go_back(0)
    w.press(window, "Ctrl+F5")
    assert window.session.state != "paused"
    w.until(lambda: finished, "the program has ended")
    assert window.session.history.is_live


def test_a_pass_of_an_earlier_run_is_said_to_be_one_until_a_run_makes_its_own(window):
    detail = w.widget(window, QWidget, "timeline_detail")
    w.run(window, PROGRAM)
    w.until(lambda: detail.text() == "loss.backward() is done", "the pass is over")
    earlier = w.widget(window, QWidget, "outline_earlier")
    assert earlier.isHidden()
    w.run(window, "import torch\nweights = torch.softmax(torch.randn(3, 4), dim=-1)\n")
    assert detail.text() == "Of an earlier run: loss.backward() is done" and not earlier.isHidden()
    w.press(window, "Shift+F10")
    assert detail.text().startswith("Of an earlier run: ") and "norm" in detail.text()
    w.run(window, PROGRAM)
    w.until(lambda: detail.text() == "loss.backward() is done", "the pass of the newest run is shown")
    w.until(earlier.isHidden, "so is its graph")


def test_before_the_first_node_queue_cards_and_inspector_say_the_same(window):
    finished = w.start(window, TWO_ROOTS, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "the first node is held")
    window.session.stepping.go_back(0)
    rows = window.queue._model.rows
    ready = [row.node for row in rows if row.state == READY]
    picture(window)
    roots = window.session.history.state.roots
    assert set(ready) == set(roots) and [row.node for row in rows[:2]] == ready
    states = window.graph.canvas.states.cards
    for place, node in enumerate(ready, start=1):
        assert states[window.graph.card_of(node)] == READY
        window.queue.node_selected.emit(node)
        shown = picture(window)
        assert shown["inspector"][1] == f"ready · queue {place}"
        assert shown["gradient"][0] == "() f32 1.0000"
    assert window.queue._state.text() == "2 predicted"
    w.press(window, "F10")
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
