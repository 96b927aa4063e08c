"""Stop, said again: a program that catches each KeyboardInterrupt gets the next one before it can go on.

From Python 3.12 on a loop around a `try` looks for signals within it: such a program
catches that one, too, and goes on.
"""

from __future__ import annotations

from _thread import interrupt_main
from collections.abc import Callable
from os.path import dirname, join
from types import CodeType, FrameType
from typing import Any, ClassVar, NoReturn

_ENGINE = join(dirname(dirname(__file__)), "")  # its folder


class _Armed:
    """`ARMED[number]` leaves a signal for the main thread. It is no call on purpose: behind a call Python looks for
    signals at once, behind a subscript only where the program goes on, which is behind the `try` that caught the last
    KeyboardInterrupt, and so out of its reach."""

    __getitem__: ClassVar[Any] = staticmethod(interrupt_main)


ARMED = _Armed()
_WAITING: set[CodeType] = set()


def waits_for_person(function: Callable[..., Any]) -> None:
    """Engine code that waits in the program's place, as `input()` does, and may be left anywhere."""
    _WAITING.add(function.__code__)


def is_of_program(frame: FrameType | None) -> bool:
    """Whether KeyboardInterrupt may be raised there: the engine's own code clears away what has ended."""
    return frame is not None and (not is_of_engine(frame) or frame.f_code in _WAITING)


def raise_again_and_again(number: int) -> NoReturn:
    """From the handler of the signal `number`, on the main thread: raise KeyboardInterrupt, and have the handler called
    again as soon as whatever catches it goes on."""
    ARMED[number]
    raise KeyboardInterrupt


def is_of_engine(frame: FrameType) -> bool:
    """Whether it runs the engine's own code."""
    return frame.f_code.co_filename.startswith(_ENGINE)
