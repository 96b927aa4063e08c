"""A trainer's process from its first signal to its last line. It imports torch, which takes seconds."""

from __future__ import annotations

import signal

import torch

from engine.protocol.errors import EngineError
from engine.runs.run_folder import RunFolder
from engine.train.control_socket import Listener
from engine.train.journal import fail
from engine.train.progress import Progress
from engine.train.trainer import Trainer


def train(folder: RunFolder, *, resume: bool) -> int:
    """Train the run of a folder that no other process trains, and return the exit status.

    Raises EngineError for what it cannot begin with; what happens later is in the status and on the terminal.
    """
    progress = Progress(folder)
    try:
        trainer = Trainer(folder, progress.report)
    except EngineError:
        raise
    except Exception as error:
        fail(folder, _sentence(error))
        raise
    listener = Listener(folder.path)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: listener.stop())
    try:
        if resume:
            trainer.resume()
        progress.begin(trainer.run, trainer.step, trainer.tokenizer.size)
        trainer.train(listener)
    except EngineError as error:
        trainer.journal.set(urgent=True, state="failed", sentence=str(error), step=trainer.step)
        progress.end(str(error))
        return 1
    except Exception as error:
        # Out of memory and the like: the window must learn of it; the traceback goes to the log.
        trainer.journal.set(urgent=True, state="failed", sentence=_sentence(error), step=trainer.step)
        raise
    finally:
        listener.close()
    state = trainer.journal.status.state
    rest = f"; visualizer train --resume {folder.path} goes on with it" if state == "stopped" else ""
    progress.end(f"{state} at step {trainer.step:,}; the run is in {folder.path}{rest}")
    return 0


def _sentence(error: Exception) -> str:
    """One sentence for what only PyTorch or the machine could refuse."""
    text = str(error)
    if isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in text:
        return "There is not enough memory for this run: a smaller batch_size, context_length or model needs less."
    return f"{type(error).__name__}: {text.splitlines()[0] if text else 'no message'}"
