"""The engine's rows of `make bench`. To add one, write a function that returns its measurements and name it here."""

from __future__ import annotations

from collections.abc import Callable

from engine.bench.answers import answer_times
from engine.bench.backward import recorded_backward
from engine.bench.forward import watched_forward
from engine.bench.kept_passes import kept_passes
from engine.bench.pyramid import pyramid_times
from engine.bench.trainer import trainer_speed
from engine.bench.training_loop import training_loop_that_pauses, watched_training_loop
from engine.bench.waiting_times import waiting_times
from engine.shared.measurement import Measurement

MEASURES: dict[str, Callable[[], list[Measurement]]] = {
    "forward": watched_forward,
    "backward": recorded_backward,
    "training loop": watched_training_loop,
    "pause on NaN": training_loop_that_pauses,
    "kept passes": kept_passes,
    "answers": answer_times,
    "large tensor": pyramid_times,
    "trainer": trainer_speed,
    "waiting times": waiting_times,
}
