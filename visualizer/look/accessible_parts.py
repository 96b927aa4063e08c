"""What a painted widget shows as parts of their own, as cards of a graph, told to a screen reader one by one.

A class says it by an attribute, `accessible_parts`, which an instance fills with its `Parts`. Nothing is made before a
screen reader asks for it.
"""

from __future__ import annotations

import weakref
from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Parts(Protocol):
    """Of one widget. Parts have numbers from 0; places are the widget's. On the window's thread."""

    role: QAccessible.Role  # of each

    def count(self) -> int:
        """How many there are now."""

    def name(self, part: int) -> str:
        """What one is called."""

    def description(self, part: int) -> str:
        """All else that is known of it."""

    def rect(self, part: int) -> QRect:
        """Where it is, which may be out of sight."""

    def at(self, point: QPoint) -> int:
        """The one that is seen at a point, -1 without one."""

    def selected(self) -> int:
        """The one that is selected, -1 without one."""

    def is_folded(self, part: int) -> bool:
        """Whether it stands for several that can be unfolded."""


class PartedWidget(QAccessibleWidget):
    """A widget whose parts come after the widgets that lie over it."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = weakref.ref(widget)  # the interface may outlive it

    def childCount(self) -> int:
        """Widgets and parts."""
        return super().childCount() + _count(self._widget())

    def child(self, index: int) -> QAccessibleInterface | None:
        """A widget, or a part."""
        n_widgets, widget = super().childCount(), self._widget()
        if index < n_widgets:
            return super().child(index)
        return _part(widget, index - n_widgets) if widget is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """-1 of what is none."""
        if isinstance(child, Part):
            return super().childCount() + child.number if child.isValid() else -1
        return super().indexOfChild(child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """What is seen at a point of the screen."""
        found, widget = super().childAt(x, y), self._widget()
        if found is not None or widget is None:
            return found
        point, parts = widget.mapFromGlobal(QPoint(x, y)), _parts_of(widget)
        number = parts.at(point) if parts is not None and widget.rect().contains(point) else -1
        return _part(widget, number) if number >= 0 else None

    def focusChild(self) -> QAccessibleInterface | None:
        """The part that is selected, where the widget has the keyboard."""
        widget = self._widget()
        parts = _parts_of(widget)
        if widget is None or parts is None or not widget.hasFocus() or parts.selected() < 0:
            return super().focusChild()
        return _part(widget, parts.selected())


class Part(QAccessibleInterface):
    """The part of a number, whichever that is now."""

    def __init__(self, widget: QWidget, number: int) -> None:
        super().__init__()
        self._widget, self.number = weakref.ref(widget), number

    def _parts(self) -> Parts | None:
        parts = _parts_of(self._widget())
        return parts if parts is not None and self.number < parts.count() else None

    def isValid(self) -> bool:
        """Whether there are so many."""
        return self._parts() is not None

    def object(self) -> QObject | None:
        """It is none of its own."""
        return None

    def window(self) -> None:
        """Its widget's."""

    def parent(self) -> QAccessibleInterface | None:
        """Its widget."""
        widget = self._widget()
        return None if widget is None else QAccessible.queryAccessibleInterface(widget)

    def childCount(self) -> int:
        """It has none."""
        return 0

    def child(self, index: int) -> None:
        """It has none."""

    def childAt(self, x: int, y: int) -> None:
        """It has none."""

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """It has none."""
        return -1

    def role(self) -> QAccessible.Role:
        """As the parts say."""
        parts = self._parts()
        return QAccessible.Role.NoRole if parts is None else parts.role

    def rect(self) -> QRect:
        """On the screen."""
        parts, widget = self._parts(), self._widget()
        if parts is None or widget is None:
            return QRect()
        place = parts.rect(self.number)
        return QRect(widget.mapToGlobal(place.topLeft()), place.size())

    def text(self, kind: QAccessible.Text) -> str:
        """Its name or its description."""
        parts = self._parts()
        if parts is None:
            return ""
        if kind == QAccessible.Text.Name:
            return parts.name(self.number)
        return parts.description(self.number) if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nobody writes it."""

    def state(self) -> QAccessible.State:
        """Selected, in sight, unfolded or not."""
        state, parts, widget = QAccessible.State(), self._parts(), self._widget()
        if parts is None or widget is None:
            state.invalid = 1
            return state
        state.selectable = state.focusable = int(widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
        state.readOnly = 1
        if parts.selected() == self.number:
            state.selected = 1
            state.focused = int(widget.hasFocus())
        if not parts.rect(self.number).intersects(widget.rect()):
            state.offscreen = 1
        if parts.is_folded(self.number):
            state.expandable = state.collapsed = 1
        return state


def tell_selected(widget: QWidget) -> None:
    """The part that is selected has the keyboard of its widget: have it read, if somebody listens."""
    parts = _parts_of(widget)
    if parts is None or parts.selected() < 0 or not widget.hasFocus() or not QAccessible.isActive():
        return
    told = QAccessible.queryAccessibleInterface(widget)
    event = QAccessibleEvent(widget, QAccessible.Event.Focus)
    event.setChild(told.childCount() - parts.count() + parts.selected())
    QAccessible.updateAccessibility(event)


def tell_changed(widget: QWidget) -> None:
    """Its parts are others."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.ObjectReorder))


# What Qt has registered must not go before it is taken back: by id of a widget its parts, each with its number at Qt.
_made: dict[int, dict[int, tuple[int, Part]]] = {}


def _part(widget: QWidget, number: int) -> Part | None:
    if not 0 <= number < _count(widget):
        return None
    if id(widget) not in _made:
        _made[id(widget)] = {}
        widget.destroyed.connect(partial(_forget, id(widget)))
    known = _made[id(widget)]
    if number not in known:
        part = Part(widget, number)
        known[number] = QAccessible.registerAccessibleInterface(part), part
    return known[number][1]


def _forget(widget: int) -> None:
    for registered, _part in _made.pop(widget, {}).values():
        QAccessible.deleteAccessibleInterface(registered)


def _parts_of(widget: QWidget | None) -> Parts | None:
    alive = widget is not None and shiboken6.isValid(widget)
    return getattr(widget, "accessible_parts", None) if alive else None


def _count(widget: QWidget | None) -> int:
    parts = _parts_of(widget)
    return 0 if parts is None else parts.count()
