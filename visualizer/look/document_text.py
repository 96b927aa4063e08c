"""A text document's words as a program has them, and a program's words as a text document holds them.

Qt ends a line at signs that Python has inside of its strings. Signs that no text may have (Unicode's non-characters)
stand for them in a document; each is as long as what it stands for, so that places are the same.
"""

from __future__ import annotations

from PySide6.QtGui import QTextDocument

_HELD = {"\u2028": "\ufdd8", "\u2029": "\ufdd9", "\ufdd0": "\ufdda", "\ufdd1": "\ufddb"}


def text_of(document: QTextDocument) -> str:
    """Its lines, no-break spaces included, which `toPlainText` would replace."""
    return as_written(str(document.toRawText()).replace("\u2029", "\n"))


def as_written(text: str) -> str:
    """What a document holds, as the program has it."""
    for sign, held in _HELD.items():
        text = text.replace(held, sign) if held in text else text
    return text


def as_held(text: str) -> str:
    """What a program has, as a document holds it: only its line ends end lines there."""
    for sign, held in _HELD.items():
        text = text.replace(sign, held) if sign in text else text
    return text
