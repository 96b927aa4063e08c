"""A text document's words as a program has them."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument


def text_of(document: QTextDocument) -> str:
    """Its lines, no-break spaces included, which `toPlainText` would replace."""
    return str(document.toRawText()).replace("\u2029", "\n")
