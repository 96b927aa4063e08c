"""Python in colours: pygments reads each line, a small scanner carries triple-quoted strings across lines."""

from __future__ import annotations

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from engine.shared import utf16
from visualizer.look import theme

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
                first = utf16.length(text[: max(start - len(prefix), 0)])
                last = utf16.length(text[: max(start + len(value) - len(prefix), 0)])
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
    return scan(text, state)[0]


def scan(text: str, state: int = 0) -> tuple[int, str, bool]:
    """Read a line that begins in `state`.

    Returns the state at its end, the line with strings and comments blanked out, and whether its end lies in one.
    """
    index, short, code = 0, "", ""
    while index < len(text):
        is_in_text, width = bool(state or short), 1
        triple = text[index : index + 3]
        if text[index] == "\\" and is_in_text:
            width = 2
        elif state:
            if triple == _QUOTES[state]:
                state, width = 0, 3
        elif short:
            short = "" if text[index] == short else short
        elif triple in _QUOTES[1:]:
            state, width, is_in_text = _QUOTES.index(triple), 3, True
        elif text[index] in "'\"":
            short, is_in_text = text[index], True
        elif text[index] == "#":
            return state, code, True
        code += "_" * width if is_in_text else text[index]
        index += width
    return state, code, bool(state or short)


def _style(kind: _TokenType) -> str | None:
    return next((token for parent, token in _STYLES if kind in parent), None)
