"""One helpful sentence for each of the mistakes that people make with tensors."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import torch

from engine.program.sentences import gradients, indices, products, shapes, targets
from engine.program.sentences.failing_call import FailingCall
from engine.protocol.sentence import Sentence
from engine.tensors.summary import short

_MOST_OPERANDS = 4  # that a sentence lists
# A sentence from what torch said and from the operands; None where they do not tell enough.
Rule = Callable[[re.Match[str], FailingCall], Sentence | None]

# The first that fits speaks; a target of the wrong dtype is told before any two dtypes.
_FAMILIES = (*products.RULES, *shapes.RULES, *targets.RULES, *indices.RULES, *gradients.RULES)
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule) for pattern, rule in _FAMILIES
)


def sentence_for(error: BaseException, message: str, call: FailingCall) -> Sentence | None:
    """What torch's exception means for this expression; None where Python's own words are best."""
    for pattern, rule in _RULES:
        match = pattern.search(message)
        if match is not None:
            sentence = rule(match, call)
            if sentence is not None:
                return sentence
    if isinstance(error, RuntimeError | IndexError | ValueError) and call.function:
        return _in_torchs_words(message, call)
    return None


def _first_sentence(message: str) -> str:
    first = message.strip().split("\n")[0]
    return first.split(". ")[0].rstrip(".")


def _in_torchs_words(message: str, call: FailingCall) -> Sentence:
    first, tensors = _first_sentence(message), call.tensors
    if not 1 <= len(tensors) <= _MOST_OPERANDS:
        return Sentence.of("torch.message", "{expression}: {message}.", expression=call.expression, message=first)
    return Sentence.of(
        "torch.message_with_operands",
        "{expression}: {message} (with {operands}).",
        expression=call.expression,
        message=first,
        operands=", ".join(_shown(tensor) for tensor in tensors),
    )


def _shown(tensor: torch.Tensor) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} ()" if math.prod(tensor.shape) == 1 else short(tensor)
