"""How torch's OpenMP threads wait for each other, and how a copy of the process comes to threads of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_NAME, _SPINS = "GOMP_SPINCOUNT", "10000"
_PAUSE_HARD = 2  # OpenMP's omp_pause_hard


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """Import torch inside: OpenMP reads the environment then, and what the person has set there holds.

    The threads wait by spinning, for milliseconds unless told otherwise. On a machine that does something else as well
    this takes the core from the very thread that is waited for: a trainer's step on two busy cores took 650 ms, and
    takes 145 ms so; on idle ones 29.2 ms instead of 28.7 ms. Neither a program nor its children see the setting.
    """
    if _NAME in os.environ:
        yield
        return
    os.environ[_NAME] = _SPINS
    try:
        yield
    finally:
        del os.environ[_NAME]


def release_threads() -> bool:
    """End the threads that wait for work of this one, and say whether that was done: they come again when it has some.

    Before a fork: the copy has none of them, and would wait for them for ever at its first large operation.
    """
    pause = _pause()
    return pause is not None and pause(_PAUSE_HARD) == 0


@cache
def _pause() -> Any:
    """`omp_pause_resource_all` of the one OpenMP that is loaded; None of another kind than GCC's, or of several."""
    try:
        lines = Path("/proc/self/maps").read_text().splitlines()
    except OSError:
        return None
    paths = {line.split(maxsplit=5)[-1] for line in lines if "omp" in line.rpartition("/")[2]}
    if len(paths) != 1 or "libgomp" not in (path := paths.pop()):
        return None
    return getattr(ctypes.CDLL(path), "omp_pause_resource_all", None)
