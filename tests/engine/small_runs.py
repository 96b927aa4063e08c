"""Runs of six steps on a short text: not begun yet, or finished once for all tests that damage a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from engine.runs.config import PRESETS, GPTConfig, RunConfig
from engine.runs.facts_copies import FACTS
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from tests.warm import run

TINY = msgspec.structs.replace(
    PRESETS["nano"],
    model=GPTConfig(vocab_size=65, emb_dim=32, n_heads=2, n_layers=2, context_length=32, drop_rate=0.1),
    max_steps=6, eval_every=3, eval_batches=1, sample_every=0, checkpoint_every=3, warmup_steps=2,
)  # fmt: skip


def begun(path: Path) -> RunFolder:
    """Of a run that has not begun, on a short text."""
    (path / "text.txt").write_text("to be or not to be that is the question\n" * 100)
    made = RunFolder(path / "run")
    made.write_facts(RunFacts(config=msgspec.structs.replace(TINY, corpus=str(path / "text.txt")), created=1.0))
    return made


def edit_config(folder: RunFolder, config: RunConfig) -> None:
    """As another hand does, which seals nothing: other settings than its checkpoints know."""
    facts = msgspec.structs.replace(folder.facts(), config=config)
    (folder.path / FACTS).write_bytes(msgspec.json.encode(facts))


def trained(made: RunFolder) -> RunFolder:
    """The same when it has finished, with checkpoints at 3 and 6."""
    done = run("train", "--run-folder", made.path, "--prepared")
    assert done.returncode == 0, done.stderr
    return made


def copied(whole: RunFolder, folder: Path) -> RunFolder:
    return RunFolder(shutil.copytree(whole.path, folder / "run", ignore=shutil.ignore_patterns("*.sock")))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Of a run that is over, for all tests."""
    return trained(begun(tmp_path_factory.mktemp("whole")))


@pytest.fixture
def finished(whole: RunFolder, tmp_path: Path) -> RunFolder:
    """Of a run that is over, to be damaged or gone on with."""
    return copied(whole, tmp_path)
