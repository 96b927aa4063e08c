"""Rules that a value of a configuration has to keep, and the error that names the field which breaks one."""

from __future__ import annotations

import math

import msgspec

from engine.protocol.errors import EngineError

_MOST_DIGITS = 15  # of a whole number: more than any machine has room or time for


class ConfigError(EngineError):
    """A configuration that cannot be; `field` is the key of RunConfig or GPTConfig whose value is to be changed.

    The field is an argument of the sentence, too.
    """

    def __init__(self, code: str, template: str, /, *, field: str, **arguments: object) -> None:
        super().__init__(code, template, field=field, **arguments)
        self.field = field


def check_digits(field: str, value: int) -> None:
    """Raises ConfigError for a whole number that nothing could be calculated with."""
    n_digits = len(str(abs(value)))
    if n_digits > _MOST_DIGITS:
        raise ConfigError(
            "config.too_many_digits",
            "{field} has {n_digits} digits, more than the {most} that a whole number may have.",
            field=field,
            n_digits=n_digits,
            most=_MOST_DIGITS,
        )


def check_whole_numbers(config: msgspec.Struct) -> None:
    """Of every field that is one. Raises ConfigError as `check_digits` does."""
    for name in config.__struct_fields__:
        if isinstance(value := getattr(config, name), int):
            check_digits(name, value)


def check_at_least_one(field: str, value: int) -> None:
    """Raises ConfigError below 1."""
    if value < 1:
        raise ConfigError("config.below_one", "{field} is {value}; it must be at least 1.", field=field, value=value)


def check_share(field: str, value: float) -> None:
    """Raises ConfigError outside of 0 to 1, 1 itself included."""
    if not 0 <= value < 1:
        raise ConfigError(
            "config.no_share", "{field} is {value:g}; it must be at least 0 and below 1.", field=field, value=value
        )


def check_finite(field: str, value: float) -> None:
    """Raises ConfigError for NaN and Inf."""
    if not math.isfinite(value):
        raise ConfigError(
            "config.not_finite", "{field} is {value:g}; it must be a finite number.", field=field, value=value
        )


def check_not_negative(field: str, value: float) -> None:
    """Raises ConfigError below 0."""
    if value < 0:
        raise ConfigError("config.negative", "{field} is {value:g}; it must not be negative.", field=field, value=value)
