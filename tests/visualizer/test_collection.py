"""When and on which thread the window looks for cycles."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE_MS
from tests.visualizer.window import environment
from visualizer.app import collection
from visualizer.app.application import make_application
from visualizer.app.collection import RestingCollector
from visualizer.app.settings import Settings
from visualizer.model.turns import Turns, Work


@pytest.fixture
def looks(qapp) -> Iterator[list[int]]:
    """The generations that were looked through, in their order."""
    found: list[int] = []

    def hear(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.callbacks.append(hear)
    yield found
    gc.callbacks.remove(hear)


def test_no_look_at_all_objects_holds_up_work_in_turns_and_one_follows_it(
    qtbot, looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "_YOUNG_OBJECTS", 1_000)
    monkeypatch.setattr(collection, "_OBJECTS", 2_000)
    turns, seen = Turns(), list[int]()
    collector = RestingCollector(turns)

    def work() -> Work[None]:
        kept = []
        while len(looks) < 5:  # by the third of which one at all objects is due
            kept += [[] for _ in range(100)]
            yield

    turns.done.connect(lambda _result: seen.extend(looks))
    with qtbot.waitSignal(turns.done, timeout=PATIENCE_MS):
        turns.start(work())
    assert seen and 2 not in seen
    qtbot.waitUntil(lambda: 2 in looks, timeout=PATIENCE_MS)
    collector.deleteLater()


class Knot:
    """Something that only a look for cycles ends, as a widget whose slots know it; it tells where that was."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.me, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.current_thread())


def test_what_is_in_a_cycle_ends_on_the_threads_of_qt_whoever_makes_one_object_too_many(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    for _ in range(2):
        application = make_application(Settings())
    assert len(application.findChildren(RestingCollector)) == 1
    gc.enable()  # as Python begins
    collector = RestingCollector(None)
    ended: list[threading.Thread] = []
    Knot(ended)
    made: list[list[None]] = []
    other = threading.Thread(target=lambda: made.extend([] for _ in range(50_000)))
    other.start()
    other.join()
    assert not ended
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.main_thread()]
    collector.deleteLater()
