"""Whose weights answer a prompt: those of a checkpoint, or of a Hugging Face folder, looked at without torch."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.checkpoint_choice import NEWEST, alphabet_of, chosen_checkpoint
from engine.runs.checkpoint_names import CHECKPOINT_PREFIX
from engine.runs.config import GPTConfig
from engine.runs.kept_checkpoints import read_progress
from engine.runs.model_folder import CONFIG, ModelFolder, read_folder
from engine.runs.run_folder import RunFolder
from engine.shared.disk_errors import not_reached


class Weights(NamedTuple):
    """Of a checkpoint, or else of a `folder`."""

    words: Sentence | str  # "shakespeare-nano-1 at step 500", "gpt2"
    step: int  # of a checkpoint, 0 of a folder
    model: GPTConfig
    tokenizer: str
    alphabet: str  # of the tokenizer "characters", else ""
    checkpoint: Path | None = None
    folder: ModelFolder | None = None


def find_weights(path: Path, which: str | int = NEWEST) -> Weights:
    """What a path means: a run, of which `which` says the checkpoint, one of its checkpoints, or a Hugging Face
    folder. Raises EngineError with one sentence."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass  # said below
    except OSError as error:
        raise not_reached(path, error) from error
    run = path.parent if path.name.startswith(CHECKPOINT_PREFIX) else path
    if RunFolder(run).exists():
        return _of_checkpoint(chosen_checkpoint(path, which))
    if not os.path.isdir(path):
        raise EngineError("weights.no_folder", "There is no folder {path}.", path=path)
    if not os.path.isfile(path / CONFIG):
        raise EngineError(
            "weights.neither",
            "{path} is neither the folder of a training run, with a run.json, nor that of a model, with a config.json.",
            path=path,
        )
    found = read_folder(path)
    return Weights(path.name, 0, found.model, found.tokenizer, found.alphabet, folder=found)


def _of_checkpoint(path: Path) -> Weights:
    run = RunFolder(path.parent)
    config, step = run.facts().config, read_progress(path).step
    words = Sentence.phrase("weights.at_step", "{run} at step {step:,}", run=run.name, step=step)
    if run.edited():
        words = Sentence.phrase("weights.edited", "{weights}, whose run.json is not as it was written", weights=words)
    return Weights(words, step, config.model, config.tokenizer, alphabet_of(run), checkpoint=path)
