"""A defect in one widget's painting ends there: the others of the frame are painted as ever."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

Paint = TypeVar("Paint", bound=Callable[..., Any])


def guarded(paint: Paint) -> Paint:
    """For a paintEvent or a delegate's paint: what it raises goes to the exception hook at once. PySide would keep it,
    with the painter that is still active in its frame, and raise it in the paintEvents that follow."""

    @functools.wraps(paint)
    def painted(*arguments: Any) -> None:
        try:
            paint(*arguments)
        except Exception:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]

    return painted  # type: ignore[return-value]
