"""Requests come in on one thread and are served on another; the program has the main one."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import queue
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.platform import process_group
from engine.program.interrupts import Interrupts
from engine.protocol.errors import EngineError
from engine.protocol.framing import decode_request
from engine.protocol.handshake import OLDEST, PROTOCOL, compare, read_envelope
from engine.protocol.messages import (
    AnswerInput,
    Event,
    Failed,
    Hello,
    Interrupt,
    PauseOnNan,
    Ready,
    Request,
    RunProgram,
    SetBreakpoints,
    Step,
    StepOutput,
)
from engine.protocol.sentence import Sentence
from engine.serve.channel import Channel
from engine.serve.terminal import Terminal
from engine.shared.pristine import BUILTINS
from engine.tensors.gate import GATE

if TYPE_CHECKING:
    from engine.serve.workspace import Workspace

# How long files and exit functions of an idle program may take when the window has closed.
_FAREWELL_S = 1.0
_INTERRUPTIBLE = RunProgram | StepOutput
_STEPS = Step | SetBreakpoints | PauseOnNan  # a person waits for the next node; the others are of the step that follows


def open_channel() -> Channel:
    """Take stdin and stdout over, before any thread starts; what ends the engine ends its whole group."""
    channel = Channel.take_over()
    process_group.lead()
    process_group.watch(channel.inward, (channel.outward, channel.log.fileno(), 1, 2))
    channel.start()
    faulthandler.enable(channel.log)
    return channel


class Server:
    """Moves requests to where they are served and answers back."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._terminal = Terminal(channel)
        self._interrupts = Interrupts(channel.emit)
        self._requests: queue.SimpleQueue[Request | Callable[[], None]] = queue.SimpleQueue()
        self._workspace: Workspace | None = None
        self._window_protocol = OLDEST
        self._is_over = threading.Event()

    def listen(self) -> None:
        """Hear the window on a thread of its own; what it asks for waits until `serve`. On the main thread."""
        self._interrupts.install()
        self._terminal.console.install()
        threading.Thread(target=self._read, name="requests in", daemon=True).start()

    def serve(self, workspace_type: type[Workspace], ready: Callable[[], Ready]) -> None:
        """Serve until the window goes. On the main thread; it does not return."""
        channel = self._channel
        workspace = workspace_type(channel.emit, self._requests.put, self._interrupts, self._terminal, self._report)
        self._workspace = workspace
        threading.Thread(target=self._serve_requests, args=(workspace,), name="requests", daemon=True).start()
        channel.emit(ready())
        workspace.warm_up()
        workspace.work()
        self._say_farewell(workspace)

    def _read(self) -> None:
        """What must not wait behind another request is served here; everything else in its order."""
        try:
            for body in self._channel.bodies():
                self._receive(body)
        except EngineError as error:
            print(error, file=self._channel.log)
        except Exception:
            traceback.print_exc(file=self._channel.log)
        workspace = self._workspace
        if workspace is not None and workspace.is_idle:
            workspace.close()
            self._is_over.wait(_FAREWELL_S)
        process_group.end()

    def _receive(self, body: bytes) -> None:
        request_id = 0
        try:
            envelope = read_envelope(body)
            request_id = envelope.id
            self._window_protocol = envelope.protocol or self._window_protocol
            compare(engine=PROTOCOL, window=self._window_protocol)
            request = decode_request(body)
            if isinstance(request, Hello):
                return
            if isinstance(request, Interrupt):
                self._interrupts.request(request.id)
                if self._workspace is not None:
                    self._workspace.interrupt_pass()
            elif isinstance(request, _STEPS) and self._workspace is not None:
                self._serve_one(self._workspace, request)
            elif isinstance(request, AnswerInput):
                self._terminal.console.answer(request.text)
            else:
                if isinstance(request, _INTERRUPTIBLE):  # an interrupt may follow before the request is served
                    self._interrupts.expect()
                GATE.end_rest()
                self._requests.put(request)
        except EngineError as error:
            self._channel.emit(Failed.of(request_id, error.sentence))

    def _serve_requests(self, workspace: Workspace) -> None:
        while True:
            self._serve_one(workspace, self._requests.get())

    def _serve_one(self, workspace: Workspace, request: Request | Callable[[], None]) -> None:
        request_id = request.id if isinstance(request, Request) else 0
        try:
            answer = self._answer(workspace, request)
            if answer is not None:
                self._channel.emit(answer)
        except Exception as error:  # the window hears of it, and the next request is served
            if isinstance(request, _INTERRUPTIBLE):
                self._interrupts.decline()
            said = error.sentence if isinstance(error, EngineError) else self._report(error)
            self._channel.emit(Failed.of(request_id, said))

    def _answer(self, workspace: Workspace, request: Request | Callable[[], None]) -> Event | None:
        """Once more with Python's own builtins, where a running program has broken those that all modules share."""
        call = partial(workspace.answer, request) if isinstance(request, Request) else request
        try:
            return call()
        except Exception as error:
            if isinstance(error, EngineError) or isinstance(request, _INTERRUPTIBLE):
                raise
        BUILTINS.take()
        try:
            return call()
        finally:
            BUILTINS.give()

    def _report(self, error: Exception) -> Sentence:
        """A defect of the engine's own: all of it for the log, one sentence for the window."""
        try:
            traceback.print_exception(error, file=self._channel.log)
        except Exception:  # a program that runs has broken what this needs
            pass
        message = str(error).strip().split("\n")[0]
        return Sentence.of(
            "engine.defect",
            "The engine could not do this, which is a defect of its own ({type_name}: {message}).",
            type_name=type(error).__name__,
            message=message,
        )

    def _say_farewell(self, workspace: Workspace) -> None:
        """What the end of an interpreter does for a program: exit functions, and open files written."""
        try:
            atexit._run_exitfuncs()
            workspace.forget()
            gc.collect()
            self._terminal.flush()
        finally:
            self._is_over.set()
        threading.Event().wait()  # for the end of the group
