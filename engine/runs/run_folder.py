"""The folder of a training run: the one truth that trainer and window share. No torch.

run.json           what was asked for and what is known of the corpus (written once)
records.jsonl      one StepRecord a line, in order of steps
records.columns    made of the records by whoever reads a long run; see step_columns.py
evaluations.jsonl  one Evaluation a line
samples.jsonl      one Sample a line
ways.jsonl         one StepWay a line: micro-batches, and whether the step is compiled
status.json        a Status, replaced as a whole
changes.json       what was changed of the configuration since, each Change with its step
tokens.bin         the encoded corpus
alphabet.txt       the tokens of a run over characters
checkpoint-…/      the newest two, the best and the kept ones, each with a copy of run.json; see kept_checkpoints.py
unusable-…/        a checkpoint from which nothing goes on, set aside
name.txt           the name that a person gave it; see run_names.py
control.sock       where a running trainer listens; log.txt, what it printed
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import socket
import stat
import time
from pathlib import Path
from typing import Literal

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Arguments, Sentence
from engine.runs.between_steps import BetweenSteps
from engine.runs.checkpoint_names import kept, step_of
from engine.runs.config import RunConfig
from engine.runs.facts_copies import FACTS, newest_copy
from engine.runs.kept_checkpoints import Progress, read_progress
from engine.runs.run_facts import RunFacts, encoded, known_facts
from engine.runs.step_way import StepWay
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import read_reason
from engine.shared.processes import process_start
from engine.shared.regular_files import open_file, read_file
from engine.shared.stored_json import Count, decode, is_as_written, sealed

NONE_WHOLE = "checkpoint.none_whole"
_DERIVED = "run.status_"  # begins the codes of what is said of a status that the run did not write
LIVE_STATES = ("starting", "preparing", "training", "paused", "stopping")


class StepRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One optimizer step. `loss` is the mean over its micro-batches, in nats a token; None stands for not finite."""

    step: Count  # 1 for the first
    tokens: Count  # seen so far
    loss: float | None
    learning_rate: float
    gradient_norm: float | None  # before clipping
    tokens_per_second: float
    dt_ms: float
    memory_gib: float  # of the device: allocated on CUDA, the process's resident set on the CPU
    time: float  # seconds since 1970


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """Losses over fixed batches after `step` steps."""

    step: Count
    tokens: Count
    train_loss: float
    validation_loss: float


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A text that the model wrote after `step` steps."""

    step: Count
    prompt: str
    text: str
    validation_loss: float | None = None


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What the trainer is doing."""

    state: Literal[
        "starting", "preparing", "training", "paused", "stopping", "finished", "stopped", "failed"
    ]  # LIVE_STATES, and how it ended
    pid: Count = 0
    started: Count = 0  # the process's `process_start`, so that a reused pid is not mistaken for it
    host: str = ""
    step: Count = 0
    checkpoint_step: Count = 0  # of the newest whole checkpoint, 0 without one
    elapsed_s: float = 0.0  # of training, pauses left out
    device: str = ""
    peak_flops: float = 0.0  # the device's dense bf16 peak, 0 where it is not known
    sentence: str = ""  # what went wrong, or a warning such as a full disk
    code: str = ""  # the sentence as data, as in Sentence
    arguments: Arguments = {}
    socket: str = ""  # where it listens
    prepared_bytes: Count = 0  # of the corpus that becomes tokens, while "preparing"
    bytes_to_prepare: Count = 0  # more than the corpus has, where it is read more than once
    way: StepWay | None = None  # in which its steps are made
    between_steps: BetweenSteps = BetweenSteps()
    altered: dict[str, Count] = {}  # files of records with other lines than were written from before a step, by name
    stamp: str = ""  # of its checkpoints, of a run that ended with nothing to go on from
    updated: float = 0.0

    @property
    def is_not_finite(self) -> bool:
        """Whether the run ended at a loss, a gradient or a weight that is NaN or Inf, and another rate may help."""
        return self.code in (
            "training.loss_not_finite",
            "training.gradient_not_finite",
            "training.evaluation_not_finite",
            "training.weights_not_finite",
        )

    @property
    def cannot_go_on(self) -> bool:
        """Whether the run ended with nothing that it could go on from, whatever its settings."""
        return self.lacks_checkpoint or self.code == "training.beginning_not_finite"

    @property
    def lacks_checkpoint(self) -> bool:
        """Whether it could go on if a checkpoint were whole."""
        return self.code in (NONE_WHOLE, "branch.beginning_gone")

    @property
    def is_own(self) -> bool:
        """Whether the run wrote it; else it was derived of what else its folder tells."""
        return not self.code.startswith(_DERIVED)

    @property
    def is_early(self) -> bool:
        """Whether the run ended because its validations brought nothing better."""
        return self.code == "training.ended_early"


class RunFolder:
    """Paths and whole-file reads and writes of one run."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._path

    @property
    def is_gone(self) -> bool:
        """Whether there is no folder."""
        return not os.path.isdir(self.path)

    @property
    def name(self) -> str:
        """The folder's own name, which is the run's."""
        return self.path.name

    @property
    def alphabet(self) -> Path:
        """The characters that are tokens, in the order of their numbers."""
        return self.path / "alphabet.txt"

    @property
    def tokens(self) -> Path:
        """The encoded corpus; a run that has it needs the corpus itself no more."""
        return self.path / "tokens.bin"

    @property
    def status_file(self) -> Path:
        """Where the trainer writes how it stands."""
        return self.path / "status.json"

    @property
    def has_checkpoint(self) -> bool:
        """Whether there is one that a run can go on from; it then needs the weights that it began with no more."""
        return bool(kept(self.path))

    def exists(self) -> bool:
        """Whether there is a run here, be it one that has lost its run.json."""
        return os.path.isfile(self.path / FACTS) or newest_copy(self.path) is not None

    def facts(self) -> RunFacts:
        """Of run.json, or of the copy in the newest checkpoint where that is lost, damaged or of another run. Raises
        EngineError when this is no run folder, or not one of this program's."""
        return known_facts(self.path).facts

    def edited(self) -> Sentence | None:
        """What is to be said where what holds for the run was changed by another hand, or by damage. Raises
        EngineError as `facts` does."""
        return known_facts(self.path).said

    def status(self) -> Status:
        """The newest status; a run that has none yet is "starting". Of one that is damaged, or cannot be read, what its
        checkpoints tell is taken, until the trainer writes it anew."""
        try:
            data = read_file(self.status_file).rstrip()
            found = decode(data, Status)
        except FileNotFoundError:
            if not os.path.isfile(self.path / "records.jsonl"):
                return Status(state="starting")
            return self._derived(
                Sentence.of("run.status_lost", "The status of this run is lost; Resume goes on with it.")
            )
        except (msgspec.DecodeError, OSError):
            return self._derived(
                Sentence.of("run.status_derived", "The status of this run was damaged; Resume goes on with it.")
            )
        if is_as_written(data):
            return found
        return self._derived(
            Sentence.of(
                "run.status_changed", "The status of this run is not as it was written; Resume goes on with it."
            )
        )

    def _derived(self, said: Sentence) -> Status:
        newest, known = next(iter(kept(self.path)[::-1]), None), Progress(step=0, tokens=0, elapsed_s=0.0)
        if newest is not None:
            known = msgspec.structs.replace(known, step=step_of(newest) or 0)
            with contextlib.suppress(EngineError):  # one that is damaged
                known = read_progress(newest)
        return Status(
            state="stopped",
            step=known.step,
            checkpoint_step=known.step,
            elapsed_s=known.elapsed_s,
            altered=known.altered,
            sentence=said.text,
            code=said.code,
            arguments=said.arguments,
        )

    def write_facts(self, facts: RunFacts) -> None:
        """What does not change while it trains, into run.json; the folder is made. Raises OSError."""
        self.path.mkdir(parents=True, exist_ok=True)
        replace_file(self.path / FACTS, encoded(facts))

    def write_status(self, status: Status) -> None:
        """Where the run stands, into status.json: whole or not at all, and on a full disk in the room that it has.
        Raises OSError."""
        path, data = self.status_file, stored(status)
        try:
            replace_file(path, data, durable=False)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT) or not path.exists():
                raise
            with open_file(path, "r+b", buffering=0) as file:  # in one write: nobody finds the end of the one before
                file.write(data.ljust(os.fstat(file.fileno()).st_size))

    def is_alive(self) -> bool:
        """Whether the trainer of the newest status still runs on this machine."""
        status = self.status()
        if not status.pid or status.host != socket.gethostname():
            return False
        return process_start(status.pid) == status.started

    def is_trained(self) -> bool:
        """Whether a trainer works on it; one that has said how it ended may take a moment to be gone."""
        return self.status().state in LIVE_STATES and self.is_alive()

    def log_tail(self, n_characters: int = 4000) -> str:
        """The end of what the trainer printed."""
        try:
            return read_file(self.path / "log.txt").decode("utf-8", "replace")[-n_characters:]
        except OSError:
            return ""


def stored(status: Status) -> bytes:
    """As it stands in status.json."""
    return sealed(msgspec.json.encode(status))


def new_folder(root: Path, config: RunConfig, preset: str = "") -> RunFolder:
    """A folder of a name that is free, such as shakespeare-nano-3, with its run.json written."""
    corpus = Path(config.corpus).stem.removeprefix("tiny-").removeprefix("the-") or "corpus"
    base = f"{corpus}-{preset or 'custom'}"
    number = 1
    while True:
        folder = RunFolder(root / f"{base}-{number}")
        try:
            folder.path.mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            try:
                folder.write_facts(new_facts(root, config))
            except OSError:
                with contextlib.suppress(OSError):
                    folder.path.rmdir()  # it is no run
                raise
            return folder


def new_facts(root: Path, config: RunConfig) -> RunFacts:
    """Of a run that is made now in the folder `root`, of which nothing but its configuration is known."""
    now, newest = time.time(), 0.0
    for path in _names(root):
        with contextlib.suppress(EngineError):
            newest = max(newest, RunFolder(root / path).facts().place)
    return RunFacts(config=config, created=now, order=max(now, math.nextafter(newest, math.inf)))


def _names(root: Path) -> list[str]:
    try:
        return os.listdir(root)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last of a name that no folder can have
        return []
    except OSError as error:
        raise EngineError(
            "runs.not_listed",
            "The folder of runs {folder} cannot be read: {reason}.",
            folder=root,
            reason=read_reason(error),
        ) from error


def list_runs(root: Path) -> list[RunFolder]:
    """Every run below `root` by its name, also one that has lost its run.json; in which order they were made, their
    facts say. Raises EngineError for a folder that cannot be looked into."""
    found = []
    for path in map(root.joinpath, sorted(_names(root))):
        if path.name.startswith("."):
            continue  # one that is being written
        with contextlib.suppress(OSError):  # no run, or gone meanwhile
            if _is_run(path):
                found.append(RunFolder(path))
    return found


def _is_run(path: Path) -> bool:
    """Raises OSError where that cannot be looked at."""
    try:
        if stat.S_ISREG((path / FACTS).stat().st_mode):
            return True
    except PermissionError:
        raise
    except OSError:
        pass  # it is lost, or its link leads nowhere
    return has_trained(path)


def has_trained(path: Path) -> bool:
    """Whether a trainer was at work in a folder, whatever became of its run.json."""
    return os.path.isfile(path / "records.jsonl") or bool(kept(path))
