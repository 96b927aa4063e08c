"""Namespaces as they were at first: what a program puts in them is in force while its own code runs, and only then."""

from __future__ import annotations

import builtins
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_MISSING = object()
_Patch = tuple[Any, str, Any]  # whose attribute, its name, and what the program has put there


class Pristine:
    """Takes a program's patches out while anybody needs the names as they were. From any thread.

    `kept` pairs modules and classes with the attributes that they had; `hiding` finds patches that are no change of
    those, as a new attribute of a class that hides one of the class below it.
    """

    def __init__(self, kept: list[tuple[Any, dict[str, Any]]], hiding: Callable[[], Iterable[_Patch]] = tuple) -> None:
        self._kept = kept
        self._hiding = hiding
        self._renew_lock()
        os.register_at_fork(after_in_child=self._renew_lock)
        self._n_users = 0
        self._patches: list[_Patch] = []  # taken out, and to be put back

    def take(self) -> None:
        """From here on, and for every thread, the names are as they were, until as many calls of `give`."""
        with self._lock:
            self._n_users += 1
            if self._n_users == 1:
                self._patches = [*self._replaced(), *self._hiding()]
                for owner, name, _ in self._patches:
                    _put(owner, name, self._original(owner, name))

    def give(self) -> None:
        """The program's patches are back, once nobody needs the names as they were."""
        with self._lock:
            self._n_users -= 1
            if self._n_users == 0:
                for owner, name, theirs in self._patches:
                    if vars(owner).get(name, _MISSING) is self._original(owner, name):  # else it was patched meanwhile
                        _put(owner, name, theirs)
                self._patches = []

    def accept(self, owner: Any, name: str) -> None:
        """An attribute as it is now counts as what it was at first."""
        next(kept for known, kept in self._kept if known is owner)[name] = vars(owner)[name]

    def forget(self) -> None:
        """The patches that are taken out do not come back."""
        with self._lock:
            self._patches = []

    def _original(self, owner: Any, name: str) -> Any:
        return next(kept for known, kept in self._kept if known is owner).get(name, _MISSING)

    def _replaced(self) -> Iterator[_Patch]:
        for owner, kept in self._kept:
            live = vars(owner)
            for name, value in kept.items():
                if live.get(name, _MISSING) is not value:
                    yield owner, name, live.get(name, _MISSING)

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()


def _put(owner: Any, name: str, value: Any) -> None:
    if value is _MISSING:
        delattr(owner, name)
    else:
        setattr(owner, name, value)


BUILTINS = Pristine([(builtins, dict(vars(builtins)))])
