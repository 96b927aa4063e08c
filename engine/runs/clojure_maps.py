"""Maps of Clojure: `{:n-layer 12 :n-head 6}`. No torch."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEGINS = re.compile(r"\{\s*:[A-Za-z][\w.-]*\s+(?!=>)")
_TOKEN = re.compile(r";[^\n]*|[\s,]+|(\"[^\"\n]*\"|[{}\[\]]|[^\s,;{}\[\]\"]+)")  # commas are space
_CONSTANTS = {"nil": "None", "true": "True", "false": "False"}


def as_dictionary(body: str) -> str:
    """As Python that means the same; what is no such map stays as it is."""
    if not _BEGINS.match(body):
        return body
    tokens = [found[1] for found in _TOKEN.finditer(body) if found[1]]
    return "".join(_written(iter(tokens)))


def _written(tokens: Iterator[str]) -> Iterator[str]:
    """Names and values in turn within braces, values alone within brackets."""
    open_: list[str] = []
    is_name = False
    for token in tokens:
        if token in "}]":
            yield token + ","
            del open_[-1:]  # which there may be none of: it is a text of somebody
            is_name = open_[-1:] == ["{"]  # what has ended was a value
        elif token in "{[":
            yield token
            open_.append(token)
            is_name = token == "{"
        else:
            word = f'"{token[1:]}"' if token[0] == ":" else _CONSTANTS.get(token, token)
            yield word + (":" if is_name else ",")
            is_name = open_[-1:] == ["{"] and not is_name
