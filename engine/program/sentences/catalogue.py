"""One helpful sentence for each of the mistakes that people make with tensors."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.program.sentences import (
    command_line,
    compiling,
    dtypes,
    files,
    functions,
    gradients,
    indices,
    products,
    recorded,
    shapes,
    targets,
)
from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.known import Known, Maker
from engine.program.sentences.python_words import in_words
from engine.program.sentences.sizes import dtype, shape
from engine.program.sentences.unbegun import not_begun
from engine.program.sentences.words import whole
from engine.protocol.sentence import Sentence

_MOST_OPERANDS = 4  # that a sentence lists
# A sentence from what torch said and from the operands; None where they do not tell enough.
Rule = Callable[[re.Match[str], FailingCall], Sentence | None]
# The same, from what a recorder knows.
KnowingRule = Callable[[re.Match[str], FailingCall, Known], Sentence | None]

# The first that fits speaks; a target of the wrong dtype is told before any two dtypes.
_FAMILIES = (
    *products.RULES, *shapes.RULES, *targets.RULES, *dtypes.RULES, *indices.RULES, *gradients.RULES, *functions.RULES,
    *files.RULES, *command_line.RULES, *compiling.RULES,
)  # fmt: skip
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule) for pattern, rule in _FAMILIES
)
_KNOWING_RULES: tuple[tuple[re.Pattern[str], KnowingRule], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule) for pattern, rule in recorded.RULES
)


def sentence_for(error: BaseException, message: str, call: FailingCall, known: Known | None = None) -> Sentence | None:
    """What an exception means for this expression; None where Python's own words are best."""
    if (said := not_begun(error)) is not None:
        return said
    if known is not None:
        said = known.why_pass_failed(error, message, call)
        if said is not None:
            return said
        for pattern, knowing in _KNOWING_RULES:
            match = pattern.search(message)
            sentence = None if match is None else knowing(match, call, known)
            if sentence is not None:
                return sentence
    for pattern, rule in _RULES:
        match = pattern.search(message)
        if match is not None:
            sentence = rule(match, call)
            if sentence is not None:
                return sentence
    is_plain = functions.plainly(message) is not None
    if is_plain or (isinstance(error, RuntimeError | IndexError | ValueError) and call.function):
        operation = None if known is None or call.is_in_pass else known.failed_operation(error)
        return _in_torchs_words(message, call, operation)
    return None


def _in_torchs_words(message: str, call: FailingCall, operation: Maker | None) -> Sentence:
    """Whole: its advice is in the last of its sentences. `operation`: whose backward failed in the pass that was
    called."""
    told, tensors = _told(message), call.tensors
    if operation is not None:
        return Sentence.of(
            "torch.words_of_backward",
            "{expression}, at the backward of {operation} (line {line}): {message}",
            expression=call.expression,
            operation=operation.expression,
            line=operation.line,
            message=told,
        )
    if not 1 <= len(tensors) <= _MOST_OPERANDS or functions.plainly(message) is not None:
        return Sentence.of("torch.words", "{expression}: {message}", expression=call.expression, message=told)
    return Sentence.of(
        "torch.words_of_operands",
        "{expression}, with {operands}: {message}",
        expression=call.expression,
        operands=", ".join(f"{dtype(tensor)} {shape(tensor)}" for tensor in tensors),
        message=told,
    )


def _told(message: str) -> Sentence | str:
    if (said := functions.plainly(message)) is not None:
        return said
    words = in_words(message)
    return Sentence.phrase("error.words", "{words}.", words=words) if isinstance(words, Sentence) else whole(message)
