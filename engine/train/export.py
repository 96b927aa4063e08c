"""`python -m engine export` and `visualizer export`: a checkpoint as a Hugging Face folder.

With `--served`, which is the window's, what is told is one line of JSON on stdout, a Sentence.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

import msgspec
from safetensors import SafetensorError
from safetensors.torch import save_file

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.checkpoint_choice import NEWEST, alphabet_of, chosen_checkpoint
from engine.runs.checkpoint_names import step_of
from engine.runs.config import VOCABULARIES
from engine.runs.kept_checkpoints import GONE, read_progress
from engine.runs.model_folder import CONFIG, check_target, published_config
from engine.runs.model_tensors import WEIGHTS
from engine.runs.run_folder import RunFolder
from engine.runs.tokenizer_files import write_files
from engine.shared.disk_errors import write_reason
from engine.shared.language import tr
from engine.shared.terminal import Parser, follow_environment, tell
from engine.train import checkpoint
from engine.train.checkpoint_files import flush_files, flush_folder, read_tensors
from engine.train.foreign_weights import published_tensors


def main(argv: list[str]) -> int:
    """Export, say where it is, and return 0; 1 with one sentence when it could not be done."""
    follow_environment()
    asked = _parser().parse_args(argv)
    # Cancelled from the window or the terminal: what is half written goes, too.
    before = {number: signal.signal(number, _give_up) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        path = _export(asked.run.resolve(), asked.step, asked.target)
        edited = RunFolder(path.parent).edited()
        if edited is not None:
            tell(edited)
    except EngineError as error:
        _tell(error.sentence, sys.stderr, is_served=asked.served)
        return 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    done = Sentence.of(
        "export.done",
        "{run} at step {step:,} is exported to {target}.",
        run=RunFolder(path.parent).name,
        step=step_of(path) or 0,
        target=asked.target.absolute(),
    )
    _tell(done, sys.stdout, is_served=asked.served)
    return 0


def _parser() -> Parser:
    parser = Parser("visualizer export", tr("Write the weights of a run as a Hugging Face folder."))
    parser.add_argument("run", type=Path, metavar="RUN", help=tr("the folder of a run, or one of its checkpoints"))
    parser.add_argument("target", type=Path, metavar="TARGET", help=tr("the folder to write; it must not exist yet"))
    parser.add_argument("--step", type=int, help=tr("of the checkpoint; the newest by default"))
    parser.add_argument("--served", action="store_true", help=argparse.SUPPRESS)
    return parser


def _tell(sentence: Sentence, stream: TextIO, *, is_served: bool) -> None:
    """In its language for a terminal; as data on stdout for the window, which says it in its own language."""
    if is_served:
        print(msgspec.json.encode(sentence).decode(), flush=True)
    else:
        tell(sentence, stream)


def _export(run: Path, step: int | None, target: Path) -> Path:
    """The checkpoint that was exported. One that is gone before it was read is the newest no more."""
    while True:
        path = chosen_checkpoint(run, NEWEST if step is None else step)
        try:
            export(path, target)
        except EngineError as error:
            if error.sentence.code != GONE or step is not None or path == run:
                raise
        else:
            return path


def export(path: Path, target: Path) -> None:
    """Write a checkpoint of a run into a new folder, which gets its name when it is whole. Raises EngineError."""
    run = RunFolder(path.parent)
    facts = run.facts()
    check_target(target)
    weights = read_tensors(path, checkpoint.MODEL, read_progress(path))
    model = facts.config.model
    alphabet = alphabet_of(run)
    n_tokens = len(alphabet) or min(VOCABULARIES[facts.config.tokenizer], model.vocab_size)
    tensors = published_tensors(weights, model, n_tokens)
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir(parents=True)
        save_file(tensors, temporary / WEIGHTS, metadata={"format": "pt"})
        config = published_config(msgspec.structs.replace(model, vocab_size=n_tokens), facts.config.tokenizer)
        (temporary / CONFIG).write_text(json.dumps(config, indent=2), encoding="utf-8")
        write_files(temporary, facts.config.tokenizer, alphabet, model.context_length)
        flush_files(temporary)
        temporary.rename(target)
        flush_folder(target.parent)
    except (OSError, SafetensorError) as error:
        raise EngineError(
            "export.not_written", "{target} could not be written: {reason}.", target=target, reason=write_reason(error)
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _give_up(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
