"""As little motion as is wanted: no blinking cursor, menus that fade, panels that slide, nor bars that only move."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

_EFFECTS = (
    *(Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo),
    *(Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox),
)
_first: list[tuple[int, tuple[bool, ...]]] = []  # what the desktop has: the blinking, and which of the effects


def reduce(is_wanted: bool) -> None:
    """From here on, in every window; what the desktop has turned off already stays off. On the window's thread."""
    if not _first:
        _first.append((QApplication.cursorFlashTime(), tuple(map(QApplication.isEffectEnabled, _EFFECTS))))
    blink_ms, had = _first[0]
    QApplication.setCursorFlashTime(0 if is_wanted else blink_ms)
    for effect, was_on in zip(_EFFECTS, had, strict=True):
        QApplication.setEffectEnabled(effect, was_on and not is_wanted)
    for widget in QApplication.allWidgets():
        if isinstance(widget, QMainWindow):
            widget.setAnimated(not is_reduced())


def is_reduced() -> bool:
    """Ask before anything moves that the person did not set in motion: by the setting, or by a desktop whose cursor
    does not blink."""
    return QApplication.cursorFlashTime() == 0
