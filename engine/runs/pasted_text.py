"""The parts of a pasted text that may be a configuration: dictionaries, assignments, options, YAML. No torch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CONSTANTS = {"true": "True", "false": "False", "null": "None"}
_NAME_BEFORE = re.compile(r"([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*$")
_OPTION = re.compile(r"--([A-Za-z][\w-]*)(?:=|[ \t]+)(?!--)(\S+)")
_ASSIGNED = re.compile(
    r"([A-Za-z_][\w.]*)[ \t]*(?::[ \t]*[A-Za-z][\w.\[\] |]*)?=(?!=)[ \t]*"
    r"([^,()\n#;]+(?:,\d[^,()\n#;=]*)*)(?=[,)\n#;]|$)"  # a comma before a digit stands in a number
)
_OF_YAML = re.compile(r"^[ \t]*([A-Za-z_]\w*)[ \t]*:[ \t]+([^\n#{}\[\]]+)", re.MULTILINE)


class Braces(NamedTuple):
    """What stands between two braces, as Python; `name` is what it is assigned to, "" without one."""

    name: str
    body: str


def dictionaries(text: str) -> list[Braces]:
    """The outermost `{…}` of a text, outside of strings and comments; one that is never closed is none."""
    found = []
    opening = _next_brace(text, 0)
    while opening >= 0:
        end = closing(text, opening)
        if end is None:
            break
        named = _NAME_BEFORE.search(text, max(0, text.rfind("\n", 0, opening)), opening)
        found.append(Braces(named[1] if named else "", as_python(text[opening:end])))
        opening = _next_brace(text, end)
    return found


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Names with the text of their values, of a text without dictionaries: `n_layer = 6`, `--n_layer=6`, `n_layer: 6`,
    `GPTConfig(n_layer=6)`, `n_layer: int = 6`."""
    text = "\n".join(line.partition("#")[0] for line in without_comments(text).split("\n"))
    options = [match.groups() for match in _OPTION.finditer(text)]
    text = _OPTION.sub(" ", text)
    assigned = [match.groups() for match in _ASSIGNED.finditer(text)]
    listed = [match.groups() for match in _OF_YAML.finditer(text) if "=" not in match[0]]
    for name, value in (*options, *assigned, *listed):
        yield name.rpartition(".")[2], as_python(value.strip())


def as_python(text: str) -> str:
    """Without `//` comments, and with JSON's constants as Python's."""
    return re.sub(r"\b(true|false|null)\b", lambda found: _CONSTANTS[found.group()], without_comments(text))


def _next_brace(text: str, start: int) -> int:
    """The index of the next `{` outside of strings and comments, -1 without one."""
    index, quote = start, ""
    while index < len(text):
        character = text[index]
        if quote:
            quote = "" if character in (quote, "\n") else quote
        elif character in "\"'":
            quote = character
        elif character == "#" or text.startswith("//", index):
            index = text.find("\n", index)
            if index < 0:
                return -1
        elif character == "{":
            return index
        index += 1
    return -1


def closing(text: str, opening: int) -> int | None:
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


def without_comments(body: str) -> str:
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
