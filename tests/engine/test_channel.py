"""Nothing that a program, its children or C code write meets the frames, and a flood stays bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from tests.engine.client import Client, of_kind, printed


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def test_print_lands_in_the_console_before_the_program_is_finished(engine: Client) -> None:
    events = engine.run("print('one')\nprint('zwei ö 🎉')\nprint('no line end', end='')")
    assert printed(events) == "one\nzwei ö 🎉\nno line end"
    assert isinstance(events[-1], m.Finished)


def test_stderr_is_told_apart(engine: Client) -> None:
    events = engine.run("import sys\nprint('bad', file=sys.stderr)\nprint('good')")
    assert printed(events, "stderr") == "bad\n"
    assert printed(events) == "good\n"


def test_output_of_c_code_lands_there_also_from_its_own_buffer(engine: Client) -> None:
    events = engine.run("import ctypes\nlibc = ctypes.CDLL(None)\nlibc.puts(b'from C')\nlibc.printf(b'no line end')")
    assert printed(events) == "from C\nno line end"


def test_output_of_child_processes_lands_there(engine: Client) -> None:
    text = """
import os, subprocess
os.system("echo from a shell; echo to stderr >&2")
subprocess.run(["sh", "-c", "echo from a child"])
os.write(1, b"straight to the descriptor\\n")
"""
    events = engine.run(text)
    assert printed(events) == "from a shell\nfrom a child\nstraight to the descriptor\n"
    assert printed(events, "stderr") == "to stderr\n"


def test_binary_output_is_shown_and_breaks_nothing(engine: Client) -> None:
    events = engine.run("import os\nos.write(1, bytes(range(256)))")
    assert printed(events).startswith("\x00\x01\x02")
    assert "�" in printed(events)


def test_a_character_split_between_two_writes_stays_one(engine: Client) -> None:
    text = "import os, time\nos.write(1, '🎉'.encode()[:2])\ntime.sleep(0.2)\nos.write(1, '🎉'.encode()[2:])"
    assert printed(engine.run(text)) == "🎉"


def test_a_child_process_that_reads_stdin_finds_its_end(engine: Client) -> None:
    events = engine.run("import subprocess\nsubprocess.run(['cat']).returncode")
    assert events[-1].error is None


def most_shown(elapsed_s: float) -> float:
    """How many bytes of a flood are shown at most: its beginning, what a second allows, its end."""
    return (1 << 20) + (1 << 18) * elapsed_s + (1 << 17)


def test_a_million_lines_neither_flood_the_pipe_nor_stall(engine: Client) -> None:
    start_s = time.monotonic()
    events = engine.run("for i in range(1_000_000):\n    print(i)\nprint('the end')")
    elapsed_s = time.monotonic() - start_s
    outputs = of_kind(events, m.Output)
    text = printed(events)
    assert len(text) < most_shown(elapsed_s)
    assert len(outputs) < 500 + elapsed_s / 0.03
    assert text.startswith("0\n1\n2\n")
    assert text.endswith("999999\nthe end\n")
    assert text.count("\n") + sum(event.dropped for event in outputs) == 1_000_001


def test_a_hundred_thousand_lines_all_arrive(engine: Client) -> None:
    events = engine.run("print('\\n'.join(map(str, range(100_000))))")
    assert printed(events).split() == [str(i) for i in range(100_000)]
    assert not any(event.dropped for event in of_kind(events, m.Output))


def test_one_endless_line_stays_bounded(engine: Client) -> None:
    start_s = time.monotonic()
    events = engine.run("print('x' * 50_000_000)\nprint('after')")
    assert len(printed(events)) < most_shown(time.monotonic() - start_s)
    assert printed(events).endswith("after\n")
    # Where the line is written so slowly that its end may be shown several times, there are as many gaps in it.
    assert {event.dropped for event in of_kind(events, m.Output) if event.dropped} == {1}


def test_a_closed_stdout_is_back_in_the_next_run(engine: Client) -> None:
    engine.run("import sys\nsys.stdout.close()")
    assert printed(engine.run("print('again')")) == "again\n"


def test_output_comes_while_the_program_runs(engine: Client) -> None:
    engine.start("import time\nprint('soon')\ntime.sleep(1e6)")
    assert engine.wait(m.Output).text == "soon\n"
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_a_forked_child_neither_speaks_the_protocol_nor_goes_on_as_an_engine(engine: Client) -> None:
    text = "import os\nchild = os.fork()\nif child:\n    os.waitpid(child, 0)\nprint('parent' if child else 'child')"
    events = engine.run(text)
    assert printed(events) == "child\nparent\n"
    assert len(of_kind(events, m.Finished)) == 1
    assert engine.run("1 + 1")[-1].error is None


def test_frames_that_are_no_requests_are_answered_with_a_sentence(engine: Client) -> None:
    assert engine.process.stdin is not None
    engine.skip()
    engine.process.stdin.write(b"\x03\x00\x00\x00abc")
    assert "not of protocol" in engine.wait(m.Failed).sentence
    assert engine.run("1 + 1")[-1].error is None
