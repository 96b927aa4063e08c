"""A run's folder that is renamed, deleted, or followed by another of its name, while the run trains."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.protocol.errors import EngineError
from engine.runs.control import control
from engine.runs.run_folder import RunFolder, StepRecord
from engine.runs.run_reader import RunReader
from engine.train.control_socket import ControlSocket
from engine.train.held_folder import HeldFolder
from engine.train.journal import Journal
from engine.train.trainer import Trainer
from tests.engine.small_runs import begun
from tests.patience import PATIENCE_S

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a folder is known by its name alone")


def train(path: Path, at_step_2: Callable[[], object]) -> HeldFolder:
    """A run of 6 steps, with something that happens in the middle of it."""
    folder = HeldFolder(path)
    ear = ControlSocket(path)
    trainer = Trainer(
        Journal(folder), lambda record: at_step_2() if isinstance(record, StepRecord) and record.step == 2 else None
    )
    try:
        trainer.resume()
        trainer.train(ear)
    finally:
        trainer.gradients.close()
        ear.close()
    return folder


@on_linux
def test_a_run_whose_folder_is_renamed_goes_on_in_it_and_is_heard_there(tmp_path: Path) -> None:
    run, other = begun(tmp_path).path, tmp_path / "other"
    heard = []

    def rename() -> None:
        run.rename(other)
        heard.append(control(RunFolder(other), "sample", PATIENCE_S))

    folder = train(run, rename)
    assert heard == ["ok"] and folder.path == other and folder.name == "other" and not run.exists()
    status = RunFolder(other).status()
    assert (status.state, status.checkpoint_step, status.sentence) == ("finished", 6, "")
    assert [record.step for record in RunReader(RunFolder(other)).poll().records] == [1, 2, 3, 4, 5, 6]


@on_linux
def test_a_folder_that_takes_its_name_gets_nothing_of_it(tmp_path: Path) -> None:
    run, other = begun(tmp_path).path, tmp_path / "other"

    def make_way() -> None:
        run.rename(other)
        run.mkdir()
        (run / "control.sock").write_text("of another run")

    train(run, make_way)
    assert [path.name for path in run.iterdir()] == ["control.sock"]
    assert RunFolder(other).status().state == "finished"


def test_a_run_whose_folder_is_deleted_ends_and_makes_none_anew(tmp_path: Path) -> None:
    run = begun(tmp_path).path
    with pytest.raises(EngineError, match="was deleted, or cannot be found any more, so training stopped at step 2"):
        train(run, lambda: shutil.rmtree(run))
    assert sorted(os.listdir(tmp_path)) == ["text.txt"]
