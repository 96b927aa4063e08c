"""Which calls of one line belong to the same execution of it.

A line in a loop runs once in each pass of that, a line of a function once in each call of the function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from engine.autograd.graph.levels import FrameLevel, Level, Scope
from engine.autograd.graph.repetitions import Trace, in_order
from engine.autograd.modules import Frames
from engine.autograd.records import Call
from engine.program.sources import locate

_WITHIN_A_LINE = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})  # code that a line has to itself


class Lines:
    """The lines of a program that led to a call: that which made it, and those from which that was called."""

    def __init__(self, program_paths: Set[str]) -> None:
        self._paths = program_paths
        self._known: dict[int, tuple[Frames, frozenset[int]]] = {}  # by id of frames, which are kept alive

    def of(self, call: Call) -> frozenset[int]:
        """All of them."""
        return self._of(call.frames)

    def _of(self, frames: Frames | None) -> frozenset[int]:
        if frames is None:
            return frozenset()
        known = self._known.get(id(frames))
        if known is None:
            place, _depth, _turns, outer = frames
            source = locate(place.code, place.offset)
            is_own = source is not None and source.path in self._paths
            lines = self._of(outer) | {source.line} if is_own and source is not None else self._of(outer)
            known = self._known[id(frames)] = frames, lines
        return known[1]


def executions(calls: Iterable[Call], line: int, program_paths: Collection[str]) -> dict[int, int]:
    """By number of each call that `line` led to, the number of the first of the same execution of the line."""
    first: dict[object, int] = {}
    found: dict[int, int] = {}
    trace = Trace()
    for call, stack in in_order(calls):
        trace.take(stack)
        found[call.number] = first.setdefault(_execution(trace.levels, line, program_paths), call.number)
    return found


def _execution(levels: Iterable[Level], line: int, program_paths: Collection[str]) -> object:
    """Stands for the execution of a line that is under way: of the innermost frame at it, in a recursion, too."""
    found: FrameLevel | None = None
    for level in levels:
        if isinstance(level, FrameLevel) and level.code.co_filename in program_paths and level.line == line:
            found = level if found is None or level.code.co_name not in _WITHIN_A_LINE else found
    return None if found is None else (found, _pass_around(found, line))


def _pass_around(level: FrameLevel, line: int) -> Scope | None:
    """The pass of the innermost loop around the whole line."""
    for loop, scope in reversed(level.open_loops):
        if not level.flow.lines_at(loop.start)[0] == level.flow.lines_at(loop.end)[0] == line:
            return scope
    return None
