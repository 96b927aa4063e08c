"""The words in a formula, as "where" and "elsewhere", and its numbers in the language in use. Names stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.protocol.sentence import Sentence
from engine.shared.language import local, said

_NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
_WORDS = re.compile(r"\\text\{( *)([^{}]*?)( *)\}")


def spoken(pieces: Sequence[str]) -> tuple[str, ...]:
    """The LaTeX of a formula, in pieces, said. The code of words is "formula." and the words themselves."""
    return tuple(_NUMBER.sub(_written, _WORDS.sub(_said, piece)) for piece in pieces)


def _written(found: re.Match[str]) -> str:
    """In braces: TeX leaves room behind a comma that is punctuation."""
    return local(found[0]).replace(",", "{,}")


def _said(found: re.Match[str]) -> str:
    words = said(Sentence(f"formula.{found[2]}", found[2]))
    return rf"\text{{{found[1]}{words}{found[3]}}}"
