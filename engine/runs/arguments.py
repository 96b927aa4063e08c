"""What `visualizer train` is asked for: its options, and the run folder that they mean. No torch."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from engine.protocol.errors import EngineError
from engine.runs import corpus, disk_space, memory_check
from engine.runs.branches import FIXED, branch_point, branched, default_name, left_out, make_branch
from engine.runs.changes import CHANGEABLE, Course, Settings, checked
from engine.runs.config import CORPORA, PRESETS, TOKENIZERS, GPTConfig, RunConfig, tokenizer_of
from engine.runs.config_rules import RULES, ConfigError
from engine.runs.explanations import EXPLANATIONS
from engine.runs.known_changes import known_changes
from engine.runs.model_folder import check_beginning, read_folder
from engine.runs.notices import notices
from engine.runs.pasted import Pasted, parse_config
from engine.runs.run_folder import RunFolder, new_facts, new_folder
from engine.runs.spent_schedule import spent_schedule
from engine.runs.typed_numbers import read_number
from engine.shared.disk_errors import write_reason
from engine.shared.folders import runs_folder
from engine.shared.language import mark, said, tr
from engine.shared.terminal import Parser, tell

_HELP = EXPLANATIONS | {
    "init_from": mark(
        "a Hugging Face folder with a GPT-2: the run begins with its weights, and has its sizes and tokenizer"
    )
}

_VALUES = {
    "tokenizer": "|".join(TOKENIZERS),
    "corpus": "|".join((*CORPORA, "PATH")),
    "device": "auto|cpu|cuda|cuda:1|mps",
    "init_from": "FOLDER",
}  # what an option is one of


class Asked(NamedTuple):
    """The folder of a run, written unless there was one, and the other settings with which it goes on."""

    folder: RunFolder
    settings: Settings = {}
    notices: tuple[str, ...] = ()  # what is odd about it


def asked_run(argv: list[str]) -> Asked:
    """The run that the options mean.

    Raises EngineError for what no run can be made of; ends the process with a usage message for a foreign option.
    """
    options = vars(_parser().parse_args(argv))
    if options["resume"] is not None:
        return _resumed(options)
    if options["branch_from"] is not None:
        return _branch(options)
    return _new(options)


def _parser() -> argparse.ArgumentParser:
    parser = Parser("visualizer train", tr("Pretrain a GPT-2 with a progress bar and no window."))
    _add_places(parser)
    told = tr("train what the memory seems to have no room for")
    parser.add_argument("--ignore-memory", action="store_true", help=told)
    model = parser.add_argument_group(tr("model##terminal"))
    run = parser.add_argument_group(tr("run##terminal"))
    for group, kind, skipped in ((model, GPTConfig, ()), (run, RunConfig, ("model",))):
        for field in msgspec.structs.fields(kind):
            if field.name not in skipped:
                _add(group, field)
    return parser


def _add_places(parser: Parser) -> None:
    """Where a run begins, and where it is written."""
    told = tr("where every setting starts from")
    parser.add_argument("--preset", choices=tuple(PRESETS), default="nano", help=told)
    told = tr("a file with a GPT_CONFIG = {…}, or as other trainers write it, over the preset")
    parser.add_argument("--config", type=Path, help=told)
    parser.add_argument("--run-folder", type=Path, help=tr("where the run is written; a new one by default"))
    told = tr(
        "go on with a run that has ended, from its newest checkpoint; --max-steps makes it longer, --learning-rate "
        "scales what is left of the rate's schedule"
    )
    parser.add_argument("--resume", type=Path, metavar="RUN_FOLDER", help=told)
    told = tr("begin a new run with a checkpoint of another one, and with the other settings that are given")
    parser.add_argument("--branch-from", type=Path, metavar="RUN_FOLDER", help=told)
    told = tr("of the checkpoint to branch from; the newest by default")
    parser.add_argument("--at-step", type=int, metavar="N", help=told)
    parser.add_argument("--prepared", action="store_true", help=tr("the run folder already holds its run.json"))


def _add(group: Any, field: msgspec.structs.FieldInfo) -> None:
    flag = "--" + field.name.replace("_", "-")
    text = tr(_HELP[field.name])
    if field.type in (bool, bool | None):
        group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
    else:
        group.add_argument(flag, default=None, metavar=_VALUES.get(field.name), help=text)


def _resumed(options: dict[str, Any]) -> Asked:
    folder = RunFolder(options["resume"])
    course = Course(folder.facts().config, known_changes(folder.path).changes)
    given = _of(GPTConfig, options) | _of(RunConfig, options) | {"config": options["config"]}
    texts = {name: value for name, value in given.items() if value is not None}
    for name in texts:
        if name not in CHANGEABLE:
            flag = "--" + name.replace("_", "-")
            raise ConfigError(
                "arguments.not_with_resume",
                "--resume goes on with the run as it was begun; {flag} belongs to a new run.",
                field=name,
                flag=flag,
            )
    if folder.is_trained():
        raise EngineError(
            "run.still_trained",
            "The run {run} is still being trained by process {pid}.",
            run=folder.name,
            pid=folder.status().pid,
        )
    settings = {name: read_number(name, text) for name, text in texts.items()}
    step = folder.status().checkpoint_step
    config = course.after(step)
    follows = checked(config, step, settings)
    odd = _short_of_memory(config, (*FIXED, "batch_size"), options)
    spent = _spent(msgspec.structs.replace(config, **follows), step, config) if follows else ()
    return Asked(folder, settings, (*spent, *odd))


def _branch(options: dict[str, Any]) -> Asked:
    point = branch_point(RunFolder(options["branch_from"]), options["at_step"])
    given = _of(GPTConfig, options) | _of(RunConfig, options)
    config = branched(point, {name: _read(name, value) for name, value in given.items() if value is not None})
    folder = options["run_folder"] or runs_folder() / default_name(point)
    if RunFolder(folder).exists() and options["run_folder"] is not None:
        raise _exists(RunFolder(folder))
    spent = _spent(config, point.step, point.config)
    odd = (*map(said, point.said), *spent, *_short_of_memory(config, FIXED, options))
    missing = left_out(point, config)
    if missing:
        words = tr("Characters that are no tokens of {run} are left out: {characters}",
                   run=point.parent.name, characters=" ".join(missing))  # fmt: skip
        tell(words, sys.stdout)
    return Asked(make_branch(point, config, folder), notices=odd)


def _spent(run: RunConfig, step: int, before: RunConfig) -> tuple[str, ...]:
    """What is said where nothing is left of its rate's schedule."""
    spent = spent_schedule(run, step, before)
    return () if spent is None else (said(spent),)


def _short_of_memory(run: RunConfig, fixed: Collection[str], options: dict[str, Any]) -> tuple[str, ...]:
    """What is said of a run that goes on, where others hold what it needs. Raises ConfigError without room in all."""
    if not options["ignore_memory"]:
        memory_check.check(run, memory_check.ALL_THE_SAME, fixed)
    return tuple(map(said, memory_check.scarce(run, fixed).values()))


def _exists(folder: RunFolder) -> EngineError:
    return EngineError("run.exists", "{folder} already holds a run; --resume goes on with it.", folder=folder.path)


def _new(options: dict[str, Any]) -> Asked:
    if options["prepared"] and options["run_folder"] is not None:
        return Asked(RunFolder(options["run_folder"]))
    pasted = _pasted(options["config"])
    run = _config(options, pasted)
    run.check()
    n_characters = corpus.check(run)
    check_beginning(run)
    disk_space.check(run, options["run_folder"] or runs_folder())
    if not options["ignore_memory"]:
        memory_check.check(run, memory_check.ALL_THE_SAME, n_characters=n_characters)
    odd = tuple(map(said, notices(run, n_characters).values()))
    if pasted.left_out:
        names = ", ".join(pasted.left_out)
        odd = (tr("Left out of {file}: {names}.", file=options["config"], names=names), *odd)
    return Asked(_made(run, options), notices=odd)


def _made(run: RunConfig, options: dict[str, Any]) -> RunFolder:
    if options["run_folder"] is None:
        return new_folder(runs_folder(), run, Path(run.init_from).name or options["preset"])
    folder = RunFolder(options["run_folder"])
    if folder.exists():
        raise _exists(folder)
    folder.write_facts(new_facts(folder.path.parent, run))
    return folder


def _pasted(path: Path | None) -> Pasted:
    """What a file says of the model and its run; nothing without one."""
    if path is None:
        return Pasted("", {}, {})
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(
            "arguments.config_not_read",
            "{path} could not be read as text: {reason}.",
            path=path,
            reason=write_reason(error),
        ) from error
    return parse_config(text)


def _config(options: dict[str, Any], pasted: Pasted) -> RunConfig:
    run = PRESETS[options["preset"]]
    model = msgspec.structs.replace(run.model, **pasted.model)
    run = msgspec.structs.replace(run, **pasted.run)
    given = {name: _read(name, value) for name, value in options.items() if value is not None}
    if given.get("init_from"):
        folder = read_folder(Path(given["init_from"]).resolve())
        given["init_from"] = str(folder.path)
        model = folder.model
        run = msgspec.structs.replace(run, tokenizer=folder.tokenizer)
    model = msgspec.structs.replace(model, **_of(GPTConfig, given))
    meant = tokenizer_of(model.vocab_size)
    if meant and not given.get("init_from") and model.vocab_size != PRESETS[options["preset"]].model.vocab_size:
        run = msgspec.structs.replace(run, tokenizer=meant)
    return msgspec.structs.replace(run, model=model, **_of(RunConfig, given))


def _read(name: str, value: Any) -> Any:
    return read_number(name, value) if name in RULES else value


def _of(kind: type[msgspec.Struct], given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in kind.__struct_fields__ if name in given}
