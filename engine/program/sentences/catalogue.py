"""One helpful sentence for each of the mistakes that people make with tensors."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import torch

from engine.program.sentences import gradients, indices, shapes
from engine.program.sentences.failing_call import FailingCall
from engine.tensors.summary import short

# A sentence from what torch said and from the operands; None where they do not tell enough.
Rule = Callable[[re.Match[str], FailingCall], str | None]

_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule) for pattern, rule in (*shapes.RULES, *indices.RULES, *gradients.RULES)
)


def sentence_for(error: BaseException, message: str, call: FailingCall) -> str | None:
    """What torch's exception means for this expression; None where Python's own words are best."""
    for pattern, rule in _RULES:
        match = pattern.search(message)
        if match is not None:
            sentence = rule(match, call)
            if sentence is not None:
                return sentence
    if isinstance(error, RuntimeError | IndexError | ValueError) and call.function:
        return f"{call.expression}: {_first_sentence(message)}{_operands(call)}."
    return None


def _first_sentence(message: str) -> str:
    first = message.strip().split("\n")[0]
    return first.split(". ")[0].rstrip(".")


def _operands(call: FailingCall) -> str:
    tensors = call.tensors
    if not 1 <= len(tensors) <= 4:
        return ""
    return f" (with {', '.join(_shown(tensor) for tensor in tensors)})"


def _shown(tensor: torch.Tensor) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} ()" if math.prod(tensor.shape) == 1 else short(tensor)
