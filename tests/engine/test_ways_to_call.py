"""How something is called: by its own documentation, by the schemas of PyTorch, and by a text that has not run yet."""

from __future__ import annotations

import builtins
import math
import re
from typing import Any

import numpy
import pytest
import torch

from engine.program.documentation import gives_tensor, paragraph, signatures
from engine.protocol.hints import Hint
from engine.serve.hints import HintDesk
from tests.engine.test_hints import call, desk, hint, marked, names

OWNERS = {"": builtins, "torch": torch, "F": torch.nn.functional, "nn": torch.nn, "np": numpy, "math": math}


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("print", ["print(*args, sep=' ', end='\\n', file=None, flush=False)"]),
        ("range", ["range(stop) -> range object", "range(start, stop, step=…) -> range object"]),
        ("getattr", ["getattr(object, name, default=…) -> value"]),
        ("int", ["int(x=…) -> integer", "int(x, base=10) -> integer"]),
        ("zip", ["zip(*iterables, strict=False)"]),
        ("enumerate", ["enumerate(iterable, start=0)"]),
        ("ValueError", ["ValueError(*args)"]),
        ("math.log", ["math.log(x, base=math.e)"]),
        ("np.arange", ["np.arange(start=…, stop, step=…, dtype=None, *, device=None, like=None)"]),
        (
            "np.array",
            ["np.array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None)"],
        ),
        ("torch.relu", ["torch.relu(input) -> Tensor"]),
        ("torch.where", ["torch.where(condition, input, other, *, out=None) -> Tensor", "torch.where(condition)"]),
    ],
)
def test_the_ways_are_those_of_the_documentation_and_none_of_its_examples(name: str, ways: list[str]):
    owner, _, own = name.rpartition(".")
    found = [way.text for way in signatures(getattr(OWNERS[owner], own), name, is_bound=False)]
    assert [way.replace(" -> tuple of LongTensor", "") for way in found] == ways


def test_a_way_that_is_written_over_several_lines_or_as_init_is_whole():
    attention = signatures(torch.nn.functional.scaled_dot_product_attention, "F.scaled", is_bound=False)
    assert attention == ()  # another name's
    (way,) = signatures(
        torch.nn.functional.scaled_dot_product_attention, "F.scaled_dot_product_attention", is_bound=False
    )
    assert way.parameters[:3] == ("query", "key", "value") and "is_causal=False" in way.parameters
    (lstm,) = signatures(torch.nn.LSTM, "nn.LSTM", is_bound=False)
    assert lstm.parameters[:3] == ("input_size", "hidden_size", "num_layers=1")


def test_a_function_of_torch_without_a_documentation_still_gives_a_tensor():
    assert all(map(gives_tensor, (torch.relu, torch.softmax, torch.nn.functional.gelu, torch.Tensor.relu)))
    assert not any(map(gives_tensor, (torch.is_tensor, len, torch.chunk, print)))
    assert paragraph("NumPy\n=====\n\nProvides\n  1. Arrays") == "Provides 1. Arrays"


CLASSES = '''
import torch
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Optional
from torch import nn
from torch.utils import data as sets
import torch.nn.functional as functions

@dataclass
class Base:
    """Sizes."""
    width: int = 8
    kept: ClassVar[int] = 3

@dataclass(frozen=True)
class Config(Base):
    names: list[str] = field(default_factory=list)
    total: int = field(init=False, default=0)

class Pair(NamedTuple):
    first: torch.Tensor
    second: Optional[torch.Tensor] = None

class Parent(nn.Module):
    def __init__(self, size, *, bias=True):
        super().__init__()

    @property
    def size(self) -> int:
        """How many."""
        return sum(one.numel() for one in self.parameters())

    @torch.no_grad()
    def forward(self, x, *rest: float, **more):
        """Once."""
        return x

    @staticmethod
    def helper(a, b): ...

    @classmethod
    def made(cls, c): ...

class Child(Parent):
    pass

class Wide(nn.Linear):
    pass

child = Child(3)
amount = child.size
'''


@pytest.mark.parametrize(
    ("written", "signature"),
    [
        ("Config(", "Config(width: int = 8, names: list[str] = …)"),
        ("Pair(", "Pair(first: torch.Tensor, second: Optional[torch.Tensor] = None)"),
        ("Child(", "Child(size, *, bias=True)"),
        ("Wide(", "Wide(in_features, out_features, bias=True, device=None, dtype=None)"),
        ("child(", "child(x, *rest: float, **more)"),
        ("child.helper(", "helper(a, b)"),
        ("Child.made(", "made(c)"),
        ("', '.join(", "', '.join(iterable, /)"),
    ],
)
def test_what_a_text_makes_is_called_as_it_is_written_before_it_ran(written: str, signature: str):
    assert call(CLASSES + written, desk()).hint.signatures[0].text == signature


@pytest.mark.parametrize(
    ("at", "kind", "words"),
    [
        ("    def forward|(self, x, *rest: float, **more):", "method", "Once."),
        ("    def size|(self) -> int:", "property", "How many."),
        ("amount = child.size|", "property", "How many."),
        ("amount| = child.size", "int", ""),
        ("    def forward(self, x, *rest|: float, **more):", "tuple", ""),
        ("    def forward(self, x, *rest: float, **more|):", "dict", ""),
        ("    names|: list[str] = field(default_factory=list)", "list", ""),
        ("import torch.nn.functional| as functions", "module", "Functional interface."),
        ("from torch.utils import data| as sets", "module", ""),
        ("        return sum(one.numel() for one in self.parameters|())", "method", "Return an iterator"),
    ],
)
def test_names_where_they_are_defined_or_imported_are_told_of(at: str, kind: str, words: str):
    found = hint(CLASSES, at, desk())
    assert isinstance(found, Hint) and found.kind == kind and found.words.startswith(words)


RAN = """
from torch import nn
class Net(nn.Module):
    def __init__(self, n): super().__init__()
def f(a): ...
net = Net(1)
"""
CHANGED = """
from torch import nn
class Net(nn.Module):
    def __init__(self, n, wide=False): super().__init__()
    def more(self, k): ...
def f(a, *, b=2): ...
net = Net(1)
"""


def test_what_was_written_since_it_ran_is_told_of_as_the_text_says():
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(RAN, namespace)
    of = HintDesk(namespace)
    assert not hint(RAN, "def f|(a): ...", of).has_changed
    assert marked(f"{RAN}f(", of) == ("f(a)", "a")
    assert marked(f"{CHANGED}f(1, b=", of) == ("f(a, *, b=2)", "b=2")
    assert marked(f"{CHANGED}Net(1, ", of) == ("Net(n, wide=False)", "wide=False")
    assert marked(f"{CHANGED}net.more(", of) == ("more(k)", "k")
    assert hint(CHANGED, "def f|(a, *, b=2): ...", of).has_changed
    assert names(f"{CHANGED}net.mo", namespace)["more"][0] == "method"


@pytest.mark.parametrize(
    ("written", "parameter"),
    [
        ("print(1, sep='', ", "end='\\n'"),
        ("g(1, 2, k=3, ", "m=5"),
        ("g(1, k=3, ", "b"),
        ("g(1, 2, k=3, m=4, ", "**more"),
        ("sorted([1], key=len, ", "reverse=False"),
    ],
)
def test_behind_an_argument_that_has_its_name_the_next_that_has_none_is_due(written: str, parameter: str):
    assert marked(f"def g(a, b, *, k=4, m=5, **more): ...\n{written}", desk())[1] == parameter


def test_a_property_of_what_is_there_is_told_of_and_not_computed():
    asked: list[int] = []

    class Owner:
        @property
        def amount(self) -> int:
            """Of all."""
            asked.append(1)
            return 1

    found = hint("", "owner.amount|", desk(owner=Owner()))
    assert (found.kind, found.words, found.is_written, asked) == ("property", "Of all.", False, [])


def test_a_value_is_told_of_without_a_cut_number_and_its_kind_once():
    rows = {str(place): 123456 + place for place in range(8)}
    shown = hint("", "rows|", desk(rows=rows)).value
    assert shown.startswith("dict {'0': 123456, ") and shown.endswith("…")
    assert {len(digits) for digits in re.findall(r"\d+", shown)} == {1, 6}
    assert hint("", "it|", desk(it=iter([1]))).value == "list_iterator object"
