"""Which records of a file stand where their steps say. No torch."""

from __future__ import annotations

import numpy as np


def in_order(steps: np.ndarray, before: float) -> np.ndarray:
    """Of the steps (n,) that follow `before`, whether each lies between the one that stood before it and the next: a
    doubled line, and a damaged step, do not. bool, (n,)."""
    if np.all(np.diff(steps, prepend=before) > 0):
        return np.ones(len(steps), dtype=bool)
    found = np.zeros(len(steps), dtype=bool)
    for place, step in enumerate(steps):
        following = steps[place + 1] if place + 1 < len(steps) else np.inf
        if before < step < following:
            found[place], before = True, step
    return found
