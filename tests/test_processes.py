"""A process is known by when it started, whatever the clock says."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from engine.shared.processes import process_start
from tests.processes import children_of, is_ended, pids_of_children, send_signal


def test_a_process_that_lives_has_one_start_and_an_ended_one_none() -> None:
    assert process_start(os.getpid()) == process_start(os.getpid()) > 0
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert process_start(child.pid) >= process_start(os.getpid())
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it is a zombie now
        assert process_start(child.pid) == 0
    assert process_start(child.pid) == 0


@pytest.mark.parametrize("pid", [-1, 1 << 30, 1 << 80])
def test_what_is_no_process_has_no_start(pid: int) -> None:
    assert process_start(pid) == 0


@pytest.mark.skipif("sys.platform != 'linux'", reason="the kernel's own count of ticks is Linux's")
def test_the_start_is_the_kernels_own_count() -> None:
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    assert process_start(os.getpid()) == ticks * 100 // os.sysconf("SC_CLK_TCK")


def test_a_clock_that_is_set_between_two_looks_changes_no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    true = process_start(os.getpid())
    boot, looks = psutil.boot_time(), iter([0.0, 3600.0])
    create_time = psutil.Process.create_time
    set_by_s = 0.0

    def stepped() -> float:
        nonlocal set_by_s
        set_by_s = next(looks, set_by_s)
        return boot + set_by_s

    monkeypatch.setattr(psutil, "boot_time", stepped)
    monkeypatch.setattr(psutil.Process, "create_time", lambda self: create_time(self) + set_by_s)
    assert process_start(os.getpid()) == true


def test_children_are_told_with_their_words_and_those_that_have_ended_are_none() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()", "two  words"], stdin=subprocess.PIPE) as child:
        assert children_of(os.getpid())[child.pid] == f"{sys.executable} -c input() two  words"
        assert not is_ended(child.pid)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert child.pid in pids_of_children(os.getpid()) and is_ended(child.pid)
        assert child.pid not in children_of(os.getpid())
    assert is_ended(child.pid)


@pytest.mark.parametrize("pid", [0, -1])
def test_no_signal_goes_to_a_whole_group(monkeypatch: pytest.MonkeyPatch, pid: int) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *order: sent.append(order))
    with pytest.raises(ValueError, match="no process"):
        send_signal(pid, signal.SIGCONT)
    send_signal(os.getpid(), signal.SIGCONT)
    assert sent == [(os.getpid(), signal.SIGCONT)]


def test_a_pid_that_a_window_or_a_run_tells_gets_its_signal_by_that_alone() -> None:
    """It is 0 where there is no process."""
    told = re.compile(r"os\.kill\([^,\n]*(engine\.pid|status\(\)\.pid|\.process_id)")
    assert told.search("os.kill(window.engine.pid, signal.SIGKILL)")
    found = [path.name for path in Path(__file__).parent.rglob("*.py") if told.search(path.read_text())]
    assert found == [Path(__file__).name]
