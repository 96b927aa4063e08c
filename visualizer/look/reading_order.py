"""Tab goes through a dialog or a panel as it is read, whatever its parts were made in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QStackedWidget, QTabWidget, QWidget


def tab_as_read(root: QWidget) -> None:
    """What its layouts hold, row by row. Call it when all is in them, and again when more has come."""
    for before, after in pairwise(_in_widget(root)):
        QWidget.setTabOrder(before, after)


def tab_before(first: QWidget, stops: Sequence[QWidget]) -> None:
    """To these, in this order, just before `first` and what follows it."""
    for before, after in pairwise((first, *stops, first)):
        QWidget.setTabOrder(before, after)


def _in_widget(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QTabWidget):
        yield widget.tabBar()
    if isinstance(widget, QTabWidget | QStackedWidget):
        for place in range(widget.count()):
            yield from _in_widget(widget.widget(place))
    elif isinstance(widget, QScrollArea) and widget.widget() is not None:
        yield from _in_widget(widget.widget())
    elif widget.layout() is not None:
        yield from _in_layout(widget.layout())


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: layout.getItemPosition(place)[:2])
    for place in places:
        item = layout.itemAt(place)
        if item.widget() is not None:
            yield from _in_widget(item.widget())
        elif item.layout() is not None:
            yield from _in_layout(item.layout())
