"""The parts of the tensor view: the camera's geometry, numbers in words, histogram, statistics."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.protocol.keys import VariableKey
from engine.protocol.messages import AskRectangle
from engine.protocol.source import Source
from engine.protocol.tensor_values import AxisName
from engine.shared.numbers import compact, interval
from engine.tensors.details import details
from engine.tensors.rectangle import rectangle
from engine.tensors.summary import summarize
from visualizer.backprop.inspector.identity import place_words
from visualizer.backprop.tensor_view import cell_painter
from visualizer.backprop.tensor_view.axes import AxisControls
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.header_painter import EdgeLine, ticks
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.backprop.tensor_view.histogram import Histogram
from visualizer.backprop.tensor_view.statistics import Statistics, remark
from visualizer.backprop.tensor_view.tiles import Visible
from visualizer.look import color_maps, theme, thumbnail
from visualizer.look.tokens import TOKENS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window
SIZES = st.integers(1, 10**13)


@given(rows=SIZES, columns=SIZES, width=st.integers(50, 2000), height=st.integers(40, 1500))
def test_any_size_fits_and_scrolls_to_its_end(rows, columns, width, height):
    camera = Camera()
    camera.set_size(rows, columns)
    camera.fit(width, height)
    assert camera.cell_width > 0 and camera.cell_height > 0
    camera.scroll_to(math.inf, math.inf, width, height)
    assert math.isfinite(camera.x) and math.isfinite(camera.y)
    first_row, first_column, end_row, end_column = camera.visible(width, height)
    assert (end_row, end_column) == (rows, columns)
    step = camera.step()
    assert step & (step - 1) == 0
    shown = (end_row - first_row) / step * (end_column - first_column) / step
    assert shown <= (width + 2) * (height + 2)  # never more cells than pixels


@given(
    rows=st.integers(1, 10**6), columns=st.integers(1, 10**6), x=st.floats(0, 300), y=st.floats(0, 200),
    notches=st.lists(st.sampled_from([1.25, 0.8, 4.0, 0.25]), max_size=12),
)  # fmt: skip
def test_zooming_in_and_out_comes_back(rows, columns, x, y, notches):
    camera = Camera()
    camera.set_size(rows, columns)
    camera.fit(300, 200)
    before = camera.cell_width, camera.cell_height
    for factor in notches:
        camera.zoom_by(factor, x, y, 300, 200)
        assert camera.x >= 0 and camera.y >= 0
    camera.fit(300, 200)
    assert (camera.cell_width, camera.cell_height) == pytest.approx(before)


def test_the_zoom_holds_the_element_under_the_cursor():
    camera = Camera()
    camera.set_size(10_000, 10_000)
    camera.fit(330, 330)
    for _ in range(20):
        camera.zoom_by(1.25, 200, 150, 330, 330)
        row, column = (150 + camera.y) / camera.cell_height, (200 + camera.x) / camera.cell_width
        assert (row, column) == pytest.approx((150 / 330 * 10_000, 200 / 330 * 10_000), rel=1e-6)


def test_few_columns_get_numbers_and_many_do_not():
    camera = Camera()
    for columns, expected in ((5, True), (11, True), (12, False), (300, False)):
        camera.set_size(4, columns)
        camera.fit(330, 200)
        assert camera.shows_numbers == expected, columns


def test_ticks_have_room_and_hold_the_selected_one():
    assert ticks(0, 5, 0.5, -1) == [0, 1, 2, 3, 4]
    assert ticks(0, 100, 8, -1) == list(range(0, 100, 10))
    assert 43 in ticks(0, 100, 8, 43) and 40 not in ticks(0, 100, 8, 43)


@pytest.mark.parametrize("cell", [0.02, 0.5, 3.0, 20.0, 400.0])
@pytest.mark.parametrize("chosen", ["first", "last", "before the last", "none"])
def test_no_number_of_a_row_is_cut_or_lies_on_another(cell, chosen):
    n, length, apart, low, high = 10_000, 14.0, 13.0, 20.0, 320.0
    for scrolled in (0.0, max(n * cell - (high - low), 0.0)):
        line = EdgeLine(low, high, low - scrolled, cell)
        first, end = int(scrolled / cell), min(int((scrolled + high - low) / cell) + 1, n)
        selected = {"first": first, "last": end - 1, "before the last": end - 2, "none": -1}[chosen]
        placed = line.placed(ticks(first, end, (length + 1) / cell, selected), selected, length, apart, low, high)
        middles = sorted(middle for _, middle in placed)
        assert all(low + length / 2 <= middle <= high - length / 2 for middle in middles)
        assert all(after - before >= apart for before, after in pairwise(middles))
        is_seen = low - 1 <= line.origin + (selected + 0.5) * cell <= high + 1
        assert (selected in dict(placed)) == (selected >= 0 and is_seen)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (-0.99812, "-0.998"), (3.0, "3"), (1.5351, "1.535"), (12345.678, "12345.7"), (1.24e-5, "1.24e-05"),
     (-2.5e9, "-2.50e+09"), (float("inf"), "inf"), (None, "–")],
)  # fmt: skip
def test_compact_numbers(number, text):
    assert compact(number) == text


def test_intervals_and_signs():
    assert interval(-2.1791, 1.541) == "-2.179 … 1.541"
    assert interval(None, 1) == ""
    assert compact(0.67, sign=True) == "+0.670"


def test_places_in_words():
    assert place_words(Source("a.py", 8, 4, 8, 27)) == "line 8, columns 5–27"
    assert place_words(Source("a.py", 8, 4, 8, 5)) == "line 8, column 5"
    assert place_words(Source("a.py", 8, 4, 10, 5)) == "lines 8–10"


def picture_of(tensor, kind="value"):
    feed = Feed(kind)
    feed.show("k")
    feed.wanted.connect(lambda request: feed.take(rectangle("k", tensor, request)))
    feed.want(0, 0, tensor.shape[0], tensor.shape[1], 1)
    return feed.detail


def test_numbers_are_black_or_white_whichever_contrasts_more():
    ramp = np.zeros((1, 3, 4), dtype=np.uint8)
    ramp[0, 1, :3], ramp[0, 2, :3] = 90, 255
    assert cell_painter.dark_ink(ramp).tolist() == [[False, False, True]]


def test_nan_and_inf_are_painted_in_their_own_colours(qtbot):
    theme.current().set_mode("dark")
    x = torch.zeros(3, 3)
    x[1, 1], x[0, 2], x[2, 0] = float("nan"), float("inf"), -float("inf")
    picture = picture_of(x)
    colors = picture.colors
    assert QColor(*colors[1, 1, :3]) == theme.current().color("nan")
    assert QColor(*colors[0, 2, :3]) == QColor(*colors[2, 0, :3]) == theme.current().color("inf")
    camera = Camera()
    camera.set_size(3, 3)
    camera.fit(30, 30)
    camera.cell_width = camera.cell_height = 30.0
    image = QImage(90, 90, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    cell_painter.paint_picture(painter, picture, camera, QRectF(0, 0, 90, 90))
    before = image.copy()
    cell_painter.paint_marks(painter, picture, camera, QRectF(0, 0, 90, 90))
    painter.end()
    assert image.pixelColor(45, 45) != before.pixelColor(45, 45)  # the cross meets in the middle of the NaN
    up, down = image.pixelColor(75, 8), image.pixelColor(75, 22)
    assert (up, down) != (before.pixelColor(75, 8), before.pixelColor(75, 22))
    assert image.pixelColor(15, 15) == before.pixelColor(15, 15)  # a plain zero has no mark


@pytest.mark.parametrize(
    "tensor",
    [
        torch.tensor([[1234567890, -9876543210, 2**62]]),
        torch.tensor([[1e-30, -1.5e30, 1.4e-45]]),
        torch.tensor([[-1e300 - 1e-300j, 1j, 0]], dtype=torch.complex128),
    ],
    ids=["int64", "float32", "complex128"],
)
@pytest.mark.parametrize("width", [70.0, 81.0, 93.0, 104.0, 150.0])
def test_numbers_keep_away_from_those_beside_them_and_from_marks(qtbot, tensor, width):
    painted = drawn_numbers(tensor, width, marks=False)
    margins = [painted[:, round(edge * width) + 2 * side] for edge in (1, 2) for side in (-1, 1)]
    assert painted.any() and not any(margin.any() for margin in margins)
    marked = drawn_numbers(torch.tensor([[complex("nan"), 1j, 0]]), width, marks=True)
    plain = drawn_numbers(torch.tensor([[complex("nan"), 1j, 0]]), width, marks=False)
    assert not (marked & plain).any()


def drawn_numbers(tensor, width, *, marks):
    """Where the numbers of a row of cells are drawn, or the marks beside them: bool (pixels down, across)."""
    camera = Camera()
    camera.set_size(1, tensor.shape[1])
    camera.set_number_size(width, 24.0, width)
    camera.fit(3 * width, 30)
    camera.cell_width, camera.cell_height = width, 30.0
    image = QImage(round(3 * width), 30, QImage.Format.Format_RGB32)
    image.fill(0x808080)
    painter = QPainter(image)
    paint = cell_painter.paint_marks if marks else cell_painter.paint_numbers
    paint(painter, picture_of(tensor), camera, QRectF(0, 0, 3 * width, 30))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(30, -1, 4)[..., :3]
    return (pixels != 0x80).any(axis=2)


@pytest.mark.filterwarnings("error")
def test_a_signalling_nan_has_its_colour_without_a_warning():
    array = np.array([[0x7FA00000, 0]], np.uint32).view(np.float32)
    assert QColor(*color_maps.colorize(array, "value")[0, 0, :3]) == QColor(TOKENS["nan"][0])


def test_one_nan_among_millions_is_six_pixels_large(qtbot):
    x = torch.zeros(600, 600)
    x[300, 300] = float("nan")
    picture = picture_of(x)
    camera = Camera()
    camera.set_size(600, 600)
    camera.fit(200, 200)
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    cell_painter.paint_marks(painter, picture, camera, QRectF(0, 0, 200, 200))
    painter.end()
    shade = theme.current().color("nan").rgb()
    found = sum(image.pixel(x, y) == shade for x in range(200) for y in range(200))
    assert found >= 25


def test_a_thumbnail_marks_nan_in_its_corner(qtbot):
    x = torch.zeros(4, 4)
    image = QImage(46, 28, QImage.Format.Format_RGB32)
    corner = []
    for bad in (False, True):
        x[0, 0] = float("nan") if bad else 0
        painter = QPainter(image)
        thumbnail.paint(painter, QRectF(0, 0, 46, 28), summarize(x), "value")
        painter.end()
        corner.append(image.pixelColor(44, 2))
    assert corner[0] != corner[1] == theme.current().color("nan")


def test_where_cells_will_be_is_seen_until_they_come(qtbot):
    feed, camera, asked, tensor = Feed("value"), Camera(), [], torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    feed.wanted.connect(asked.append)
    view = HeatMap(feed, camera)
    qtbot.addWidget(view)
    feed.show(VariableKey("x"))
    camera.set_size(2, 2)
    view.has_cells = True
    view.resize(200, 120)
    view.show()
    view.fit()
    raised = theme.current().color("bg.raised")
    middle = view.area().topLeft().toPoint() + QPoint(12, 12)
    view.ask()
    assert not view.is_complete and view.grab().toImage().pixelColor(middle) == raised
    feed.take(rectangle(asked[-1].key, tensor, asked[-1]))
    assert view.is_complete and view.grab().toImage().pixelColor(middle) != raised
    feed.invalidate()
    assert not view.is_complete


def test_the_feed_drops_answers_that_are_not_its_own():
    feed = Feed("value")
    feed.show(VariableKey("x"))
    asked: list[AskRectangle] = []
    feed.wanted.connect(asked.append)
    x = torch.arange(24.0).view(2, 3, 4)
    feed.show_slice((0,), 1, 2)
    feed.want(0, 0, 3, 4, 1)
    feed.want(0, 0, 3, 4, 1)
    assert len(asked) == 1
    feed.show_slice((1,), 1, 2)
    assert not feed.take(rectangle(VariableKey("y"), x, asked[0]))
    assert feed.take(rectangle(VariableKey("x"), x, asked[0]))
    assert feed.detail is None  # it was of the slice shown before
    feed.want(0, 0, 3, 4, 1)
    feed.take(rectangle(VariableKey("x"), x, asked[1]))
    assert (feed.detail.cells == x[1].numpy()).all() and not feed.is_stale
    feed.invalidate()
    feed.want(0, 0, 3, 4, 1)
    feed.invalidate()  # changed once more while the answer was under way
    feed.take(rectangle(VariableKey("x"), x, asked[2]))
    assert feed.is_stale


def test_a_request_that_fails_late_leaves_the_newer_one_on_its_way():
    feed, asked, x = Feed("value"), [], torch.arange(12.0).view(3, 4)
    feed.wanted.connect(asked.append)

    def want(name: str) -> None:
        feed.show(VariableKey(name))
        feed.want(0, 0, 3, 4, 1)
        feed.tiles.want(Visible(0, 0, 3, 4, 1), 3, 4)
        feed.cover.at((0, 0, 2, 2))

    want("gone")
    late = list(asked)
    want("x")
    assert len(asked) == 2 * len(late) == 6
    for request in late:
        feed.failed(request)
    want_again = len(asked)
    feed.want(0, 0, 3, 4, 1)
    feed.tiles.want(Visible(0, 0, 3, 4, 1), 3, 4)
    feed.cover.at((0, 0, 2, 2))
    assert len(asked) == want_again  # the three of x are still waited for
    assert feed.take(rectangle(VariableKey("x"), x, asked[3])) and feed.is_here
    for request in asked[4:]:
        feed.failed(request)
    feed.tiles.want(Visible(0, 0, 3, 4, 1), 3, 4)
    feed.cover.at((0, 0, 2, 2))
    assert len(asked) == want_again + 2


def test_statistics_say_what_they_are_of(qtbot):
    widget = Statistics()
    qtbot.addWidget(widget)
    widget.resize(300, 100)
    x = torch.tensor([1.0, 2.0, float("nan"), float("inf")])
    widget.set_summary(summarize(x))
    assert widget.text() == (
        "min 1, max 2, mean 1.500, std 0.707, norm 2.236, zeros 0, NaN 1, Inf 1, over finite elements"
    )
    assert (
        remark(summarize(torch.zeros(2000, 2000), until_s=0.0)) == "min, max, mean, std and colours of an even sample"
    )
    overlapping = torch.zeros(2 * 10**6).as_strided((10**6, 10**6), (1, 1))
    assert remark(summarize(overlapping)) == "all of an even sample"
    cube = summarize(torch.arange(1500.0).reshape(3, 5, 100))
    widget.set_summary(cube)
    assert widget.text().startswith("all 1,500 elements: min 0, max 1499, ")
    widget.set_summary(cube, is_part=True)
    assert widget.text().startswith("this part, 1,500 elements: min 0, ")
    heights = []
    for width in (120, 900):
        widget.resize(width, 50)
        heights.append(widget.height())
    assert heights[0] > heights[1]
    widget.set_summary(None)
    assert widget.text() == ""


@pytest.mark.parametrize(
    ("tensor", "ticks", "tips"),
    [
        (torch.tensor([True, False, True]), ["False", "True"], ["1 is False", "2 are True"]),
        (torch.tensor([3, 5, 5]), ["3", "5"], ["1 is 3", "0 are 4", "2 are 5"]),
        (torch.arange(100), ["0", "99"], ["2 from 0 to 1", "2 from 98 to 99"]),
        (torch.tensor([0.5, 1.5]), ["0.500", "1.500"], ["1 from 0.500 to 0.700", "1 from 1.300 to 1.500"]),
    ],
)
def test_the_bars_of_whole_numbers_stand_over_them(qtbot, tensor, ticks, tips):
    histogram = Histogram("value")
    qtbot.addWidget(histogram)
    histogram.resize(300, 90)
    found = details("k", tensor)
    histogram.set_details(found, (0.0, 1.0))
    assert [text for text, at in histogram._ticks() if 0 <= at <= 1][:2] == ticks
    ends = {histogram._tip(0.5), histogram._tip(299)}
    assert ends == {tips[0], tips[-1]}


def test_histogram_bars_are_seen_on_the_panel(qtbot):
    widget = Histogram("gradient")
    qtbot.addWidget(widget)
    for mode in ("dark", "light"):
        theme.current().set_mode(mode)
        widget.resize(200, 100)
        widget.set_details(details("k", torch.linspace(-1, 1, 101)), (-1, 1))
        image = widget.grab().toImage()
        ground = image.pixelColor(199, 0)
        bars = widget._bars()
        colours = {image.pixelColor(x, int(bars.bottom()) - 3).name() for x in range(0, 196, 4)}
        assert len(colours - {ground.name()}) > 10
    theme.current().set_mode("dark")
    assert "from" in widget._tip(100)


def test_axes_swap_when_one_takes_the_other(qtbot):
    axes = AxisControls()
    qtbot.addWidget(axes)
    axes.set_shape((2, 3, 4))
    assert (axes.index, axes.row_axis, axes.column_axis, axes.matrix_size) == ((0,), 1, 2, (3, 4))
    with qtbot.waitSignal(axes.changed):
        axes._rows.setCurrentIndex(2)
        axes._rows.activated.emit(2)
    assert (axes.row_axis, axes.column_axis) == (2, 1)
    with qtbot.waitSignal(axes.changed):
        axes._columns.setCurrentIndex(0)
        axes._columns.activated.emit(0)
    assert (axes.row_axis, axes.column_axis, axes.matrix_size) == (2, 0, (4, 2))
    assert axes.element(3, 1) == (1, 0, 3)
    axes.set_shape((5,))
    assert (axes.matrix_size, axes.element(0, 4), axes.index) == ((1, 5), (4,), ())
    axes.set_shape(())
    assert (axes.matrix_size, axes.element(0, 0)) == ((1, 1), ())


def test_axes_bear_their_names(qtbot):
    axes = AxisControls()
    qtbot.addWidget(axes)
    axes.set_shape((2, 3, 4))
    with qtbot.waitExposed(axes):
        axes.show()
    axes.resize(400, 200)
    axes.set_names((AxisName("B", "x.view(B, T, 4)", 2), AxisName("T", "x.view(B, T, 4)", 2), AxisName("")))
    assert [axes._rows.itemText(place) for place in range(3)] == ["axis 0 (B)", "axis 1 (T)", "axis 2"]
    qtbot.waitUntil(lambda: axes._rows.painted == "axis 1 (T)")  # as wide as its words
    assert axes._rows.currentIndex() == 1 and "B: x.view(B, T, 4), line 2" in axes.toolTip()
    axes.set_names(())
    assert axes._rows.itemText(0) == "axis 0" and not axes.toolTip()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", [[5e-324, -1.2e-310, 0.0], [1.7e308, -1.7e308], [0.0, 0.0], [math.nan, math.inf]])
def test_any_span_has_colours(values):
    with np.errstate(over="ignore"):
        cells = np.array([values], dtype=np.float32)
    finite = [value for value in values if math.isfinite(value)] or [0.0]
    assert color_maps.colorize(cells, "value", min(finite), max(finite)).shape == (1, len(values), 4)
