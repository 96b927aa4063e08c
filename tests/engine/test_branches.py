"""A branch begins where another run kept a checkpoint: as that one where nothing is changed, and without needing it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.protocol.errors import EngineError
from engine.runs.branches import branch_point, branched, left_out, make_branch
from engine.runs.checkpoint_names import checkpoint_name
from engine.runs.config_rules import ConfigError
from engine.runs.kept_checkpoints import kept_checkpoints
from engine.runs.run_folder import RunFolder, list_runs
from engine.runs.run_reader import RunReader
from tests.engine.small_runs import TINY, begun
from tests.warm import run, warm_trainers


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Of 6 steps, with checkpoints of 3 and 6."""
    made = begun(tmp_path_factory.mktemp("parent"))
    done = run("train", "--run-folder", made.path, "--prepared")
    assert done.returncode == 0, done.stderr
    return made


def test_a_branch_without_other_settings_goes_on_as_its_parent_did_and_needs_it_no_more(
    parent: RunFolder, tmp_path: Path
) -> None:
    copy = RunFolder(shutil.copytree(parent.path, tmp_path / "copy", ignore=shutil.ignore_patterns("*.sock")))
    point = branch_point(copy, 3)
    made = make_branch(point, point.config, tmp_path / "branch")
    shutil.rmtree(copy.path)
    (parent.path.parent / "text.txt").rename(tmp_path / "text.txt")
    try:
        done = run("train", "--resume", made.path)
    finally:
        (tmp_path / "text.txt").rename(parent.path.parent / "text.txt")
    assert done.returncode == 0, done.stderr
    found, expected = RunReader(made).poll(), RunReader(parent).poll()
    assert [(each.step, each.tokens, each.loss) for each in found.records] == [
        (each.step, each.tokens, each.loss) for each in expected.records[3:]
    ]
    assert found.evaluations == expected.evaluations[1:]  # the first at the step of its beginning
    facts = made.facts()
    assert (Path(facts.parent).name, facts.parent_step) == ("copy", 3)
    parent_s = sum(each.dt_ms for each in expected.records[:3]) / 1000
    assert facts.parent_elapsed_s == pytest.approx(parent_s)
    own_s = sum(each.dt_ms for each in found.records) / 1000
    assert made.status().elapsed_s == pytest.approx(parent_s + own_s)


def test_a_branch_has_another_rate_another_corpus_and_another_batch_from_the_terminal(
    parent: RunFolder, tmp_path: Path
) -> None:
    text = tmp_path / "other.txt"
    text.write_text("to be is to question that: not\n" * 100)
    folder = RunFolder(tmp_path / "branch")
    others = ("--corpus", text, "--learning-rate", 5e-4, "--batch-size", 6, "--max-steps", 9)
    done = run("train", "--branch-from", parent.path, "--at-step", 3, "--run-folder", folder.path, *others)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Characters that are no tokens of run are left out: :\n")
    assert "Training from step 3 to 9" in done.stdout
    config, facts = folder.facts().config, folder.facts()
    assert (config.max_steps, config.horizon, config.learning_rate) == (9, 6, 5e-4)
    assert facts.vocabulary == parent.facts().vocabulary  # its tokens are those that the weights know
    records = RunReader(folder).poll().records
    per_step = TINY.model.context_length * 6
    assert [each.tokens for each in records] == [3 * TINY.tokens_per_step + n * per_step for n in range(1, 7)]
    assert [each.step for each in RunReader(folder).poll().evaluations] == [3, 6, 9]
    assert [one.progress.step for one in kept_checkpoints(folder.path)] == [6, 9]
    assert run("train", "--resume", folder.path, "--max-steps", 10).returncode == 0
    assert RunReader(folder).poll().records[:6] == records


def test_what_the_weights_are_of_cannot_change_in_a_branch(parent: RunFolder) -> None:
    point = branch_point(parent)
    assert point.step == 6
    for asked, sentence in (
        ({"emb_dim": 64}, "emb_dim is that of the checkpoint, 32: a branch cannot change it."),
        ({"tokenizer": "bytes"}, "tokenizer is that of the checkpoint, characters: a branch cannot change it."),
        ({"max_steps": 6}, "max_steps 6 lies behind the 6 steps that are made."),
    ):
        with pytest.raises(ConfigError, match=f"^{sentence}$"):
            branched(point, dict(asked))
    assert branched(point, {"drop_rate": 0.5, "max_steps": 7}).model.drop_rate == 0.5


def test_a_checkpoint_that_is_not_there_is_named_with_those_that_are(parent: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"^run has no checkpoint to branch from at step 4; it has 3, 6\.$"):
        branch_point(parent, 4)
    with pytest.raises(EngineError, match=r"^run has no checkpoint to branch from; it has none\.$"):
        branch_point(begun(tmp_path))


def test_a_branch_whose_beginning_is_gone_does_not_begin_anew(parent: RunFolder, tmp_path: Path) -> None:
    point = branch_point(parent, 3)
    longer = msgspec.structs.replace(point.config, max_steps=8)
    made = make_branch(point, longer, tmp_path / "branch")
    again = make_branch(point, longer, tmp_path / "branch")
    assert again.name == "branch-2" and left_out(point, longer) == ""
    shutil.rmtree(made.path / checkpoint_name(3))
    done = run("train", "--resume", made.path)
    assert done.returncode == 1
    sentence = "The branch cannot begin: the checkpoint of step 3 is gone, and there is no later one."
    assert made.status().sentence == sentence and done.stdout.endswith(sentence + "\n")


def test_a_branch_has_its_name_only_when_it_is_whole(parent: RunFolder, tmp_path: Path) -> None:
    killed = tmp_path / ".made.999999999.branch"  # left by a process that is gone
    killed.mkdir()
    (killed / "run.json").write_bytes((parent.path / "run.json").read_bytes())
    assert list_runs(tmp_path) == []
    point = branch_point(parent, 3)
    (tmp_path / "made").write_text("a file has the name")
    made = make_branch(point, point.config, tmp_path / "made")
    assert made.name == "made-2" and sorted(path.name for path in tmp_path.iterdir()) == ["made", "made-2"]
    with pytest.raises(EngineError, match="could not be written: it is no folder, or lies in none"):
        make_branch(point, point.config, tmp_path / "made" / "below a file")
