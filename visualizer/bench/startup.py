"""Whole processes: `import torch`, a window on the screen, a window with its engine ready."""

from __future__ import annotations

import subprocess
import sys
import time

from engine.shared.measurement import Measurement

_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from visualizer.app.application import make_application, open_window
from visualizer.app.settings import Settings
application = make_application(Settings())
window = open_window()
application.processEvents()
assert window.isVisible() and not {"torch", "pyqtgraph"} & set(sys.modules)
if sys.argv[1] == "ready":
    window.session.ready.connect(lambda event: application.quit())
    QTimer.singleShot(0, lambda: window.begin(None))
    application.exec()
window.close()
application.processEvents()
"""


def startup() -> list[Measurement]:
    """One start of each, in turn."""
    torch_ms = _timed_ms("import torch")
    return [
        Measurement(name=name, ours=_timed_ms(_WINDOW, argument), other=torch_ms, against="`import torch`")
        for name, argument in (("window visible", "shown"), ("window and engine ready", "ready"))
    ]


def _timed_ms(program: str, *arguments: str) -> float:
    start_s = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"a process ended with {run.returncode}: {(run.stderr.strip().splitlines() or [''])[-1]}")
    return (time.perf_counter() - start_s) * 1000
