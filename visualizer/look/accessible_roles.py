"""What painted widgets are to a screen reader: Qt takes every widget that it does not know for a plain area.

A class says it by an attribute: `accessible_role = QAccessible.Role.Slider`. Its name and description are Qt's own;
what changes with every cell or record is a method `told_now()`, whose words are made only when somebody asks for them.
What it shows as parts of their own: `visualizer/look/accessible_parts.py`.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget

from visualizer.look.accessible_parts import PartedWidget


@lru_cache(maxsize=1)
def install() -> None:
    """Once for the whole program, before its first window."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, shown: QObject | None) -> QAccessibleInterface | None:
    role = getattr(type(shown), "accessible_role", None)
    if role is None and isinstance(shown, QScrollArea):  # a stop of the keyboard, which Qt has no role for
        return QAccessibleWidget(shown, QAccessible.Role.Grouping)
    if role is None or not isinstance(shown, QWidget):
        return None
    # The interface is Qt's as soon as it is returned: whoever kept it here would free it twice.
    if hasattr(type(shown), "accessible_parts"):
        return PartedWidget(shown, role)
    return _Painted(shown, role)


class _Painted(QAccessibleWidget):
    """A widget that paints itself is described by what it says of itself, and what it shows now; where it says nothing,
    as a line between two parts or a label without words, it is passed by."""

    def text(self, kind: QAccessible.Text) -> str:
        own = super().text(kind)
        shown = self.object()
        if kind != QAccessible.Text.Description or shown is None:
            return own
        own = "" if own == shown.accessibleName() else own
        now = shown.told_now() if hasattr(shown, "told_now") else ""
        return "; ".join(filter(None, (own, now)))

    def state(self) -> QAccessible.State:
        state, shown = super().state(), self.object()
        if shown is not None and not self.childCount() and not shown.accessibleName().strip():
            state.invisible = 1
        return state
