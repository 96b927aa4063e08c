"""A trainer that does not hear is stopped all the same."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import msgspec
import pytest

from engine.protocol.errors import EngineError
from engine.runs import stopping
from engine.runs.control import start_detached
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from engine.runs.stopping import KILLED, Stopping
from engine.shared.processes import is_held
from tests.engine.small_runs import TINY, begun
from tests.patience import PATIENCE_S, until
from tests.warm import warm_trainers


@pytest.fixture
def held(tmp_path: Path) -> RunFolder:
    """A run that trains, and whose trainer is held by a signal after its first checkpoint."""
    made = begun(tmp_path)
    config = msgspec.structs.replace(made.facts().config, max_steps=10**6, eval_every=10**6, checkpoint_every=5)
    assert config.model == TINY.model
    made.write_facts(RunFacts(config=config, created=1.0))
    with warm_trainers():
        pid = start_detached(made)
    until(lambda: made.status().checkpoint_step, "it has a checkpoint")
    os.kill(pid, signal.SIGSTOP)
    until(lambda: is_held(pid), "it is held")
    return made


def ended(run: RunFolder) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(run.status().pid, 0)[1])


def test_a_trainer_that_a_signal_holds_is_let_go_and_stops(held: RunFolder) -> None:
    assert Stopping(PATIENCE_S).stop(held) == "ok"
    assert ended(held) == 0 and held.status().state == "stopped"


def test_one_that_hears_nothing_is_ended_by_the_second_stop(held: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "is_held", lambda pid: False)
    asked, step = Stopping(0.2), held.status().checkpoint_step
    with pytest.raises(EngineError, match=rf"no answer came in time\. Another Stop ends .* step {step:,} is lost"):
        asked.stop(held)
    assert asked.stop(held) == KILLED
    assert ended(held) == -signal.SIGKILL and not held.is_alive()
    with pytest.raises(EngineError, match="nobody listens"):
        asked.stop(held)
