"""What a run does where the disk, the clock, or what lies in its folder is not as it should be."""

from __future__ import annotations

import errno
import io
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs import disk_space, run_folder
from engine.runs.control import control, start_detached
from engine.runs.kept_checkpoints import Progress, read_progress
from engine.runs.model_folder import read_folder
from engine.runs.run_folder import RunFolder, Status
from engine.runs.run_reader import RunReader
from engine.runs.step_way import StepWay
from engine.shared import disk_errors
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import read_reason, write_reason
from engine.train import checkpoint
from engine.train.control_socket import ControlSocket
from engine.train.data import prepare
from engine.train.journal import Journal
from engine.train.line_files import LineFiles
from engine.train.model import GPT2
from engine.train.optimizer import make_optimizer
from tests.engine.small_runs import TINY, begun
from tests.patience import PATIENCE_S, until
from tests.warm import run, warm_trainers


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Of a run that has not begun, on a short text."""
    return begun(tmp_path)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on the device"),
        (OSError("1048578 requested and 456704 written"), "no space left on the device"),
        (
            ValueError('I/O error: Os { code: 28 } "No space left on device (os error 28)"'),
            "no space left on the device",
        ),
        (OSError(errno.EROFS, "Read-only file system"), "the disk is read-only"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "it is a folder"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "its folder is not there"),
        (OSError("something else."), "something else"),
    ],
)
def test_why_nothing_was_written_has_one_wording(error: Exception, words: str) -> None:
    assert str(write_reason(error)) == words
    assert str(read_reason(error)) == ("there is no such file" if isinstance(error, FileNotFoundError) else words)


def test_the_system_s_own_words_are_asked_for_in_one_place() -> None:
    root = Path(disk_errors.__file__).parents[2]
    found = [path for room in ("engine", "visualizer") for path in (root / room).rglob("*.py")]
    assert [path for path in found if "strerror" in path.read_text()] == [Path(disk_errors.__file__)]


def test_a_run_for_which_the_disk_has_no_room_is_refused_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk_space.check(TINY, tmp_path / "not" / "there")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1_000_000))
    with pytest.raises(EngineError, match=r"needs about 3\.\d+ MB for its checkpoints and tokens, and .* 1 MB free"):
        disk_space.check(TINY, tmp_path / "not" / "there")


# -- damage


def saved(folder: Path, *steps: int) -> tuple[GPT2, torch.optim.Optimizer]:
    """Checkpoints of a model that has made a step before each."""
    model = GPT2(TINY.model)
    optimizer = make_optimizer(model, TINY, torch.device("cpu"))
    random = {"torch": torch.get_rng_state(), "batches": torch.Generator().get_state()}
    for step in steps:
        model(*torch.randint(65, (2, 1, 32))).backward()
        optimizer.step()
        checkpoint.save(folder, model, optimizer, random, Progress(step=step, tokens=step, elapsed_s=0))
    return model, optimizer


def test_two_checkpoints_are_kept_and_a_damaged_one_falls_back_to_the_other(tmp_path: Path) -> None:
    model, optimizer = saved(tmp_path, 1, 2, 3)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["checkpoint-00000002", "checkpoint-00000003"]
    for damaged in ("model.safetensors", "random.safetensors"):
        path = tmp_path / "checkpoint-00000003" / damaged
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
        found = checkpoint.load_newest(tmp_path, model, optimizer)
        assert found is not None and found.progress.step == 2
        error = found.damaged[0].error  # of the first file that is read
        assert "damaged: model.safetensors is not as it was written" in str(error)
    (tmp_path / "checkpoint-00000002" / "progress.json").write_bytes(b"{")
    with pytest.raises(EngineError, match="checkpoint-00000003 is damaged"):
        checkpoint.load_newest(tmp_path, model, optimizer)
    assert checkpoint.load_newest(tmp_path / "nothing", model, optimizer) is None


@pytest.mark.parametrize("file", ["progress.json", "model.safetensors"])
def test_a_checkpoint_that_may_not_be_opened_is_no_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """As one of somebody else's: no older one is taken for it, and it keeps its name."""
    model, optimizer = saved(tmp_path, 1, 2)
    newest, opened = tmp_path / "checkpoint-00000002" / file, os.open

    def refused(path: Any, *given: Any, **named: Any) -> int:
        if os.fspath(path) == os.fspath(newest):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, *given, **named)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(EngineError, match=r"checkpoint-00000002 cannot be opened: permission denied\.$"):
        checkpoint.load_newest(tmp_path, model, optimizer)


@pytest.mark.parametrize("read", [lambda path: RunFolder(path).facts(), read_folder])
def test_a_folder_that_nobody_may_look_into_is_not_said_to_be_another_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], object]
) -> None:
    def refused(path: Any, *given: Any, **named: Any) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(EngineError, match=r"\.json cannot be read: permission denied\.$"):
        read(tmp_path)


def change_moment(tensors: dict[str, torch.Tensor]) -> None:
    name = next(name for name in tensors if name.startswith("exp_avg/"))
    tensors[name] = torch.zeros(3)


def drop_moment(tensors: dict[str, torch.Tensor]) -> None:
    del tensors[next(name for name in tensors if name.startswith("step/"))]


def of_another_type(tensors: dict[str, torch.Tensor]) -> None:
    name = next(name for name in tensors if name.endswith("norm_f.weight"))
    tensors[name] = tensors[name].to(torch.int32)


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("optimizer.safetensors", change_moment, "of its optimizer does not fit the model"),
        ("optimizer.safetensors", drop_moment, "of its optimizer does not fit the model"),
        ("random.safetensors", lambda tensors: tensors.pop("torch"), "states of its random generators"),
        (
            "random.safetensors",
            lambda tensors: tensors.update(batches=torch.zeros(3)),
            "states of its random generators",
        ),
        ("model.safetensors", lambda tensors: tensors.popitem(), "its weights do not fit the model"),
        ("optimizer.safetensors", of_another_type, "of its optimizer does not fit the model"),
        ("model.safetensors", of_another_type, "its weights do not fit the model"),
    ],
)
def test_a_foreign_checkpoint_of_whole_files_is_refused_and_changes_nothing(
    tmp_path: Path, file: str, change: object, words: str
) -> None:
    model, optimizer = saved(tmp_path, 1)
    path = tmp_path / "checkpoint-00000001"
    tensors = load_file(path / file)
    change(tensors)  # type: ignore[operator]
    save_file(tensors, path / file)
    progress = msgspec.structs.replace(read_progress(path), hashes={})  # as before there were any
    (path / "progress.json").write_bytes(msgspec.json.encode(progress))
    before = [parameter.clone() for parameter in model.parameters()]
    with pytest.raises(EngineError, match=words):
        checkpoint.load(path, model, optimizer)
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


@pytest.mark.parametrize("name", ["tokens.bin", "alphabet.txt"])
@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_run_whose_corpus_in_its_folder_is_damaged_makes_it_again_or_says_which_file(
    finished: RunFolder, name: str, damage: str
) -> None:
    path, hashes = finished.path / name, finished.facts().hashes
    assert set(hashes) == {"tokens.bin", "alphabet.txt"}
    data = path.read_bytes()
    path.write_bytes(b"x" + data[1:] if damage == "changed" else data[:-1])
    if damage == "gone":
        path.unlink()
    text = Path(finished.facts().config.corpus)
    for corpus in (text.with_name("gone.txt"), text.with_name("another.txt")):
        text.with_name("another.txt").write_text(("t" if name == "tokens.bin" else "x") + text.read_text())
        config = msgspec.structs.replace(finished.facts().config, corpus=str(corpus))
        with pytest.raises(EngineError, match=r"(tokens\.bin|alphabet\.txt) of its folder is missing or damaged"):
            prepare(config, finished, hashes)
    tokens, _ = prepare(finished.facts().config, finished, hashes)  # made again of the same corpus
    assert str(tokens.said) == f"{name} of the run was missing or damaged, and was made again of the same corpus."
    assert path.read_bytes() == data
    assert prepare(finished.facts().config, finished, hashes)[0].said is None


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"\xff", None])
def test_of_a_damaged_or_lost_status_what_the_folder_tells_is_taken_and_the_run_goes_on(
    finished: RunFolder, content: bytes | None
) -> None:
    known = finished.status()
    if content is None:
        finished.status_file.unlink()
    else:
        finished.status_file.write_bytes(content)
    status = finished.status()
    assert (status.state, status.step, status.checkpoint_step) == ("stopped", 6, 6) and not finished.is_alive()
    assert 0 < status.elapsed_s <= known.elapsed_s
    word = "is lost" if content is None else "was damaged"
    assert status.sentence == f"The status of this run {word}; Resume goes on with it."
    if content == b"{":
        done = run("train", "--resume", finished.path)
        assert done.returncode == 0 and finished.status().state == "finished", done.stderr


def test_a_run_that_is_killed_before_its_first_checkpoint_begins_again_with_one_first_evaluation(
    folder: RunFolder,
) -> None:
    long = msgspec.structs.replace(folder.facts().config, max_steps=10**6, checkpoint_every=10**6)
    folder.write_facts(msgspec.structs.replace(folder.facts(), config=long))
    pid = start_detached(folder)
    until(lambda: folder.status().step >= 1, "it trains")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    short = msgspec.structs.replace(long, max_steps=6)
    folder.write_facts(msgspec.structs.replace(folder.facts(), config=short))
    done = run("train", "--resume", folder.path)
    assert done.returncode == 0, done.stderr
    news = RunReader(folder).poll()
    assert [evaluation.step for evaluation in news.evaluations] == [0, 3, 6]
    assert [record.step for record in news.records] == [1, 2, 3, 4, 5, 6]


# -- socket, clock, status


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A folder whose path no socket can have."""
    made = tmp_path / ("deep" * 30)
    made.mkdir()
    return made


@pytest.fixture
def short() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="v") as name:
        yield Path(name)


def hears(made: ControlSocket, folder: Path) -> bool:
    RunFolder(folder).write_status(Status(state="training", socket=made.address))
    return control(RunFolder(folder), "pause", PATIENCE_S) == "ok" and made.wants_pause


def test_a_socket_that_does_not_fit_beside_its_run_lies_in_a_folder_of_this_user_alone(
    deep: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    made = ControlSocket(deep)
    try:
        assert Path(made.address).parent == short / "visualizer" and not made.failure
        assert (short / "visualizer").stat().st_mode & 0o777 == 0o700
        assert hears(made, deep)
    finally:
        made.close()
    assert list((short / "visualizer").iterdir()) == []


@pytest.mark.parametrize("named", ["", "a file"])
def test_without_a_folder_for_it_a_socket_lies_where_nobody_guesses(
    deep: Path, short: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (short / "a file").write_text("no folder")
    (short / "tmp").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short / named) if named else "")
    monkeypatch.setattr(tempfile, "tempdir", str(short / "tmp"))
    made = ControlSocket(deep)
    try:
        (folder,) = (short / "tmp").iterdir()
        assert Path(made.address) == folder / "control.sock" and folder.stat().st_mode & 0o777 == 0o700
        assert hears(made, deep)
    finally:
        made.close()
    assert list((short / "tmp").iterdir()) == []


def test_a_trainer_goes_on_without_a_socket_that_cannot_be_made(deep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    made = ControlSocket(deep)
    assert made.address == "" and "path is too long" in str(made.failure) and list(deep.iterdir()) == []
    made.close()


@pytest.mark.parametrize("content", [None, b"", b'{"state": "finished", "step": 900}'])
def test_a_trainer_that_waits_writes_its_status_again_where_another_hand_changed_it(
    folder: RunFolder, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder)
    journal.set(urgent=True, state="paused", step=7)
    written = folder.status_file.read_bytes()
    monkeypatch.setattr(Journal, "age_s", property(lambda _: 0.6))
    before = folder.status_file.stat().st_ino
    journal.keep_status()
    assert folder.status_file.stat().st_ino == before  # nothing is written where nothing was changed
    if content is None:
        folder.status_file.unlink()
    else:
        folder.status_file.write_bytes(content)
    journal.keep_status()
    assert folder.status_file.read_bytes() == written


def test_a_clock_that_is_set_back_holds_no_status_up(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(folder)
    journal.set(urgent=True, step=1)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    until(lambda: journal.age_s > 0.5, "half a second has passed")
    journal.set(step=2)
    assert folder.status().step == 2


def test_records_that_could_not_be_written_are_said_until_they_are(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder)
    journal.add(StepWay(step=1, micro_batch=4, n_micro_batches=1))
    with monkeypatch.context() as full:
        full.setattr(LineFiles, "append", Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
        assert not journal.flush()
        assert journal.status.sentence == (
            "ways.jsonl could not be written: no space left on the device. Training goes on."
        )
    assert journal.flush() and journal.status.sentence == ""
    journal.say(Sentence("another", "Another."))
    assert journal.flush() and journal.status.sentence == "Another."


def test_on_a_full_disk_the_status_is_written_into_the_room_that_it_has(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_status(Status(state="training", sentence="a sentence that is longer than the next"))

    def full(path: Path, data: bytes, *, durable: bool = True) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    class Whole(io.FileIO):
        def truncate(self, size: int | None = None) -> int:
            raise AssertionError("whoever reads before the second step finds half of each status")

    monkeypatch.setattr(run_folder, "replace_file", full)
    monkeypatch.setattr(run_folder, "open_file", lambda path, mode, buffering: Whole(path, mode))
    folder.write_status(Status(state="stopping"))
    assert folder.status().state == "stopping"


@pytest.mark.parametrize("n_bytes", [0, 4096])
def test_a_file_that_cannot_be_replaced_is_named_and_not_what_it_is_written_under(tmp_path: Path, n_bytes: int) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(b"before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, limits[1]))
    try:
        with pytest.raises(OSError) as refused:
            replace_file(path, b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert refused.value.filename == str(path) and refused.value.errno == errno.EFBIG
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError) as refused:
        replace_file(tmp_path / "folder", b"")
    assert refused.value.filename == str(tmp_path / "folder")
    assert path.read_bytes() == b"before" and sorted(p.name for p in tmp_path.iterdir()) == ["folder", "run.json"]
