"""The application: one QApplication, one window, and what happens to an exception that nobody expected."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

import pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.look import theme
from visualizer.look.boxes import message_box


def main(path: Path | None = None) -> int:
    """Open the window, on a file or a run folder if one is given, and run until it is closed."""
    application = make_application(Settings())
    sys.excepthook = _report
    window = MainWindow(Settings())
    window.show()
    # The window is on the screen before anything slow begins.
    QTimer.singleShot(0, lambda: window.begin(path))
    return application.exec()


def make_application(settings: Settings) -> QApplication:
    """The QApplication in its theme; the one that exists already is dressed and returned."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("visualizer")
    application.setApplicationDisplayName("Tensor visualizer")
    pyqtgraph.setConfigOptions(antialias=True)
    look = theme.current()
    look.mode, look.scale = settings.theme_mode, settings.scale
    look.install(application)
    look.set_mode(settings.theme_mode)
    return application


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    print(text, file=sys.stderr)
    sentence = "Something went wrong in the window. Your program is autosaved."
    box = message_box(None, "defect", QMessageBox.Icon.Critical, "A defect", sentence)
    box.setInformativeText(f"{kind.__name__}: {error}")
    box.setDetailedText(text)
    box.exec()
