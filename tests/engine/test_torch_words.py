"""What PyTorch and NumPy say of everyday mistakes is known as words that a language can have."""

from __future__ import annotations

import copy
import json
import pickle
import sys
import time
import warnings
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from engine.program.sentences import newer_words
from engine.program.sentences.explain import explain
from engine.program.sentences.python_words import PATTERNS, in_words
from engine.program.sentences.python_words import TEMPLATES as OF_PYTHON
from engine.program.sentences.torch_words import KINDS, LINES, TEMPLATES
from engine.protocol.sentence import Sentence
from engine.shared import language
from tests.engine import (
    failing_arrays,
    failing_calls,
    failing_library,
    failing_modules,
    failing_programs,
    failing_system,
)

# Each fails in its own way, so that every template is one that PyTorch has.
FAILING = r"""
nn.Conv2d(3, 4, 3)(torch.ones(8, 8))
nn.LayerNorm(4)(x)
nn.Conv2d(3, 4, 9)(torch.ones(1, 3, 5, 5))
nn.MaxPool2d(2)(torch.ones(3))
nn.BatchNorm1d(3)(torch.ones(1, 3))
nn.LSTM(3, 4)(torch.ones(2, 2, 5))
torch.tensor([[1, 2], [3]])
torch.dot(x, x)
torch.bmm(x, x)
x[torch.ones(3, dtype=torch.bool)]
x.gather(0, torch.tensor([0]))
x.repeat(2)
torch.topk(x, 9)
x.unfold(0, 9, 1)
torch.cdist(x, torch.ones(2, 7))
torch.einsum("ij,jk->ik", x, torch.ones(5, 2))
torch.einsum("ijk->i", x)
F.pad(x, (1,))
x.split(0)
x.chunk(0)
torch.ones(-1)
torch.zeros(-1)
F.binary_cross_entropy(torch.tensor([1.5]), torch.tensor([1.0]))
torch.tensor([1, 2]).mean()
x.mean(dtype=torch.int64)
torch.tensor([True]) - torch.tensor([False])
torch.tensor("a")
torch.tensor(None)
torch.arange(0, 5, -1)
F.one_hot(torch.tensor([5]), 3)
F.one_hot(torch.tensor([0.5]))
torch.multinomial(torch.tensor([0.0, 0.0]), 1)
torch.multinomial(torch.tensor([-1.0, 1.0]), 1)
torch.normal(0.0, -1.0, (2,))
fc.weight.data = torch.ones(2, 3).int()
torch.from_numpy([1, 2])
torch.inverse(torch.zeros(2, 2))
torch.linalg.cholesky(-torch.eye(2))
torch.linalg.inv(x)
torch.randn("3")
x.fill_("a")
torch.ones(2, device="gpu")
class N(nn.Module): pass¶N()(x)
class N(nn.Module):¶    def __init__(self): self.fc = nn.Linear(3, 2)¶N()
fc.weight = torch.ones(2, 3)
nn.MultiheadAttention(5, 2)
nn.Dropout(2)(x)
torch.optim.SGD([], lr=0.1)
torch.optim.SGD(fc.parameters(), lr=-1)
torch.optim.SGD([fc.weight * 2], lr=0.1)
torch.utils.data.DataLoader([], batch_size=0)
fc.load_state_dict({"a": x, "weight": torch.ones(5, 3), "bias": 1})
x.view(1.5)
x.view(foo=1)
fc.load_state_dict({"b": x})
torch.ones(2, device="mps")
torch.full((2, 2), "a")
"""
_WITHOUT_CUDA = "Torch not compiled with CUDA enabled"
_ALL = "".join((
    FAILING, failing_calls.TENSOR, failing_modules.MODULE, failing_calls.TRAINING, failing_modules.NUMPY,
    failing_programs.SYNTAX, failing_programs.BUILTIN, failing_library.LIBRARY, failing_system.SYSTEM,
    failing_arrays.ARRAYS, failing_arrays.CALLS,
))  # fmt: skip


@pytest.fixture(autouse=True)
def in_portuguese() -> Iterator[None]:
    language.use("pt_BR")
    yield
    language.use(language.ENGLISH)


@pytest.fixture(autouse=True)
def without_the_compiler(monkeypatch) -> None:
    """An optimizer asks torch.compile not to look into it, for which all of that is imported: 8 s; and what compares
    tensors looks whether they lie on several machines: 4 s."""
    monkeypatch.setitem(sys.modules, "torch.distributed.tensor", SimpleNamespace(DTensor=type("DTensor", (), {})))
    # What has been compiled before has turned off that distributions look at their arguments.
    monkeypatch.setattr(torch.distributions.Distribution, "_validate_args", True)
    for function in vars(torch.optim.Optimizer).values():
        if plain := getattr(function, "__wrapped__", None):
            monkeypatch.setattr(plain, "__dynamo_disable", plain, raising=False)


@pytest.fixture
def files(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notnpy.npy").write_text("hello\n" * 9)
    (tmp_path / "empty.npy").touch()
    np.save("obj.npy", np.array([object()], dtype=object), allow_pickle=True)
    torch.save({"a": torch.ones(2)}, "m.pt")


def raised(text: str) -> Exception:
    """What a line raises."""
    fc, g = nn.Linear(3, 2), nn.Parameter(torch.ones(2))
    g.grad = torch.full((2,), torch.nan)
    opt = torch.optim.SGD(fc.parameters(), lr=0.1)
    names = {"__name__": "__main__", "__package__": None, "Function": torch.autograd.Function, "torch": torch,
             "nn": nn, "F": nn.functional, "D": torch.utils.data, "optim": torch.optim, "np": np,
             "pickle": pickle, "json": json, "copy": copy, "x": torch.ones(4, 3),
             "xr": torch.ones(3, requires_grad=True), "fc": fc, "g": g, "opt": opt}  # fmt: skip
    with pytest.raises(Exception) as caught, warnings.catch_warnings(action="ignore"):
        exec(compile(text.replace("¶", "\n"), "<program>", "exec"), names)
    return caught.value


def said(text: str) -> str:
    """What PyTorch says of it."""
    error = raised(text)
    if isinstance(error, SyntaxError):
        return f"{error.msg[:1].upper()}{error.msg[1:]}"
    return str(error.args[0] if isinstance(error, KeyError) else error)


def codes(words: Sentence) -> Iterator[str]:
    """Of a sentence and all that are in it."""
    yield words.code
    for one in words.arguments.values():
        yield from codes(one) if isinstance(one, Sentence) else ()


def test_each_of_pytorchs_everyday_sentences_is_known_as_words_and_stays_in_english_as_it_is(files) -> None:
    told = set()
    for text in filter(None, _ALL.split("\n")):
        message = said(text)
        words = in_words(message)
        assert isinstance(words, Sentence), (text, message)
        whole = "".join(message.removesuffix(".").split())
        is_part = len(whole) > 1000 or words.code in PATTERNS  # which leave out what is said behind
        assert is_part or "".join(words.text.split()).removesuffix(".") in (whole, whole.removesuffix(".")), text
        assert language.said(words) != words.text
        told |= set(codes(words))
    unsaid = {*TEMPLATES, *LINES, *OF_PYTHON} - {*PATTERNS, *told}
    if sys.version_info < (3, 12):
        assert unsaid == {_WITHOUT_CUDA, *newer_words.TEMPLATES}  # the first is said by a build without it alone
    assert {"tuple of ints", "Number", "property name enclosed in double quotes"} <= told <= {
        *TEMPLATES, *LINES, *KINDS, *OF_PYTHON, "words.two_lines", "words.of_list", "words.both"
    }  # fmt: skip
    assert in_words(f"{_WITHOUT_CUDA}.") != f"{_WITHOUT_CUDA}."


_OF_NEWER_PYTHONS = """\
F-string: expecting a valid expression after '{'
F-string: invalid conversion character 'x': expected 's', 'r', or 'a'
F-string: lambda expressions are not allowed without parentheses
F-string: missing conversion character
F-string: valid expression required before '}'
F-string: valid expression required before '!'
Parameter without a default follows parameter with a default
Can't instantiate abstract class A without an implementation for abstract method 'f'
Can't instantiate abstract class A without an implementation for abstract methods 'f', 'g'
max() iterable argument is empty
empty range in randrange(5, 3)
non-default argument 'b' follows default argument 'a'
Out of range float values are not JSON compliant: nan
'a' is not in the subpath of 'b'
"""  # of 3.12 and 3.13


def test_what_newer_pythons_say_is_known_as_words_in_each_of_them() -> None:
    told = {message: in_words(message) for message in _OF_NEWER_PYTHONS.splitlines()}
    assert all(isinstance(words, Sentence) and words.text == message for message, words in told.items()), told
    assert {words.code for words in told.values()} == set(newer_words.TEMPLATES)
    assert all(language.said(words) != words.text for words in told.values())


def test_what_is_told_of_a_mistake_is_in_the_language_and_its_numbers_too() -> None:
    assert language.said(in_words(said("nn.Dropout(1.5)(x)"))) == (
        "a probabilidade do dropout tem de estar entre 0 e 1, e é 1,5"
    )
    assert language.said(in_words("invalid syntax (<string>, line 1)")) == "Sintaxe inválida (<string>, linha 1)"
    assert language.said(in_words("name 'literal' is not defined")) == "o nome 'literal' não está definido"
    assert language.said(in_words("Nobody knows this.")) == "Nobody knows this."
    assert in_words("What you gave me is not an Optimizer.") == "What you gave me is not an Optimizer."


def test_each_line_of_a_list_has_words_and_a_long_list_ends_where_a_sentence_does() -> None:
    assert language.said(in_words(said('fc.load_state_dict({"a": x, "weight": torch.ones(5, 3), "bias": 1})'))) == (
        'o state_dict não combina com Linear:\n\tsobram no state_dict: "a".\n\tweight tem a forma [5, 3] no '
        "checkpoint, e [2, 3] no modelo.\n\t\"bias\" tem de ser um tensor, e no checkpoint é <class 'int'>"
    )
    names = "nn.Sequential(*(nn.Linear(2, 2, bias=False) for _ in range(400))).load_state_dict"
    begin = time.process_time()
    for missing, found in (("{}", "\tfaltam no"), ("{k: torch.ones(9) for k in keys}", "0.weight tem a forma [9]")):
        message = said(f"keys = [f'{{n}}.weight' for n in range(400)]¶{names}({missing})")
        told = language.said(in_words(message))
        assert found in told and "Missing" not in told and "mismatch" not in told
        assert len(told) < 1600 < len(message)
    assert time.process_time() - begin < 1


def test_a_key_error_that_tells_what_is_wrong_is_no_missing_key() -> None:
    told = [language.said(explain(raised(text), set()).said) for text in (
        'fc.register_buffer("weight", x)', 'fc.register_parameter("a.b", None)', "fc.state_dict()['c']",
    )]  # fmt: skip
    assert told == ["KeyError: o atributo 'weight' já existe.", "KeyError: o nome não pode ter \".\" (parameter).",
                    "KeyError: não existe a chave 'c'."]  # fmt: skip


BARE = """
class Bare(nn.Module):
    def __init__(self): self.n = 3
    def forward(self, v): return v
    {member}
Bare(){use}
"""


@pytest.mark.parametrize(
    "use", ["(x)", ".parameters().__next__()", ".to('cpu')", ".state_dict()", ".eval()", ".zero_grad()"]
)
def test_a_module_whose_init_did_not_call_that_of_its_base_is_told_what_it_lacks(use: str) -> None:
    said = explain(raised(BARE.format(use=use, member="")), set()).said
    assert (said.code, said.arguments) == ("module.not_begun", {"kind": "Bare"})


@pytest.mark.parametrize(
    ("member", "more"),
    [
        ("", ""),
        ("def __dir__(self): raise ValueError", ""),
        ("__dir__ = None", ""),
        ("def __dir__(self): return ['nothing']", " Você quis dizer nothing?"),
    ],
)
def test_names_that_cannot_be_read_suggest_none_and_others_do(member: str, more: str) -> None:
    said = explain(raised(BARE.format(use=".nothin", member=member)), set()).said
    assert language.said(said) == f"AttributeError: um objeto 'Bare' não tem o atributo 'nothin'.{more}"
