"""What the program does where a leaf has another value: its forward pass again, with that value, in a copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, NoReturn

import msgspec
import torch
from torch import Tensor

from engine.autograd.again.rerun import Arrived, run_again
from engine.autograd.again.tape import Place, Ref
from engine.autograd.passes.forwards import Forward
from engine.platform.copies import Copy, Tell
from engine.program.lookup import resolve_tensor
from engine.program.runner import Runner
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence

_places = msgspec.msgpack.Decoder(tuple[Sentence | None, list[tuple[int, int]]])
_ELSEWHERE = b""  # the leaf that a name leads to was not the one, or not used there first


class NewValue(NamedTuple):
    """Of a leaf: what it is to hold, what it holds in the pass that has run, of the same shape and dtype, and its name
    in the program, which may be wrong."""

    value: Tensor
    held: Tensor
    name: str


class Again(NamedTuple):
    """What runs again, and what is made of where it comes to, or of the reason why it does not. `answer` runs in a copy
    of this process, and tells what it finds; `begun` is told before the program runs."""

    runner: Runner
    forward: Forward
    program_paths: set[str]
    answer: Callable[[Tell, Arrived | Sentence], None]
    begun: bytes


def run_changed(tell: Tell, again: Again, leaves: Mapping[int, NewValue]) -> NoReturn:
    """Run to the end of a forward pass where the leaves with these ids have other values. Only in a copy of it.

    The program runs once where each leaf is found by its name when it is first read with the value that it held, and
    twice more where it is not: to see where it is first used, and with the values in place from there on. What was made
    of a leaf before this forward pass, as by a pass before it, stays. `Arrived` has the new outputs (`roots`, with
    their graph: `loss.backward()` gives the new gradients, by custom Functions and hooks as they are) and all values
    by node (`value`). A value that leads to another branch, and so to another graph, is refused.
    """
    for message in Copy(partial(_run_by_name, again, leaves)).messages():
        if message == _ELSEWHERE:
            break
        tell(message)
    else:
        os._exit(0)
    reason, places = _located(again, list(leaves))
    if reason is not None:
        _end(tell, again, reason)
    changes = {place: new.value for place, new in zip(places, leaves.values(), strict=True)}
    run_again(*again[:3], partial(_end, tell, again), partial(_end, tell, again), changes)
    os._exit(1)


def _end(tell: Tell, again: Again, found: Arrived | Sentence) -> NoReturn:
    again.answer(tell, found)
    os._exit(0)


def _run_by_name(again: Again, leaves: Mapping[int, NewValue], tell: Tell) -> None:
    def arrived(where: Arrived) -> None:
        uses = [where.use(leaf, 0) for leaf in leaves]
        if any(use is None or use.first not in where.tape.changes for use in uses) or named.pending:
            tell(_ELSEWHERE)
            os._exit(0)
        _end(tell, again, where)

    tell(again.begun)
    named = _ByName(again.runner, leaves)
    run_again(*again[:3], arrived, partial(_end, tell, again), awaited=named)


class _ByName:
    """Gives each leaf its value when its name leads to it, and it holds what it held."""

    def __init__(self, runner: Runner, leaves: Mapping[int, NewValue]) -> None:
        self._runner = runner
        self.pending = list(leaves.values())

    def __call__(self, ref: Ref, content: Tensor) -> Tensor | None:
        for new in self.pending if ref.tag is not None and ref.tag[1] < 0 else ():
            if new.held.shape == ref.size and self._is_named(new.name, ref) and torch.equal(content, new.held):
                self.pending.remove(new)
                return new.value
        return None

    def _is_named(self, name: str, ref: Ref) -> bool:
        try:
            return ref.tag is not None and id(resolve_tensor(self._runner.namespace, name)) == ref.tag[0]
        except EngineError:
            return False


def _located(again: Again, leaves: list[int]) -> tuple[Sentence | None, list[Place]]:
    """Where each leaf is first used, or why that cannot be known."""

    def work(tell: Tell) -> None:
        def end(reason: Sentence | None, places: list[Place]) -> NoReturn:
            tell(msgspec.msgpack.encode((reason, [tuple(place) for place in places])))
            os._exit(0)

        def found(arrived: Arrived) -> None:
            uses = [arrived.use(leaf, 0) for leaf in leaves]
            missing = Sentence.of("again.leaf_not_used", "No operation that was seen again takes this leaf.")
            end(missing if None in uses else None, [use.first for use in uses if use is not None])

        run_again(*again[:3], found, lambda reason: end(reason, []))

    for message in Copy(work).messages():
        reason, places = _places.decode(message)
        return reason, [Place(*place) for place in places]
    return Sentence.of("again.ended", "The copy that ran the program again ended without an answer."), []
