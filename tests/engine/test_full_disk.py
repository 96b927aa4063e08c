"""Real trainers on a disk that has no room for their weights."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from engine.runs.control import control, start_detached
from engine.runs.run_folder import RunFolder
from tests.engine.small_runs import begun
from tests.patience import PATIENCE_S, until
from tests.warm import server_pid, warm_trainers

FEW_BYTES = 100_000  # enough for every file of such a run but the optimizer of a checkpoint


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Of a run that has not begun, on a short text."""
    return begun(tmp_path)


def start_on_a_small_disk(folder: RunFolder) -> int:
    """A trainer that can write no file of more than FEW_BYTES, until its limit is lifted; it has that of its parent."""
    parent = server_pid("engine")
    before = resource.prlimit(parent, resource.RLIMIT_FSIZE, (FEW_BYTES, resource.RLIM_INFINITY))
    try:
        with warm_trainers():
            return start_detached(folder)
    finally:
        resource.prlimit(parent, resource.RLIMIT_FSIZE, before)


def waits_for_room(folder: RunFolder) -> bool:
    return folder.status().code == "checkpoint.last_waits"


def test_a_run_without_room_for_its_last_weights_holds_them_until_there_is(folder: RunFolder) -> None:
    pid = start_on_a_small_disk(folder)
    until(lambda: waits_for_room(folder), "it waits")
    status = folder.status()
    assert status.state == "stopping" and status.checkpoint_step == 0
    assert "The weights of step 6 could not be written: the file would be larger" in status.sentence
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    status = folder.status()
    assert (status.state, status.checkpoint_step, status.sentence) == ("finished", 6, "")
    assert "The checkpoint at step 3 could not be written" in folder.log_tail()


def test_a_run_that_gives_its_last_weights_up_has_failed(folder: RunFolder) -> None:
    pid = start_on_a_small_disk(folder)
    until(lambda: waits_for_room(folder), "it waits")
    assert control(folder, "stop", PATIENCE_S) == "ok"
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    status = folder.status()
    assert status.state == "failed" and status.code == "checkpoint.last_given_up_none_before"
    assert folder.log_tail().rstrip().endswith(status.sentence) and "Traceback" not in folder.log_tail()
