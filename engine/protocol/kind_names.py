"""What a kind of node is called in words."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBERED = re.compile(r"(Backward)?\d*$")
_OF_BACKWARD = re.compile(r"(?<=.)Backward\d*$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """ "LogSoftmaxBackward0" -> "log_softmax", "UpsampleNearest2DBackward0" -> "upsample_nearest2d"."""
    return _HUMP.sub("_", bare(name)).lower()


def bare(name: str) -> str:
    """ "TransposeBackward0" -> "Transpose"."""
    return _NUMBERED.sub("", name)


def without_backward(title: str) -> str:
    """ "TransposeBackward0" -> "Transpose"; any other title keeps its number, as "h.10" and "line 9 × 500" do."""
    return _OF_BACKWARD.sub("", title)
