"""Where numbers left a graph, where a tensor began to require a gradient, and where one was looked for in vain: calls
that make no node and no tensor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from engine.autograd.records import Call, tensors_in
from engine.autograd.references import Reference, refer
from engine.autograd.severed import sever
from engine.autograd.single import GRAD
from engine.tensors import native

_MAX_CALLS = 64
_TAKE_NUMBERS = frozenset(
    {Tensor.item, Tensor.tolist, Tensor.numpy, Tensor.__array__, Tensor.__float__, Tensor.__int__, Tensor.__complex__}
)
_BEGIN_LEAVES = frozenset({torch.tensor, Tensor.requires_grad_, Tensor.requires_grad.__set__})  # type: ignore[attr-defined]
HOOKING = frozenset({Tensor.register_hook, Tensor.register_post_accumulate_grad_hook})
GIVING_AWAY = frozenset({Tensor.numpy, Tensor.__array__, Tensor.__dlpack__})  # to whom may write into it without a word
NOTED = _TAKE_NUMBERS | _BEGIN_LEAVES | HOOKING


class Departures:
    """The newest calls of each kind, oldest first. Told of by the thread that is watched."""

    def __init__(self) -> None:
        self._numbers: deque[Call] = deque(maxlen=_MAX_CALLS)
        self._leaves: deque[tuple[int, Call]] = deque(maxlen=_MAX_CALLS)  # with the number of what made the tensor
        self._unkept: deque[tuple[Reference, Call]] = deque(maxlen=_MAX_CALLS)
        self._ungiven: deque[tuple[Reference, Call]] = deque(maxlen=_MAX_CALLS)
        self._frozen: deque[tuple[Reference, Call]] = deque(maxlen=_MAX_CALLS)

    def note(
        self, call: Call, arguments: tuple[Any, ...], output: Any, made: Callable[[Tensor], Call | None]
    ) -> Tensor | None:
        """Keep a call of one of the functions NOTED, or a `.grad` that was read and is None. Returns the leaf that
        begins with it."""
        if call.function == GRAD:
            tensor = arguments[0]
            if native.is_leaf(tensor):
                if native.requires_grad(tensor):
                    self._ungiven.append((refer(tensor), call))
            elif not native.retains_grad(tensor):
                self._unkept.append((refer(tensor), call))
            return None
        if call.function not in _TAKE_NUMBERS:
            return self._begun(call, arguments, output, made)
        for tensor in tensors_in(arguments):
            maker = made(tensor)
            if native.requires_grad(tensor):
                sever(call, (tensor,))
                self._numbers.append(call)
            elif maker is not None and maker.cause is not None:
                call.severed = maker.cause[1].severed
                self._numbers.append(call)
        return None

    def _begun(
        self, call: Call, arguments: tuple[Any, ...], output: Any, made: Callable[[Tensor], Call | None]
    ) -> Tensor | None:
        leaf = output if issubclass(type(output), Tensor) else next(iter(tensors_in(arguments)), None)
        if leaf is None:
            return None
        if not native.requires_grad(leaf):
            if call.function is not torch.tensor:
                self._frozen.append((refer(leaf), call))
            return None
        if call.function is not torch.tensor:  # the tensor was there before
            maker = made(leaf)
            self._leaves.append((-1 if maker is None else maker.number, call))
        return leaf

    def numbers_before(self, call: Call | None) -> Call | None:
        """The last call before `call`, where that is known, that took numbers out of a graph."""
        return _last_before(call, self._numbers)

    def numbers_newest_first(self) -> list[Call]:
        """The calls that took numbers out of a graph, each with what it took them from as what it `severed`."""
        return list(reversed(self._numbers))

    def unkept(self) -> list[tuple[Reference, Call]]:
        """The calls that read the `.grad` of what is no leaf, each with the tensor."""
        return list(self._unkept)

    def ungiven(self) -> list[tuple[Reference, Call]]:
        """The calls that read the `.grad` of a leaf that had none, each with the leaf."""
        return list(self._ungiven)

    def frozen_by(self, tensor: Tensor) -> Call | None:
        """The last call that let this tensor require no gradient."""
        newest_first = reversed(tuple(self._frozen))
        return next((call for reference, call in newest_first if reference() is tensor), None)

    def frozen_before(self, call: Call | None) -> Call | None:
        """The last call before `call`, where that is known, that let a tensor require no gradient."""
        return _last_before(call, (frozen for _, frozen in tuple(self._frozen)))

    def required_after(self, call: Call | None) -> Call | None:
        """The first call after `call` that let a tensor require a gradient which had been there before `call`."""
        if call is None:
            return None
        number = call.number
        return next((begun for born, begun in tuple(self._leaves) if born < number < begun.number), None)

    def clear(self) -> None:
        """A program begins."""
        self._numbers.clear()
        self._leaves.clear()
        self._unkept.clear()
        self._ungiven.clear()
        self._frozen.clear()


def _last_before(call: Call | None, calls: Iterable[Call]) -> Call | None:
    newest_first = reversed(tuple(calls))  # other threads may add to it meanwhile
    return next((one for one in newest_first if call is None or one.number < call.number), None)
