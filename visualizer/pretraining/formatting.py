"""Numbers as a person reads them: counts with commas, bytes in powers of 1,000, durations, powers of ten."""

from __future__ import annotations

import math

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def count(n: float) -> str:
    """ "2,225"."""
    return f"{n:,.0f}"


def loss(value: float | None) -> str:
    """ "4.94"; "NaN" and "Inf" by name, "–" when there is none yet."""
    if value is None:
        return "–"
    return f"{value:.2f}" if math.isfinite(value) else non_finite(value)


def non_finite(value: float) -> str:
    """ "NaN", "Inf" or "−Inf"."""
    return "NaN" if math.isnan(value) else "Inf" if value > 0 else "−Inf"


def duration(seconds: float | None) -> str:
    """ "45 s", "14 min 24 s", "3 h 05 min", "2 d 04 h"; "–" when it is not known."""
    if seconds is None or not math.isfinite(seconds) or seconds < 0:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    if whole < 86_400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 86_400} d {whole % 86_400 // 3600:02d} h"


def _scaled(value: float, units: tuple[str, ...]) -> str:
    unit = units[0]
    for unit in units:
        if abs(value) < 999.5 or unit == units[-1]:
            break
        value /= 1000
    digits = 0 if value >= 99.5 or unit == units[0] else 1 if value >= 9.95 else 2
    return f"{value:,.{digits}f} {unit}"


def n_bytes(size: float) -> str:
    """ "338 B", "1.12 MB", "12.9 GB": powers of 1,000."""
    return _scaled(size, ("B", "kB", "MB", "GB", "TB", "PB"))


def gib(size: float) -> str:
    """Bytes as "0.85 GiB"."""
    return f"{size / 2**30:.2f} GiB"


def flops(operations: float) -> str:
    """ "49.8 MFLOP"."""
    return _scaled(operations, ("FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"))


def flops_per_second(rate: float) -> str:
    """ "0.15 TFLOP/s"."""
    return f"{rate / 1e12:.{2 if rate < 1e13 else 0}f} TFLOP/s"


def power_of_ten(value: float) -> str:
    """ "0.50 × 10⁻³" for a learning rate; "0" for zero."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else non_finite(value)
    # Multiples of three, so that a decaying rate does not change its unit at every digit.
    exponent = round(math.floor(math.log10(abs(value))) / 3) * 3
    mantissa = value / 10**exponent
    return f"{mantissa:.{2 if abs(mantissa) < 10 else 1}f} × 10{str(exponent).translate(_SUPERSCRIPTS)}"


def short_count(n: float) -> str:
    """ "1.5k", "3k", "2M": for the ticks of a small plot."""
    for limit, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(n) >= limit:
            return f"{n / limit:.3g}{unit}"
    return f"{n:.3g}"


def plain(value: float) -> str:
    """A setting as one would type it: 3e-4, 0.1, 12."""
    if value == 0:
        return "0"
    text = f"{value:.6g}"
    if abs(value) < 1e-2:
        mantissa, _, exponent = f"{value:.5e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return text
