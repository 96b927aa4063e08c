"""The words in a formula, as "where" and "elsewhere", in the language in use. Names and numbers stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.protocol.sentence import Sentence
from engine.shared.language import said

_WORDS = re.compile(r"\\text\{( *)([^{}]*?)( *)\}")


def spoken(pieces: Sequence[str]) -> tuple[str, ...]:
    """The LaTeX of a formula, in pieces, said. The code of words is "formula." and the words themselves."""
    return tuple(_WORDS.sub(_said, piece) for piece in pieces)


def _said(found: re.Match[str]) -> str:
    words = said(Sentence(f"formula.{found[2]}", found[2]))
    return rf"\text{{{found[1]}{words}{found[3]}}}"
