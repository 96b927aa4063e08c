"""Evaluates one tensor-building expression aside: neither the namespace nor the random state changes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_iter, tree_map_only

from engine.program.sentences.explain import explain
from engine.program.sources import register
from engine.program.time_limit import TimeLimit
from engine.protocol.errors import EngineError

MAX_ELEMENTS = 10**8
_TIMEOUT_S = 3.0
_PATH = "<preview>"


def preview(expression: str) -> torch.Tensor:
    """The tensor that `expression` makes, with `torch` and `math` at hand. On the main thread only.

    Raises EngineError when it makes none, takes longer than 3 s, or would have more than MAX_ELEMENTS elements.
    """
    register(_PATH, expression)
    try:
        code = compile(expression.strip(), _PATH, "eval")
    except (SyntaxError, ValueError) as error:
        reason = getattr(error, "msg", error)
        raise EngineError("preview.no_expression", "This is not an expression: {reason}.", reason=reason) from error
    try:
        with torch.random.fork_rng(devices=_devices()), _Calls(), _SizeLimit(), TimeLimit(_TIMEOUT_S, _given_up):
            value = eval(code, {"torch": torch, "math": math})
    except EngineError:
        raise
    except Exception as error:
        raise EngineError.saying(explain(error, {_PATH}).said) from error
    if not isinstance(value, torch.Tensor):
        raise EngineError("preview.no_tensor", "This makes no tensor but {type_name}.", type_name=type(value).__name__)
    return value


def _given_up(where: object) -> EngineError:
    return EngineError("preview.given_up", "The preview was given up after {n_seconds:.0f} s.", n_seconds=_TIMEOUT_S)


def _devices() -> list[int]:
    """CUDA devices whose random state there is; asking an untouched device would start it."""
    return list(range(torch.cuda.device_count())) if torch.cuda.is_initialized() else []


class _Calls(TorchFunctionMode):
    """Changes nothing; its frame in a traceback holds the function that failed, and its arguments."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return func(*args, **(kwargs or {}))


class _SizeLimit(TorchDispatchMode):
    """Each operation first runs on the meta device, which knows the size of a result without making it; but for those
    cell by cell, of which the meta device's first would import all of torch.compile."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # else the first operation would import all of torch.compile

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        is_pointwise = torch.Tag.pointwise in func.tags
        made = _broadcast((args, kwargs)) if is_pointwise else self._on_meta(func, args, kwargs)
        n_elements = max((math.prod(one) for one in made), default=0)
        if n_elements > MAX_ELEMENTS:
            raise EngineError(
                "preview.too_large",
                "A tensor of {n_elements:,} elements is too large for a preview, which takes {most:,}.",
                n_elements=n_elements,
                most=MAX_ELEMENTS,
            )
        return func(*args, **kwargs)

    @staticmethod
    def _on_meta(func: Any, args: Any, kwargs: dict[str, Any]) -> list[tuple[int, ...]]:
        meta_args, meta_kwargs = tree_map_only(torch.Tensor, lambda tensor: tensor.to("meta"), (args, kwargs))
        if any(argument.name == "device" for argument in func._schema.arguments):
            meta_kwargs = {**meta_kwargs, "device": torch.device("meta"), "pin_memory": None}
        names = {argument.name for argument in func._schema.arguments}
        meta_kwargs = {key: value for key, value in meta_kwargs.items() if key in names and key != "generator"}
        try:
            return _shapes(func(*meta_args, **meta_kwargs))
        except (NotImplementedError, RuntimeError, TypeError):
            return []  # its result depends on the data, so that it is no larger than what is there, or it fails anyway


def _shapes(values: Any) -> list[tuple[int, ...]]:
    return [tuple(one.shape) for one in tree_iter(values) if isinstance(one, torch.Tensor)]


def _broadcast(operands: Any) -> list[tuple[int, ...]]:
    """The shape of what is made of them cell by cell; none where they do not fit, which the operation says itself."""
    try:
        return [np.broadcast_shapes(*_shapes(operands))]
    except ValueError:
        return []
