"""The levels of a call stack while repetitions are looked for: frames, modules, functions that call themselves."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from inspect import CO_GENERATOR
from types import CodeType
from typing import NamedTuple

from engine.autograd.modules import ModuleCall
from engine.program.control_flow import Loop, control_flow
from engine.program.loop_counters import counted


class Met(Enum):
    """What the next call's stack says of a level."""

    SAME = 0  # it still runs the same instruction
    MOVED = 1  # it has gone on, and what it had called has ended
    ENDED = 2


class Again(Enum):
    """Whether an instruction that calls something new runs again, as far as what it called before tells."""

    NO = 0
    MAY_RUN = 1  # it does if it is in a loop
    RUNS_OR_REPEATS = 2  # and where it is in none it repeats what it did, as `map` and `functools.reduce` do
    REPEATS = 3  # it goes on with a generator, as `sum` does


@dataclass(slots=True, eq=False)
class Run:
    """One run of something that repeats: `around` is where it runs, `module` whose forward runs it."""

    around: Scope
    module: ModuleCall | None
    path: str
    line: int
    end_line: int
    n_passes: int = 0
    what: str = ""  # repeats, where that is not the lines
    depths: list[int] = field(default_factory=list)  # by pass, of a recursion


@dataclass(slots=True, eq=False)
class Scope:
    """Where calls were made: inside of `around`; a pass of `run` where it has one."""

    around: Scope | None
    run: Run | None = None

    @classmethod
    def of_pass(cls, run: Run) -> Scope:
        """The next pass of a run."""
        run.n_passes += 1
        return cls(run.around, run)


class Library(NamedTuple):
    """What tells a library's frame from others that the same instruction of a program called."""

    code: CodeType


class Frame(NamedTuple):
    """A frame at the moment of a call."""

    code: CodeType
    offset: int
    turns: tuple[int | None, ...] = ()  # of the loops that have a counter
    is_library: bool = False

    @property
    def token(self) -> Hashable:
        """What tells it from others that the same instruction called."""
        return Library(self.code) if self.is_library else self.code


class Depth(NamedTuple):
    """How often a function is in the stack that calls itself."""

    code: CodeType
    n_frames: int

    @property
    def token(self) -> Hashable:
        """As that of the function."""
        return self.code


class FrameLevel:
    """A frame, the instruction that it runs, and the loops that this is in."""

    def __init__(self, frame: Frame, around: Scope, module: ModuleCall | None) -> None:
        self.code, self.flow = frame.code, control_flow(frame.code)
        self.module = module
        self._base = around
        self._open: list[tuple[Loop, Scope]] = []
        self.scope = around
        self._seen: tuple[Hashable | None, ...] = ()  # what the instruction has called
        self._last: Hashable | None = None
        self._has_generator = False
        self._turns: dict[Loop, int] = {}
        self._turned(frame)
        self._enter(self.flow.instruction(frame.offset))

    @property
    def line(self) -> int:
        """The line that it is at."""
        return self.flow.lines_at(self.at)[0]

    @property
    def open_loops(self) -> Sequence[tuple[Loop, Scope]]:
        """The loops that it is in, outermost first, and the pass of each."""
        return self._open

    def meet(self, entry: object) -> Met:
        """Go on to where the next call finds this frame."""
        if not isinstance(entry, Frame) or entry.code is not self.code:
            return Met.ENDED
        at = self.flow.instruction(entry.offset)
        turned = self._turned(entry)
        if turned is not None:
            self._begin_pass(turned)
            self._enter(at)
            return Met.MOVED
        if at == self.at:
            return Met.SAME
        if self.flow.follows(self.at, at):
            self._open = [(loop, scope) for loop, scope in self._open if loop.holds(at)]
        else:
            common = [loop for loop, _ in self._open if loop.holds(at)]
            if not common:
                return Met.ENDED
            self._begin_pass(common[-1])
        self._enter(at)
        return Met.MOVED

    def called(self, token: Hashable | None) -> Again:
        """What it says that the instruction has called something new, None for an operation."""
        recurs, last = token in self._seen, self._last
        self.note(token)
        if isinstance(token, Library) and last is not None and not isinstance(last, Library):
            return Again.NO  # it goes on after it has called the program back, as `jacobian` does
        if recurs:
            return Again.REPEATS if self._has_generator else Again.RUNS_OR_REPEATS
        is_another = token is not None and last is not None and not self._has_generator
        return Again.MAY_RUN if is_another else Again.NO

    def note(self, token: Hashable | None) -> None:
        """What the instruction has called first."""
        self._seen = (*self._seen, token) if self._seen else (token,)
        self._last = token
        self._has_generator = self._has_generator or _is_generator(token)

    def next_pass(self) -> bool:
        """Another pass of the innermost loop; False where the instruction is in none."""
        if not self._open:
            return False
        self._begin_pass(self._open[-1][0])
        self._enter(self.at)
        return True

    def repeat(self) -> None:
        """The instruction does again what it did, in a loop that is not of Python (`sum`, `map`)."""
        if self.scope.run is None:
            lines = self.flow.lines_at(self.at)
            self.scope.run = Run(self._inner(), self.module, self.code.co_filename, *lines, n_passes=1)
        self.scope = Scope.of_pass(self.scope.run)
        self._forget()

    def _turned(self, frame: Frame) -> Loop | None:
        """The outermost open loop that is in another pass: its counter says so, or the one inside counts anew."""
        before, self._turns = self._turns, {}
        if not frame.turns:
            return None
        counters = dict(counted(frame.code, frame.offset))
        self._turns = {loop: turn for loop, turn in zip(counters, frame.turns, strict=False) if turn is not None}
        around = None
        for loop, _scope in self._open:
            turn = self._turns.get(loop)
            was = before.get(loop, turn)
            if turn is not None and was is not None and turn != was:
                return around if around is not None and counters[loop].rises and turn < was else loop
            around = loop
        return None

    def _begin_pass(self, loop: Loop) -> None:
        place = next(place for place, (other, _) in enumerate(self._open) if other is loop)
        run = self._open[place][1].run
        assert run is not None
        self._open[place:] = [(loop, Scope.of_pass(run))]

    def _enter(self, at: int) -> None:
        self.at = at
        around = self.flow.around(at)
        if len(around) > len(self._open):
            for loop in around[len(self._open) :]:
                run = Run(self._inner(), self.module, self.code.co_filename, loop.line, loop.end_line)
                self._open.append((loop, Scope.of_pass(run)))
        self.scope = Scope(self._inner())
        self._forget()

    def _forget(self) -> None:
        """The instruction has called nothing yet."""
        self._seen, self._last, self._has_generator = (), None, False

    def _inner(self) -> Scope:
        return self._open[-1][1] if self._open else self._base


class ModuleLevel:
    """A module's forward."""

    def __init__(self, module: ModuleCall, around: Scope) -> None:
        self.module = module
        self.scope = around

    def meet(self, entry: object) -> Met:
        """Whether the next call is inside, too."""
        return Met.SAME if entry is self.module else Met.ENDED


class DepthLevel:
    """A function that calls itself: what each of its frames does between two calls is a pass."""

    def __init__(self, depth: Depth, around: Scope, module: ModuleCall | None) -> None:
        self.module = module
        self._code = depth.code
        self._run = Run(around, module, depth.code.co_filename, *control_flow(depth.code).lines)
        self._begin(depth.n_frames)

    def meet(self, entry: object) -> Met:
        """Another depth is another frame."""
        if not isinstance(entry, Depth) or entry.code is not self._code:
            return Met.ENDED
        if entry.n_frames == self._run.depths[-1]:
            return Met.SAME
        self._begin(entry.n_frames)
        return Met.MOVED

    def next_pass(self) -> bool:
        """Another frame as deep as the one before."""
        self._begin(self._run.depths[-1])
        return True

    def _begin(self, n_frames: int) -> None:
        self._run.depths.append(n_frames)
        self.scope = Scope.of_pass(self._run)


Level = FrameLevel | ModuleLevel | DepthLevel
Entry = Frame | Depth | ModuleCall


def token_of(entry: Entry) -> Hashable:
    """What tells an entry of a stack from others in its place."""
    return entry.path if isinstance(entry, ModuleCall) else entry.token


def _is_generator(token: Hashable | None) -> bool:
    return isinstance(token, CodeType) and bool(token.co_flags & CO_GENERATOR)
