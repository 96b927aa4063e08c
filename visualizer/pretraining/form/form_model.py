"""The form without its widgets: typed text to a configuration and back, what is wrong with it, what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from engine.runs.config import PRESETS, GPTConfig, RunConfig, flops_per_token, parameters
from engine.runs.config_rules import ConfigError
from engine.runs.disk_space import checkpoint_bytes
from engine.runs.memory import training_memory
from engine.runs.memory_check import needed_bytes
from engine.runs.typed_numbers import read_number
from engine.shared.language import grouped, said, tr
from engine.shared.numbers import fixed, setting
from visualizer.pretraining import formatting
from visualizer.pretraining.form.field_table import CUSTOM, MODEL, RUN, SPECS, FieldSpec


@dataclass(frozen=True)
class Estimates:
    """What a configuration adds up to; empty while it cannot be read."""

    n_parameters: int = 0
    parts: tuple[tuple[str, int], ...] = ()
    head_words: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Checked:
    """The configuration that the text means, if it means one, and a sentence for each field that is wrong."""

    config: RunConfig | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why it cannot start, "" when it can."""
        return next(iter(self.errors.values()), "")

    @property
    def preset(self) -> str:
        """The preset that it is, else "custom"."""
        return CUSTOM if self.config is None else preset_of(self.config)


def preset_of(config: RunConfig) -> str:
    """The preset that a configuration is, on whatever text and device; else "custom"."""
    return next((name for name, preset in PRESETS.items() if _on(preset, config) == config), CUSTOM)


def _on(preset: RunConfig, config: RunConfig) -> RunConfig:
    """The preset on the text and the device of another configuration."""
    model = msgspec.structs.replace(preset.model, vocab_size=config.model.vocab_size)
    return msgspec.structs.replace(
        preset,
        model=model,
        tokenizer=config.tokenizer,
        corpus=config.corpus,
        device=config.device,
        seed=config.seed,
        sample_prompt=config.sample_prompt,
    )


def to_text(config: RunConfig) -> dict[str, str]:
    """Every field as one would type it."""
    texts = {spec.key: _as_text(spec, getattr(config.model, spec.key)) for spec in MODEL}
    return texts | {spec.key: _as_text(spec, getattr(config, spec.key)) for spec in RUN}


def values_to_text(values: Mapping[str, object]) -> dict[str, str]:
    """Keys of a pasted configuration as one would type them."""
    return {key: _as_text(SPECS[key], value) for key, value in values.items()}


def check(texts: Mapping[str, str]) -> Checked:
    """Read every field. A field that cannot be read, and the first rule that is broken, get a sentence."""
    values: dict[str, object] = {}
    errors: dict[str, str] = {}
    for spec in (*MODEL, *RUN):
        try:
            values[spec.key] = _parse(spec, texts.get(spec.key, ""))
        except ConfigError as error:
            errors[error.field] = said(error.sentence)
    if errors:
        return Checked(None, errors)
    model = GPTConfig(**{spec.key: values.pop(spec.key) for spec in MODEL})  # type: ignore[arg-type]
    config = msgspec.convert(values | {"model": model}, RunConfig)
    for part in (config.model, config):
        try:
            part.check()
        except ConfigError as error:
            return Checked(config, {error.field: said(error.sentence)})
    return Checked(config, {})


def estimates(config: RunConfig | None, corpus_lines: tuple[tuple[str, str], ...]) -> Estimates:
    """Parameters, memory and compute; the corpus's own lines come last."""
    if config is None or min(config.model.vocab_size, config.model.emb_dim, config.model.n_layers) < 1:
        return Estimates(lines=corpus_lines)
    model = config.model
    n = parameters(model)
    parts = (
        (tr("token embedding"), n.token_embedding),
        ("MLP", n.mlp),
        (tr("attention"), n.attention),
        (tr("positions"), n.positions),
        (tr("norms"), n.norms),
        (tr("output head"), n.head),
    )
    on_card = config.device.startswith("cuda")
    memory = training_memory(model, config.batch_size, "autocast" if on_card else "float32")
    staying = memory.total - memory.activations - memory.logits
    untied = parameters(msgspec.structs.replace(model, tied=False)).total
    tied = parameters(msgspec.structs.replace(model, tied=True)).total
    lines = (
        (tr("Tied, in total"), grouped(tied)),
        (tr("Untied, in total"), grouped(untied)),
        (tr("Weights, gradients, AdamW"), formatting.n_bytes(staying)),
        (tr("Activations, estimated"), formatting.n_bytes(memory.activations + memory.logits)),
        (tr("Memory in all, estimated"), formatting.n_bytes(needed_bytes(config, on_card=on_card))),
        (tr("Checkpoints, at most"), formatting.n_bytes(checkpoint_bytes(config))),
        (tr("Compute per token"), formatting.flops(flops_per_token(model))),
        (tr("Tokens per step"), formatting.count(config.tokens_per_step)),
        *corpus_lines,
    )
    head = (
        tr("The output head shares the token embedding.")
        if model.tied
        else tr("The output head has weights of its own.")
    )
    return Estimates(n.total, parts, head, lines)


def _as_text(spec: FieldSpec, value: object) -> str:
    if spec.kind == "bool":
        return "None" if value is None else "True" if value else "False"
    if spec.kind == "float":
        number = float(value)  # type: ignore[arg-type]
        return fixed(number, 1) if number == round(number, 1) and abs(number) < 1e4 else setting(number)
    if spec.key == "sample_prompt":
        return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return str(value)


def _parse(spec: FieldSpec, text: str) -> object:
    if spec.kind == "bool":
        return None if text == "None" else text == "True"
    if spec.kind == "text":
        return _unescaped(text) if spec.key == "sample_prompt" else text
    return read_number(spec.key, text)


def _unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t") for part in parts)
