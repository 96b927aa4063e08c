"""The dispatch key at which operations are observed: below autograd, below every mode and subclass, above the backends.

Under a TorchDispatchMode torch goes other ways than without one: the derivative of `prod` then computes other bits, and
`reshape` makes another node. Nothing in torch asks whether this key is on: it is kept for an extension that none loads.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import torch
from torch._ops import OpOverload

_NAME = "Fake"
_KEY = torch._C._parse_dispatch_key(_NAME)
_KEY_SET = torch._C.DispatchKeySet(_KEY)
_BELOW = torch._C._dispatch_keyset_full_after(_KEY)
KEYS_OF_PYTHON = _KEY_SET | torch._C.DispatchKeySet(torch._C.DispatchKey.Python).add(
    torch._C.DispatchKey.PythonTLSSnapshot
)
_ABOVE = ("AutogradCPU", "AutogradCUDA", "AutogradOther", "ADInplaceOrView", "AutocastCPU", "AutocastCUDA")
_KEYS_TO_AUTOGRAD = functools.reduce(
    torch._C.DispatchKeySet.add, (getattr(torch._C.DispatchKey, name) for name in _ABOVE), KEYS_OF_PYTHON
)
_NUMBERS = frozenset({int, float, bool, complex})
# What the constructor of a subclass makes of their results must not have been an object of Python before.
_NOT_OBSERVED = frozenset({"aten::detach", "aten::alias", "aten::lift", "aten::lift_fresh"})
_PYTHON = torch._C.DispatchKey.Python
_is_excluded = torch._C._dispatch_tls_is_dispatch_key_excluded
_set_included = torch._C._dispatch_tls_set_dispatch_key_included
_set_excluded = torch._C._dispatch_tls_set_dispatch_key_excluded
_every = torch.library.Library("_", "IMPL")
_aten = torch.library.Library("aten", "IMPL")


class Observed:
    """An operation of torch that makes nodes, or writes."""

    def __init__(self, name: str) -> None:
        base, _, overload = name.partition(".")
        arguments = torch._C._get_schema(base, overload).arguments
        self._packet, self._overload = base.removeprefix("aten::"), overload or "default"
        self._tensors = tuple(index for index, argument in enumerate(arguments) if str(argument.type) == "Tensor")
        # Position and name of the arguments that it writes into.
        self.written = tuple(
            (index, argument.name)
            for index, argument in enumerate(arguments)
            if argument.alias_info is not None and argument.alias_info.is_write
        )

    @functools.cached_property
    def overload(self) -> OpOverload:
        found: OpOverload = getattr(getattr(torch.ops.aten, self._packet), self._overload)
        return found

    @functools.cached_property
    def _redispatch(self) -> Callable[..., Any]:
        redispatch: Callable[..., Any] = self.overload._handle.redispatch_boxed
        return redispatch

    def run(self, keyset: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the observer was called for."""
        for position in self._tensors:
            if position < len(args) and type(args[position]) in _NUMBERS:  # `x * 2`, which is not redispatched so
                return self.overload(*args, **kwargs)
        return self._redispatch(keyset & _BELOW, *args, **kwargs)

    def run_hidden(self, keyset: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """`run`, with all that it does inside going past the observer."""
        try:
            _set_excluded(_KEY, True)
            return self.run(keyset, args, kwargs)
        finally:
            _set_excluded(_KEY, False)


def set_observer(observer: Callable[..., Any]) -> None:
    """`observer(operation, keyset, *args, **kwargs)` runs each operation that makes nodes or writes, from now on. Once.

    Those of a program's own libraries go past it.
    """
    _every.fallback(torch.library.fallthrough_kernel, _NAME)
    for name in _observed():
        _aten.m.impl(name.removeprefix("aten::"), _NAME, functools.partial(observer, Observed(name)), True)
    # Higher-order operators look for a kernel of each key that is on.
    torch._ops._HIGHER_ORDER_OP_DEFAULT_FALLTHROUGH_DISPATCH_KEYS.append(_KEY)
    for operator in torch._ops._higher_order_ops.values():
        operator.fallthrough(_KEY)


def _observed() -> Iterator[str]:
    for name in torch._C._dispatch_get_all_op_names():
        if name.startswith("aten::") and name not in _NOT_OBSERVED:
            base, _, overload = name.partition(".")
            is_composite = torch._C._dispatch_has_kernel_for_dispatch_key(name, "CompositeImplicitAutograd")
            arguments = torch._C._get_schema(base, overload).arguments
            if not is_composite and any("Tensor" in str(argument.type) for argument in arguments):
                yield name


def observe(is_on: bool) -> None:
    """Whether operations of this thread, and of the engine's threads that work for it, go to the observer."""
    _set_included(_KEY, is_on)


# As `observe`, for where every call counts.
turn_on: Callable[[], None] = functools.partial(_set_included, _KEY, True)
turn_off: Callable[[], None] = functools.partial(_set_included, _KEY, False)


def is_on() -> bool:
    """Whether they do."""
    return bool(torch._C._dispatch_tls_is_dispatch_key_included(_KEY))


class _Off:
    """Half as dear as a generator."""

    __slots__ = ("_was_on",)

    def __enter__(self) -> None:
        self._was_on = torch._C._dispatch_tls_is_dispatch_key_included(_KEY)
        _set_included(_KEY, False)

    def __exit__(self, *exception: object) -> None:
        _set_included(_KEY, self._was_on)


def off() -> AbstractContextManager[None]:
    """The key is not on inside, nor is it to be seen that it was."""
    return _Off()


def hide(is_hidden: bool) -> None:
    """From here on no operation of this thread goes to the observer, or they do again."""
    _set_excluded(_KEY, is_hidden)


def hidden() -> AbstractContextManager[None]:
    """No operation of this thread goes to the observer inside."""
    guard: AbstractContextManager[None] = torch._C._ExcludeDispatchKeyGuard(_KEY_SET)
    return guard


def undispatched() -> AbstractContextManager[None]:
    """As `hidden`; nor does it go to a dispatch mode or a subclass of the program."""
    guard: AbstractContextManager[None] = torch._C._ExcludeDispatchKeyGuard(KEYS_OF_PYTHON)
    return guard


def below_autograd() -> AbstractContextManager[None]:
    """As `undispatched`; nor does autograd see it, and what is a view is none to it."""
    guard: AbstractContextManager[None] = torch._C._ExcludeDispatchKeyGuard(_KEYS_TO_AUTOGRAD)
    return guard


def is_undispatched() -> bool:
    """Whether the calling thread is inside of `undispatched`."""
    return bool(_is_excluded(_KEY) and _is_excluded(_PYTHON))
