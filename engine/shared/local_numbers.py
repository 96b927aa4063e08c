"""Numbers on the screen, as the language in use writes them: "0,4694" and "1.234,5" in Portuguese.

The functions of `engine/shared/numbers.py`, whose texts are English: what goes into a program, a file or a message of
the engine is written there, and what the engine wrote is shown by `local`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.shared import numbers
from engine.shared.language import local, pythonic, tr

_APART = re.compile(r"(`[^`]*`|\[[^]]*]|\([^)]*\))|(?<![\w.])\d+\.\d+(?:e[+-]?\d+)?(?![\w.]*\w)")


def in_words(text: str) -> str:
    """Words with English numbers among them: "`w` is 0.9183." What stands in backticks or brackets, or belongs to a
    name, is Python's own."""
    return _APART.sub(lambda found: found[1] or local(found[0]), text)


def number(value: float | int | bool | complex) -> str:
    """An element, about five significant digits: "0.4694"."""
    return local(numbers.number(value))


def brief(value: float, n_digits: int = 4) -> str:
    """One of several on a line, without zeros at its end: "-0.998"."""
    return local(numbers.brief(value, n_digits))


def compact(value: float | None, *, sign: bool = False) -> str:
    """A statistic: "1.535", "3", "12345.7"; "–" for None."""
    return local(numbers.compact(value, sign=sign))


def fixed(value: float, n_decimals: int) -> str:
    """With as many decimals, as in a column of losses: "2.31"."""
    return local(numbers.fixed(value, n_decimals))


def plain(value: float) -> str:
    """A setting as one would type it, and a tick of an axis: "3e-4", "0.1"."""
    return local(numbers.plain(value))


def short_count(n: float) -> str:
    """ "1.5k", for the ticks of a small plot."""
    return local(numbers.short_count(n))


def power_of_ten(value: float) -> str:
    """ "6.93 × 10⁻⁴"."""
    return local(numbers.power_of_ten(value))


def percent(share: float, n_decimals: int = 0) -> str:
    """ "12 %"."""
    return local(numbers.percent(share, n_decimals))


def scaled(amount: float, units: tuple[str, ...], step: int = 1000) -> str:
    """About three digits in the largest unit that fits: "1.12 MB"."""
    return local(numbers.scaled(amount, units, step))


def interval(low: float | None, high: float | None) -> str:
    """ "-2.179 … 1.541", "all 3"; "" where nothing is known."""
    if low is None or high is None:
        return ""
    return tr("all {value}", value=compact(low)) if low == high else f"{compact(low)} … {compact(high)}"


def is_number(text: str) -> bool:
    """Whether a text is one number as this module writes them."""
    return numbers.is_number(pythonic(text))


def shorter(text: str) -> Iterator[str]:
    """Ever shorter texts of the same number; of a text that is no number, nothing."""
    return map(local, numbers.shorter(pythonic(text)))


def fitted(text: str, n_characters: int) -> str:
    """The text of a number in so many characters, rounded to as many digits as fit; "…" where not even one does."""
    if len(text) <= n_characters or not is_number(text):
        return text
    return local(numbers.fitted(pythonic(text), n_characters))
