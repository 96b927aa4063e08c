"""The run that the person is about to start: what the form holds, what is wrong with it, what it adds up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from engine.protocol.errors import EngineError
from engine.runs.branches import FIXED, BranchPoint
from engine.runs.branches import check as check_branch
from engine.runs.config import PRESETS, GPTConfig, RunConfig, tokenizer_of
from engine.runs.config_rules import ConfigError
from engine.runs.model_folder import read_folder
from engine.runs.pasted import Pasted
from engine.runs.spent_schedule import spent_schedule
from engine.shared.language import grouped, mark, said, tr
from visualizer.pretraining.form.corpus_inspector import CorpusInspector, Verdict
from visualizer.pretraining.form.form_model import Estimates, check, estimates, to_text, values_to_text

FIRST_PRESET = "nano"
_MOST_LEFT_OUT = 6  # names that are told
_KEPT = ("corpus", "device", "seed")  # a preset leaves these as the person chose them


class Draft(QObject):
    """Text in, judgement out. It keeps what was typed while a run is shown in the form."""

    filled = Signal(object)  # dict[str, str]: fields that changed by themselves
    judged = Signal()  # errors, estimates and whether it can start are new

    def __init__(self, runs: Path, parent: QObject | None = None) -> None:
        """`runs` is the folder that a run would be written into."""
        super().__init__(parent)
        self.texts: dict[str, str] = to_text(PRESETS[FIRST_PRESET])
        self.branch: BranchPoint | None = None  # where it begins, of a draft of a branch
        self.checked = check(self.texts)
        self._verdict: Verdict | None = None
        self._natural: int | None = PRESETS[FIRST_PRESET].model.vocab_size
        self._inspector = CorpusInspector(runs)
        self._inspector.answered.connect(self._take)
        self._inspector.roomed.connect(self._on_room)
        self._ask()

    @property
    def errors(self) -> Mapping[str, str]:
        """One sentence for each field that is wrong."""
        if self._branch_errors:
            return self._branch_errors
        if self.checked.errors or self._verdict is None or not self._verdict.sentence:
            return self.checked.errors
        return {self._verdict.key: self._verdict.sentence}

    @property
    def _branch_errors(self) -> Mapping[str, str]:
        """What a branch cannot have."""
        if self.branch is None or self.checked.config is None or self.checked.errors:
            return {}
        try:
            check_branch(self.branch, self.checked.config)
        except ConfigError as error:
            return {error.field: said(error.sentence)}
        return {}

    @property
    def notices(self) -> Mapping[str, str]:
        """One sentence for each field that is odd, though the run can start."""
        known = self._verdict.notices if self._is_read and self._verdict is not None else {}
        return {**known, **self._branch_notices}

    @property
    def _branch_notices(self) -> Mapping[str, str]:
        """What is odd where it begins."""
        point, config = self.branch, self.checked.config
        if point is None or config is None or self.checked.errors:
            return {}
        spent = spent_schedule(config, point.step, point.config)
        return {} if spent is None else {"learning_rate": said(spent)}

    @property
    def reason(self) -> str:
        """Why it cannot start, "" when it can."""
        if self.errors:
            return next(iter(self.errors.values()))
        return tr("Reading the corpus…") if self.is_reading else ""

    @property
    def is_reading(self) -> bool:
        """Whether the corpus is still looked at; nothing else is known to be wrong."""
        return not self.errors and not self._is_read

    @property
    def config(self) -> RunConfig | None:
        """What Start would train; None while it cannot."""
        return None if self.reason else self.checked.config

    @property
    def estimates(self) -> Estimates:
        """Parameters, memory and time of the configuration as it is typed."""
        return estimates(self.checked.config, self._corpus_lines())

    @property
    def preset(self) -> str:
        """The preset that it is, else "custom"."""
        return self.checked.preset

    def edit(self, texts: Mapping[str, str]) -> None:
        """The person changed the form."""
        if dict(texts) == self.texts:
            return
        is_other_source = any(texts.get(key) != self.texts.get(key) for key in ("tokenizer", "corpus"))
        self.texts = dict(texts)
        if is_other_source:
            self._follow_vocabulary()
        self._judge()

    def choose_preset(self, name: str) -> None:
        """All values of a preset, on the corpus and the device that are chosen."""
        texts = to_text(PRESETS[name]) | {key: self.texts[key] for key in _KEPT}
        known = self._known_vocabulary(texts["tokenizer"])
        self.fill(texts | ({"vocab_size": str(known)} if known else {}))

    def fill(self, texts: Mapping[str, str]) -> None:
        """Replace fields."""
        self.texts = self.texts | dict(texts)
        self._natural = self._known_vocabulary(self.texts["tokenizer"]) or int(self.texts["vocab_size"])
        self.filled.emit(self.texts)
        self._judge()

    def begin_from(self, folder: str) -> Callable[[], str]:
        """Begin with the weights of a folder, whose sizes and tokenizer are filled in, and say so. Raises EngineError
        for a folder that is no GPT-2 of ours; nothing changes then."""
        found = read_folder(folder)
        sizes = values_to_text(msgspec.structs.asdict(found.model))
        self.fill(sizes | {"tokenizer": found.tokenizer, "init_from": folder})
        words = mark("The run begins with the weights in {folder}: its sizes and tokenizer were filled in.")
        return lambda: tr(words, folder=folder)

    def branch_from(self, point: BranchPoint) -> None:
        """Begin with a checkpoint of a run, and with the settings that it had there; where these end with it, it is to
        train as long again."""
        self.branch = point
        is_over = point.step >= point.config.max_steps
        self.fill(to_text(point.config) | ({"max_steps": str(2 * point.step)} if is_over else {}))

    def leave_branch(self) -> None:
        """Begin with new weights; what is typed stays."""
        self.branch = None
        self._judge()

    def paste(self, pasted: Pasted) -> Callable[[], str]:
        """Fill from a pasted configuration and say what was read. Raises EngineError when there is nothing in it."""
        values = pasted.model
        if not (values or pasted.run):
            raise EngineError("pasted.empty", "The configuration is empty: none of the seven keys is in it.")
        self.branch = None
        model = msgspec.convert({"tied": True} | values, GPTConfig)
        known = (name for name, run in PRESETS.items() if run.model == model and len(values) >= 7)
        preset = None if pasted.run else next(known, None)
        if preset is not None:
            self.choose_preset(preset)
            return lambda: tr(
                "The pasted configuration is GPT-2 {preset}: its optimizer settings were filled in too.", preset=preset
            )
        tokenizer = tokenizer_of(int(values.get("vocab_size", 0)))
        self.texts |= values_to_text(values | pasted.run) | ({"tokenizer": tokenizer} if tokenizer else {})
        self._natural = self._known_vocabulary(self.texts["tokenizer"])
        self.filled.emit(self.texts)
        self._judge()
        return lambda: _read_words(pasted)

    def set_root(self, runs: Path) -> None:
        """The folder that a run would be written into is another."""
        self._inspector.set_root(runs)
        self._judge()

    def look_again(self) -> None:
        """The disk may have been filled, or have room again, since the run was judged."""
        verdict = self._verdict
        if self._is_read and verdict is not None and verdict.config is not None and not self.checked.errors:
            self._inspector.ask_room(verdict.config, verdict.n_bytes)

    def say_again(self) -> None:
        """The language is another: what is wrong, and what is odd, is read again and said in it."""
        if self._verdict is not None:
            self._verdict = replace(self._verdict, config=None, sentence="", notices={})
        self._judge()

    def close(self) -> None:
        self._inspector.close()

    # -- judging

    @property
    def _is_read(self) -> bool:
        return self._verdict is not None and self._verdict.config == self.checked.config

    def _judge(self) -> None:
        self.checked = check(self.texts)
        if self._verdict is not None and not self._is_read:
            # Numbers of the same corpus stay on screen; the judgement about the old configuration does not.
            is_same = self._verdict.corpus == self.texts["corpus"]
            self._verdict = replace(self._verdict, config=None, key="", sentence="") if is_same else None
        self._ask()
        self.judged.emit()

    def _ask(self) -> None:
        fixed = FIXED if self.branch is not None else ()
        self._inspector.ask(self.texts["corpus"], self.checked.config if not self.checked.errors else None, fixed)

    def _take(self, verdict: Verdict) -> None:
        self._verdict = verdict
        if not self._follow_vocabulary():
            self.judged.emit()

    def _on_room(self, config: RunConfig, sentence: str) -> None:
        verdict = self._verdict
        if verdict is None or verdict.config != config or config != self.checked.config:
            return
        if sentence != verdict.sentence and (verdict.is_of_disk or not verdict.sentence):
            self._ask()

    def _known_vocabulary(self, tokenizer: str) -> int | None:
        verdict = self._verdict
        if verdict is not None and verdict.corpus == self.texts["corpus"]:
            return verdict.vocabulary(tokenizer)
        return None if tokenizer == "characters" else Verdict("", None).vocabulary(tokenizer)

    def _follow_vocabulary(self) -> bool:
        """A vocab_size that was exactly the tokenizer's own follows it to another tokenizer or corpus."""
        natural = self._known_vocabulary(self.texts["tokenizer"])
        if not natural or natural == self._natural:  # an empty corpus has no characters, and that is what is wrong
            return False
        is_fixed = bool(self.texts["init_from"]) or self.branch is not None
        is_following = not is_fixed and self.texts.get("vocab_size") == str(self._natural)
        self._natural = natural
        if is_following:
            self.texts["vocab_size"] = str(natural)
            self.filled.emit(self.texts)
            self._judge()
        return is_following

    def _corpus_lines(self) -> tuple[tuple[str, str], ...]:
        return self._verdict.lines(self.texts["tokenizer"]) if self._verdict is not None else ()


def _read_words(pasted: Pasted) -> str:
    """What was taken, under which other names, and what was not."""
    others: dict[str, list[str]] = {}
    for name, key in pasted.names.items():
        others.setdefault(key, []).append(name)
    taken = (f"{key} ({', '.join(others[key])})" if key in others else key for key in (*pasted.model, *pasted.run))
    words = tr("Filled in {names}.", names=", ".join(taken))
    if pasted.left_out:
        more = len(pasted.left_out) - _MOST_LEFT_OUT
        names = ", ".join(pasted.left_out[:_MOST_LEFT_OUT])
        words += " " + (
            tr("Left out: {names} and {n} more.", names=names, n=grouped(more))
            if more > 0
            else tr("Left out: {names}.", names=names)
        )
    return words
