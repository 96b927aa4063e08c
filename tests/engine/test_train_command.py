"""`visualizer train` says in one sentence what is wrong, and says it before torch is imported."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import msgspec
import pytest

from engine.runs.config import PRESETS
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, Status, new_folder
from engine.train.command import lock
from tests.patience import PATIENCE_S
from tests.warm import run

# The trainer's own entry, where whatever imports torch fails with a traceback.
_WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
from engine.__main__ import main
sys.exit(main(["train", *sys.argv[1:]]))
"""


def _refused(*arguments: object) -> str:
    """What the command says when it refuses, without its line's end."""
    words = [sys.executable, "-P", "-c", _WITHOUT_TORCH, *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1, done
    return done.stderr.rstrip("\n")


def _new(tmp_path: Path) -> RunFolder:
    return new_folder(tmp_path, PRESETS["nano"], "nano")


def test_an_unknown_option_is_refused_with_the_usage() -> None:
    words = [sys.executable, "-P", "-c", _WITHOUT_TORCH, "--bogus"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 2 and done.stderr.startswith("usage: visualizer train")
    assert done.stderr.endswith("error: unrecognized arguments: --bogus\n")


REFUSED = [
    (("--n-heads", 3), "n_heads 3 does not divide emb_dim 128, so the width cannot be shared out. 2 or 4 would."),
    (("--learning-rate", "nan"), "learning_rate is nan; it must be above 0 and at most 1,000."),
    (
        ("--learning-rate", "0,001"),
        "learning_rate needs a point before its decimals, not a comma: 0.001, not “0,001”.",
    ),
    (
        ("--seed", "-3"),
        "seed is -3; it must be a whole number from 0 to 9,223,372,036,854,775,807.",
    ),
    (("--max-steps", "1e6"), "max_steps needs a whole number from 1 to 1,000,000,000, not “1e6”."),
    (("--tokenizer", "words"), "There is no tokenizer 'words'; choose one of gpt2, bytes, characters."),
    (
        ("--corpus", "/nowhere/text.txt"),
        "There is no corpus at /nowhere/text.txt: choose a text file or a folder of text files.",
    ),
    (("--config", "/nowhere/config.py"), "/nowhere/config.py could not be read as text: "),
]
# All of them in one interpreter, which takes as long as one of them.
_ONE_AFTER_ANOTHER = """
import contextlib, io, json, sys
sys.modules["torch"] = None
from engine.__main__ import main
told = []
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        status = main(["train", *arguments])
    told.append((status, out.getvalue(), err.getvalue()))
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """By the sentence that is expected: the folder of the run that was wanted, and what was said."""
    folders = [tmp_path_factory.mktemp("refused") / "run" for _ in REFUSED]
    wanted = [
        ["--run-folder", str(folder), *map(str, arguments)]
        for folder, (arguments, _) in zip(folders, REFUSED, strict=True)
    ]
    command = [sys.executable, "-P", "-c", _ONE_AFTER_ANOTHER, json.dumps(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    told = json.loads(done.stdout)
    for status, out, error in told:
        assert status == 1 and out == "" and error.count("\n") == 1, (status, out, error)
    return {
        sentence: (folder, error) for folder, (_, sentence), (_, _, error) in zip(folders, REFUSED, told, strict=True)
    }


@pytest.mark.parametrize("sentence", [sentence for _, sentence in REFUSED])
def test_a_run_that_cannot_be_is_refused_and_leaves_no_folder(
    refusals: dict[str, tuple[Path, str]], sentence: str
) -> None:
    folder, said = refusals[sentence]
    assert said.startswith(sentence)
    assert not folder.exists()


INTERRUPTED = """
import sys
from engine.__main__ import main

class Imports:
    def find_spec(name, path, target=None):
        if name.startswith("engine."):
            raise KeyboardInterrupt

sys.meta_path.insert(0, Imports)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["train", "sample", "export", "change"])
def test_a_command_that_is_interrupted_while_it_is_imported_says_so(command: str) -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, command], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted.\n")


def test_a_run_has_one_trainer_at_a_time(tmp_path: Path) -> None:
    folder = _new(tmp_path)
    with (folder.path / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert _refused("--resume", folder.path) == f"The run {folder.name} is being trained by another process."
    assert folder.status().state == "starting"  # the other's run is not called failed


def test_a_run_that_has_just_ended_goes_on_as_soon_as_its_trainer_is_gone(tmp_path: Path) -> None:
    folder = _new(tmp_path)
    folder.write_status(Status(state="finished"))
    taken: list[IO[bytes]] = []
    waiting = threading.Thread(target=lambda: taken.append(lock(folder)))
    with (folder.path / "lock").open("wb") as ending:
        fcntl.flock(ending, fcntl.LOCK_EX)
        waiting.start()
        waiting.join(0.2)
        assert not taken
    waiting.join(PATIENCE_S)
    taken[0].close()


def test_a_folder_that_holds_a_run_is_not_begun_anew(tmp_path: Path) -> None:
    folder = _new(tmp_path)
    sentence = f"{folder.path} already holds a run; --resume goes on with it."
    assert _refused("--run-folder", folder.path) == sentence


def test_settings_that_cannot_change_are_refused_beside_resume(tmp_path: Path) -> None:
    sentence = "--resume goes on with the run as it was begun; --seed belongs to a new run."
    assert _refused("--resume", _new(tmp_path).path, "--seed", 3) == sentence
    sentence = "learning_rate needs a point before its decimals, not a comma: 0.001, not “0,001”."
    assert _refused("--resume", _new(tmp_path).path, "--learning-rate", "0,001") == sentence


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    sentence = f"{tmp_path} is not the folder of a training run: run.json could not be read."
    assert _refused("--resume", tmp_path) == sentence


def test_a_run_whose_corpus_is_gone_before_it_began_says_where_it_was(tmp_path: Path) -> None:
    missing = tmp_path / "gone.txt"
    folder = RunFolder(tmp_path / "run")
    config = msgspec.structs.replace(PRESETS["nano"], corpus=str(missing))
    folder.write_facts(RunFacts(config=config, created=time.time()))
    sentence = f"There is no corpus at {missing}: choose a text file or a folder of text files."
    assert _refused("--run-folder", folder.path, "--prepared") == sentence
    assert (folder.status().state, folder.status().sentence) == ("failed", sentence)


def test_a_model_larger_than_the_memory_fails_in_one_sentence(tmp_path: Path) -> None:
    refused = _refused("--emb-dim", 200_000, "--n-layers", 2, "--run-folder", tmp_path / "large")
    assert refused.startswith("The run needs about 46.1 TB for its checkpoints and tokens, and ")
    folder = RunFolder(tmp_path / "large")
    nano = PRESETS["nano"]
    large = msgspec.structs.replace(nano, model=msgspec.structs.replace(nano.model, emb_dim=200_000, n_layers=2))
    folder.write_facts(RunFacts(config=large, created=time.time()))
    failed = run("train", "--run-folder", folder.path, "--prepared")
    assert failed.returncode == 1
    sentence = "There is not enough memory for this run: a smaller batch_size, context_length or model needs less."
    assert failed.stderr.splitlines()[0] == sentence
    assert (folder.status().state, folder.status().sentence) == ("failed", sentence)
