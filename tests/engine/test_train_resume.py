"""`visualizer train` and a run folder that is taken, or that other settings are given for."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from engine.runs.config import PRESETS
from engine.runs.run_folder import RunFolder, new_folder


def _train(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "engine", "train", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100)


def _new(tmp_path: Path) -> RunFolder:
    return new_folder(tmp_path, PRESETS["nano"], "nano")


def test_a_run_has_one_trainer_at_a_time(tmp_path: Path) -> None:
    folder = _new(tmp_path)
    with (folder.path / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = _train("--resume", folder.path)
    assert (refused.returncode, refused.stderr) == (
        1,
        f"The run {folder.name} is being trained by another process.\n",
    )
    assert folder.status().state == "starting"  # the other's run is not called failed


def test_settings_beside_resume_are_refused(tmp_path: Path) -> None:
    folder = _new(tmp_path)
    refused = _train("--resume", folder.path, "--max-steps", 3)
    assert refused.returncode == 1
    assert refused.stderr == "--resume goes on with the run as it was begun; --max-steps belongs to a new run.\n"


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    refused = _train("--resume", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr == f"{tmp_path} is not the folder of a training run: run.json could not be read.\n"


def test_a_model_larger_than_the_memory_fails_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    failed = _train("--emb-dim", 200_000, "--n-layers", 2, "--run-folder", folder)
    assert failed.returncode == 1
    sentence = "There is not enough memory for this run: a smaller batch_size, context_length or model needs less."
    assert failed.stderr.splitlines()[0] == sentence
    assert (RunFolder(folder).status().state, RunFolder(folder).status().sentence) == ("failed", sentence)
