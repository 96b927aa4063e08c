"""As little motion as the person wants: no blinking cursor, no menus that fade or slide, no bars that only move."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

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


def is_reduced() -> bool:
    """Ask before anything moves that the person did not set in motion."""
    return QApplication.cursorFlashTime() == 0
