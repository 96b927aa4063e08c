"""Which loops count their passes in a variable that the program sets nowhere else.

`for epoch in range(3)` and `for i, layer in enumerate(layers)`: as long as such a loop runs, its variable tells each
pass from the one before.
"""

from __future__ import annotations

import dis
import sys
from inspect import CO_NEWLOCALS, CO_OPTIMIZED
from types import CodeType
from typing import Any, NamedTuple

from engine.program.control_flow import Loop, control_flow

_COUNTING = ("range", "enumerate")
_LOADS = ("LOAD_NAME", "LOAD_GLOBAL")
_GLOBALS = ("STORE_NAME", "STORE_GLOBAL")
GIVEN = ".0"  # what a comprehension runs over
# From Python 3.12 on a comprehension has no function of its own: between what it runs over and its loop the variables
# of its own are put aside, and its result begins.
_BETWEEN = ("GET_ITER", "LOAD_FAST_AND_CLEAR", "SWAP", "BUILD_LIST", "BUILD_SET", "BUILD_MAP")
_RANGES = frozenset({type(iter(range(0))), type(iter(range(1 << 70)))})
_WITH_STEP = 3  # arguments of `range`
_MOST_KNOWN = 4096
_NOWHERE = sys.maxsize, 0


class Counter(NamedTuple):
    """The variable that counts a loop's passes."""

    name: str
    slot: int  # among the variables of its function, until Python 3.13; -1 for a global
    rises: bool  # from pass to pass: where it falls, the loop has begun anew
    given: frozenset[type]  # one of which must be what a comprehension runs over, where the loop is that one


def counters_at(code: CodeType, space: dict[str, Any], offset: int) -> tuple[Counter, ...]:
    """The counters of the loops around an instruction, outermost first; `space` are the globals of its function."""
    known = _known.get(id(code))
    if known is None:
        known = _keep(code, space)
    return tuple(counter for _loop, counter in known.around(offset))


def counted(code: CodeType, offset: int) -> tuple[tuple[Loop, Counter], ...]:
    """As `counters_at`, of code that this was asked of, with the loops."""
    known = _known.get(id(code))
    return known.around(offset) if known is not None else ()


class _Counters:
    """Of one code object, which is kept alive: its id stands for it."""

    def __init__(self, code: CodeType, space: dict[str, Any]) -> None:
        self.code, self._flow = code, control_flow(code)
        is_known = self._flow.loops and bool(code.co_flags & CO_OPTIMIZED) == bool(code.co_flags & CO_NEWLOCALS)
        instructions = list(dis.get_instructions(code)) if is_known else []
        changed = {name for each in instructions for name in _changed(each)}
        own = {name for name in _COUNTING if name not in space and name not in changed}
        found = ((loop, _counter(instructions, loop, own)) for loop in self._flow.loops if instructions)
        self.counters = {loop: counter for loop, counter in found if counter is not None}
        self._at: dict[int, tuple[tuple[Loop, Counter], ...]] = {}  # what `around` has found

    def around(self, offset: int) -> tuple[tuple[Loop, Counter], ...]:
        """The counted loops that the instruction of a byte offset is in, outermost first."""
        found = self._at.get(offset)
        if found is None:
            loops = self._flow.around(self._flow.instruction(offset)) if self.counters else ()
            found = self._at[offset] = tuple((loop, self.counters[loop]) for loop in loops if loop in self.counters)
        return found


_known: dict[int, _Counters] = {}  # by id of the code


def _keep(code: CodeType, space: dict[str, Any]) -> _Counters:
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    found = _known[id(code)] = _Counters(code, space)
    return found


def _counter(instructions: list[dis.Instruction], loop: Loop, own: set[str]) -> Counter | None:
    """What counts a loop's passes, None without one; `own` are the counting functions that are Python's own here."""
    head, place = instructions[loop.start], _iterated(instructions, loop.start)
    after = instructions[loop.start + 1 : loop.start + 3]
    if head.opname != "FOR_ITER":
        return None
    is_pair = after[0].opname == "UNPACK_SEQUENCE"
    stored = after[1] if is_pair else after[0]
    names = _changed(stored)
    given, rises = frozenset[type](), is_pair
    made = instructions[place]
    if made.opname.startswith("LOAD_FAST") and made.argval == GIVEN:
        given = frozenset({enumerate}) if is_pair else _RANGES
    elif not _is_counting(_called(instructions, place), own, is_pair=is_pair):
        return None
    else:
        rises = rises or (made.arg or 0) < _WITH_STEP
    if not names or not stored.opname.startswith("STORE"):
        return None
    inside = instructions[loop.start : loop.end + 1]
    if sum(_changed(each).count(names[0]) for each in inside) != 1:
        return None
    return Counter(names[0], -1 if stored.opname in _GLOBALS else stored.arg or 0, rises, given)


def _iterated(instructions: list[dis.Instruction], head: int) -> int:
    """The place of what makes the object that the loop at `head` iterates over, or of what is no such thing."""
    place = head - 1
    while place > 0 and instructions[place].opname in _BETWEEN:
        place -= 1
    return place


def _is_counting(makes: str, own: set[str], *, is_pair: bool) -> bool:
    """Whether a loop over what `makes` has made is one over a `range`, or in pairs over an `enumerate`."""
    return makes in own and (makes == "enumerate") == is_pair


def _changed(instruction: dis.Instruction) -> tuple[str, ...]:
    """The variables that an instruction sets or deletes, in the order in which it does."""
    if not instruction.opname.startswith(("STORE_", "DELETE_")):
        return ()
    held = instruction.argval
    if instruction.opname == "STORE_FAST_LOAD_FAST":  # some Pythons write two instructions as one
        return (held[0],)
    if isinstance(held, tuple):
        return held
    is_variable = instruction.opname.endswith(("_NAME", "_GLOBAL", "_FAST", "_DEREF"))
    return (held,) if is_variable and isinstance(held, str) else ()


def _called(instructions: list[dis.Instruction], place: int) -> str:
    """The name of the function that is called at `place`, "" where none is: it stands where the call begins."""
    call = instructions[place]
    begin = _begin(call)
    if not call.opname.startswith("CALL") or begin == _NOWHERE:
        return ""
    for number in range(place, -1, -1):
        each = instructions[number]
        if each.opname in _LOADS and _begin(each) == begin:
            return str(each.argval)
        if _begin(each) < begin:  # of what stands before the call
            return ""
    return ""


def _begin(instruction: dis.Instruction) -> tuple[int, int]:
    """The line and the column at which what an instruction computes begins; behind all where it is not known."""
    positions = instruction.positions
    if positions is None or positions.lineno is None or positions.col_offset is None:
        return _NOWHERE
    return positions.lineno, positions.col_offset
