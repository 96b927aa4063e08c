"""The legend of a model's parameters: names come before shares, which the bar above it shows as well."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from tests.visualizer.seen import pixels
from visualizer.look import theme
from visualizer.pretraining.form.parameter_bar import ParameterBar


def test_a_share_makes_way_for_the_name_of_its_part(qtbot) -> None:
    bar = ParameterBar()
    qtbot.addWidget(bar)
    bar.show_parts((("embedding of all the tokens", 38_597_376), ("MLP", 56_669_184)))
    ends = []
    for width, has_shares in ((500, True), (260, False)):
        bar.resize(width, bar.sizeHint().height())
        assert bar.has_shares == has_shares
        below = theme.current().px(20)
        column = pixels(bar, QRect(width - 12, below, 12, bar.height() - below))
        ends.append({tuple(color) for color in column.reshape(-1, 3)})
    primary = theme.current().color("text.primary").getRgb()[:3]
    assert primary not in ends[0] and primary in ends[1]  # a count stands at the edge where a share did


def test_no_name_is_cut_beside_its_count_in_any_width(qtbot) -> None:
    """Letters get smaller before the count goes below the name."""
    bar, parts = ParameterBar(), (("embedding of all the tokens", 38_597_376), ("MLP", 56_669_184))
    qtbot.addWidget(bar)
    bar.show_parts(parts)
    line, seen = (bar.sizeHint().height() - theme.current().px(20)) // 2, []
    for width in (500, 236, 228, 150):
        bar.resize(width, 200)
        height = bar.sizeHint().height()
        rows = (height - theme.current().px(20)) // (2 * line)
        name = QFontMetrics(theme.current().font(12 * bar.letters)).horizontalAdvance(parts[0][0])
        count = QFontMetrics(theme.current().mono(11.5 * bar.letters)).horizontalAdvance("38,597,376")
        assert theme.current().px(18) + name + count * (rows == 1) <= width or rows == 2, width
        seen.append((rows, bar.letters == 1.0))
    assert seen[0] == (1, True) and (1, False) in seen and seen[-1] == (2, True)
