"""Settings that are no assignments: setters, builders, options that a program declares, C's macros, XML. No torch."""

from __future__ import annotations

import re

from engine.runs.foreign_names import key_of

_PLAIN = r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[fFdDlLuU]{0,3}(?![\w.])|[Tt]rue\b|[Ff]alse\b"
_VALUE = rf"{_PLAIN}|\"(?:{_PLAIN})\"|'(?:{_PLAIN})'"
_DOTTED = r"[A-Za-z_][\w.-]*"
_MAKERS = (
    r"(?:[\w.]*\b(?:[Ff]ield|Option|Argument|Param|Parameter|Int|int|float|bool))"  # that return what they are given
)

_NOTATIONS = (  # each with a name, and with its value
    rf"^[ \t]*#[ \t]*define[ \t]+(?P<name>\w+)[ \t]+\(?(?P<value>{_VALUE})\)?",
    rf"(?:\b|\.)(?:[sS]et|[wW]ith)_?(?P<name>[A-Za-z]\w*)\(\s*(?P<value>{_VALUE})\s*\)",  # setNumLayers(12)
    rf"\.(?P<name>[a-z_]\w*)\(\s*(?P<value>{_VALUE})\s*\)",  # of a builder: .num_layers(12)
    rf"[\"'](?P<name>{_DOTTED})[\"']\s*(?:,|->|=>|\]\s*=(?!=))\s*(?P<value>{_VALUE})",  # setattr(c, "n_layer", 12)
    rf"(?<!\w):(?P<name>[a-z]\w*)\s*=>\s*(?P<value>{_VALUE})",  # a symbol of Ruby
    rf"<(?P<name>[A-Za-z][\w-]*)>\s*(?P<value>{_VALUE})\s*</(?P=name)>",
    rf"[(,]\s*(?P<name>[A-Za-z_]\w*)\s*:\s*(?P<value>{_VALUE})\s*(?=[,)])",  # GPTConfig(nLayer: 12)
    rf"(?P<name>[A-Za-z_]\w*)[ \t]*<-[ \t]*(?P<value>{_VALUE})",  # of R
    rf"(?P<name>[A-Za-z_][\w.]*)[ \t]*(?::[^=\n]*)?=\s*{_MAKERS}?\(\s*(?:default\s*=\s*)?(?P<value>{_VALUE})\s*"
    r"(?:#[^\n]*\s*)?(?:\)|,(?![ \t]*[\d.])[^()\n]*\))",  # n_layer: int = field(default=12), but no pair of numbers
    rf"(?P<name>[A-Za-z_][\w.]*)[ \t]+(?:[uif](?:8|16|32|64)|bool)[ \t]+=[ \t]*(?P<value>{_VALUE})",  # as of a .gguf
)
_SEPARATE = re.compile(
    rf"(\b{_DOTTED}=(?!=)(?:{_VALUE}|\w+))(?:[ \t]+(?=\+*{_DOTTED}=(?!=)\S)|[ \t]*/?>)"
)  # n_layer=6 n_head=6
_AT_ONCE = re.compile(r"^[ \t]*((?:[A-Za-z_]\w*[ \t]*,[ \t]*)+[A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*([^=\n#]+)", re.MULTILINE)


def as_assignments(text: str) -> str:
    """The text with such settings as lines of their own, `n_layer = 12`, at their places; what has no name that means
    something here stays as it was."""
    for notation in _PATTERNS:
        text = notation.sub(_assignment, text)
    return _AT_ONCE.sub(_one_by_one, _SEPARATE.sub(r"\1\n", text))


def _assignment(found: re.Match[str]) -> str:
    name = re.split(r"[.]", found["name"])[-1]
    return f"\n{name.replace('-', '_')} = {found['value'].strip(_QUOTES)}\n" if key_of(name) else found[0]


def _one_by_one(found: re.Match[str]) -> str:
    """`n_layer, n_head = 6, 6`."""
    names, values = found[1].split(","), found[2].split(",")
    if len(names) != len(values) or not any(key_of(name) for name in names):
        return found[0]
    return "\n".join(f"{name.strip()} = {value.strip()}" for name, value in zip(names, values, strict=True))


_QUOTES = "\"'"
_PATTERNS = tuple(re.compile(notation, re.MULTILINE) for notation in _NOTATIONS)
