"""Stop, said again: a program that catches each KeyboardInterrupt gets the next one before it can go on.

From Python 3.12 on a loop around a `try` looks for signals within it: such a program
catches that one, too, and goes on.
"""

from __future__ import annotations

from _thread import interrupt_main
from os.path import dirname, join
from types import FrameType
from typing import Any, ClassVar

_ENGINE = join(dirname(dirname(__file__)), "")  # its folder


class _Armed:
    """`_ARMED[number]` leaves a signal for the main thread. It is no call on purpose: behind a call Python looks for
    signals at once, behind a subscript only where the program goes on, which is behind the `try` that caught the last
    KeyboardInterrupt, and so out of its reach."""

    __getitem__: ClassVar[Any] = staticmethod(interrupt_main)


_ARMED = _Armed()


def raise_again_and_again(number: int, frame: FrameType | None) -> None:
    """From the handler of the signal `number`, on the main thread: raise KeyboardInterrupt, and have the handler called
    again as soon as whatever catches it goes on. In a frame of the engine, which clears away what has ended, nothing
    happens."""
    if frame is not None and not is_of_engine(frame):
        _ARMED[number]
        raise KeyboardInterrupt


def is_of_engine(frame: FrameType) -> bool:
    """Whether it runs the engine's own code."""
    return frame.f_code.co_filename.startswith(_ENGINE)
