"""What of a run that has ended another hand changed is said, and what its folder proves holds instead."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from engine.runs.branches import branch_point, branched, make_branch
from engine.runs.kept_checkpoints import was_mended
from engine.runs.known_lines import altered_lines
from engine.runs.run_folder import NONE_WHOLE, RunFolder
from tests.engine.small_runs import copied, whole  # noqa: F401  (a fixture)
from tests.warm import run
from visualizer.pretraining.runs import tracked_run
from visualizer.pretraining.runs.tracked_run import RunSnapshot, TrackedRun

RECORDS = "records.jsonl"


@pytest.fixture(scope="session")
def whole_branch(whole: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:  # noqa: F811
    """Of step 3 of a run of six, with two more steps than it; both have ended."""
    point = branch_point(whole, 3)
    made = make_branch(point, branched(point, {"max_steps": 8}), tmp_path_factory.mktemp("branch") / "run")
    done = run("train", "--resume", made.path)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def branch(whole_branch: RunFolder, tmp_path: Path) -> RunFolder:
    return copied(whole_branch, tmp_path)


def looked(folder: RunFolder, *, is_shown: bool = True) -> RunSnapshot:
    tracked = TrackedRun(folder.path, is_shown=is_shown)
    tracked.poll()
    return tracked.snapshot()


def rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Another file under its name: a checkpoint may share the old one with another run."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.unlink()
    path.write_bytes(b"".join(change(lines)))


def test_a_long_run_is_on_the_plots_before_its_lines_are_held_against_their_hashes(
    branch: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracked_run, "_MANY_STEPS", 2)
    rewrite(branch.path / RECORDS, lambda lines: lines[:-1])
    tracked = TrackedRun(branch.path, is_shown=True)
    assert tracked.poll()
    shown = tracked.snapshot()
    assert shown.curves.step.tolist() == [4, 5, 6, 7] and shown.header.sentence == ""
    assert tracked.poll()
    assert "Of its 8 steps 1 have no record" in tracked.snapshot().header.sentence
    assert not tracked.poll()


def test_of_a_run_as_it_ended_nothing_is_said(branch: RunFolder) -> None:
    shown = looked(branch)
    assert (shown.header.sentence, shown.header.state, shown.header.step) == ("", "finished", 8)
    assert shown.curves.step.tolist() == [4, 5, 6, 7, 8] and shown.curves.val_step.tolist() == [3, 6, 8]


@pytest.mark.parametrize(
    ("change", "steps", "words"),
    [
        (lambda lines, own: [own[3], *lines[1:]], None, "records.jsonl has other lines from before step 8"),
        (lambda lines, own: lines[:-1], [4, 5, 6, 7], "Of its 8 steps 1 have no record"),
        (lambda lines, own: own, [4, 5, 6], "records of steps before step 4, its first: they are left out. Of its 8"),
        (lambda lines, own: own + lines, None, "some lines cannot be read, and are left out. Its folder has records"),
        (
            lambda lines, own: [*lines, lines[-1].replace(b'"step":8', b'"step":9')],
            [4, 5, 6, 7, 8, 9],
            "Its records go on behind step 8, at which it ended: somebody else wrote these.",
        ),
    ],
)
def test_records_that_are_not_its_own_are_said_and_those_of_its_parent_left_out(
    branch: RunFolder,
    whole: RunFolder,  # noqa: F811
    change: Callable[[list[bytes], list[bytes]], list[bytes]],
    steps: list[int] | None,
    words: str,
) -> None:
    own = (whole.path / RECORDS).read_bytes().splitlines(keepends=True)
    rewrite(branch.path / RECORDS, lambda lines: change(lines, own))
    shown = looked(branch)
    assert words in shown.header.sentence
    assert shown.curves.step.tolist() == (steps or [4, 5, 6, 7, 8])


def test_files_and_checkpoints_that_are_gone_are_said(branch: RunFolder) -> None:
    (branch.path / RECORDS).unlink()
    shutil.rmtree(branch.path / "checkpoint-00000008")
    sentence = looked(branch).header.sentence
    assert sentence.startswith("Of its 8 steps 5 have no record") and "records.jsonl is gone." in sentence
    assert sentence.endswith("Its checkpoint of step 8 is gone or damaged: the newest is that of step 6.")
    shutil.rmtree(branch.path / "checkpoint-00000006")
    (branch.path / "checkpoint-00000003" / "progress.json").unlink(missing_ok=True)
    assert looked(branch).header.sentence.endswith(
        "Its checkpoint of step 8 is gone or damaged, and there is no other."
    )


def test_a_checkpoint_that_goes_while_its_run_is_shown_is_missed(branch: RunFolder) -> None:
    tracked = TrackedRun(branch.path)
    tracked.poll()
    shutil.rmtree(branch.path / "checkpoint-00000008")
    assert tracked.poll() and not tracked.poll()
    shown = tracked.snapshot()
    assert [one.progress.step for one in shown.checkpoints] == [6]
    assert shown.header.sentence == "Its checkpoint of step 8 is gone or damaged: the newest is that of step 6."


@pytest.mark.parametrize(("name", "value"), [("step", 7), ("elapsed_s", 1e6), ("state", "training")])
def test_a_status_that_another_hand_changed_is_not_believed(branch: RunFolder, name: str, value: object) -> None:
    told = branch.status()
    document = msgspec.json.decode(branch.status_file.read_bytes())
    branch.status_file.write_bytes(msgspec.json.encode({**document, name: value}))
    header = looked(branch).header
    assert header.sentence == "The status of this run is not as it was written; Resume goes on with it."
    assert (header.state, header.step) == ("stopped", 8) and header.elapsed_s <= told.elapsed_s
    done = run("train", "--resume", branch.path)
    assert done.returncode == 0 and looked(branch).header.sentence == ""


def test_a_step_that_the_run_cannot_have_made_is_not_shown(branch: RunFolder) -> None:
    branch.status_file.write_bytes(msgspec.json.encode(msgspec.structs.replace(branch.status(), step=10**6)))
    assert looked(branch).header.step == 8  # of a status without a seal, as runs wrote it before


def test_lines_are_known_by_what_stands_until_a_checkpoint_however_many_follow(branch: RunFolder) -> None:
    path = branch.path / RECORDS
    long = b'{"step":9,"text":"' + b"x" * (1 << 20) + b'"}\n'
    path.write_bytes(path.read_bytes() + long * 2 + b'{"step":9')
    tracked = TrackedRun(branch.path)
    tracked.poll()
    checkpoints = tracked.snapshot().checkpoints
    assert altered_lines(branch.path, checkpoints, 3) == {}
    assert altered_lines(branch.path, checkpoints[:1], 3) == {}  # with which it began: of that nothing is known
    rewrite(path, lambda lines: [lines[0].replace(b'"step":4', b'"step":5'), *lines[1:]])
    assert altered_lines(branch.path, checkpoints, 3) == {RECORDS: 8}


def test_a_run_that_ended_without_a_stamp_is_mended_once_a_checkpoint_is_whole(branch: RunFolder) -> None:
    aside = {path: path.read_bytes() for path in branch.path.glob("checkpoint-*/model.safetensors")}
    for path, data in aside.items():
        path.unlink()
        path.write_bytes(data[:-1])
    branch.write_status(msgspec.structs.replace(branch.status(), state="failed", sentence="None.", code=NONE_WHOLE))
    assert not was_mended(branch.path, "") and looked(branch).header.cannot_go_on
    path, data = aside.popitem()
    path.write_bytes(data)
    header = looked(branch).header
    assert not header.cannot_go_on and header.sentence.startswith("A checkpoint of it was changed by hand")
