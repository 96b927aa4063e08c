"""The application: one QApplication, one window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from visualizer.app.collection import RestingCollector
from visualizer.app.defects import Defects
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.look import accessible_roles, focus_ring, theme
from visualizer.look.spoken import use_language

_QUIET_MS = 1_000  # after which it is all there


def main(path: Path | None = None, arguments: tuple[str, ...] = ()) -> int:
    """Open the window, on a file or a run folder if one is given, and run until it is closed. `arguments` are those of
    a program."""
    application = make_application(Settings())
    defects = Defects(application)
    defects.install()
    application.aboutToQuit.connect(defects.close)
    window = MainWindow(Settings())
    window.show()
    # The window is on the screen before anything slow begins.
    QTimer.singleShot(0, lambda: window.begin(path, arguments))
    QTimer.singleShot(_QUIET_MS, settle)
    return application.exec()


def settle() -> None:
    """The window is all there. What it is made of lives as long as it, and what comes in thousands is in no cycle: to
    look through all that for cycles held it for 60 ms, again and again."""
    gc.freeze()


def make_application(settings: Settings) -> QApplication:
    """The QApplication in its theme; the one that exists already is dressed and returned."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    if not application.findChild(RestingCollector):  # before there is a thread beside the window's
        RestingCollector(application)
    accessible_roles.install()
    focus_ring.install(application)
    application.setApplicationName("visualizer")
    application.setApplicationDisplayName("Tensor visualizer")
    use_language(settings.language)
    theme.current().install(application, mode=settings.theme_mode, scale=settings.scale)
    return application
