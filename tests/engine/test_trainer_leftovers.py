"""What an earlier trainer or a careless person left in the way of a run."""

import math
import os
import signal
import socket
import time
from pathlib import Path

import msgspec
import pytest

from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS
from engine.runs.control import start_detached
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from engine.runs.run_reader import RunReader
from tests.engine.small_runs import edit_config
from tests.engine.test_trainer import TINY, _train, trainers_are_warm  # noqa: F401
from tests.patience import until


def test_a_killed_run_resumes_without_its_corpus_past_a_dead_socket_and_half_a_checkpoint(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("To be, or not to be, that is the question.\n" * 200)
    folder = RunFolder(tmp_path / "run")
    run = msgspec.structs.replace(TINY, corpus=str(text), max_steps=100_000, sample_every=0)
    folder.write_facts(RunFacts(config=run, created=time.time()))
    pid = start_detached(folder)
    until(lambda: folder.status().checkpoint_step >= 10, "the first checkpoint")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with socket.socket(socket.AF_UNIX) as link, pytest.raises(OSError):
        link.connect(folder.status().socket)  # the dead socket is still there
    half = folder.path / ".checkpoint-00099999.tmp"
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"half")
    for name in (
        ".status.json.1",
        ".run.json.1",
        ".changes.json.1",
        ".name.txt.999999999",
        ".records.columns.999999999",
    ):
        (folder.path / f"{name}.tmp").write_bytes(b"{")
    written = folder.path / ".name.txt.1.tmp"  # by a window that lives
    written.write_bytes(b"a name")
    text.unlink()
    step = folder.status().checkpoint_step
    edit_config(folder, msgspec.structs.replace(run, max_steps=step + 5))
    done = _train(folder, "--resume", str(folder.path))
    assert done.returncode == 0, done.stderr
    assert [record.step for record in RunReader(folder).poll().records] == list(range(1, folder.status().step + 1))
    assert folder.status().state == "finished"
    assert list(folder.path.glob(".*.tmp")) == [written] and not Path(folder.status().socket).exists()


@pytest.mark.parametrize("name", ["learning_rate", "min_learning_rate", "grad_clip", "weight_decay"])
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_setting_that_is_no_finite_number_is_refused(name: str, bad: float) -> None:
    with pytest.raises(EngineError, match=f"{name} is (nan|inf); it must be"):
        msgspec.structs.replace(PRESETS["nano"], **{name: bad}).check()
