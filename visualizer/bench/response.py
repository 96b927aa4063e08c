"""How long a person waits: for Stop, for a key in a long program, for the window while a program prints."""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from engine.shared.measurement import Measurement
from visualizer.app.main_window import MainWindow
from visualizer.bench.opened import opened_window
from visualizer.bench.waiting import until, until_true

_ENDLESS = (
    "while True: pass",
    "import time\ntime.sleep(60)",
    "import torch\na = torch.randn(300, 300)\nwhile True: a @ a",
    "import threading\nthreading.Event().wait()",
    "import subprocess\nsubprocess.run(['sleep', '60'])",
    "input()",
    "while True: print('flood')",
)


def response() -> list[Measurement]:
    """With a real window and engine. The longest wait counts, for a key its median."""
    window = opened_window()
    measured = [
        Measurement(name="Stop, until the program has ended", ours=max(_stop_ms(window)), aim="≤ 1,000 ms"),
        Measurement(name="a program of 1,000 statements", ours=_statements_ms(window), aim="≤ 2,000 ms"),
        Measurement(name="a million lines, the window's longest wait", ours=_flood_ms(window), aim="≤ 100 ms"),
        Measurement(name="a key in a program of 10,000 lines", ours=_key_ms(window), aim="≤ 16.7 ms"),
    ]
    window.files.forget()
    window.close()
    return measured


def _stop_ms(window: MainWindow) -> list[float]:
    waits_ms = []
    for text in _ENDLESS:
        window.console.clear()
        window.session.run(f"print('begun', flush=True)\n{text}\n", "endless.py")
        until_true(lambda: "begun" in window.console.text())
        QTest.qWait(100)  # into what never ends
        start_s = time.perf_counter()
        window.session.stop()
        until(window.session.program_finished)
        waits_ms.append(1000 * (time.perf_counter() - start_s))
    return waits_ms


def _statements_ms(window: MainWindow) -> float:
    start_s = time.perf_counter()
    window.session.run("".join(f"x{i} = {i}\n" for i in range(1000)), "statements.py")
    until(window.session.program_finished)
    return 1000 * (time.perf_counter() - start_s)


def _flood_ms(window: MainWindow) -> float:
    finished: list[object] = []
    window.session.program_finished.connect(finished.append)
    window.session.run("for i in range(1_000_000): print(i)\n", "flood.py")
    longest_s = 0.0
    while not finished:
        start_s = time.perf_counter()
        QCoreApplication.processEvents()
        longest_s = max(longest_s, time.perf_counter() - start_s)
        time.sleep(0.001)
    return 1000 * longest_s


def _key_ms(window: MainWindow) -> float:
    window.program.set_text("".join(f"name_{i} = {i}\n" for i in range(10_000)))
    editor = window.program.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    waits_ms = []
    for letter in "name_99 = 1 + name_98":
        start_s = time.perf_counter()
        QTest.keyClick(editor, letter)
        QCoreApplication.processEvents()
        waits_ms.append(1000 * (time.perf_counter() - start_s))
    return statistics.median(waits_ms)
