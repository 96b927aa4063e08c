"""Panels in little room: what cannot be whole goes elsewhere or leaves, and no sentence is lost."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtGui import QGuiApplication, QTextLayout
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget

from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from tests.visualizer.graph_demo import lesson_graph
from visualizer.backprop.graph.title_bar import FindField
from visualizer.backprop.inspector.identity import Identity
from visualizer.backprop.program.bars import ErrorBar
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.queue.panel import QueuePanel
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.section import TensorSection
from visualizer.backprop.timeline.marks import Marks
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.scrolling_text import ScrollingText
from visualizer.model.passes import PassBook

Shown = TypeVar("Shown", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown(qtbot, widget: Shown, width: int, height: int) -> Shown:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_the_queue_says_all_that_it_has_to_say_by_scrolling(qtbot) -> None:
    panel = shown(qtbot, QueuePanel(), 220, 60)
    words = panel.findChild(QLabel, "queue_empty")
    assert words.height() >= words.heightForWidth(words.width())
    assert panel._empty.verticalScrollBar().maximum() > 0
    panel.resize(400, 300)
    assert panel._empty.verticalScrollBar().maximum() == 0


def test_the_state_has_a_line_of_its_own_where_the_title_needs_the_first(qtbot) -> None:
    place = QWidget()
    identity = Identity(place)
    identity.set_subject("TanhBackward0", "cat.activation", "h", "(4, 5) float32", "sequence 2", None)
    identity.set_state("current · 5 of 9")
    shown(qtbot, place, 600, 300)
    for width, is_beside in ((150, False), (400, True), (150, False)):
        identity.head.setGeometry(0, 0, width, 40)
        identity.setGeometry(0, 40, width, 120)
        assert (identity.state.parentWidget() is identity.head) == is_beside
        qtbot.waitUntil(
            lambda: identity.state.isVisible() and identity.state.width() >= identity.state.sizeHint().width()
        )
        if not is_beside:
            qtbot.waitUntil(lambda: identity.title.width() >= identity.title.sizeHint().width())
    identity.set_low(is_low=True)  # a line less: canvas and queue say the state, too
    assert identity.state.parentWidget() is identity.head and not identity.state.isVisible()
    for words in ("", "current · 6 of 9"):  # a step brings no "…" in its place
        identity.set_state(words)
        identity.set_subject("TanhBackward0", "cat.activation", "h", "(4, 5) float32", "sequence 2", None)
    assert not identity.state.isVisible()
    identity.head.setGeometry(0, 0, 110, 40)
    identity.setGeometry(0, 40, 110, 120)
    assert identity.title.text() == "Tanh" and identity.title.toolTip() == "TanhBackward0"
    identity.head.setGeometry(0, 0, 400, 40)
    identity.setGeometry(0, 40, 400, 120)
    assert identity.title.text() == "TanhBackward0" and identity.state.isVisible()


def test_a_programs_name_is_whole_because_what_cannot_be_done_leaves(qtbot) -> None:
    panel = shown(qtbot, ProgramPanel(), 200, 300)
    panel.set_name("untitled.py", is_modified=True)
    assert panel.run_button.isVisible() and not panel.stop_button.isVisible()
    name = panel.findChild(QWidget, "program_name")
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())
    panel.set_running(True)
    assert panel.stop_button.isVisible() and not panel.run_button.isVisible()
    panel.set_arguments("--epochs 3 --learning-rate 0.001 --dataset tiny-shakespeare")
    arguments = panel.findChild(QWidget, "program_arguments")
    assert not arguments.isVisible()
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())
    panel.resize(400, 300)
    qtbot.waitUntil(lambda: panel.stop_button.isVisible() and panel.run_button.isVisible())
    qtbot.waitUntil(lambda: arguments.isVisible() and name.width() == name.sizeHint().width())
    assert arguments.width() > 40 and panel.run_button.width() <= panel.run_button.sizeHint().width()


def test_the_search_field_shows_whole_words_or_none(qtbot) -> None:
    field = shown(qtbot, FindField(), 300, 30)
    assert field.placeholderText() == "Find a node   Ctrl F"
    field.resize(theme.current().px(130), 30)
    assert field.placeholderText() == "Find a node"
    field.resize(theme.current().px(50), 30)
    assert field.placeholderText() == ""


def test_overview_and_legend_leave_a_small_canvas_to_its_cards(qtbot, panel) -> None:
    panel.set_graph(lesson_graph())
    qtbot.waitUntil(lambda: panel.canvas.scene is not None)
    assert panel.overlays.minimap.isVisible() and panel.overlays.legend.isVisible()
    panel.resize(470, 480)
    assert not panel.overlays.minimap.isVisible() and not panel.overlays.legend.isVisible()
    assert not panel.overlays.has_legend
    panel.overlays.show_legend("open")
    assert panel.overlays.legend.isVisible()


def test_a_small_canvas_says_in_one_line_below_its_cards_what_its_colours_stand_for(qtbot, panel) -> None:
    panel.resize(470, 480)
    panel.set_graph(lesson_graph())
    qtbot.waitUntil(lambda: panel.canvas.scene is not None)
    legend, canvas = panel.overlays.legend, panel.canvas
    with qtbot.waitSignal(panel.colors.changed):
        panel.bar.color.menu().actions()[1].trigger()
    assert legend.isVisible() and legend.is_strip and legend.width() > 0.8 * canvas.width()
    assert legend.geometry().bottom() < canvas.height()
    panel.overlays.fit(canvas.scene)
    cards = [canvas.camera.rect_to_widget(canvas.scene.rect(card)) for card in range(len(canvas.scene.shown.cards))]
    assert max(card.bottom() for card in cards) < legend.y()
    panel.resize(900, 700)
    assert legend.isVisible() and not legend.is_strip and legend.width() < 0.5 * canvas.width()
    panel.resize(470, 480)
    panel.overlays.show_legend("closed")
    assert not legend.isVisible()
    panel.overlays.show_legend("")
    panel.colors.choose("category")
    assert not legend.isVisible()


@pytest.mark.parametrize("width", [230, 300])
def test_a_narrow_timeline_without_a_pass_is_as_low_as_its_words(qtbot, width: int) -> None:
    timeline = shown(qtbot, TimelinePanel([], [], PassBook()), width, 100)
    low, scrubber = timeline.height(), timeline.scrubber
    qtbot.waitUntil(lambda: scrubber.height() >= scrubber.words_height(scrubber.width()))
    timeline.set_marks(Marks(range(5), [1.0] * 4), 3, 4)
    assert timeline.height() > low
    timeline.set_marks(Marks(()), 0, 0)
    assert timeline.height() == low


def test_the_bar_of_an_error_names_its_line_whole_and_opens_all_of_it(qtbot) -> None:
    place = Source(path="", line=12, column=3, end_line=12, end_column=26, text="x")
    long = "\n".join(f"size mismatch for layer {number}" for number in range(40))
    bar = ErrorBar()
    qtbot.addWidget(bar)
    bar.resize(700, 100)
    bar.show()
    bar.show_error(ProgramError(type_name="RuntimeError", sentence=long, place=place, traceback="Traceback\n  here"))
    assert bar.findChild(QPushButton, "error_place").text() == "line 12, columns 4–26"
    bar.resize(240, 100)
    assert bar.findChild(QPushButton, "error_place").text() == "line 12"
    bar.findChild(QToolButton, "error_whole").click()
    sheet = bar.findChild(QDialog, "error_sheet")
    text = sheet.findChild(QPlainTextEdit).toPlainText()
    assert sheet.isVisible() and text.startswith(long) and text.endswith("here")
    sheet.findChild(QPushButton, "error_sheet_copy").click()
    assert QGuiApplication.clipboard().text() == f"RuntimeError: {text}"
    sheet.close()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_of_an_error_whole_lines_are_seen_and_the_line_that_failed_stays_in_view(qtbot, scale: float) -> None:
    theme.current().set_scale(scale)
    try:
        room = shown(qtbot, QWidget(), 320, 900)
        panel = ProgramPanel(room)
        panel.show()
        panel.setGeometry(0, 0, 320, 900)
        text = "\n".join(f"x{number} = {number}" for number in range(12))
        panel.set_text(text)
        panel.begin_run("program.py")
        place = Source(path="program.py", line=9, column=0, end_line=9, end_column=2, text="x8")
        words = "It could not be computed, for a reason that takes more than a line to say. " * 9
        panel.set_error(ProgramError(type_name="RuntimeError", sentence=words, place=place))
        scroll = panel.error_bar.findChild(ScrollingText)
        label, editor = scroll.findChild(QLabel, "error_text"), panel.editor
        line = round(label.heightForWidth(label.width()) / len(lines_of(label)))
        seen = set()
        for height in range(900, round(100 * scale), -7):
            panel.setGeometry(0, 0, 320, height)
            QApplication.processEvents()
            assert scroll.height() % line == 0, (height, scroll.height(), line)
            seen.add(scroll.height() // line)
            row = editor.row_of(editor.document().findBlockByNumber(8))
            assert row.bottom() <= editor.viewport().height() and row.top() >= 0, height
        assert len(seen) >= 5  # they give way one after the other
        bar = panel.error_bar
        for width, height in ((1400, 400), (260, 163), (900, 240), (260, 141), (500, 300)):
            panel.setGeometry(0, 0, width, round(height * scale))
            qtbot.waitUntil(lambda: bar.height() == bar.sizeHint().height() == bar.minimumSizeHint().height())
            assert panel.rect().contains(bar.geometry()), (width, height)
    finally:
        theme.current().set_scale(1.0)


def lines_of(label: QLabel) -> list[str]:
    """Its words as Qt breaks them."""
    layout = QTextLayout(label.text(), label.font())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(label.width())
        lines.append(label.text()[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def test_a_name_that_would_be_cut_stands_above_its_shape_whose_type_gets_short_before(qtbot) -> None:
    place = QWidget()
    identity = Identity(place)
    facts = "(4, 16) float32", "sequence 2", None, "(4, 16) f32"
    identity.set_subject("AccumulateGrad", "cat.accumulate", "model.4.weight", *facts)
    shown(qtbot, place, 700, 300)
    name, shape, sequence = identity._name, identity._shape, identity._sequence
    seen = set()
    for width in range(600, 150, -5):
        identity.head.setGeometry(0, 0, width, 40)
        identity.setGeometry(0, 40, width, 160)
        is_above = name.y() < shape.y()
        seen.add((shape.text(), is_above, sequence.isHidden()))
        assert name.width() >= name.sizeHint().width(), width
        assert shape.width() >= shape.sizeHint().width() and shape.geometry().right() < width
        assert is_above or name.geometry().right() < shape.x()
        assert identity.sizeHint().height() >= shape.geometry().bottom()
    assert {("(4, 16) float32", False, False), ("(4, 16) f32", False, True)} < seen
    assert any(is_above and text.endswith("float32") for text, is_above, _ in seen)


def test_the_number_in_the_sequence_leaves_before_the_link_to_the_line_lies_over_it(qtbot) -> None:
    place = QWidget()
    identity = Identity(place)
    source = Source("attention.py", 14, 11, 14, 66, "scores.softmax(dim=-1)")
    identity.set_subject("SoftmaxBackward0", "cat.activation", "weights", "(6, 6) float32", "sequence 7", source)
    shown(qtbot, place, 700, 300)
    seen = set()
    for width in range(600, 150, -5):
        identity.head.setGeometry(0, 0, width, 40)
        identity.setGeometry(0, 40, width, 160)
        hidden = identity._sequence.isHidden()
        seen.add((hidden, identity._is_wrapped))
        assert hidden or not identity._sequence.geometry().intersects(identity.place.geometry()), width
        assert not identity._shape.geometry().intersects(identity.place.geometry()), width
    assert {(False, False), (True, False), (False, True)} <= seen


def test_the_name_of_a_tensor_leaves_the_line_of_its_title_before_a_button_is_cut(qtbot) -> None:
    theme.current().set_scale(2.0)
    try:
        section = shown(qtbot, TensorSection("gradient", Camera()), 600, 500)
        section.show_message("", "∂L/∂model.4.weight")
        section.copy.show()  # as beside a tensor
        title = section.findChildren(ElidedLabel)[0]
        for width in (600, 400, 270, 230, 270, 600):
            section.resize(width, 500)
            QApplication.processEvents()
            assert section.width() == width and section.minimumSizeHint().width() <= width
            assert section.copy.geometry().right() < width and section.subject.width() > width // 4, width
            assert (section.subject.y() > title.geometry().bottom()) == (width < 400), width
    finally:
        theme.current().set_scale(1.0)


def test_a_file_of_a_usual_name_is_named_whole_before_a_button_that_does_nothing_stays(qtbot) -> None:
    room = shown(qtbot, QWidget(), 500, 300)
    panel = ProgramPanel(room)
    panel.show()
    panel.set_name("two_layers.py", is_modified=True)
    name, seen = panel.head.findChild(ElidedLabel, "program_name"), []
    for width in (*range(400, 200, -10), 400):
        panel.setGeometry(0, 0, width, 300)
        QApplication.processEvents()
        assert name.width() >= name.sizeHint().width() and not panel.run_button.isHidden(), width
        seen.append(panel.stop_button.isHidden())
    assert seen == [*sorted(seen[:-1]), False] and True in seen


def test_an_error_does_not_say_its_kind_twice(qtbot) -> None:
    bar = shown(qtbot, ErrorBar(), 400, 200)
    bar.show_error(ProgramError(type_name="RuntimeError", sentence="RuntimeError: sizes\n\tdiffer"))
    words = [label.text() for label in bar.findChildren(QLabel)]
    assert words == ["RuntimeError", "sizes\n    differ"]
