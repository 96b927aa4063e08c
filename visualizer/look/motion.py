"""As little motion as is wanted: no blinking cursor, menus that fade, panels that slide, nor bars that only move."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

_EFFECTS = (
    *(Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo),
    *(Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox),
)
_first_blink_ms: list[int] = []  # what the system has, as soon as it was changed


def reduce(is_wanted: bool) -> None:
    """From here on, in every window. On the window's thread."""
    if not _first_blink_ms:
        _first_blink_ms.append(QApplication.cursorFlashTime())
    QApplication.setCursorFlashTime(0 if is_wanted else _first_blink_ms[0])
    for effect in _EFFECTS:
        QApplication.setEffectEnabled(effect, not is_wanted)
    for widget in QApplication.allWidgets():
        if isinstance(widget, QMainWindow):
            widget.setAnimated(not is_wanted)


def is_reduced() -> bool:
    """Ask before anything moves that the person did not set in motion."""
    return QApplication.cursorFlashTime() == 0
