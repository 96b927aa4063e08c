"""Which models the dictionaries of a pasted text are: one, its parts in several of them, or several to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.runs.foreign_names import MODEL_KEYS, in_section, key_of
from engine.runs.pasted_choices import name_in, sizes

_FEWEST = 2  # keys of the model that are said again where two parts are models
_Named = tuple[str, dict[Any, Any]]


def models_of(dictionaries: Iterable[_Named]) -> list[_Named]:
    """Sizes, each over what stands before it; else each whole configuration, or all parts as one."""
    known = [part for each in dictionaries for part in _without_models(each)]
    of_sizes = [(name, values) for name, values in known if not any(map(_means_something, values)) and any(values)]
    flat = [(name, values) for name, values in known if (name, values) not in of_sizes]
    if of_sizes:
        base: dict[Any, Any] = {key: value for _, values in flat for key, value in values.items()}
        parts = {str(size): own for _, values in of_sizes for size, own in values.items() if _is_part(own)}
        shared, every = _unwrapped(parts)
        base |= shared
        if every and not _is_of_several(every):  # the parts of one
            own_keys = {in_section(part, str(key)): value for part, own in every.items() for key, value in own.items()}
            return [("", base | own_keys)]
        if every:
            return [(size, base | own) for size, own in every.items()]
        flat = of_sizes
    if sum(map(_is_whole, flat)) > 1:
        return _of_several(flat)
    return [(flat[0][0], {key: value for _, values in flat for key, value in values.items()})]


def _without_models(block: _Named) -> list[_Named]:
    """What a dictionary says of all its models, and then these, which differ."""
    name, values = block
    inner = {key: own for key, own in values.items() if _is_part(own) and not _means_something(key)}
    of_all = {key: own for key, own in values.items() if key not in inner}
    models = [dict(opened({part: own})) for part, own in _unwrapped(inner)[1].items()]
    are_several = len(models) > 1 and any(map(_means_something, of_all)) and _differ(_of_model(models))
    return [(name, of_all), (name, inner)] if are_several else [block]


def _unwrapped(parts: dict[str, dict[Any, Any]]) -> tuple[dict[Any, Any], dict[str, dict[Any, Any]]]:
    """What is of all models, and these, without what is around them: `{"models": {"small": {…}, "large": {…}}}`."""
    for around, own in parts.items():
        inner = {str(name): value for name, value in own.items() if _is_part(value)}
        if len(inner) == len(own) > 1 and _is_of_several(inner):
            return dict(opened({name: part for name, part in parts.items() if name != around})), inner
    return {}, parts


def _of_several(blocks: list[_Named]) -> list[_Named]:
    """Each whole one over the settings, with what is changed of it later: of one by its name, else of the last."""
    settings: dict[Any, Any] = {}
    whole: list[_Named] = []
    for block in blocks:
        name, values = block
        changed = next((own for known, own in whole if known == name), whole[-1][1] if whole else settings)
        if _is_whole(block):
            own_name = name_in(values) or sizes(values) or f"number {len(whole) + 1}"
            whole.append((name or own_name, dict(values)))
        else:
            (changed if _is_of_model(block) else settings).update(values)
    return [(name, settings | values) for name, values in whole]


def _is_of_several(parts: Mapping[str, Mapping[Any, Any]]) -> bool:
    """Whether each part is of a model of its own, or there is but one; the parts of one say nothing twice."""
    if len(parts) == 1:
        return True
    of_model = _of_model(parts.values())
    return len(set.intersection(*map(set, of_model))) >= _FEWEST or _differ(of_model)


def _of_model(parts: Iterable[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """What each part says of a model, by key."""
    return [{key: value for name, value in opened(own) if (key := key_of(str(name))) in MODEL_KEYS} for own in parts]


def _differ(of_model: list[dict[str, Any]]) -> bool:
    """Whether there is a key of which all say something, and not the same."""
    again = set.intersection(*map(set, of_model))
    return any(len({repr(own[key]) for own in of_model}) > 1 for key in again)


def _is_whole(block: _Named) -> bool:
    return _is_of_model(block) and sum(map(_means_something, block[1])) > _FEWEST


def _is_of_model(block: _Named) -> bool:
    return any(key_of(str(key)) in MODEL_KEYS for key in block[1])


def _is_part(value: object) -> bool:
    return isinstance(value, dict)


def _means_something(key: object) -> bool:
    return bool(key_of(str(key)))


def is_known(values: Mapping[Any, Any]) -> bool:
    """Whether one of its keys, or of the dictionaries in it, means something here."""
    inner = [value for value in values.values() if isinstance(value, dict)]
    return any(map(_means_something, values)) or any(map(is_known, inner))


def said_otherwise(values: Mapping[Any, Any]) -> list[str]:
    """What a part says of a key that has another value beside it, "encoder.n_layer": that of the whole holds."""
    whole = {key_of(str(name)): value for name, value in values.items()}
    parts = [(name, own) for name, own in values.items() if isinstance(own, Mapping) and not key_of(str(name))]
    return [
        f"{name}.{inner}"
        for name, own in parts
        for inner, value in opened(own)
        if (key := key_of(str(inner))) and whole.get(key, value) != value
    ]


def opened(values: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """With what stands in a part of it, as `lr` in `"optimizer": {"params": {"lr": 6e-4}}`, in the part's place."""
    for name, value in values.items():
        is_part = isinstance(value, Mapping) and not key_of(str(name)) and is_known(dict(value))
        if is_part:
            yield from ((in_section(str(name), str(key)), own) for key, own in opened(value))
        else:
            yield name, value
