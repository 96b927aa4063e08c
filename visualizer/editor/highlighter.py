"""Python in colours: pygments reads each line, a small scanner carries triple-quoted strings across lines."""

from __future__ import annotations

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from visualizer import theme

_QUOTES = ("", "'''", '"""')  # the block states: code, and inside either kind of long string
_STYLES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "syntax.comment"),
    (String, "syntax.string"),
    (Number, "syntax.number"),
    (Keyword.Constant, "syntax.number"),
    (Keyword, "syntax.keyword"),
    (Operator.Word, "syntax.keyword"),
    (Name.Decorator, "syntax.function"),
    (Name.Function, "syntax.function"),
    (Name.Class, "syntax.function"),
)


class PythonHighlighter(QSyntaxHighlighter):
    """Follows the theme."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._lexer = PythonLexer(stripnl=False, stripall=False, ensurenl=False)
        self._formats: dict[str, QTextCharFormat] = {}
        self._dress()
        theme.current().changed.connect(self._redress)

    def highlightBlock(self, text: str) -> None:
        before = max(self.previousBlockState(), 0)
        prefix = _QUOTES[before]
        for start, kind, value in self._lexer.get_tokens_unprocessed(prefix + text):
            token = _style(kind)
            if token is None and kind in Name and (prefix + text)[start + len(value) :].lstrip().startswith("("):
                token = "syntax.function"
            if token is not None:
                first = _utf16(text[: max(start - len(prefix), 0)])
                last = _utf16(text[: max(start + len(value) - len(prefix), 0)])
                self.setFormat(first, last - first, self._formats[token])
        self.setCurrentBlockState(end_state(text, before))

    def _dress(self) -> None:
        for _kind, token in (*_STYLES, (Name, "syntax.function")):
            self._formats[token] = QTextCharFormat()
            self._formats[token].setForeground(theme.current().color(token))

    def _redress(self) -> None:
        self._dress()
        self.rehighlight()


def end_state(text: str, state: int) -> int:
    """Whether a line that began in `state` ends inside a triple-quoted string, and of which kind."""
    index, short = 0, ""
    while index < len(text):
        if text[index] == "\\" and (state or short):
            index += 2
            continue
        triple = text[index : index + 3]
        if state:
            if triple == _QUOTES[state]:
                state, index = 0, index + 2
        elif short:
            short = "" if text[index] == short else short
        elif triple in _QUOTES[1:]:
            state, index = _QUOTES.index(triple), index + 2
        elif text[index] in "'\"":
            short = text[index]
        elif text[index] == "#":
            break
        index += 1
    return state


def _style(kind: _TokenType) -> str | None:
    return next((token for parent, token in _STYLES if kind in parent), None)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
