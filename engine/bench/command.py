"""`python -m engine bench`: the engine's rows of the benchmark, measured in this process.

To add a row, write a function that returns its measurements and name it in _MEASURES; `make bench` finds it here.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable

from engine.bench.answers import answer_times
from engine.bench.backward import recorded_backward
from engine.bench.forward import watched_forward
from engine.bench.kept_passes import kept_passes
from engine.bench.trainer import trainer_speed
from engine.bench.training_loop import training_loop_that_pauses, watched_training_loop
from engine.bench.waiting_times import waiting_times
from engine.shared.measurement import Measurement, encode

_MEASURES: dict[str, Callable[[], list[Measurement]]] = {
    "forward": watched_forward,
    "backward": recorded_backward,
    "training loop": watched_training_loop,
    "pause on NaN": training_loop_that_pauses,
    "kept passes": kept_passes,
    "answers": answer_times,
    "trainer": trainer_speed,
    "waiting times": waiting_times,
}


def main(argv: list[str]) -> int:
    """Print the measurements as one line of JSON, or the names of what can be measured, one a line."""
    parser = argparse.ArgumentParser(prog="python -P -m engine bench", description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the names of what can be measured")
    parser.add_argument("--only", choices=_MEASURES, help="measure this alone")
    options = parser.parse_args(argv)
    if options.list:
        print("\n".join(_MEASURES))
    else:
        names = [options.only] if options.only else list(_MEASURES)
        gc.freeze()  # as the engine does before it serves
        print(encode([measured for name in names for measured in _MEASURES[name]()]))
    return 0
