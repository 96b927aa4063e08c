"""The order in which the program has bound its tensors to names, or written into them, and what may lead to some, as
modules and dictionaries: which one is the newest.

A namespace keeps the place in which a name came first. So after each statement it is looked which names hold another
value than before, or the same tensor of another version, and the statement says in which order it came to them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType, NoneType
from typing import Any, NamedTuple

from torch import Tensor

from engine.autograd.references import Reference, refer
from engine.program.binding_order import Mentions
from engine.program.locals import Functions
from engine.tensors import native
from engine.tensors.unseen import Spared, Unseen

_WITHOUT_TENSORS = (
    *(int, float, complex, str, bytes, NoneType, ModuleType, FunctionType, BuiltinFunctionType, type),
)  # fmt: skip
_MOST_NAMES = 64  # which are looked at in less than a millisecond


class _Held(NamedTuple):
    """What a name held when it was looked at: a tensor of a version, or something else by its id."""

    reference: Reference | None
    version: int


class _Known(NamedTuple):
    """As of the end of a statement."""

    turns: Mapping[str, int]
    held: Mapping[str, _Held]


class Bound:
    """Of the variables of a program. Its thread calls `turn` and `stop`; others ask inside `GATE.reading`. `made` gives
    the number of the call that made a tensor, -1 where that is not known."""

    def __init__(self, namespace: Mapping[str, Any], made: Callable[[Tensor], int]) -> None:
        self._namespace, self._made = namespace, made
        self._known = _Known({}, {})
        self._numbers = itertools.count(1)
        self._running: Mentions | None = None  # of the statement that runs

    def turn(self, mentions: Mentions, *, is_over: bool) -> None:
        """A statement is about to run, or has run to its end."""
        self._running = mentions
        if is_over:
            self._end(is_over=True)

    def stop(self) -> None:
        """Nothing runs any more: a statement that has not come to its end has failed."""
        if self._running is not None:
            self._end(is_over=False)

    def _end(self, *, is_over: bool) -> None:
        with Spared():  # an order is nothing that a program should end for
            self._known = self._now(is_over=is_over)
        self._running = None

    def ranks(self, functions: Functions) -> dict[str, int]:
        """By name as the table has it: the higher, the later it was bound. Those of functions come last, the innermost
        at the end: a statement waits for them."""
        turns = self._now(is_over=False).turns
        ranks = sorted(turns, key=lambda name: turns[name])
        for label, names in reversed(functions.items()):
            with Unseen():
                made = [(self._made(one), f"{label}.{name}") for name, one in _tensors(names)]
            ranks += [name for _, name in sorted(made, key=lambda pair: pair[0])]
        return {name: rank for rank, name in enumerate(ranks)}

    def _now(self, *, is_over: bool) -> _Known:
        """With what the statement has bound that runs, or has run."""
        mentions, known = self._running or Mentions((), True), self._known
        with Unseen():
            held = self._held(mentions)
            sure = {mention.name for mention in mentions.names if mention.is_sure} if is_over else set()
            changed = [name for name, one in held.items() if name in sure or known.held.get(name) != one]
            changed = self._in_order(changed, held, mentions)
        turns = {name: turn for name, turn in known.turns.items() if name in held}
        return _Known(turns | {name: next(self._numbers) for name in changed}, held)

    def _held(self, mentions: Mentions) -> dict[str, _Held]:
        """What all names hold, or, of very many while something runs, those that it mentions: it would be looked at all
        of them after each statement."""
        namespace = self._namespace
        if self._running is None or len(namespace) <= _MOST_NAMES:
            return _holds(namespace)
        mentioned = {mention.name for mention in mentions.names}
        here = {name: namespace[name] for name in mentioned if name in namespace}
        others = {name: one for name, one in self._known.held.items() if name not in mentioned}
        return others | _holds(here)

    def _in_order(self, names: list[str], held: Mapping[str, _Held], mentions: Mentions) -> list[str]:
        """The last one last. A name that is not mentioned was bound by a function, or is a view of one that is."""
        places = {mention.name: place for place, mention in enumerate(mentions.names)}
        names = sorted(names, key=lambda name: places.get(name, -1))
        if mentions.is_in_order or len(names) < 2:
            return names
        made = {name: number for name in names if (number := self._number(held[name])) >= 0}
        ordered = iter(sorted(made, key=lambda name: made[name]))
        return [next(ordered) if name in made else name for name in names]

    def _number(self, held: _Held) -> int:
        tensor = None if held.reference is None else held.reference()
        return -1 if tensor is None else self._made(tensor)


def _tensors(namespace: Mapping[str, Any]) -> list[tuple[str, Tensor]]:
    return [(name, value) for name, value in dict(namespace).items() if issubclass(type(value), Tensor)]


def _holds(namespace: Mapping[str, Any]) -> dict[str, _Held]:
    """Of tensors, and of what may lead to some."""
    found = {}
    for name, value in dict(namespace).items():
        kind = type(value)
        if issubclass(kind, Tensor):
            found[name] = _hold(value)
        elif not issubclass(kind, _WITHOUT_TENSORS) and not name.startswith("__"):
            found[name] = _Held(None, id(value))
    return found


def _hold(tensor: Tensor) -> _Held:
    return _Held(refer(tensor), 0 if native.is_inference(tensor) else native.version(tensor))
