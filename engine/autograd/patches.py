"""Attributes of torch that are replaced while a program is watched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

_MISSING = object()


class _Patch(NamedTuple):
    owner: Any
    name: str
    ours: Any
    theirs: Any


class Patches:
    """`replace` what is wanted, then be `applied`. What a program replaces itself meanwhile stays as it wants it."""

    def __init__(self) -> None:
        self._patches: list[_Patch] = []

    @contextlib.contextmanager
    def applied(self, wanted: list[tuple[Any, str, Any]]) -> Iterator[None]:
        """Each owner's attribute of that name is ours inside."""
        self._patches = [_Patch(*patch, vars(patch[0]).get(patch[1], _MISSING)) for patch in wanted]
        self._put()
        try:
            yield
        finally:
            self._take_out()
            self._patches = []

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """Inside, the attributes are as they were, where they are ours now."""
        self._take_out()
        try:
            yield
        finally:
            self._put()

    def _put(self) -> None:
        for owner, name, ours, theirs in self._patches:
            if vars(owner).get(name, _MISSING) is theirs:
                setattr(owner, name, ours)

    def _take_out(self) -> None:
        for owner, name, ours, theirs in self._patches:
            if vars(owner).get(name, _MISSING) is not ours:
                continue
            if theirs is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, theirs)
