"""The processes of windows in tests that need no fresh interpreter: forked as tests/warm.py does it.

All of such a process is real, and so are its pid, group, streams and end. QProcess itself begins with an `exec`, so
what the window uses of it is done here; test_engine_process.py holds the window to processes that QProcess has started,
test_graph_layout.py and test_rule_section.py what lays out and typesets.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QByteArray, QObject, QProcess, QSocketNotifier

from tests import warm
from visualizer.backprop.graph import layout
from visualizer.look.mathematics import typesetter
from visualizer.model import engine_process

_READ_BYTES = 1 << 16
_PYTHON = sys.executable
_MODULES = ("engine", "visualizer.backprop.graph.layout_process", "visualizer.look.mathematics.formula_process")


@contextlib.contextmanager
def warm_engines() -> Iterator[None]:
    """Meanwhile the windows that are made fork their engines, where these have the usual command."""
    with _begun_by(WarmProcess if warm.CAN_ADOPT else QProcess, engine_process):
        yield


@contextlib.contextmanager
def warm_helpers() -> Iterator[None]:
    """Meanwhile what lays graphs out and typesets formulas is forked."""
    with _begun_by(WarmProcess if warm.CAN_ADOPT else QProcess, layout, typesetter):
        yield


@contextlib.contextmanager
def warm_commands(*modules: ModuleType) -> Iterator[None]:
    """Meanwhile the commands of the engine that these modules start with a QProcess are forked."""
    with _begun_by(WarmProcess if warm.CAN_ADOPT else QProcess, *modules):
        yield


@contextlib.contextmanager
def fresh_helpers() -> Iterator[None]:
    """Meanwhile it is started anew, as a window of its own does it."""
    with _begun_by(QProcess, layout, typesetter):
        yield


@contextlib.contextmanager
def _begun_by(kind: type[QProcess], *modules: ModuleType) -> Iterator[None]:
    before = [module.QProcess for module in modules]
    for module in modules:
        module.QProcess = kind
    try:
        yield
    finally:
        for module, other in zip(modules, before, strict=True):
            module.QProcess = other


class WarmProcess(QProcess):
    """A QProcess whose usual commands are forks of a warm process; any other one it starts itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pid = 0  # of a fork
        self._stdin = self._stdout = self._stderr = self._ended = -1  # file descriptors
        self._read: dict[int, bytearray] = {}  # what has come of stdout and stderr
        self._notifiers: list[QSocketNotifier] = []

    def start(self, program: str, arguments: list[str]) -> None:
        if (program, *arguments[:2]) != (_PYTHON, "-P", "-m") or arguments[2] not in _MODULES:
            super().start(program, arguments)
            return
        variables = self.processEnvironment()
        environment = {name: variables.value(name) for name in variables.keys()} or dict(os.environ)  # noqa: SIM118
        (theirs_in, self._stdin), (self._stdout, theirs_out), (self._stderr, theirs_err) = (os.pipe() for _ in range(3))
        streams = (theirs_in, theirs_out, theirs_err)
        self._pid = warm.fork(arguments[2], tuple(arguments[3:]), Path.cwd(), environment, streams)
        for descriptor in streams:
            os.close(descriptor)
        self._ended = os.pidfd_open(self._pid)
        self._read = {self._stdout: bytearray(), self._stderr: bytearray()}
        self._listen(self._stdout, lambda: self._hear(self._stdout) and self.readyReadStandardOutput.emit())
        self._listen(self._stderr, lambda: self._hear(self._stderr) and self.readyReadStandardError.emit())
        self._listen(self._ended, self._end)

    def processId(self) -> int:
        return self._pid or super().processId()

    def state(self) -> QProcess.ProcessState:
        if not self._pid:
            return super().state()
        return QProcess.ProcessState.NotRunning if self._ended < 0 else QProcess.ProcessState.Running

    def write(self, data: bytes) -> int:
        if not self._pid:
            return super().write(data)
        with contextlib.suppress(BrokenPipeError):
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._stdin, rest) :]
        return len(data)

    def closeWriteChannel(self) -> None:
        if not self._pid:
            super().closeWriteChannel()
        elif self._stdin >= 0:
            os.close(self._stdin)
            self._stdin = -1

    def readAllStandardOutput(self) -> QByteArray:
        return self._take(self._stdout) if self._pid else super().readAllStandardOutput()

    def readAllStandardError(self) -> QByteArray:
        return self._take(self._stderr) if self._pid else super().readAllStandardError()

    def kill(self) -> None:
        if not self._pid:
            super().kill()
        elif self._ended >= 0:
            os.kill(self._pid, signal.SIGKILL)

    def terminate(self) -> None:
        if not self._pid:
            super().terminate()
        elif self._ended >= 0:
            os.kill(self._pid, signal.SIGTERM)

    def waitForFinished(self, timeout_ms: int = 30_000) -> bool:
        if not self._pid:
            return super().waitForFinished(timeout_ms)
        until_s = time.monotonic() + timeout_ms / 1000
        streams = [self._stdout, self._stderr]
        while self._ended >= 0:
            ready, _, _ = select.select([self._ended, *streams], [], [], max(0.0, until_s - time.monotonic()))
            if not ready:
                return False
            streams = [stream for stream in streams if stream not in ready or self._hear(stream)]
            if self._ended in ready:
                self._end()
        return True

    def _listen(self, descriptor: int, heard) -> None:
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(heard)
        self._notifiers.append(notifier)

    def _hear(self, stream: int) -> bool:
        """Read what has come; whether something did. One that has come to its end is not listened to any longer."""
        data = os.read(stream, _READ_BYTES)
        self._read[stream] += data
        if not data:
            next(each for each in self._notifiers if each.socket() == stream).setEnabled(False)
        return bool(data)

    def _take(self, stream: int) -> QByteArray:
        taken = QByteArray(bytes(self._read[stream]))
        self._read[stream].clear()
        return taken

    def _end(self) -> None:
        """The engine has ended: tell what it still wrote, and how it ended."""
        for notifier in self._notifiers:
            notifier.setEnabled(False)
        for stream in self._read:
            while select.select([stream], [], [], 0)[0] and self._hear(stream):
                pass
        status = warm.wait(self._pid, 0)
        self.closeWriteChannel()
        for descriptor in (self._stdout, self._stderr, self._ended):
            os.close(descriptor)
        self._ended = -1
        self.readyReadStandardError.emit()
        self.readyReadStandardOutput.emit()
        crashed = QProcess.ExitStatus.CrashExit if status < 0 else QProcess.ExitStatus.NormalExit
        self.finished.emit(abs(status), crashed)
