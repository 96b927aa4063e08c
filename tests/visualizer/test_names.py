"""Names by scope, and results that are older than what they depend on: read from the text, with no window."""

from __future__ import annotations

import pytest

from engine.shared import utf16
from visualizer.backprop.program.definitions import definition
from visualizer.backprop.program.dependents import ages
from visualizer.backprop.program.line_edit import edits_between
from visualizer.backprop.program.names import Names
from visualizer.backprop.program.rename import Rename, RenameError
from visualizer.backprop.program.run_lines import RunLines
from visualizer.look.python_tokens import read_line

TEXT = """\
import torch
from torch import nn as layers
x = "é😀"; y = f"{x} and {x!r}"
def f(x, n=x):
    global total
    total = [x for x in range(n) if x]
    return lambda: (x, total)
class Net(layers.Module):
    x = 1
    def __init__(self, size):
        self.first = layers.Linear(size, x)
    def forward(self, x):
        return self.first(self.helper(x))
    def helper(self, x):
        return x
total = f(x)
squares = [(last := v * v) for v in total]
print(last, [v for v in x])
"""


def places(line: int, column: int) -> list[tuple[int, int]]:
    return [(place.line, place.column) for place in Names(TEXT).same(line, column)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((3, 0), [(3, 0), (3, 18), (3, 26), (4, 11), (11, 41), (16, 10), (18, 24)]),  # the x of the module
        ((4, 6), [(4, 6), (7, 20)]),  # the parameter
        ((6, 13), [(6, 13), (6, 19), (6, 36)]),  # the one of the comprehension
        ((5, 11), [(5, 11), (6, 4), (7, 23), (16, 0), (17, 36)]),  # global
        ((2, 24), [(2, 24), (8, 10), (11, 21)]),
        ((9, 4), [(9, 4)]),  # a class's own name is seen by no method of it
        ((13, 21), [(11, 13), (13, 20)]),
        ((14, 9), [(13, 31), (14, 8)]),
        ((17, 12), [(17, 12), (18, 6)]),  # a walrus binds outside of its comprehension
        ((17, 30), [(17, 23), (17, 27), (17, 31)][:0]),  # between names there is none
        ((10, 24), [(10, 23), (11, 35)]),
    ],
)
def test_the_places_of_a_name_are_those_of_its_scope(at: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    assert places(*at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((16, 10), (3, 0)),
        ((16, 8), (4, 4)),
        ((13, 21), (11, 13)),
        ((13, 33), (14, 8)),
        ((18, 6), (17, 12)),
        ((8, 12), (2, 24)),
        ((3, 0), (3, 0)),
        ((18, 0), None),  # print is made elsewhere
    ],
)
def test_a_definition_is_where_the_name_got_its_value_last_before(at, expected) -> None:
    found = Names(TEXT).definition(*at)
    assert (found and (found.line, found.column)) == expected


def test_a_text_that_does_not_parse_has_no_names() -> None:
    assert Names("x = (1\nx").same(1, 0) == []


RAN = "a = 1\nb = a + 1\nc = 3\nd = b * c\nc += 1\ne = c"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (RAN, ""),
        (RAN.replace("a = 1", "a = 2"), "abd"),
        (RAN.replace("c = 3", "c = 4"), "cd+e"),
        (RAN.replace("c = 3\n", ""), "d+e"),
        (RAN.replace("c = 3", "# c\nc = 3"), ""),
        (RAN.replace("d = b", "b = 0\nd = b"), "bd"),
        (RAN.replace("d = b * c", "a = 5\n\nd = b * c"), "a"),
        (RAN.replace("e = c", "e = a"), "e"),
        (RAN.replace("c = 3", "c = ("), None),
        (RAN.replace("a = 1\nb = a + 1", "b = a + 1\na = 1"), "bd"),
        (RAN.replace("d = b * c\nc += 1", "c += 1\nd = b * c"), "d"),
        (RAN.replace("a = 1", "a = 1  # the first").replace("c = 3", "c=3"), ""),
        (RAN.replace("a = 1", "a=(1)").replace("d = b * c", "d = (b *  # of a\n     c)"), ""),
        (RAN.replace("b = a + 1", "b = (a\n     + 2)  # more"), "bd"),
    ],
)
def test_a_result_is_older_than_what_it_depends_on(now: str, expected: str | None) -> None:
    """By the first letter of the statements that are outdated, "+" for `c += 1`."""
    lines = ran_and_edited(RAN, now)
    found, new = ages(RAN, now, lines.line, lines.run_line, lines.ran_place), now.split("\n")
    said = found and "".join("+" if "+=" in new[line - 1] else new[line - 1][0] for line in sorted(found.outdated))
    assert (said or "") == expected if expected is not None else found is None


@pytest.mark.parametrize(
    ("now", "outdated"),
    [
        ("a = 1; b = 2; c = a + b\nd = c\ne = 5", []),
        ("a = 1; b = 7; c = a + b\nd = c\ne = 5", [1, 2]),
        ("a = 1; b = 2;  c = a + b  # all\nd = c\ne = 5", []),
        ("a = 1; b = 2\nd = c\ne = 5", [1, 2]),
        ("a = 1; b = 2; c = a + b\nd = c\ne = 6", [3]),
    ],
)
def test_what_several_statements_left_beside_a_line_is_as_old_as_each_of_them(now: str, outdated: list[int]) -> None:
    ran = "a = 1; b = 2; c = a + b\nd = c\ne = 5"
    lines = ran_and_edited(ran, now)
    found = ages(ran, now, lines.line, lines.run_line, lines.ran_place)
    assert found is not None and sorted(found.outdated) == outdated


def ran_and_edited(ran: str, now: str) -> RunLines:
    """The lines of a text that ran, after the edits that made another of it."""
    old, new = ran.split("\n"), now.split("\n")
    states = [0]
    for line in new:
        states.append(read_line(line, states[-1])[1])
    lines = RunLines(lambda line: new[line - 1] if line <= len(new) else "", lambda line: states[line - 1])
    lines.begin("program.py", ran)
    same = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    for edit in (
        edits_between(same, old[same : len(old) - tail + 1], new[same : len(new) - tail + 1], begins_line=True)
        if now != ran
        else ()
    ):
        lines.edited(edit)
    return lines


STRINGS = 'a = """one # 1\ntwo # 2\n"""; b = "#3"  # 4\nc = 5 # 6\nd = \\\n7'


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("# 4", "# 5", [1, 2, 3, 4, 5, 6]),
        (" # 6", "", [1, 2, 3, 4, 5, 6]),
        ("7", "7  # 8", [1, 2, 3, 4, 5, 6]),
        ("# 1", "# 2", [2, 3, 4, 5, 6]),  # of the text of a string
        ("two # 2", "two", [1, 3, 4, 5, 6]),
        ('"#3"', '"#4"', [1, 2, 4, 5, 6]),
        ("\\", "\\ # 9", [1, 2, 3, 4, 6]),  # which Python refuses
    ],
)
def test_a_comment_changes_no_line_that_ran(old: str, new: str, same: list[int]) -> None:
    lines = ran_and_edited(STRINGS, STRINGS.replace(old, new))
    assert [line for line in range(1, 7) if lines.line(line) == line] == same
    assert [line for line in range(1, 7) if lines.run_line(line) == line] == same


MEMBERS = """\
class Layer:
    rate = 0.1
    def __init__(self, width, eps=1.0):
        self.width = width
    def go(self): return self.rate
class Net(Layer):
    def go(self, x: "Layer"):
        return super().go() + self.width
net = Net(3, eps=2.0)
def loss(y, scale=1): return y
loss("🙂", scale=net.go(0))
print(Layer.rate, net.rate, other.rate)
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((5, "self.rate"), (2, 4)),
        ((7, '"Layer'), (1, 6)),
        ((8, "super().go"), (5, 8)),
        ((8, "self.width"), (4, 13)),
        ((9, "eps"), (3, 30)),
        ((11, "scale"), (10, 12)),
        ((11, "net.go"), (7, 8)),
        ((12, "Layer.rate"), (2, 4)),
        ((12, "net.rate"), (2, 4)),
        ((12, "other.rate"), None),
    ],
)
def test_what_stands_behind_a_dot_or_is_given_by_name_is_found_in_its_class_or_function(at, expected) -> None:
    line, words = at
    text = MEMBERS.split("\n")[line - 1]
    place = definition(MEMBERS, line, utf16.length(text[: text.index(words) + len(words)]))
    assert (place and (place.line, place.column)) == expected


FIELDS = """\
@dataclass
class Config:
    width: int = 8
class Wide(Config):
    depth: int = 2
def made(config: Config, other: "Wide"):
    return config.width + other.width + other.depth
made(Config(width=3), Wide(width=2, depth=1))
class Net:
    def __init__(self, config: Config): self.n = config.width
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((7, "config.width"), (3, 4)),
        ((7, "other.width"), (3, 4)),
        ((7, "other.depth"), (5, 4)),
        ((8, "Config(width"), (3, 4)),
        ((8, "Wide(width"), (3, 4)),
        ((8, "depth"), (5, 4)),
        ((10, "config.width"), (3, 4)),
    ],
)
def test_a_field_of_a_data_class_is_found_from_its_keyword_and_from_an_annotated_parameter(at, expected) -> None:
    line, words = at
    text = FIELDS.split("\n")[line - 1]
    place = definition(FIELDS, line, text.index(words) + len(words))
    assert place is not None and (place.line, place.column) == expected


RENAMED = """\
import torch
from torch import nn as layers
width = 3; y = f"{width} and {width!r}"
def scaled(xs, dim=1, *, keep=False):
    global total
    total = [x for x in range(dim) if x]
    return lambda: (xs, total, torch.sum(torch.ones(2), dim=0), keep)
class Net(layers.Module):
    def __init__(self, size):
        super().__init__()
        self.first = layers.Linear(size, 2)
    def forward(self, given):
        return self.first(given)
scaled(width, dim=3)
net = Net(size=3)
print(total, "π😀", width)
"""


@pytest.mark.parametrize(
    ("at", "new", "lines"),
    [
        ((3, 0), "n", {3: 'n = 3; y = f"{n} and {n!r}"', 14: "scaled(n, dim=3)", 16: 'print(total, "π😀", n)'}),
        (
            (4, 15),
            "axis",
            {4: "def scaled(xs, axis=1, *, keep=False):", 6: "    total = [x for x in range(axis) if x]"}
            | {14: "scaled(width, axis=3)"},
        ),
        (
            (14, 16),
            "axis",
            {4: "def scaled(xs, axis=1, *, keep=False):", 14: "scaled(width, axis=3)"}
            | {6: "    total = [x for x in range(axis) if x]"},
        ),
        (
            (9, 24),
            "n",
            {9: "    def __init__(self, n):", 11: "        self.first = layers.Linear(n, 2)", 15: "net = Net(n=3)"},
        ),
        ((12, 22), "x", {12: "    def forward(self, x):", 13: "        return self.first(x)"}),
        ((15, 7), "Two", {8: "class Two(layers.Module):", 15: "net = Two(size=3)"}),
        (
            (5, 11),
            "all_of",
            {5: "    global all_of", 6: "    all_of = [x for x in range(dim) if x]"}
            | {7: "    return lambda: (xs, all_of, torch.sum(torch.ones(2), dim=0), keep)"}
            | {16: 'print(all_of, "π😀", width)'},
        ),
    ],
)
def test_a_name_is_renamed_where_it_stands_for_the_same_alone(at: tuple[int, int], new: str, lines: dict) -> None:
    rename = Rename(RENAMED, *at)
    rename.check(new)
    before, after = RENAMED.split("\n"), rename.renamed(new).split("\n")
    assert {n: text for n, (text, was) in enumerate(zip(after, before, strict=True), 1) if text != was} == lines


@pytest.mark.parametrize(
    ("at", "new", "reason"),
    [
        ((1, 8), "t", "“torch” is imported by that name: write another behind “as” on line 1."),
        ((16, 0), "t", "“print” is not made by this program: its name is another's."),
        ((11, 15), "training", "“training” stands for something else here already."),
        ((3, 10), "t", "No name that can be renamed stands at the cursor."),
        ((4, 11), "total", "“total” stands for something else here already."),
        ((3, 0), "y", "“y” stands for something else here already."),
        ((3, 0), "range", "“range” stands for something else here already."),
        ((3, 0), "for", "“for” is no name of Python."),
        ((3, 0), "2w", "“2w” is no name of Python."),
    ],
)
def test_why_a_name_cannot_be_renamed_is_said(at: tuple[int, int], new: str, reason: str) -> None:
    with pytest.raises(RenameError) as caught:
        Rename(RENAMED, *at).check(new)
    assert str(caught.value) == reason


def test_a_class_is_renamed_in_annotations_that_are_strings_and_in_no_other_string() -> None:
    text = (
        'class Net:\n    def twin(self, of: "é | Net") -> "list[Net]":\n        return "Net"\nmade: "nn.Net" = Net()\n'
    )
    expected = text.replace("class Net", "class Two").replace("| Net", "| Two").replace("[Net]", "[Two]")
    assert Rename(text, 1, 7).renamed("Two") == expected.replace("= Net()", "= Two()")


def test_the_names_of_a_text_that_does_not_parse_are_not_renamed() -> None:
    with pytest.raises(RenameError, match="does not parse"):
        Rename("x = (\nprint(x)", 1, 0)
