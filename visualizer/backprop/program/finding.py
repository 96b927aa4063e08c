"""What is looked for in the program, where it stands, and what stands there afterwards. Places are UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, QRegularExpressionMatch

_GROUP = re.compile(r"\\(\d|n|t|\\)|\$(\d|&|\$)")  # as Python writes it, or as most editors do
_BEGIN, _END = r"(?:(?<!\w)|(?!\w))", r"(?:(?!\w)|(?<!\w))"  # no letter on both sides: a bracket ends itself
_WRITTEN = {"n": "\n", "t": "\t", "\\": "\\", "$": "$"}


@dataclass(frozen=True)
class Wanted:
    """What a person looks for, and how. Small and capital letters are one unless `has_case`."""

    words: str
    has_case: bool = False
    is_word: bool = False
    is_pattern: bool = False

    def compiled(self) -> QRegularExpression:
        """Invalid where it is a pattern that is none. PCRE gives an endless search up by itself."""
        source = self.words if self.is_pattern else QRegularExpression.escape(self.words)
        options = QRegularExpression.PatternOption
        made = options.MultilineOption | options.UseUnicodePropertiesOption
        if not self.has_case:
            made |= options.CaseInsensitiveOption
        return QRegularExpression(f"{_BEGIN}(?:{source}){_END}" if self.is_word else source, made)

    def fault(self) -> str:
        """Why it is no regular expression, "" where it is one."""
        compiled = QRegularExpression(self.words) if self.is_pattern else QRegularExpression()
        return "" if compiled.isValid() else compiled.errorString()


@dataclass(frozen=True)
class Match:
    """Where something stands, from `start` to before `end`, and what would stand there."""

    start: int
    end: int
    groups: tuple[str, ...] = ()  # the whole, then what each pair of brackets holds

    def replaced(self, template: str) -> str:
        r"""What a template makes of a match of a pattern: `\1` or `$1` is what its first brackets hold, `\n` a new
        line, `$&` the whole, `$$` a dollar."""

        def filled(found: re.Match[str]) -> str:
            sign = found[1] or found[2].replace("&", "0")
            if not sign.isdigit():
                return _WRITTEN[sign]
            return self.groups[int(sign)] if int(sign) < len(self.groups) else ""

        return _GROUP.sub(filled, template)


@dataclass(frozen=True)
class Searched:
    """Every place, in order. `is_given_up`: there may be more, the pattern takes too long; `has_empty`: it matches
    places that hold no letters, which are none."""

    matches: tuple[Match, ...] = ()
    is_given_up: bool = False
    has_empty: bool = False


def search(text: str, wanted: Wanted) -> Searched:
    """Through a whole text; nothing for no words and for what is no pattern."""
    pattern = wanted.compiled()
    if not wanted.words or not pattern.isValid():
        return Searched()
    found, has_empty, end = [], False, 0
    each = pattern.globalMatch(text)
    while each.hasNext():
        match = each.next()
        end = match.capturedEnd()
        has_empty = has_empty or not match.capturedLength()
        if match.capturedLength():
            found.append(Match(match.capturedStart(), end, _groups(match)))
    is_given_up = wanted.is_pattern and not pattern.match(text, end).isValid()
    return Searched(tuple(found), is_given_up, has_empty)


def _groups(match: QRegularExpressionMatch) -> tuple[str, ...]:
    return tuple(match.captured(place) for place in range(match.lastCapturedIndex() + 1))
