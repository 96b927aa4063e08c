"""A run that begins where another one kept a checkpoint, with other settings: a folder of its own. No torch.

It shares the files of the checkpoint with its parent and needs it no more: the parent may go on, or be deleted.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs import corpus, disk_space
from engine.runs.changes import Course, check_ahead, completed
from engine.runs.checkpoint_names import checkpoint_name, kept, step_of
from engine.runs.config import GPTConfig, RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.facts_copies import FACTS
from engine.runs.kept_checkpoints import (
    PROGRESS,
    Improvement,
    KeptCheckpoint,
    kept_checkpoints,
    write_progress,
)
from engine.runs.known_changes import known_changes
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, new_facts
from engine.shared.disk_errors import write_reason
from engine.shared.file_hashes import hash_of
from engine.shared.processes import process_start
from engine.shared.regular_files import read_file

# What the weights and their random states are of.
FIXED = (*(name for name in GPTConfig.__struct_fields__ if name != "drop_rate"), "tokenizer", "init_from", "seed")
_HALF = ".branch"  # ends the name of a folder that is being written
_SMALL_BYTES = 1 << 24  # of a corpus whose characters are looked at before it begins


class BranchPoint(msgspec.Struct, frozen=True):
    """A checkpoint of a run, and the settings that the run has there."""

    parent: RunFolder
    checkpoint: KeptCheckpoint
    config: RunConfig
    said: tuple[Sentence, ...] = ()  # what is not as the run's folder should be

    @property
    def step(self) -> int:
        """That the checkpoint is of."""
        return self.checkpoint.progress.step


def branch_point(parent: RunFolder, step: int | None = None) -> BranchPoint:
    """Of the checkpoint of `step`, else of the newest. Its settings name where the cosine ends. Raises EngineError."""
    facts = parent.facts()
    found = kept_checkpoints(parent.path)
    chosen = [one for one in found if step in (None, one.progress.step)]
    if not chosen:
        raise EngineError(
            "branch.no_checkpoint",
            "{run} has no checkpoint to branch from{at}; it has {known}.",
            run=parent.name,
            at="" if step is None else Sentence.phrase("words.at_step", " at step {step:,}", step=step),
            known=", ".join(f"{one.progress.step:,}" for one in found) or Sentence.phrase("words.none", "none"),
        )
    known = known_changes(parent.path)
    config = Course(facts.config, known.changes).after(chosen[-1].progress.step)
    said = [parent.edited(), known.said, _newer_damaged(parent, chosen[-1].path) if step is None else None]
    return BranchPoint(
        parent,
        chosen[-1],
        msgspec.structs.replace(config, decay_steps=config.horizon),
        tuple(one for one in said if one is not None),
    )


def _newer_damaged(parent: RunFolder, taken: Path) -> Sentence | None:
    newest = kept(parent.path)[-1]
    if newest == taken:
        return None
    return Sentence.of(
        "branch.newest_damaged",
        "{name} is damaged or foreign: the branch begins with the checkpoint of step {step:,}.",
        name=newest.name,
        step=step_of(taken) or 0,
    )


def branched(point: BranchPoint, asked: dict[str, Any]) -> RunConfig:
    """The settings there with others in their place, as where a run goes on. Raises ConfigError."""
    model = {name: asked.pop(name) for name in GPTConfig.__struct_fields__ if name in asked}
    config = msgspec.structs.replace(point.config, **completed(point.config, asked))
    config = msgspec.structs.replace(config, model=msgspec.structs.replace(config.model, **model))
    check(point, config)
    return config


def check(point: BranchPoint, config: RunConfig) -> None:
    """Raises ConfigError where weights and settings do not fit together; what needs the corpus is not looked at."""
    for name in FIXED:
        before, now = (getattr(each.model, name, getattr(each, name, None)) for each in (point.config, config))
        if before != now:
            raise ConfigError(
                "branch.fixed",
                "{field} is that of the checkpoint, {value}: a branch cannot change it.",
                field=name,
                value=before,
            )
    config.check()
    check_ahead(config, point.step)


def left_out(point: BranchPoint, config: RunConfig) -> str:
    """Characters of another corpus that are no tokens of the run, and so are not learnt."""
    alphabet = point.parent.alphabet
    is_asked = config.tokenizer == "characters" and config.corpus != point.config.corpus
    if not is_asked or corpus.size_bytes(config.corpus) > _SMALL_BYTES:
        return ""
    try:
        known = set(read_file(alphabet).decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""  # damaged, which is said where the branch begins
    return "".join(character for character in corpus.characters(config.corpus) if character not in known)


def make_branch(point: BranchPoint, config: RunConfig, folder: Path) -> RunFolder:
    """Write the folder of a branch, which gets its name when it is whole; one that is taken gets a number. Raises
    EngineError."""
    check(point, config)
    corpus.check(config)
    disk_space.check(config, folder.parent)
    half = RunFolder(folder.with_name(f".{folder.name}.{os.getpid()}{_HALF}"))
    try:
        _clear_leftovers(folder)
        half.path.mkdir(parents=True)
        facts = _copy_corpus(point, config, half)
        half.write_facts(facts)
        _copy_checkpoint(point, half)
        return _named(half, folder)
    except OSError as error:
        shutil.rmtree(half.path, ignore_errors=True)
        raise EngineError(
            "branch.not_written", "The branch could not be written: {reason}.", reason=write_reason(error)
        ) from error


def default_name(point: BranchPoint) -> str:
    """Of the folder of a branch."""
    return f"{point.parent.name}-at-{point.step}"


def _clear_leftovers(folder: Path) -> None:
    """Of processes that were killed while they wrote such a branch."""
    for path in folder.parent.glob(f".{glob.escape(folder.name)}.*{_HALF}"):
        pid = path.name.removesuffix(_HALF).rpartition(".")[2]
        if not pid.isdecimal() or int(pid) == os.getpid() or not process_start(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _named(half: RunFolder, folder: Path) -> RunFolder:
    number = 1
    while True:
        path = folder if number == 1 else folder.with_name(f"{folder.name}-{number}")
        try:
            if not path.exists():
                half.path.rename(path)
                return RunFolder(path)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):  # made by somebody meanwhile
                raise
        number += 1


def _copy_corpus(point: BranchPoint, config: RunConfig, made: RunFolder) -> RunFacts:
    """What stays of the parent's tokens: all with the same corpus, else its alphabet."""
    before = point.parent.facts()
    is_same = config.corpus == before.config.corpus
    for source in (point.parent.tokens, point.parent.alphabet):
        if source.exists() and (is_same or source == point.parent.alphabet):
            _share(source, made.path / source.name)
    new = new_facts(made.path.parent, config)
    facts = before if is_same else msgspec.structs.replace(new, n_parameters=before.n_parameters)
    return msgspec.structs.replace(
        facts,
        config=config,
        created=new.created,
        order=new.order,
        hashes=before.hashes if is_same else _hashes(made, before),
        parent=str(point.parent.path.resolve()),
        parent_step=point.step,
        parent_tokens=point.checkpoint.progress.tokens,
        parent_elapsed_s=point.checkpoint.progress.elapsed_s,
    )


def _hashes(made: RunFolder, before: RunFacts) -> dict[str, str]:
    name = made.alphabet.name
    return {name: before.hashes.get(name) or hash_of(made.alphabet)} if made.alphabet.exists() else {}


def _copy_checkpoint(point: BranchPoint, made: RunFolder) -> None:
    """Its numbers are written anew: what is the best of the branch, its own validations say."""
    target = made.path / checkpoint_name(point.step)
    target.mkdir()
    for source in point.checkpoint.path.iterdir():
        if source.name not in (PROGRESS, FACTS):
            _share(source, target / source.name)
    shutil.copyfile(made.path / FACTS, target / FACTS)
    progress = msgspec.structs.replace(
        point.checkpoint.progress,
        validation_loss=None,
        last_validation_loss=None,
        is_milestone=False,
        improvement=Improvement(),
        changes=(),  # they are in its settings
        lines={},
        altered={},
    )
    write_progress(target, progress)


def _share(source: Path, target: Path) -> None:
    """The same file under another name, where the disk knows that: nothing writes into it any more."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
