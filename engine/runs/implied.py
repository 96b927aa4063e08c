"""What follows from settings of other trainers that have no counterpart here: sizes by the name of a model, counts of
tokens and of sequences by division. No torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.runs.config_rules import ConfigError
from engine.shared.literals import read_plain

Values = Mapping[str, Any]  # by the names that were given
Known = Mapping[str, Any]  # by the keys of GPTConfig and RunConfig

_SIZES = {  # layers, heads, width: of OpenAI, of minGPT, and as llm.c counts layers or channels
    "gpt2": (12, 12, 768), "gpt2-medium": (24, 16, 1024), "gpt2-large": (36, 20, 1280), "gpt2-xl": (48, 25, 1600),
    "openai-gpt": (12, 12, 768), "gopher-44m": (8, 16, 512), "gpt-mini": (6, 6, 192), "gpt-micro": (4, 4, 128),
    "gpt-nano": (3, 3, 48), "d12": (12, 12, 768), "d24": (24, 16, 1024), "d36": (36, 20, 1280), "d48": (48, 25, 1600),
    "d6": (6, 6, 384), "d60": (60, 30, 1920), "d72": (72, 30, 2880), "d84": (84, 36, 3456),
    "gpt3:c384": (6, 6, 384), "gpt3:c768": (12, 12, 768), "gpt3:c1024": (24, 16, 1024), "gpt3:c1536": (24, 16, 1536),
    "gpt3:c2048": (24, 16, 2048), "gpt3:c2560": (32, 32, 2560), "gpt3:c4096": (32, 32, 4096),
}  # fmt: skip


class Implied(NamedTuple):
    """Values by key, each with the name that it follows from."""

    values: dict[str, Any]
    names: dict[str, str]


def implied(given: Values, known: Known) -> Implied:
    """What follows from `given` for keys that are not `known`. Raises ConfigError for counts that do not go into one
    another."""
    found = Implied({}, {})
    for name, follows in _RULES.items():
        if given.get(name) is None:
            continue
        for key, value in follows(given[name], given, dict(known) | found.values).items():
            if key not in known:
                found.values[key], found.names[name] = value, key
    return found


def _sizes(value: Any, given: Values, known: Known) -> dict[str, Any]:
    sizes = _SIZES.get(value.removeprefix("gpt2:")) if isinstance(value, str) else None
    return dict(zip(("n_layers", "n_heads", "emb_dim"), sizes, strict=True)) if sizes else {}


def _betas(value: Any, given: Values, known: Known) -> dict[str, Any]:
    is_pair = isinstance(value, tuple | list) and len(value) == 2
    return dict(zip(("beta1", "beta2"), value, strict=True)) if is_pair else {}


def _of_karpathy(key: str) -> Callable[[Any, Values, Known], dict[str, Any]]:
    """`B` and `T` of build-nanogpt, which mean something only beside one another."""
    return lambda value, given, known: {key: value} if _are_counts(given.get("B"), given.get("T")) else {}


def _short(key: str) -> Callable[[Any, Values, Known], dict[str, Any]]:
    """`dim`, `depth` and `heads`, which are words of much else, too, where there is no second of them."""

    def follows(value: Any, given: Values, known: Known) -> dict[str, Any]:
        others = [given.get(name) for name in _SHORT if _SHORT[name] != key]
        others += [known.get(other) for other in _SHORT.values() if other != key]
        return {key: value} if _are_counts(value) and any(_are_counts(other) for other in others) else {}

    return follows


def _constant_rate(value: Any, given: Values, known: Known) -> dict[str, Any]:
    """nanoGPT's switch: without the schedule there is no warm-up either."""
    rate = known.get("learning_rate")
    return {"min_learning_rate": rate, "warmup_steps": 0} if value is False and rate is not None else {}


def _share_of_rate(value: Any, given: Values, known: Known) -> dict[str, Any]:
    """llm.c: the least rate as a share of the highest."""
    rate = known.get("learning_rate")
    return {"min_learning_rate": read_plain(f"{rate} * {value}")} if _are_numbers(rate, value) else {}


def _of_sequences(value: Any, given: Values, known: Known) -> dict[str, Any]:
    """litgpt: sequences of a step on all devices."""
    return _accumulation("global_batch_size", value, (known.get("batch_size"),))


def _of_tokens(value: Any, given: Values, known: Known) -> dict[str, Any]:
    """build-nanogpt and llm.c: tokens of a step."""
    return _accumulation("total_batch_size", value, (known.get("batch_size"), known.get("context_length")))


def _accumulation(name: str, value: Any, parts: tuple[Any, ...]) -> dict[str, Any]:
    if not _are_counts(value, *parts):
        return {}
    size = math.prod(parts)
    if value % size:
        raise ConfigError(
            "pasted.not_divided",
            "{name} {value:,} is no multiple of the {size:,} that one micro-batch has.",
            field="grad_accumulation",
            name=name,
            value=value,
            size=size,
        )
    return {"grad_accumulation": value // size}


def _length(value: Any, given: Values, known: Known) -> dict[str, Any]:
    """litgpt: tokens of the whole run; its last step may go beyond."""
    parts = [known.get("batch_size"), known.get("context_length"), known.get("grad_accumulation", 1)]
    return {"max_steps": -(-value // math.prod(parts))} if _are_counts(value, *parts) else {}


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 for value in values)


def _are_counts(*values: Any) -> bool:
    return all(isinstance(value, int) and not isinstance(value, bool) and value > 0 for value in values)


_SHORT = {"dim": "emb_dim", "depth": "n_layers", "heads": "n_heads"}
_RULES: dict[str, Callable[[Any, Values, Known], dict[str, Any]]] = {  # each may go on from those before
    "model_type": _sizes,
    "model": _sizes,
    "betas": _betas,
    **{name: _short(key) for name, key in _SHORT.items()},
    "B": _of_karpathy("batch_size"),
    "T": _of_karpathy("context_length"),
    "decay_lr": _constant_rate,
    "learning_rate_decay_frac": _share_of_rate,
    "global_batch_size": _of_sequences,
    "total_batch_size": _of_tokens,
    "max_tokens": _length,
}
