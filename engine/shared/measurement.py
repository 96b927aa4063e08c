"""One number of the benchmark, as the process that measured it hands it to the one that prints the table."""

from __future__ import annotations

import msgspec


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """`ours` and, where there is something to hold it against, `other` in the same unit."""

    name: str
    ours: float
    unit: str = "ms"
    other: float | None = None
    against: str = ""  # what the other number is of
    ratio: float | None = None  # where it is more exact than `ours / other`: of pairs that were measured in turns
    aim: str = ""


def encode(measurements: list[Measurement]) -> str:
    """One line of JSON."""
    return msgspec.json.encode(measurements).decode()


def decode(line: str) -> list[Measurement]:
    """The reverse of `encode`."""
    return msgspec.json.decode(line, type=list[Measurement])
