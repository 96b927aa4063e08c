"""The strip of passes: what it shows of a run, and how another pass is gone to."""

import math
import tracemalloc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.protocol.messages import Passes
from engine.protocol.passes import PassMark
from visualizer.backprop.timeline.pass_strip import PassStrip, scale_ends
from visualizer.backprop.timeline.pass_words import pass_words, position_of_pass, room_words
from visualizer.look import theme
from visualizer.model.passes import PassBook


def mark(index, **fields):
    values = {"status": "finished", "loss": 1.0 / index, "norm": 10.0**-index} | fields
    return PassMark(index, "loss.backward()", 6, "loss", **values)


def news(*marks, whole=()):
    return Passes(marks=marks, whole=whole, kept_bytes=3 << 20, budget_bytes=128 << 20)


@pytest.fixture
def book():
    made = PassBook()
    made.take(news(*map(mark, range(1, 6)), whole=(4, 5)))
    return made


@pytest.fixture
def strip(qtbot, book):
    widget = PassStrip(book)
    qtbot.addWidget(widget)
    widget.resize(600, 56)
    widget.show()
    return widget


def test_a_run_of_one_pass_has_no_strip(qtbot):
    book = PassBook()
    widget = PassStrip(book)
    qtbot.addWidget(widget)
    assert widget.isHidden()
    book.take(news(mark(1)))
    assert widget.isHidden()
    book.take(news(mark(2)))
    assert not widget.isHidden()
    book.clear()
    assert widget.isHidden()


def test_a_mark_that_is_told_again_takes_the_place_of_the_first(book):
    book.take(news(mark(6, status="running", norm=None)))
    book.take(news(mark(6), mark(7)))
    assert [found.index for found in book.marks] == [1, 2, 3, 4, 5, 6, 7] and book.marks[5].status == "finished"


def test_a_mark_is_given_back_as_it_came():
    marks = [
        mark(1, loss=None, norm=None),
        mark(2, loss=float("inf"), norm=0.0),
        PassMark(3, "(a * b).backward()", 7, "a * b", "failed", 0.1, float("inf"), False, "ValueError"),
    ]
    book = PassBook()
    book.take(news(*marks))
    assert list(book.marks) == marks and book.marks[-1] == marks[-1] and book.failed == [3]


def test_a_pass_of_a_loop_that_runs_for_days_takes_fewer_than_forty_bytes():
    book, n_marks = PassBook(), 50_000
    tracemalloc.start()
    for index in range(1, n_marks + 1):
        book.marks.put(mark(index))
    n_bytes = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert n_bytes / n_marks < 40


def test_a_click_and_the_keys_go_to_a_pass(strip, book):
    gone_to = []
    strip.opened.connect(gone_to.append)
    for place in (0, 2, 4):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip._x(place)), 20))
    assert gone_to == [1, 3, 5]
    book.show(3, is_opened=True)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(strip, key)
    assert gone_to[3:] == [2, 4, 1, 5]
    book.show(5, is_opened=False)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert len(gone_to) == 7


@pytest.mark.parametrize("shown", [1, 2])
def test_the_mark_of_the_pass_on_screen_leaves_the_words_beside_the_lanes_alone(strip, book, shown):
    book.clear()
    book.take(news(mark(1), mark(2)))
    book.show(shown, is_opened=False)
    picture = strip.grab().toImage()
    ground, ratio = theme.current().color("flow.tint"), picture.devicePixelRatio()
    tinted = [x for x in range(picture.width()) if picture.pixelColor(x, 1) == ground]
    look = theme.current()
    assert tinted and min(tinted) >= ratio * look.px(40) and max(tinted) <= picture.width() - ratio * look.px(36)


def test_numbers_that_are_none_or_not_finite_are_drawn(strip, book):
    book.take(news(mark(6, loss=math.nan, norm=math.inf), mark(7, loss=None, norm=None, is_measured=False)))
    book.take(news(mark(8, loss=math.inf, norm=0.0), mark(9, status="failed", error="RuntimeError", norm=None)))
    assert not strip.grab().isNull()


def test_a_pass_is_said_in_words(book):
    assert pass_words(book, 1) == (
        "Pass 1 of 5: loss.backward(), line 6, loss 1, norm of its gradients 0.100; of its values nothing is kept"
    )
    assert pass_words(book, 5).endswith("; values and gradients are kept")
    book.take(news(mark(6, status="failed", error="RuntimeError", norm=None, is_measured=False)))
    assert "its norm was left out for speed, failed with RuntimeError" in pass_words(book, 6)
    assert room_words(book) == "Values and gradients of 0 of 6 passes: 3 MiB of 128 MiB"


def test_the_transport_says_which_pass_is_on_screen(book):
    assert position_of_pass(book) == ""
    book.show(5, is_opened=False)
    assert position_of_pass(book) == "pass 5 · 5 so far"
    book.show(2, is_opened=True)
    assert position_of_pass(book) == "earlier pass 2 · 5 so far"


def test_a_hundred_thousand_passes_are_drawn_with_their_extremes(strip, book):
    book.clear()
    book.take(news(*(mark(index, loss=5.0 if index == 70_000 else 1.0) for index in range(1, 100_001))))
    picture, middle = strip.grab().toImage(), round(strip._x(69_999))
    blue = theme.current().color("accent.line")
    rows = [y for y in range(26) for x in (middle - 1, middle, middle + 1) if is_near(picture.pixelColor(x, y), blue)]
    assert min(rows) <= 6 and max(rows) >= 14  # one spike of the loss is seen at any length


def is_near(color, other):
    return all(abs(a - b) < 60 for a, b in zip(color.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        (0.5, 2.3, ("0.5", "2.3")),
        (0.69311, 0.69315, ("0.69311", "0.69315")),
        (2.302585, 2.302586, ("2.3", "+1e-06")),
        (1234567.0, 1234567.5, ("1.23e+06", "+0.5")),
        (0.25, 0.25, ("0.25", "")),
        (-1.0001, -1.0, ("-1.0001", "-1")),
    ],
)
def test_the_ends_of_a_scale_are_told_apart(low: float, high: float, ends: tuple[str, str]) -> None:
    assert scale_ends(low, high) == ends
