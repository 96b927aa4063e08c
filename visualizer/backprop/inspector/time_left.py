"""What runs in a copy of the engine, with about how long that takes yet."""

from __future__ import annotations

from engine.shared.language import grouped, tr

TICK_MS = 500  # between two times that it is said anew: what runs may tell nothing for seconds
_SHORTEST_S = 1  # that is told


def with_time_left(doing: str, left_s: float | None) -> str:
    """ "Comparing, about 12 s left…"; without the time where it is not known or no more than a moment."""
    if left_s is None or left_s < _SHORTEST_S:
        return f"{doing}…"
    return tr("{doing}, about {seconds} s left…", doing=doing, seconds=grouped(round(left_s)))
