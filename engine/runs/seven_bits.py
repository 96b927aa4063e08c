"""Encodings that look like ASCII: text in UTF-7, HZ, ISO-2022 or quoted-printable decodes as UTF-8, and would be learnt
as its escapes stand. No torch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

_FEWEST = 3  # different escapes that are no chance
_LONG = 8  # base64 digits of a run: no name of a variable, taken together with all others
_SAME = 0.6  # of what is escaped in a European language lies in one block of 256
_ISO_2022 = re.compile(rb"\x1b(?:\$[@AB]|\$[()][A-Z]|\([BIJ])[^\x1b]{2,}")
_HZ = re.compile(rb"~\{((?:[!-}][!-~])+)~\}")
_PLUS = re.compile(rb"\+([A-Za-z0-9+/]*)-?")
_EQUALS = re.compile(rb"=(?:\r?\n|[0-9A-F]{2})?")
_QUOTED = re.compile(rb"(?:=[89A-F][0-9A-F])+")


class Seen(NamedTuple):
    """What a text looks like, and an escape of it."""

    encoding: str
    escape: str


def seven_bits(head: bytes) -> Seen | None:
    """What the beginning of a file looks like, None of plain text. Only what is ASCII throughout can be one of them."""
    if not head.isascii():
        return None
    for name, find in _KINDS.items():
        found = list(dict.fromkeys(find(head)))
        if len(found) >= _FEWEST:
            return Seen(name, found[0].decode("ascii").replace("\x1b", "ESC"))
    return None


def _iso_2022(head: bytes) -> Iterable[bytes]:
    found = [match[0][:8] for match in _ISO_2022.finditer(head)]
    return found if b"\x1b[" not in head else ()  # of a terminal: colours


def _hz(head: bytes) -> Iterable[bytes]:
    return [match[0] for match in _HZ.finditer(head) if _foreign(match[0], "hz")]


def _utf_7(head: bytes) -> Iterable[bytes]:
    """Every plus sign begins an escape there, also one that is itself meant; in a program hardly any does."""
    whole = [match for match in _PLUS.finditer(head) if match.end() < len(head)]
    runs = [match[0] for match in whole if match[1]]
    decoded = [_foreign(run, "utf-7") for run in runs]
    if not runs or not all(decoded) or any(match[0] == b"+" for match in whole):
        return ()
    blocks = Counter(ord(character) >> 8 for text in decoded for character in text)
    is_european = max(blocks.values()) >= _SAME * blocks.total() and blocks.most_common(1)[0][0] < 0x20
    return runs if is_european or sum(map(len, runs)) >= _LONG * len(runs) else ()


def _quoted(head: bytes) -> Iterable[bytes]:
    """Every sign of equality begins an escape there."""
    if any(match[0] == b"=" for match in _EQUALS.finditer(head[:-2])):
        return ()
    return _QUOTED.findall(head)


def _foreign(escape: bytes, encoding: str) -> str:
    """What is no ASCII of an escape, "" where it is none."""
    try:
        return "".join(character for character in escape.decode(encoding) if not character.isascii())
    except UnicodeError:
        return ""


_KINDS: dict[str, Callable[[bytes], Iterable[bytes]]] = {
    "ISO-2022": _iso_2022,
    "HZ": _hz,
    "UTF-7": _utf_7,
    "quoted-printable": _quoted,
}
