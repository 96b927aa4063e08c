"""What a kind of node is called in words."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """ "LogSoftmaxBackward0" -> "log_softmax"."""
    stem = name.rstrip("0123456789").removesuffix("Backward")
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in stem)
    return words.lstrip("_")
