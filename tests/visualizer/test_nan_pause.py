"""In the window: a program is held at the first NaN or Inf, shown with its operands, and goes on when told to."""

import pytest
from PySide6.QtWidgets import QToolButton

from engine.protocol.keys import FoundKey
from tests.visualizer import window as w

TEXT = """import torch
w = torch.tensor([[0.5, 0.25], [1.0, 2.0]], requires_grad=True)
for i in range(6):
    p = w * (3 - i)
    loss = torch.log(p.abs()).sum()
    loss.backward()
    w.grad = None
"""
BACKWARD = """import torch
x = torch.tensor([0.0, 4.0], requires_grad=True)
y = torch.where(x > 1, x.sqrt(), x)
y.sum().backward()
"""
FIRST, SWITCH = "F7", "Shift+F7"


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def ends(window):
    yield
    window.session.stop()
    w.until(lambda: not window.session.is_busy, "it has ended")
    assert window.session.nan.found is None


def hold(window, keys=FIRST, text=TEXT):
    finished = w.start(window, text, keys)
    w.until(lambda: window.session.state == "held", "the program is held")
    return finished


def transport(window):
    timeline = window.timeline
    return timeline._title.text(), timeline._detail.text(), timeline._hint.text()


def test_one_key_runs_to_the_first_and_shows_where_it_is_held(window):
    hold(window)
    assert window.session.passes.shown == 3 and len(window.session.passes) == 3
    assert transport(window) == ("held at line 5", "log of 0", "Inf in 4 of 4")
    editor = window.program.editor
    assert editor.held.text == "held: log of 0" and editor.marks.current.text == "torch.log(p.abs())"
    assert "the logarithm of 0 is -inf" in w.said(window) and "Held" in window.session.describe()
    w.until(lambda: w.value(window, "i") == "3", "the variables are of now")


def test_the_inspector_shows_the_operands_with_the_bad_cells_marked(window):
    hold(window)
    inspector, found = window.inspector, window.session.nan.found
    w.until(lambda: inspector.found.isVisible() and inspector.gradient.isHidden(), "the inspector shows what was found")
    assert inspector.found.said.text() == found.said.text and inspector.found.cure.text() == found.cure.text
    table = inspector.found.cells
    assert [table.horizontalHeaderItem(column).text() for column in range(3)] == ["cell", "p.abs()", "result"]
    assert [table.item(1, column).text() for column in range(3)] == ["[0, 1]", "0", "-inf"]
    assert inspector.value.feed.key == FoundKey(found.serial, 1)
    table.cellClicked.emit(2, 1)
    assert inspector.value.feed.key == FoundKey(found.serial, 0)
    assert inspector.camera.selected == (1, 0)
    assert inspector.value.heat_map.lit == ((0, 0), (0, 1), (1, 0), (1, 1))
    w.until(lambda: inspector.value.feed.detail is not None, "its cells are here")
    assert inspector.value.feed.detail.text_at(1, 0) == "0"


def test_f5_goes_on_and_what_was_held_is_let_go(window):
    finished = hold(window, text="import torch\nx = torch.zeros(2)\ny = 1 / x\nz = torch.log(x)\ndone = 1\n")
    assert window.session.nan.found.brief == "division by 0"
    first = window.session.nan.found.serial
    w.press(window, "F5")
    w.until(lambda: window.session.nan.is_held and window.session.nan.found.serial != first, "it is held again")
    assert window.session.nan.found.brief == "log of 0"
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and not window.inspector.found.isVisible()
    assert window.program.editor.held.text is None


def test_stop_ends_it_and_the_next_run_is_plain(window):
    finished = hold(window)
    w.press(window, "Ctrl+.")
    w.until(lambda: finished, "it stops")
    assert finished[0].interrupted
    assert w.run(window).error is None


def test_a_stepped_program_is_held_by_itself_unless_that_is_switched_off(window):
    action = window.actions_by_id["pause_on_nan"]
    assert action.isChecked() and w.widget(window, QToolButton, "transport_pause_on_nan").isVisible()
    text = "import torch\nx = torch.zeros(2)\ny = torch.log(x)\n"
    hold(window, "Ctrl+Shift+Return", text)
    w.press(window, "Ctrl+.")
    w.until(lambda: not window.session.is_busy, "it stops")
    w.press(window, SWITCH)
    assert not action.isChecked()
    assert w.run(window, text, "Ctrl+Shift+Return").error is None
    w.press(window, SWITCH)
    assert action.isChecked()


def test_backward_is_held_at_the_node_that_made_it(window):
    finished = w.start(window, BACKWARD, FIRST)
    w.until(lambda: window.session.held.can_step and window.session.nan.found is not None, "the pass is held")
    found = window.session.nan.found
    assert (found.direction, found.brief, found.source.text) == ("backward", "0 · inf, as behind where", "x.sqrt()")
    assert window.session.history.held.name == "SqrtBackward0" and transport(window)[1] == found.brief
    w.until(
        lambda: window.inspector.found.isVisible(), "the inspector, which follows after the frame, says what was found"
    )
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")


def test_from_a_held_pass_it_goes_on_to_the_first(window):
    finished = w.start(window, BACKWARD, "Ctrl+Shift+Return")
    w.until(lambda: window.session.held.can_step, "the pass is held")
    w.press(window, FIRST)
    w.until(lambda: window.session.nan.found is not None and window.session.held.can_step, "it is held there")
    assert window.session.history.held.name == "SqrtBackward0"
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")


def test_after_the_fact_it_jumps_to_what_was_kept_or_says_that_it_runs_again(window):
    assert w.run(window, TEXT).error is None
    w.press(window, FIRST)
    w.until(lambda: "In pass 4 the first value" in w.said(window), "the pass is opened, and looked through")
    assert window.session.passes.shown == 4 and window.selection.node.name == "LogBackward0"
    assert not window.session.is_busy
    section = window.inspector.found
    w.until(lambda: section.isVisible(), "why, and the usual cure, stand in the inspector")
    assert "log" in section.said.text() and section.cure.text() and section.cells.rowCount()
    w.press(window, "Alt+End")
    w.until(lambda: window.session.passes.shown == len(window.session.passes), "the newest pass is shown")
    assert not section.isVisible()
    text = "import torch\nwith torch.no_grad():\n    y = torch.log(torch.zeros(2))\n"
    assert w.run(window, text).error is None
    w.press(window, FIRST)
    w.until(lambda: window.session.state == "held", "it runs again, and is held")
    assert window.session.nan.found.source.line == 3


def test_a_changed_program_runs_where_the_one_that_ran_has_such_a_value(window):
    assert w.run(window, TEXT).error is None
    hold(window, text="import torch\n\ny = torch.log(torch.zeros(2))\n")
    assert window.session.nan.found.source.line == 3


def test_another_program_can_be_begun_while_one_is_held(window):
    hold(window)
    window.session.begin_document()
    w.until(lambda: window.session.state == "ready", "a fresh engine is ready")
    assert window.session.nan.found is None and not window.inspector.found.isVisible()


def test_an_engine_that_is_killed_while_it_holds_leaves_nothing_held(window):
    hold(window)
    window.session.engine.kill()
    w.until(lambda: window.session.state == "ended", "the engine is gone")
    assert window.session.nan.found is None and not window.inspector.found.isVisible()
    for box in w.boxes(window, "engine_ended"):
        box.reject()
    window.session.start_engine()
    w.until(lambda: window.session.state == "ready", "a fresh engine is ready")


def test_before_any_pass_a_key_runs_on_to_the_end_of_the_program(window):
    finished = hold(
        window, text="import torch\nu = torch.zeros(2, requires_grad=True)\n(1 / u).sum().backward()\ndone = 1\n"
    )
    assert window.session.passes.shown == 0
    w.press(window, "Ctrl+F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and w.value(window, "done") == "1"
