"""The run that the person is about to start: what the form holds, what is wrong with it, what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from PySide6.QtCore import QObject, Signal

from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS, GPTConfig, RunConfig
from engine.runs.pasted import find_config, parse_config
from visualizer.pretraining.form.corpus_inspector import CorpusInspector, Verdict
from visualizer.pretraining.form.form_model import Estimates, check, estimates, model_to_text, to_text

FIRST_PRESET = "nano"
_KEPT = ("corpus", "device", "seed")  # a preset leaves these as the person chose them


class Draft(QObject):
    """Text in, judgement out. It keeps what was typed while a run is shown in the form."""

    filled = Signal(object)  # dict[str, str]: fields that changed by themselves
    judged = Signal()  # errors, estimates and whether it can start are new

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts: dict[str, str] = to_text(PRESETS[FIRST_PRESET])
        self.checked = check(self.texts)
        self._verdict: Verdict | None = None
        self._natural: int | None = PRESETS[FIRST_PRESET].model.vocab_size
        self._inspector = CorpusInspector()
        self._inspector.answered.connect(self._take)
        self._ask()

    @property
    def errors(self) -> Mapping[str, str]:
        """One sentence for each field that is wrong."""
        if self.checked.errors or self._verdict is None or not self._verdict.sentence:
            return self.checked.errors
        return {self._verdict.key: self._verdict.sentence}

    @property
    def reason(self) -> str:
        """Why it cannot start, "" when it can."""
        if self.errors:
            return next(iter(self.errors.values()))
        return "Reading the corpus…" if self.is_reading else ""

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

    def paste(self, text: str) -> str:
        """Fill from a pasted configuration and say what was read. Raises EngineError when there is none."""
        values = parse_config(find_config(text) or text)
        if not values:
            raise EngineError("pasted.empty", "The configuration is empty: none of the seven keys is in it.")
        model = msgspec.convert(values | {"tied": True}, GPTConfig)
        preset = next((name for name, run in PRESETS.items() if run.model == model and len(values) == 7), None)
        if preset is not None:
            self.choose_preset(preset)
            return f"The pasted configuration is GPT-2 {preset}: its optimizer settings were filled in too."
        texts = model_to_text(values)
        tokenizer = {50_257: "gpt2", 256: "bytes"}.get(int(values.get("vocab_size", 0)))
        self.texts |= texts | ({"tokenizer": tokenizer} if tokenizer else {})
        self._natural = self._known_vocabulary(self.texts["tokenizer"])
        self.filled.emit(self.texts)
        self._judge()
        return f"Filled in {', '.join(values)}."

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
        self._inspector.ask(self.texts["corpus"], self.checked.config if not self.checked.errors else None)

    def _take(self, verdict: Verdict) -> None:
        self._verdict = verdict
        if not self._follow_vocabulary():
            self.judged.emit()

    def _known_vocabulary(self, tokenizer: str) -> int | None:
        verdict = self._verdict
        if verdict is not None and verdict.corpus == self.texts["corpus"]:
            return verdict.vocabulary(tokenizer)
        return None if tokenizer == "characters" else Verdict("", None).vocabulary(tokenizer)

    def _follow_vocabulary(self) -> bool:
        """A vocab_size that was exactly the tokenizer's own follows it to another tokenizer or corpus."""
        natural = self._known_vocabulary(self.texts["tokenizer"])
        if natural is None or natural == self._natural:
            return False
        is_following = self.texts.get("vocab_size") == str(self._natural)
        self._natural = natural
        if is_following:
            self.texts["vocab_size"] = str(natural)
            self.filled.emit(self.texts)
            self._judge()
        return is_following

    def _corpus_lines(self) -> tuple[tuple[str, str], ...]:
        return self._verdict.lines(self.texts["tokenizer"]) if self._verdict is not None else ()
