"""A Hugging Face folder with a GPT-2 in it: config.json, weights and tokenizer files, looked at without torch."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import GPTConfig, RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.model_tensors import Place, find_tensors
from engine.runs.tokenizer_files import read_tokenizer
from engine.shared.disk_errors import not_reached, write_reason
from engine.shared.regular_files import read_file
from engine.shared.stored_json import parsed

CONFIG = "config.json"
_TANH_GELU = ("gelu_new", "gelu_pytorch_tanh", "gelu_fast")  # one function under three names
_EPSILON = 1e-5
_END_OF_TEXT = 50_256  # GPT-2's token


class ModelFolder(NamedTuple):
    """What a folder holds. `tensors` are by their published name, without a prefix."""

    path: Path
    model: GPTConfig
    tokenizer: str
    alphabet: str  # of the tokenizer "characters", else ""
    tensors: dict[str, Place]


class _Published(msgspec.Struct, frozen=True):
    """The keys of a published configuration that decide what is computed, with GPT-2's defaults."""

    model_type: str = ""
    vocab_size: int = 50_257
    n_positions: int = 1024
    n_embd: int = 768
    n_layer: int = 12
    n_head: int = 12
    n_inner: int | None = None
    activation_function: str = "gelu_new"
    resid_pdrop: float = 0.1
    layer_norm_epsilon: float = _EPSILON
    scale_attn_weights: bool = True
    scale_attn_by_inverse_layer_idx: bool = False
    add_cross_attention: bool = False
    tie_word_embeddings: bool = True
    qkv_bias: bool = True  # ours alone: False where the biases are zeros that a model of ours does not have


def read_folder(path: Path | str) -> ModelFolder:
    """Look at a folder: what it is, and whether all is there. Raises EngineError with one sentence where it is not a
    GPT-2 that our model computes."""
    folder = Path(path).expanduser()
    config = _config(folder)
    _check_same_function(folder, config)
    model = GPTConfig(
        vocab_size=config.vocab_size,
        context_length=config.n_positions,
        emb_dim=config.n_embd,
        n_heads=config.n_head,
        n_layers=config.n_layer,
        drop_rate=config.resid_pdrop,
        qkv_bias=config.qkv_bias,
        tied=config.tie_word_embeddings,
    )
    model.check()
    tensors = find_tensors(folder, model)
    tokenizer, alphabet = read_tokenizer(folder, model.vocab_size)
    return ModelFolder(folder, model, tokenizer, alphabet, tensors)


def check_target(target: Path) -> None:
    """Raises EngineError where no new folder can be written there."""
    if os.path.lexists(target):  # which, unlike `exists`, never raises
        raise EngineError("export.exists", "{target} is there already; nothing was written.", target=target)
    above = next(folder for folder in target.absolute().parents if os.path.lexists(folder))
    if not os.path.isdir(above):
        raise EngineError(
            "export.not_written",
            "{target} could not be written: {reason}.",
            target=target,
            reason=write_reason(NotADirectoryError(errno.ENOTDIR, "")),
        )


def published_config(model: GPTConfig, tokenizer: str) -> dict[str, Any]:
    """The config.json of a model of ours."""
    end_of_text = _END_OF_TEXT if tokenizer == "gpt2" else None
    return {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": model.vocab_size,
        "n_positions": model.context_length,
        "n_embd": model.emb_dim,
        "n_layer": model.n_layers,
        "n_head": model.n_heads,
        "n_inner": None,
        "activation_function": "gelu_new",
        **dict.fromkeys(("resid_pdrop", "embd_pdrop", "attn_pdrop"), model.drop_rate),
        "layer_norm_epsilon": _EPSILON,
        "scale_attn_weights": True,
        "tie_word_embeddings": model.tied,
        "bos_token_id": end_of_text,
        "eos_token_id": end_of_text,
        "torch_dtype": "float32",
        "qkv_bias": model.qkv_bias,
    }


def check_beginning(run: RunConfig) -> None:
    """Raises ConfigError, with one sentence, where a run cannot begin from the weights that it names, if any."""
    if not run.init_from:
        return
    try:
        folder = read_folder(run.init_from)
    except EngineError as error:
        refused = ConfigError.saying(error.sentence)
        refused.field = "init_from"
        raise refused from error
    for name in GPTConfig.__struct_fields__:
        given, theirs = getattr(run.model, name), getattr(folder.model, name)
        if name != "drop_rate" and given != theirs:
            raise ConfigError(
                "weights.other_model",
                "{field} is {given}; the weights in {folder} have {theirs}.",
                field=name,
                given=given,
                theirs=theirs,
                folder=folder.path,
            )
    if run.tokenizer != folder.tokenizer:
        raise ConfigError(
            "weights.other_tokenizer_chosen",
            "The tokenizer is {given!r}; the weights in {folder} have learnt with {theirs!r}.",
            field="tokenizer",
            given=run.tokenizer,
            theirs=folder.tokenizer,
            folder=folder.path,
        )
    if folder.alphabet:
        unknown = sorted(set(corpus.characters(run.corpus)) - set(folder.alphabet))
        if unknown:
            raise ConfigError(
                "weights.unknown_characters",
                "The corpus has {n:,} characters that the weights in {folder} do not know, such as {example!r}.",
                field="corpus",
                n=len(unknown),
                example=unknown[0],
                folder=folder.path,
            )


def _config(folder: Path) -> _Published:
    path = folder / CONFIG
    try:
        data = read_file(path)
    except PermissionError as error:
        raise not_reached(path, error) from error
    except OSError as error:
        raise EngineError(
            "weights.no_config", "{folder} is no folder of a model: it has no {file}.", folder=folder, file=CONFIG
        ) from error
    try:
        found = parsed(data)
        if not isinstance(found, dict):
            raise ValueError("it is no dictionary")
        kind = found.get("model_type", "")
        if kind == "gpt2":
            return msgspec.json.decode(data, type=_Published, strict=False)
    except ValueError as error:
        raise EngineError(
            "weights.config_not_read",
            "{file} in {folder} cannot be read: {reason}.",
            file=CONFIG,
            folder=folder,
            reason=error,
        ) from error
    raise EngineError(
        "weights.other_architecture",
        "{folder} holds a model of the type {kind!r}; only 'gpt2' is read.",
        folder=folder,
        kind=kind,
    )


def _check_same_function(folder: Path, config: _Published) -> None:
    """Raises EngineError where a GPT-2 is computed in another way than ours is."""
    same = {
        "activation_function": config.activation_function in _TANH_GELU,
        "layer_norm_epsilon": config.layer_norm_epsilon == _EPSILON,
        "scale_attn_weights": config.scale_attn_weights,
        "scale_attn_by_inverse_layer_idx": not config.scale_attn_by_inverse_layer_idx,
        "add_cross_attention": not config.add_cross_attention,
        "n_inner": config.n_inner in (None, 4 * config.n_embd),
    }
    for name, is_same in same.items():
        if not is_same:
            raise EngineError(
                "weights.other_function",
                "{folder} says {name} {value!r} in its config.json; the GPT-2 here computes something else.",
                folder=folder,
                name=name,
                value=getattr(config, name),
            )
