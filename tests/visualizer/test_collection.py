"""When the window looks for cycles among all objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.patience import PATIENCE_MS
from visualizer.app.collection import RestingCollector
from visualizer.model.turns import Turns, Work


@pytest.fixture
def looks(qapp) -> Iterator[list[int]]:
    """At all objects that were begun by themselves, each as a 2."""
    found: list[int] = []

    def hear(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            found.append(2)

    before = gc.get_threshold()
    gc.callbacks.append(hear)
    yield found
    gc.callbacks.remove(hear)
    gc.set_threshold(*before)


def test_no_look_at_all_objects_holds_up_work_in_turns_and_one_follows_it(qtbot, looks: list[int]) -> None:
    turns, seen = Turns(), list[int]()
    collector = RestingCollector(turns)
    gc.set_threshold(20, *gc.get_threshold()[1:])

    def work() -> Work[None]:
        for _ in range(100):
            kept = [[] for _ in range(1_000)]
            yield
            del kept

    turns.done.connect(lambda _result: seen.append(len(looks)))
    with qtbot.waitSignal(turns.done, timeout=PATIENCE_MS):
        turns.start(work())
    assert seen == [0]
    qtbot.waitUntil(lambda: bool(looks), timeout=PATIENCE_MS)
    collector.deleteLater()
