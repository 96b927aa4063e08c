"""Numbers on the screen, as the language in use writes them: "0,4694" and "1.234,5" in Portuguese.

The functions of `engine/shared/numbers.py`, whose texts are English: what goes into a program, a file or a message of
the engine is written there, and what the engine wrote is shown by `local`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.shared import numbers
from engine.shared.language import grouped, local, pythonic, tr

_NUMBER = r"(?<![\w.])(?<!\d,)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?:e[+-]?\d+)?(?!\d|[.,]\d|\w*\.\w)"
_OF_LIST = r"[-+\d.,einaf\s]"
_ROW = rf"[\[(]{_OF_LIST}*[\])]"
_TABLE = rf"[\[(](?:{_OF_LIST}|{_ROW})*[\])]"
_LIST = rf"(?<!\w)[\[(](?:{_OF_LIST}|{_TABLE})*[\])]"
_OWN = (
    r"`[^`]*`|(?<!\w)'[^'\n]*'(?!\w)|\w\((?:[^()]|\([^()]*\))*\)|\w\[[^]]*]"  # code, a text, a call, a place in a list
)
_APART = re.compile(rf"({_OWN})|({_LIST})|{_NUMBER}")
_DECIMAL = re.compile(r"\d+\.\d+")


def in_words(text: str) -> str:
    """Words with English numbers among them, and lists of such: "`w` is 0.9183 and b is [0.5, 1.0]." What stands in
    backticks or quotation marks, is a call or belongs to a name is Python's own."""

    def said(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1]
        return _listed(found[2]) if found[2] is not None else local(found[0])

    return text if local(_SOME) == _SOME else _APART.sub(said, text)


_SOME = "0.5"
_TERM = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?")


def in_arithmetic(text: str) -> str:
    """A sum written out, "exp(0.5) / (1.5 + exp(0.5))": its brackets are those of mathematics, not of a call."""
    return _TERM.sub(lambda found: local(found[0]), text)


def _listed(text: str) -> str:
    """Numbers in brackets: where a comma is what stands before decimals, a semicolon stands between them."""
    if not _DECIMAL.search(text):
        return text
    between = "; " if "," in local(_SOME) else ", "
    return between.join(_DECIMAL.sub(lambda found: local(found[0]), part) for part in re.split(r",\s*", text))


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


def plain(value: float, n_digits: int = 6) -> str:
    """A setting as one would type it, and a tick of an axis: "3e-4", "0.1"."""
    return local(numbers.plain(value, n_digits))


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


def elapsed(time_ms: float) -> str:
    """ "752 ms", "28.1 s", then "14 min 24 s"."""
    if round(time_ms) < 1000:
        return f"{round(time_ms)} ms"
    if round(time_ms / 1000) < 60:
        return f"{fixed(time_ms / 1000, 1)} s"
    minutes, seconds = divmod(round(time_ms / 1000), 60)
    return f"{grouped(minutes)} min {seconds:02d} s"


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
