"""Whether a run has room in memory before it begins, and what would fit. No torch.

What is needed is the arithmetic of `training_memory`, the gradients of the block that is on its way back, and, on a
CPU, the process itself. Beside the largest resident set over three steps, a checkpoint and an evaluation of nine models
on a CPU (0.8 to 227 million parameters, 0.4 to 4.0 GB, torch 2.13) that is 10 % too little to 2 % too much: what is
refused has no room. Of cards see `training_memory`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.config import PRESETS, VOCABULARIES, RunConfig, parameters
from engine.runs.config_rules import ConfigError
from engine.runs.memory import training_memory
from engine.runs.room import Room, room_of
from engine.shared.numbers import scaled

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_PROCESS_BYTES = 350_000_000  # Python, torch and the tokenizer
_PADDED_TO = 128  # the multiples that trainers pad a vocabulary to: 64 or 128
_ON_ITS_WAY = 40  # bytes a token and unit of width: gradients inside of one block
_LEAST_SHARE = 0.25  # of a size, that is still a proposal
_SIZES = ("context_length", "n_layers", "emb_dim")  # of which a smaller one is proposed
TOO_LITTLE = "training.memory_too_little"
ALL_THE_SAME = Sentence.phrase("words.all_the_same", " --ignore-memory trains all the same.")
_A_SCORE = 12  # bytes: of attention's scores in that block, where dropout keeps it from being fused


def needed_bytes(run: RunConfig, *, on_card: bool) -> int:
    """At the peak of a step. On a card a step's sequences are divided as its memory asks, down to one at a time."""
    model = run.model
    if on_card:
        return training_memory(model, 1, "autocast").total
    memory = training_memory(model, run.batch_size, "float32")
    a_token = _ON_ITS_WAY * model.emb_dim + (_A_SCORE * model.n_heads * model.context_length if model.drop_rate else 0)
    on_its_way = run.batch_size * model.context_length * a_token
    twice = 4 * model.vocab_size * model.emb_dim if model.tied else 0  # two gradients of one matrix are added up
    gradients = memory.gradients + twice
    # The logits are gone before gradients come, unless a micro-batch before has left some.
    both = gradients + memory.logits if run.grad_accumulation > 1 else max(gradients, memory.logits)
    return memory.weights + memory.moments + memory.activations + both + on_its_way + _PROCESS_BYTES


def check(
    run: RunConfig, hint: Sentence | str = "", fixed: Collection[str] = (), n_characters: int | None = None
) -> None:
    """Raises ConfigError, with what would fit, for a run that the memory in all has no room for; `hint` ends it.
    `fixed` are settings that it goes on with: others are not proposed for them. `n_characters`: see `enough_tokens`."""
    room = room_of(run.device)
    if room is None or needed_bytes(run, on_card=_is_card(room)) <= room.total:
        return
    field, words = _fitting(run, room.total, fixed, n_characters, on_card=_is_card(room))
    raise ConfigError(
        "training.memory_too_little",
        "The run needs about {needed} of memory, and {place} has {total}: {words}.{hint}",
        field=field,
        needed=_bytes(needed_bytes(run, on_card=_is_card(room))),
        place=room.place,
        total=_bytes(room.total),
        words=words,
        hint=hint,
    )


def scarce(run: RunConfig, fixed: Collection[str] = (), n_characters: int | None = None) -> dict[str, Sentence]:
    """What is said, by field, of a run that fits only once others have given back what they hold."""
    room = room_of(run.device)
    if room is None or needed_bytes(run, on_card=_is_card(room)) <= room.free:
        return {}
    field, words = _fitting(run, room.free, fixed, n_characters, on_card=_is_card(room))
    said = Sentence.of(
        "memory.scarce",
        "The run needs about {needed} of memory; of the {total} that {place} has, {free} are free now: {words}.",
        needed=_bytes(needed_bytes(run, on_card=_is_card(room))),
        place=room.place,
        total=_bytes(room.total),
        free=_bytes(room.free),
        words=words,
    )
    return {field: said}


def _is_card(room: Room) -> bool:
    return str(room.place).startswith("the NVIDIA")


def enough_tokens(run: RunConfig, n_characters: int | None) -> int | None:
    """How many tokens there are, where vocab_size is far more than any padding makes of that. `n_characters`: how many
    different ones the corpus has, where that is known."""
    known = VOCABULARIES.get(run.tokenizer, n_characters)
    if known is None or run.model.vocab_size <= -(-known // _PADDED_TO) * _PADDED_TO:
        return None
    return known


def _fitting(
    run: RunConfig, n_bytes: int, fixed: Collection[str], n_characters: int | None, *, on_card: bool
) -> tuple[str, Sentence]:
    """The field whose value is to be smaller, and which would fit: first what only wastes room."""
    known = None if "vocab_size" in fixed else enough_tokens(run, n_characters)
    if known is not None:
        model = msgspec.structs.replace(run.model, vocab_size=known)
        if needed_bytes(msgspec.structs.replace(run, model=model), on_card=on_card) <= n_bytes:
            words = Sentence.phrase(
                "fits.vocabulary", "vocab_size {value:,} fits, and there are no more tokens", value=known
            )
            return "vocab_size", words
    for field, smaller in () if on_card or "batch_size" in fixed else _smaller_batches(run):
        if needed_bytes(smaller, on_card=on_card) <= n_bytes:
            n_parts = smaller.grad_accumulation
            return field, Sentence.phrase(
                "fits.batch",
                "batch_size {size:,} fits, and as many tokens a step with grad_accumulation {n:,}",
                size=smaller.batch_size,
                n=n_parts,
            )
    if all(field in fixed for field in _SIZES):
        return "batch_size", Sentence.phrase("fits.nothing", "its sizes stay as they are")
    alone = msgspec.structs.replace(run, batch_size=1)
    at_one = "" if on_card or run.batch_size == 1 else Sentence.phrase("fits.at_one", " with batch_size 1")
    preset = _preset(n_bytes, on_card=on_card)
    field = "emb_dim"
    for field in _SIZES:
        value = _largest(alone, field, n_bytes, on_card=on_card)
        if value >= getattr(run.model, field) * _LEAST_SHARE:
            return field, Sentence.phrase(
                "fits.size",
                "{field} {value:,}{at_one} fits{preset}",
                field=field,
                value=value,
                at_one=at_one,
                preset=preset,
            )
    return field, Sentence.phrase("fits.none", "none of this size fits{preset}", preset=preset)


def _smaller_batches(run: RunConfig) -> Iterator[tuple[str, RunConfig]]:
    total = run.batch_size * run.grad_accumulation
    for batch_size in range(min(run.batch_size - 1, 4096), 0, -1):
        if total % batch_size == 0:
            parts = total // batch_size
            yield "batch_size", msgspec.structs.replace(run, batch_size=batch_size, grad_accumulation=parts)


def _largest(run: RunConfig, field: str, n_bytes: int, *, on_card: bool) -> int:
    """The largest value of a field of the model that fits; 0 where none does."""
    step = run.model.n_heads if field == "emb_dim" else 1
    low, high = 0, getattr(run.model, field) // step
    while high - low > 1:
        middle = (low + high) // 2
        model = msgspec.structs.replace(run.model, **{field: middle * step})
        fits = needed_bytes(msgspec.structs.replace(run, model=model), on_card=on_card) <= n_bytes
        low, high = (middle, high) if fits else (low, middle)
    return low * step


def _preset(n_bytes: int, *, on_card: bool) -> Sentence | str:
    """The largest one that would fit, at one sequence at a time."""
    fitting = [
        (parameters(preset.model).total, name)
        for name, preset in PRESETS.items()
        if needed_bytes(msgspec.structs.replace(preset, batch_size=1), on_card=on_card) <= n_bytes
    ]
    if not fitting:
        return ""
    return Sentence.phrase("fits.preset", "; the largest preset that does is {name}", name=max(fitting)[1])


def _bytes(n: int) -> str:
    return scaled(n, _UNITS, 1000)
