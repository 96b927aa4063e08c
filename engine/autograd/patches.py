"""Attributes of torch that are replaced while a program is watched."""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_MISSING = object()
Wanted = tuple[Any, str, Callable[[Any], Any]]  # whose attribute, its name, and ours, made of what it was
_all: weakref.WeakSet[Patches] = weakref.WeakSet()


class Patches:
    """In force while somebody has them `applied` and nobody has them `suspended`. Any thread may call.

    What a program puts in such a place itself meanwhile stays as it wants it.
    """

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = wanted
        self._in_force: list[tuple[Any, str, Any, Any]] = []  # with ours, and what it was
        self._n_applied = self._n_suspended = 0
        self._renew_lock()
        _all.add(self)

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """The attributes are ours inside, for every thread."""
        self._count(applied=1)
        try:
            yield
        finally:
            self._count(applied=-1)

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """The attributes are as they were inside, for every thread."""
        self._count(suspended=1)
        try:
            yield
        finally:
            self._count(suspended=-1)

    def _count(self, *, applied: int = 0, suspended: int = 0) -> None:
        with self._lock:
            self._n_applied += applied
            self._n_suspended += suspended
            is_wanted = self._n_applied > 0 and not self._n_suspended
            if is_wanted and not self._in_force:
                self._put()
            elif not is_wanted:
                self._take_out()

    def _put(self) -> None:
        for owner, name, make in self._wanted:
            theirs = vars(owner).get(name, _MISSING)
            ours = make(theirs)
            self._in_force.append((owner, name, ours, theirs))
            setattr(owner, name, ours)

    def _take_out(self) -> None:
        while self._in_force:
            owner, name, ours, theirs = self._in_force.pop()
            if vars(owner).get(name, _MISSING) is not ours:
                continue
            if theirs is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, theirs)

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()


@contextlib.contextmanager
def all_suspended() -> Iterator[None]:
    """Every attribute is as it was inside, for every thread."""
    with contextlib.ExitStack() as stack:
        for patches in tuple(_all):
            stack.enter_context(patches.suspended())
        yield


def _renew_locks() -> None:
    for patches in _all:
        patches._renew_lock()


os.register_at_fork(after_in_child=_renew_locks)
