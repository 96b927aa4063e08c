"""Which checkpoints stay, and when a run has had patience enough."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.disk_space import checkpoint_bytes
from engine.runs.kept_checkpoints import (
    PROGRESS,
    Improvement,
    Progress,
    best_of,
    kept_checkpoints,
    superfluous,
)
from engine.runs.run_folder import RunFolder
from engine.runs.run_reader import RunReader
from tests.engine.small_runs import TINY, begun
from tests.warm import run, warm_trainers


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


def made(folder: Path, losses: dict[int, float | None], *, milestones: tuple[int, ...] = ()) -> list[int]:
    """Checkpoints of some 1,000 bytes by step, with their validation loss. Returns their steps."""
    for step, loss in losses.items():
        path = folder / checkpoint_name(step)
        path.mkdir()
        progress = Progress(step=step, tokens=step, elapsed_s=0, validation_loss=loss, is_milestone=step in milestones)
        (path / PROGRESS).write_bytes(msgspec.json.encode(progress))
        (path / "model.safetensors").write_bytes(bytes(1000 - (path / PROGRESS).stat().st_size))
    return list(losses)


def stay(folder: Path, budget_bytes: float) -> list[int]:
    gone = superfluous(folder, budget_bytes)
    return [one.progress.step for one in kept_checkpoints(folder) if one.path not in gone]


def test_the_newest_two_and_the_best_stay_whatever_the_budget(tmp_path: Path) -> None:
    made(tmp_path, {10: 3.0, 20: 2.0, 30: 2.5, 40: math.nan, 50: None}, milestones=(10, 20, 30))
    assert stay(tmp_path, 0) == [20, 40, 50]
    best = best_of(kept_checkpoints(tmp_path))
    assert best is not None and best.progress.step == 20


def test_of_the_others_every_kth_stays_while_there_is_room_and_the_oldest_goes_first(tmp_path: Path) -> None:
    made(tmp_path, {step: 4.0 + step for step in range(10, 100, 10)}, milestones=(20, 40, 60))
    assert stay(tmp_path, 1e9) == [10, 20, 40, 60, 80, 90]
    assert stay(tmp_path, 5000) == [10, 40, 60, 80, 90]
    assert stay(tmp_path, 4999) == [10, 60, 80, 90]


def test_one_whose_progress_is_damaged_is_dropped_once_it_is_old(tmp_path: Path) -> None:
    made(tmp_path, {10: 3.0, 20: 2.0, 30: 2.5, 40: 2.6})
    for step in (10, 40):
        (tmp_path / checkpoint_name(step) / PROGRESS).write_bytes(b"{")
    assert superfluous(tmp_path, 0) == [tmp_path / checkpoint_name(10)]


def test_patience_counts_validations_without_a_better_one_and_nan_is_never_better() -> None:
    best = Improvement()
    for step, loss in enumerate((3.0, 2.0, 2.0, math.nan)):
        best = best.after(step, loss)
    assert best == Improvement(2.0, 1, 2)
    assert best.is_over(2) and not best.is_over(3) and not best.is_over(0)
    assert best.after(4, 1.9) == Improvement(1.9, 4)


def test_the_room_for_milestones_is_within_the_budget() -> None:
    one = checkpoint_bytes(TINY) // 4
    kept = msgspec.structs.replace(TINY, max_steps=3000, checkpoint_every=3, keep_every=10)
    assert checkpoint_bytes(kept) == 104 * one
    assert checkpoint_bytes(msgspec.structs.replace(kept, keep_gb=20 * one / 1e9)) == 20 * one
    assert checkpoint_bytes(msgspec.structs.replace(kept, keep_gb=0)) == 4 * one


def test_a_run_ends_early_with_its_best_weights_kept_and_goes_on_with_more_patience(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    facts = folder.facts()
    # The rate is 0 after the warm-up, so that no later validation is better than the second.
    config = msgspec.structs.replace(
        facts.config, max_steps=400, decay_steps=3, min_learning_rate=0.0, eval_every=3, checkpoint_every=3,
        keep_every=2, patience=4,
    )  # fmt: skip
    folder.write_facts(msgspec.structs.replace(facts, config=config))
    done = run("train", "--run-folder", folder.path, "--prepared")
    assert done.returncode == 0, done.stderr
    status = folder.status()
    assert (status.state, status.is_early, status.step) == ("finished", True, 15)
    said = (
        r"Ended early at step 15: the validation loss has not been better than \d\.\d{4}, of step 3, in 4 validations"
    )
    assert re.fullmatch(said + r"\.", status.sentence) and status.sentence in done.stdout
    assert [one.progress.step for one in kept_checkpoints(folder.path)] == [3, 6, 12, 15]
    assert run("train", "--resume", folder.path, "--patience", 6).returncode == 0
    assert folder.status().step == 21
    assert [one.step for one in RunReader(folder).poll().evaluations] == list(range(0, 22, 3))


def test_old_checkpoints_have_no_validation_and_count_from_there(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    path = folder.path / checkpoint_name(7)
    path.mkdir()
    (path / PROGRESS).write_bytes(b'{"step":7,"tokens":1,"elapsed_s":1.0}')
    (found,) = kept_checkpoints(folder.path)
    assert found.progress.improvement == Improvement() and best_of([found]) is None
