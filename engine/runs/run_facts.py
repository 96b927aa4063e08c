"""What does not change while a run trains: run.json, and whether it or its copy in a checkpoint is to be believed. No
torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.facts_copies import FACTS, newest_copy
from engine.shared.disk_errors import not_reached, read_reason
from engine.shared.numbers import setting
from engine.shared.regular_files import read_file
from engine.shared.stored_json import Count, decode, is_as_written, is_sealed, sealed

FACTS_LOST = "run.facts_lost"
FACTS_FOREIGN = "run.facts_foreign"
_MOST_TOLD = 3  # settings


class RunFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What run.json holds. The corpus facts are 0 until the corpus has been encoded."""

    config: RunConfig
    created: float  # seconds since 1970
    order: float = 0.0  # likewise, but later than that of every run beside it, wherever the clock was set meanwhile
    n_parameters: Count = 0
    n_train_tokens: Count = 0
    n_validation_tokens: Count = 0
    vocabulary: Count = 0  # tokens that the tokenizer knows
    unigram_entropy: float = 0.0  # nats a token, of the training part
    hashes: dict[str, str] = {}  # of tokens.bin and alphabet.txt, by name
    parent: str = ""  # of a branch: the folder of the run whose checkpoint it began with
    parent_step: Count = 0
    parent_tokens: Count = 0  # seen up to there
    parent_elapsed_s: float = 0.0  # trained up to there

    @property
    def place(self) -> float:
        """By which runs are put in the order in which they were made."""
        return self.order or self.created

    def tokens_at(self, step: int) -> int:
        """How many were seen after `step` steps."""
        return self.parent_tokens + (step - self.parent_step) * self.config.tokens_per_step


class KnownFacts(NamedTuple):
    """Those that hold. `said`: what is to be said where they are not what was written into run.json."""

    facts: RunFacts
    said: Sentence | None = None


class _Copied(NamedTuple):
    facts: RunFacts
    step: int  # of its checkpoint


def encoded(facts: RunFacts) -> bytes:
    """As they stand in run.json and in each checkpoint."""
    return sealed(msgspec.json.format(msgspec.json.encode(facts)))


def known_facts(folder: Path) -> KnownFacts:
    """Of the run in `folder`. What another hand changed in run.json holds, but not another model than its weights are
    of, nor the whole file of another run. Raises EngineError when this is no run folder, or not one of this
    program's."""
    copied = _copied(folder)
    try:
        data = read_file(folder / FACTS)
        written = _checked(data)
    except PermissionError as error:
        raise not_reached(folder / FACTS, error) from error
    except (OSError, msgspec.DecodeError, ConfigError) as error:
        if copied is None:
            raise _no_facts(folder, error) from error
        return KnownFacts(copied.facts, _lost(folder, copied.step, error))
    if copied is None:
        return KnownFacts(written, None if is_as_written(data) else _edited(folder))
    is_own = is_sealed(data) and is_as_written(data)
    if is_own and _is_same_run(written, copied.facts):
        return KnownFacts(written)  # which may tell more: the first checkpoint of a branch does not know its corpus
    if is_own or written.config.model != copied.facts.config.model:
        return KnownFacts(copied.facts, _other(FACTS_FOREIGN, folder, written, copied))
    known = copied.facts if copied.facts.vocabulary else written
    known = msgspec.structs.replace(known, config=written.config)
    return KnownFacts(known, _other("run.facts_changed", folder, written, copied))


def _checked(data: bytes) -> RunFacts:
    """Raises msgspec.DecodeError and ConfigError."""
    facts = decode(data, RunFacts)
    facts.config.check()
    return facts


def _copied(folder: Path) -> _Copied | None:
    copy = newest_copy(folder)
    try:
        return None if copy is None else _Copied(_checked(copy.data), copy.step)
    except (msgspec.DecodeError, ConfigError):  # of another version of this program
        return None


def _is_same_run(one: RunFacts, other: RunFacts) -> bool:
    return (one.config, one.created, one.parent) == (other.config, other.created, other.parent)


def _settings(config: RunConfig) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(config)
    return {**found.pop("model"), **found}


def _other(code: str, folder: Path, written: RunFacts, copied: _Copied) -> Sentence | None:
    """In which settings both differ; None where that is none."""
    there, here = _settings(written.config), _settings(copied.facts.config)
    names = [name for name in there if there[name] != here[name]][:_MOST_TOLD]
    if not names:
        return None
    told, kept = (", ".join(f"{name} {_shown(each[name])}" for name in names) for each in (there, here))
    if code == FACTS_FOREIGN:
        return Sentence.of(
            "run.facts_foreign",
            "{file} of {run} is not its own: it tells {told}, its checkpoint of step {step:,} {kept}. What the "
            "checkpoint keeps of it holds.",
            file=FACTS, run=folder.name, told=told, step=copied.step, kept=kept,
        )  # fmt: skip
    return Sentence.of(
        "run.facts_changed",
        "{file} of {run} is not as it was written: it tells {told}, its checkpoint of step {step:,} {kept}. What "
        "{file} tells now holds.",
        file=FACTS, run=folder.name, told=told, step=copied.step, kept=kept,
    )  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else setting(value)


def _lost(folder: Path, step: int, error: Exception) -> Sentence:
    return Sentence.of(
        "run.facts_lost",
        "{file} of {run} cannot be read ({reason}): what its checkpoint of step {step:,} keeps of it holds.",
        file=FACTS,
        run=folder.name,
        step=step,
        reason=read_reason(error) if isinstance(error, OSError) else str(error),
    )


def _edited(folder: Path) -> Sentence:
    return Sentence.of(
        "run.facts_edited",
        "{file} of {run} is not as it was written: somebody, or damage to the disk, changed it. What stands there "
        "now holds.",
        file=FACTS,
        run=folder.name,
    )


def _no_facts(folder: Path, error: Exception) -> EngineError:
    if isinstance(error, OSError):
        return EngineError(
            "run.no_facts",
            "{folder} is not the folder of a training run: {file} could not be read.",
            folder=folder,
            file=FACTS,
        )
    return EngineError(
        "run.foreign_facts",
        "{folder} is not the folder of a training run: {file} is damaged or foreign ({reason}).",
        folder=folder,
        file=FACTS,
        reason=error,
    )
