"""Why there is no graph behind a tensor."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from engine.autograd.records import Call
from engine.program.function_names import function_name
from engine.program.sources import locate
from engine.tensors import native

_DETACH = frozenset({"detach", "data", "detach_copy"})


def cause_of(call: Call, consumed: Iterable[Tensor], made: Callable[[Tensor], Call | None]) -> tuple[str, Call] | None:
    """What cut the results of `call` off from the gradients of what it consumed: the kind of cut, and where."""
    inherited = None
    if bare_name(call.function) == "detach_":  # what it was given required a gradient until now
        return "detached", call
    for tensor in consumed:
        if native.requires_grad(tensor):
            if bare_name(call.function) in _DETACH:
                return "detached", call
            if torch.is_inference_mode_enabled():
                return "inference", call
            return ("derivative" if torch.is_grad_enabled() else "no_grad"), call
        maker = made(tensor) if inherited is None else None
        if maker is not None:
            inherited = maker.cause
    return inherited


def bare_name(function: object) -> str:
    """`data` for the getter of `Tensor.data`, else the function's own name."""
    name = getattr(function, "__name__", "")
    if name == "__get__":
        return getattr(getattr(function, "__self__", None), "__name__", name)
    return name


def reason(output: Tensor, label: str, call: Call | None) -> str:
    """One sentence on why there is no graph behind `output`, named `label`, which `call` made."""
    if native.requires_grad(output):
        return f"{label} is a leaf: no operation made it, so nothing lies behind it."
    if call is not None and call.cause is not None:
        kind, cut = call.cause
        return _sentence(kind, cut, label, call)
    if native.is_inference(output):
        return f"{label} was made under torch.inference_mode()."
    if not (native.is_floating_point(output) or native.is_complex(output)):
        dtype = str(native.dtype(output)).removeprefix("torch.")
        return f"{label} is {dtype}, and only floating-point and complex tensors have gradients."
    return f"No tensor that {label} depends on requires a gradient."


def _sentence(kind: str, cut: Call, label: str, call: Call) -> str:
    source = None if cut.place is None else locate(cut.place.code, cut.place.offset)
    where = f" at line {source.line}" if source is not None else ""
    subject = label if cut is call else f"{label} depends only on what"
    if kind == "detached":
        return f"{subject} was detached{where}."
    if kind == "derivative":
        return f"{subject} came out of {function_name(cut.function)}{where}, which has no derivative."
    context = "torch.inference_mode()" if kind == "inference" else "torch.no_grad()"
    return f"{subject} was made under {context}{where}."
