"""Numbers as text, for both sides: as short as their place wants them, and never more precise than they are.

What is not 0 never reads as 0: below 0.001, and from a million on, a number is written as "4.1e-07". No digit is ever
cut off: where there is less room, `fitted` rounds to fewer digits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

_LEAST_FIXED, _MOST_FIXED = -3, 5  # powers of ten of the first digit that are written without an exponent
_MOST_DIGITS = 17  # of a float64
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_DIGITS = re.compile(r"[+-]?\d+([,._]\d+)*(e[+-]?\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?(e[+-]?\d+)?|nan|inf)([+-](\d+(\.\d*)?(e[+-]?\d+)?|nan|inf)j)?")


def number(value: float | int | bool | complex) -> str:
    """An element, about five significant digits: "0.4694", "-12.346", "1.235e-07", "3", "True", "nan", "-inf", "-0",
    "0.5000+1.2000j"."""
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, complex):
        return f"{number(value.real)}{_plus(value.imag)}{number(value.imag)}j"
    return _written(value, n_digits=5, most_decimals=4)


def brief(value: float, n_digits: int = 4) -> str:
    """One of several on a line, without zeros at its end: "-0.998", "12.35", "0", "4.1e-07"."""
    text = _written(value, n_digits=n_digits)
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}{e}{exponent}"


def compact(value: float | None, *, sign: bool = False) -> str:
    """A statistic: "-0.998", "1.535", "0.0123", "0", "3", "12345.7", "1.24e-05", "inf"; "–" for None. `sign` writes the
    plus, too. Only a whole number stands without decimals."""
    if value is None:
        return "–"
    plus = "+" if sign and value > 0 else ""
    if value and math.isfinite(value) and value == round(value) and abs(value) < 1e6:
        return f"{plus}{round(value)}"
    large = math.isfinite(value) and abs(value) >= 100
    return plus + _written(value, n_digits=3, least_decimals=1 if large else 3)


def fixed(value: float, n_decimals: int) -> str:
    """With as many decimals, as in a column of losses: "2.31"; more of a value that would lose its digits: "0.0041"."""
    if value == 0 or 10 ** (1 - n_decimals) <= abs(value) < 1e6:
        return f"{value:.{n_decimals}f}"
    return _written(value, n_digits=max(n_decimals, 2))


def plain(value: float, n_digits: int = 6) -> str:
    """A setting as one would type it, and a tick of an axis: "3e-4", "0.1", "12", "2.5"."""
    if value == 0 or not math.isfinite(value):
        return number(value)
    if abs(value) >= 1e-2:
        return _short_exponent(f"{value:.{n_digits}g}")
    mantissa, _, exponent = f"{value:.{n_digits - 1}e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def setting(value: float) -> str:
    """As `plain`, with every digit that a person typed, so that it reads back as the same number: "1.2345678e-4". What
    arithmetic adds behind the 15 digits that a float64 always has is left out."""
    if value == 0 or not math.isfinite(value) or float(plain(value)) == value:
        return plain(value)
    text = f"{value:.15g}"
    return plain(value) if float(plain(value)) == float(text) else _short_exponent(text)


def short_count(n: float) -> str:
    """ "1.5k", "3k", "2M", "5e-4": for the ticks of a small plot."""
    shown = float(f"{n:.3g}") if abs(n) >= 1e3 else n  # before its unit is chosen: 999,999 is no "1000k"
    for limit, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if limit <= abs(shown) < 1e15:
            return f"{brief(shown / limit, 3)}{unit}"
    return plain(n)


def power_of_ten(value: float) -> str:
    """ "6.93 × 10⁻⁴", three digits, one of them before the point; "1.50", "0"."""
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value:.2e}".partition("e")  # which rounds before it chooses the power
    return f"{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if int(exponent) else mantissa


def percent(share: float, n_decimals: int = 0) -> str:
    """ "12 %"; "<1 %" of what is more than nothing."""
    text = f"{share * 100:.{n_decimals}f}"
    return f"<{brief(10**-n_decimals)} %" if share > 0 and float(text) == 0 else f"{text} %"


def scaled(amount: float, units: tuple[str, ...], step: int = 1000) -> str:
    """About three digits in the largest unit that fits: "338 B", "1.12 MB", "40 GFLOP"."""
    unit = units[0]
    for unit in units:
        if abs(amount) < step - 0.5 or unit == units[-1]:
            break
        amount /= step
    is_whole = unit == units[0] or amount == round(amount)
    n_decimals = 0 if is_whole or amount >= 99.5 else 1 if amount >= 9.95 else 2
    return f"{amount:,.{n_decimals}f} {unit}"


def interval(low: float | None, high: float | None) -> str:
    """ "-2.179 … 1.541", "all 3"; "" where nothing is known."""
    if low is None or high is None:
        return ""
    return f"all {compact(low)}" if low == high else f"{compact(low)} … {compact(high)}"


def count(n: int, noun: str, plural: str = "") -> str:
    """ "1 element", "10,000 elements", "3 passes" of "pass" and "passes"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {plural or noun + 's'}"


def is_number(text: str) -> bool:
    """Whether a text is one number as this module writes them, or as Python does."""
    return bool(_NUMBER.fullmatch(text) or _GROUPED.fullmatch(text))


def shorter(text: str) -> Iterator[str]:
    """Ever shorter texts of the same number, rounded to ever fewer digits; of a text that is no number, nothing."""
    if not is_number(text):
        return
    value = complex(text.replace(",", "").replace("+-", "-"))
    length = len(text)
    for n_digits in range(_MOST_DIGITS, 0, -1):
        for made in _of_digits(value, n_digits, is_complex=text.endswith("j")):
            if len(made) < length:
                length = len(made)
                yield made


def fitted(text: str, n_characters: int) -> str:
    """The text of a number in so many characters, rounded to as many digits as fit: "2e5" of "197531" in four. "…"
    where not even one does; seven take any real number. A text that is no number stays whole."""
    if len(text) <= n_characters or not is_number(text):
        return text
    return next((made for made in shorter(text) if len(made) <= n_characters), "…")


def shortened(text: str, n_characters: int) -> str:
    """As much of a text as so many characters hold, "…" behind it: a number in it is there whole or not at all."""
    if len(text) <= n_characters:
        return text
    kept = text[: whole_until(text, n_characters - 1)].rstrip()
    return f"{kept}…"


def whole_until(text: str, end: int) -> int:
    """Where a text that ends there has to end, so that it cuts no number."""
    return next((found.start() for found in _DIGITS.finditer(text) if found.start() < end < found.end()), end)


def _of_digits(value: complex, n_digits: int, *, is_complex: bool) -> Iterator[str]:
    """The same digits in ever shorter notations."""
    parts = (value.real, value.imag) if is_complex else (value.real,)
    for write in (_significant, _scientific, _shortest):
        real, *imaginary = (write(part, n_digits) for part in parts)
        yield f"{real}{_plus(value.imag)}{imaginary[0]}j" if imaginary else real


def _significant(value: float, n_digits: int) -> str:
    return _written(value, n_digits=n_digits)


def _scientific(value: float, n_digits: int) -> str:
    return _exponential(value, n_digits) if value and math.isfinite(value) else _written(value, n_digits=1)


def _exponential(value: float, n_digits: int) -> str:
    text = f"{value:.{n_digits - 1}e}"
    if math.isinf(float(text)):  # rounded up, the largest numbers would be none any more
        text = f"{value - math.copysign(0.5 * 10.0 ** (309 - n_digits), value):.{n_digits - 1}e}"
    return text


def _shortest(value: float, n_digits: int) -> str:
    return _short_exponent(_scientific(value, n_digits))


def _short_exponent(text: str) -> str:
    """ "1.2e5" of "1.2e+05"."""
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def _plus(imaginary: float) -> str:
    """The sign that the imaginary part does not write itself."""
    return "" if math.copysign(1, imaginary) < 0 and not math.isnan(imaginary) else "+"


def _written(value: float, *, n_digits: int, least_decimals: int = 0, most_decimals: int = _MOST_DIGITS) -> str:
    if not math.isfinite(value):
        return str(value)
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else "0"
    magnitude = math.floor(math.log10(abs(value)))
    if not _LEAST_FIXED <= magnitude <= _MOST_FIXED:
        return _exponential(value, min(n_digits, most_decimals))
    return f"{value:.{max(0, least_decimals, min(most_decimals, n_digits - 1 - magnitude))}f}"
