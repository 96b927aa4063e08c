"""A formula as words: what a screen reader says of it, whose LaTeX nobody can follow by ear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.shared.language import mark, tr

_TOKEN = re.compile(
    r"\\(?:text|mathrm|mathcal|mathbf|operatorname|texttt)\{(?:[^{}\\]|\\.)*\}|\\[a-zA-Z]+|\\.|[{}^_]|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+|\S"
)
_NAME = re.compile(r"\\[a-z]+\{(.*)\}")
_SILENT = {
    *("left", "right", "Big", "big", "textstyle", "displaystyle", "quad", "qquad", "underbrace", ",", ";", "!", ":"),
    *(" ", "&", "\\", "rVert", "rfloor", "rceil"),
}
_SAID = {
    "cdot": mark("times"), "times": mark("times"), "*": mark("times"), "odot": mark("times, cell by cell,"),
    "partial": mark("partial"), "leq": mark("at most"), "geq": mark("at least"), "le": mark("at most"),
    "ge": mark("at least"), "neq": mark("is not"), "=": mark("equals"), "+": mark("plus"), "-": mark("minus"),
    "−": mark("minus"), "/": mark("over"), "<": mark("less than"), ">": mark("more than"), "infty": mark("infinity"),
    "pm": mark("plus or minus"), "mp": mark("minus or plus"), "approx": mark("about"), "in": mark("in"),
    "sim": mark("distributed as"), "leftarrow": mark("becomes"), "to": mark("to"), "rightarrow": mark("to"),
    "ldots": mark("and so on"), "cdots": mark("and so on"), "dots": mark("and so on"), "bmod": mark("modulo"),
    "lVert": mark("the norm of"), "lfloor": mark("the floor of"), "lceil": mark("the ceiling of"),
    "star": mark("star"), "ln": mark("the logarithm of"), "log": mark("the logarithm of"),
}  # fmt: skip
_RAISED = {r"\top": mark("transposed"), r"\star": mark("star"), "*": mark("star"), "2": mark("squared")}
_OVER = {"overline": mark("{what} conjugate"), "hat": mark("{what} hat"), "tilde": mark("{what} tilde")}
_RANGED = {
    "sum": mark("the sum {range} of"),
    "prod": mark("the product {range} of"),
    "int": mark("the integral {range} of"),
}


def words_of(latex: str) -> str:
    r"""The formula read from left to right, in the language in use: `\frac{a}{b}` is "a over b". What is not known of
    LaTeX is said by its name."""
    return " ".join(_Reader(_TOKEN.findall(latex.replace("{,}", ","))).all())


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = tokens, 0

    def all(self) -> list[str]:
        """Every word to the end, or to the brace that closes."""
        said: list[str] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token == "}":
                break
            said += filter(None, self._said(token))
        return said

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _is_next(self, token: str) -> bool:
        is_it = self._tokens[self._at : self._at + 1] == [token]
        self._at += is_it
        return is_it

    def _one(self) -> str:
        """What follows a command: a group, or a single token."""
        if self._at >= len(self._tokens):
            return ""
        token = self._next()
        return " ".join(self.all() if token == "{" else filter(None, self._said(token)))

    def _said(self, token: str) -> Iterator[str]:
        named = _NAME.fullmatch(token)
        name = token[1:] if token.startswith("\\") and len(token) > 1 else ""
        if token == "{":
            yield from self.all()
        elif named is not None:
            yield named[1].replace("\\", "").strip()
        elif token == "^":
            yield self._raised()
        elif token == "_":
            yield tr("sub {index}", index=self._one())
        elif name == "frac":
            above, below = _together(self._one()), _together(self._one())
            yield tr("{above} over {below}", above=above, below=below)
        elif name == "sqrt":
            yield tr("the square root of {what}", what=_together(self._one()))
        elif name in _OVER:
            yield tr(_OVER[name], what=self._one())
        elif name in _RANGED:
            yield " ".join(tr(_RANGED[name], range=self._range()).split())
        elif name not in _SILENT:
            known = _SAID.get(name or token)
            yield tr(known) if known else name or token

    def _range(self) -> str:
        """What stands below and above a sign of a sum."""
        below = tr("over {index}", index=self._one()) if self._is_next("_") else ""
        above = tr("to {end}", end=self._one()) if self._is_next("^") else ""
        return f"{below} {above}".strip()

    def _raised(self) -> str:
        begin = self._at
        what = self._one()
        raised = "".join(self._tokens[begin : self._at]).strip("{}")
        return tr(_RAISED[raised]) if raised in _RAISED else tr("to the power {what}", what=_together(what))


def _together(words: str) -> str:
    """In brackets where more than one thing could be meant."""
    return f"({words})" if len(words.split()) > 2 else words
