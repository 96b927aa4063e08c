"""What Pretraining is made of is imported while nobody waits for it, and by the thread that owns the window."""

import os
from pathlib import Path

from tests.visualizer.window import environment
from tests.warm import run_window

_PROGRAM = """
import sys, threading
elsewhere, seen = set(), set()
def hook(event, arguments):
    if event == "import":
        is_qt = arguments[0].partition(".")[0] in ("PySide6", "pyqtgraph", "visualizer")
        here = threading.current_thread() is threading.main_thread()
        (seen if here else elsewhere).update([arguments[0]] if is_qt else [])
sys.addaudithook(hook)
from PySide6.QtCore import QTimer
from visualizer.app import application
from visualizer.app.main_window import MainWindow
from visualizer.app.training_import import WORKSPACE

assert WORKSPACE not in sys.modules

def begin(window, *given):
    starts(window, *given)
    timer = QTimer(window, interval=20)
    def turn():
        if WORKSPACE in sys.modules:
            timer.stop()
            window.files.forget()
            window.close()
    timer.timeout.connect(turn)
    timer.start()

starts, MainWindow.begin = MainWindow.begin, begin
code = application.main()
assert "pyqtgraph.Qt" in seen, seen
print("elsewhere", sorted(elsewhere))
sys.exit(code)
"""


def test_no_other_thread_makes_classes_of_qt(tmp_path: Path) -> None:
    """PySide's table of them is read without Python's lock: the window died of one import in six on a busy machine."""
    (tmp_path / "settings.ini").write_text('[General]\nengine_command="sleep 1000"\n')
    done = run_window(_PROGRAM, {**os.environ, **environment(tmp_path)})
    assert (done.returncode, done.stdout.strip()) == (0, "elsewhere []"), done.stderr[-3000:]
