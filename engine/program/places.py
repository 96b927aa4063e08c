"""Instructions of the program, and what the loops around one count. Asked at every operation: keep it small."""

from __future__ import annotations

from types import CodeType, FrameType
from typing import Any

from engine.program.frame_variables import variable
from engine.program.loop_counters import GIVEN, Counter, counters_at

_MOST_KNOWN = 4096  # code objects
_value = dict.get  # of no dict of the program's own
Turns = tuple[int | None, ...]


class Place:
    """An instruction of the program; turned into a `Source` only when somebody looks."""

    __slots__ = ("code", "counters", "offset")

    def __init__(self, code: CodeType, offset: int, counters: tuple[Counter, ...] = ()) -> None:
        self.code = code
        self.offset = offset
        self.counters = counters  # of the loops around it, outermost first


_known: dict[int, tuple[CodeType, dict[int, Place]]] = {}  # by id of the code, which is kept alive; by offset


def place_of(frame: FrameType) -> Place:
    """The instruction that a frame of the program is at; one for all who ask."""
    code, offset = frame.f_code, frame.f_lasti
    known = _known.get(id(code))
    if known is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        known = _known[id(code)] = code, {}
    place = known[1].get(offset)
    if place is None:
        place = known[1][offset] = Place(code, offset, counters_at(code, frame.f_globals, offset))
    return place


def turns(frame: FrameType, counters: tuple[Counter, ...]) -> Turns:
    """What the counters around the instruction of a frame hold; None for what is no counter any more.

    Asked on the frame's thread.
    """
    held: list[Any] = []
    for counter in counters:
        if counter.slot < 0:
            value = _value(frame.f_globals, counter.name)
        elif counter.given and type(variable(frame, GIVEN, 0)) not in counter.given:
            value = None
        else:
            value = variable(frame, counter.name, counter.slot)
        held.append(value if type(value) is int else None)
    return tuple(held)
