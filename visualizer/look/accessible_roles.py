"""What painted widgets are to a screen reader: Qt takes every widget that it does not know for a plain area.

A class says it by an attribute: `accessible_role = QAccessible.Role.Slider`. Its name and description are Qt's own.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@lru_cache(maxsize=1)
def install() -> None:
    """Once for the whole program, before its first window."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, shown: QObject | None) -> QAccessibleInterface | None:
    role = getattr(type(shown), "accessible_role", None)
    # The interface is Qt's as soon as it is returned: whoever kept it here would free it twice.
    return QAccessibleWidget(shown, role) if role is not None and isinstance(shown, QWidget) else None
