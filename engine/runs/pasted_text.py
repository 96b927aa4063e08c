"""The parts of a pasted text that may be a configuration: dictionaries, assignments, options, YAML. No torch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.runs.foreign_names import in_section

_CONSTANTS = {"true": "True", "false": "False", "null": "None"}
_NAME_BEFORE = re.compile(r"([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*$")
_OPTION = re.compile(r"--([A-Za-z][\w.-]*)(?:=|[ \t]+)(?!--)(\S+)")
_ASSIGNED = re.compile(
    r"([A-Za-z_][\w.]*)[ \t]*(?::[ \t]*[A-Za-z][\w.\[\] |]*)?=(?!=)[ \t]*"
    r"([^,()\n#;]+(?:,\d[^,()\n#;=]*)*)(?=[,)\n#;]|$)"  # a comma before a digit stands in a number
)
_OF_YAML = re.compile(r"[ \t]*([A-Za-z_]\w*)[ \t]*:[ \t]+([^\n#{}\[\]]+)")
_SECTION = re.compile(r"([A-Za-z_]\w*)[ \t]*:[ \t]*$")
_QUOTES = str.maketrans("\u201c\u201d\u201e\u2018\u2019", '"""\'\'')  # as a page or a letter has them


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
    for name, value in (*options, *assigned, *_listed(text)):
        section, _, own = name.rpartition(".")
        yield in_section(section.rpartition(".")[2], own), as_python(value.strip())


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """The lines of YAML, each name with that of its part before it: `eval.interval`."""
    section = ""
    for line in text.split("\n"):
        if line[:1].strip():
            opened = _SECTION.match(line)
            section = f"{opened[1]}." if opened else ""
        found = _OF_YAML.match(line)
        if found and "=" not in found[0]:
            yield section + found[1], found[2]


def straight(text: str) -> str:
    """With the quotation marks of Python for those of print."""
    return text.translate(_QUOTES)


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
