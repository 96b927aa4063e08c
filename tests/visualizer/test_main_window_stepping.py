"""Stepping through backward in the whole window with a real engine: keys, mouse, and what the panels say meanwhile."""

import pytest
import torch
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel

from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.messages import AskDetails
from tests.visualizer import window as w
from visualizer.backprop.inspector.what_if_section import WhatIfSection
from visualizer.backprop.selection_links import SelectionLinks
from visualizer.model.note_words import words
from visualizer.model.selection import SelectedNode

MODEL = """import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
x, y = torch.randn(5, 3), torch.tensor([0, 1, 0, 1, 1])
opt = torch.optim.SGD(net.parameters(), lr=0.1)
"""
TWO_PASSES = (
    MODEL
    + """loss = F.cross_entropy(net(x), y)
loss.backward()
opt.step()
opt.zero_grad()
second = F.cross_entropy(net(x), y)
second.backward()
"""
)
LOOP = (
    MODEL
    + """for i in range(3):
    opt.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    opt.step()
"""
)
NESTED = """import torch
from torch import nn
class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 3, bias=False)
    def forward(self, x):
        return self.second(self.first(x).tanh()) + x
net = nn.Sequential(Inner(), nn.ReLU(), Inner(), nn.Linear(3, 2))
loss = net(torch.ones(2, 3) * 2).pow(2).sum()
loss.backward()
"""
RAISES = """import torch
class Broken(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, gradient):
        raise ValueError("there is no derivative here")
w = torch.ones(3, requires_grad=True)
h = Broken.apply(w.tanh())
loss = h.sum()
"""


@pytest.fixture(scope="module")
def shared(qapp, tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared):
    """The shared window, idle, with nothing in the namespace."""
    yield shared
    shared.session.stop()
    w.until(lambda: shared.session.state == "ready", "the engine is idle")
    w.run(shared, "for name in [name for name in globals() if not name.startswith('__')]: del globals()[name]\n")


def is_held(window, position=None):
    return window.session.state == "paused" and position in (None, window.session.history.position)


def hold(window, position=1):
    w.until(lambda: is_held(window, position), f"backward is held at node {position}")


def key(window, keys, position):
    w.press(window, keys)
    hold(window, position)


class Moves(QObject):
    """How often a widget came or went, `seen`."""

    def __init__(self, watched):
        super().__init__(watched)
        self.seen = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.seen += event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
        return False


def names(window):
    return {node.id: node.name for node in window.session.graph.nodes}


def current(window):
    return names(window)[window.session.history.current.node]


def gradients(window):
    """Variable -> norm of its .grad as the table shows it, or why there is none."""
    rows = [row for row in window.session.variables if row.summary is not None and row.summary.requires_grad]
    return {row.name: words(row.no_grad) or round(row.grad.norm, 5) for row in rows}


def labels_of(window):
    """What the marks of the timeline say."""
    return [mark.label for mark in window.timeline.scrubber._marks]


def step_to_end(window):
    """F9, then F10 to the last node; the norms on the way."""
    w.press(window, "F9")
    hold(window)
    while window.session.state == "paused":
        w.press(window, "F10")
        w.until(lambda: window.session.state in ("paused", "ready"), "the step is done")
    return [step.norm for step in window.session.history.steps]


def test_step_through_pauses_in_each_backward_of_the_program(window):
    finished = w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    assert window.session.describe() == "Paused in loss.backward()" and current(window) == "NllLossBackward0"
    assert window.program.editor.marks.paused_line == TWO_PASSES.splitlines().index("loss.backward()") + 1
    w.press(window, "F5")
    w.until(lambda: window.session.describe() == "Paused in second.backward()", "the second is held, too")
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and window.timeline._title.text() == "11 of 11 nodes"


def test_each_backward_of_a_loop_is_held_once(window):
    finished = w.start(window, LOOP, "Ctrl+Shift+Return")
    passes = []
    for _ in range(3):
        w.until(lambda: is_held(window, 1) and window.session.history.state.pass_id not in passes, "the next is held")
        passes.append(window.session.history.state.pass_id)
        w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None


def test_step_back_over_a_module_to_a_node_and_play(window):
    finished = w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    key(window, "F10", 2)
    key(window, "F10", 3)
    assert current(window) == "AddmmBackward0"  # of the second layer
    w.press(window, "F11")
    w.until(lambda: is_held(window) and current(window) == "TanhBackward0", "the layer is stepped over")
    position = window.session.history.position
    w.press(window, "Shift+F10")
    assert window.session.history.position == position - 1 and window.session.history.newest == position
    w.press(window, "F10")  # what is recorded needs no engine
    assert window.session.history.position == position and window.session.state == "paused"
    leaf = next(node for node in window.session.graph.nodes if node.variable == "net.0.weight")
    window.selection.select(SelectedNode(leaf.id))
    w.press(window, "Ctrl+F10")
    w.until(lambda: is_held(window) and window.session.history.current.node == leaf.id, "it runs to the selected node")
    window.timeline.speed.setCurrentIndex(window.timeline.speed.count() - 1)
    w.press(window, "F8")
    assert window.session.stepping.is_playing
    w.until(lambda: finished, "playing reaches the end of the program")
    assert not window.session.stepping.is_playing and finished[0].error is None


def test_stepping_over_a_module_stops_at_the_same_nodes_live_and_in_replay(window):
    finished = w.start(window, NESTED, "Ctrl+Shift+Return")
    hold(window)
    history = window.session.history
    live = [1]
    while not finished:
        w.press(window, "F11")
        w.until(lambda: finished or (is_held(window) and history.position > live[-1]), "the module is stepped over")
        live.append(history.position)
    window.session.shown.move(1)
    replayed = [1]
    while history.position < history.newest:
        w.press(window, "F11")
        replayed.append(history.position)
    assert replayed == live and len(live) < history.newest


def test_the_coming_nodes_of_timeline_and_queue_are_those_that_come(window):
    finished = w.start(window, NESTED, "Ctrl+Shift+Return")
    hold(window)
    labels = labels_of(window)
    rows = [row.node for row in window.queue._model.rows]
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")
    assert labels_of(window) == labels
    assert [step.node for step in window.session.history.steps] == rows


def test_the_scrubber_goes_to_where_it_is_clicked(window):
    w.run(window, TWO_PASSES)
    scrubber, history = window.timeline.scrubber, window.session.history
    assert history.newest == 12
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, scrubber.rect().center())
    assert 4 <= history.position <= 8
    shown = window.graph.pass_picture.view
    assert shown.current == history.current.node and len(shown.done) == history.position - 1
    left = QPoint(2, scrubber.height() // 2)
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, left)
    assert history.position <= 1


def test_gradients_come_to_cards_and_to_the_table_as_they_arrive(window):
    w.run(window, "import torch\nw = torch.full((3,), 2.0, requires_grad=True)\nh = w * w\nloss = h.sum()\n")
    w.until(lambda: window.graph.canvas.scene is not None and not window.graph._stage.is_waiting, "the graph is drawn")
    window.graph.canvas.zoom_to(1.0)
    nodes = {name: node for node, name in names(window).items()}

    def has(name, what):
        card = window.graph._book.card(nodes[name])
        return card is not None and getattr(card, what) is not None

    w.until(lambda: all(has(name, "value") for name in nodes), "the cards have their values")
    w.press(window, "F9")
    hold(window)
    assert not has("AccumulateGrad", "gradient")
    key(window, "F10", 2)
    w.until(lambda: has("MulBackward0", "gradient"), "the card has its gradient")
    key(window, "F10", 3)
    w.until(lambda: has("AccumulateGrad", "gradient"), "the leaf's has come")
    assert not has("AccumulateGrad", "grad") and gradients(window)["w"] == "None yet"
    w.press(window, "F10")
    w.until(lambda: has("AccumulateGrad", "grad"), "its .grad is filled")
    w.until(lambda: gradients(window)["w"] == round(48**0.5, 5), "the table shows its norm")


def test_an_output_is_stepped_on_saved_gradients(window):
    program = "import torch\nw = torch.ones(3, requires_grad=True)\n(w * 3).sum().backward()\nloss = (w * w).sum()\n"
    w.run(window, program)
    before = gradients(window)
    first = step_to_end(window)
    w.until(lambda: gradients(window)["w"] == round(75**0.5, 5), "the gradients were added")
    w.press(window, "Shift+F9")
    w.until(lambda: window.session.history.state is None and gradients(window) == before, "Reset brings them back")
    assert step_to_end(window) == first == pytest.approx([1.0, 3**0.5, 12**0.5])
    window.actions_by_id["keep"].trigger()
    w.until(lambda: not window.session.history.state.owned, "they are kept")
    w.press(window, "F9")
    hold(window)
    key(window, "F10", 2)
    w.press(window, "Ctrl+.")
    w.until(lambda: window.session.state == "ready", "the pass is stopped")
    assert w.said(window) == "The pass is forgotten; every .grad is as it was before."
    w.until(lambda: gradients(window)["w"] == round(75**0.5, 5), "what was kept is still there")
    w.press(window, "F9")
    hold(window)
    w.press(window, "Shift+F9")
    w.until(lambda: window.session.state == "ready" and window.session.history.state is None, "Reset ends a held pass")
    assert gradients(window)["w"] == round(75**0.5, 5)


def test_what_autograd_grad_skips_is_not_needed(window):
    program = "import torch\nw, v = (torch.ones(3, requires_grad=True) for _ in range(2))\nloss = (w * v).sum()\n"
    finished = w.start(window, program + "torch.autograd.grad(loss, w)\n", "Ctrl+Shift+Return")
    hold(window)
    skipped = {
        node.variable for node in window.session.graph.nodes if node.id in window.graph.pass_picture.view.not_needed
    }
    assert skipped == {"w", "v"}  # w's gradient is handed over before its AccumulateGrad would run
    w.press(window, "F5")
    w.until(lambda: finished, "the program ends")


@pytest.mark.parametrize("way", ["Ctrl+Return", "Ctrl+Shift+Return", "F9"])
def test_an_error_inside_backward_is_shown_at_its_node(window, way):
    if way == "F9":
        w.run(window, RAISES)
        w.press(window, "F9")
    else:
        finished = w.start(window, RAISES + "loss.backward()\n", way)
    if way != "Ctrl+Return":
        hold(window)
        w.press(window, "F5")
    w.until(
        lambda: window.session.state == "ready" and window.graph.pass_picture.view is not None, "the pass has failed"
    )
    assert names(window)[window.graph.pass_picture.view.error_node] == "BrokenBackward"
    assert "there is no derivative here" in w.said(window)
    if way != "F9":
        assert finished[0].error.place.line == 8
    w.until(lambda: gradients(window)["w"] == "None yet", "no .grad was left behind")


@pytest.mark.parametrize(("gradient", "said"), [("torch.ones(2)", "has shape (2,)"), ("1 +", "not an expression")])
def test_an_output_that_is_no_scalar_asks_for_its_gradient(window, gradient, said):
    w.run(window, "import torch\nw = torch.ones(3, requires_grad=True)\nz = w * 2\n")
    w.press(window, "F9")
    w.until(lambda: window.findChild(QInputDialog) is not None, "a gradient is asked for")
    dialog = window.findChild(QInputDialog)
    assert "(3,)" in dialog.labelText()
    dialog.setTextValue(gradient)
    dialog.accept()
    w.until(lambda: window.findChild(QInputDialog) is None, "the question is gone")
    w.until(lambda: said in w.said(window), "what is wrong with it is said")
    w.press(window, "F9")
    w.until(lambda: window.findChild(QInputDialog) is not None, "it is asked for again")
    dialog = window.findChild(QInputDialog)
    assert dialog.textValue() == gradient  # for its slip to be mended
    dialog.setTextValue("torch.arange(3.0)")
    dialog.accept()
    hold(window)
    assert window.session.history.current.norm == pytest.approx(torch.arange(3.0).norm().item())


def marked(window):
    """What the mark of the held node covers in the program."""
    source, document = window.program.editor.marks.current, window.program.editor.document()
    if source is None:
        return ""
    return document.findBlockByNumber(source.line - 1).text()[source.column : source.end_column]


def paused_line(window):
    """The program's line that is marked as held."""
    line = window.program.editor.marks.paused_line
    return window.program.editor.document().findBlockByNumber(line - 1).text() if line else ""


def test_marks_stay_with_their_lines_while_the_program_is_edited(window):
    w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    editor = window.program.editor
    editor.go_to(1, 0)
    w.type_text(editor, "# new\n")
    key(window, "F10", 2)
    assert paused_line(window) == "loss.backward()" and marked(window) == "F.cross_entropy(net(x), y)"
    line = TWO_PASSES.splitlines().index("loss = F.cross_entropy(net(x), y)") + 2
    editor.go_to(line, 10)
    loss = next(node for node in window.session.graph.nodes if node.variable == "loss")
    assert window.graph._index[loss.id] in window.graph.marking.at_cursor
    w.type_text(editor, "  ")
    key(window, "F10", 3)
    w.press(window, "Shift+F10")
    assert marked(window) == "" and paused_line(window) == "loss.backward()"  # that line is not what ran


def test_a_held_backward_stops_at_once_and_the_engine_restarts_out_of_it(window):
    finished = w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    assert not window.actions_by_id["run"].isEnabled()
    w.press(window, "Ctrl+.")
    w.until(lambda: finished, "the program ends")
    assert finished[0].interrupted and window.session.history.state.status == "aborted"
    w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    window.actions_by_id["restart_engine"].trigger()
    assert window.session.state == "starting"
    w.wait_ready(window)
    assert window.session.history.state is None and window.session.graph is None and paused_line(window) == ""


def test_the_window_closes_while_a_backward_is_held(qapp, tmp_path):
    with w.main_window(tmp_path) as window:
        w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
        hold(window)


def test_a_view_that_the_person_moved_stays_while_the_pass_is_stepped(window):
    w.start(window, NESTED, "Ctrl+Shift+Return")
    hold(window)
    canvas, offer = window.graph.canvas, window.graph.overlays.to_current
    w.until(lambda: canvas.scene is not None and canvas.scene.shown.graph is window.session.graph, "the graph is drawn")
    w.until(canvas.isVisible, "the graph stands in the middle")
    canvas.setFocus()
    for _ in range(80):
        QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    before = canvas.camera.x, canvas.camera.y
    for position in (2, 3, 4):
        key(window, "F10", position)
        w.until(lambda: not window.findChild(SelectionLinks).owes_inspection, "the inspector has followed")
        assert (canvas.camera.x, canvas.camera.y) == before
        assert offer.isVisible()
    w.click(offer)
    assert (canvas.camera.x, canvas.camera.y) != before and not offer.isVisible()


def test_a_step_asks_for_value_and_gradient_once(window):
    rows, asked = [], []
    window.session.variables_changed.connect(rows.append)
    w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    w.until(lambda: any(row.name == "loss" for row in window.session.variables), "those of the first hold have come")
    first, value = NodeValueKey(window.session.history.current.node), window.inspector.value
    w.until(lambda: value.feed.key == first and value.details is not None, "the inspector has followed to it")
    rows.clear()
    window.inspector.details_wanted.connect(asked.append)
    key(window, "F10", 2)
    w.until(lambda: rows, "the variables of the step have come")
    node = window.session.history.current.node
    w.until(lambda: value.feed.key == NodeValueKey(node) and value.details is not None, "the inspector has followed")
    window.inspector.details_wanted.disconnect(asked.append)
    assert asked == [NodeValueKey(node), NodeGradKey(node)]


def test_details_are_asked_of_one_tensor_at_a_time_and_not_of_those_that_were_passed_over(window, monkeypatch):
    ask_engine = window.engine.ask

    def ask(request, answer, failed=None, **kind):
        if not isinstance(request, AskDetails):
            ask_engine(request, answer, failed, **kind)
            return
        asked.append(request.key)
        if request.key == keys[2]:  # while it is on its way
            wants(keys[3])
            wants(keys[4])
        ask_engine(request, lambda event: (answered.append(event.details.key), answer(event)), failed, **kind)

    w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    w.until(lambda: window.inspector.value.details is not None, "the inspector has followed")
    keys = [NodeValueKey(node.id) for node in window.session.graph.nodes[:5]]
    asked, answered, wants = [], [], window.inspector.details_wanted.emit
    monkeypatch.setattr(window.engine, "ask", ask)
    wants(keys[0])
    wants(keys[1])
    w.until(lambda: keys[1] in answered, "the newest is answered")
    wants(keys[2])
    w.until(lambda: keys[4] in answered, "the newest of those that came meanwhile, too")
    assert asked == answered == [keys[1], keys[2], keys[4]]


def test_a_step_moves_nothing_in_the_sections_until_the_pass_rests(window):
    """What if has nothing to say at a held node; of the one before, which has run by then, it would."""
    w.start(window, TWO_PASSES, "Ctrl+Shift+Return")
    hold(window)
    sections = window.inspector.sections
    obstacle = sections.get(WhatIfSection).obstacle

    def is_shown():
        is_followed = window.inspector.value.feed.key == NodeValueKey(window.session.history.held.id)
        return is_followed and not sections.is_due

    w.until(is_shown, "the sections have followed")
    assert obstacle.isHidden()
    moves = Moves(obstacle)
    key(window, "F10", 2)
    w.until(is_shown, "the sections have followed")
    assert obstacle.isHidden() and not moves.seen


def test_a_run_is_held_in_the_pass_that_the_person_names_and_earlier_ones_open(window):
    finished = w.start(window, LOOP.replace("range(3)", "range(6)"), "Ctrl+Shift+Return")
    passes = window.session.passes
    w.until(lambda: window.session.state == "paused", "the first pass is held")
    w.press(window, "Alt+PgDown")
    w.until(lambda: window.session.state == "paused" and passes.shown == 2, "the second pass is held")
    w.press(window, "Ctrl+Shift+F5")
    answer_pass(window, "0")
    assert w.said(window) == "There is no pass 0: passes count from 1."
    w.press(window, "Ctrl+Shift+F5")
    answer_pass(window, "5")
    w.until(lambda: window.session.state == "paused" and passes.shown == 5, "the fifth pass is held")
    w.until(lambda: "pass 5 · 5 so far" in w.widget(window, QLabel, "timeline_hint").text(), "it says so")
    held = window.session.history.current.node

    w.press(window, "Alt+PgUp")
    w.until(lambda: passes.opened == 4, "the fourth is open")
    history = window.session.history
    assert history.state.status == "finished" and history.state.pass_index == 4 and not window.session.held.can_step
    w.press(window, "Shift+F10")
    assert history.position == len(history.steps)
    w.press(window, "Alt+End")
    assert passes.opened == 0 and window.session.history.current.node == held and window.session.held.can_step

    w.press(window, "Ctrl+F5")
    w.until(lambda: finished, "the program ends")
    assert finished[0].error is None and len(passes) == 6
    assert [mark.status for mark in passes.marks] == ["finished"] * 6


def test_an_earlier_pass_shows_the_values_that_it_had(window):
    w.run(window, LOOP)
    passes = window.session.passes
    w.until(lambda: len(passes) == 3, "all passes are marked")
    window.session.shown.open(1)
    w.until(lambda: passes.opened == 1, "the first is open")
    loss = next(node for node in window.session.graph.nodes if node.variable == "loss")
    window.selection.select(SelectedNode(loss.id))
    w.until(lambda: window.inspector.value.details is not None, "its value is shown")
    assert window.inspector.value.details.summary.minimum == pytest.approx(passes.marks[0].loss)
    w.run(window, "after = 1")
    assert passes.opened == 0 and len(passes) == 0


def answer_pass(window, number):
    """In the dialog that asks for one, which is gone then."""
    (dialog,) = [found for found in window.findChildren(QInputDialog, "run_to_pass") if found.isVisible()]
    dialog.setTextValue(number)
    dialog.accept()
