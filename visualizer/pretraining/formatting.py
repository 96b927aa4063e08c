"""What a run's numbers count, in its units: tokens, losses, bytes, durations, a learning rate."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.shared import local_numbers
from engine.shared.language import grouped, local, tr
from engine.shared.local_numbers import fixed, scaled
from engine.shared.numbers import setting


def count(n: float) -> str:
    """ "2,225"."""
    return grouped(round(n)) if math.isfinite(n) else non_finite(n)


def loss(value: float | None) -> str:
    """ "4.94"; "NaN" and "Inf" by name, "–" when there is none yet."""
    if value is None:
        return "–"
    return fixed(value, 2) if math.isfinite(value) else non_finite(value)


def validation(value: float | None) -> str:
    """Of who does not see the numbers: "validation loss 2.31", "" before the first."""
    return "" if value is None else tr("validation loss {loss}", loss=loss(value))


def exact_loss(value: float) -> str:
    """ "4.9437", as in a readout."""
    return fixed(value, 4) if math.isfinite(value) else non_finite(value)


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


def n_bytes(size: float) -> str:
    """ "338 B", "1.12 MB", "12.9 GB": powers of 1,000."""
    return scaled(size, ("B", "kB", "MB", "GB", "TB", "PB"))


def gib(size: float) -> str:
    """Bytes as "0.85 GiB"."""
    return f"{fixed(size / 2**30, 2)} GiB"


def flops(operations: float) -> str:
    """ "49.8 MFLOP"."""
    return scaled(operations, ("FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"))


def flops_per_second(rate: float) -> str:
    """ "150 GFLOP/s", "1,979 TFLOP/s", as vendors write it."""
    return scaled(rate, ("FLOP/s", "kFLOP/s", "MFLOP/s", "GFLOP/s", "TFLOP/s"))


def settings(changed: Mapping[str, int | float]) -> str:
    """ "learning_rate 0.0005, max_steps 2,000"."""
    return ", ".join(
        f"{name} {grouped(value) if isinstance(value, int) else local(setting(value))}"
        for name, value in changed.items()
    )


def power_of_ten(value: float) -> str:
    """ "6.93 × 10⁻⁴" for a learning rate, one digit before the point; "0" for zero."""
    return local_numbers.power_of_ten(value) if math.isfinite(value) else non_finite(value)
