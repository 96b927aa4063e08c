"""Warnings of the program: the recorder stands between a line and the torch function it calls, and is not to blame."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Set
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

import engine

_ENGINE = os.path.dirname(os.path.abspath(engine.__file__)) + os.sep


@contextmanager
def placed_in(program_paths: Set[str]) -> Iterator[None]:
    """Inside, a warning that names a file of the engine names the program's line instead."""
    before = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if filename.startswith(_ENGINE):
            frame: FrameType | None = sys._getframe(1)
            while frame is not None and frame.f_code.co_filename not in program_paths:
                frame = frame.f_back
            if frame is not None:
                filename, lineno, line = frame.f_code.co_filename, frame.f_lineno, None
        before(message, category, filename, lineno, file, line)

    warnings.showwarning = show
    try:
        yield
    finally:
        if warnings.showwarning is show:  # else the program has set its own
            warnings.showwarning = before
