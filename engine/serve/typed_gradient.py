"""The gradient that a person types for the outputs of a backward pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from engine.program.sentences.explain import explain
from engine.protocol.errors import EngineError

_PATH = "<gradient>"


def typed_gradients(expression: str, count: int, namespace: Mapping[str, Any]) -> list[torch.Tensor | None]:
    """One for each of `count` roots: of several the expression gives a list. None for that of a scalar.

    `namespace` has the variables of the program. Raises EngineError. On the main thread.
    """
    expression = expression.strip()
    if not expression:
        return [None] * count
    found = _evaluated(expression, namespace)
    found = [found] if count == 1 else list(found) if isinstance(found, (list, tuple)) else []
    if len(found) != count:
        raise EngineError(
            "gradient.not_for_each",
            "These are {count} outputs: give a list of {count} gradients, None for that of a scalar.",
            count=count,
        )
    return [None if one is None else torch.as_tensor(one) for one in found]


def _evaluated(expression: str, namespace: Mapping[str, Any]) -> Any:
    try:
        return eval(compile(expression, _PATH, "eval"), dict(namespace))
    except SyntaxError as error:
        raise EngineError(
            "gradient.no_expression", "The gradient is not an expression: {reason}.", reason=error.msg
        ) from error
    except Exception as error:
        raise EngineError(
            "gradient.raises",
            "The gradient cannot be evaluated: {reason}",
            reason=explain(error, {_PATH}).said,
        ) from error
