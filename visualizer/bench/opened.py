"""The window that is measured."""

from __future__ import annotations

from visualizer.app.application import make_application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.bench.waiting import until


def opened_window() -> MainWindow:
    """A real window on the screen, whose engine is ready."""
    make_application(Settings())
    window = MainWindow(Settings())
    window.resize(1400, 900)
    window.show()
    window.session.start_engine()
    until(window.session.ready)
    return window
