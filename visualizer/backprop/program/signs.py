"""What the signs between values mean, for numbers and for tensors: told by the window alone, without the engine."""

from __future__ import annotations

import re
from keyword import iskeyword

from PySide6.QtGui import QTextCursor

from engine.shared import utf16
from engine.shared.language import mark
from visualizer.backprop.program.indentation import after, before

_BEFORE, _BEHIND = re.compile(r"[-@*/%+~&|^=<>!:]+\Z"), re.compile(r"[-@*/%+~&|^=<>!:]+")
_ENDS_VALUE = re.compile(r"[\w)\]}'\"]\Z")
_GATHERS = re.compile(r"\A\s*(?:async\s+)?def\b|\b(?:import|lambda)\Z")  # behind it a star is of another kind
_VALUES = ("None", "True", "False")
_BETWEEN = {
    "@": mark("Matrix product: each row of the left times each column of the right."),
    "+": mark("Sum, element by element; shapes are broadcast. Texts and lists are put behind each other."),
    "-": mark("Difference, element by element; shapes are broadcast."),
    "*": mark("Product, element by element; shapes are broadcast. A matrix product is @."),
    "/": mark("Quotient, element by element; shapes are broadcast. Of whole numbers, too, a number with a fraction."),
    "//": mark("Quotient, rounded down, element by element."),
    "%": mark("What is left after a division, with the sign of the right side."),
    "**": mark("Power, element by element; shapes are broadcast."),
    "==": mark("Whether both are equal: of tensors element by element, a tensor of truth values."),
    "!=": mark("Whether both differ: of tensors element by element, a tensor of truth values."),
    "<": mark("Whether the left is smaller: of tensors element by element, a tensor of truth values."),
    ">": mark("Whether the left is larger: of tensors element by element, a tensor of truth values."),
    "<=": mark("Whether the left is smaller or equal: of tensors element by element, a tensor of truth values."),
    ">=": mark("Whether the left is larger or equal: of tensors element by element, a tensor of truth values."),
    "&": mark("And: of truth values element by element, of whole numbers bit by bit."),
    "|": mark("Or: of truth values element by element, of whole numbers bit by bit."),
    "^": mark("One of both but not both: of truth values, and bit by bit. A power is **."),
    ":=": mark("Gives the value at the right this name, and is that value in what is around it."),
}
_COMPUTES = ("@", "+", "-", "*", "/", "//", "%", "**", "&", "|", "^")
_INTO = mark("Computes, and writes into the left side: of a tensor its numbers are changed in place.")
_NAMES = mark("Gives what stands at the right this name. Nothing is copied: two names may stand for one tensor.")
_GIVES = mark("What the function is said to give back. Python does not look whether it does.")
_DECORATES = mark("What stands behind it gets the function or class below, and gives back what bears that name.")
_UNPACKS = {
    "*": mark("Each thing in what follows, one after the other."),
    "**": mark("Each entry of what follows, by its name."),
    "~": mark("Not: of truth values element by element, of whole numbers bit by bit."),
}


def sign_at(cursor: QTextCursor) -> QTextCursor:
    """The sign that a cursor stands in or beside, selected."""
    begin, rest = _BEFORE.search(before(cursor)), _BEHIND.match(after(cursor))
    sign = QTextCursor(cursor)
    sign.setPosition(cursor.position() - (utf16.length(begin[0]) if begin else 0))
    sign.setPosition(cursor.position() + (utf16.length(rest[0]) if rest else 0), QTextCursor.MoveMode.KeepAnchor)
    return sign


def meaning(sign: QTextCursor) -> str:
    """Of a selected sign in its line, in English; "" where nothing is told of it."""
    written, start = sign.selectedText(), QTextCursor(sign)
    start.setPosition(sign.selectionStart())
    left = before(start).rstrip()
    if written == "@" and not left:
        return _DECORATES
    if written == "->":
        return _GIVES
    if written == "=":
        return "" if _is_in_brackets(left) else _NAMES
    if _GATHERS.search(left):
        return ""
    last = left.split()[-1] if left else ""
    if not _ENDS_VALUE.search(left) or (iskeyword(last) and last not in _VALUES):
        return _UNPACKS.get(written, "")
    is_into = written.endswith("=") and written[:-1] in _COMPUTES and written not in _BETWEEN
    return _INTO if is_into else _BETWEEN.get(written, "")


def _is_in_brackets(left: str) -> bool:
    """Whether a sign gives an argument, as far as its line tells."""
    return sum(map(left.count, "([{")) > sum(map(left.count, ")]}"))
