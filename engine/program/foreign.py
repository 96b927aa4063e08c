"""Code of the program that has to run so that a value can be shown: a `__repr__`, a `__dir__`, an error's `__str__`.

It may sleep, loop or wait for a lock. It runs on a thread of its own for a tenth of a second at most, from when that
thread has its turn on a busy machine, and what took longer is not asked again in this run.
"""

from __future__ import annotations

import os
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from ctypes import c_ulong, py_object, pythonapi
from queue import SimpleQueue
from time import monotonic
from typing import Any, TypeVar

from engine.shared.static_reads import type_name

_T = TypeVar("_T")
_DEADLINE_S = 0.1
_BEGINS_WITHIN_S = 5.0
# Of one run: later ones wait for less, so that a table of slow values is there within a second.
_ALL_DEADLINES_S = 0.5
_SHORTEST_DEADLINE_S = 0.005


class TooSlowError(Exception):
    """The program's code did not return in time."""


class _Abandoned(BaseException):
    """Ends a loop that nobody waits for any more."""


class ForeignCode:
    """Runs calls that may not return. From any thread; one of them waits for each."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._slow: set[type] = set()
        self._waited_s = 0.0  # in vain, in this run
        os.register_at_fork(after_in_child=self._idle.clear)  # whose threads stayed behind

    def begin_run(self) -> None:
        """Whatever was too slow may be asked again."""
        self._slow = set()
        self._waited_s = 0.0

    def is_slow(self, kind: type) -> bool:
        """Whether a value of this type has been too slow in this run."""
        return kind in self._slow

    def give_up(self, kind: type) -> None:
        """Values of this type are too slow from now on."""
        self._slow.add(kind)

    def ask(self, call: Callable[[], _T]) -> _T:
        """What `call` returns or raises. Raises TooSlowError after the deadline; the call then goes on unheard."""
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = _Worker()
        job = _Job(call)
        worker.jobs.put(job)
        job.begun.acquire(timeout=_BEGINS_WITHIN_S)
        start = monotonic()
        deadline_s = max(_SHORTEST_DEADLINE_S, min(_DEADLINE_S, _ALL_DEADLINES_S - self._waited_s))
        if not job.done.acquire(timeout=deadline_s):
            self._waited_s += monotonic() - start
            worker.abandon()
            raise TooSlowError
        self._idle.append(worker)
        try:
            if job.error is not None:
                raise job.error
            return job.result
        finally:
            del job  # its error leads back to this frame


class _Job:
    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.result: Any = None
        self.error: Exception | None = None
        self.begun, self.done = allocate_lock(), allocate_lock()
        self.begun.acquire()
        self.done.acquire()


class _Worker:
    """One thread, which takes a job at a time."""

    def __init__(self) -> None:
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._ident = start_new_thread(self._work, ())

    def abandon(self) -> None:
        """Let the thread end, at once where it runs Python."""
        self.jobs.put(None)
        pythonapi.PyThreadState_SetAsyncExc(c_ulong(self._ident), py_object(_Abandoned))

    def _work(self) -> None:
        try:
            while (job := self.jobs.get()) is not None:
                job.begun.release()
                try:
                    job.result = job.call()
                except Exception as error:
                    job.error = error
                except BaseException as error:  # SystemExit, say: nothing that showing a value should do
                    job.error = RuntimeError(type_name(error))
                del job.call  # what it reads is let go of before anybody hears of the end
                job.done.release()
                del job
        except _Abandoned:
            pass


FOREIGN = ForeignCode()


def bounded(value: Any, call: Callable[[], _T]) -> _T:
    """What `call`, which reads `value`, returns or raises. Raises TooSlowError, and then at once for values like it."""
    kind = type(value)
    if FOREIGN.is_slow(kind):
        raise TooSlowError
    try:
        return FOREIGN.ask(call)
    except TooSlowError:
        FOREIGN.give_up(kind)
        raise
