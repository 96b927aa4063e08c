"""`python -m engine train` and `visualizer train`: the trainer with a progress bar and no window."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import signal
import sys
import time
from pathlib import Path
from typing import IO, Any

import msgspec
import torch

from engine.protocol.errors import EngineError
from engine.runs.config import EXPLANATIONS, PRESETS, GPTConfig, RunConfig
from engine.runs.pasted import parse_config
from engine.runs.run_folder import RunFacts, RunFolder, default_root, new_folder
from engine.train.control_socket import Listener
from engine.train.journal import Journal
from engine.train.progress import Progress
from engine.train.trainer import Trainer


def main(argv: list[str]) -> int:
    """Train, and return 0 when the run ended as asked, 1 with one sentence otherwise."""
    options = vars(_parser().parse_args(argv))
    try:
        folder = _folder(options)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    return _train(folder, resume=options["resume"] is not None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visualizer train", description=__doc__)
    parser.add_argument("--preset", choices=tuple(PRESETS), default="nano", help="where every setting starts from")
    parser.add_argument("--config", type=Path, help="a file with a pasted GPT_CONFIG = {…}, over the preset")
    parser.add_argument("--run-folder", type=Path, help="where the run is written; a new one by default")
    parser.add_argument("--resume", type=Path, metavar="RUN_FOLDER", help="go on with a run that was stopped or killed")
    parser.add_argument("--prepared", action="store_true", help="the run folder already holds its run.json")
    model = parser.add_argument_group("model")
    run = parser.add_argument_group("run")
    for group, kind, skipped in ((model, GPTConfig, ()), (run, RunConfig, ("model",))):
        for field in msgspec.structs.fields(kind):
            if field.name not in skipped:
                _add(group, field)
    return parser


def _add(group: Any, field: msgspec.structs.FieldInfo) -> None:
    flag = "--" + field.name.replace("_", "-")
    text = EXPLANATIONS.get(field.name, "")
    if field.type is bool:
        group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
    else:
        group.add_argument(flag, type=field.type, default=None, help=text)


def _folder(options: dict[str, Any]) -> RunFolder:
    if options["resume"] is not None:
        folder = RunFolder(options["resume"])
        folder.facts()
        others = _of(GPTConfig, options) | _of(RunConfig, options) | {"config": options["config"]}
        changed = [name for name, value in others.items() if value is not None]
        if changed:
            flag = "--" + changed[0].replace("_", "-")
            raise EngineError(f"--resume goes on with the run as it was begun; {flag} belongs to a new run.")
        if folder.is_alive():
            raise EngineError(f"The run {folder.name} is still being trained by process {folder.status().pid}.")
        return folder
    if options["prepared"] and options["run_folder"] is not None:
        return RunFolder(options["run_folder"])
    run = _config(options)
    run.check()
    if options["run_folder"] is None:
        return new_folder(default_root(), run, options["preset"])
    folder = RunFolder(options["run_folder"])
    if folder.exists():
        raise EngineError(f"{folder.path} already holds a run; --resume goes on with it.")
    folder.write_facts(RunFacts(config=run, created=time.time()))
    return folder


def _config(options: dict[str, Any]) -> RunConfig:
    run = PRESETS[options["preset"]]
    model = run.model
    if options["config"] is not None:
        try:
            text = options["config"].read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EngineError(f"{options['config']} could not be read as text: {error}.") from error
        model = msgspec.structs.replace(model, **parse_config(text))
    given = {name: value for name, value in options.items() if value is not None}
    model = msgspec.structs.replace(model, **_of(GPTConfig, given))
    return msgspec.structs.replace(run, model=model, **_of(RunConfig, given))


def _of(kind: type[msgspec.Struct], given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in kind.__struct_fields__ if name in given}


def _train(folder: RunFolder, *, resume: bool) -> int:
    progress = Progress(folder)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal may go, the run stays
    try:
        lock = _lock(folder)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    with lock:
        return _train_alone(folder, progress, resume=resume)


def _lock(folder: RunFolder) -> IO[bytes]:
    """The run is this process's until it ends, however it ends. Raises EngineError when another has it."""
    try:
        file = (folder.path / "lock").open("wb")
    except OSError as error:
        raise EngineError(f"The run folder {folder.path} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise EngineError(f"The run {folder.name} is being trained by another process.") from error
    return file


def _train_alone(folder: RunFolder, progress: Progress, *, resume: bool) -> int:
    try:
        trainer = Trainer(folder, progress.report)
    except EngineError as error:
        return _fail(folder, str(error))
    except Exception as error:
        _fail(folder, _sentence(error))
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


def _fail(folder: RunFolder, sentence: str) -> int:
    Journal(folder).set(urgent=True, state="failed", sentence=sentence)
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr)
    return 1
