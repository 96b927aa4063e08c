"""Which calls were made by the same lines running again: passes of loops, of recursions, of `sum` and `map`.

A call's stack, compared with that of the call before, tells what went on, what ended and what began again: an
instruction that cannot follow on the one before without a jump backwards is in another pass of the innermost loop
around both. Where nothing of an outer loop leaves a node, its passes are told by its counter if it has one (`range`,
`enumerate`); else the passes of the inner one count through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engine.autograd.graph.levels import (
    Again,
    Depth,
    DepthLevel,
    Entry,
    Frame,
    FrameLevel,
    Level,
    Met,
    ModuleLevel,
    Run,
    Scope,
    token_of,
)
from engine.autograd.modules import ModuleCall
from engine.autograd.placing import TOP
from engine.autograd.records import Call
from engine.program.control_flow import control_flow
from engine.program.places import Place, Turns


class Repetitions:
    """`runs` are those with several passes, outer before inner; `runs_of_passes[p]` is the run of pass p."""

    def __init__(self, calls: Iterable[Call]) -> None:
        self.runs: list[Run] = []
        self.runs_of_passes: list[int] = []
        self._numbers: dict[Run, int] = {}
        self._passes: dict[Scope, int] = {}
        self._scopes: dict[int, Scope] = {}
        self._library_calls: dict[int, int] = {}
        firsts: dict[Level, int] = {}  # by a library's frame that the program called, the number of its first call
        trace = Trace()
        for call, stack in in_order(calls):
            self._scopes[call.number] = trace.take(stack)
            entered = _library_level(stack, trace.levels)
            if entered is not None:
                self._library_calls[call.number] = firsts.setdefault(entered, call.number)
        for scope in self._scopes.values():
            self._pass_of(scope)

    def pass_of(self, call: Call | None) -> int:
        """The innermost pass in which a call was made, -1 where it was in none."""
        scope = None if call is None else self._scopes.get(call.number)
        return -1 if scope is None else self._pass_of(scope)

    def library_call_of(self, call: Call | None) -> int:
        """The number of the first call that a library made, of those for one call in the program's text, as
        `dist.entropy()`, among which this is; -1 of one that the program or a module made itself."""
        return -1 if call is None else self._library_calls.get(call.number, -1)

    def add_inside(self, call: Call, what: str, n_passes: int) -> list[int]:
        """The numbers of passes that one call has made by itself; `what` they are."""
        assert call.place is not None
        flow = control_flow(call.place.code)
        lines = flow.lines_at(flow.instruction(call.place.offset))
        run = Run(self._scopes[call.number], call.module, call.place.code.co_filename, *lines, what=what)
        return [self._pass_of(scope) for scope in [Scope.of_pass(run) for _ in range(n_passes)]]

    def pass_around(self, run: Run) -> int:
        """The pass in which a run lies, -1 where it lies in none."""
        return self._pass_of(run.around)

    def _pass_of(self, scope: Scope | None) -> int:
        while scope is not None and (scope.run is None or scope.run.n_passes < 2):
            scope = scope.around
        if scope is None or scope.run is None:
            return -1
        if scope not in self._passes:
            self._pass_of(scope.run.around)
            number = self._numbers.setdefault(scope.run, len(self.runs))
            if number == len(self.runs):
                self.runs.append(scope.run)
            self._passes[scope] = len(self.runs_of_passes)
            self.runs_of_passes.append(number)
        return self._passes[scope]


class Trace:
    """Follows the stacks of calls in the order in which they were made."""

    def __init__(self) -> None:
        self._levels: list[Level] = []
        self._root = Scope(None)

    @property
    def levels(self) -> Sequence[Level]:
        """Those of the newest call, outermost first."""
        return self._levels

    def take(self, stack: list[Entry]) -> Scope:
        """Where the next call was made."""
        levels, kept = self._levels, 0
        met = Met.SAME
        for level, entry in zip(levels, stack, strict=False):
            met = level.meet(entry)
            if met is not Met.SAME:
                break
            kept += 1
        if met is Met.MOVED:
            kept += 1
        elif levels:
            kept = self._called(kept, None if kept == len(stack) else token_of(stack[kept]))
        del levels[kept:]
        for entry in stack[kept:]:
            if levels and isinstance(above := levels[-1], FrameLevel):
                above.note(token_of(entry))
            levels.append(self._level(entry))
        if isinstance(last := levels[-1], FrameLevel):
            last.note(None)
        return last.scope

    def _called(self, kept: int, token: object) -> int:
        """The innermost level that still runs has called something new: how many levels are left of that."""
        last = self._levels[kept - 1] if kept else None
        if isinstance(last, DepthLevel):
            last.next_pass()
        elif isinstance(last, FrameLevel):
            again = last.called(token)
            if again in (Again.MAY_RUN, Again.RUNS_OR_REPEATS) and (place := self._next_pass(kept)):
                return place
            if again in (Again.REPEATS, Again.RUNS_OR_REPEATS):
                last.repeat()
        return kept

    def _next_pass(self, kept: int) -> int:
        """Another pass of the innermost loop around the levels that still run: how many are left of them, 0 without."""
        for place in range(kept, 0, -1):
            level = self._levels[place - 1]
            if isinstance(level, ModuleLevel):  # its forward runs once
                return 0
            if level.next_pass():
                return place
        return 0

    def _level(self, entry: Entry) -> Level:
        last = self._levels[-1] if self._levels else None
        around = self._root if last is None else last.scope
        module = None if last is None else last.module
        if isinstance(entry, Frame):
            return FrameLevel(entry, around, module)
        return DepthLevel(entry, around, module) if isinstance(entry, Depth) else ModuleLevel(entry, around)


def _library_level(stack: Sequence[Entry], levels: Sequence[Level]) -> Level | None:
    """The level of the library's frame that the program's innermost frame has called, None where it called none, or a
    module."""
    place = len(stack)
    while place and isinstance(entry := stack[place - 1], Frame) and entry.is_library:
        place -= 1
    is_entered = place < len(stack) and place > 0 and isinstance(stack[place - 1], Frame)
    return levels[place] if is_entered else None


def in_order(calls: Iterable[Call]) -> Iterator[tuple[Call, list[Entry]]]:
    """Those that have a place in the program, as they were made, with their stacks."""
    ordered = sorted((call for call in calls if call.place is not None), key=lambda call: call.number)
    recursive = _recursive(ordered)
    for call in ordered:
        stack = _stack(call)
        yield call, _with_depth(stack, recursive) if recursive else stack


def _stack(call: Call) -> list[Entry]:
    """The frames and modules of a call, outermost first."""
    assert call.place is not None
    modules: list[ModuleCall] = []
    module = call.module
    while module is not None:
        modules.append(module)
        module = module.parent
    n_modules = len(modules)
    found: list[Entry] = []
    for place, depth, turns, is_library in reversed(_frames(call)):
        while len(modules) > n_modules - depth:
            found.append(modules.pop())
        found.append(Frame(place.code, place.offset, turns, is_library))
    return found + modules[::-1]


def _frames(call: Call) -> list[tuple[Place, int, Turns, bool]]:
    """As `Call.frames`, innermost first, and whether each is a library's. A loop that makes the call itself shows its
    passes by jumping back."""
    found: list[tuple[Place, int, Turns, bool]] = []
    frames, is_library = call.frames, True
    while frames is not None:
        place, depth, turns, frames = frames
        is_library = is_library and place is not call.place
        found.append((place, depth, turns, is_library))
    place, depth, turns, is_library = found[0]
    is_alone = call.direct and place.code.co_name == TOP
    if turns and not is_library and not is_alone and _n_loops(place) < 2:
        found[0] = place, depth, (), False
    return found


def _n_loops(place: Place) -> int:
    """How many loops are around an instruction."""
    flow = control_flow(place.code)
    return len(flow.around(flow.instruction(place.offset)))


def _recursive(calls: Iterable[Call]) -> set[int]:
    """The ids of code that is in one stack twice; a hash of code would be made anew each time."""
    found: set[int] = set()
    for call in calls:
        codes = []
        frames = call.frames
        while frames is not None:
            codes.append(id(frames[0].code))
            frames = frames[3]
        if len(codes) > 1 and len(set(codes)) < len(codes):
            found.update(code for code, n in Counter(codes).items() if n > 1)
    return found


def _with_depth(stack: list[Entry], recursive: set[int]) -> list[Entry]:
    """The frames of a function that calls itself as one entry with their number, and the innermost of them."""
    found: list[Entry] = []
    start = 0
    for place, entry in enumerate(stack):
        if place < start or not isinstance(entry, Frame) or id(entry.code) not in recursive:
            if place >= start:
                found.append(entry)
            continue
        mine = [n for n, other in enumerate(stack) if isinstance(other, Frame) and other.code is entry.code]
        found += [Depth(entry.code, len(mine)), stack[mine[-1]]]
        start = mine[-1] + 1
    return found
