"""What a person calls a function of torch."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from torch._ops import OpOverload, OpOverloadPacket
from torch.overrides import _get_overridable_functions

# Asked once, before any program: it sets filters of warnings, and every module then forgets what it has warned of.
_PUBLIC_NAMES: dict[Any, str] = _get_overridable_functions()[1]
_PREFIXES = (
    ("torch.nn.functional.", "F."),
    ("torch.functional.", "torch."),
    ("torch.Tensor.", "Tensor."),
    ("torch._VF.", "torch."),
    ("torch._VariableFunctionsClass.", "torch."),
)


@lru_cache(maxsize=1024)
def function_name(function: Any) -> str:
    """ "F.cross_entropy", "Tensor.T", "torch.einsum"; for a custom Function "Square.apply"."""
    if isinstance(function, OpOverload):  # seen below autograd only
        return f"{function.namespace}.{function._opname}"
    if isinstance(function, OpOverloadPacket):
        return str(function)
    name = _resolved(function)
    if not name:
        owner = getattr(function, "__self__", None)
        name = getattr(function, "__qualname__", None) or type(function).__name__
        if isinstance(owner, type):
            return f"{owner.__name__}.{getattr(function, '__name__', 'apply')}"
        module = getattr(function, "__module__", None) or ""
        name = f"{module}.{name}" if module.startswith("torch") else name
    name = name.removesuffix(".__get__")
    for prefix, short in _PREFIXES:
        if name.startswith(prefix):
            return short + name.removeprefix(prefix)
    return name


def _resolved(function: Any) -> str:
    try:
        return _PUBLIC_NAMES.get(function, "")
    except TypeError:  # it cannot be hashed
        return ""
