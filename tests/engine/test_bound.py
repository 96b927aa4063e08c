"""The newest tensor is the one that the program has bound last, or written into."""

import ast
from collections.abc import Iterator

import pytest
import torch

from engine.autograd.bound import Bound
from engine.program.binding_order import Mentions
from engine.protocol import messages as m
from tests.engine.client import Client, of_kind


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


# Programs after `import torch`, and their tensors from the one that was bound first to the one that was bound last.
PROGRAMS = {
    "x = torch.ones(2)\nb = torch.ones(2, 2)\nx = b.t()": "b x",
    "a = torch.ones(2)\nb = a\na = a": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\na.add_(b)": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\na[0] = b[0]": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\na += b": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\na.data[0] = 5": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\na.data.zero_()": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\ntorch.add(b, b, out=a)": "b a",
    "a = torch.ones(2, 2)\nb = a[0]\nc = torch.ones(2)\nb.zero_()": "c a b",
    "a = torch.ones(2, 2)\nb = a[0]\nc = torch.ones(2)\na.zero_()": "c b a",
    "a = torch.ones(2)\nb = torch.ones(2)\nc = torch.ones(2)\ndel c": "a b",
    "a = torch.ones(2)\nb = torch.ones(2)\na, c = b * 2, a": "b a c",
    "a = torch.ones(2)\n*b, a = torch.ones(3)": "a",
    "c = a = b = torch.ones(2)": "c a b",
    "a = torch.ones(2)\nb = (a := torch.ones(3)) * 2": "a b",
    "a = torch.ones(2)\nb = torch.ones(2)\nprint(a := b * 2)": "b a",
    "b = torch.ones(1)\nfor a in torch.ones(3):\n    b = a * 2": "a b",
    "b = torch.ones(1)\nfor a in torch.ones(4):\n    pass": "b a",
    "a = torch.ones(1)\nb = torch.ones(1)\nfor i in range(4):\n    a = torch.rand(1)": "b a",
    "a = b = torch.ones(1)\nfor i in range(4):\n    if i < 3:\n        a = b + i\n    else:\n        b = a * i": "a b",
    "a = b = torch.ones(1)\nfor i in range(4):\n    if i > 2:\n        a = b + i\n    else:\n        b = a * i": "b a",
    "a = b = torch.ones(1)\nwhile True:\n    a = a + 1\n    if a > 3:\n        break\n    b = a * 2": "b a",
    "b = torch.ones(1)\nwhile (a := b + 1) < 3:\n    b = b + 1": "b a",
    "a = torch.ones(2)\nb = torch.ones(2)\nif False:\n    a = b * 2": "a b",
    "b = torch.ones(2)\nif True:\n    a = b * 2\n    b = a": "a b",
    "import contextlib\nwith contextlib.nullcontext(torch.ones(2)) as a:\n    b = a * 2\n    c = 1": "a b",
    "import contextlib\nb = torch.ones(1)\nwith contextlib.nullcontext(torch.ones(2)) as a:\n    c = 1": "b a",
    "a = torch.ones(1)\nw = torch.ones(2, requires_grad=True)\nv = torch.ones(2)\nw.sum().backward()\n"
    "with torch.no_grad():\n    w -= w.grad": "a v w",
    "a = torch.ones(1)\nb = torch.ones(1)\ndef f():\n    global a\n    a = torch.ones(3)\nf()": "b a",
    "a = torch.ones(1)\nb = torch.ones(1)\ndef f(x):\n    return x.mul_(2)\nc = f(a)": "b a c",
    "a = torch.ones(1)\nb = torch.ones(1)\nclass C:\n    a = torch.ones(3)": "a b",
    "import sys, types\nmade = sys.modules['weights'] = types.ModuleType('weights')\nmade.w = torch.ones(2)\n"
    "w = torch.ones(1)\na = torch.ones(1)\nfrom weights import w": "a w",
    "a = torch.ones(1)\nmatch [torch.ones(2), 3]:\n    case [b, int()]:\n        c = 1": "a b",
    "a = torch.ones(1)\nb = torch.ones(1)\ntry:\n    a = b * 2\n    b = 1 / 0\nexcept Exception:\n    pass": "b a",
    "a = torch.ones(1)\nb = torch.ones(1)\na = 1 / 0": "a b",
    "a = torch.ones(1)\nb = torch.ones(1)\nfor i in range(3):\n    a = a + 1\n    b = 1 / 0": "b a",
    "a = torch.ones(1)\nb = torch.ones(1)\nexec('a = b * 2')": "b a",
    "a = torch.ones(1)\nb = torch.ones(1)\n[a.add_(1) for _ in range(2)]": "b a",
    "a = torch.ones(1)\nb = torch.ones(1); a = b": "b a",
}  # fmt: skip


@pytest.mark.parametrize("text", PROGRAMS)
def test_it_is_the_programs_own_order(engine: Client, text: str) -> None:
    engine.run("for name in [one for one in globals() if len(one) == 1]:\n    del globals()[name]")
    events = engine.run("import torch\n" + text)
    rows = [row for row in of_kind(events, m.Variables)[-1].rows if row.summary is not None]
    assert " ".join(row.name for row in sorted(rows, key=lambda row: row.rank)) == PROGRAMS[text]


_DEEP = 500  # beyond it Python itself compiles no such program here


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + " + ".join(["a"] * _DEEP),
        "if not a:\n    pass\n" + "elif not a:\n    pass\n" * _DEEP + "else:\n    x = a * 2",
    ],
    ids=["expression", "branches"],
)
def test_of_a_statement_that_is_nested_too_deep_the_new_tensor_is_the_newest(engine: Client, deep: str) -> None:
    events = engine.run(f"import torch\nz = torch.ones(1)\na = torch.ones(1)\n{deep}\n")
    rows = [row for row in of_kind(events, m.Variables)[-1].rows if row.summary is not None]
    assert events[-1].error is None
    assert [row.name for row in sorted(rows, key=lambda row: row.rank)][-3:] == ["z", "a", "x"]


def test_a_part_that_runs_again_binds_anew(engine: Client) -> None:
    engine.run("import torch\na = torch.ones(1)\nb = torch.ones(1)\n")
    rows = of_kind(engine.run("a = b"), m.Variables)[-1].rows
    assert max((row for row in rows if row.summary), key=lambda row: row.rank).name == "a"


def test_a_statement_that_still_runs_counts_with_what_it_has_bound() -> None:
    namespace = {"a": torch.ones(1), "b": torch.ones(1)}
    bound = Bound(namespace, lambda tensor: -1)
    for text in ("a = 1", "b = 1"):
        bound.turn(Mentions.of(ast.parse(text).body[0]), is_over=True)
    loop = ast.parse("for i in x:\n    a = f(i)\n    b = g(a)").body[0]
    bound.turn(Mentions.of(loop), is_over=False)
    assert bound.ranks({}) == {"a": 0, "b": 1}, "nothing yet"
    namespace["a"] = torch.ones(2)
    assert bound.ranks({}) == bound.ranks({}) == {"b": 0, "a": 1}
    functions = {"g()": {"y": torch.ones(1)}, "f()": {"x": torch.ones(1), "n": 1}}
    assert bound.ranks(functions) == {"b": 0, "a": 1, "f().x": 2, "g().y": 3}, "the innermost last"
    bound.stop()
    assert bound.ranks({}) == {"b": 0, "a": 1}


def test_of_very_many_names_those_are_looked_at_that_a_statement_mentions() -> None:
    held: list[str] = []

    class Counting(dict):
        def __getitem__(self, name: str) -> torch.Tensor:
            held.append(name)
            return super().__getitem__(name)

        def __iter__(self) -> Iterator[str]:
            held.extend(self.keys())
            return super().__iter__()

    namespace = Counting({f"v{number}": torch.ones(1) for number in range(1000)})
    bound = Bound(namespace, lambda tensor: -1)
    namespace["v7"] = torch.ones(2)
    bound.turn(Mentions.of(ast.parse("v7 = v8 + 1").body[0]), is_over=True)
    assert sorted(held) == ["v7", "v8"]
    ranks = bound.ranks({})
    assert len(ranks) == 1000, "all are told where somebody asks"


def test_a_body_that_is_only_defined_mentions_nothing() -> None:
    (statement,) = ast.parse("def f(x=y):\n    a = 1\n    global b\n").body
    assert Mentions.of(statement).names == ()
