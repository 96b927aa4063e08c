"""What the signs of Python mean is told where the mouse rests on them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from visualizer.backprop.program.signs import meaning, sign_at
from visualizer.backprop.program.written_words import word_told


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
        ("x =| 1", "=", "Gives what stands at the right"),
        ("f(a, dim=|1)", "=", ""),
        ("def f(x) ->| int:", "->", "What the function is said"),
        ("mask = x <|= 0", "<=", "Whether the left is smaller or equal"),
        ("if x >| 0:", ">", "Whether the left is larger"),
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


@pytest.mark.parametrize(
    ("marked", "name", "value", "begins"),
    [
        ("for¦ i in range(3):", "for", "", "Runs the lines below once"),
        ("if x is ¦not None:", "not", "", "Whether it is false"),
        ("rate = 3.14¦e-2", "3.14e-2", "0.0314", "A number with a fraction"),
        ("n = 0x¦1F", "0x1F", "31", "A whole number"),
        ("n = (¦7)", "7", "", "A whole number"),
        ("z = 2¦j", "2j", "", "A complex number"),
        ("🙂 = 'he¦llo'", "'hello'", "", "A text of 5 characters"),
        ("b = b'¦ab'", "b'ab'", "", "2 bytes"),
        ("s = f'lo¦ss {x:.3f}!'", "f'lo", "", "A text with gaps"),
        ("s = f'loss {¦x:.3f}!'", None, "", ""),
        ("match ¦= 1", None, "", ""),
        ("x = Tr¦ue", None, "", ""),  # the engine tells its value
        ("x = torch¦.ones(3)", None, "", ""),
        ("# for¦ all", None, "", ""),
    ],
)
def test_keywords_numbers_and_texts_are_told(marked: str, name: str | None, value: str, begins: str) -> None:
    before = marked.partition("¦")[0]
    document = QTextDocument(marked.replace("¦", ""))
    cursor = QTextCursor(document)
    cursor.setPosition(len(before.encode("utf-16-le")) // 2)
    told = word_told(cursor)
    assert (told is None) == (name is None)
    if told is not None and name is not None:
        word, hint = told
        assert word.selectedText().startswith(name) and hint.name == word.selectedText()
        assert hint.value == value and hint.words.startswith(begins)
