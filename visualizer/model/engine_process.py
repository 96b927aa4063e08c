"""One wrapper owns the engine's process: it starts it, speaks frames with it, words its end, and ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.protocol.framing import encode
from engine.protocol.handshake import PROTOCOL
from engine.protocol.messages import BackwardProgress, Failed, Hello, Interrupt, Interrupted, Ready, Request
from engine.protocol.sentence import Sentence
from engine.shared.language import said, tr
from visualizer.model.incoming import Incoming
from visualizer.model.turns import TURN_S

DEFAULT_COMMAND = (sys.executable, "-P", "-m", "engine", "serve")
_STDERR_KEPT = 4000  # characters of the engine's own last words
Why = Callable[[], str]  # in the language in use when it is asked

_DEAF_MS = 1000  # an interrupt that is not delivered by then has met a native operation
_WAIT_MS = 5000  # until that is said again


class EngineProcess(QObject):
    """The workspace engine as seen from the window: requests in, events out.

    `event_arrived` carries every event that answers no `ask`; `ended` a function that says why; `unresponsive` fires
    when an interrupt was not even delivered within a second, because one native operation outlasts it.
    """

    event_arrived = Signal(object)
    ready = Signal(object)
    ended = Signal(object)
    unresponsive = Signal()
    interrupted = Signal()  # an interrupt was delivered after all

    def __init__(self, command: tuple[str, ...] = DEFAULT_COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command = command
        self.pid = 0
        self._process: QProcess | None = None
        self._may_wait: set[int] = set()  # requests whose answers give way to news of a pass
        self._incoming = Incoming(self._may_wait)
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._take_turn)
        self._is_writing = self._is_taking = False
        self._refusal: Sentence | None = None  # why the window ends an engine that it cannot understand
        self._next_id = 1
        self._answers: dict[int, tuple[Callable[[Any], None], Callable[[Why], None] | None]] = {}
        self._last_words = ""
        self._deaf = QTimer(self, singleShot=True)
        self._deaf.timeout.connect(self.unresponsive)

    @property
    def is_alive(self) -> bool:
        """Whether a process was started and has not ended."""
        return self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start a fresh engine; an old one is ended first."""
        self.close()
        self._incoming = Incoming(self._may_wait)
        self._refusal, self._last_words = None, ""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        self._process = process
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_stderr)
        # Each end is told apart: one that the kernel was slow to bury must not be taken for its successor's.
        process.finished.connect(lambda code, status: self._on_finished(process, code, status))
        process.errorOccurred.connect(lambda error: self._on_error(process, error))
        process.start(self.command[0], list(self.command[1:]))
        self.pid = process.processId()
        self.send(Hello(protocol=PROTOCOL))

    def send(self, request: Request) -> int:
        """Send a request and return the id that its answer will carry; 0 when no engine is there to hear it."""
        if not self.is_alive or self._process is None:
            return 0
        request = msgspec.structs.replace(request, id=self._next_id)
        self._next_id += 1
        self._process.write(encode(request))
        self._write_now(self._process)
        return request.id

    def _write_now(self, process: QProcess) -> None:
        """Qt writes when the event loop comes round to it, behind what is painted next; the engine can work meanwhile.
        What the pipe has no room for stays for the event loop, and so does what has come from the engine."""
        if process.state() != QProcess.ProcessState.Running:
            return
        self._is_writing = True
        process.waitForBytesWritten(0)
        self._is_writing = False

    def ask(
        self,
        request: Request,
        answer: Callable[[Any], None],
        failed: Callable[[Why], None] | None = None,
        *,
        may_wait: bool = False,
    ) -> None:
        """Send a request whose answer goes to one place; without `failed` a failure arrives as an event. An answer that
        `may_wait` is heard after news of a pass that came with it."""
        sent = self.send(request)
        if sent:
            self._answers[sent] = (answer, failed)
            if may_wait:
                self._may_wait.add(sent)
        elif failed is not None:
            failed(lambda: tr("The engine is not running; restart it with Program ▸ Restart engine."))

    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in the program; `unresponsive` fires if it was not delivered within a second."""
        if self.send(Interrupt()):
            self._deaf.start(_DEAF_MS)

    def wait_longer(self) -> None:
        """The person chose to wait: say so again if another five seconds bring nothing."""
        self._deaf.start(_WAIT_MS)

    def kill(self) -> None:
        """End the engine's whole process group at once. Variables are lost; `ended` follows."""
        self._kill_group(signal.SIGKILL)
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the engine quietly: close its stdin, then kill what is left of its group."""
        process, self._process = self._process, None
        self._answers.clear()
        self._may_wait.clear()
        self._deaf.stop()
        self._next_turn.stop()
        if process is None:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(300):
            self._kill_group(signal.SIGKILL)
            process.kill()
            process.waitForFinished(2000)
        self._kill_group(signal.SIGKILL)
        self.pid = 0
        process.deleteLater()

    def _kill_group(self, number: int) -> None:
        # The engine leads a group of its own. A pid that already went, or that never led one, is not an error.
        if self.pid > 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)

    def _read(self) -> None:
        if self._process is None or self._refusal:
            return
        self._incoming.feed(bytes(self._process.readAllStandardOutput().data()))
        if self._is_writing:
            self._next_turn.start()
        elif not self._next_turn.isActive():
            self._take_turn()

    def _take_turn(self) -> None:
        """Deliver what has come for as long as a turn lasts, at least one event, and nothing behind a node that is held
        before the frame that shows it; the rest in another turn."""
        process, end_s = self._process, time.perf_counter() + TURN_S
        self._is_taking = True
        try:
            for event in self._incoming.events():
                if event is not None:
                    self._deliver(event)
                if process is not self._process:  # somebody who heard it started another engine
                    return
                if time.perf_counter() >= end_s or _holds(event):
                    self._next_turn.start()
                    return
        except EngineError as error:
            self._refusal = error.sentence
            self.kill()
        finally:
            self._is_taking = False

    def _deliver(self, event: Any) -> None:
        if isinstance(event, Interrupted):
            self._deaf.stop()
            self.interrupted.emit()
        if isinstance(event, Ready):
            self.ready.emit(event)
            return
        waiting = self._answers.get(event.id) if event.id else None
        if not getattr(event, "age_ms", 0.0):  # else the answer of now follows
            self._answers.pop(event.id, None)
            self._may_wait.discard(event.id)
        if waiting is None:
            self.event_arrived.emit(event)
            return
        answer, failed = waiting
        if not isinstance(event, Failed):
            answer(event)
        elif failed is not None:
            failed(partial(said, event.said))
        else:
            self.event_arrived.emit(event)

    def _read_stderr(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._last_words = (self._last_words + text)[-_STDERR_KEPT:]

    def _on_error(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if process is self._process and error == QProcess.ProcessError.FailedToStart:
            program = self.command[0]
            self.ended.emit(
                lambda: tr("The engine could not be started: {command} was not found or may not run.", command=program)
            )

    def _on_finished(self, process: QProcess, code: int, status: QProcess.ExitStatus) -> None:
        if process is not self._process:  # it was closed
            return
        if self._next_turn.isActive() or self._is_taking:  # what it had said before comes first
            QTimer.singleShot(0, self, lambda: self._on_finished(process, code, status))
            return
        self._deaf.stop()
        self._kill_group(signal.SIGKILL)
        self.pid = 0
        self._answers.clear()
        self._may_wait.clear()
        last = self._last_words.strip().rpartition("\n")[2].strip()
        how = partial(said, self._refusal) if self._refusal is not None else partial(_word_end, code, status, last)
        self.ended.emit(how)


def _word_end(code: int, status: QProcess.ExitStatus, last: str) -> str:
    """`last`: the last line of what it wrote to its error stream."""
    if status == QProcess.ExitStatus.CrashExit:
        name = signal.Signals(code).name if code in set(signal.Signals) else str(code)
        if name == "SIGKILL":
            return tr(
                "The engine ended: it was killed (by hand, or for want of memory). Its variables are lost, the "
                "program is not."
            )
        if name == "SIGSEGV":
            return tr("The engine ended: it crashed in native code. Its variables are lost, the program is not.")
        return tr("The engine ended: signal {name} ended it. Its variables are lost, the program is not.", name=name)
    if last:
        return tr(
            "The engine ended with exit status {code}. It said: {words} Its variables are lost, the program is not.",
            code=code,
            words=last,
        )
    return tr("The engine ended with exit status {code}. Its variables are lost, the program is not.", code=code)


def _holds(event: Any) -> bool:
    return isinstance(event, BackwardProgress) and event.state.status == "paused"
