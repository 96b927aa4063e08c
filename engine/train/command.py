"""`python -m engine train` and `visualizer train`: the trainer with a progress bar and no window.

What is wrong with a run is said before torch is imported, which takes seconds.
"""

from __future__ import annotations

import fcntl
import signal
import time
from typing import IO

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.arguments import asked_run
from engine.runs.model_folder import check_beginning
from engine.runs.run_folder import LIVE_STATES, RunFolder
from engine.shared.disk_errors import write_reason
from engine.shared.language import said, tr
from engine.shared.regular_files import open_file, set_aside_no_file
from engine.shared.terminal import follow_environment, tell
from engine.train.held_folder import HeldFolder
from engine.train.journal import fail
from engine.train.running import take

_MOST_WAIT_S = 30.0  # for a trainer that has ended to be gone


def main(argv: list[str]) -> int:
    """Train, and return 0 when the run ended as asked, by a stop, too; 1 with one sentence otherwise."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal may go, the run stays
    follow_environment()
    try:
        asked = asked_run(argv)
        folder = HeldFolder(asked.folder.path)
        held = lock(folder)
        running = take(folder)
        for words in asked.notices:
            tell(words)
    except EngineError as error:
        tell(error)
        return 1
    except OSError as error:  # of a folder or a file that was named
        reason = said(write_reason(error))
        tell(tr("The run cannot begin: {file}: {reason}.", file=error.filename, reason=reason))
        return 1
    except KeyboardInterrupt:
        tell(tr("Interrupted before a run was begun."))
        return 128 + signal.SIGINT
    with held:
        try:
            _check(folder)
            # Only now, which takes seconds.
            from engine.train.process import train

            return train(running, asked.settings)
        except EngineError as error:
            fail(running.journal, error.sentence)
            return 1
        finally:
            running.control.close()


def _check(folder: RunFolder) -> None:
    run = folder.facts().config
    run.check()
    if not folder.tokens.exists():
        corpus.check(run)
    if not folder.has_checkpoint:
        check_beginning(run)


def lock(folder: RunFolder) -> IO[bytes]:
    """The run is this process's until it ends, however it ends. Raises EngineError when another has it."""
    try:
        set_aside_no_file(folder.path / "lock")
        file = open_file(folder.path / "lock", "wb")
    except OSError as error:
        raise EngineError(
            "run.not_writable",
            "The run folder {folder} cannot be written: {reason}.",
            folder=folder.path,
            reason=write_reason(error),
        ) from error
    deadline_s = time.monotonic() + _MOST_WAIT_S
    while not _is_locked(file):
        if folder.status().state in LIVE_STATES or time.monotonic() > deadline_s:
            file.close()
            raise EngineError("run.locked", "The run {run} is being trained by another process.", run=folder.name)
        time.sleep(0.05)  # the other one has said how it ended, and is about to be gone
    return file


def _is_locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
