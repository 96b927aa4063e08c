"""What lies where the system lets nobody look is said in a sentence, and no tree of it ends a command or a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.checkpoint_names import kept
from engine.runs.config import PRESETS
from engine.runs.run_folder import RunFolder, list_runs
from engine.runs.weights import find_weights
from tests.warm import run

NAME = "n" * 300  # which no disk takes, whoever asks: as of a folder that one may not enter, looking at it fails


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (list_runs, "The folder of runs .* cannot be read: its name or its path is too long"),
        (find_weights, "cannot be read: its name or its path is too long"),
        (
            lambda path: corpus.check(msgspec.structs.replace(PRESETS["nano"], corpus=str(path / "text.txt"))),
            "could not be read: its name or its path is too long",
        ),
        (lambda path: RunFolder(path).facts(), "run.json could not be read"),
    ],
)
def test_where_nobody_can_look_is_said_with_the_reason(
    look: Callable[[Path], object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(EngineError, match=words):
        look(tmp_path / NAME)


def test_a_run_that_cannot_be_reached_is_gone_and_has_no_checkpoints(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / NAME)
    assert folder.is_gone and not folder.exists() and not folder.is_alive() and kept(folder.path) == []
    assert list_runs(tmp_path / "nothing") == []


@pytest.mark.parametrize("command", [("sample", "--prompt", "to"), ("export", "target"), ("train", "--resume")])
def test_a_command_says_it_in_a_line(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / NAME
    words = {"sample": ("sample", path, *command[1:]), "export": ("export", path, tmp_path / "target")}
    done = run(*words.get(command[0], (*command, path)))
    assert done.returncode == 1 and "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1
