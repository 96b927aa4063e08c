"""The colours of Python are those of pygments, line by line, in a fraction of its time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from visualizer.look.python_tokens import QUOTES, colored, is_code, scan

_ROOT = Path(__file__).parents[2]
_FILES = sorted([*_ROOT.glob("assets/examples/*.py"), *_ROOT.glob("engine/program/*.py")])
_STYLES = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword.Constant, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Decorator, "function"),
    (Name.Function, "function"),
    (Name.Class, "function"),
)
_LEXER = PythonLexer(stripnl=False, stripall=False, ensurenl=False)


def _of_pygments(text: str, state: int) -> list[str]:
    """The colour of every character. A name before a bracket is a function's."""
    prefix = QUOTES[state]
    colors = [""] * len(text)
    for start, kind, value in _LEXER.get_tokens_unprocessed(prefix + text):
        color = next((color for parent, color in _STYLES if kind in parent), "")
        if kind in Name.Function.Magic:
            color = ""
        if not color and kind in Name and (prefix + text)[start + len(value) :].lstrip().startswith("("):
            color = "function"
        for place in range(max(start - len(prefix), 0), max(start + len(value) - len(prefix), 0)):
            colors[place] = color
    return colors


def _ours(text: str, state: int) -> tuple[list[str], int]:
    found, after = colored(text, state)
    colors = [""] * len(text)
    for start, end, token in found:
        colors[start:end] = [token.removeprefix("syntax.")] * (end - start)
    return colors, after


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_every_line_has_the_colors_of_pygments(path: Path) -> None:
    state = 0
    for line in path.read_text().split("\n"):
        expected, (found, after) = _of_pygments(line, state), _ours(line, state)
        differ = [place for place, letter in enumerate(line) if found[place] != expected[place] and letter.strip()]
        assert not differ, (line, differ)
        assert after == scan(line, state)[0], line
        state = after


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            'f"{a[1:]:.4f} {{b}} {c!r}"',
            {"f": "string", "a": "", "1": "number", ".4f": "string", "b": "string", "c": ""},
        ),
        (r"r'\'x' + y", {"x": "string", "y": ""}),
        ("match value:", {"match": "keyword"}),
        ("match = 3", {"match": ""}),
        ("case _:", {"case": "keyword", "_": "keyword"}),
        ("_ = 3", {"_": ""}),
        ("@torch.no_grad()", {"@torch": "function", "no_grad": "function"}),
        ("a @b", {"@b": ""}),
        ("x = 1_000 + 0xFF + 1e-5 + 3j + v2", {"1_000": "number", "0xFF": "number", "1e-5": "number", "3j": "number"}),
        ("class Net: pass", {"class": "keyword", "Net": "function", "pass": "keyword"}),
        ("'é' + len(ü)  # ß", {"é": "string", "len": "function", "ü": "", "ß": "comment"}),
        ("if'a'in b: pass", {"a": "string", "in": "keyword", "b": ""}),
    ],
)
def test_a_word_has_its_color(line: str, words: dict[str, str]) -> None:
    colors = _ours(line, 0)[0]
    assert {word: colors[line.index(word)] for word in words} == words


@pytest.mark.parametrize(
    ("lines", "states"),
    [
        (['"""open', "'''inside", '\\""" still"""', "x"], [2, 2, 0, 0]),
        (["s = '''a''' + '''b", "c''' + 'd"], [1, 0]),
        (["'open", "x"], [0, 0]),
        (["f'''{a}", "b'''  # '''"], [1, 0]),
        (["# '''", "x"], [0, 0]),
    ],
)
def test_a_long_string_goes_on_in_the_next_line(lines: list[str], states: list[int]) -> None:
    state = 0
    for line, after in zip(lines, states, strict=True):
        assert scan(line, state)[0] == after
        state = colored(line, state)[1]
        assert state == after


@pytest.mark.parametrize(
    ("line", "is_there"),
    [
        ('print(f"loss {|loss:.3f}")', True),
        ('print(f"loss {loss:|.3f}")', False),
        ('print(f"|loss {loss}")', False),
        ('print("{|loss}")', False),
        ("print(f'{|mo", True),
        ("x = 'a' + |b", True),
        ("x = 1  # |b", False),
    ],
)
def test_what_a_formatted_string_computes_is_code(line: str, is_there: bool) -> None:
    assert is_code(line.replace("|", ""), line.index("|")) is is_there


def test_it_takes_a_third_of_the_time_of_pygments_at_most() -> None:
    lines = [line for path in _FILES[:4] for line in path.read_text().split("\n")]

    def least_s(read: object) -> float:
        times_s = []
        for _ in range(3):
            start_s = time.thread_time()
            for line in lines:
                read(line)  # type: ignore[operator]
            times_s.append(time.thread_time() - start_s)
        return min(times_s)

    assert 3 * least_s(colored) < least_s(lambda line: list(_LEXER.get_tokens_unprocessed(line)))
