"""Looks at the result of each public call, and tells the first that is not finite without need.

A NaN arises where no operand holds one, or where one does that came with the program's data or as a number that it
wrote there. An infinity arises where
no operand holds one. It is on purpose, and passes, where the call itself is given one as a number (`masked_fill(m,
-inf)`, `torch.full`), where a tensor is made of no other (`torch.tensor([0, -inf])`), or where an operand is at the end
of its type's range, as masks of attention are (`torch.finfo(x.dtype).min`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.finite.check import Extremes, all_finite, extremes, is_surely_finite
from engine.autograd.finite.harmless import HARMLESS, LOSSES, UNLOOKED, is_reader
from engine.autograd.records import PLAIN_TENSORS, tensors_in
from engine.autograd.references import Reference, refer
from engine.tensors import native
from engine.tensors.unseen import quiet, spare

_SET_ITEM = Tensor.__setitem__
_OF_LISTS = ("_foreach_", "_fused_")  # the steps of optimizers
_FEWEST = 256  # tensors that are remembered before the dead are looked for


class Arisen(NamedTuple):
    """A result that is not finite, with the call that made it. Holds the program's tensors: not to be kept."""

    function: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    made: Tensor
    kind: str  # "NaN" | "Inf"
    given: Tensor | None = None  # the operand that held NaN already, which came with the data


class FiniteWatch:
    """Of the program's first thread. `switch` may be called by any, all else belongs to that one."""

    def __init__(self) -> None:
        self.is_on = False
        self.has_spread = False  # a NaN was told in this run: what holds one later is no news
        self._known: dict[int, tuple[Reference, bool]] = {}  # by id: not finite, and whether it came so with the data
        self._limit = _FEWEST

    def begin_run(self, *, is_on: bool) -> None:
        """Another run of the program."""
        self.is_on, self.has_spread = is_on, False

    def switch(self, is_on: bool) -> None:
        """Look, or no longer. Any thread may call."""
        self.is_on = is_on

    def is_looked_at(self, function: Any) -> bool:
        """Whether what a call of it makes is to be looked at."""
        return self.is_on and function not in (UNLOOKED if self._known else HARMLESS) and not is_reader(function)

    def look(self, function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], output: Any) -> Arisen | None:
        """What a call made, which has returned; None where nothing arose."""
        try:
            if type(output) in PLAIN_TENSORS and is_surely_finite(output):
                return None
            with quiet():
                made = _made(function, args, output)
                return None if all_finite(made) else self._judge(function, args, kwargs, made)
        except Exception as error:
            spare(error)
            return None

    def is_news(self, written: list[Tensor]) -> bool:
        """Whether one of these tensors, which were written, is not finite for a reason that was not told yet."""
        for tensor in written:
            found = extremes(tensor)
            if found.is_finite or self._is_remembered(tensor):
                continue
            if not (found.has_nan and self.has_spread):
                return True
            self._note([tensor])
        return False

    def _judge(
        self, function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], made: list[Tensor]
    ) -> Arisen | None:
        bad, found = next((one, found) for one in made if not (found := extremes(one)).is_finite)
        operands = [one for one in tensors_in((args, kwargs)) if all(one is not result for result in made)]
        given = {id(one): extremes(one) for one in operands}
        arisen = Arisen(function, args, kwargs, bad, "NaN" if found.has_nan else "Inf")
        if self._is_known(bad, args, kwargs) or (not operands and not _is_write(made, args)):
            is_data = not operands and found.has_nan and not any(map(math.isnan, _numbers((args, kwargs))))
            self._note(made, came_with_data=is_data)
            return None
        verdict = self._of_nan(arisen, operands, given) if found.has_nan else _of_infinity(arisen, operands, given)
        is_given = found.has_nan and any(map(math.isnan, _numbers((args, kwargs))))
        self._note(made, came_with_data=is_given and verdict is None)
        if verdict is not None:
            self.has_spread = self.has_spread or found.has_nan
        return verdict

    def _of_nan(self, arisen: Arisen, operands: list[Tensor], given: Mapping[int, Extremes]) -> Arisen | None:
        if any(map(math.isnan, _numbers((arisen.args, arisen.kwargs)))):
            return None
        holders = [one for one in operands if given[id(one)].has_nan]
        if not holders:
            return arisen
        fresh = next((one for one in holders if not self._is_told(one)), None)
        if fresh is None or self.has_spread:
            return None
        self._note([fresh])
        return arisen._replace(given=fresh)

    def _is_told(self, tensor: Tensor) -> bool:
        """Whether it is known to be not finite, and not from the data alone."""
        entry = self._known.get(id(tensor))
        return entry is not None and entry[0]() is tensor and not entry[1]

    def _is_known(self, made: Tensor, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
        """Whether it was written into, and was not finite before."""
        if not self._known or not _is_write([made], (args, kwargs)):
            return False
        return any(self._is_remembered(one) for one in (made, native.base(made)) if one is not None)

    def _is_remembered(self, tensor: Tensor) -> bool:
        entry = self._known.get(id(tensor))
        return entry is not None and entry[0]() is tensor

    def _note(self, tensors: list[Tensor], *, came_with_data: bool = False) -> None:
        for tensor in tensors:
            self._known[id(tensor)] = refer(tensor), came_with_data
        if len(self._known) > self._limit:
            living = {key: entry for key, entry in self._known.items() if entry[0]() is not None}
            self._known, self._limit = living, max(_FEWEST, 2 * len(living))


def _of_infinity(arisen: Arisen, operands: list[Tensor], given: Mapping[int, Extremes]) -> Arisen | None:
    if any(not math.isfinite(number) for number in _numbers((arisen.args, arisen.kwargs))):
        return None
    if arisen.function in LOSSES:
        return arisen
    if any(not given[id(one)].is_finite or _is_at_its_end(one, given[id(one)]) for one in operands):
        return None
    return arisen


def _is_at_its_end(tensor: Tensor, found: Extremes) -> bool:
    """Whether it holds the largest number of its type, which stands for an infinity."""
    dtype = native.dtype(tensor)
    if not dtype.is_floating_point:
        return False
    return max(abs(found.low), abs(found.high)) == torch.finfo(dtype).max


def _made(function: Any, args: tuple[Any, ...], output: Any) -> list[Tensor]:
    """The tensors that a call made or wrote."""
    if type(output) in PLAIN_TENSORS:
        return [output]
    if output is None and args and (function == _SET_ITEM or function.__name__.startswith(_OF_LISTS)):
        return tensors_in(args[:1])
    return tensors_in((output,))


def _is_write(made: list[Tensor], arguments: Any) -> bool:
    """Whether what was made is what the call was given."""
    given = {id(one) for one in tensors_in(arguments)}
    return any(id(one) in given for one in made)


def _numbers(arguments: Any) -> Iterator[float]:
    """The numbers among arguments, not those of a list, which is data."""
    args, kwargs = arguments
    return (one for one in (*args, *kwargs.values()) if type(one) is float)
