"""Warnings of the program: the recorder stands between a line and the torch function it calls, and is not to blame."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

import torch

import engine

_ENGINE = os.path.dirname(os.path.abspath(engine.__file__)) + os.sep
_OVERRIDES = torch.overrides.__file__


@contextmanager
def placed_in_program() -> Iterator[None]:
    """Inside, a warning names the place, and comes as often, as it would if nothing watched. Each run warns anew."""
    with warnings.catch_warnings():
        pass  # every module forgets what it has warned of
    before = warnings.showwarning
    is_placed = False

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        nonlocal is_placed
        found, wanted = (None, None) if is_placed else _places(sys._getframe(1), filename, lineno)
        if found is None or wanted is None or wanted is found:
            before(message, category, filename, lineno, file, line)
            return
        found.f_globals.get("__warningregistry__", {}).pop((str(message), category, lineno), None)
        registry = wanted.f_globals.setdefault("__warningregistry__", {})
        is_placed = True
        try:
            place = (wanted.f_code.co_filename, wanted.f_lineno, wanted.f_globals.get("__name__"))
            warnings.warn_explicit(message, category, *place, registry)
        finally:
            is_placed = False

    warnings.showwarning = show
    try:
        yield
    finally:
        if warnings.showwarning is show:  # else the program has set its own
            warnings.showwarning = before


@contextmanager
def quietly_compiled() -> Iterator[None]:
    """No SyntaxWarning is given inside, and no module forgets what it has warned of, as it does after
    catch_warnings."""
    quiet = ("ignore", None, SyntaxWarning, None, 0)
    filters = warnings.filters
    if not isinstance(filters, list):  # the program's own
        yield
        return
    filters.insert(0, quiet)
    try:
        yield
    finally:
        filters.remove(quiet)


def _places(frame: FrameType | None, filename: str, lineno: int) -> tuple[FrameType | None, FrameType | None]:
    """The frame that a warning names, and the one that it would name without the engine's frames above its call."""
    while frame is not None and frame.f_code.co_filename == warnings.__file__:
        frame = frame.f_back
    start, level = frame, 0
    while frame is not None and (frame.f_code.co_filename, frame.f_lineno) != (filename, lineno):
        frame, level = frame.f_back, level + 1
    found, frame = frame, _outside(start)
    for _ in range(level if found is not None else 0):
        frame = None if frame is None else _outside(frame.f_back)
    return found, frame


def _outside(frame: FrameType | None) -> FrameType | None:
    """This frame, or the nearest above it that would be there if nothing watched."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name == _OVERRIDES and frame.f_back is not None:  # its caller is the function that is running below again
            frame = frame.f_back.f_back
        elif name.startswith(_ENGINE):
            frame = frame.f_back
        else:
            return frame
    return None
