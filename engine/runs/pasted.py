"""A configuration as people paste it: GPT_CONFIG_124M = {…}, nanoGPT's and `transformers`' names, JSON, options."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.conf_blocks import as_lines
from engine.runs.config import GPTConfig, RunConfig
from engine.runs.config_rules import RULES, ConfigError
from engine.runs.foreign_braces import as_dictionary
from engine.runs.foreign_names import COUNTED_ELSEWHERE, FOREIGN, MODEL_KEYS, key_of, plain_name
from engine.runs.implied import implied
from engine.runs.pasted_choices import by_name, choices
from engine.runs.pasted_models import is_known, models_of, opened, said_otherwise
from engine.runs.pasted_text import Braces, closing, dictionaries, outside, pairs, straight, unclosed
from engine.runs.prose import told
from engine.runs.typed_numbers import read_number
from engine.shared.literals import read_plain

_START = re.compile(r"^[ \t]*(?:[A-Za-z_]\w*)?(?:CONFIG|config)\w*[ \t]*=[ \t]*\{", re.MULTILINE)
_KEY = re.compile(r"[\"'](?:vocab_size|context_length|emb_dim|n_heads|n_layers|n_embd|n_head|n_layer|block_size)[\"']")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_QUOTED_KEY = re.compile(r"[\"'](\w+)[\"'][ \t]*:")
_MOST_SHOWN = 40  # characters of a value that is refused
_KEYS = tuple(field for field in GPTConfig.__struct_fields__ if field != "tied")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FEWEST = 2  # keys of the model that make lines of a text a configuration
_FEWEST_OF_ALL = 3  # keys that do, of the run among them
_EXPRESSION = re.compile(r"[A-Za-z_]{2,}|[(\[]")  # in what is no plain value: it is of a program
_OF_TRANSFORMERS = {"n_positions", "n_ctx"}  # of its GPT-2 alone, which has these biases and no key for them
_NOT_PLAIN = ("pasted.no_plain_values", "pasted.no_plain_values_on_line")
_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


class Pasted(NamedTuple):
    """What was read. `names`: the foreign names that were taken for keys; `left_out`: those that mean nothing here."""

    name: str
    model: dict[str, Any]
    run: dict[str, Any]
    names: dict[str, str] = {}
    left_out: tuple[str, ...] = ()


def find_config(text: str) -> str | None:
    """The first block of a program that is a GPT configuration, from its name to its closing brace; None without."""
    for match in _START.finditer(text):
        end = closing(text, match.end() - 1)
        if end is not None and len(_KEY.findall(text[match.start() : end])) >= 3:
            return text[match.start() : end].strip()
    return None


def read_configs(text: str) -> tuple[Pasted, ...]:
    """The configurations of a pasted text: one, or several to choose from. Raises EngineError naming what cannot be
    read."""
    text = straight(text)
    try:
        return _configs(text)
    except EngineError as error:
        lines = as_lines(text) if error.sentence.code in _NOT_PLAIN else None
        if lines is None:
            raise
        return _configs(lines)


def _configs(text: str) -> tuple[Pasted, ...]:
    blocks = dictionaries(text)
    if (rest := unclosed(text)) and any(map(key_of, _QUOTED_KEY.findall(rest[1]))):
        raise EngineError(
            "pasted.not_closed",
            "The {{ on line {line} is never closed: a }} or a quotation mark is missing.",
            line=rest[0],
        )
    if any(map(key_of, _WORD.findall(" ".join(block.body for block in blocks)))):
        beside = dict.fromkeys(name for name, _ in pairs(outside(text)) if key_of(name))
        return tuple(_with_left_out(read, beside) for read in _of_braces(blocks))
    values: dict[str, object] = {}
    found = []
    for name, value in pairs(outside(text) if blocks else text):
        values[name] = _of_line(value, values)
        found.append((name, values[name]))
    if several := choices(found):
        return tuple(_read(name, own, is_lenient=True) for name, own in several)
    read = _read("", values, is_lenient=True)
    if not _is_enough(read) and not blocks:
        read = _read("", told(text), is_lenient=True)
    if not _is_enough(read):
        if blocks:
            return _of_braces(blocks)  # which says what is wrong with them
        raise EngineError(
            "pasted.no_configuration",
            "This text holds no configuration: a `{{` with the keys and a closing `}}` are needed, or lines as in "
            "n_layers = 12.",
        )
    return (read,)


def _is_enough(read: Pasted) -> bool:
    """Whether lines of a text that mean so much are a configuration."""
    return len(read.model) >= _FEWEST or len(read.model) + len(read.run) >= _FEWEST_OF_ALL


def _of_line(text: str, before: Mapping[str, object]) -> object:
    """Of numbers also what is made of those `before`, as `max_lr * 0.1`."""
    numbers = {name: str(value) for name, value in before.items() if isinstance(value, int | float)}
    try:
        value = read_plain(_NAME.sub(lambda found: numbers.get(found[0], found[0]), text))
    except (ValueError, SyntaxError):
        return text
    return text if isinstance(value, tuple) and text[:1] != "(" else value  # 50,257 is one number


def _with_left_out(read: Pasted, names: Iterable[str]) -> Pasted:
    """With those of `names` that stand beside the dictionaries and mean what is not in them."""
    more = [name for name in names if key_of(name) not in read.model and key_of(name) not in read.run]
    return read._replace(left_out=(*read.left_out, *more))


def parse_config(text: str) -> Pasted:
    """The one configuration of a text. Raises EngineError, also where there are several."""
    found = read_configs(text)
    if len(found) > 1:
        raise EngineError(
            "pasted.several",
            "This text holds {n} configurations: {names}. Leave one of them.",
            n=len(found),
            names=", ".join(one.name for one in found),
        )
    return found[0]


def _of_braces(blocks: list[Braces]) -> tuple[Pasted, ...]:
    return tuple(_read(name, values) for name, values in models_of(_known(blocks)))


def _known(blocks: list[Braces]) -> list[tuple[str, dict[Any, Any]]]:
    """The dictionaries that mean something, else the first. A program has others, too, that cannot be read."""
    errors = []
    for keeps_text in (False, True):
        found, meant = [], []  # what could be read, and the errors of what should have been
        for block in blocks:
            try:
                found.append((block.name, _dictionary(block.body, keeps_text=keeps_text)))
            except EngineError as error:
                errors.append(error)
                meant += [error] if any(map(key_of, _QUOTED_KEY.findall(block.body))) else []
        known = [(name, values) for name, values in found if is_known(values)]
        if known and not meant:
            return known
        if not errors:
            return found[:1]
    raise (meant or errors)[0]


def _dictionary(body: str, *, keeps_text: bool = False) -> dict[Any, Any]:
    try:
        values = _plain(body, keeps_text=keeps_text)
    except (ValueError, SyntaxError) as error:
        raise _no_plain_values(getattr(error, "lineno", None)) from error
    if not isinstance(values, dict):
        raise EngineError("pasted.no_dictionary", "The configuration could not be read: it is not a dictionary.")
    return {name: by_name(value) for name, value in values.items()}


def _plain(body: str, *, keeps_text: bool) -> object:
    """As Python, else as another language. Raises ValueError and SyntaxError, of the Python that it is not."""
    try:
        return read_plain(body, keeps_text=keeps_text)
    except (ValueError, SyntaxError):
        with contextlib.suppress(ValueError, SyntaxError):
            return read_plain(as_dictionary(body), keeps_text=keeps_text)
        raise


def _read(name: str, values: Mapping[Any, Any], *, is_lenient: bool = False) -> Pasted:
    """By key. What a foreign trainer has besides is left out; beside keys of our own it is a slip."""
    read = Pasted(name, {}, {}, {}, ())
    left_out = said_otherwise(values)
    own = {name: value for name, value in values.items() if key_of(str(name))}
    again = set(map(key_of, map(str, own)))  # what a part says again does not hold for the whole
    values = {**own, **{name: value for name, value in opened(values) if key_of(str(name)) not in again}}
    for given, value in values.items():
        if isinstance(value, Mapping) and "value" in value:  # of Weights & Biases
            value = value["value"]
        key = key_of(str(given))
        target = read.model if key in MODEL_KEYS else read.run
        if not key or (key in target and target[key] != value) or (is_lenient and _is_expression(key, value)):
            left_out.append(str(given))
        elif value is not None:  # as if it were not given
            target[key] = _of_its_kind(key, value)
            if str(given).replace("-", "_") != key:
                read.names[str(given)] = key
    written = {plain_name(str(given)): str(given) for given in values}
    by_name = {plain_name(str(given)): value for given, value in values.items()}
    more = implied(by_name, read.model | read.run)
    for key, value in more.values.items():
        (read.model if key in MODEL_KEYS else read.run)[key] = _of_its_kind(key, value)
    read.names.update({written[name]: key for name, key in more.names.items()})
    left_out = [name for name in left_out if plain_name(name) not in more.names]
    slips = [name for name in left_out if plain_name(name) not in COUNTED_ELSEWHERE]
    if slips and not read.names and not is_lenient:
        raise _unknown(slips)
    if by_name.get("model_type") == "gpt2" or not _OF_TRANSFORMERS.isdisjoint(by_name):
        read.model.setdefault("qkv_bias", True)
    return read._replace(left_out=tuple(left_out))


def _is_expression(key: str, value: object) -> bool:
    """Whether a number is asked of a program that does not run here, as in `n_layer = depth(6)`."""
    is_number = isinstance(value, str) and value.strip().lower() in ("nan", "inf", "-inf")
    return key in RULES and isinstance(value, str) and not is_number and bool(_EXPRESSION.search(value))


def _unknown(keys: list[str]) -> ConfigError:
    name = plain_name(keys[0])
    near = difflib.get_close_matches(name, MODEL_KEYS, n=1) or difflib.get_close_matches(name, FOREIGN, n=1)
    return ConfigError(
        "pasted.unknown_keys",
        "The configuration has a key that is not known: {keys}.{hint}",
        field=keys[0],
        keys=", ".join(keys),
        hint=Sentence.phrase("words.is_meant", " Is {key} meant?", key=near[0]) if near else "",
    )


def _of_its_kind(key: str, value: object) -> object:
    """The value, a number also of a text that is one. Raises ConfigError."""
    if key in RULES:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and isinstance(value, float) and value.is_integer() and RULES[key].is_whole:
            return int(value)
        if not is_number or (isinstance(value, float) and RULES[key].is_whole):
            return read_number(key, str(value))
        return value
    if key in ("qkv_bias", "tied"):
        return _switch(key, value)
    try:
        msgspec.convert({key: value}, GPTConfig if key in MODEL_KEYS else RunConfig)
        return value
    except ValueError as error:  # also of text that is none
        raise ConfigError(
            "pasted.wrong_kind",
            "The configuration has a value of the wrong kind: {reason}.",
            field=key,
            reason=error,
        ) from error


def _switch(key: str, value: object) -> bool:
    """As Python, YAML, JSON and C write it."""
    word = str(value).strip().lower()
    if word not in _WORDS:
        text = str(value).encode("utf-8", "replace").decode()[:_MOST_SHOWN]
        raise ConfigError("pasted.no_switch", "{field} needs True or False, not “{text}”.", field=key, text=text)
    return _WORDS[word]


def _no_plain_values(line: int | None) -> EngineError:
    if line is None:
        return EngineError(
            "pasted.no_plain_values",
            "The configuration could not be read: it is not a dictionary of plain values.",
        )
    return EngineError(
        "pasted.no_plain_values_on_line",
        "The configuration could not be read at its line {line}: it is not a dictionary of plain values.",
        line=line,
    )


def as_python(config: GPTConfig, name: str = "GPT_CONFIG") -> str:
    """The configuration as Python that `parse_config` reads back."""
    lines = [f'    "{key}": {getattr(config, key)!r},' for key in _KEYS]
    return "\n".join([f"{name} = {{", *lines, "}"])
