"""A configuration in words, as a paper or a person says it: "12 layers, 12 heads and d_model 768". No torch."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.runs.foreign_names import FOREIGN, MODEL_KEYS, RUN_KEYS

_PHRASES = {
    "n_layers": "(?:transformer |decoder |hidden )?(?:layers?|blocks?)",
    "n_heads": "(?:self-?)?(?:attention )?heads?",
    "emb_dim": "(?:embedding|hidden|model)s?(?: (?:dim|dimension|dimensions|size|width|units))?|width|dimensional",
    "context_length": "(?:token )?context(?: (?:length|size|window))?|(?:sequence|context|block)[ -](?:length|size)",
    "vocab_size": "vocab(?:ulary)?(?: size)?",
    "drop_rate": "dropout(?: (?:rate|probability))?",
    "learning_rate": "(?:peak |maximum )?learning[ -]rate",
    "batch_size": "batch[ -]size",
    "max_steps": "(?:training |optimizer )?(?:steps|iterations)",
    "warmup_steps": "warm-?up(?: (?:steps|iterations))?",
    "weight_decay": "weight decay",
    "grad_clip": "gradient clipping",
}
_NAMES = {name: name for name in (*MODEL_KEYS, *RUN_KEYS)} | FOREIGN
_NUMBER = r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d*\.?\d+(?:[eE][-+]?\d+)?)(?![\d%]|[.,]\d|[eE][-+]?\d)"
_SAID = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{key}>{phrase})" for key, phrase in _PHRASES.items())
    + "|(?P<name>" + "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True) if "_" in name)
    + r"))(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_FAR = 40  # characters, of a number
_BEFORE = re.compile(_NUMBER + r"[ -]$")
_BEHIND = re.compile(r"[ \t]*(?:of|is|was|at|to|=|:)?[ \t]*" + _NUMBER)


class _Word(NamedTuple):
    """What is said, and the number on either side of it, with its place in the text."""

    key: str
    before: tuple[int, str] | None
    behind: tuple[int, str] | None


def told(text: str) -> dict[str, str]:
    """The text of a number by the key that it is said of. All stand before their words or all behind them, or each word
    has a number on one side alone: of a text in which it is open what a number is said of, as in "heads 12 layers 6
    width", nothing."""
    words = [word for word in map(_word, _SAID.finditer(text)) if word.before or word.behind]
    sides = [[word.before for word in words], [word.behind for word in words]]
    whole = [side for side in sides if all(side)]
    each = [word.before or word.behind for word in words]
    is_open = len(whole) != 1 and any(word.before and word.behind for word in words)
    found = [number for number in (whole[0] if len(whole) == 1 else each) if number is not None]
    numbers = dict(zip((word.key for word in words), found, strict=True))
    is_said_twice = len(set(found)) < len(found) or any(
        numbers[word.key][1] != number[1] for word, number in zip(words, found, strict=True)
    )
    return {} if is_open or is_said_twice else {key: number[1] for key, number in numbers.items()}


def _word(found: re.Match[str]) -> _Word:
    before = _BEFORE.search(found.string, max(0, found.start() - _FAR), found.start())
    behind = _BEHIND.match(found.string, found.end())
    key = _NAMES[found["name"].lower()] if found["name"] else str(found.lastgroup)
    places = [(number.start(1), number[1]) if number else None for number in (before, behind)]
    return _Word(key, *places)
