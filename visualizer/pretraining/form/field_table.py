"""Every field of the form: its key in RunConfig or GPTConfig, its label, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.runs.config import CORPORA, PRESETS
from engine.runs.explanations import EXPLANATIONS, OF_THE_MODEL
from engine.shared.language import mark

CHOOSE_FILE, CHOOSE_FOLDER, CHOOSE_WEIGHTS, CUSTOM = "choose file", "choose folder", "choose weights", mark("custom")


@dataclass(frozen=True)
class FieldSpec:
    """One row. `choices` are (value, words); None makes it a field to type into. `kind` is what the text must be."""

    key: str
    label: str
    help: str
    group: str
    kind: str = "int"  # "int", "float", "bool" or "text"
    choices: tuple[tuple[str, str], ...] | None = None

    @property
    def is_more(self) -> bool:
        """Whether the row lies in the part of the form that folds."""
        return self.group == "more"

    @property
    def is_code(self) -> bool:
        """Whether label and value are a name and a value of Python."""
        return self.label == self.key


def _int(key: str, group: str, help_text: str) -> FieldSpec:
    return FieldSpec(key, key, help_text, group)


def _float(key: str, group: str, help_text: str) -> FieldSpec:
    return FieldSpec(key, key, help_text, group, "float")


def _choice(key: str, label: str, group: str, help_text: str, *choices: tuple[str, str]) -> FieldSpec:
    return FieldSpec(key, label, help_text, group, "text", choices)


_SWITCH = (("False", "False"), ("True", "True"))
_MODEL_KINDS = {"drop_rate": "float", "qkv_bias": "bool"}

PRESET = _choice(
    "preset",
    mark("Preset"),
    "model",
    mark("Values that belong together; each of them can still be changed."),
    *((name, name) for name in PRESETS),
    (CUSTOM, CUSTOM),
)

MODEL: tuple[FieldSpec, ...] = (
    *(
        FieldSpec(key, key, words, "model", _MODEL_KINDS.get(key, "int"), _SWITCH if key == "qkv_bias" else None)
        for key, words in OF_THE_MODEL.items()
    ),
    FieldSpec(
        "tied",
        mark("Output head"),
        EXPLANATIONS["tied"],
        "model",
        "bool",
        (("True", mark("tied")), ("False", mark("untied"))),
    ),
)

RUN: tuple[FieldSpec, ...] = (
    _choice(
        "init_from",
        mark("Start from"),
        "model",
        EXPLANATIONS["init_from"],
        ("", mark("random weights")),
        (CHOOSE_WEIGHTS, mark("Weights of a folder…")),
    ),
    _choice(
        "tokenizer",
        mark("Tokenizer"),
        "data",
        EXPLANATIONS["tokenizer"],
        ("gpt2", mark("GPT-2 byte pairs")),
        ("bytes", mark("bytes")),
        ("characters", mark("characters")),
    ),
    _choice(
        "corpus",
        mark("Corpus"),
        "data",
        EXPLANATIONS["corpus"],
        *((name, name) for name in CORPORA),
        (CHOOSE_FILE, mark("Choose file…")),
        (CHOOSE_FOLDER, mark("Choose folder…")),
    ),
    _choice(
        "device",
        mark("Device"),
        "data",
        EXPLANATIONS["device"],
        ("auto", mark("automatic")),
        ("cpu", mark("cpu")),
    ),  # an engine says what else there is
    _float("learning_rate", "optimizer", EXPLANATIONS["learning_rate"]),
    _int(
        "batch_size",
        "optimizer",
        EXPLANATIONS["batch_size"],
    ),
    _int("max_steps", "optimizer", EXPLANATIONS["max_steps"]),
    _float("grad_clip", "optimizer", EXPLANATIONS["grad_clip"]),
    _int("warmup_steps", "more", EXPLANATIONS["warmup_steps"]),
    _float("min_learning_rate", "more", EXPLANATIONS["min_learning_rate"]),
    _int("decay_steps", "more", EXPLANATIONS["decay_steps"]),
    _int("grad_accumulation", "more", EXPLANATIONS["grad_accumulation"]),
    _float("weight_decay", "more", EXPLANATIONS["weight_decay"]),
    _float("beta1", "more", EXPLANATIONS["beta1"]),
    _float("beta2", "more", EXPLANATIONS["beta2"]),
    _int("eval_every", "more", EXPLANATIONS["eval_every"]),
    _int("eval_batches", "more", EXPLANATIONS["eval_batches"]),
    _int("sample_every", "more", EXPLANATIONS["sample_every"]),
    _int("sample_tokens", "more", EXPLANATIONS["sample_tokens"]),
    FieldSpec("sample_prompt", "sample_prompt", EXPLANATIONS["sample_prompt"], "more", "text"),
    _int("checkpoint_every", "more", EXPLANATIONS["checkpoint_every"]),
    _int("keep_every", "more", EXPLANATIONS["keep_every"]),
    _float(
        "keep_gb",
        "more",
        EXPLANATIONS["keep_gb"],
    ),
    _int(
        "patience",
        "more",
        EXPLANATIONS["patience"],
    ),
    _int("seed", "more", EXPLANATIONS["seed"]),
    FieldSpec(
        "compile",
        "compile",
        EXPLANATIONS["compile"],
        "more",
        "bool",
        (("None", mark("automatic")), *_SWITCH),
    ),
)

FIELDS: tuple[FieldSpec, ...] = (PRESET, *MODEL, *RUN)
SPECS: dict[str, FieldSpec] = {spec.key: spec for spec in FIELDS}
