"""The window and its engine's process: it starts without torch, outlives every end of it, and can always stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from engine.protocol.messages import AskCompletions, RunProgram
from tests import patience
from tests.processes import children_of, group_members, is_running, send_signal
from tests.visualizer.warm_engine import warm_engines
from tests.visualizer.window import (
    answer,
    box,
    boxes,
    environment,
    main_window,
    press,
    run,
    said,
    start,
    until,
    value,
    wait_ready,
)
from visualizer.app.main_window import MainWindow


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window"), fresh=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def alive(request):
    """Each test begins with a ready engine and an empty output, whatever a test before it left."""
    if "window" in request.fixturenames:
        window = request.getfixturevalue("window")
        if window.session.state != "ready":
            if window.session.state != "starting":
                window.session.start_engine()
            wait_ready(window)
        window.console.clear()


_WINDOW = """
import sys
import psutil
from visualizer.app.application import make_application, open_window
from visualizer.app.settings import Settings
from PySide6.QtTest import QTest
application = make_application(Settings())
window = open_window()
engine = psutil.Process(window.engine.pid)
assert QTest.qWaitForWindowExposed(window)
assert window.session.state == "starting"
window.begin(None)
assert window.engine.pid == engine.pid  # it was on its way before there was a window
has_torch = lambda: any("libtorch" in file.path for file in engine.memory_maps())
shown = window.windowHandle().isExposed()
print(f"on screen {shown}, torch in the engine {has_torch()}", flush=True)
while window.session.state != "ready":
    QTest.qWait(10)
print(f"torch in the engine {has_torch()}, in the window {'torch' in sys.modules}", flush=True)
application.exec()
"""


def test_the_window_shows_before_torch_is_there_and_killed_it_leaves_no_process(tmp_path):
    """Its engine begins when the test says so."""
    (tmp_path / "late.sh").write_text(
        f"while [ ! -e '{tmp_path}/go' ]; do sleep 0.02; done\nexec '{sys.executable}' -P -m engine serve\n"
    )
    (tmp_path / "settings.ini").write_text(f'[General]\nengine_command="sh {tmp_path}/late.sh"\n')
    window = subprocess.Popen(
        [sys.executable, "-c", _WINDOW],
        env={**os.environ, **environment(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == "on screen True, torch in the engine False\n"
        (tmp_path / "go").touch()
        assert window.stdout.readline() == "torch in the engine True, in the window False\n"
        children = children_of(window.pid)
        engine = next(pid for pid, words in children.items() if "engine serve" in words and group_members(pid))
        until(lambda: any("layout_process" in words for words in children_of(window.pid).values()), "layouts are made")
        children |= children_of(window.pid)
    finally:
        window.kill()
        window.communicate()
    until(lambda: not group_members(engine), "the engine has ended")
    until(lambda: not any(map(is_running, children)), "the others have ended")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "it crashed in native code"),
        ("os._exit(3)", "exit status 3"),
    ],
)
def test_an_engine_that_ends_is_told_and_restarted_and_the_text_stays(window: MainWindow, how: str, words: str):
    text = f"import os, signal\nkept = 1\n{how}\n"
    start(window, text)
    told = box(window, "engine_ended")
    assert words in told.text() and "Its variables are lost, the program is not." in told.text()
    assert said(window) == told.text()
    assert window.program.text() == text
    assert window.session.state == "ended" and not window.session.variables
    answer(told, "Restart")
    wait_ready(window)
    assert not boxes(window, "engine_ended")
    assert window.program.text() == text
    assert run(window, "kept = 2").error is None
    assert value(window, "kept") == "2"


def test_an_engine_killed_by_hand_is_told_and_run_starts_another(window: MainWindow):
    assert run(window, "kept = 1").error is None
    send_signal(window.engine.pid, signal.SIGKILL)
    told = box(window, "engine_ended")
    assert "it was killed" in told.text()
    answer(told, "Not now")
    assert window.session.state == "ended" and window.program.text() == "kept = 1"
    finished = start(window)
    until(lambda: finished, "the program runs in a fresh engine")
    assert value(window, "kept") == "1"


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "import time\ntime.sleep(1e6)",
        "import torch\na = torch.randn(300, 300)\nwhile True: a @ a",
        "import threading\nthreading.Event().wait()",
        "import subprocess\nsubprocess.run(['sleep', '1000'])",
        "input()",
    ],
)
def test_stop_ends_the_program(window: MainWindow, text: str):
    finished = start(window, f"before = 5\nprint('begun', flush=True)\n{text}\nafter = 6\n")
    until(lambda: "begun" in window.console.text(), "it runs")
    until(lambda: window.session.state in ("running", "input"), "it is seen to run")
    press(window, "Ctrl+.")
    until(lambda: finished, "it ends")
    assert finished[0].interrupted and said(window) == "Stopped. What ran before stays."
    assert value(window, "before") == "5" and not value(window, "after")
    assert not window.program.error_bar.isVisible()


def test_a_request_leaves_before_the_window_comes_round_to_anything_else(window: MainWindow, tmp_path):
    until(lambda: window.session.state == "ready", "the engine is ready")
    written = tmp_path / "written"
    window.engine.send(RunProgram(text=f"open({str(written)!r}, 'w').close()", path="now.py"))
    patience.until(written.exists, "the program runs, though no event loop has run here")
    until(lambda: window.session.state == "ready", "it has ended")


def test_what_the_pipe_has_no_room_for_waits_for_the_event_loop(window: MainWindow):
    answered: list[int] = []
    send_signal(window.engine.pid, signal.SIGSTOP)
    try:
        for place in range(30):
            request = AskCompletions(text="#" * 10_000, line=1, column=0)
            window.engine.ask(request, lambda event, place=place: answered.append(place))
        assert not answered
    finally:
        send_signal(window.engine.pid, signal.SIGCONT)
    until(lambda: answered == list(range(30)), "all are answered, in their order")


def test_stop_ends_a_held_backward(window: MainWindow):
    text = "import torch\nw = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\nafter = 6\n"
    finished = start(window, text, "Ctrl+Shift+Return")
    until(lambda: window.session.state == "paused", "backward is held")
    press(window, "Ctrl+.")
    until(lambda: finished, "it ends")
    assert finished[0].interrupted and not value(window, "after")


# It stands for an operation that no signal ends: waiting in C for a child, until the file "ends" is there. It begins by
# closing what the child reads, so the child can tell that it lasts: under the interpreter's lock the engine could not.
_NATIVE = """
import ctypes, time
libc = ctypes.{library}(None)
libc.popen.restype = ctypes.c_void_p
pipe = libc.popen(b"trap '' INT; cd {folder}; cat; touch begun; while [ ! -e ends ]; do sleep 0.02; done", b"w")
libc.pclose(ctypes.c_void_p(pipe))
time.sleep(1e6)
after = 6
"""


@pytest.mark.parametrize("library", ["CDLL", "PyDLL"])  # the second holds the interpreter's lock meanwhile
def test_wait_lets_a_native_operation_end(window: MainWindow, tmp_path, library: str):
    text = _NATIVE.format(library=library, folder=tmp_path)
    finished = start(window, text)
    until((tmp_path / "begun").exists, "the operation lasts")
    engine = window.engine.pid
    press(window, "Ctrl+.")
    question = box(window, "engine_unresponsive")
    assert "native operation" in question.text() and "variables are lost" in question.informativeText()
    answer(question, "Wait")
    assert window.engine.pid == engine and not finished
    (tmp_path / "ends").touch()
    until(lambda: finished, "the operation returns and the program stops")
    assert finished[0].interrupted and window.engine.pid == engine and window.program.text() == text
    assert value(window, "pipe") and not value(window, "after")
    assert not boxes(window, "engine_unresponsive")


def test_the_question_goes_when_the_operation_ends_by_itself(window: MainWindow, tmp_path):
    finished = start(window, _NATIVE.format(library="CDLL", folder=tmp_path))
    until((tmp_path / "begun").exists, "the operation lasts")
    press(window, "Ctrl+.")
    box(window, "engine_unresponsive")
    (tmp_path / "ends").touch()
    until(lambda: finished, "the operation returns")
    assert finished[0].interrupted and not boxes(window, "engine_unresponsive")


def test_the_question_goes_when_stop_is_heard_after_all_and_stop_can_be_said_again(window: MainWindow, tmp_path):
    """It would keep every key from the window."""
    closing = "libc.pclose(ctypes.c_void_p(pipe))\n"
    heedless = f"try: {closing}except KeyboardInterrupt: pass\n"
    finished = start(window, _NATIVE.format(library="CDLL", folder=tmp_path).replace(closing, heedless))
    until((tmp_path / "begun").exists, "the operation lasts")
    press(window, "Ctrl+.")
    box(window, "engine_unresponsive")
    (tmp_path / "ends").touch()
    until(lambda: not boxes(window, "engine_unresponsive"), "the interrupt is delivered")
    assert not finished, "the program caught it"
    press(window, "Ctrl+.")
    until(lambda: finished, "it stops")
    assert finished[0].interrupted


@pytest.fixture
def next_is_warm() -> Iterator[None]:
    """The engine that follows the one that ends here need not be fresh."""
    with warm_engines():
        yield


def test_kill_ends_one_operation_of_torch_and_all_that_the_program_started(window: MainWindow, next_is_warm):
    text = """import subprocess, torch
torch.set_num_threads(1)
child = subprocess.Popen(["sleep", "1000"])
a = torch.ones(9000, 9000)
print("begun", flush=True)
while True:
    b = a @ a
"""
    start(window, text)
    until(lambda: "begun" in window.console.text(), "it runs")
    engine = window.engine.pid
    computed_for_s = psutil.Process(engine).cpu_times().user
    until(lambda: psutil.Process(engine).cpu_times().user > computed_for_s + 0.2, "the product is being computed")
    press(window, "Ctrl+.")
    answer(box(window, "engine_unresponsive"), "Kill")
    until(lambda: not group_members(engine), "the engine and its children are gone")
    assert "variables are lost" in said(window) and window.program.text() == text
    wait_ready(window)
    assert window.engine.pid != engine and not boxes(window, "engine_ended")
    assert run(window, "after = 6").error is None


def test_a_program_that_swallows_the_interrupt_is_named(window: MainWindow):
    text = """import time
try:
    print("begun", flush=True)
    time.sleep(1e6)
except KeyboardInterrupt:
    print("swallowed", flush=True)
time.sleep(1e6)
"""
    finished = start(window, text)
    until(lambda: "begun" in window.console.text(), "it runs")
    press(window, "Ctrl+.")
    until(lambda: "caught the KeyboardInterrupt" in said(window), "it is told that the program goes on")
    until(lambda: "swallowed" in window.console.text(), "it has caught it")
    assert not finished and not boxes(window, "engine_unresponsive")
    press(window, "Ctrl+.")
    until(lambda: finished, "the second interrupt ends it")
    assert finished[0].interrupted


def test_workers_and_children_end_with_their_engine(window: MainWindow, next_is_warm):
    text = """import subprocess, torch
from torch.utils.data import DataLoader
child = subprocess.Popen(["sleep", "1000"])
loader = DataLoader(torch.arange(8), num_workers=2, persistent_workers=True)
batches = iter(loader)
first = next(batches)
"""
    assert run(window, text).error is None
    engine = window.engine.pid
    assert len(group_members(engine)) >= 4
    send_signal(engine, signal.SIGKILL)
    answer(box(window, "engine_ended"), "Restart")
    until(lambda: not group_members(engine), "the whole group is gone")
    wait_ready(window)


def test_an_engine_that_cannot_be_started_is_told(window: MainWindow, monkeypatch):
    monkeypatch.setattr(window.engine, "command", ("/nowhere/python", "-m", "engine"))
    window.actions_by_id["restart_engine"].trigger()
    told = box(window, "engine_ended")
    assert told.text().startswith("The engine could not be started: /nowhere/python")
    answer(told, "Not now")
