"""Python in colours, line by line; the state of a line says in which long string it ends."""

from __future__ import annotations

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from engine.shared import utf16
from visualizer.look import theme
from visualizer.look.python_tokens import colored

_TOKENS = ("syntax.comment", "syntax.string", "syntax.number", "syntax.keyword", "syntax.function")
_MOST = 100  # pieces of colour in one line: Qt lays all of it out anew at each key, a piece at a time


class PythonHighlighter(QSyntaxHighlighter):
    """Follows the theme. Where the document's font has letters stand one by one, lines that are not ASCII have theirs
    put together all the same."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._composed: dict[str, QTextCharFormat] = {}
        self._dress()
        theme.current().changed.connect(self._redress)

    def highlightBlock(self, text: str) -> None:
        found, after = colored(text, max(self.previousBlockState(), 0), most=_MOST)
        is_ascii = text.isascii()
        formats = self._formats if is_ascii else self._composed
        if not is_ascii:
            self.setFormat(0, utf16.length(text), formats[""])
        for start, end, token in found[:_MOST]:
            first, last = (start, end) if is_ascii else (utf16.length(text[:start]), utf16.length(text[:end]))
            self.setFormat(first, last - first, formats[token])
        self.setCurrentBlockState(after)

    def _dress(self) -> None:
        for token in ("", *_TOKENS):
            made = QTextCharFormat()
            if token:
                made.setForeground(theme.current().color(token))
            self._formats[token] = made
            self._composed[token] = QTextCharFormat(made)
            self._composed[token].setFontStyleStrategy(QFont.StyleStrategy.PreferDefault)

    def _redress(self) -> None:
        self._dress()
        self.rehighlight()
