"""The legend of a model's parameters: names come before shares, which the bar above it shows as well."""

from __future__ import annotations

from PySide6.QtCore import QRect

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
