"""A configuration as people paste it: `GPT_CONFIG_124M = {…}` with `//` comments, Python's or JSON's constants."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.config import GPTConfig
from engine.runs.config_rules import ConfigError
from engine.shared.literals import read_literal

_START = re.compile(r"^[ \t]*(?:[A-Za-z_]\w*)?(?:CONFIG|config)\w*[ \t]*=[ \t]*\{", re.MULTILINE)
_KEY = re.compile(r"[\"'](?:vocab_size|context_length|emb_dim|n_heads|n_layers)[\"']")
_KEYS = tuple(field for field in GPTConfig.__struct_fields__ if field != "tied")
_CONSTANTS = {"true": "True", "false": "False", "null": "None"}


def find_config(text: str) -> str | None:
    """The first block of a program that is a GPT configuration, from its name to its closing brace; None without."""
    for match in _START.finditer(text):
        end = _closing(text, match.end() - 1)
        if end is not None and len(_KEY.findall(text[match.start() : end])) >= 3:
            return text[match.start() : end].strip()
    return None


def parse_config(text: str) -> dict[str, Any]:
    """The keys and values of a pasted configuration. Raises EngineError naming what cannot be read."""
    opening = text.find("{")
    end = _closing(text, opening) if opening >= 0 else None
    if end is None:
        raise EngineError(
            "pasted.no_configuration",
            "This text holds no configuration: a `{{` with the keys and a closing `}}` are needed.",
        )
    body = _without_comments(text[opening:end])
    body = re.sub(r"\b(true|false|null)\b", lambda found: _CONSTANTS[found.group()], body)
    try:
        values = read_literal(body)
    except (ValueError, SyntaxError) as error:
        raise _no_plain_values(getattr(error, "lineno", None)) from error
    if not isinstance(values, dict):
        raise EngineError("pasted.no_dictionary", "The configuration could not be read: it is not a dictionary.")
    unknown = [str(key) for key in values if key not in _KEYS]
    if unknown:
        raise ConfigError(
            "pasted.unknown_keys",
            "The configuration has a key that is not known: {keys}.",
            field=unknown[0],
            keys=", ".join(unknown),
        )
    for key, value in values.items():
        _check_kind(key, value)
    return values


def _check_kind(key: str, value: object) -> None:
    try:
        msgspec.convert({key: value}, GPTConfig)
    except msgspec.ValidationError as error:
        raise ConfigError(
            "pasted.wrong_kind",
            "The configuration has a value of the wrong kind: {reason}.",
            field=key,
            reason=error,
        ) from error


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


def _closing(text: str, opening: int) -> int | None:
    """The index behind the brace that closes the one at `opening`, outside of strings and comments."""
    depth, index, quote = 0, opening, ""
    while index < len(text):
        character = text[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#" or text.startswith("//", index):
            index = text.find("\n", index)
            if index < 0:
                return None
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return index + 1
        index += 1
    return None


def _without_comments(body: str) -> str:
    """Without `//` to the end of a line, outside of strings; `ast` drops Python's own comments."""
    lines = []
    for line in body.split("\n"):
        kept, quote = line, ""
        for index, character in enumerate(line):
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'":
                quote = character
            elif line.startswith("//", index):
                kept = line[:index]
                break
        lines.append(kept)
    return "\n".join(lines)
