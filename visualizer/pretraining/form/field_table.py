"""Every field of the form: its key in RunConfig or GPTConfig, its label, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.runs.config import CORPORA, EXPLANATIONS, PRESETS
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
        for key, words in EXPLANATIONS.items()
    ),
    FieldSpec(
        "tied",
        mark("Output head"),
        mark("Tied, the head is the token embedding itself (124M); untied, it has weights of its own (163M)."),
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
        mark(
            "The weights that it begins with: random ones, or those of a Hugging "
            "Face folder with a GPT-2, whose sizes and tokenizer it then has."
        ),
        ("", mark("random weights")),
        (CHOOSE_WEIGHTS, mark("Weights of a folder…")),
    ),
    _choice(
        "tokenizer",
        mark("Tokenizer"),
        "data",
        mark("What turns text into tokens."),
        ("gpt2", mark("GPT-2 byte pairs")),
        ("bytes", mark("bytes")),
        ("characters", mark("characters")),
    ),
    _choice(
        "corpus",
        mark("Corpus"),
        "data",
        mark("The text to learn from: one that ships, a text file, or a folder of them."),
        *((name, name) for name in CORPORA),
        (CHOOSE_FILE, mark("Choose file…")),
        (CHOOSE_FOLDER, mark("Choose folder…")),
    ),
    _choice(
        "device",
        mark("Device"),
        "data",
        mark("Where it is computed; automatic takes CUDA, then MPS, then the CPU."),
        ("auto", mark("automatic")),
        ("cpu", mark("cpu")),
    ),  # an engine says what else there is
    _float("learning_rate", "optimizer", mark("AdamW's step size at its peak, after the warm-up.")),
    _int(
        "batch_size",
        "optimizer",
        mark(
            "Sequences in one forward pass; more are smoother and need more memory. On CUDA "
            "those of a step are batch_size · grad_accumulation, as many at once as the card holds."
        ),
    ),
    _int("max_steps", "optimizer", mark("Optimizer steps to train.")),
    _float("grad_clip", "optimizer", mark("A gradient with a larger norm is scaled down to it; 0 never clips.")),
    _int("warmup_steps", "more", mark("Steps in which the learning rate rises from 0 to its peak.")),
    _float("min_learning_rate", "more", mark("Where the cosine of the learning rate ends, and then stays.")),
    _int(
        "decay_steps", "more", mark("The step at which the cosine of the learning rate ends; 0 ends it at max_steps.")
    ),
    _int("grad_accumulation", "more", mark("Forward passes whose gradients are averaged in one optimizer step.")),
    _float("weight_decay", "more", mark("How strongly AdamW pulls matrices and embeddings towards 0.")),
    _float("beta1", "more", mark("How long AdamW averages gradients: 0.9 is about 10 steps.")),
    _float("beta2", "more", mark("How long AdamW averages squared gradients: 0.95 is about 20 steps.")),
    _int("eval_every", "more", mark("Steps between two validations.")),
    _int("eval_batches", "more", mark("Batches that a validation averages.")),
    _int("sample_every", "more", mark("Steps between two text samples; 0 writes none.")),
    _int("sample_tokens", "more", mark("Tokens in one text sample.")),
    FieldSpec(
        "sample_prompt", "sample_prompt", mark("What a sample begins with; \\n is a line break."), "more", "text"
    ),
    _int("checkpoint_every", "more", mark("Steps between two checkpoints; a killed run resumes from the last.")),
    _int("keep_every", "more", mark("Of so many checkpoints one stays, besides the newest two and the best; 0: none.")),
    _float(
        "keep_gb",
        "more",
        mark("Gigabytes that its checkpoints may take: the oldest go first, never the newest two or the best."),
    ),
    _int(
        "patience",
        "more",
        mark(
            "Validations in a row without a better one after which the run ends; 0 never ends it. "
            "With it, each better one writes a checkpoint."
        ),
    ),
    _int("seed", "more", mark("Where the random numbers start; the same seed gives the same run.")),
    FieldSpec(
        "compile",
        "compile",
        mark(
            "torch.compile: faster steps, which take over after a minute or so; their losses "
            "repeat to rounding, not to the bit. Automatic compiles on CUDA."
        ),
        "more",
        "bool",
        (("None", mark("automatic")), *_SWITCH),
    ),
)

FIELDS: tuple[FieldSpec, ...] = (PRESET, *MODEL, *RUN)
SPECS: dict[str, FieldSpec] = {spec.key: spec for spec in FIELDS}
