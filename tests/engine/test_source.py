"""A running instruction is traced back to the exact characters of the program's text."""

import inspect
import sys

from hypothesis import given
from hypothesis import strategies as st

from engine.program.sources import frame_source, locate, register

PATH = "<test_source>"


class Probe:
    """Notes where its operators were evaluated."""

    def __init__(self, seen):
        self.seen = seen

    def __matmul__(self, other):
        self.seen.append(frame_source(sys._getframe(1)))
        return self

    def __add__(self, other):
        self.seen.append(frame_source(sys._getframe(1)))
        return self

    def __call__(self, *args):
        self.seen.append(frame_source(sys._getframe(1)))
        return self


def seen_in(text, path=PATH):
    register(path, text)
    seen = []
    exec(compile(text, path, "exec"), {"x": Probe(seen), "W": Probe(seen), "f": Probe(seen)})
    return seen


def test_a_sub_expression_inside_a_call():
    inner, outer, call = seen_in("y = f(x @ W + 1)\n")
    assert (inner.text, inner.line, inner.column, inner.end_column) == ("x @ W", 1, 6, 11)
    assert (outer.text, outer.column, outer.end_column) == ("x @ W + 1", 6, 15)
    assert (call.text, call.column, call.end_column) == ("f(x @ W + 1)", 4, 16)


def test_columns_count_utf16_units_after_accents_and_emoji():
    (place,) = seen_in("é = '😀 ü'; ção = x @ W\n")
    text = "é = '😀 ü'; ção = x @ W"
    before = text[: text.index("x @")]
    assert place.column == len(before.encode("utf-16-le")) // 2 == len(before) + 1
    assert place.text == "x @ W"


def test_an_expression_over_several_lines():
    (place,) = seen_in("\n\ny = f(\n    1,\n    'ã', 2)\n")
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 4, 5, 11)
    assert place.text == "f(\n    1,\n    'ã', 2)"


def test_functions_lambdas_and_generator_expressions():
    text = "def g(a):\n    return a @ W\nh = lambda a: a + 1\nlist(g(a) for a in [x])\nh(x)\n"
    assert [(place.line, place.text) for place in seen_in(text)] == [(2, "a @ W"), (3, "a + 1")]


def test_registering_again_forgets_the_old_text():
    assert seen_in("y = x @ W")[0].text == "x @ W"
    assert seen_in("u=  x @  W")[0].text == "x @  W"


def test_a_line_break_that_python_does_not_know_is_none():
    (place,) = seen_in("s = 'a\x0cb\u2028c'\ny = x @ W\n")
    assert (place.line, place.text) == (2, "x @ W")


def test_inspect_finds_the_text():
    register("<inspected>", "def g(a):\n    return a\n")
    namespace = {}
    exec(compile("def g(a):\n    return a\n", "<inspected>", "exec"), namespace)
    assert inspect.getsource(namespace["g"]) == "def g(a):\n    return a\n"


def test_unknown_positions():
    code = compile("x", PATH, "eval")
    assert locate(code, -1) is None
    assert locate(code, 10_000) is None
    place = locate(code.replace(co_linetable=b"\xe8\x00\xe8\x00\xe8\x00\xe8\x00"), 2)  # lines, but no columns
    assert place is None or place.text == ""


def test_text_that_does_not_fit_the_code_is_no_error():
    register("<short>", "y")
    code = compile("\n\n\nx @ W", "<short>", "eval")
    place = locate(code, len(code.co_code) - 4)
    assert (place.line, place.text) == (4, "")


@given(st.text(alphabet="aé世😀 \t", max_size=30), st.text(alphabet="bü界🚀", max_size=10))
def test_any_text_before_the_expression_shifts_the_columns_only(before, after):
    (place,) = seen_in(f"s = {before!r}; y = f({after!r})\n")
    expected = f"f({after!r})"
    prefix = f"s = {before!r}; y = "
    assert place.text == expected
    assert place.column == len(prefix.encode("utf-16-le")) // 2
    assert place.end_column == place.column + len(expected.encode("utf-16-le")) // 2
