"""The scrubber under mouse and keyboard, and the words beside it."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest

from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.graph_values import Edge, Graph, Node
from engine.protocol.program_values import ProgramError
from visualizer.backprop import backward_words
from visualizer.backprop.timeline.bars import is_known
from visualizer.backprop.timeline.marks import Marks
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.timeline.scrubber import Scrubber
from visualizer.look import theme
from visualizer.look.decades import DecadeScale
from visualizer.look.paragraph import Paragraph
from visualizer.model.history import NOTHING_ARRIVED, BackwardHistory
from visualizer.model.passes import PassBook

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
    widget.set_marks(Marks(range(5), [1.0] * 4), 3, 4)
    widget.show()
    return widget


def history(status, n_steps, **fields):
    made = BackwardHistory()
    made.set_graph(GRAPH)
    steps = tuple(BackwardStep(index, index + 1, float(index + 1)) for index in range(n_steps))
    made.take(BackwardState(1, 7, status, "loss.backward()", n_needed=3, current=n_steps, roots=(1,), **fields), steps)
    return made


def test_keys_move_by_one_and_to_both_ends(scrubber):
    moved = []
    scrubber.moved.connect(moved.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(scrubber, key)
    assert moved == [2, 4, 0, 4]


def test_page_keys_go_through_a_long_pass(scrubber):
    moved = []
    scrubber.moved.connect(moved.append)
    scrubber.set_marks(Marks(range(1000), [1.0] * 500), 300, 500)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(scrubber, key)
    assert moved == [400, 200]


def test_shift_aims_ahead_of_a_pass_that_goes_on_and_enter_runs_there(scrubber):
    shift, moved, ahead = Qt.KeyboardModifier.ShiftModifier, [], []
    scrubber.moved.connect(moved.append)
    scrubber.ahead.connect(ahead.append)
    scrubber.set_marks(Marks(range(100), [1.0] * 4), 4, 4, goes_on=True)
    QTest.keyClick(scrubber, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(scrubber, key, shift)
    assert "13 of 100" in scrubber.accessibleDescription() and "Enter" in scrubber.accessibleDescription()
    QTest.keyClick(scrubber, Qt.Key.Key_Return)
    assert ahead == [Marks(range(100), [1.0] * 4).node(12)] and moved == []
    QTest.keyClick(scrubber, Qt.Key.Key_End, shift)
    assert "100 of 100" in scrubber.accessibleDescription()
    QTest.keyClick(scrubber, Qt.Key.Key_Home, shift)  # nothing is ahead there
    assert scrubber.accessibleDescription() == "node 4 of 100"
    QTest.keyClick(scrubber, Qt.Key.Key_Return)
    scrubber.set_marks(Marks(range(100), [1.0] * 4), 4, 4)  # it does not go on any more
    QTest.keyClick(scrubber, Qt.Key.Key_Right, shift)
    assert len(ahead) == 1 and moved == [4]


def test_the_name_of_the_first_node_is_whole_where_it_is_longer_than_the_way_to_the_side(scrubber):
    node = Node(0, "BinaryCrossEntropyBackward0", "backward", "loss", 1, variable="loss")
    scrubber.set_marks(Marks(range(2), [1.0], {0: node}), 1, 1)
    picture = scrubber.grab().toImage()
    ground = picture.pixelColor(0, 0)
    assert all(picture.pixelColor(0, y) == ground for y in range(picture.height()))
    inked = [x for x in range(picture.width()) if any(picture.pixelColor(x, y) != ground for y in range(60, 78))]
    assert inked[0] < 10


def test_the_mouse_goes_no_further_than_what_is_recorded(scrubber):
    moved = []
    scrubber.moved.connect(moved.append)
    for x in (0, 600):
        QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 40))
    assert moved == [1, 4]


def test_the_words_say_where_the_cursor_is():
    words = backward_words.position_words
    assert words(BackwardHistory()) == ("", "", "")
    assert words(history("paused", 2))[:2] == ("node 2 of 3", "MulBackward0, norm 2")
    assert words(history("finished", 3))[:2] == ("3 of 3 nodes", "loss.backward() is done")
    failed = history("failed", 2, error=ProgramError("ValueError", "no derivative"))
    assert words(failed) == ("backward failed", "no derivative", "at node 2 of 3")
    done = history("finished", 3)
    done.is_of_earlier_run = True
    assert words(done)[:2] == ("3 of 3 nodes", "Of an earlier run: loss.backward() is done")
    done.take(msgspec.structs.replace(done.state, pass_id=8, status="paused"), (BackwardStep(0, 1, 1.0),))
    assert words(done)[1] == "SumBackward0, norm 1"


def test_marks_are_what_ran_and_then_what_will():
    expected = history("paused", 1)
    marks = Marks(expected.order(), expected.norms, expected.nodes)
    assert [mark.label for mark in marks] == ["Sum loss", "Mul", "Acc w", "Tanh"]  # what is ready accumulates first
    assert marks.norms == [1.0]


def test_a_thousand_marks_to_a_pixel_keep_their_tallest_bar(scrubber):
    norms = [0.01] * 50_000
    norms[30_000] = 1.0
    scrubber.set_marks(Marks(range(50_000), norms), 50_000, 50_000)
    picture = scrubber.grab().toImage()
    columns = {x for x in range(5, 595) if picture.pixel(x, 20) != picture.pixel(5, 20)}
    place = 56 + 0.6 * (600 - 56 - 12)  # between the numbers of the axis and the end
    assert columns and all(abs(x - place) < 6 for x in columns)


def test_bars_stand_over_decades_and_the_axis_says_so():
    norms = np.array([1.5e-6, 1e-3, 2.0, NOTHING_ARRIVED, 0.0, np.nan, np.inf])
    scale = DecadeScale(norms)
    assert scale.ends() == ("1e-6", "10")
    shares = scale.shares(norms)
    assert np.allclose(shares[:3], [(np.log10(1.5)) / 7, 3 / 7, (6 + np.log10(2)) / 7])
    assert not shares[3:].any()
    assert is_known(norms).tolist() == [True, True, True, False, True, True, True]
    assert DecadeScale(np.array([1e-300, 1.0])).ends() == ("≤1e-16", "1")
    assert DecadeScale(np.array([])).ends() == DecadeScale(np.array([0.0])).ends() == ("0.1", "1")


def test_zero_nan_inf_and_nothing_look_different(scrubber):
    def column(norm: float) -> bytes:
        scrubber.set_marks(Marks(range(3), [1.0, norm, 0.1]), 3, 3)
        picture = scrubber.grab(QRect(round(scrubber._x(1)) - 6, 0, 12, scrubber.height())).toImage()
        return bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits())

    assert len({column(norm) for norm in (0.0, float("nan"), float("inf"), NOTHING_ARRIVED, 1e-6, 0.5)}) == 6


def test_the_tip_of_a_bar_has_its_whole_number(scrubber):
    for norm, words in ((1.235e-7, "1.235e-07"), (0.0, "0"), (float("nan"), "nan")):
        scrubber.set_marks(Marks(range(5), [norm]), 1, 1)
        assert scrubber._norm_words(0) == f"gradient norm {words}"
    scrubber.set_marks(Marks(range(5), [NOTHING_ARRIVED]), 1, 1)
    assert scrubber._norm_words(0) == "no gradient"


def test_a_sentence_that_does_not_fit_ends_after_a_whole_line(qtbot):
    paragraph = Paragraph(name="paragraph")
    qtbot.addWidget(paragraph)
    paragraph.resize(160, 3 * paragraph.fontMetrics().lineSpacing() + 4)
    paragraph.setText("one short line")
    assert paragraph.lines() == ["one short line"]
    text = "loss.backward(): hidden (line 9) carries the graph of an earlier loss.backward() along, which freed it all."
    paragraph.setText(text)
    lines = paragraph.lines()
    assert len(lines) == 3 and lines[-1].endswith("…") and text.startswith("".join(lines)[:-1])
    assert paragraph.toolTip() == text
    assert all(paragraph.fontMetrics().horizontalAdvance(line.rstrip()) <= 160 for line in lines)
    for parts in (("BinaryCrossEntropyWithLogits", "Backward0"), ("encoder_layer_attention_", "projection_weight")):
        paragraph.resize(paragraph.fontMetrics().horizontalAdvance(parts[0]) + 8, paragraph.height())
        paragraph.setText("".join(parts))
        assert paragraph.lines() == list(parts)


@pytest.mark.parametrize("is_offered", [False, True])
def test_the_speed_is_whole_or_leaves_when_a_button_comes(qtbot, is_offered):
    actions = [QAction(word) for word in ("Start", "Back", "Step", "End", "Health: 3 findings")]
    for action in actions:
        action.setProperty("icon_name", "play")
    late = actions.pop()
    late.setEnabled(False)
    panel = TimelinePanel(actions, [late], PassBook())
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    is_hidden = set()
    for width in range(300, 800, 10):
        late.setEnabled(False)
        panel.resize(width, 200)
        late.setEnabled(is_offered)
        panel.layout().activate()
        assert panel.speed.isHidden() or panel.speed.width() >= panel.speed.sizeHint().width(), width
        is_hidden.add(panel.speed.isHidden())
    assert is_hidden == {False, True}


def test_below_its_buttons_the_bars_leave_the_room_for_names_to_the_panels_above(qtbot):
    actions = [QAction(word) for word in ("To start", "Back", "Step", "Play", "End")]
    for action in actions:
        action.setProperty("icon_name", "play")
    panel = TimelinePanel(actions, [], PassBook())
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.set_marks(Marks(range(3), [1.0] * 3), 1, 3)
    panel.set_position("node 1 of 3", "TanhBackward0, norm 1.535", "")
    heights = {}
    for width in (340, 900):
        panel.resize(width, 200)
        panel.layout().activate()
        heights[width] = panel.height(), panel.scrubber.height(), panel.scrubber._labels_fit()
    look, words = theme.current(), panel._brief.sizeHint().height()
    assert heights[900] == (look.px(92), look.px(76), True)
    assert heights[340] == (look.px(40 + 16 + 64) + words, pytest.approx(look.px(64), abs=6), False)
