"""Panels made wider or higher by the keyboard, as the mouse does it by the line between two of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter, QWidget

_BESIDE = {
    Qt.Orientation.Horizontal: (Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea),
    Qt.Orientation.Vertical: (Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.TopDockWidgetArea),
}


def grow(inside: QWidget, along: Qt.Orientation, by_px: int) -> bool:
    """Of the panels around a widget the innermost that can be sized in this direction, by so many pixels, less than 0
    for smaller: what lies beside it gives or takes them, as far as it can. False where there is none. On the window's
    thread."""
    part, around = inside, inside.parentWidget()
    while around is not None:
        if isinstance(around, QSplitter) and _grow_in(around, part, along, by_px):
            return True
        if isinstance(part, QDockWidget) and isinstance(around, QMainWindow):
            return _grow_dock(around, part, along, by_px)
        if isinstance(around, QMainWindow) and _beside(around, along):
            beside = _beside(around, along)[0]  # what stands in the middle has what the docks leave
            return _grow_dock(around, beside, along, -by_px)
        part, around = around, around.parentWidget()
    return False


def _grow_in(splitter: QSplitter, part: QWidget, along: Qt.Orientation, by_px: int) -> bool:
    place, sizes = splitter.indexOf(part), splitter.sizes()
    others = [n for n in (*range(place + 1, len(sizes)), *reversed(range(place))) if splitter.widget(n).isVisible()]
    if splitter.orientation() != along or place < 0 or not others:
        return False
    sizes[place] += by_px
    sizes[others[0]] -= by_px
    splitter.setSizes([max(size, 0) for size in sizes])
    splitter.splitterMoved.emit(sum(splitter.sizes()[: max(place, others[0])]), max(place, others[0]))
    return True


def _grow_dock(window: QMainWindow, dock: QDockWidget, along: Qt.Orientation, by_px: int) -> bool:
    is_flat = along == Qt.Orientation.Horizontal
    if dock.isFloating():
        dock.resize(dock.width() + by_px * is_flat, dock.height() + by_px * (not is_flat))
    else:
        window.resizeDocks([dock], [max((dock.width() if is_flat else dock.height()) + by_px, 1)], along)
    return True


def _beside(window: QMainWindow, along: Qt.Orientation) -> list[QDockWidget]:
    docks = [one for one in window.findChildren(QDockWidget) if one.isVisible() and not one.isFloating()]
    return [one for area in _BESIDE[along] for one in docks if window.dockWidgetArea(one) == area]
