"""SIGINT as the engine needs it: at once in the program's code, later in the engine's own, never lost, never fatal."""

from __future__ import annotations

import signal
import sys
from _signal import getsignal, pthread_kill  # of C: they rely on nothing that a program can change
from _signal import signal as set_handler
from _thread import get_ident, start_new_thread
from collections import deque
from collections.abc import Callable
from time import monotonic, sleep
from types import CodeType, FrameType, TracebackType

from engine.platform import process_group
from engine.program.insisting import ARMED, is_of_program, raise_again_and_again
from engine.protocol.messages import Interrupted

# It ends a system call as SIGINT does, and means nothing by itself.
_NUDGE = signal.SIGURG
_INTERRUPT = signal.SIGINT
_FIRST_NUDGE_S = 0.05
_N_NUDGES = 5
_AGAIN_S = 0.001
_INSISTS_EVERY_S = 0.005
_IS_AGAIN_S = 30.0  # after an interrupt, another one is meant for the same


class Interrupts:
    """Turns Interrupt requests into a KeyboardInterrupt on the main thread, where it is made."""

    def __init__(self, emit: Callable[[Interrupted], None]) -> None:
        self._emit = emit
        self._requests: deque[int] = deque()
        self._expected: deque[None] = deque()  # one for each program that waits for its turn
        self._is_running = False
        self._n_begun = 0
        self._is_allowed = False
        self._is_pending = False
        self._told_s: float | None = None  # when what runs was told of one
        self._insists = False  # it was asked again
        self._is_blocked = False  # the program does not let the signal come
        self._main = get_ident()

    def install(self) -> None:
        """Take SIGINT, also back from a program that took it. On the main thread."""
        set_handler(_INTERRUPT, self._on_signal)
        set_handler(_NUDGE, self._on_nudge)
        sys.unraisablehook = self._on_lost

    def request(self, request_id: int) -> None:
        """Interrupt the main thread; `Interrupted` follows when the signal has arrived there. On any thread.

        Asked again while the program goes on, it takes the signal back from one that ignores it, and raises
        KeyboardInterrupt until the program has ended. What the program started gets the signal, too.
        """
        self._requests.append(request_id)
        if self._told_s is not None and monotonic() < self._told_s + _IS_AGAIN_S and not self._insists:
            self._insists = True
            start_new_thread(self._insist, (self._n_begun,))
        if getsignal(_INTERRUPT) != self._on_signal:  # the program has a handler of its own
            self._answer()
        pthread_kill(self._main, _INTERRUPT)
        start_new_thread(self._nudge, (request_id,))
        process_group.interrupt_others()

    def expect(self) -> None:
        """Something interruptible will start: an interrupt that comes before it does is kept for it. On any thread."""
        self._expected.append(None)

    def decline(self) -> None:
        """It will not start after all. On any thread."""
        self._expected.pop()
        self._is_pending = self._is_pending and (self._is_running or bool(self._expected))

    def begin(self) -> None:
        """It starts on the main thread."""
        self.install()
        self._is_allowed = False
        self._is_running = True
        self._n_begun += 1
        self._told_s, self._insists = None, False
        self._expected.popleft()

    def end(self) -> None:
        """It ended: a SIGINT from here on means nothing."""
        self._is_running = self._is_allowed = self._insists = False
        self._told_s = None
        self._is_pending = self._is_pending and bool(self._expected)

    def allow(self) -> None:
        """The program's own code follows. Raises KeyboardInterrupt if one was asked for meanwhile."""
        self._is_allowed = True
        if self._is_pending:
            self._is_pending = False
            raise KeyboardInterrupt

    def defer(self) -> None:
        """The engine's code follows: a KeyboardInterrupt waits for the next `allow`."""
        self._is_allowed = False

    def _nudge(self, request_id: int) -> None:
        """A SIGINT that comes between Python's last look and a system call that sleeps is seen only after that call."""
        for tries in range(_N_NUDGES):
            sleep(_FIRST_NUDGE_S * 2**tries)
            if request_id not in self._requests:
                return
            self._is_blocked = tries > 0
            pthread_kill(self._main, _NUDGE)

    def _insist(self, begun: int) -> None:
        while self._insists and begun == self._n_begun:
            pthread_kill(self._main, _NUDGE)
            sleep(_INSISTS_EVERY_S)

    def _on_nudge(self, number: int, frame: FrameType | None) -> None:
        """Python looks at what else is pending before it: a SIGINT that has not come by then, the program blocks."""
        if self._insists and getsignal(_INTERRUPT) != self._on_signal:
            set_handler(_INTERRUPT, self._on_signal)
        if self._insists or self._is_blocked:
            ARMED[_INTERRUPT]

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._answer()
        if self._is_allowed and self._insists:
            if is_of_program(frame):
                raise_again_and_again(_INTERRUPT)
            if frame is not None and frame.f_code not in _HANDLING:  # a handler is not called within itself
                ARMED[_INTERRUPT]  # behind the engine's code the program must not come to its next `try`
            return
        if self._is_allowed:
            raise KeyboardInterrupt
        self._is_pending = self._is_running or bool(self._expected)

    def _on_lost(self, lost: sys.UnraisableHookArgs) -> None:
        """An exception had nowhere to go: of a destructor, of a weak reference's function, of a collection's."""
        if self._is_running and _is_raised_by(Interrupts._on_signal.__code__, lost.exc_traceback):
            start_new_thread(self._again, (self._n_begun,))
        else:
            sys.__unraisablehook__(lost)

    def _again(self, begun: int) -> None:
        sleep(_AGAIN_S)  # until the destructor is left
        if begun == self._n_begun:
            pthread_kill(self._main, _INTERRUPT)

    def _answer(self) -> None:
        self._is_blocked = False
        while self._requests:
            self._emit(Interrupted(self._requests.popleft()))
            self._told_s = monotonic() if self._is_running else None


_HANDLING = frozenset(one.__code__ for one in (Interrupts._on_signal, Interrupts._on_nudge, Interrupts._answer))


def _is_raised_by(handler: CodeType, traceback: TracebackType | None) -> bool:
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_code is handler
