"""A trainer's process from its first signal to its last line. It imports torch, which takes seconds."""

from __future__ import annotations

import signal

from engine.protocol.errors import EngineError
from engine.runs.run_folder import RunFolder
from engine.train.control_socket import ControlSocket
from engine.train.journal import fail
from engine.train.progress import Progress
from engine.train.sentences import failure
from engine.train.trainer import Trainer


def train(folder: RunFolder, *, resume: bool) -> int:
    """Train the run of a folder that no other process trains, and return the exit status.

    Raises EngineError for what it cannot begin with; what happens later is in the status and on the terminal.
    """
    progress = Progress(folder)
    try:
        trainer = Trainer(folder, progress.report, progress.warn)
    except EngineError:
        raise
    except Exception as error:
        fail(folder, failure(error))
        raise
    control = ControlSocket(folder.path)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.stop())
    try:
        if resume:
            trainer.resume()
        progress.begin(trainer.run, trainer.step, trainer.tokenizer.size)
        trainer.train(control)
    except EngineError as error:
        trainer.journal.say(error.sentence, urgent=True, state="failed", step=trainer.step)
        return 1
    except Exception as error:
        # Out of memory and the like: the window must learn of it; the traceback goes to the log.
        trainer.journal.say(failure(error), urgent=True, state="failed", step=trainer.step)
        raise
    finally:
        control.close()
    state = trainer.journal.status.state
    rest = f"; visualizer train --resume {folder.path} goes on with it" if state == "stopped" else ""
    progress.end(f"{state} at step {trainer.step:,}; the run is in {folder.path}{rest}")
    return 0
