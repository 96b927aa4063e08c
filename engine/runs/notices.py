"""What is odd about a run that can be trained: said beside its field, before it starts. No torch."""

from __future__ import annotations

from collections.abc import Collection

from engine.protocol.sentence import Sentence
from engine.runs.config import RunConfig, parameters
from engine.runs.config_rules import ConfigError
from engine.runs.corpus import files
from engine.runs.corpus_text import seven_bits_of
from engine.runs.disk_space import BYTES_A_PARAMETER, UNITS
from engine.runs.kept_checkpoints import ALWAYS_KEPT
from engine.runs.memory_check import enough_tokens, scarce
from engine.shared.numbers import scaled, setting

_MOST_FILES = 64  # of a folder, that are looked into


def notices(run: RunConfig, n_characters: int | None = None, fixed: Collection[str] = ()) -> dict[str, Sentence]:
    """By field. `n_characters` is how many different ones the corpus has, where that is known; for `fixed` settings no
    other value is proposed."""
    found = {
        "corpus": _one_character(n_characters) or _escapes(run.corpus),
        "vocab_size": _vocabulary(run, n_characters),
        "warmup_steps": _warm_up(run),
        "min_learning_rate": _least_rate(run),
        "keep_gb": _no_milestone(run),
        **scarce(run, fixed, n_characters),
    }
    return {field: said for field, said in found.items() if said is not None}


def _one_character(n_characters: int | None) -> Sentence | None:
    if n_characters != 1:
        return None
    return Sentence.of(
        "config.one_character",
        "The corpus is one character, again and again: there is nothing to learn, and the loss is 0.",
    )


def _escapes(corpus: str) -> Sentence | None:
    """Of the first of its files that looks so; reads their beginnings."""
    try:
        paths = files(corpus).paths[:_MOST_FILES]
    except ConfigError:
        return None  # which is said elsewhere
    for path in paths:
        if (seen := seven_bits_of(path)) is not None:
            return Sentence.of(
                "corpus.seven_bits",
                "{file} looks like {encoding}: what stands there, as {escape}, is learnt as it stands. If it is "
                "text in that encoding, save it as UTF-8.",
                file=path.name,
                encoding=seen.encoding,
                escape=seen.escape,
            )
    return None


def _vocabulary(run: RunConfig, n_characters: int | None) -> Sentence | None:
    known = enough_tokens(run, n_characters)
    if known is None:
        return None
    n_rows = run.model.vocab_size - known
    n_wasted = n_rows * run.model.emb_dim * (1 if run.model.tied else 2)
    return Sentence.of(
        "config.vocabulary_too_large",
        "vocab_size {value:,} is far more than the {known:,} tokens there are: the other {n_rows:,} are never seen, "
        "but {n_wasted:,} of the {n_parameters:,} parameters are theirs. {known:,} is enough; {padded:,} is its next "
        "multiple of 64.",
        value=run.model.vocab_size,
        known=known,
        n_rows=n_rows,
        n_wasted=n_wasted,
        n_parameters=parameters(run.model).total,
        padded=-(-known // 64) * 64,
    )


def _no_milestone(run: RunConfig) -> Sentence | None:
    one = parameters(run.model).total * BYTES_A_PARAMETER
    least = (ALWAYS_KEPT + 1) * one  # where the best is one of the newest
    if not run.keep_every or run.keep_gb * 1e9 >= least:
        return None
    return Sentence.of(
        "config.no_room_for_milestones",
        "keep_gb {value} has no room for what keep_every {every:,} keeps: a checkpoint takes about {one}, and the "
        "newest two and the best stay whatever they take. From {least} on there is room for one more.",
        value=setting(run.keep_gb),
        every=run.keep_every,
        one=scaled(one, UNITS, 1000),
        least=scaled(least, UNITS, 1000),
    )


def _warm_up(run: RunConfig) -> Sentence | None:
    if run.warmup_steps < run.max_steps:
        return None
    return Sentence.of(
        "config.warm_up_too_long",
        "warmup_steps {value:,} is no less than max_steps {max_steps:,}: the learning rate rises to the end.",
        value=run.warmup_steps,
        max_steps=run.max_steps,
    )


def _least_rate(run: RunConfig) -> Sentence | None:
    if run.min_learning_rate <= run.learning_rate:
        return None
    return Sentence.of(
        "config.least_rate_too_high",
        "min_learning_rate {value} is above learning_rate {peak}, which then never falls.",
        value=setting(run.min_learning_rate),
        peak=setting(run.learning_rate),
    )
