"""The page of a pass's health in the window, with a real engine and real clicks."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from engine.protocol.health import AskHealth, DepthPoint
from engine.protocol.messages import Finished
from tests.engine.health_programs import RECTIFIED, REPORTS
from tests.visualizer import window as w
from visualizer.backprop.health.depth_plot import DepthPlot
from visualizer.look.empty_words import EmptyWords
from visualizer.model.selection import SelectedNode

DEAD, _, HEALTHY = REPORTS["ReLU with a bias of -10"]
LINE = 1 + DEAD[: DEAD.index("x = F.relu(self.fc2(x))")].count("\n")


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def closed(request):
    """The panel is not on screen when a test of the window begins."""
    if "window" in request.fixturenames:
        request.getfixturevalue("window").backprop.docks["health"].hide()


def run(window, text):
    """Run a program and wait until all of its pass is looked at."""
    w.run(window, text)
    w.until(lambda: is_known(window), "the health of its pass is known")


def is_known(window):
    book, graph = window.health, window.session.graph
    health = book.health
    return health is not None and graph is not None and health.graph == graph.id and not book.is_looking


def offer(window):
    return w.widget(window, QToolButton, "transport_health")


def test_the_end_of_a_run_says_how_many_findings_there_are_and_a_click_shows_them(window):
    run(window, DEAD)
    assert offer(window).isVisible() and offer(window).text() == "Health: 2 findings"
    w.click(offer(window))
    panel = window.panels.health
    w.until(panel.isVisible, "the panel opens")
    assert [row.finding.kind for row in panel.rows] == ["dead", "vanishing"]
    w.until(panel.list.hasFocus, "the keyboard is in it")


def test_a_pass_that_is_stepped_to_its_end_is_then_said_to_be_all(window):
    window.do("health")
    w.start(
        window, "import torch\nw = torch.ones(2, requires_grad=True)\n(w * 2).sum().backward()", "Ctrl+Shift+Return"
    )
    w.until(lambda: window.session.state == "paused", "the pass is held")
    panel = window.panels.health
    while window.session.state != "ready":
        window.do("step")
        w.until(lambda: window.session.state in ("paused", "ready"), "it has stepped")
        w.until(lambda: is_known(window) and not window.health.is_due, "what has come is looked at")
    w.until(lambda: panel.said.text().startswith("Nothing found: "), "nothing is still to come")


def test_a_click_on_a_row_selects_its_node_and_its_link_leads_to_the_line(window):
    run(window, DEAD)
    window.do("health")
    row = window.panels.health.rows[0]
    w.until(row.isVisible, "its row is on screen")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, 8))
    assert window.selection.current == SelectedNode(row.finding.node)
    assert window.selection.node.name == "ReluBackward0" and window.selection.node.source.line == LINE
    w.click(row.link)
    assert window.program.editor.textCursor().blockNumber() + 1 == LINE


def test_the_keyboard_goes_from_row_to_row(window):
    run(window, DEAD)
    window.do("pretraining")
    w.press(window, "F4", window)
    panel = window.panels.health
    w.until(panel.list.hasFocus, "F4 opens the panel")
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.rows[0].hasFocus()
    QTest.keyClick(panel.rows[0], Qt.Key.Key_Down)
    QTest.keyClick(panel.rows[1], Qt.Key.Key_Return)
    assert window.selection.current == SelectedNode(panel.rows[1].finding.node)
    QTest.keyClick(panel.rows[1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is panel.rows[0]


def test_a_healthy_pass_is_said_to_be_and_is_not_offered(window):
    run(window, HEALTHY)
    window.do("health")
    panel = window.panels.health
    w.until(panel.said.isVisible, "the panel says so")
    assert panel.said.text().startswith("Nothing found: the gradient neither vanishes nor grows on its way through 3")
    assert panel.rows == [] and not offer(window).isVisible()


def test_a_parameter_that_no_pass_reached_leads_to_its_module(window):
    run(window, REPORTS["a layer that is not used"][0])
    window.do("health")
    [row] = window.panels.health.rows
    w.until(row.isVisible, "its row is on screen")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, 8))
    assert window.selection.name == "net"
    assert "net.extra.weight" in row.finding.said.text and "use it in the forward pass" in row.finding.cure.text


def test_an_earlier_pass_has_a_health_of_its_own(window):
    again = (
        "nn.init.zeros_(net.fc2.bias)\nloss = F.cross_entropy(net(torch.randn(64, 16)), torch.randint(0, 4, (64,)))\n"
    )
    run(window, RECTIFIED.replace("BIAS", "-10.0") + again + "loss.backward()\n")
    assert window.health.n_findings == 0
    window.do("health")
    w.press(window, "Alt+PgUp")
    w.until(lambda: window.session.passes.opened == 1 and is_known(window), "the first pass is opened and looked at")
    assert [row.finding.kind for row in window.panels.health.rows] == ["dead", "vanishing"]


def test_while_nobody_looks_a_step_asks_nothing(window, monkeypatch):
    asked, ask = [], window.engine.ask
    monkeypatch.setattr(
        window.engine, "ask", lambda request, *rest, **kind: (asked.append(request), ask(request, *rest, **kind))
    )
    window.session.program_finished.connect(asked.append)
    w.start(window, HEALTHY, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "the pass is held")
    for position in (2, 3):
        w.press(window, "F10")
        w.until(lambda at=position: window.session.history.position == at, "it has stepped")
    w.press(window, "F5")
    w.until(lambda: window.session.state == "ready" and is_known(window), "the run has ended and is looked at")
    window.session.program_finished.disconnect(asked.append)
    kinds = [type(one) for one in asked if isinstance(one, AskHealth | Finished)]
    assert kinds[0] is Finished and kinds[1:] and set(kinds[1:]) == {AskHealth}


def test_the_end_of_a_pass_of_an_output_is_looked_at_too(window):
    w.run(window, DEAD.replace("loss.backward()", ""))
    assert not offer(window).isVisible()
    w.press(window, "F9")
    w.until(lambda: window.session.state == "paused", "the pass of the output is held")
    w.press(window, "F5")
    w.until(offer(window).isVisible, "its findings are offered")
    assert window.health.findings[0].kind == "dead"
    window.do("reset")


def test_a_pass_that_is_not_looked_at_yet_is_said_to_be_so(window):
    run(window, DEAD)
    said = window.panels.health.findChild(EmptyWords)
    told = []
    window.health.changed.connect(lambda: told.append((window.health.health is None, said.text())))
    window.do("health")
    run(window, HEALTHY)
    unknown = [words for is_unknown, words in told if is_unknown]
    assert unknown[-1] == "The pass is being looked at.", "and not that a program has to run"


def test_while_a_program_runs_the_page_says_that_it_waits(window):
    window.do("health")
    printed = []
    window.session.output.connect(lambda stream, text, dropped: printed.append(text))
    loop = "import time\nprint('passed')\nwhile True:\n    time.sleep(0.01)\n"
    finished = w.start(window, DEAD + loop, "Ctrl+Shift+R")
    panel = window.panels.health
    words = panel.findChild(EmptyWords)
    w.until(lambda: words.isVisible() and words.text().startswith("The program runs"), "the page says that it waits")
    w.until(lambda: "passed" in "".join(printed), "its pass is over")
    window.do("stop")
    w.until(lambda: finished and is_known(window), "it is looked at once the program is stopped")
    assert panel.rows[0].finding.kind == "dead"


# -- the plot


@pytest.fixture
def plot(qtbot):
    made = DepthPlot()
    qtbot.addWidget(made)
    made.resize(400, 104)
    return made


def test_a_layer_stands_as_high_as_its_norm_in_decades_and_a_click_chooses_it(plot, qtbot):
    plot.set_points(tuple(DepthPoint(10 + i, f"h.{i}", 10.0 ** -(4 - i)) for i in range(5)), frozenset())
    heights = [plot.point_of(place).y() for place in range(5)]
    assert np.allclose(np.diff(heights), heights[1] - heights[0]) and heights[0] > heights[-1]
    assert plot.words_at(plot.point_of(1).x()) == "h.1, layer 2 of 5: norm 0.001. A click or Enter selects it."
    with qtbot.waitSignal(plot.node_chosen) as chosen:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.point_of(3).toPoint())
    assert chosen.args == [13]


def test_one_layer_has_no_plot(plot):
    plot.set_points((DepthPoint(1, "fc", 0.5), DepthPoint(2, "fc", None)), frozenset())
    assert plot.isHidden()
