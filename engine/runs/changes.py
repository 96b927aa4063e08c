"""Settings of a run that change after it began, each from a step on: changes.json in its folder. No torch.

A run that is resumed makes every change again at its step, so that it goes on as one that was never stopped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError, check_number
from engine.runs.schedule import learning_rate
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import write_reason
from engine.shared.numbers import setting
from engine.shared.regular_files import read_file
from engine.shared.stored_json import Count, decode

CHANGEABLE = (
    "learning_rate",
    "min_learning_rate",
    "max_steps",
    "decay_steps",
    "eval_every",
    "sample_every",
    "checkpoint_every",
    "keep_every",
    "keep_gb",
    "patience",
)
Settings: TypeAlias = Mapping[str, int | float]
CHANGES_FILE = "changes.json"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Settings that hold after `step` steps, for the step that follows and all later ones."""

    step: Count
    settings: Settings

    @property
    def words(self) -> str:
        """ "learning_rate 0.0005, eval_every 50"."""
        return ", ".join(
            f"{name} {value:,}" if isinstance(value, int) else f"{name} {setting(value)}"
            for name, value in self.settings.items()
        )


class Course:
    """The configuration that a run has at each of its steps: the one it began with, and what was changed since."""

    def __init__(self, begun: RunConfig, changes: tuple[Change, ...] = ()) -> None:
        self._begun = begun
        self.changes = changes

    def after(self, step: int) -> RunConfig:
        """What the step is made with that follows `step` steps."""
        config = self._begun
        for change in self.changes:
            if change.step <= step:
                config = msgspec.structs.replace(config, **change.settings)
        return config

    @property
    def newest(self) -> RunConfig:
        """With every change."""
        return self.after(max((change.step for change in self.changes), default=0))

    def later(self, step: int) -> frozenset[str]:
        """The settings that change again after `step` steps."""
        return frozenset(name for change in self.changes if change.step > step for name in change.settings)

    def learning_rate(self, step: int) -> float:
        """Of step 1, 2 …"""
        return learning_rate(self.after(step - 1), step)

    def changed(self, step: int, settings: Settings) -> Course:
        """With other settings after `step` steps. What was to become of the same settings later is forgotten."""
        kept = tuple(
            msgspec.structs.replace(
                change,
                settings={
                    name: value
                    for name, value in change.settings.items()
                    if change.step <= step or name not in settings
                },
            )
            for change in self.changes
        )
        with_new = [*(change for change in kept if change.settings), Change(step=step, settings=settings)]
        return Course(self._begun, tuple(sorted(with_new, key=lambda change: change.step)))


def checked(config: RunConfig, step: int, asked: Settings, later: Collection[str] = ()) -> Settings:
    """What differs from `config` after `step` steps, with what follows from it; of settings that were to change
    `later` also what is to stay as it is.

    Another `learning_rate` scales what is left of the schedule, its end included. Another `max_steps` leaves the
    cosine where it was: the rate goes on at its end, unless `decay_steps` is asked for. Raises ConfigError.
    """
    whole = completed(config, {name: _converted(name, value) for name, value in asked.items()})
    changed = msgspec.structs.replace(config, **whole)
    changed.check()
    if "max_steps" in whole:
        check_ahead(changed, step)
    return {name: value for name, value in whole.items() if value != getattr(config, name) or name in later}


def check_ahead(config: RunConfig, step: int) -> None:
    """Raises ConfigError where nothing is left to be trained after `step` steps."""
    if config.max_steps <= step:
        raise ConfigError(
            "changes.steps_behind",
            "max_steps {max_steps:,} lies behind the {step:,} steps that are made.",
            field="max_steps",
            max_steps=config.max_steps,
            step=step,
        )


def completed(config: RunConfig, asked: Mapping[str, Any]) -> dict[str, Any]:
    """With what follows from them: the end of another rate's schedule, and that more steps leave the cosine alone."""
    whole = dict(asked)
    if "learning_rate" in whole and "min_learning_rate" not in whole:
        whole["min_learning_rate"] = config.min_learning_rate * (whole["learning_rate"] / config.learning_rate)
    if "max_steps" in whole and "decay_steps" not in whole:
        whole["decay_steps"] = config.horizon
    return whole


def _converted(name: str, value: int | float) -> int | float:
    """As the setting's own type. Raises ConfigError."""
    if name not in CHANGEABLE:
        raise ConfigError(
            "changes.not_changeable",
            "{field} belongs to the run as it was begun; these can change: {known}.",
            field=name,
            known=", ".join(CHANGEABLE),
        )
    kind = next(field.type for field in msgspec.structs.fields(RunConfig) if field.name == name)
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(
            "changes.no_whole_number",
            "{field} needs a whole number, not {value}.",
            field=name,
            value=value,
        ) from error


def read_changes(folder: Path) -> tuple[Change, ...]:
    """What its file says was changed of the run in `folder`, in the order of steps. Raises EngineError for a damaged
    one."""
    try:
        found = [_allowed(change) for change in decode(read_file(folder / CHANGES_FILE), list[Change])]
        return tuple(sorted(found, key=lambda change: change.step))
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError, ConfigError) as error:
        raise EngineError(
            "changes.not_read",
            "The run cannot go on: {file} of its folder, what was changed of it, is damaged or foreign.",
            file=CHANGES_FILE,
        ) from error


def _allowed(change: Change) -> Change:
    """Raises ConfigError for what no change can be."""
    settings = {name: _converted(name, value) for name, value in change.settings.items()}
    for name, value in settings.items():
        check_number(name, value)
    return msgspec.structs.replace(change, settings=settings)


def changes_stamp(folder: Path) -> object:
    """Another one whenever the changes may be others."""
    try:
        stat = (folder / CHANGES_FILE).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def write_changes(folder: Path, changes: tuple[Change, ...]) -> None:
    """Until they are on the disk. Raises EngineError with the older ones intact."""
    try:
        replace_file(folder / CHANGES_FILE, msgspec.json.encode(changes))
    except OSError as error:
        raise EngineError(
            "changes.not_written",
            "Nothing was changed: {file} could not be written: {reason}.",
            file=CHANGES_FILE,
            reason=write_reason(error),
        ) from error
