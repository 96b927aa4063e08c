"""What keywords, numbers and strings of Python mean, for tensors where it matters: told by the window alone."""

from __future__ import annotations

import ast
from contextlib import suppress
from keyword import iskeyword

from PySide6.QtGui import QTextCursor

from engine.protocol.hints import Hint
from engine.shared import utf16
from engine.shared.language import mark, tr, trn
from visualizer.look.python_tokens import colored

_LONGEST_NAME = 40
_LONGEST_LINE = 10_000  # characters
_KEYWORDS = {
    "and": mark("The right where the left is true, else the left. Of tensors with several elements it is &."),
    "or": mark("The left where that is true, else the right. Of tensors with several elements it is |."),
    "not": mark("Whether it is false. Of tensors with several elements it is ~."),
    "in": mark("Behind for, what is gone through; elsewhere, whether the left is among the right."),
    "is": mark("Whether both are the same object, not whether they are equal. None is asked for so."),
    "if": mark("Runs the lines below where the condition is true; between two values, it chooses one."),
    "elif": mark("Where no condition above was true, runs the lines below if this one is."),
    "else": mark("What runs where no condition above was true; behind a loop, where no break ended it."),
    "for": mark("Runs the lines below once for each thing in what follows."),
    "while": mark("Runs the lines below again and again, as long as the condition is true before each time."),
    "break": mark("Ends the innermost loop."),
    "continue": mark("Goes on with the next time of the innermost loop."),
    "def": mark("Makes a function. The lines below run whenever it is called."),
    "return": mark("Ends the function, which gives back what follows."),
    "yield": mark("Gives one value out, and waits here until the next is asked for."),
    "lambda": mark("A function without a name, of one expression."),
    "class": mark("Makes a class: a kind of object with its methods. A network is one of nn.Module."),
    "with": mark("Begins something for the lines below, and ends it behind them, also after an error."),
    "as": mark("Gives this name to what stands before it."),
    "import": mark("Loads a module, once, and gives its name to it here."),
    "from": mark("Loads a module and takes single names out of it."),
    "try": mark("Runs the lines below; an error in them goes to the except that fits."),
    "except": mark("Runs where an error of this kind came from the lines below try."),
    "finally": mark("Runs at the end in any case, after an error, too."),
    "raise": mark("Stops here with an error, which an except around it may take."),
    "assert": mark("Stops with an AssertionError where the condition is not true."),
    "pass": mark("Does nothing, where Python wants a line."),
    "del": mark("Takes a name away. Memory is free once nothing else has what it stood for."),
    "global": mark("In this function the name is the program's, not one of its own."),
    "nonlocal": mark("In this function the name is that of the function around it."),
    "async": mark("Makes a function that can wait while others run."),
    "await": mark("Waits here for what follows, while others run."),
    "match": mark("Compares the value with the patterns below, and runs the lines of the first that fits."),
    "case": mark("Runs where the value has this form; a name in it gets the part at its place."),
}  # fmt: skip
_NUMBERS = {
    int: mark("A whole number. torch.tensor makes int64 of it; beside a tensor of numbers it takes that one's dtype."),
    float: mark(
        "A number with a fraction, float64 in Python. torch.tensor makes the default dtype of it, float32 as a rule;"
        " beside a tensor of floats it takes that one's dtype."
    ),
    complex: mark("A complex number. torch.tensor makes complex64 of it, as long as the default dtype is float32."),
}
_FORMATTED = mark("A text with gaps: what stands in braces is computed, and put in, when the line runs.")
_LONG = mark("A text of several lines. As the first thing in a function, it is its documentation.")


def word_told(cursor: QTextCursor) -> tuple[QTextCursor, Hint] | None:
    """The keyword, number or string that a cursor stands in or beside, selected, and what is told of it."""
    block = cursor.block()
    line, state = block.text(), max(block.previous().userState(), 0)
    if len(line) > _LONGEST_LINE:
        return None
    place = len(utf16.first(line, cursor.positionInBlock()))
    begins_name = line[place : place + 1].isidentifier()
    touched = [one for one in colored(line, state)[0] if one[0] <= place < one[1] + (not begins_name)]
    for start, end, color in sorted(touched, key=lambda one: one[0] > place or one[1] == place):
        hint = _hint(line, start, end, color, is_inside=bool(state) and not start)
        if hint is not None:
            word = QTextCursor(cursor)
            word.setPosition(block.position() + utf16.length(line[:start]))
            word.setPosition(block.position() + utf16.length(line[:end]), QTextCursor.MoveMode.KeepAnchor)
            return word, hint
    return None


def _hint(line: str, start: int, end: int, color: str, *, is_inside: bool) -> Hint | None:
    written = line[start:end]
    if color == "syntax.keyword" and written in _KEYWORDS:
        return Hint(written, words=tr(_KEYWORDS[written]))
    if color == "syntax.number" and not iskeyword(written):
        return _number(written)
    return _string(line, start, end, is_inside=is_inside) if color == "syntax.string" else None


def _number(written: str) -> Hint | None:
    value = _literal(written)
    if type(value) not in _NUMBERS:
        return None
    is_plain = repr(value) == written
    return Hint(written, "", "" if is_plain else repr(value), words=tr(_NUMBERS[type(value)]))


def _string(line: str, start: int, end: int, *, is_inside: bool) -> Hint:
    written = line[start:end]
    name = written if len(written) <= _LONGEST_NAME else f"{written[:_LONGEST_NAME]}…"
    value = None if is_inside else _literal(written)
    if isinstance(value, str):
        return Hint(name, words=trn("A text of {n} character.", "A text of {n} characters.", len(value)))
    if isinstance(value, bytes):
        return Hint(name, words=trn("{n} byte.", "{n} bytes.", len(value)))
    is_formatted = not is_inside and "f" in written.partition(written.strip("rRfFbBuU")[:1])[0].lower()
    is_part = written[:1] == "}" or (not is_inside and written[:1] not in "'\"rRfFbBuU")
    words = _FORMATTED if is_formatted or is_part else _LONG
    return Hint(name, words=tr(words))


def _literal(written: str) -> object:
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.literal_eval(written)
    return None
