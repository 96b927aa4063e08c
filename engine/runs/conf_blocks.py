"""Blocks as `.conf` files have them (HOCON, libconfig): a setting on each line, `=` or `:`, and no commas. No torch."""

from __future__ import annotations

import re

_OPENS = re.compile(r"(?:\"?([A-Za-z_][\w.-]*)\"?(?:[ \t]+\"[^\"]*\")?[ \t]*[:=]?)?[ \t]*\{")
_SET = re.compile(
    r"\"?([A-Za-z_][\w.-]*)\"?[ \t]*(?:=|:(?!:))[ \t]*(\"[^\"]*\"|'[^']*'|\[[^\[\]{}]*\]|[^\s{}\[\]\"';]+)[,;]?"
)
_COMMENT = re.compile(r"(\"[^\"]*\"|'[^']*')|(?:#|//).*")
_INCLUDES = re.compile(r"include[ \t]+\S+")


def as_lines(text: str) -> str | None:
    """`model { n_layer = 12 }` over several lines as `model.n_layer = 12`; None where a line is anything else."""
    lines: list[str] = []
    parts: list[str] = []
    has_block = False
    for line in text.split("\n"):
        line = _COMMENT.sub(lambda found: found[1] or "", line).strip()
        if opened := _OPENS.fullmatch(line):
            has_block = True
            parts.append(opened[1] or "")
        elif line.rstrip(",;") == "}" and parts:
            parts.pop()
        elif found := _SET.fullmatch(line):
            lines.append(f"{'.'.join([*filter(None, parts), found[1]])} = {found[2]}")
        elif line and not _INCLUDES.fullmatch(line):
            return None
    return "\n".join(lines) if has_block and not parts else None
