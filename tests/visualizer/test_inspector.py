"""The inspector on real tensors: it asks for what is visible, and shows PyTorch's numbers."""

import msgspec
import pytest
import torch
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from engine.protocol.graph_values import NodeOutput
from engine.protocol.keys import NodeGradKey, NodeValueKey, VariableGradKey, VariableKey
from engine.protocol.messages import WhyShown
from engine.protocol.notes import Changed, Copied
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.why import GradientWhy
from engine.tensors.details import details
from tests.visualizer.painted import Painted
from tests.visualizer.tensor_engine import Engine, node, settled, variable
from visualizer.backprop.inspector.identity import Identity
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.look import theme

torch.set_num_threads(1)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


@pytest.fixture(scope="module")
def kept(qapp):
    """One for all tests, as a window has one for all that is selected in it."""
    look = theme.current()
    before = look.mode
    look.set_mode("dark")
    made = InspectorPanel()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.set_mode(before)


@pytest.fixture
def panel(qtbot, kept):
    """With nothing selected, and what was zoomed and chosen in a tensor of any other shape forgotten; what answers it
    goes with the test."""
    kept.show_variable(variable("one", torch.zeros(())))
    kept.clear()
    kept.resize(375, 760)
    qtbot.waitExposed(kept)
    yield kept
    for engine in kept.findChildren(Engine):
        engine.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def program():
    torch.manual_seed(0)
    h = torch.tanh(torch.randn(4, 5))
    return {NodeValueKey(7): h, NodeGradKey(7): torch.randn(4, 5)}


def center_of(heat_map, row, column):
    camera, area = heat_map.camera, heat_map.area()
    return QPoint(
        round(area.left() - camera.x + (column + 0.5) * camera.cell_width),
        round(area.top() - camera.y + (row + 0.5) * camera.cell_height),
    )


def wheel(heat_map, at, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(at), QPointF(heat_map.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(heat_map, event)
    return event.isAccepted()


def test_it_says_what_to_do_while_nothing_is_selected(panel):
    label = panel.findChild(QLabel, "inspector_empty")
    assert label.isVisible() and "Select a node" in label.text()
    assert not panel.has_tensor


@pytest.mark.parametrize("shape", [(), (3,), (1, 3), (2, 1, 3)])
def test_a_tensor_has_headers_of_the_axes_that_it_has(panel, qtbot, shape):
    Engine(panel, {VariableKey("x"): torch.zeros(shape)})
    panel.show_variable(variable("x", torch.zeros(shape)))
    settled(qtbot, panel.value)
    area = panel.value.heat_map.area()
    assert (area.left() > 0, area.top() > 0) == (len(shape) > 1, len(shape) > 0)
    words = []
    panel.status.connect(lambda say: words.append(say()))
    QTest.mouseClick(panel.value.heat_map, Qt.MouseButton.LeftButton, pos=center_of(panel.value.heat_map, 0, 0))
    place = f"cell {[0] * len(shape)} of x" if shape else "x"
    assert words[-1] == f"{place}, value 0"


def test_what_has_no_place_in_the_program_has_no_link_to_tab_to(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    identity = Identity(room)
    for source in (None, node().source, None):
        identity.set_subject("x", "text.primary", "x", "(3,)", "", source)
        assert identity.place.isVisibleTo(identity) == (source is not None)


class Growing(QWidget):
    """What is as high as it says, as words that become longer."""

    height_wanted = 300

    def sizeHint(self):
        return QSize(10, self.height_wanted)

    def minimumSizeHint(self):
        return self.sizeHint()

    def be(self, height):
        self.height_wanted = height
        self.updateGeometry()


def test_what_stands_below_and_becomes_lower_paints_no_tensor_anew(panel, qtbot):
    Engine(panel, {VariableKey("x"): torch.zeros(4)})
    panel.resize(375, 300)  # lower than all of it, as beside a graph
    panel.show_variable(variable("x", torch.zeros(4)))
    settled(qtbot, panel.value)
    below = Growing()
    panel.sections.layout().addWidget(below)
    qtbot.waitUntil(lambda: below.height() == 300 and not panel.pair._one_frame.is_awaited)
    panel.repaint()
    painted, frame = Painted(panel.value.statistics), Painted(panel.head)
    below.be(280)
    qtbot.waitUntil(lambda: below.height() == 280)
    panel.head.update()
    qtbot.waitUntil(lambda: frame.n_frames)  # that in which the new height is seen
    below.deleteLater()
    assert not painted.n_frames


def test_a_node_shows_value_gradient_and_place(panel, qtbot):
    tensors = program()
    Engine(panel, tensors)
    panel.show_node(node(), state_text="current · 5 of 9", category="activation", has_gradient=True)
    settled(qtbot, panel.value)
    settled(qtbot, panel.gradient)
    assert panel.value.feed.detail.rectangle.texts[6] == f"{tensors[NodeValueKey(7)][1, 1]:.4f}"
    assert panel.value.feed.limits == (tensors[NodeValueKey(7)].min(), tensors[NodeValueKey(7)].max())
    bound = tensors[NodeGradKey(7)].abs().max()
    assert panel.gradient.feed.limits == (-bound, bound)
    assert f"std {tensors[NodeValueKey(7)].std():.3f}" in panel.value.statistics.text()
    assert f"norm {tensors[NodeGradKey(7)].norm():.3f}" in panel.gradient.statistics.text()
    assert panel.camera.shows_numbers
    link = panel.findChild(QPushButton, "inspector_place")
    assert link.text() == "line 8, columns 5–27"
    with qtbot.waitSignal(panel.place_clicked) as caught:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args[0].text == "torch.tanh(x @ W1 + b1)"


def test_a_click_selects_the_cell_in_both_and_says_both_numbers(panel, qtbot):
    tensors = program()
    Engine(panel, tensors)
    panel.show_node(node(), state_text="done", category="activation", has_gradient=True)
    settled(qtbot, panel.value)
    settled(qtbot, panel.gradient)
    with qtbot.waitSignal(panel.status) as caught:
        qtbot.mouseClick(
            panel.gradient.heat_map, Qt.MouseButton.LeftButton, pos=center_of(panel.gradient.heat_map, 1, 2)
        )
    value, gradient = tensors[NodeValueKey(7)][1, 2], tensors[NodeGradKey(7)][1, 2]
    assert caught.args[0]() == f"cell [1, 2] of h, value {value:.4f}, gradient {gradient:.4f}"
    assert panel.value.heat_map.camera.selected == (1, 2)


def test_keys_move_the_selection_and_copy(panel, qtbot):
    Engine(panel, program())
    panel.show_node(node(), state_text="done", category="activation", has_gradient=True)
    settled(qtbot, panel.value)
    heat_map = panel.value.heat_map
    heat_map.setFocus()
    for key, cell in (
        (Qt.Key.Key_Right, (0, 0)), (Qt.Key.Key_Right, (0, 1)), (Qt.Key.Key_Down, (1, 1)), (Qt.Key.Key_End, (1, 4)),
        (Qt.Key.Key_PageDown, (3, 4)), (Qt.Key.Key_Home, (3, 0)), (Qt.Key.Key_Left, (3, 0)),
        (Qt.Key.Key_PageUp, (0, 0)),
    ):  # fmt: skip
        qtbot.keyClick(heat_map, key)
        assert panel.camera.selected == cell, key
    with qtbot.waitSignal(panel.text_wanted) as caught:
        qtbot.keyClick(heat_map, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [NodeValueKey(7)]
    with qtbot.waitSignal(panel.text_wanted) as caught:
        qtbot.mouseClick(panel.findChild(QToolButton, "copy_gradient"), Qt.MouseButton.LeftButton)
    assert caught.args == [NodeGradKey(7)]


def test_without_a_gradient_the_slot_says_why(panel, qtbot):
    engine = Engine(panel, program())
    panel.show_node(node(), state_text="not reached", category="activation")
    settled(qtbot, panel.value)
    assert "has not reached" in panel.gradient.heat_map.message
    assert not any(isinstance(request.key, NodeGradKey) for request in engine.asked)
    panel.show_node(node(kind="input", name="Tensor"), state_text="", category="leaf")
    assert "No gradient flows" in panel.gradient.heat_map.message
    panel.show_node(node(8, recorded=False), state_text="", category="view")
    assert "Not recorded" in panel.value.heat_map.message
    panel.show_node(node(8, recorded=False), state_text="", category="view", has_gradient=True)
    qtbot.waitUntil(lambda: panel.gradient.heat_map.message == "No gradient has arrived here yet.")


def test_accumulate_grad_pages_between_the_arriving_gradient_and_grad(panel, qtbot):
    arriving, grad = torch.ones(5, 3), torch.full((5, 3), 3.0)
    Engine(panel, {NodeValueKey(9): torch.zeros(5, 3), NodeGradKey(9): arriving, VariableGradKey("W2"): grad})
    leaf = node(9, kind="accumulate", name="AccumulateGrad", variable="W2", shape=(5, 3))
    panel.show_node(leaf, state_text="done", category="accumulate", has_gradient=True)
    qtbot.waitUntil(lambda: panel.gradient.details is not None)
    assert panel.gradient.details.summary.mean == 1
    tabs = panel.findChild(QTabBar, "inspector_pages")
    assert [tabs.tabText(page) for page in range(tabs.count())] == ["arriving", "W2.grad"]
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    qtbot.waitUntil(lambda: panel.gradient.details is not None and panel.gradient.details.summary.mean == 3)
    panel.show_node(leaf, state_text="done", category="accumulate")
    assert tabs.currentIndex() == 1  # shown again while stepping, the page stays


def test_several_outputs_page(panel, qtbot):
    parts = torch.arange(6.0).view(2, 3).unbind()
    Engine(panel, {NodeValueKey(4, slot): part for slot, part in enumerate(parts)})
    panel.show_node(node(4, n_outputs=2, shape=(3,), variable=""), state_text="", category="view")
    settled(qtbot, panel.value)
    tabs = panel.findChild(QTabBar, "inspector_pages")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    qtbot.waitUntil(lambda: panel.value.details is not None and panel.value.details.summary.maximum == 5)


def test_what_a_function_returns_beside_says_that_it_has_no_derivative(panel):
    outputs = (
        NodeOutput((4, 5), "float32", True),
        NodeOutput((4,), "int64", True, "places", False),
        NodeOutput(None, "", False, "", False),
    )
    beside = msgspec.structs.replace(node(9), outputs=outputs)
    panel.show_node(beside, state_text="done", category="elementwise", has_gradient=True, slot=1)
    assert panel.value.feed.key == NodeValueKey(9, 1) and panel.gradient.feed.key is None
    assert panel.gradient.heat_map.message == "No gradient flows here: the function returns this without a derivative."
    panel.show_node(beside, state_text="done", category="elementwise", has_gradient=True, slot=2)
    assert panel.value.heat_map.message == "The function returned no tensor here."


def test_axes_of_an_n_dimensional_tensor(panel, qtbot):
    x = torch.arange(2 * 3 * 4 * 5.0).view(2, 3, 4, 5)
    Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    spin, slider = panel.findChild(QSpinBox, "axis_spin_1"), panel.findChild(QSlider, "axis_slider_1")
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert spin.value() == 2
    settled(qtbot, panel.value)
    cells = panel.value.feed.detail.cells
    assert (cells == x[0, 2].numpy()).all()
    rows = panel.findChild(QComboBox, "axis_rows")
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)  # axis 0 becomes the rows
    rows.activated.emit(rows.currentIndex())
    settled(qtbot, panel.value)
    assert (panel.value.feed.detail.cells == x[:, 2, 0, :].numpy()).all()
    with qtbot.waitSignal(panel.status) as caught:
        qtbot.mouseClick(panel.value.heat_map, Qt.MouseButton.LeftButton, pos=center_of(panel.value.heat_map, 1, 3))
    assert caught.args[0]().startswith("cell [1, 2, 0, 3] of x, value 103")


def test_ten_thousand_squared_opens_and_asks_only_for_what_is_visible(panel, qtbot):
    x = torch.zeros(10_000, 10_000)
    x[5_000:, 5_000:] = 1.0
    engine = Engine(panel, {VariableKey("x"): x})
    row = variable("x", x)
    panel.show_variable(row)
    settled(qtbot, panel.value)
    assert panel.value.heat_map.visible().step >= 16 and len(engine.asked_tiles) < 20 and not engine.asked
    heat_map = panel.value.heat_map
    at = center_of(heat_map, 7_000, 7_000)
    before = panel.camera.cell_at(at.x() - heat_map.area().left(), at.y() - heat_map.area().top())
    while not panel.camera.shows_numbers:
        assert wheel(heat_map, at, 2, Qt.KeyboardModifier.ControlModifier)
    after = panel.camera.cell_at(at.x() - heat_map.area().left(), at.y() - heat_map.area().top())
    assert after == before  # the zoom holds the cell under the cursor
    settled(qtbot, panel.value)
    assert panel.value.feed.detail.text_at(*after) == "1.0000"
    assert max(request.n_rows * request.n_columns for request in engine.asked if request.step == 1) < 10_000


def test_numbers_come_when_the_zoom_reaches_them(panel, qtbot):
    x = torch.randn(300, 300)
    Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    assert panel.value.feed.detail.rectangle.step == 1 and not panel.value.feed.detail.rectangle.texts
    wheel(panel.value.heat_map, center_of(panel.value.heat_map, 100, 100), 30, Qt.KeyboardModifier.ControlModifier)
    assert panel.camera.shows_numbers
    row, column = panel.camera.visible(10, 10)[:2]
    qtbot.waitUntil(lambda: panel.value.feed.detail.text_at(row, column) == f"{x[row, column]:.4f}")


def test_one_request_at_a_time_and_the_newest_place_wins(panel, qtbot):
    x = torch.randn(5_000, 4)
    engine = Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    engine.is_held = True
    engine.asked.clear()
    heat_map = panel.value.heat_map
    for _ in range(40):
        wheel(heat_map, center_of(heat_map, *panel.camera.visible(10, 10)[:2]), -5)
    assert len(engine.asked) == 1
    engine.release()
    assert len(engine.asked) == 2
    first_row = panel.camera.visible(10, 10)[0]
    assert engine.asked[-1].first_row <= first_row < engine.asked[-1].first_row + engine.asked[-1].n_rows
    engine.release()
    assert panel.value.feed.detail.text_at(first_row, 0) == f"{x[first_row, 0]:.4f}"


def test_the_wheel_scrolls_on_outside_at_the_end(panel, qtbot):
    Engine(panel, program())
    panel.show_node(node(), state_text="", category="activation")
    settled(qtbot, panel.value)
    assert not wheel(panel.value.heat_map, QPoint(60, 60), -1)


def test_dragging_pans_both_heat_maps(panel, qtbot):
    x = torch.randn(500, 4)
    Engine(panel, {VariableKey("x"): x, VariableGradKey("x"): x})
    panel.show_variable(variable("x", x, grad=x))
    settled(qtbot, panel.value)
    settled(qtbot, panel.gradient)
    heat_map = panel.value.heat_map
    qtbot.mousePress(heat_map, Qt.MouseButton.LeftButton, pos=QPoint(60, 90))
    qtbot.mouseMove(heat_map, QPoint(60, 40))
    qtbot.mouseRelease(heat_map, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert panel.camera.y == pytest.approx(50)
    assert panel.camera.selected is None  # a drag is not a click
    assert panel.gradient.heat_map.camera.visible(10, 10)[0] == 2
    for moved in (QPoint(0, 40), QPoint(0, 0)):  # as the second press of a double click comes
        at = QPoint(60, 60)
        again = QMouseEvent(
            QEvent.Type.MouseButtonDblClick, QPointF(at), QPointF(heat_map.mapToGlobal(at)),
            Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(heat_map, again)
        qtbot.mouseMove(heat_map, at + moved)
        assert panel.camera.is_fitted and panel.camera.y == pytest.approx(10)
        qtbot.mouseRelease(heat_map, Qt.MouseButton.LeftButton, pos=at + moved)
    assert not panel.camera.is_fitted, "it zooms once the button is let go"


def test_a_zoomed_out_cell_is_asked_for_exactly(panel, qtbot):
    x = torch.randn(2_000, 2_000, generator=torch.Generator().manual_seed(1))
    Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    assert panel.value.scale.text().startswith("A cell is the largest magnitude of")
    said = []
    panel.status.connect(lambda say: said.append(say()))
    qtbot.mouseClick(panel.value.heat_map, Qt.MouseButton.LeftButton, pos=center_of(panel.value.heat_map, 1_000, 500))
    row, column = panel.camera.selected
    qtbot.waitUntil(lambda: said[-1] == f"cell [{row}, {column}] of x, value {x[row, column]:.4f}")


def test_refresh_shows_changed_numbers_and_keeps_the_selection(panel, qtbot):
    x = torch.zeros(3, 3)
    Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    settled(qtbot, panel.value)
    panel.camera.select((1, 1))
    x.fill_(2.0)
    panel.refresh()
    assert panel.value.feed.is_stale
    settled(qtbot, panel.value)
    assert panel.value.feed.detail.text_at(1, 1) == "2.0000"
    assert panel.camera.selected == (1, 1)


def test_what_cannot_be_read_says_why_and_is_not_asked_for(panel, qtbot):
    huge = torch.zeros(10**13, device="meta")
    engine = Engine(panel, {VariableKey("huge"): huge})
    panel.show_variable(variable("huge", huge))
    qtbot.waitUntil(lambda: "without data" in panel.value.heat_map.message)
    assert engine.asked == []
    panel.show_variable(Variable("n", "int", text="42"))
    assert panel.findChild(QLabel, "inspector_empty").text() == "42"
    assert not panel.has_tensor


@pytest.mark.parametrize("shape", [(), (1,), (0,), (7,), (3, 0), (1, 1, 1), (2, 3, 4, 5, 6), (40_000,), (3, 20_000)])
def test_every_shape_paints(panel, qtbot, shape):
    x = torch.randn(shape)
    Engine(panel, {VariableKey("x"): x})
    panel.show_variable(variable("x", x))
    if x.numel():
        settled(qtbot, panel.value)
    else:
        qtbot.waitUntil(lambda: "empty" in panel.value.heat_map.message)
    for size in ((280, 400), (1000, 500)):
        panel.resize(*size)
        assert not panel.grab().isNull()


def test_side_by_side_when_wide_and_unclipped_at_200_percent(panel, qtbot):
    Engine(panel, program())
    panel.show_node(node(), state_text="waiting · 1 of 2", category="activation", has_gradient=True)
    settled(qtbot, panel.gradient)
    assert panel.gradient.geometry().top() > panel.value.geometry().bottom()
    panel.resize(1000, 600)
    assert panel.gradient.geometry().left() > panel.value.geometry().right()
    theme.current().set_scale(2.0)
    theme.current().set_mode("light")
    panel.resize(560, 900)
    qtbot.waitUntil(lambda: panel.gradient.geometry().top() > panel.value.geometry().bottom())
    title = panel.findChild(type(panel.value.subject), "inspector_title")
    assert title.height() >= title.sizeHint().height()
    assert panel.value.width() <= panel.width()


def test_names_are_whole_at_every_width(panel, qtbot):
    x = torch.randn(16, 4)
    Engine(panel, {NodeValueKey(7): x, NodeGradKey(7): x})
    shown = msgspec.structs.replace(node(), outputs=(NodeOutput((16, 4), "float32", True, variable="model.4.bias"),))
    panel.show_node(shown, state_text="done", category="activation", has_gradient=True)
    settled(qtbot, panel.gradient)
    for size in ((260, 500), (620, 1300), (330, 700), (260, 500), (620, 1300)):
        panel.resize(*size)
        qtbot.waitUntil(lambda: all(map(has_whole_name, (panel.value, panel.gradient))))


def has_whole_name(section):
    """Whether the name of its tensor is seen whole."""
    return section.subject.width() >= section.subject.sizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_at_280_pixels(panel, qtbot, scale):
    theme.current().set_scale(scale)
    x = torch.randn(2, 3, 8, 8) * 1e-5
    Engine(panel, {VariableKey("attention"): x, VariableGradKey("attention"): x})
    panel.resize(round(280 * scale), round(700 * scale))
    panel.show_variable(variable("attention", x, grad=x))
    settled(qtbot, panel.gradient)
    scroll = panel.findChild(QScrollArea, "inspector_scroll")
    qtbot.waitUntil(lambda: scroll.widget().width() <= scroll.viewport().width())
    for control in (*panel.findChildren(QToolButton), *panel.findChildren(QSpinBox)):
        if control.isVisible():
            assert control.mapTo(panel, control.rect().topRight()).x() <= panel.width()


def test_notes_become_pills(panel, qtbot):
    x = torch.zeros(2, 2)
    panel.show_node(node(outputs=(NodeOutput((2, 2), "float32", True),)), state_text="", category="view")
    from engine.tensors.details import details

    panel.set_details(details(NodeValueKey(7), x, Changed(3)))
    assert panel.value.note.isVisible() and panel.value.note.text() == "changed since version 3"
    panel.set_details(details(NodeValueKey(99), x, Copied()))
    assert panel.value.note.text() == "changed since version 3"


def test_what_is_on_screen_is_laid_out_once(panel, qtbot):
    class Count(QObject):
        n = 0

        def eventFilter(self, watched, event):
            self.n += event.type() == QEvent.Type.LayoutRequest
            return False

    Engine(panel, program())
    panel.show_node(node(), state_text="done", category="activation", has_gradient=True)
    settled(qtbot, panel.value)
    settled(qtbot, panel.gradient)
    count = Count()
    panel._content.installEventFilter(count)
    qtbot.waitUntil(lambda: is_quiet(count))


def is_quiet(count):
    """Whether a round of the event loop lays nothing out."""
    before = count.n
    QApplication.processEvents()
    QApplication.processEvents()
    return count.n == before


def test_a_heat_map_of_another_height_leaves_the_camera_that_it_shares_alone(panel, qtbot):
    large = torch.randn(500, 500)
    Engine(panel, {NodeValueKey(7): large, NodeGradKey(7): large})
    shown = msgspec.structs.replace(node(), outputs=(NodeOutput(variable="h", shape=(500, 500), dtype="float32"),))
    panel.show_node(shown, state_text="done", category="activation", has_gradient=True)
    settled(qtbot, panel.gradient)
    changes = []
    panel.camera.changed.connect(lambda: changes.append(panel.camera.cell_height))
    heat_map = panel.value.heat_map
    heat_map.resize(heat_map.width(), heat_map.height() // 2)
    assert panel.camera.is_fitted and not changes


def test_numbers_that_do_not_fit_whole_are_rounded_in_their_cells(panel, qtbot):
    """And stand whole in the status bar, and in wider cells."""
    huge = torch.tensor([[2**62 + row + column for column in range(4)] for row in range(3)])
    Engine(panel, {VariableKey("huge"): huge})
    panel.show_variable(variable("huge", huge))
    settled(qtbot, panel.value)
    heat_map, camera = panel.value.heat_map, panel.camera
    assert camera.shows_numbers and camera.content[0] <= heat_map.area().width() + 1
    said = []
    panel.status.connect(lambda say: said.append(say()))
    QTest.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=center_of(heat_map, 1, 2))
    assert said[-1] == f"cell [1, 2] of huge, value {2**62 + 3}"


def test_a_long_reason_has_room_for_all_its_lines(panel, qtbot):
    why = Sentence(
        "grad.reason", "labels has no graph: " + "it was cut by a call with a long name, " * 6 + "see there."
    )
    row = msgspec.structs.replace(variable("labels", torch.ones(3)), why_no_grad=why)
    panel.show_variable(row)
    heat_map = panel.gradient.heat_map
    assert heat_map.message == why.text
    lines = heat_map.message_height(heat_map.width()) // heat_map.fontMetrics().lineSpacing()
    assert lines > 4
    qtbot.waitUntil(lambda: heat_map.height() >= heat_map.message_height(heat_map.width()))


def test_the_reason_for_no_gradient_stands_once(panel, qtbot):
    why = Sentence("grad.reason", "z.grad is None: loss.backward() did not reach z.")
    panel.show_variable(msgspec.structs.replace(variable("z", torch.ones(3)), why_no_grad=why))
    message = lambda: panel.gradient.heat_map.message  # noqa: E731
    assert message() == why.text
    panel.sections.settle()
    panel.why.answered("z", WhyShown(why=GradientWhy(name="z", said=(why,))))
    assert panel.why.isVisible() and message() == "There is none; the reason stands above."
    panel.why.set_open(is_open=False)
    assert message() == why.text, "folded, it can be read nowhere else"
    panel.why.set_open(is_open=True)
    panel.show_variable(msgspec.structs.replace(variable("y", torch.ones(3)), why_no_grad=why))
    assert message() == why.text, "of another variable nothing is answered yet"


def test_no_frame_has_one_part_over_another_while_shapes_change(panel, qtbot):
    """As steps bring them from an engine that takes its time: a height is given before what is below it has moved."""
    shapes = {7: (3,), 8: (8, 6), 9: (2, 2), 10: (16, 3), 11: (40,), 12: (3, 9)}
    over = []

    class Painted(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                section = watched.parentWidget()
                above, below = section.heat_map.geometry(), section.statistics.geometry()
                if section.statistics.isVisible() and above.bottom() >= below.top():
                    over.append((section.kind, above, below))
            return False

    painted = Painted(panel)
    patience = panel.pair._one_frame._patience
    patience.setInterval(0)
    panel.resize(330, 760)
    for place, number in enumerate((*shapes, *reversed(shapes))):
        shown = node(number, shape=shapes[number])
        panel.show_node(shown, state_text="current · 5 of 9", category="activation", has_gradient=True)
        qtbot.waitUntil(lambda: not panel.pair._one_frame.is_awaited)
        for key in (NodeValueKey(number), NodeGradKey(number)):
            panel.set_details(details(key, torch.randn(shapes[number])))
            panel.pair.update()
            QApplication.processEvents()
        if not place:
            for part in (panel.value.heat_map, panel.value.statistics, panel.gradient.heat_map):
                part.installEventFilter(painted)
    patience.setInterval(150)
    assert not over
