"""An index that is typed gives what PyTorch gives for it, and runs nothing."""

from __future__ import annotations

import pytest
import torch

from engine.protocol.errors import EngineError
from engine.shared.typed_index import with_brackets
from engine.tensors.slicing import sliced

X = torch.arange(60).reshape(3, 4, 5)
FITTING = (
    "[0]", "[:, 0, ::2]", "[-1]", "[..., 1]", "[None, 0]", "[1:3, :2]", "[[0, 2]]", "[:, [1, 1, 0]]", "[::3, -2:]",
    "[0, 1, 2]", "[[0, 1], [1, 2]]", "[[[0], [1]], [2, 3]]", "[:]", "[...]", "[[True, False, True]]", "[1:1]", "[True]",
)  # fmt: skip
UNFIT = ("[3]", "[0, 0, 0, 0]", "[::-1]", "[[9]]", "[[True, False]]")
NO_INDEX = ("[x]", "[print(1)]", "[0] + 1", "(0)", "[0", "[1.5]", "['a']", "[0][0]", "[__import__('os')]", "", "[]")


@pytest.mark.parametrize("text", FITTING)
def test_it_gives_what_torch_gives(text):
    expected = eval(f"X{text}")
    found = sliced(X, text)
    assert found.shape == expected.shape and torch.equal(found, expected) and found.stride() == expected.stride()


@pytest.mark.parametrize("text", UNFIT)
def test_what_does_not_fit_is_one_sentence(text):
    with pytest.raises(EngineError) as raised:
        sliced(X, text)
    assert raised.value.sentence.code == "slice.does_not_fit" and "\n" not in raised.value.sentence.text


@pytest.mark.parametrize("text", NO_INDEX)
def test_what_is_no_index_is_refused_and_not_run(text):
    with pytest.raises(EngineError) as raised:
        sliced(X, text)
    assert raised.value.sentence.code == "slice.no_index"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", "[0]"), ("[0, 2]", "[0, 2]"), (":, ::2", "[:, ::2]"), ("[0, 1], [1, 2]", "[[0, 1], [1, 2]]"),
        ("[0], 1", "[[0], 1]"), (" x[1:] ", "[1:]"), ("x[0], [1]", "[[0], [1]]"), ("[0,", "[0,"),
        ("[[0, 1]]", "[[0, 1]]"), ("[0][1]", "[[0][1]]"), ("(0, 1)", "[(0, 1)]"), ("]", "[]]"),
    ],
)  # fmt: skip
def test_brackets_around_it_need_not_be_typed(typed, meant):
    assert with_brackets(typed, "x") == meant
