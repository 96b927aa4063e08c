"""What calls went by that chose the dtype of a tensor, or brought one into another dtype or onto another device."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import torch
from torch import Tensor

from engine.autograd.records import Call
from engine.autograd.references import Reference, refer
from engine.tensors import native

_FEWEST = 1024  # that are kept before those of dead tensors are looked for
_LOOKED_AT = 64  # numbers of a list that a call was given
_SEQUENCES = (list, tuple, range)
_RANKS: Mapping[type, int] = {bool: 0, int: 1, float: 2, complex: 3}

_OF_DATA = {torch.tensor: "data", torch.as_tensor: "data", torch.asarray: "obj"}
# Of what their dtype follows without dtype=: the default dtype, or int64.
_FLOATING = frozenset({torch.zeros, torch.ones, torch.empty, torch.rand, torch.randn, torch.eye})
_WHATEVER_NUMBERS = frozenset({torch.linspace, torch.logspace, torch.scalar_tensor})
_COUNTING = frozenset({torch.randint, torch.randperm})
_MAKING = frozenset({*_OF_DATA, torch.arange, torch.full}) | _FLOATING | _WHATEVER_NUMBERS | _COUNTING
_CASTS = ("to", "cpu", "cuda", "half", "float", "double", "bfloat16", "long", "int", "short", "char", "byte", "bool")
_CONVERTING = frozenset(
    getattr(Tensor, name) for name in (*_CASTS, "cfloat", "cdouble", "type", "type_as", "copy_", "xpu")
)
BEGINNING = _MAKING | _CONVERTING


class Made(NamedTuple):
    """A tensor of no tensor of the program. `source`: "numbers" of Python, "array" of NumPy, "tensor", "nothing" where
    a call goes by the default dtype, "whatever" where it does so in spite of its numbers, "indices". `kind`: of the
    first numbers the highest kind, at `place` for the first time; None where there is none, or one that is not
    Python's own."""

    function: Any
    is_asked: bool  # dtype= was given
    source: str
    kind: type | None
    place: tuple[int, ...]
    default: torch.dtype
    call: Call | None = None


class Converted(NamedTuple):
    """Of another tensor, which had this dtype, device and size."""

    function: Any
    dtype: torch.dtype
    device: torch.device
    n_bytes: int


Beginning: TypeAlias = Made | Converted


class Beginnings:
    """Of tensors of one program that live on. Its threads call `note`; others read inside `GATE.reading`."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Reference, Beginning]] = {}  # by id
        self._given_back: tuple[Reference, Call] | None = None  # by the newest call that had nothing to convert
        self._limit = _FEWEST

    def given_back(self, tensor: Tensor) -> Call | None:
        """The call of the program that was to convert it, and gave it back as it came: the newest of all such calls."""
        known = self._given_back
        return known[1] if known is not None and known[0]() is tensor else None

    def of(self, tensor: Tensor) -> Beginning | None:
        """How it began, where that was seen."""
        entry = self._known.get(id(tensor))
        return entry[1] if entry is not None and entry[0]() is tensor else None

    def note(
        self,
        function: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        output: Any,
        call: Callable[[], Call],
    ) -> None:
        """A call of one of BEGINNING has returned. On the path of every such call: keep it small."""
        if not issubclass(type(output), Tensor):
            return
        if function in _CONVERTING and args and args[0] is output and function is not Tensor.copy_:
            self._given_back = refer(output), call()
            return
        found = _converted(function, args, output) if function in _CONVERTING else _made(function, args, kwargs, output)
        if found is None:
            return
        if type(found) is Made and native.requires_grad(output):
            found = found._replace(call=call())
        self._known[id(output)] = refer(output), found
        if len(self._known) > self._limit:
            for key, (reference, _) in list(self._known.items()):
                if reference() is None:
                    self._known.pop(key, None)
            self._limit = max(_FEWEST, 2 * len(self._known))


def _converted(function: Any, args: tuple[Any, ...], output: Tensor) -> Converted | None:
    source = args[1] if function is Tensor.copy_ and len(args) > 1 else args[0] if args else None
    if source is output or not issubclass(type(source), Tensor):
        return None
    dtype, device = native.dtype(source), native.device(source)
    if device == native.device(output) and (function is Tensor.copy_ or dtype == native.dtype(output)):
        return None
    return Converted(function, dtype, device, native.nbytes(source))


def _made(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], output: Tensor) -> Made | None:
    default = torch.get_default_dtype()
    if kwargs.get("dtype") is not None:
        return Made(function, True, "", None, (), default)
    if kwargs.get("out") is not None:
        return None
    if function in _FLOATING or function in _COUNTING:
        return Made(function, False, "nothing" if function in _FLOATING else "indices", None, (), default)
    if function in _WHATEVER_NUMBERS:
        return Made(function, False, "whatever", None, (), default)
    data = _data(function, args, kwargs)
    if data is output:
        return None
    if issubclass(type(data), Tensor):
        return Made(function, False, "tensor", None, (), default)
    if issubclass(type(data), (np.ndarray, np.generic)) or _are_of_numpy(data):
        return Made(function, False, "array", None, (), default)
    is_empty = next(_numbers(data, ()), None) is None
    return Made(function, False, "nothing" if is_empty else "numbers", *_highest(data), default)


def _data(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if function is torch.arange:
        bounds = (*args, *(kwargs[name] for name in ("start", "end", "step") if name in kwargs))
        return bounds[0] if len(bounds) == 1 else bounds
    if function is torch.full:
        return args[1] if len(args) > 1 else kwargs.get("fill_value")
    return args[0] if args else kwargs.get(_OF_DATA[function])


def _are_of_numpy(data: Any) -> bool:
    """Whether a list holds NumPy's numbers alone, all of one dtype; of a long one not all is looked at, so not."""
    numbers = [number for number, _ in islice(_numbers(data, ()), _LOOKED_AT + 1)]
    if not numbers or len(numbers) > _LOOKED_AT or not all(issubclass(type(one), np.generic) for one in numbers):
        return False
    return len({one.dtype for one in numbers}) == 1


def _highest(data: Any) -> tuple[type | None, tuple[int, ...]]:
    """The highest kind among the first numbers, with the place of the first that has it."""
    best: type | None = None
    where: tuple[int, ...] = ()
    for count, (number, place) in enumerate(_numbers(data, ())):
        kind = type(number)
        if kind not in _RANKS or count == _LOOKED_AT:
            return (None, ()) if kind not in _RANKS else (best, where)
        if best is None or _RANKS[kind] > _RANKS[best]:
            best, where = kind, place
    return best, where


def _numbers(data: Any, place: tuple[int, ...]) -> Iterator[tuple[Any, tuple[int, ...]]]:
    if type(data) not in _SEQUENCES:
        yield data, place
        return
    for at, part in enumerate(data):
        yield from _numbers(part, (*place, at))
