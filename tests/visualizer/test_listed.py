"""Legends and bars that paint several parts are heard part by part, each where it is drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from visualizer.backprop.graph import legend as graph_legend
from visualizer.backprop.graph.legend import Legend as GraphLegend
from visualizer.backprop.health.shares_strip import SharesStrip
from visualizer.look import accessible_roles
from visualizer.look.spoken import use_language
from visualizer.pretraining.form.parameter_bar import ParameterBar
from visualizer.pretraining.plots.legend import Entry, Legend

NAME = QAccessible.Text.Name


@pytest.fixture(autouse=True)
def heard_by_somebody() -> None:
    accessible_roles.install()


def heard(widget: QWidget) -> list[str]:
    """What is read of its parts, each of which lies where it is found again."""
    told = QAccessible.queryAccessibleInterface(widget)
    parts = [told.child(place) for place in range(told.childCount())]
    for part in parts:
        middle = part.rect().center()
        assert widget.rect().contains(widget.mapFromGlobal(middle)), part.text(NAME)
        assert told.childAt(middle.x(), middle.y()).text(NAME) == part.text(NAME)
    return [part.text(NAME) for part in parts]


def shown(qtbot, widget: QWidget, width: int) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.heightForWidth(width), widget.sizeHint().height()))
    widget.show()
    return widget


def test_the_curves_of_a_legend_are_heard_one_by_one(qtbot) -> None:
    legend = Legend()
    legend.show_entries([Entry("train, every step", "accent.line"), Entry("validation", "text.primary", shape=-1)])
    assert heard(shown(qtbot, legend, 130)) == ["train, every step", "validation"]
    told = QAccessible.queryAccessibleInterface(legend).child(0)
    assert not told.state().focusable  # no key comes to them


def test_the_parts_of_a_model_are_heard_with_counts_and_shares(qtbot) -> None:
    bar = ParameterBar()
    bar.show_parts((("tokens", 3000), ("nothing", 0), ("blocks", 1000)))
    assert heard(shown(qtbot, bar, 300)) == ["tokens 3,000, 75.0 %", "blocks 1,000, 25.0 %"]
    use_language("pt_BR")
    try:
        assert heard(bar) == ["tokens 3.000, 75,0 %", "blocks 1.000, 25,0 %"]
    finally:
        use_language("en")


def test_the_share_of_zeros_of_each_unit_is_heard(qtbot) -> None:
    strip = shown(qtbot, SharesStrip((1.0, 0.5, 0.0)), 90)
    assert heard(strip) == ["100 % zeros, place 1 of 3", "50 % zeros, place 2 of 3", "0 % zeros, place 3 of 3"]


def test_the_rows_of_the_graphs_legend_are_heard_where_they_are_drawn(qtbot) -> None:
    legend = shown(qtbot, GraphLegend(), 200)
    legend.resize(legend.sizeHint())
    colors, *rows = heard(legend)
    assert colors.startswith("leaf, ") and rows == [words for _what, words in graph_legend._ROWS]
    legend.set_open(False)
    assert heard(legend) == []
    told = QAccessible.queryAccessibleInterface(legend)
    assert told.childAt(*legend.mapToGlobal(QPoint(9, 60)).toTuple()) is None
