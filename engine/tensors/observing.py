"""The dispatch key at which operations are observed: below autograd, below every mode and subclass, above the backends.

Under a TorchDispatchMode torch goes other ways than without one: the derivative of `prod` then computes other bits, and
`reshape` makes another node. Nothing in torch asks whether this key is on: it is kept for an extension that none loads.
"""

from __future__ import annotations

import contextlib
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
_NUMBERS = frozenset({int, float, bool, complex})
# What the constructor of a subclass makes of their results must not have been an object of Python before.
_NOT_OBSERVED = frozenset({"aten::detach", "aten::alias", "aten::lift", "aten::lift_fresh"})
_set_included = torch._C._dispatch_tls_set_dispatch_key_included
_set_excluded = torch._C._dispatch_tls_set_dispatch_key_excluded
_every = torch.library.Library("_", "IMPL")
_aten = torch.library.Library("aten", "IMPL")


def set_observer(observer: Callable[..., Any]) -> None:
    """`observer(name, keyset, *args, **kwargs)` runs each operation that makes nodes or writes where it is on. Once.

    Those of a program's own libraries go past it.
    """
    _every.fallback(torch.library.fallthrough_kernel, _NAME)
    for name in _observed():
        _aten.m.impl(name.removeprefix("aten::"), _NAME, functools.partial(observer, name), True)
    # Higher-order operators look for a kernel of each key that is on.
    torch._ops._HIGHER_ORDER_OP_DEFAULT_FALLTHROUGH_DISPATCH_KEYS.append(_KEY)
    for operator in torch._ops._higher_order_ops.values():
        operator.fallthrough(_KEY)


def _observed() -> Iterator[str]:
    for name in torch._C._dispatch_get_all_op_names():
        if name.startswith("aten::") and name not in _NOT_OBSERVED:
            is_composite = torch._C._dispatch_has_kernel_for_dispatch_key(name, "CompositeImplicitAutograd")
            arguments = torch._C._get_schema(*_parts(name)).arguments
            if not is_composite and any("Tensor" in str(argument.type) for argument in arguments):
                yield name


def observe(is_on: bool) -> None:
    """Whether operations of this thread, and of the engine's threads that work for it, go to the observer."""
    _set_included(_KEY, is_on)


def is_on() -> bool:
    """Whether they do."""
    return bool(torch._C._dispatch_tls_is_dispatch_key_included(_KEY))


@contextlib.contextmanager
def off() -> Iterator[None]:
    """The key is not on inside, nor is it to be seen that it was."""
    was_on = torch._C._dispatch_tls_is_dispatch_key_included(_KEY)
    _set_included(_KEY, False)
    try:
        yield
    finally:
        _set_included(_KEY, was_on)


def hide(is_hidden: bool) -> None:
    """From here on no operation of this thread goes to the observer, or they do again."""
    _set_excluded(_KEY, is_hidden)


def hidden() -> AbstractContextManager[None]:
    """No operation of this thread goes to the observer inside."""
    guard: AbstractContextManager[None] = torch._C._ExcludeDispatchKeyGuard(_KEY_SET)
    return guard


def run(keyset: Any, operation: OpOverload, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What the observer was called for."""
    for position in _tensors_at(operation):
        if position < len(args) and type(args[position]) in _NUMBERS:  # `x * 2` arrives so, and is not redispatched so
            return operation(*args, **kwargs)
    return operation.redispatch(keyset & _BELOW, *args, **kwargs)


@functools.cache
def _tensors_at(operation: OpOverload) -> tuple[int, ...]:
    """Positions of the arguments that are one tensor."""
    arguments = operation._schema.arguments
    return tuple(index for index, argument in enumerate(arguments) if str(argument.type) == "Tensor")


@functools.cache
def operation_named(name: str) -> OpOverload:
    """The operation that the observer was given the name of."""
    base, overload = _parts(name)
    packet = getattr(torch.ops.aten, base.removeprefix("aten::"))
    found: OpOverload = getattr(packet, overload or "default")
    return found


def _parts(name: str) -> tuple[str, str]:
    base, _, overload = name.partition(".")
    return base, overload
