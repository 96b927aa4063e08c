"""Preparing the corpus is a part of a run: it is seen, can be stopped, and leaves nothing half."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.runs.config import PRESETS, GPTConfig
from engine.runs.control import control, start_detached
from engine.runs.meter import Meter
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from engine.runs.run_reader import RunReader
from engine.train.data import prepare
from engine.train.preparing import StoppedError
from tests.patience import PATIENCE_S, until
from tests.warm import run, warm_trainers

LONG = 60_000_000  # bytes: tens of seconds of byte pairs, which no test waits for
LINE = "It was the best of times, it was the worst of times, it was the age of wisdom.\n"
TINY = msgspec.structs.replace(
    PRESETS["nano"],
    model=GPTConfig(emb_dim=8, n_heads=1, n_layers=1, context_length=8, drop_rate=0.0),
    tokenizer="gpt2", device="cpu", max_steps=1, eval_batches=1, sample_every=0,
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


def _folder(path: Path, corpus: Path) -> RunFolder:
    folder = RunFolder(path)
    folder.write_facts(RunFacts(config=msgspec.structs.replace(TINY, corpus=str(corpus)), created=time.time()))
    return folder


@pytest.fixture
def preparing(tmp_path: Path) -> Iterator[tuple[RunFolder, int]]:
    """A run that is reading a corpus which it would take long for, and its process."""
    corpus = tmp_path / "long.txt"
    corpus.write_text(LINE * (LONG // len(LINE)))
    folder = _folder(tmp_path / "run", corpus)
    pid = start_detached(folder)
    until(lambda: folder.status().prepared_bytes > 0, "some of the corpus")
    status = folder.status()
    assert (status.state, status.bytes_to_prepare) == ("preparing", corpus.stat().st_size)
    assert status.prepared_bytes < status.bytes_to_prepare and not folder.tokens.exists()
    yield folder, pid
    corpus.unlink()


def _goes_on(folder: RunFolder) -> None:
    """With another text under the same name, of which alone it has the tokens then."""
    Path(folder.facts().config.corpus).write_text(LINE * 10)
    done: subprocess.CompletedProcess[str] = run("train", "--resume", folder.path)
    assert done.returncode == 0, done.stderr
    news = RunReader(folder).poll()
    assert (news.status.state, news.status.step, [record.step for record in news.records]) == ("finished", 1, [1])
    facts = folder.facts()
    assert facts.n_train_tokens + facts.n_validation_tokens == folder.tokens.stat().st_size // 2 < 300


@pytest.mark.parametrize("way", ["socket", signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_preparing_in_a_sentence_and_leaves_nothing_of_it(
    preparing: tuple[RunFolder, int], way: str | signal.Signals
) -> None:
    folder, pid = preparing
    if way == "socket":
        assert control(folder, "stop", PATIENCE_S) == "ok"
    else:
        os.kill(pid, signal.Signals(way))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    status = folder.status()
    assert (status.state, status.step, status.code) == ("stopped", 0, "training.stopped_preparing")
    assert status.sentence in folder.log_tail() and "Traceback" not in folder.log_tail()
    assert {path.name for path in folder.path.iterdir()} == {"run.json", "status.json", "log.txt", "lock"}
    _goes_on(folder)


def test_a_run_that_is_killed_while_it_prepares_prepares_again(preparing: tuple[RunFolder, int]) -> None:
    folder, pid = preparing
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert not folder.is_alive() and not folder.tokens.exists()
    _goes_on(folder)
    assert list(folder.path.glob("*.tmp")) == []


def test_two_runs_prepare_one_corpus_at_once(tmp_path: Path) -> None:
    corpus = tmp_path / "text.txt"
    corpus.write_text(LINE * 20_000)
    folders = [_folder(tmp_path / name, corpus) for name in ("one", "two")]
    for pid in [start_detached(folder) for folder in folders]:
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    one, two = (folder.facts() for folder in folders)
    assert one.hashes == two.hashes and one.n_train_tokens == two.n_train_tokens > 0


@pytest.mark.parametrize("tokenizer", ["characters", "bytes"])
def test_what_ends_preparing_anywhere_leaves_nothing_that_is_taken_for_tokens(tokenizer: str, tmp_path: Path) -> None:
    corpus = tmp_path / "text.txt"
    corpus.write_text(LINE * 40_000)
    config = msgspec.structs.replace(PRESETS["nano"], corpus=str(corpus), tokenizer=tokenizer)
    config = msgspec.structs.replace(config, model=msgspec.structs.replace(config.model, vocab_size=256))
    whole, _ = prepare(config, RunFolder(_made(tmp_path / "whole")))
    for n_blocks in (0, 1, 4, 5, 99):
        folder = RunFolder(_made(tmp_path / str(n_blocks)))
        meter = Ending(n_blocks)
        try:
            found, _ = prepare(config, folder, {}, meter)
        except StoppedError:
            assert not folder.tokens.exists() and list(folder.path.glob("*.tmp")) == []
            found, _ = prepare(config, folder)
        assert (found.train == whole.train).all() and (found.validation == whole.validation).all()
    assert meter.n_read == meter.n_bytes == corpus.stat().st_size * (2 if tokenizer == "characters" else 1)


class Ending(Meter):
    """A meter that ends it after so many blocks."""

    def __init__(self, n_blocks: int) -> None:
        self.n_blocks, self.n_bytes, self.n_read = n_blocks, 0, 0

    def begin(self, n_bytes: int) -> None:
        self.n_bytes = n_bytes

    def read(self, n_bytes: int) -> None:
        if not self.n_blocks:
            raise StoppedError("training.stopped_preparing", "Stopped.")
        self.n_blocks -= 1
        self.n_read += n_bytes


def _made(path: Path) -> Path:
    path.mkdir()
    return path
