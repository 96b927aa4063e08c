"""What the signs of Python mean is told where the mouse rests on them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from visualizer.backprop.program.signs import meaning, sign_at


@pytest.mark.parametrize(
    ("marked", "sign", "begins"),
    [
        ("y = x |@ w", "@", "Matrix product"),
        ("y = x @| w", "@", "Matrix product"),
        ("@|torch.no_grad()", "@", "What stands behind it"),
        ("y = x*|2", "*", "Product"),
        ("f(*|xs)", "*", "Each thing"),
        ("f(a, **|more)", "**", "Each entry"),
        ("y = x[0] *|* 2", "**", "Power"),
        ("y = f(x) //| 2", "//", "Quotient, rounded"),
        ("w -=| rate", "-=", "Computes, and writes"),
        ("m = ~|mask", "~", "Not:"),
        ("m = a &| b", "&", "And:"),
        ("🙂 = '🙂' +| a", "+", "Sum"),
        ("a |== b", "==", "Whether both are equal"),
        ("if (n :=| 3):", ":=", "Gives"),
        ("return ~|x", "~", "Not:"),
        ("return -|x", "-", ""),
        ("x[-|1]", "-", ""),
        ("def f(a, *|rest):", "*", ""),
        ("from math import *|", "*", ""),
        ("x =| 1", "=", ""),
        ("a | b", "", ""),
    ],
)
def test_a_sign_is_told_by_what_stands_before_it(marked: str, sign: str, begins: str) -> None:
    place = marked.index("|") if marked != "m = a &| b" else 7
    text = marked[:place] + marked[place + 1 :]
    cursor = QTextCursor(document := QTextDocument(text))
    cursor.setPosition(len(text[:place].encode("utf-16-le")) // 2)
    found = sign_at(cursor)
    told = meaning(found)
    assert found.selectedText() == sign and document.toPlainText() == text
    assert told.startswith(begins) and bool(told) == bool(begins)
