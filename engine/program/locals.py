"""The variables of the program's functions, where it is held or has failed inside of them.

While it runs they change at any moment and only its own thread may read them; so they are read there, as it begins to
wait, and let go of as it goes on. Where it failed, its functions have ended: tensors, modules and plain values stay
until the next run, of all else what it was in words, so that no file stays open for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Set
from sys import _current_frames, _getframe
from threading import get_ident, main_thread
from types import FrameType, TracebackType
from typing import Any, NamedTuple

from torch import Tensor
from torch.nn import Module

from engine.program.frame_variables import variable
from engine.program.one_line import as_line
from engine.shared.static_reads import type_name

CALLED = "()"  # behind a function's name, where a dot and a variable of it follow
_PLAIN = (bool, int, float, complex, str, bytes, type(None))
_MOST_FUNCTIONS = 20  # the innermost: recursion has no end
_MOST_ITEMS = 100  # of a container that is kept


class Told(NamedTuple):
    """What is left of a value that is not kept: its type and one line."""

    kind: str
    line: str


Functions = dict[str, dict[str, Any]]


class Locals:
    """By function, "Net.forward()", the innermost first. `paths` are the files whose functions count."""

    def __init__(self, paths: Set[str]) -> None:
        self._paths = paths
        self._held: Functions = {}
        self._failed: Functions = {}
        self._on_held: Callable[[], object] | None = None

    @property
    def functions(self) -> Functions:
        """Where the program is now held, else where it has failed. Not to be changed."""
        return self._held or self._failed

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """The program waits meanwhile; on the thread that does, which may be one of PyTorch's for another device."""
        self._held = _labelled([(frame.f_code.co_qualname, _read(frame)) for frame in self._stack()])
        if self._on_held is not None:
            self._on_held()
        try:
            yield
        finally:
            self._held = {}

    @contextlib.contextmanager
    def telling(self, on_held: Callable[[], object]) -> Iterator[None]:
        """Whenever the program begins to wait meanwhile, `on_held` is called there."""
        self._on_held = on_held
        try:
            yield
        finally:
            self._on_held = None

    def fail(self, trace: TracebackType | None) -> None:
        """The program has failed there."""
        frames = []
        while trace is not None:
            if self._counts(trace.tb_frame):
                frames.append(trace.tb_frame)
            trace = trace.tb_next
        innermost = reversed(frames[-_MOST_FUNCTIONS:])
        self._failed = _labelled([(frame.f_code.co_qualname, _kept(dict(frame.f_locals))) for frame in innermost])

    def forget(self) -> None:
        """Another run begins."""
        self._failed = {}

    def _stack(self) -> list[FrameType]:
        """The innermost first."""
        here = self._frames(_getframe())
        main = main_thread().ident
        if not here and main is not None and main != get_ident():
            here = self._frames(_current_frames().get(main))  # it waits for this one
        return here[:_MOST_FUNCTIONS]

    def _frames(self, frame: FrameType | None) -> list[FrameType]:
        found = []
        while frame is not None:
            if self._counts(frame):
                found.append(frame)
            frame = frame.f_back
        return found

    def _counts(self, frame: FrameType) -> bool:
        """Whether it is a function of the program: no module, class body or comprehension."""
        code = frame.f_code
        return code.co_filename in self._paths and bool(code.co_flags & 1) and not code.co_name.startswith("<")


class Scope(Mapping[str, Any]):
    """The program's global variables and, by their labels, the functions of Locals with theirs."""

    def __init__(self, variables: dict[str, Any], local: Locals) -> None:
        self.variables = variables  # global
        self._locals = local

    def __getitem__(self, name: str) -> Any:
        return self._locals.functions[name] if name.endswith(CALLED) else self.variables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.now())

    def __len__(self) -> int:
        return len(self.now())

    def now(self) -> dict[str, Any]:
        """A copy, which no thread of the program changes."""
        return {**self._locals.functions, **self.variables}


def _labelled(functions: list[tuple[str, dict[str, Any]]]) -> Functions:
    """By a name of each that no other has: an outer one of the same is "forward#2()"."""
    found: Functions = {}
    for qualname, names in functions:
        name = qualname.rpartition("<locals>.")[2]
        number = 1
        while (label := f"{name}{'' if number == 1 else f'#{number}'}{CALLED}") in found:
            number += 1
        found[label] = names
    return found


def _read(frame: FrameType) -> dict[str, Any]:
    code = frame.f_code
    # A variable that is also a cell's has one place, that of the variable.
    names = dict.fromkeys((*code.co_varnames, *code.co_cellvars, *code.co_freevars))
    return {name: value for slot, name in enumerate(names) if (value := variable(frame, name, slot)) is not None}


def _kept(names: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if _may_stay(value) else Told(type_name(value), as_line(value)) for name, value in names.items()
    }


def _may_stay(value: Any, depth: int = 2) -> bool:
    kind = type(value)
    if kind in _PLAIN or issubclass(kind, Tensor | Module):
        return True
    if depth and kind in (list, tuple, dict) and len(value) <= _MOST_ITEMS:
        items = value.values() if kind is dict else value
        return all(_may_stay(item, depth - 1) for item in items)
    return False
