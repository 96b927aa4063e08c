"""Which loops of a program's outermost code count their passes in a variable that the program sets nowhere else.

`for epoch in range(3)` and `for i, layer in enumerate(layers)`: as long as such a loop runs, its variable tells each
pass from the one before. Only at the top of the program can it be read without a trace: there variables are globals,
and asking a function's frame for its locals would keep them alive.
"""

from __future__ import annotations

import dis
from types import CodeType, FrameType
from typing import Any

from engine.program.control_flow import Loop, control_flow

_COUNTING = ("range", "enumerate")
_LOADS = ("LOAD_NAME", "LOAD_GLOBAL")
_CHANGES = ("STORE_NAME", "STORE_GLOBAL", "DELETE_NAME", "DELETE_GLOBAL")
_MOST_KNOWN = 4096
_value = dict.get  # of no dict of the program's own


def turns(frame: FrameType) -> tuple[int | None, ...]:
    """What the counters around the instruction of an outermost frame hold, outermost first; None for what is no counter
    any more."""
    code = frame.f_code
    known = _known.get(id(code))
    if known is None:
        known = _keep(code, frame.f_globals)
    if not known.names:
        return ()
    around = known.at.get(frame.f_lasti)
    if around is None:
        around = known.around(frame.f_lasti)
    if not around:
        return ()
    space = frame.f_globals
    values = [_value(space, name) for _loop, name in around]
    return tuple([value if type(value) is int else None for value in values])


def counted(code: CodeType, offset: int) -> tuple[tuple[Loop, str], ...]:
    """The loops whose counters `turns` has read at an offset, and their variables."""
    known = _known.get(id(code))
    return known.around(offset) if known is not None else ()


class _Counters:
    """Of one code object, which is kept alive: its id stands for it."""

    def __init__(self, code: CodeType, space: dict[str, Any]) -> None:
        self.code, self._flow = code, control_flow(code)
        instructions = list(dis.get_instructions(code)) if self._flow.loops else []
        self.names = {loop: name for loop in self._flow.loops if (name := _counter(instructions, loop, space))}
        self.at: dict[int, tuple[tuple[Loop, str], ...]] = {}  # what `around` has found

    def around(self, offset: int) -> tuple[tuple[Loop, str], ...]:
        """The counted loops that the instruction of a byte offset is in, outermost first."""
        found = self.at.get(offset)
        if found is None:
            loops = self._flow.around(self._flow.instruction(offset))
            found = self.at[offset] = tuple((loop, self.names[loop]) for loop in loops if loop in self.names)
        return found


_known: dict[int, _Counters] = {}  # by id of the code


def _keep(code: CodeType, space: dict[str, Any]) -> _Counters:
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    found = _known[id(code)] = _Counters(code, space)
    return found


def _counter(instructions: list[dis.Instruction], loop: Loop, space: dict[str, Any]) -> str:
    """The variable that counts a loop's passes, "" without one."""
    start = loop.start
    if instructions[start].opname != "FOR_ITER" or instructions[start - 1].opname != "GET_ITER":
        return ""
    makes = _called(instructions[:start])
    stored = start + 2 if makes == "enumerate" and instructions[start + 1].opname == "UNPACK_SEQUENCE" else start + 1
    if makes not in _COUNTING or makes in space or instructions[stored].opname not in _CHANGES[:2]:
        return ""
    name = instructions[stored].argval
    inside = instructions[start : loop.end + 1]
    n_changes = sum(each.opname in _CHANGES and each.argval == name for each in inside)
    is_own = not any(each.opname in _CHANGES and each.argval == makes for each in instructions)
    return name if n_changes == 1 and is_own else ""


def _called(before: list[dis.Instruction]) -> str:
    """The name of the function whose result is iterated over: it stands where the call begins."""
    call = next((each for each in reversed(before) if each.opname.startswith("CALL")), None)
    if call is None or call is not before[-2] or call.positions is None:
        return ""
    begin = call.positions.lineno, call.positions.col_offset
    names = (
        each.argval
        for each in reversed(before)
        if each.opname in _LOADS
        and each.positions is not None
        and (each.positions.lineno, each.positions.col_offset) == begin
    )
    return next(names, "")
