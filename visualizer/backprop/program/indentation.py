"""How deep lines stand, and by which signs: a text that indents by tabs or by two spaces goes on so. No state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice, pairwise, takewhile

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from engine.shared import utf16
from visualizer.look.python_tokens import scan

_USUAL = "    "
_MOST_READ = 100_000  # characters of which is learnt how the text indents
_MOST_STEPS = 50


def unit(document: QTextDocument) -> str:
    """What one level more is written with: what most of the text's blocks begin with, four spaces where it has none."""
    lines = [line for line in str(document.toRawText())[:_MOST_READ].split("\u2029") if line.strip()]
    steps = (of(below).removeprefix(of(line)) for line, below in pairwise(lines) if _opens_block(line, below))
    counted = Counter(islice((step for step in steps if step == "\t" or step in ("  ", "   ", _USUAL)), _MOST_STEPS))
    return counted.most_common(1)[0][0] if counted else _USUAL


def _opens_block(line: str, below: str) -> bool:
    return line.rstrip().endswith(":") and len(of(below)) > len(of(line)) and of(below).startswith(of(line))


def of(line: str) -> str:
    """The spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def common(lines: Iterable[str]) -> str:
    """The spaces and tabs that all of them begin with; none where there is no line."""
    columns = zip(*map(of, lines), strict=False)
    return "".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns))


def before(cursor: QTextCursor) -> str:
    """What stands before it in its line."""
    return utf16.first(cursor.block().text(), cursor.positionInBlock())


def after(cursor: QTextCursor) -> str:
    """What stands behind it in its line."""
    return cursor.block().text()[len(before(cursor)) :]


def state_at(block: QTextBlock) -> int:
    """How a line begins, as one of QUOTES: in code, or inside either kind of long string."""
    return max(block.previous().userState(), 0)


def goes_on(block: QTextBlock) -> bool:
    """Whether a line goes on with a statement by the backslash at the end of the one above."""
    above = block.previous()
    return above.isValid() and scan(above.text(), state_at(above))[1].rstrip().endswith("\\")


def begin_of(block: QTextBlock) -> QTextBlock:
    """The line that such a statement begins with."""
    while goes_on(block):
        block = block.previous()
    return block


def opened(code: str) -> int:
    """How many more brackets it opens than it closes."""
    return sum((character in "([{") - (character in ")]}") for character in code)


def where_it_began(block: QTextBlock, depth: int, otherwise: str) -> str:
    """How deep the line stands that opened what a line's end closes: `depth` is how many more brackets it opens than
    it closes, less than 0."""
    while (block := block.previous()).isValid():
        text = block.text()
        depth += opened(scan(text, state_at(block))[1])
        if depth >= 0:
            return of(text)
    return otherwise
