"""What is done to a gradient on trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from engine.program.sentences.explain import explain
from engine.protocol.backward_values import Edit
from engine.protocol.errors import EngineError
from engine.tensors import native

Change = Callable[[Tensor], Tensor]
_EXPRESSION = "<what if>"


def change_of(edit: Edit, namespace: Mapping[str, Any], name: str = "grad") -> Change:
    """What makes another gradient or value of one, with its shape, dtype and device. It never writes into the one that
    it gets, which expressions call `name`.

    Raises EngineError, also when it is called, where the edit does not fit. On the program's thread.
    """
    if edit.kind == "replace":
        return _replacing(edit.expression, namespace, name)
    if edit.kind == "perturb":
        return lambda gradient: _perturbed(gradient, edit)
    amount = edit.amount
    plain: dict[str, Change] = {
        "scale": lambda gradient: gradient * amount,
        "zero": torch.zeros_like,
        "negate": torch.neg,
        "clip_norm": lambda gradient: _clipped(gradient, amount),
        "clip_value": lambda gradient: gradient.clamp(-amount, amount),
    }
    return plain[edit.kind]


def _clipped(gradient: Tensor, largest: float) -> Tensor:
    """As torch.nn.utils.clip_grad_norm_, of one gradient."""
    norm = torch.linalg.vector_norm(gradient)
    return gradient * torch.clamp(largest / (norm + 1e-6), max=1.0)


def _perturbed(gradient: Tensor, edit: Edit) -> Tensor:
    shape = tuple(native.shape(gradient))
    if len(edit.cell) != len(shape) or any(not 0 <= at < size for at, size in zip(edit.cell, shape, strict=True)):
        raise EngineError(
            "experiment.no_cell",
            "Its shape is {shape}, which has no cell {cell}.",
            shape=shape,
            cell=list(edit.cell),
        )
    changed = gradient.clone()
    changed[edit.cell] += edit.amount
    return changed


def _replacing(expression: str, namespace: Mapping[str, Any], name: str) -> Change:
    try:
        code = compile(expression.strip(), _EXPRESSION, "eval")
    except (SyntaxError, ValueError) as error:
        raise EngineError(
            "experiment.no_expression", "“{text}” is not an expression.", text=expression.strip()
        ) from error

    def replaced(gradient: Tensor) -> Tensor:
        try:
            found = eval(code, {"torch": torch, **namespace, name: gradient})
        except Exception as error:
            said = explain(error, {_EXPRESSION}).sentence
            raise EngineError(
                "experiment.raises", "“{text}” cannot be evaluated: {reason}", text=expression.strip(), reason=said
            ) from error
        return _fitted(found, gradient, expression.strip())

    return replaced


def _fitted(found: Any, gradient: Tensor, text: str) -> Tensor:
    """As a gradient of this shape, dtype and device; a number, or what broadcasts, stands in every element."""
    if found is gradient:
        return gradient
    if not issubclass(type(found), Tensor) and not isinstance(found, int | float | complex | list | tuple):
        raise EngineError(
            "experiment.no_gradient",
            "“{text}” gives a {kind}, which is no number and no tensor.",
            text=text,
            kind=type(found).__name__,
        )
    try:
        tensor = torch.as_tensor(found).detach().to(gradient.device, gradient.dtype)
        return tensor.expand(gradient.shape).clone()
    except (RuntimeError, TypeError, ValueError) as error:
        raise EngineError(
            "experiment.shape",
            "“{text}” does not fit: shape {shape} is wanted.",
            text=text,
            shape=tuple(native.shape(gradient)),
        ) from error
