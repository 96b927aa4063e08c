"""The engine process as its window meets it: ready, interrupted, asked for input, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol import messages as m
from engine.protocol.handshake import PROTOCOL
from engine.protocol.keys import NodeValueKey, VariableKey
from tests.engine.client import ROOT, Client, of_kind, printed, results
from tests.patience import PATIENCE_S, until
from tests.processes import group_members, is_running


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client(fresh=True) as client:
        yield client


def wait_until_gone(pids: set[int]) -> None:
    until(lambda: not any(map(is_running, pids)), f"{pids} have ended")


def test_ready_says_what_runs(engine: Client) -> None:
    ready = engine.ready
    assert ready.protocol == PROTOCOL
    assert ready.pid == engine.process.pid
    assert ready.python_version == ".".join(map(str, sys.version_info[:3]))
    assert ready.devices[0] == "cpu"
    assert ready.n_threads >= 1


# Before anything else is asked of it: much of torch imports that by itself, the first optimizer for one.
def test_an_operation_that_is_recorded_does_not_import_torch_compile(engine: Client) -> None:
    text = "import sys, torch\nloss = torch.ones(3, requires_grad=True).tanh().sum()\nloss.backward()\n"
    events = engine.run(text + "print('torch._dynamo' in sys.modules)")
    (shown,) = of_kind(events, m.GraphShown)
    assert [node.name for node in shown.graph.nodes] == ["SumBackward0", "TanhBackward0", "AccumulateGrad"]
    assert printed(events) == "False\n" and printed(events, "stderr") == ""


def test_the_engine_leads_a_process_group(engine: Client) -> None:
    assert os.getpgid(engine.process.pid) == engine.process.pid


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "import time\ntime.sleep(1e6)",
        "import torch\na = torch.randn(300, 300)\nwhile True: a = (a @ a).tanh()",
        "import threading\nthreading.Event().wait()",
        "import subprocess\nsubprocess.run(['sleep', '1000'])",
        "input('?')",
        "while True: print('flood')",
        "def f():\n    f()\nimport sys\nwhile True:\n    try: f()\n    except RecursionError: pass",
    ],
)
def test_interrupt_ends_the_program(engine: Client, text: str) -> None:
    engine.run("before = 41")
    engine.start(f"after = before + 1\n{text}")
    engine.wait(m.StatementDone)
    time.sleep(0.1)  # into the statement that never ends
    assert isinstance(engine.ask(m.Interrupt()), m.Interrupted)
    finished = engine.wait(m.Finished)
    assert finished.interrupted
    assert results(engine.run("after"))[1] == "42"


def test_an_interrupt_that_comes_before_the_program_starts_is_kept_for_it() -> None:
    engine = Client(bare=True)
    try:
        engine.send(m.RunProgram(text="while True: pass", path="program.py"))
        engine.wait(m.Ready)
        engine.send(m.Interrupt())
        assert engine.wait(m.Finished).interrupted
    finally:
        engine.close()


def test_an_interrupt_on_the_heels_of_a_program_is_kept_for_it(engine: Client) -> None:
    for _ in range(30):
        engine.start("while True: pass")
        engine.send(m.Interrupt())
        assert engine.wait(m.Finished).interrupted


def test_a_program_that_was_declined_leaves_no_interrupt_behind(engine: Client) -> None:
    engine.start("import time\nwhile True: time.sleep(0.01)")
    engine.wait(m.StatementRunning)
    engine.send(m.RunProgram(text="x = 1", path="program.py"))
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted
    assert engine.run("after = 42")[-1].error is None


def test_an_interrupt_that_meets_the_start_of_a_sleep_ends_it(engine: Client) -> None:
    # The request is read at the moment in which the program gives the interpreter's lock up, which is for its sleep.
    text = "import ctypes, time\nctypes.PyDLL(None).usleep(100_000)\ntime.sleep(60)"
    for _ in range(20):
        engine.start(text)
        engine.wait(m.StatementDone)
        engine.send(m.Interrupt())
        assert engine.wait(m.Finished).interrupted


def test_interrupt_names_the_line(engine: Client) -> None:
    engine.start("x = 1\nwhile True:\n    x = x + 1\n")
    engine.wait(m.StatementRunning, where=lambda event: event.line == 2)
    engine.send(m.Interrupt())
    error = engine.wait(m.Finished).error
    assert error is not None
    assert error.type_name == "KeyboardInterrupt"
    assert error.place is not None and error.place.line in (2, 3)


def test_interrupt_ends_a_paused_backward(engine: Client) -> None:
    text = "import torch\nw = torch.ones(3, requires_grad=True)\nloss = (w * 2).sum()\nloss.backward()"
    engine.start(text, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted
    assert engine.run("loss = (w * 2).sum()\nloss.backward()\nw.grad")[-1].error is None


def test_a_swallowed_keyboard_interrupt_is_delivered_and_the_program_still_runs(engine: Client) -> None:
    text = """
import time
n_swallowed = 0
while n_swallowed < 2:
    try:
        print("asleep")
        time.sleep(1e6)
    except BaseException:
        n_swallowed += 1
"""
    engine.start(text)
    for _ in range(2):
        engine.wait(m.Output, where=lambda event: "asleep" in event.text)
        assert isinstance(engine.ask(m.Interrupt()), m.Interrupted)
    finished = engine.wait(m.Finished)
    assert not finished.interrupted and finished.error is None


# What a program spends its time in where an exception has nowhere to go: Python prints it, and goes on.
UNRAISABLE = {
    "a destructor": "class Kept:\n    def __del__(self):\n        sum(range(5000))\nwhile True:\n    Kept()",
    "a weak reference": """import weakref
class Kept: pass
while True:
    kept = Kept()
    reference = weakref.ref(kept, lambda gone: sum(range(5000)))
    del kept""",
    "a collection": """import gc
gc.callbacks.append(lambda phase, info: sum(range(5000)))
while True:
    gc.collect(0)""",
    "a finalizer": """import weakref
class Kept: pass
while True:
    weakref.finalize(Kept(), sum, range(5000))""",
}


@pytest.mark.parametrize("text", UNRAISABLE.values(), ids=UNRAISABLE)
def test_an_interrupt_that_meets_a_destructor_is_not_lost(engine: Client, text: str) -> None:
    for _ in range(5):
        engine.start("print('on its way')\n" + text)
        engine.wait(m.Output)
        engine.send(m.Interrupt())
        assert engine.wait(m.Finished).interrupted
    assert "Exception ignored" not in printed(engine.events, "stderr")


def test_an_interrupt_of_the_programs_own_in_a_destructor_is_said_as_plain_python_says_it(engine: Client) -> None:
    events = engine.run("class Kept:\n    def __del__(self):\n        raise KeyboardInterrupt\nKept()\nprint('on')")
    assert printed(events) == "on\n"
    assert "Exception ignored in: <function Kept.__del__" in printed(events, "stderr")


def test_interrupt_while_nothing_runs_does_nothing(engine: Client) -> None:
    for _ in range(3):
        assert isinstance(engine.ask(m.Interrupt()), m.Interrupted)
    os.kill(engine.process.pid, signal.SIGINT)
    engine.ask(m.Interrupt())  # once this one was seen, so was the one before
    assert results(engine.run("6 * 7"))[1] == "42"


def test_a_program_may_have_a_handler_of_its_own_until_it_ends(engine: Client) -> None:
    text = """
import signal, time
caught = []
signal.signal(signal.SIGINT, lambda *_: caught.append(1))
while not caught: time.sleep(0.01)
len(caught)
"""
    engine.start(text)
    engine.wait(m.StatementRunning, where=lambda event: event.line == 5)
    assert isinstance(engine.ask(m.Interrupt()), m.Interrupted)
    assert engine.wait(m.StatementDone, where=lambda event: event.result.line == 6).result.text == "1"
    engine.wait(m.Finished)
    engine.start("while True: pass")
    engine.wait(m.StatementRunning)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_a_second_run_is_refused_while_the_first_runs(engine: Client) -> None:
    engine.start("while True: pass")
    engine.wait(m.Started)
    refused = engine.ask(m.RunProgram(text="1", path="program.py"))
    assert isinstance(refused, m.Failed)
    assert refused.sentence.startswith("The program is still running")
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_requests_are_served_while_the_program_runs(engine: Client) -> None:
    engine.start("import torch\nx = torch.arange(6.).reshape(2, 3)\nwhile True: pass")
    engine.wait(m.StatementRunning, where=lambda event: event.line == 3)
    rectangle = engine.ask(m.AskRectangle(key=VariableKey("x"))).rectangle
    assert rectangle.grid.array().tolist() == [[0, 1, 2], [3, 4, 5]]
    engine.send(m.Interrupt())
    engine.wait(m.Finished)


def test_input_asks_in_the_console(engine: Client) -> None:
    engine.start("print('first')\nname = input('Your name? ')\nprint('Hello', name)")
    assert engine.wait(m.Output).text == "first\n"
    assert engine.wait(m.InputWanted).prompt == "Your name? "
    engine.send(m.AnswerInput(text="Zoë 🎉"))
    assert engine.wait(m.Output).text == "Hello Zoë 🎉\n"
    assert engine.wait(m.Finished).error is None


def test_stdin_is_open_again_after_a_program_that_closed_it(engine: Client) -> None:
    assert engine.run("exit()")[-1].error is None  # which closes sys.stdin
    engine.start("import sys\nline = sys.stdin.readline()\nline")
    engine.wait(m.InputWanted)
    engine.send(m.AnswerInput(text="here"))
    assert engine.wait(m.Finished).error is None


def test_stdin_is_the_console_too(engine: Client) -> None:
    engine.start("import sys\na = sys.stdin.readline()\nb = [line.strip() for line in sys.stdin]\n(a, b)")
    for line in ("eins", "zwei", "drei", "\x04"):
        engine.wait(m.InputWanted)
        engine.send(m.AnswerInput(text=line))
    done = engine.wait(m.StatementDone, where=lambda event: event.result.line == 4)
    assert done.result.text == "('eins\\n', ['zwei', 'drei'])"
    engine.wait(m.Finished)


def test_the_end_of_input_is_an_eof_error(engine: Client) -> None:
    engine.start("input()")
    engine.wait(m.InputWanted)
    engine.send(m.AnswerInput(text="\x04"))
    error = engine.wait(m.Finished).error
    assert error is not None and error.type_name == "EOFError"


def test_an_answer_that_nobody_asked_for_is_refused_and_not_kept(engine: Client) -> None:
    assert isinstance(engine.ask(m.AnswerInput(text="stale")), m.Failed)
    engine.start("given = input()\ngiven")
    engine.wait(m.InputWanted)
    engine.send(m.AnswerInput(text="fresh"))
    assert engine.wait(m.StatementDone, where=lambda event: event.result.line == 2).result.text == "'fresh'"
    engine.wait(m.Finished)


def test_a_defect_in_serving_one_request_does_not_stop_the_next(engine: Client) -> None:
    assert isinstance(engine.ask(m.AskDetails(key=NodeValueKey(99999))), m.Failed)
    assert isinstance(engine.ask(m.AskDetails(key=VariableKey("absent"))), m.Failed)
    assert isinstance(engine.ask(m.Step()), m.Failed)
    assert isinstance(engine.ask(m.AskVariables()), m.Variables)


def test_a_program_that_cannot_even_start_is_seen_to_end(engine: Client) -> None:
    error = engine.run("1", path="null\0byte.py")[-1].error
    assert error is not None and "null" in error.sentence
    assert engine.run("1")[-1].error is None


def test_sys_exit_ends_the_program_and_not_the_engine(engine: Client) -> None:
    assert engine.run("import sys\nsys.exit()")[-1].error is None
    assert "exit status 3" in engine.run("import sys\nsys.exit(3)")[-1].error.sentence
    assert results(engine.run("1 + 1"))[1] == "2"


END_PROGRAMS = {
    "idle": "import subprocess\nchild = subprocess.Popen(['sleep', '1000'])\nprint(child.pid)",
    "busy": "import subprocess\nchild = subprocess.Popen(['sleep', '1000'])\nprint(child.pid)\nwhile True: pass",
    "deaf": """
import subprocess
child = subprocess.Popen(['sleep', '1000'])
print(child.pid)
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    # PyDLL keeps the interpreter's lock: no thread of the engine can run once the file is there.
    "native": """
import ctypes, subprocess
print(subprocess.Popen(['sleep', '1000']).pid)
ctypes.PyDLL(None).system(input().encode())
""",
}


@pytest.mark.parametrize("state", END_PROGRAMS)
def test_the_engine_ends_with_its_window_and_takes_its_children_along(state: str, tmp_path: Path) -> None:
    with Client() as engine:
        engine.start(END_PROGRAMS[state])
        child = int(engine.wait(m.Output).text)
        if state == "idle":
            engine.wait(m.Finished)
        elif state == "native":
            engine.wait(m.InputWanted)
            engine.send(m.AnswerInput(text=f"touch {tmp_path}/inside; sleep 1000"))
            until((tmp_path / "inside").exists, "native code runs")
        assert is_running(child)
        assert engine.process.stdin is not None
        group = group_members(engine.process.pid)
        assert {child, engine.process.pid} <= group
        engine.process.stdin.close()
        engine.process.wait(PATIENCE_S)
        wait_until_gone(group)


def test_killing_the_engine_takes_its_children_along() -> None:
    with Client() as engine:
        engine.start("import subprocess\nprint(subprocess.Popen(['sleep', '1000']).pid)\nwhile True: pass")
        engine.wait(m.Output)
        group = group_members(engine.process.pid)
        engine.process.kill()
        engine.process.wait(PATIENCE_S)
        wait_until_gone(group)


def test_a_crash_in_native_code_ends_the_engine_and_its_children() -> None:
    with Client() as engine:
        text = "import ctypes, subprocess\nprint(subprocess.Popen(['sleep', '1000']).pid)\n"
        child = int(printed(engine.run(text)))
        engine.start("ctypes.string_at(0)")
        assert engine.process.wait(PATIENCE_S) == -signal.SIGSEGV
        wait_until_gone({child})


def test_a_command_that_does_not_exist_is_refused() -> None:
    command = [sys.executable, "-P", "-m", "engine"]
    for arguments in ([], ["nonsense"], ["serve", "nonsense"]):
        done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
        assert done.returncode == 2
        assert done.stderr.startswith("usage: python -P -m engine")
    assert subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, timeout=PATIENCE_S).returncode == 0


def test_the_engine_ends_with_a_window_that_dies_before_it_is_ready() -> None:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "engine", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    process.wait(PATIENCE_S)
    process.stdout.close()


def test_an_idle_engine_writes_open_files_and_runs_exit_functions_at_its_end(tmp_path: Path) -> None:
    engine = Client()
    engine.wait(m.Ready)
    text = f"""
import atexit
log = open({str(tmp_path / "log.txt")!r}, "w")
log.write("buffered")
atexit.register(lambda: open({str(tmp_path / "exit.txt")!r}, "w").write("done"))
"""
    engine.run(text)
    engine.close()
    assert (tmp_path / "log.txt").read_text() == "buffered"
    assert (tmp_path / "exit.txt").read_text() == "done"


def test_a_folder_named_engine_beside_the_program_is_not_run_instead(tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("raise RuntimeError('the wrong engine')")
    (tmp_path / "helper.py").write_text("answer = 42")
    program = tmp_path / "program.py"
    program.write_text("import helper\nhelper.answer")
    with Client(cwd=tmp_path, bare=True) as engine:
        assert results(engine.run(program.read_text(), path=str(program)))[2] == "42"


def test_events_of_a_run_come_in_order(engine: Client) -> None:
    engine.ask(m.AskVariables())  # by then what was still to be said of earlier runs has been
    events = engine.run("import torch\nw = torch.ones(2, requires_grad=True)\nloss = w.sum()\nprint('x')")
    kinds = [type(event) for event in events if not isinstance(event, m.StatementRunning | m.StatementDone)]
    assert kinds == [m.Started, m.Output, m.GraphShown, m.Variables, m.Finished]
    assert [event.result.line for event in of_kind(events, m.StatementDone)] == [1, 2, 3, 4]
    assert printed(events) == "x\n"
