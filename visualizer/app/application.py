"""The application: one QApplication, one window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.shared.language import tr
from visualizer.app.collection import RestingCollector
from visualizer.app.defects import Defects
from visualizer.app.settings import Settings
from visualizer.backprop.program import zoom
from visualizer.look import accessible_roles, announcing, focus_ring, theme
from visualizer.look.spoken import say_again, use_language
from visualizer.model.engine_process import EngineProcess

if TYPE_CHECKING:
    from visualizer.app.main_window import MainWindow

_QUIET_MS = 1_000  # after which it is all there


def main(path: Path | None = None, arguments: tuple[str, ...] = ()) -> int:
    """Open the window, on a file or a run folder if one is given, and run until it is closed. `arguments` are those of
    a program."""
    application = make_application(Settings())
    defects = Defects(application)
    defects.install()
    application.aboutToQuit.connect(defects.close)
    window = open_window()
    QTimer.singleShot(0, lambda: window.begin(path, arguments))
    QTimer.singleShot(_QUIET_MS, settle)
    return application.exec()


def open_window() -> MainWindow:
    """The window, on the screen. Its engine imports torch, which takes longest, while the window is imported and made;
    what it says is heard once the event loop runs."""
    engine = EngineProcess(Settings().engine_command)
    engine.start()
    from visualizer.app.main_window import MainWindow  # half of a start, and after the engine's

    window = MainWindow(Settings(), engine)
    window.show()
    return window


def settle() -> None:
    """The window is all there. What it is made of lives as long as it, and what comes in thousands is in no cycle: to
    look through all that for cycles held it for 60 ms, again and again."""
    gc.freeze()


def _name_it() -> None:
    """Which some systems write behind the title of each window."""
    QApplication.setApplicationDisplayName(tr("Tensor visualizer"))


def make_application(settings: Settings) -> QApplication:
    """The QApplication in its theme; the one that exists already is dressed and returned."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    if not application.findChild(RestingCollector):  # before there is a thread beside the window's
        RestingCollector(application)
    accessible_roles.install()
    announcing.install(application)
    focus_ring.install(application)
    application.setApplicationName("visualizer")
    # Programs, shapes, formulas and graphs run from the left to the right in every language; a sentence of a script
    # that does not has its own direction.
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    use_language(settings.language)
    say_again(application, _name_it)
    zoom.choose(settings.program_zoom)
    theme.current().install(application, mode=settings.theme_mode, scale=settings.scale, contrast=settings.contrast)
    return application
