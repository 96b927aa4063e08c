"""A curve in a few words, for who does not see it: how it begins and ends, and how far it went on the way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.shared.language import tr, trn
from visualizer.pretraining import formatting


def curve_words(name: str, steps: np.ndarray, values: np.ndarray, word: Callable[[float], str]) -> str:
    """ "training loss 4.17 at step 1 to 1.92 at step 2,000, lowest 1.90 at step 1,950, highest 4.20 at step 3"; "" of a
    curve without numbers. `word` writes one of the values."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return ""
    lowest, highest = (int(known[pick(values[known])]) for pick in (np.argmin, np.argmax))
    first, last = int(known[0]), int(known[-1])

    def at(index: int) -> str:
        return tr("{value} at step {step}", value=word(float(values[index])), step=formatting.count(steps[index]))

    if len(known) == 1:
        words = [f"{name} {at(first)}"]
    else:
        words = [tr("{curve} {begin} to {end}", curve=name, begin=at(first), end=at(last))]
        words += [tr("lowest {place}", place=at(lowest))] if lowest != last else []
        words += [tr("highest {place}", place=at(highest))] if highest not in (first, last) else []
    n_odd = len(values) - len(known)
    words += [trn("{n} not finite", "{n} not finite", n_odd)] if n_odd else []
    return ", ".join(words)
