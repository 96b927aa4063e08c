"""What a variable holds by name: each name leads to that very object, and finding it runs no code of the program."""

from __future__ import annotations

from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine.program.lookup import resolve
from engine.program.parts import MOST, first_shown, parts_of
from engine.protocol.errors import EngineError
from engine.shared.output_names import as_written

Pair = namedtuple("Pair", "x y")
KEYS = st.text(max_size=6) | st.sampled_from(["f().x", "a.b", "x[0]", "it's", "\\"]) | st.integers(-(10**17), 10**17)
HELD = st.recursive(
    st.integers() | st.none() | st.just(torch.ones(1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=8,
)


@dataclass
class Batch:
    images: Any
    n: int = 3


class Unwilling(dict[str, Any]):
    def __getitem__(self, key: str) -> Any:
        raise AssertionError("it was asked")

    get = items = __iter__ = __getitem__  # type: ignore[assignment]


class Slotted:
    __slots__ = ("grid", "unset")


@given(HELD)
def test_the_name_of_each_part_leads_to_it(value: object) -> None:
    waiting = [("x", value)]
    while waiting:
        name, one = waiting.pop()
        for path, part in parts_of(name, one).found:
            assert resolve({"x": value}, path) is part
            waiting.append((path, part))


def test_modules_state_dicts_and_objects_of_the_program_have_parts() -> None:
    net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    slotted = Slotted()
    slotted.grid = torch.ones(2)  # type: ignore[attr-defined]
    held = {
        "net": (net, "net.0.weight net.0.bias net.1.weight net.1.bias net.1.running_mean net.1.running_var "
                "net.1.num_batches_tracked"),
        "state": (OrderedDict(net.state_dict()), "state['0.weight'] state['0.bias'] state['1.weight'] state['1.bias'] "
                  "state['1.running_mean'] state['1.running_var'] state['1.num_batches_tracked']"),
        "pair": (Pair(torch.ones(1), 2), "pair[0] pair[1]"),
        "batch": (Batch(torch.ones(2)), "batch.images batch.n"),
        "slotted": (slotted, "slotted.grid"),
        "unwilling": (Unwilling(k=torch.ones(1)), "unwilling['k']"),
    }  # fmt: skip
    for name, (value, names) in held.items():
        parts = parts_of(name, value)
        assert [path for path, _ in parts.found] == names.split() and parts.n_parts == len(parts.found)
        assert all(resolve({name: value}, path) is part for path, part in parts.found)
        assert first_shown(name, value) == names.split()[0]


def test_of_many_parts_the_first_are_named_and_all_counted() -> None:
    parts = parts_of("x", [0] * 100_000)
    assert len(parts.found) == MOST and parts.n_parts == 100_000
    assert first_shown("x", [0] * 100_000) == ""
    assert first_shown("x", {"a": [{"b": np.ones(3)}]}) == "x['a'][0]['b']"
    assert first_shown("x", [["a"], np.array(["a"])]) == "", "no numbers"


@pytest.mark.parametrize(
    "value", [torch.ones(3), torch.optim.SGD([torch.ones(1)]), 3, "abc", {1, 2}, np.ones(3), Batch]
)
def test_what_torch_defines_and_what_has_no_order_has_no_parts(value: object) -> None:
    assert parts_of("x", value).found == []


@pytest.mark.parametrize("path", ["x[2]", "x[-3]", "x['a']", "x[0]['c']", "x[1][0]", "x[0", "x[y]", "x[0]["])
def test_a_name_that_leads_nowhere_says_so(path: str) -> None:
    with pytest.raises(EngineError, match="no variable"):
        resolve({"x": [{"a": 1, "b": 2}, "text"]}, path)


@pytest.mark.parametrize(
    ("name", "text", "variable"),
    [
        ("x", "x", "x"),
        ("net.0.weight", "net[0].weight", "net"),
        ("blocks.11.attention.bias", "blocks[11].attention.bias", "blocks"),
        ("state['0.weight']", "state['0.weight']", "state"),
        ("batch['images'][0]", "batch['images'][0]", "batch"),
        ("Net.forward().x[1]", "Net.forward().x[1]", "Net.forward().x"),
        ("x @ y", "", ""),
        ("tanh(x)", "", ""),
        ("x[i]", "", ""),
        ("", "", ""),
    ],
)
def test_a_part_is_written_as_a_program_has_it(name: str, text: str, variable: str) -> None:
    assert as_written(name) == (text, variable)


def test_what_is_written_so_is_that_part() -> None:
    net = nn.Sequential(nn.Sequential(nn.Linear(2, 2)), nn.ReLU())
    for path, part in parts_of("net", net).found:
        assert eval(as_written(path)[0], {"net": net}) is part
