"""A run whose folder was damaged, or changed by another hand: nothing is wrong without a word, and it goes on."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.protocol.errors import EngineError
from engine.runs.branches import branch_point, make_branch
from engine.runs.changes import Change, write_changes
from engine.runs.checkpoint_choice import alphabet_of
from engine.runs.checkpoint_names import kept
from engine.runs.control import start_detached
from engine.runs.kept_checkpoints import kept_checkpoints, read_progress
from engine.runs.known_changes import known_changes
from engine.runs.run_folder import RunFolder, list_runs
from engine.runs.run_reader import RunReader
from engine.runs.weights import find_weights
from engine.shared.file_hashes import hash_of
from engine.shared.stored_json import is_as_written, sealed
from engine.train.data import prepare
from tests.engine.small_runs import begun, trained
from tests.warm import run, warm_trainers

RATE = (Change(step=2, settings={"learning_rate": 5e-4}),)
FILES = (
    "run.json",
    "status.json",
    "records.jsonl",
    "evaluations.jsonl",
    "changes.json",
    "checkpoint-00000006/progress.json",
)


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Of 6 steps, whose rate was changed after 2."""
    made = begun(tmp_path_factory.mktemp("whole"))
    write_changes(made.path, RATE)
    return trained(made)


def read_everything(folder: RunFolder) -> None:
    """As the window and the commands do, before a trainer begins. What is said is an EngineError."""
    list_runs(folder.path.parent)
    folder.status()
    folder.is_alive()
    kept_checkpoints(folder.path)
    for read in (folder.facts, lambda: known_changes(folder.path), lambda: branch_point(folder)):
        with contextlib.suppress(EngineError):
            read()
    RunReader(folder).poll()
    RunReader(folder, in_columns=True).poll()


# -- whatever happens to a file


def gone(path: Path) -> None:
    path.unlink()


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def made_a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def made_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def made_a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def deep(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"{", b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b",", 1))


def of_huge_numbers(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b":", b":1" + b"0" * 400, 1))


@pytest.mark.parametrize(
    "damage", [gone, made_a_folder, made_a_loop, made_a_pipe, made_a_device, deep, of_huge_numbers]
)
def test_no_damage_to_one_file_keeps_a_run_from_being_looked_at(
    finished: RunFolder, damage: Callable[[Path], None]
) -> None:
    for name in FILES:
        kept_aside = finished.path / "aside"
        shutil.copyfile(finished.path / name, kept_aside)
        damage(finished.path / name)
        read_everything(finished)
        path = finished.path / name
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        kept_aside.rename(path)


def test_what_is_no_file_is_never_waited_for(whole: RunFolder, tmp_path: Path) -> None:
    names = [str(path.relative_to(whole.path)) for path in whole.path.rglob("*") if path.is_file()]
    assert {"lock", "tokens.bin", "checkpoint-00000006/model.safetensors"} <= set(names)
    for name in names:
        copy = RunFolder(shutil.copytree(whole.path, tmp_path / name.replace("/", "-")))
        made_a_pipe(copy.path / name)
        for words in (("sample", copy.path, "--prompt", "to", "--max-tokens", 1), ("train", "--resume", copy.path)):
            done = run(*words)
            assert done.returncode in (0, 1) and "Traceback" not in done.stderr, (name, done.stderr)
            assert done.returncode == 0 or (done.stdout + done.stderr).strip(), name
    log = RunFolder(shutil.copytree(whole.path, tmp_path / "log"))
    os.mkfifo(log.path / "log.txt")
    os.waitpid(start_detached(log, resume=True), 0)
    assert (log.path / "log.txt").is_file() and (log.path / "unusable-log.txt").is_fifo()


@pytest.mark.parametrize("tokens", [b"\xff\xff", b"\0"])
def test_tokens_that_are_none_of_the_vocabulary_are_damage(finished: RunFolder, tokens: bytes) -> None:
    facts = finished.facts()
    finished.tokens.write_bytes(finished.tokens.read_bytes() + tokens)
    hashes = facts.hashes | {"tokens.bin": hash_of(finished.tokens)}
    with pytest.raises(EngineError, match=r"tokens\.bin of its folder is missing or damaged"):
        prepare(facts.config, finished, hashes)


@pytest.mark.parametrize("alphabet", ["", "ab", "aab", "\udcff"])
def test_an_alphabet_is_something_in_order_and_each_character_once(finished: RunFolder, alphabet: str) -> None:
    path = finished.alphabet
    path.write_bytes(alphabet.encode("utf-8", "surrogateescape"))
    facts = finished.facts()
    finished.write_facts(msgspec.structs.replace(facts, hashes=facts.hashes | {path.name: hash_of(path)}))
    if alphabet == "ab":
        assert alphabet_of(finished) == "ab"
        return
    with pytest.raises(EngineError, match=r"alphabet\.txt of the run run is missing or damaged"):
        alphabet_of(finished)
    with pytest.raises(EngineError, match=r"alphabet\.txt of its folder is missing or damaged"):
        prepare(facts.config, finished, finished.facts().hashes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(FILES), place=st.floats(0, 1, exclude_max=True), new=st.binary(max_size=6))
def test_nor_do_bytes_that_are_written_over(finished: RunFolder, name: str, place: float, new: bytes) -> None:
    path = finished.path / name
    before = path.read_bytes()
    at = int(place * len(before))
    path.write_bytes(before[:at] + new + before[at + len(new) :])
    try:
        read_everything(finished)
    finally:
        path.write_bytes(before)


# -- what is not as it was written


def test_what_was_sealed_is_known_however_it_is_set_since() -> None:
    data = sealed(b'{"step":6,"tokens":12}')
    assert is_as_written(data) and is_as_written(b'{"step":6}')  # of an older program
    assert not is_as_written(data.replace(b"6", b"7"))
    assert not is_as_written(msgspec.json.format(data))


def test_a_checkpoint_whose_numbers_are_others_is_set_aside_with_a_sentence(finished: RunFolder) -> None:
    progress = finished.path / "checkpoint-00000006" / "progress.json"
    progress.write_bytes(progress.read_bytes().replace(b'"micro_batch":12', b'"micro_batch":2'))
    with pytest.raises(EngineError, match="its progress cannot be read"):
        read_progress(progress.parent)
    (said,) = branch_point(finished).said
    assert said.text == "checkpoint-00000006 is damaged or foreign: the branch begins with the checkpoint of step 3."
    before = RunReader(finished).poll().records
    done = run("train", "--resume", finished.path)
    assert done.returncode == 0 and "Training goes on from the checkpoint of step 3." in done.stdout
    assert [path.name for path in kept(finished.path)] == ["checkpoint-00000003", "checkpoint-00000006"]
    assert (finished.path / "unusable-checkpoint-00000006").is_dir()
    after = RunReader(finished).poll().records
    assert [(record.step, record.loss) for record in after] == [(record.step, record.loss) for record in before]


def test_only_a_folder_of_a_checkpoint_s_name_is_one(finished: RunFolder) -> None:
    names = [path.name for path in kept(finished.path)]
    for name in ("checkpoint-abc", "checkpoint-7", "checkpoint-00000006 (copy)", "checkpoint-²²²²²²²²"):
        shutil.copytree(finished.path / "checkpoint-00000006", finished.path / name)
    (finished.path / "checkpoint-00000009").write_text("a file")
    assert [path.name for path in kept(finished.path)] == names
    shutil.copytree(finished.path / "checkpoint-00000006", finished.path / "checkpoint-100000000")
    assert kept(finished.path)[-1].name == "checkpoint-100000000"  # by number
    with pytest.raises(EngineError, match="its progress cannot be read"):
        read_progress(finished.path / "checkpoint-100000000")  # it is of step 6


def test_a_run_whose_settings_another_hand_changed_says_so_and_goes_on_with_them(finished: RunFolder) -> None:
    path = finished.path / "run.json"
    assert finished.edited() is None
    path.write_bytes(path.read_bytes().replace(b'"max_steps": 6', b'"max_steps": 7'))
    assert str(find_weights(finished.path).words) == "run at step 6, whose run.json is not as it was written"
    done = run("train", "--resume", finished.path)
    assert done.returncode == 0 and finished.status().step == 7
    assert "run.json of run is not as it was written: it tells max_steps 7, its checkpoint of step 6 max_steps 6." in (
        done.stdout
    )


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_run_whose_settings_are_of_another_model_goes_on_with_its_own(finished: RunFolder, is_sealed: bool) -> None:
    """Another run's run.json, or one in which a bit was turned over, cannot be that of these weights."""
    own, path = finished.facts(), finished.path / "run.json"
    model = msgspec.structs.replace(own.config.model, emb_dim=36)
    finished.write_facts(msgspec.structs.replace(own, config=msgspec.structs.replace(own.config, model=model)))
    if not is_sealed:
        path.write_bytes(path.read_bytes().replace(b'"created": 1', b'"created": 2'))
    assert finished.facts() == own
    done = run("train", "--resume", finished.path, "--max-steps", 7)
    assert done.returncode == 0 and finished.status().step == 7
    assert "it tells emb_dim 36, its checkpoint of step 6 emb_dim 32. What the checkpoint keeps" in done.stdout
    assert finished.edited() is None and (finished.path / "unusable-run.json").is_file()


def test_a_run_json_of_another_run_with_the_same_model_is_known(finished: RunFolder) -> None:
    own = finished.facts()
    other = msgspec.structs.replace(own, config=msgspec.structs.replace(own.config, seed=5, learning_rate=0.5))
    finished.write_facts(other)
    assert finished.facts() == own
    assert "is not its own: it tells learning_rate 0.5, seed 5," in str(finished.edited())
    finished.write_facts(msgspec.structs.replace(own, n_train_tokens=own.n_train_tokens + 1))
    assert finished.facts().n_train_tokens == own.n_train_tokens + 1 and finished.edited() is None


@pytest.mark.parametrize(
    "content", [None, b"", b'[{"step":2,"settings":{"learning_rate":0.4}}]', b'[{"step":2,"settings":{"seed":4}}]']
)
def test_changes_that_are_lost_are_taken_from_the_checkpoint(finished: RunFolder, content: bytes | None) -> None:
    path = finished.path / "changes.json"
    path.unlink() if content is None else path.write_bytes(content)
    known = known_changes(finished.path)
    assert known.changes == RATE and known.said is not None
    assert known.said.text.endswith("its checkpoint of step 6 tells, from step 3 on learning_rate 5e-4.")
    assert RunReader(finished).poll().changes == RATE


def test_changes_that_no_checkpoint_tells_are_not_guessed(finished: RunFolder) -> None:
    (finished.path / "changes.json").write_bytes(b'[{"step":2,"settings":{"seed":4}}]')
    for checkpoint in kept(finished.path):
        shutil.rmtree(checkpoint)
    with pytest.raises(EngineError, match=r"changes\.json of its folder, what was changed of it, is damaged"):
        known_changes(finished.path)


def test_records_that_are_lost_are_said_and_doubled_ones_are_dropped(finished: RunFolder) -> None:
    records, evaluations = finished.path / "records.jsonl", finished.path / "evaluations.jsonl"
    lines = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join([*lines[:2], b"torn", *lines[3:]]))
    evaluations.write_bytes(2 * evaluations.read_bytes())
    news = RunReader(finished).poll()
    assert [record.step for record in news.records] == [1, 2, 5, 6]  # the torn line took the next one with it
    assert [evaluation.step for evaluation in news.evaluations] == [0, 3, 6]
    in_columns = RunReader(finished, in_columns=True).poll()
    assert in_columns.steps[0].tolist() == [1, 2, 5, 6]
    assert news.damaged == in_columns.damaged == ("records.jsonl", "evaluations.jsonl")
    done = run("train", "--resume", finished.path)
    assert done.returncode == 0
    assert "records.jsonl of the run lost lines, or have changed ones, from before step 6" in done.stdout
    assert RunReader(finished).poll().damaged == ()
    again = run("train", "--resume", finished.path, "--max-steps", 8)  # nor is it forgotten
    assert again.returncode == 0 and finished.status().altered == {"records.jsonl": 6}
    assert read_progress(kept(finished.path)[-1]).altered == finished.status().altered


def test_a_file_of_records_that_cannot_be_appended_to_is_said_before_it_trains(finished: RunFolder) -> None:
    (finished.path / "ways.jsonl").unlink()
    (finished.path / "ways.jsonl").symlink_to(finished.path / "nowhere" / "ways.jsonl")
    done = run("train", "--resume", finished.path)
    assert done.returncode == 1 and "ways.jsonl could not be written: " in done.stdout


def test_what_lies_where_a_run_writes_its_files_and_is_none_is_set_aside(finished: RunFolder) -> None:
    made_a_folder(finished.path / "ways.jsonl")
    made_a_loop(finished.path / "status.json")
    made_a_loop(finished.path / "lock")
    assert finished.status().state == "stopped"
    done = run("train", "--resume", finished.path, "--max-steps", 7)
    assert done.returncode == 0, done.stderr
    assert "status.json and ways.jsonl of the run was no file, and was set aside" in done.stdout
    assert (finished.status().state, finished.status().step) == ("finished", 7)
    assert (finished.path / "unusable-ways.jsonl").is_dir()


@pytest.mark.parametrize("damage", [gone, made_a_folder, of_huge_numbers])
def test_a_run_that_lost_its_run_json_goes_on_with_the_copy_in_its_checkpoint(
    finished: RunFolder, damage: Callable[[Path], None]
) -> None:
    path, before = finished.path / "run.json", finished.facts()
    written = path.read_bytes()
    damage(path)
    assert (
        finished.facts() == before
        and finished.exists()
        and finished.path in [one.path for one in list_runs(finished.path.parent)]
    )
    done = run("train", "--resume", finished.path)
    assert done.returncode == 0, done.stderr
    assert re.search(
        r"run\.json of run cannot be read \(.+\): what its checkpoint of step 6 keeps of it holds\.", done.stdout
    )
    assert (finished.path / "unusable-run.json").exists() == (damage is not gone)
    assert path.read_bytes() == written and finished.edited() is None


def test_a_branch_keeps_no_settings_of_its_parent(finished: RunFolder) -> None:
    point = branch_point(finished)
    made = make_branch(point, msgspec.structs.replace(point.config, max_steps=9), finished.path.parent / "branch")
    (made.path / "run.json").unlink()
    assert made.facts().config.max_steps == 9 and made.facts().parent == str(finished.path.resolve())


def test_checkpoints_under_each_other_s_names_get_their_own_again(finished: RunFolder) -> None:
    third, sixth = kept(finished.path)
    sixth.rename(finished.path / "aside")
    third.rename(sixth)
    (finished.path / "aside").rename(third)
    assert kept_checkpoints(finished.path) == ()
    done = run("train", "--resume", finished.path, "--max-steps", 7)
    assert done.returncode == 0 and "those of the steps 3 and 6 have their own again" in done.stdout
    assert [one.progress.step for one in kept_checkpoints(finished.path)] == [6, 7]
    assert [record.step for record in RunReader(finished).poll().records] == [1, 2, 3, 4, 5, 6, 7]


def test_tokens_that_are_gone_come_again_only_of_the_same_corpus(finished: RunFolder) -> None:
    facts = finished.facts()
    finished.tokens.unlink()
    prepare(facts.config, finished, facts.hashes)
    assert finished.tokens.exists()
    finished.tokens.unlink()
    text = Path(facts.config.corpus)
    before = text.read_text()
    text.write_text(before.replace("question", "answer q"))
    try:
        with pytest.raises(EngineError, match=r"the corpus .* is no longer what it was when the run was begun"):
            prepare(facts.config, finished, facts.hashes)
    finally:
        text.write_text(before)
    assert not finished.tokens.exists()
