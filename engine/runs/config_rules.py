"""The one table of what the numbers of a configuration and a prompt may be, and the error that names the field.

No torch.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.numbers import setting

_MOST_DIGITS = 20  # of a number that is told whole


class ConfigError(EngineError):
    """A configuration that cannot be; `field` is the key of RunConfig or GPTConfig whose value is to be changed.

    The field is an argument of the sentence, too.
    """

    def __init__(self, code: str, template: str, /, *, field: str, **arguments: object) -> None:
        super().__init__(code, template, field=field, **arguments)
        self.field = field


class Rule(NamedTuple):
    """Which numbers a field may be: from `lowest` to `highest`, both among them unless they are left out."""

    lowest: int
    highest: int
    is_whole: bool = True
    without_lowest: bool = False
    without_highest: bool = False

    def holds(self, value: float) -> bool:
        """Of a number of the right kind; NaN and Inf keep no rule."""
        is_above = value > self.lowest if self.without_lowest else value >= self.lowest
        return is_above and (value < self.highest if self.without_highest else value <= self.highest)

    @property
    def allowed(self) -> Sentence:
        """ "a whole number from 1 to 10,000", "above 0 and at most 1,000"."""
        low, high = self.lowest, self.highest
        if self.is_whole:
            return Sentence.phrase("allowed.whole", "a whole number from {low:,} to {high:,}", low=low, high=high)
        if self.without_lowest:
            return Sentence.phrase("allowed.above", "above {low:,} and at most {high:,}", low=low, high=high)
        if self.without_highest:
            return Sentence.phrase("allowed.below", "at least {low:,} and below {high:,}", low=low, high=high)
        return Sentence.phrase("allowed.between", "at least {low:,} and at most {high:,}", low=low, high=high)


_STEPS, _MANY = 1_000_000_000, 1_000_000
_SHARE = Rule(0, 1, is_whole=False, without_highest=True)
RULES: dict[str, Rule] = {
    "vocab_size": Rule(1, 10_000_000),
    "context_length": Rule(1, _MANY),
    "emb_dim": Rule(1, _MANY),
    "n_heads": Rule(1, _MANY),
    "n_layers": Rule(1, 10_000),
    "drop_rate": _SHARE,
    "learning_rate": Rule(0, 1000, is_whole=False, without_lowest=True),
    "min_learning_rate": Rule(0, 1000, is_whole=False),
    "warmup_steps": Rule(0, _STEPS),
    "max_steps": Rule(1, _STEPS),
    "decay_steps": Rule(0, _STEPS),
    "batch_size": Rule(1, _MANY),
    "grad_accumulation": Rule(1, _MANY),
    "grad_clip": Rule(0, _STEPS, is_whole=False),
    "weight_decay": Rule(0, 1000, is_whole=False),
    "beta1": _SHARE,
    "beta2": _SHARE,
    "seed": Rule(0, (1 << 63) - 1),
    "eval_every": Rule(1, _STEPS),
    "eval_batches": Rule(1, _MANY),
    "sample_every": Rule(0, _STEPS),
    "sample_tokens": Rule(0, _MANY),
    "checkpoint_every": Rule(1, _STEPS),
    "keep_every": Rule(0, _STEPS),
    "keep_gb": Rule(0, _MANY, is_whole=False),
    "patience": Rule(0, _STEPS),
    "temperature": Rule(0, 100, is_whole=False),
    "top_k": Rule(0, 10_000_000),
    "max_tokens": Rule(1, 10_000),
}


def check_number(field: str, value: float) -> None:
    """Raises ConfigError for a number that the rule of its field does not allow, with what it does."""
    if RULES[field].holds(value):
        return
    raise ConfigError(
        "config.not_allowed",
        "{field} is {value}; it must be {allowed}.",
        field=field,
        value=_told(value),
        allowed=RULES[field].allowed,
    )


def check_numbers(config: msgspec.Struct) -> None:
    """Of every field that has a rule. Raises ConfigError for the first that breaks it."""
    for field in config.__struct_fields__:
        if field in RULES:
            check_number(field, getattr(config, field))


def _told(value: float) -> str | Sentence:
    if not isinstance(value, int):
        return setting(value) if math.isfinite(value) else str(value)
    n_digits = len(str(abs(value)))
    if n_digits <= _MOST_DIGITS:
        return f"{value:,}"
    return Sentence.phrase("words.of_digits", "a number of {n} digits", n=n_digits)
