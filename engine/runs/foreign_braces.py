"""What stands between the braces of other languages: initialisers of C, structs of Rust, objects of JavaScript. No
torch."""

from __future__ import annotations

import re

from engine.runs import clojure_maps

_TEXT = r"\"[^\"\n]*\"|'[^'\n]*'"
_BARE_KEY = re.compile(rf"{_TEXT}|([{{,]\s*)\.?([A-Za-z_]\w*)\s*(?:=(?!=)|:(?!:))")
_OF_KIND = re.compile(
    rf"{_TEXT}|(?<![\w.])((?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"  # a number, and then its type
    r"(?:[fFdDlLuU]+|_?(?:[fiu]\d+|[iu]size))\b"
)
_RUBY = re.compile(rf":(\w+)\s*=>|[\"'](\w+)[\"']\s*=>|{_TEXT}")
_REST = re.compile(r",?\s*(?:\.\.[\w:.]+(?:\(\))?)\s*\}$")  # "..Default::default()", which says nothing
_STATEMENT = re.compile(rf"{_TEXT}|(;)")


def as_dictionary(body: str) -> str:
    """`{.n_layer = 12, .dropout = 0.1f}`, `{n_layer: 12}` and `{:n-layer 12}` as Python that means the same; strings
    stay."""
    body = clojure_maps.as_dictionary(body).rstrip(",")
    body = _RUBY.sub(lambda found: f'"{found[1] or found[2]}":' if found[1] or found[2] else found[0], body)
    body = _REST.sub("}", body)
    body = _BARE_KEY.sub(lambda found: f'{found[1]}"{found[2]}":' if found[2] else found[0], body)
    return without_kinds(body)


def without_kinds(text: str) -> str:
    """`3e-4f`, `0.1d`, `1024L` and `6_usize` as numbers; strings stay."""
    return _OF_KIND.sub(lambda found: found[1] or found[0], text)


def is_block(body: str) -> bool:
    """Whether statements stand in it, as in a function of C, and no values."""
    return any(found[1] for found in _STATEMENT.finditer(body))
