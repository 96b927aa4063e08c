"""What happens is told to a screen reader, also where the keyboard is elsewhere."""

from __future__ import annotations

import time
import weakref

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.shared.language import tr

_ECHO_S = 0.5  # in which the same words of another widget are those of one event
_last: list[tuple[weakref.ref[QWidget], str, float]] = []  # what was said last, by whom and when


def announce(about: QWidget, words: str, *, is_of_all: bool = False) -> None:
    """Have it said once what it reads has been said; where nothing reads, or there are no words, nothing happens.

    What a hidden widget says is not heard, unless it `is_of_all`, as that a run has ended: then it is also heard where
    one panel fills the window. What stands in several places is said once. On the window's thread."""
    if about.isVisible():
        heard = about
    elif is_of_all and about.window().isVisible():
        heard = about.window()
    else:
        return
    if words and not _is_echo(about, words):
        _last[:] = [(weakref.ref(about), words, time.monotonic())]
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(heard, words))


def _is_echo(about: QWidget, words: str) -> bool:
    for said_by, said, at in _last:
        return said_by() is not about and words in said and time.monotonic() - at < _ECHO_S
    return False


def install(application: QApplication) -> None:
    """From here on, who copies hears it: nothing on the screen moves."""
    if application.findChild(_Copies) is None:
        _Copies(application)


class _Copies(QObject):
    """Tells of what the program puts on the clipboard. One for the application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a sentence that says more of it comes first
        self._soon.timeout.connect(self._tell)
        application.clipboard().dataChanged.connect(self._soon.start)

    def _tell(self) -> None:
        active = QApplication.activeWindow()
        if active is not None:  # else another program has copied
            announce(active, tr("Copied"))
