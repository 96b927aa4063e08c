"""The safepoint: what a running program may be writing is read while the program is outside of its operations.

A thread of the program is *inside* during an operation, and during a call of torch's engine; threads inside do not wait
for each other. A reader waits until none is inside, and what arrives then waits until it has read.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from threading import get_ident
from time import monotonic

# How long a thread lets a reader go first that has to wait for another thread, and how long it then does not.
_YIELD_S = 0.01
_REST_S = 0.1
# A thread that leaves tells nobody, because that happens after every operation: a reader looks.
_LOOK_S = 0.001
# Of many readers in a row each gives the program as long as it took itself; these bound it.
_SHORTEST_TURN_S, _LONGEST_TURN_S = 0.001, 0.02
_LONGEST_WAY_S = 0.25  # from a reader's end to the beginning of that turn, on a busy machine
PAINTING_S = 0.025  # that the window has for showing where a step has come to, before it asks for more


class GivesWay(BaseException):
    """A reader has stopped in the middle, because a step waits for it. No `except Exception` on its way takes it for a
    tensor that cannot be read."""


class Gate:
    """Any thread may call anything here. Where nobody reads, going in and out costs two dictionary operations.

    `leave(thread, None)` goes out, with what `enter` returned. It is a method of C, so that no KeyboardInterrupt can
    come between its call and its effect; whoever was inside stays known as such for no longer than it is.
    """

    def __init__(self) -> None:
        self._inside: dict[int, int] = {}  # by thread: the number of its operation
        self._numbers = itertools.count()
        self.leave: Callable[[int, None], object] = self._inside.pop
        self._forking: dict[int, int] = {}  # by thread: what `enter` returned
        self._open()

    def _open(self) -> None:
        self._condition = threading.Condition()
        self.reader = 0  # the thread that reads or waits for it, 0 for none: then `pause` has nothing to do
        self._is_reading = False
        self._is_hurried = False  # a thread that is outside was told to go on, and has not come back inside
        self._is_stepping = False  # one that was told to go on has, and has not come outside again
        self._rest_end_s = 0.0  # until when nobody begins to read
        self._is_firm = False  # the reader changes something
        self._tiresome: dict[int, int] = {}  # operations that a reader has waited for in vain, by thread
        self._start_s = 0.0  # when it began to read
        self._turn_s = 0.0  # how long the program has after it
        self._turn_end_s = 0.0  # until when no reader may ask the program to wait
        self._n_waiting = 0  # threads that want in while somebody reads
        self._rested_s: dict[int, float] = {}  # when a thread that let a reader go first in vain will do so again

    def enter(self) -> int:
        """Go inside, after whoever reads. Returns the thread, or 0 where it was inside already and stays.

        Raises KeyboardInterrupt, on the main thread, when one comes while it waits; it is outside then.
        """
        thread = get_ident()
        inside = self._inside
        if thread in inside:
            return 0
        inside[thread] = next(self._numbers)
        if self.reader:
            self._give_way(thread)
        return thread

    def inside(self) -> contextlib.AbstractContextManager[None]:
        """The calling thread is inside while this lasts; readers take locks of their own after this, never before."""
        return _Inside(self)

    def pause(self, thread: int) -> None:
        """Let a reader that waits in, if there is one, and come back. `thread` is the calling one, which is inside."""
        if self.reader:
            self._give_way(thread)

    @contextlib.contextmanager
    def outside(self, thread: int) -> Iterator[None]:
        """The calling thread, which is inside, is outside while this lasts. Where it had been told to go on, whoever
        waited for it reads a moment later: what is seen first is where it has come to, on a processor of its own."""
        if self._is_stepping:
            self._is_stepping, self._rest_end_s = False, monotonic() + PAINTING_S
        self.leave(thread, None)
        try:
            yield
        finally:
            self.enter()
            if self._is_hurried:
                self._is_stepping, self._rest_end_s = True, monotonic() + PAINTING_S
            self._is_hurried = False

    def hurry(self) -> None:
        """A thread that waits `outside` is about to go on, and a person wants to see where it comes to: a reader stops
        at its next `give_way`."""
        self._is_hurried = True

    def end_rest(self) -> None:
        """The window asks, so that it has shown where a step has come to."""
        self._rest_end_s = 0.0

    def give_way(self) -> None:
        """Called between the parts of a long reading. Raises GivesWay in the reader while somebody is in a hurry."""
        if self._is_hurried and self._is_reading and not self._is_firm and self.reader == get_ident():
            raise GivesWay

    @contextlib.contextmanager
    def to_the_end(self) -> Iterator[None]:
        """The calling thread, which reads, gives no way while this lasts: what it changes must not be half changed."""
        self._is_firm = True
        try:
            yield
        finally:
            self._is_firm = False

    @contextlib.contextmanager
    def reading(self, timeout_s: float, *, again: bool = False) -> Iterator[bool]:
        """Nobody else is inside while this lasts: True; False where that could not be had in time, and all may be.

        The time is that of one operation; what the program has a right to after another reader is not counted. An
        operation that a reader has waited for in vain is waited for no more, except `again`; nor is one in a hurry.
        """
        thread = get_ident()
        if self.reader == thread:
            yield self._is_reading
            return
        is_reading = self._begin_reading(thread, timeout_s, again)
        try:
            yield is_reading
        finally:
            if is_reading:
                self._end_reading()

    def _give_way(self, thread: int) -> None:
        """Out, until the reader has read; one that only waits has a moment. Inside again on return."""
        if self.reader == thread:
            return
        self.leave(thread, None)
        with self._condition:
            self._n_waiting += 1
            try:
                self._wait_for_reader(thread)
                self._inside[thread] = next(self._numbers)
            finally:
                self._n_waiting -= 1
                if not self.reader:
                    self._turn_end_s = min(self._turn_end_s, monotonic() + self._turn_s)
                    self._condition.notify_all()

    def _wait_for_reader(self, thread: int) -> None:
        if self.reader and not self._others_inside(self.reader):
            self._is_reading = True  # on a busy machine the reader itself may take a while to see it
            self._condition.notify_all()
        now_s = monotonic()
        until_s = now_s + _YIELD_S if now_s >= self._rested_s.get(thread, 0.0) else now_s
        while self.reader:
            if not self._is_reading and now_s >= until_s:
                self._rested_s[thread] = max(self._rested_s.get(thread, 0.0), now_s + _REST_S)
                return
            self._condition.wait(_YIELD_S if self._is_reading else until_s - now_s)
            now_s = monotonic()

    def _begin_reading(self, me: int, timeout_s: float, again: bool) -> bool:
        with self._condition:
            if not again and (self._is_hurried or self._is_tiresome()):
                return False
            self._wait_for_hurried()
            while self.reader or monotonic() < self._turn_end_s:
                self._condition.wait(None if self.reader else max(0.0, self._turn_end_s - monotonic()))
            deadline_s = monotonic() + timeout_s
            self.reader = me
            while not self._is_reading and self._others_inside(me):
                if monotonic() >= deadline_s:
                    self._tiresome = self._inside.copy()
                    self.reader = 0
                    self._condition.notify_all()
                    return False
                self._condition.wait(_LOOK_S)
            self._start_s = monotonic()
            self._is_reading = True
            return True

    def _is_tiresome(self) -> bool:
        return any(self._inside.get(thread) == number for thread, number in self._tiresome.items())

    def _wait_for_hurried(self) -> None:
        """Until it is inside, which on a busy machine may take a while, and has been seen where it comes out again."""
        until_s = monotonic() + _LONGEST_WAY_S
        while (now_s := monotonic()) < until_s and (self._is_hurried or now_s < self._rest_end_s):
            self._condition.wait(_LOOK_S)

    def _others_inside(self, reader: int) -> bool:
        return bool(self._inside.keys() - {reader})

    def _end_reading(self) -> None:
        with self._condition:
            now_s = monotonic()
            self._turn_s = min(max(now_s - self._start_s, _SHORTEST_TURN_S), _LONGEST_TURN_S)
            # Those who wait come first; their turn is counted from when they have come.
            self._turn_end_s = now_s + _LONGEST_WAY_S if self._n_waiting else 0.0
            self.reader = 0
            self._is_reading = False
            self._condition.notify_all()

    # -- around os.fork(), on the thread that forks: a copy of a reader's half-taken locks would stay taken in the child

    def before_fork(self) -> None:
        """The forking thread is inside meanwhile, so that nobody reads."""
        self._forking[get_ident()] = self.enter()

    def after_fork_in_parent(self) -> None:
        """It is what it was before."""
        self.leave(self._forking.pop(get_ident(), 0), None)

    def after_fork_in_child(self) -> None:
        """The thread that forked is the only one."""
        self._inside.clear()
        self._forking.clear()
        self._open()


class _Inside:
    """A dozen of a step of a training loop: half as dear as a generator."""

    __slots__ = ("_entered", "_gate")

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def __enter__(self) -> None:
        self._entered = self._gate.enter()

    def __exit__(self, *exception: object) -> None:
        self._gate.leave(self._entered, None)


# There is one torch in a process, and so there is one gate.
GATE = Gate()
os.register_at_fork(
    before=GATE.before_fork, after_in_parent=GATE.after_fork_in_parent, after_in_child=GATE.after_fork_in_child
)
