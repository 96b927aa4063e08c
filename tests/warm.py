"""Processes for tests that need no fresh interpreter: engines, forked from one that has imported torch already, and
those that lay out and typeset for the window, forked from another; and windows that live in a process of their own.

They run `engine/__main__.py`, or their own module, with streams, folder, environment and arguments of their own, and
are children of the process that runs the tests, as started ones are. They share the seed of `hash`. A test of what is
imported, and when, takes an engine that is bare: torch is there, and nothing else. One of the start itself (the time
before torch is there) takes a fresh interpreter.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import IO

from engine.runs import control
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[1]
PYTHONPATH = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))  # this checkout first
FRESH = (sys.executable, "-P", "-m", "engine")
CAN_ADOPT = sys.platform == "linux"
_PR_SET_CHILD_SUBREAPER = 36
_SCRIPT = Path(__file__).with_name("warm_server.py")
_ROOM = "-" * 400  # for the command line of what is forked
BARE = "torch"  # the package of a warm process that has imported nothing else
# Which of them another one is forked from, so that torch is imported once.
_STANDS_ON = {"torch._dynamo": BARE, "engine": "torch._dynamo"}


class WarmProcess:
    """What is used of `subprocess.Popen`: a child process with pipes for its stdin and stdout."""

    def __init__(
        self, arguments: tuple[str, ...], cwd: Path, environment: dict[str, str], package: str = "engine"
    ) -> None:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self.stdin: IO[bytes] = os.fdopen(ours_in, "wb", buffering=0)
        self.stdout: IO[bytes] = os.fdopen(ours_out, "rb", buffering=0)
        self.pid = fork("engine", arguments, cwd, environment, (theirs_in, theirs_out, 2), package=package)
        os.close(theirs_in)
        os.close(theirs_out)
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, negative for a signal. Raises TimeoutExpired."""
        if self.returncode is None:
            self.returncode = wait(self.pid, timeout)
        return self.returncode

    def poll(self) -> int | None:
        """The exit status, None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def kill(self) -> None:
        """SIGKILL, as long as it was not waited for."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)


def start(*arguments: str, cwd: Path, environment: dict[str, str]) -> WarmProcess | subprocess.Popen[bytes]:
    """`python -P -m engine ARGUMENTS` with pipes for stdin and stdout."""
    if CAN_ADOPT:
        return WarmProcess(arguments, cwd, environment)
    return start_fresh(*arguments, cwd=cwd, environment=environment)


def start_bare(*arguments: str, cwd: Path, environment: dict[str, str]) -> WarmProcess | subprocess.Popen[bytes]:
    """The same where torch has been imported, and nothing of the engine or else."""
    if CAN_ADOPT:
        return WarmProcess(arguments, cwd, environment, BARE)
    return start_fresh(*arguments, cwd=cwd, environment=environment)


def start_fresh(*arguments: str, cwd: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The same in an interpreter of its own."""
    pipe = subprocess.PIPE
    return subprocess.Popen([*FRESH, *arguments], stdin=pipe, stdout=pipe, cwd=cwd, env=environment, bufsize=0)


def run(*arguments: object, timeout: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
    """`python -P -m engine ARGUMENTS` to its end, with what it wrote."""
    if not CAN_ADOPT:
        return run_fresh(*arguments, timeout=timeout)
    return _run("engine", tuple(map(str, arguments)), dict(os.environ), timeout)


def run_plain(module: str, *words: object) -> subprocess.CompletedProcess[str]:
    """`python -P -m MODULE WORDS`, a module of the tests, to its end, with what it wrote. It knows torch, torch.compile
    too, and nothing of the engine."""
    arguments = tuple(map(str, words))
    environment = {**os.environ, "PYTHONPATH": PYTHONPATH, "OMP_NUM_THREADS": "1"}
    if not CAN_ADOPT:
        command = [sys.executable, "-P", "-m", module, *arguments]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    return _run(module, arguments, environment, None, "torch._dynamo")


def run_window(text: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`python -c TEXT` to its end, with what it wrote, where the modules of a window are imported. The interpreter ends
    as any other does."""
    if not CAN_ADOPT:
        command = [sys.executable, "-c", text]
        variables = {**environment, "PYTHONPATH": PYTHONPATH}
        return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=PATIENCE_S)
    return _run("tests.visualizer.written_program", (text,), environment, PATIENCE_S)


def _run(
    module: str, words: tuple[str, ...], environment: dict[str, str], timeout: float | None, package: str = ""
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err, open(os.devnull) as nothing:
        streams = (nothing.fileno(), out.fileno(), err.fileno())
        pid = fork(module, words, Path.cwd(), environment, streams, package=package)
        try:
            status = wait(pid, timeout)
        except subprocess.TimeoutExpired:
            os.kill(pid, signal.SIGKILL)
            raise
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, status, out.read(), err.read())


def run_fresh(*arguments: object, timeout: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
    """The same in an interpreter of its own."""
    return subprocess.run([*FRESH, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


@contextlib.contextmanager
def warm_trainers() -> Iterator[None]:
    """Meanwhile the trainers that this process starts are forked."""
    before = control.subprocess
    if CAN_ADOPT:
        control.subprocess = SimpleNamespace(  # type: ignore[assignment]
            DEVNULL=subprocess.DEVNULL, STDOUT=subprocess.STDOUT, Popen=_WarmTrainer
        )
    try:
        yield
    finally:
        control.subprocess = before


class _WarmTrainer:
    """What is used of `subprocess.Popen` to start a trainer."""

    def __init__(self, command: list[str], *, stdout: IO[bytes], env: dict[str, str], **rest: object) -> None:
        n_words = len(control.TRAINER)
        assert tuple(command[:n_words]) == control.TRAINER
        assert rest == {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "start_new_session": True}
        with open(os.devnull) as nothing:
            streams = (nothing.fileno(), stdout.fileno(), stdout.fileno())
            words = ("train", *command[n_words:])
            self.pid = fork("engine", words, Path.cwd(), env, streams, has_session=True)


def fork(
    module: str,
    arguments: tuple[str, ...],
    cwd: Path,
    environment: dict[str, str],
    streams: tuple[int, int, int],
    *,
    has_session: bool = False,
    package: str = "",
) -> int:
    """Start a child of this process that runs `python -P -m MODULE ARGUMENTS`, perhaps with a session of its own, from
    the warm process of a package, which is the module's own unless another one is named.

    Returns its pid. Its OpenMP has one thread unless the environment says another number: on cores that several workers
    share, two threads wait for each other by spinning, and the steps of a tiny run take three times the processor's
    time.
    """
    environment = {"OMP_NUM_THREADS": "1", **environment}
    order = {"module": module, "arguments": arguments, "cwd": str(cwd), "environment": environment}
    return _forked(package or module.partition(".")[0], {**order, "has_session": has_session}, streams)


def _forked(package: str, order: dict[str, object], descriptors: tuple[int, ...]) -> int:
    """The pid of what a warm process has forked to order."""
    link = server(package)
    with _adopting():
        socket.send_fds(link, [json.dumps(order).encode()], descriptors)
        return int(link.recv(100))


def wait(pid: int, timeout: float | None) -> int:
    """The exit status of what `fork` started, negative for a signal. Raises TimeoutExpired."""
    watched = os.pidfd_open(pid)
    try:
        if not select.select([watched], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(pid), timeout)
    finally:
        os.close(watched)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@contextlib.contextmanager
def _adopting() -> Iterator[None]:
    """Meanwhile this process becomes the parent of each descendant that loses its own."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def server_pids() -> set[int]:
    """The processes that `fork` forks from."""
    return set(_SERVING.values())


def server_pid(package: str) -> int:
    """The process of a package, which is started where it is not there yet."""
    server(package)
    return _SERVING[package]


_SERVING: dict[str, int] = {}


@functools.cache
def server(package: str) -> socket.socket:
    """The other end of what the warm process of a package reads from; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        if below := _STANDS_ON.get(package):
            _SERVING[package] = _forked(below, {"package": package}, (theirs.fileno(),))
        else:
            _SERVING[package] = _started(package, theirs.fileno())
    assert ours.recv(100) == b"ready"
    return ours


def _started(package: str, link: int) -> int:
    """The pid of a warm process that stands on no other."""
    # numpy starts its threads when it is imported, and they would not live on in a fork; torch's wait for work.
    environment = {**os.environ, "PYTHONPATH": PYTHONPATH, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-P", str(_SCRIPT), str(link), package, _ROOM],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, pass_fds=[link],
    ).pid  # fmt: skip
