"""Lines of a text that hold several models, one after the other: which are those to choose from. No torch."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.runs.foreign_names import MODEL_KEYS, key_of

_FEWEST = 2  # keys of the model that a part has to have to be one
_NAMES = ("name", "model_name", "title", "id")


class Choice(NamedTuple):
    """A name to choose it by, and what its lines say with what they all share."""

    name: str
    values: dict[str, object]


class _Part(NamedTuple):
    values: dict[str, object]
    keys: dict[str, object]  # of the model, as we call them
    name: str


def choices(pairs: Sequence[tuple[str, object]]) -> tuple[Choice, ...]:
    """Of names with values in the order of the text, the models that contradict each other; none where it holds but
    one, of which something is said again later.

    What stands before what is said of each is of all of them.
    """
    whole = _different([part for part in _parts(pairs) if len(part.keys) >= _FEWEST])
    if len(whole) < _FEWEST:
        return ()
    again = {key for part in whole for key in part.keys if sum(key in other.keys for other in whole) > 1}
    if len(again) < _FEWEST:
        return ()
    shared = _before(whole[0].values, again)
    names = [part.name for part in whole]
    is_named = all(names) and len(set(names)) == len(names)
    return tuple(
        Choice(name if is_named else sizes(part.keys), shared | part.values)
        for name, part in zip(names, whole, strict=True)
    )


def sizes(values: dict[str, object]) -> str:
    """ "n_layers 4, n_heads 4, emb_dim 128": what tells models without names apart."""
    return ", ".join(f"{key_of(str(name))} {value}" for name, value in values.items() if _is_of_model(name, value))


def name_in(values: dict[str, object]) -> str:
    """That a configuration gives itself, "" where it has none."""
    return next((str(values[name]) for name in _NAMES if isinstance(values.get(name), str) and values[name]), "")


def by_name(value: object) -> object:
    """A list of models as a dictionary of them."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(each, dict) for each in value):
        return value
    named = {name_in(each) or sizes(each): each for each in value}
    return named if len(named) == len(value) and all(named) else value


def _parts(pairs: Iterable[tuple[str, object]]) -> list[_Part]:
    """Another one begins where a number of the model is said again."""
    parts, name = [_Part({}, {}, "")], ""
    for given, value in pairs:
        part = parts[-1]
        if given in _NAMES and isinstance(value, str):
            name = value.strip("\"'")
            continue
        if _is_of_model(given, value):
            if key_of(given) in part.keys:
                part = _Part({}, {}, "")
                parts.append(part)
            if not part.keys:
                parts[-1] = part = part._replace(name=name)
            part.keys[key_of(given)] = value
        part.values[given] = value
    return parts


def _different(parts: list[_Part]) -> list[_Part]:
    """Without what was said before."""
    kept: list[_Part] = []
    for part in parts:
        if not any(all(other.keys.get(key, value) == value for key, value in part.keys.items()) for other in kept):
            kept.append(part)
    return kept


def _before(values: dict[str, object], again: set[str]) -> dict[str, object]:
    """What stands before the first of what is said again."""
    return dict(itertools.takewhile(lambda item: key_of(item[0]) not in again, values.items()))


def _is_of_model(name: str, value: object) -> bool:
    return key_of(str(name)) in MODEL_KEYS and isinstance(value, int | float) and not isinstance(value, bool)
