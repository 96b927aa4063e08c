"""A trainer's process from its first signal to its last line. It imports torch, which takes seconds."""

from __future__ import annotations

from engine.protocol.errors import EngineError
from engine.runs.changes import Change, Settings
from engine.runs.run_folder import RunFolder
from engine.runs.step_columns import keep
from engine.shared.language import grouped, mark, tr
from engine.shared.numbers import plain
from engine.train.journal import fail
from engine.train.preparing import Preparing, StoppedError
from engine.train.running import Running
from engine.train.sentences import failure
from engine.train.trainer import Trainer


def train(running: Running, settings: Settings) -> int:
    """Prepare the corpus of a run and train it, and return the exit status; `settings` are other ones with which it is
    resumed.

    Raises EngineError for what it cannot begin with; what happens later is in the status and on the terminal.
    """
    folder, _, progress, control = running
    trainer = _prepared(running)
    if trainer is None:
        return 0
    try:
        trainer.resume(settings)
        progress.begin(trainer.run, trainer.step, trainer.tokenizer.size)
        trainer.train(control)
    except EngineError as error:
        _tell_failure(running, trainer, error)
        return 1
    except Exception as error:
        # Out of memory and the like: the window must learn of it; the traceback goes to the log.
        trainer.journal.say(failure(error), urgent=True, state="failed", step=trainer.step)
        raise
    finally:
        trainer.gradients.close()
    keep(folder.path)
    _tell_end(running, trainer)
    return 0


def _prepared(running: Running) -> Trainer | None:
    """The corpus encoded and the model made; None where it was stopped meanwhile, which is said."""
    folder, journal, progress, control = running
    preparing = Preparing(journal, control, progress)
    try:
        trainer = Trainer(journal, progress.report, preparing)
    except StoppedError as stopped:
        journal.say(stopped.sentence, urgent=True, state="stopped")
        progress.end(_resume(folder))
        return None
    except EngineError:
        raise
    except Exception as error:
        fail(journal, failure(error))
        raise
    preparing.end()
    return trainer


def _tell_failure(running: Running, trainer: Trainer, error: EngineError) -> None:
    """And what was asked for meanwhile; after a loss that is not finite, with which rate it could go on."""
    progress = running.progress
    trainer.journal.say(error.sentence, urgent=True, state="failed", step=trainer.step)
    for asked in running.control.live.give_up():
        words = Change(step=trainer.step, settings=asked).words
        progress.warn(tr("What was asked for meanwhile was not made: {words}.", words=words))
    if trainer.journal.status.is_not_finite:
        rate = plain(trainer.run.learning_rate / 10)
        command = f"{_resume(running.folder)} --learning-rate {rate}"
        progress.end(tr("{command} goes on with a tenth of the rate", command=command))


def _tell_end(running: Running, trainer: Trainer) -> None:
    ended = mark("finished at step {step}; the run is in {folder}; {command} --max-steps N makes it longer")
    if trainer.journal.status.state == "stopped":
        ended = mark("stopped at step {step}; the run is in {folder}; {command} goes on with it")
    folder = running.folder
    running.progress.end(tr(ended, step=grouped(trainer.step), folder=folder.path, command=_resume(folder)))


def _resume(folder: RunFolder) -> str:
    return f"visualizer train --resume {folder.path}"
