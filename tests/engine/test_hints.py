"""What a name stands for and what a call takes: of live values, of the text alone, of PyTorch, and nothing is run."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from engine.program.complete import complete
from engine.protocol.hints import AskCall, AskHint, CallShown, Hint
from engine.protocol.messages import AskCompletions
from engine.serve.hints import HintDesk

TEXT = '''\
import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    """Two layers.

    And more of it."""

    def __init__(self, width=8, *, bias: bool = True):
        super().__init__()
        self.first = nn.Linear(3, width)

    def forward(self, x, scale=1.0):
        h = self.first(x)
        return h * scale

def half(value: float, /, *rest, by=2, **more) -> float:
    """Half of it."""
    return value / by

net = Net()
x = torch.randn(2, 3)
y = net(x).relu()
'''


def desk(text: str = "", **values: Any) -> HintDesk:
    namespace = dict(values)
    if text:
        exec(text, namespace)
    return HintDesk(namespace)


def hint(text: str, at: str, of: HintDesk) -> Hint | None:
    """About the name before the mark "|" in `at`, which is one line of the text, or a further one."""
    line, column = at.replace("|", ""), at.index("|")
    lines = text.split("\n")
    lines = lines if line in lines else [*lines, line]
    found = of.hint(AskHint(text="\n".join(lines), line=lines.index(line) + 1, column=column - 1))
    return found.hint


def call(text: str, of: HintDesk) -> CallShown:
    """In the call at the end of the text."""
    lines = text.split("\n")
    return of.call(AskCall(text=text, line=len(lines), column=len(lines[-1])))


def marked(text: str, of: HintDesk) -> tuple[str, str] | None:
    """The signature that is shown, and the parameter marked in it."""
    shown = call(text, of)
    if shown.hint is None:
        return None
    signature = shown.hint.signatures[shown.signature]
    return signature.text, signature.parameters[shown.parameter] if shown.parameter >= 0 else ""


def test_a_live_tensor_says_its_value_and_a_function_how_it_is_called():
    ran = desk(TEXT)
    assert hint(TEXT, "x| = torch.randn(2, 3)", ran).value.startswith("(2, 3) f32")
    found = hint(TEXT, "x = torch.randn|(2, 3)", ran)
    assert found.signatures[0].text.startswith("torch.randn(*size, *, generator=None")
    assert found.signatures[0].returns == "Tensor"
    assert found.words.startswith("Returns a tensor filled with random numbers from a normal distribution with mean")
    assert hint(TEXT, "x.shape|", ran).value == "torch.Size([2, 3])"
    assert hint(TEXT, "y.grad_fn|", ran).value == "ReluBackward0"
    assert hint(TEXT, "F.relu|(x)", ran).signatures[0].text == "F.relu(input, inplace=False) -> Tensor"
    assert hint(TEXT, "net|", ran).kind == "nn.Module" and "parameters" in hint(TEXT, "net|", ran).value


def test_a_method_that_refers_to_a_function_has_the_words_of_that():
    found = hint(TEXT, "x.sum|", desk(TEXT))
    assert found.signatures[0].text == "x.sum(dim=None, keepdim=False, dtype=None) -> Tensor"
    assert found.words == "Returns the sum of all elements in the input tensor."


@pytest.mark.parametrize(
    ("at", "kind", "signature", "words"),
    [
        ("net = Net|()", "class", "Net(width=8, *, bias: bool = True)", "Two layers."),
        ("net|(x)", "Net", "net(x, scale=1.0)", "Two layers."),
        ("half|(2)", "function", "half(value: float, *rest, by=2, **more) -> float", "Half of it."),
        ("        self.first| = nn.Linear(3, width)", "Linear", "first(input)", "Applies an affine linear transform"),
        ("        h| = self.first(x)", "Tensor", "", ""),
        ("net(x).tanh|()", "method", "tanh() -> Tensor", "Returns a new tensor with the hyperbolic tangent"),
        ("(x @ x.T).view|", "method", "view(*shape) -> Tensor", "Returns a new tensor with the same data"),
        ("x.T.mean|", "method", "x.T.mean(dim=None, keepdim=False, *, dtype=None) -> Tensor", "Returns the mean"),
    ],
)
def test_what_has_not_run_is_known_from_the_text(at: str, kind: str, signature: str, words: str):
    found = hint(TEXT, at, desk())
    if not kind:
        assert found is None
        return
    assert found.kind == kind
    assert not signature or found.signatures[0].text.endswith(signature)
    assert found.words.startswith(words)


_MADE = """
def norm(rows, eps: float = 1e-5):
    centered = rows - rows.mean()
    for part in rows:
        inner = part
    return F.softmax(centered, dim=-1)

twice = lambda value, times=2: value * times
def made(width) -> nn.Linear:
    return nn.Linear(width, width)
layer = made(3)
weights = F.softmax(x, dim=-1)
rows = [row.sum() for row in x]
norm(x, eps=1e-3)
net(x, scale=0.5)
torch.optim.AdamW(net.parameters(), betas=(0.9, 0.95))
"""


@pytest.mark.parametrize(
    ("at", "kind", "value", "signature"),
    [
        ("    centered = rows| - rows.mean()", "parameter", "", ""),
        ("        inner = part|", "variable", "", ""),
        ("twice| = lambda value, times=2: value * times", "function", "", "twice(value, times=2)"),
        ("twice = lambda value, times=2: value| * times", "parameter", "", ""),
        ("layer| = made(3)", "Linear", "", "layer(input)"),
        ("weights| = F.softmax(x, dim=-1)", "Tensor", "", ""),
        ("rows = [row.sum() for row| in x]", "Tensor", "", ""),
        ("norm(x, eps|=1e-3)", "parameter", "eps: float = 1e-05", "norm(rows, eps: float = 1e-05)"),
        ("net(x, scale|=0.5)", "parameter", "scale=1.0", "net(x, scale=1.0)"),
        (
            "torch.optim.AdamW(net.parameters(), betas|=(0.9, 0.95))",
            "parameter",
            "betas=…",
            "torch.optim.AdamW(params",
        ),
    ],
)
def test_names_of_functions_lambdas_comprehensions_and_arguments_are_known(
    at: str, kind: str, value: str, signature: str
):
    found = hint(TEXT + _MADE, at, desk())
    assert (found.kind, found.value) == (kind, value)
    assert not signature or found.signatures[0].text.startswith(signature)


def test_names_that_nothing_is_known_of_have_no_hint():
    assert hint(TEXT, "unknown|", desk()) is None
    assert hint(TEXT, "x.nothing|", desk(TEXT)) is None
    assert hint(TEXT, "|", desk()) is None


@pytest.mark.parametrize(
    ("written", "signature", "parameter"),
    [
        ("torch.zeros(", "torch.zeros(*size, *, out=None", "*size"),
        ("torch.zeros(2, 3, ", "torch.zeros(*size, *, out=None", "*size"),
        ("torch.zeros(2, dtype=", "torch.zeros(*size, *, out=None", "dtype=None"),
        ("F.cross_entropy(x, F.relu(y), ", "F.cross_entropy(input, target", "weight=None"),
        ("y = [nn.Linear(3", "nn.Linear(in_features, out_features", "in_features"),
        ("net(", "net(x, scale=1.0)", "x"),
        ("net(x, sc", "net(x, scale=1.0)", "scale=1.0"),
        ("half(1, 2, by=", "half(value: float, *rest, by=2", "by=2"),
        ("half(\n    1,\n    what='a, (b', n=", "half(value: float", "**more"),
        ("len(", "len(obj", "obj"),
        ("torch.cat([x, ", "torch.cat(tensors, dim=0", "tensors"),
        ("torch.zeros((2, ", "torch.zeros(*size", "*size"),
        ("net(\n    x,\n    {'a': [1, ", "net(x, scale=1.0)", "scale=1.0"),
    ],
)
def test_a_call_marks_the_parameter_that_is_being_written(written: str, signature: str, parameter: str):
    found = marked(f"{TEXT}\n{written}", desk())
    assert found is not None and found[0].startswith(signature) and found[1] == parameter


@pytest.mark.parametrize(
    "written", ["x = (1, ", "def f(", "if (", "f('a(", "torch.zeros(2)", "unknown(", "# torch.zeros(", "[1, "]
)
def test_no_call_is_seen_where_there_is_none(written: str):
    assert call(f"{TEXT}\n{written}", desk()).hint is None


def test_the_overload_that_fits_what_is_written_is_shown():
    found = call(f"{TEXT}\ntorch.max(x, dim=", desk())
    assert len(found.hint.signatures) > 1
    assert "dim" in found.hint.signatures[found.signature].text and found.parameter >= 0


def test_nothing_of_the_program_runs_for_an_answer():
    ran: list[str] = []

    class Meta(type):
        @property
        def __signature__(cls) -> object:
            ran.append("signature")
            return None

    class Loud(metaclass=Meta):
        def __getattr__(self, name: str) -> object:
            ran.append(name)
            raise AttributeError(name)

        @property
        def value(self) -> int:
            ran.append("value")
            return 1

        def method(self, other: object = torch.ones(1)) -> None: ...

    loud = Loud.__call__()
    ran.clear()
    of = desk(Loud=Loud, loud=loud)
    for at in ("loud.value|", "loud.nothing|", "loud.method|", "Loud|", "Loud.value|"):
        hint("", at, of)
    for written in ("Loud(", "loud.method(1, ", "loud(", "loud.value("):
        call(written, of)
    assert ran == []
    assert hint("", "loud.method|", of).signatures[0].text == "loud.method(other=…)"


def test_a_long_program_is_answered_too():
    long = "\n".join(f"x{number} = torch.zeros(3)" for number in range(3000))
    assert marked(f"{TEXT}\n{long}\ntorch.zeros(", desk()) is not None


def names(text: str, namespace: dict[str, Any] | None = None) -> dict[str, tuple[str, str]]:
    """What is offered at the end of a text, by name its kind and detail."""
    lines = text.split("\n")
    return {one.name: (one.kind, one.detail) for one in complete(text, len(lines), len(lines[-1]), namespace or {})[1]}


@pytest.mark.parametrize(
    ("written", "offered", "kind"),
    [
        ("tor", "torch", "module"),
        ("torch.nn.func", "functional", "module"),
        ("nn.Lin", "Linear", "class"),
        ("ne", "net", "variable"),
        ("x.resh", "reshape", "method"),
        ("y.sum().ba", "backward", "method"),
        ("(x @ x).me", "mean", "method"),
        ("net.fi", "first", "variable"),
        ("net.forw", "forward", "method"),
        ("net.zero_g", "zero_grad", "method"),
        ("net.first.wei", "weight", ""),
        ("def g(width):\n    wi", "width", "parameter"),
        ("class Two(Net):\n    def run(self):\n        self.fi", "first", "variable"),
        ("' '.jo", "join", "method"),
        ("class Two(Net):\n    def run(self):\n        self.reg", "register_buffer", ""),
        ("class Two(Net): pass\nclass Three(Two):\n    def run(self):\n        self.fi", "first", "variable"),
        ("def g():\n    h = F.softmax(x, dim=-1)\n    h.mas", "masked_fill", "method"),
        ("loop = loop + loop if loop else loop\nlo", "loop", "variable"),
        ("nn.Linear(2, 3).weight.gr", "grad", ""),
        ("weight = ''\nnn.Linear(2, 3).weight.gr", "grad", ""),  # and not of another name
        ("class Two(nn.Module):\n    def run(self):\n        super().zero_g", "zero_grad", ""),
        ("class Two(Net):\n    def run(self):\n        super().forw", "forward", "method"),
        ("from math import *\nsqr", "sqrt", "function"),
        ("from torch.nn import *\nLayerN", "LayerNorm", "class"),
        ("from torch.nn import *\nl = Linear(2, 3)\nl.wei", "weight", ""),
    ],
)
def test_names_complete_before_they_ran(written: str, offered: str, kind: str):
    found = names(f"{TEXT}\n{written}")
    assert offered in found
    assert not kind or found[offered][0] == kind


@pytest.mark.parametrize(
    ("made", "offered"),
    [
        ("np.arange(6)", "reshape"),
        ("np.arange(6).reshape(2, 3)", "T"),
        ("np.array([1, 2]) * 2", "astype"),
        ("np.exp(np.zeros(3))", "tolist"),
        ("np.zeros(3).shape", "count"),
        ("np.random.rand(3)", "mean"),
        ("np.random.default_rng(0)", "normal"),
        ("torch.from_numpy(np.arange(3))", "backward"),
        ("x.numpy()", "astype"),
        ("x.shape", "numel"),
        ("'a,b'.split(',')", "append"),
        ("'a'.upper().strip()", "join"),
        ("open('x')", "readline"),
        ("open('x', 'rb')", "peek"),
        ("Path('x').with_suffix('.y').parent / 'z'", "read_text"),
        ("datetime.now()", "isoformat"),
        ("f()", "backward"),
        ("g()", "backward"),
        ("(lambda: x)()", "backward"),
    ],
)
def test_what_a_call_gives_is_known_before_it_ran(made: str, offered: str):
    text = """\
import numpy as np
import torch
from datetime import datetime
from pathlib import Path
x = torch.ones(2)
def f():
    h = x * 2
    def inner():
        return 1
    return h
def g(n=0):
    if n:
        return f()
    return x.sum()
def h(n=0):
    return g(n) if n else h()
def either(n=0):
    if n:
        return 1
    return x
"""
    assert offered in names(f"{text}made = {made}\nmade.")


@pytest.mark.parametrize(
    "made",
    ["np.arange(6).sum()", "np.sum([1])", "np.random.normal()", "np.exp(1)", "h()", "either()", "json.loads('')"],
)
def test_what_may_give_one_thing_or_another_is_not_told_of(made: str):
    text = """\
import json
import numpy as np
def h(n=0):
    return h(n)
def either(n=0):
    if n:
        return 1
    return 'a'
"""
    assert not names(f"{text}made = {made}\nmade.a")


@pytest.mark.parametrize(("name", "kind"), [("None", "NoneType"), ("True", "bool"), ("False", "bool")])
def test_a_constant_of_python_has_its_value_without_a_run(name: str, kind: str):
    shown = HintDesk({}).hint(AskHint(text=f"a = {name}", line=1, column=5)).hint
    assert shown is not None and (shown.kind, shown.is_written) == (kind, False)


def test_super_is_shown_as_it_is_written_today():
    shown = call("class A:\n    def f(self):\n        super(", desk())
    assert shown.hint is not None and shown.hint.signatures[shown.signature].parameters == ()


def test_a_name_of_a_function_hides_that_of_the_program():
    found = names(f"{TEXT}\ndef g(x: list):\n    x.app", {"x": torch.zeros(2)})
    assert "append" in found
    assert names("x.resh", {"x": torch.zeros(2)})["reshape"][0] == "method"


def given(text: str, namespace: dict[str, Any] | None = None) -> list[str]:
    """What is offered first at the end of a text, by its kind: names of arguments, and keys."""
    lines = text.split("\n")
    request = AskCompletions(text=text, line=len(lines), column=len(lines[-1]))
    found = HintDesk(namespace or {}).completions(request).completions
    return [one.name for one in found if one.name.endswith("=") or one.kind == "key"]


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("nn.Linear(3, 4, b", ["bias="]),
        ("nn.Linear(\n    3,\n    out", ["out_features="]),
        ("nn.Linear(3, bias=True, d", ["device=", "dtype="]),
        ("net(x, ", ["x=", "scale="]),
        ("half(2, b", ["by="]),
        ("net(x + sc", []),
        ("net(x.sc", []),
        ("net(scale=sc", []),
        ("def g(sc", []),
    ],
)
def test_names_of_arguments_are_offered_where_one_begins(written: str, offered: list[str]):
    assert given(f"{TEXT}\n{written}") == offered


def test_keys_of_a_dictionary_that_is_there_are_offered_between_quotes():
    there = {"kept": {"loss": 1, "layers.0.weight": 2, 3: 4}, "other": [1]}
    assert given("kept['", there) == ["loss", "layers.0.weight"]
    assert given('kept["lo', there) == ["loss"]
    assert given('x = kept["layers.0.w', there) == ["weight"]
    written = "made = {'loss': 1, 'layers.0.bias': 2}\nother: dict = dict(first=1)\n"
    assert given(f"{written}made['") == ["loss", "layers.0.bias"]
    assert given(f"{written}made['layers.0.b") == ["bias"]
    assert given(f"{written}y = other['f") == ["first"]
    assert given("other['", there) == given("unknown['", there) == given("['lo", there) == []


def test_a_class_that_ran_still_gives_its_members_to_one_that_did_not():
    ran: dict[str, Any] = {}
    exec(TEXT, ran)
    assert "first" in names(f"{TEXT}\nclass Two(Net):\n    def run(self):\n        self.fi", ran)


def test_names_are_offered_as_in_a_dictionary():
    offered = list(names("import torch\ntorch."))
    words = [name for name in offered if len(name) > 1]
    assert words == sorted(words, key=str.lower) and "arange" in words and "AcceleratorError" in words
