"""The bits of a number and what other dtypes make of it are PyTorch's, and NumPy's where it has the dtype."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.protocol.messages import Failed, ShowGraph
from engine.protocol.number_types import AskNumberType, NumberType, NumberTypeShown, StoredNumber
from engine.tensors.number_bits import stored_numbers
from tests.engine.client import Client

PACKED = {"float64": ("d", "Q", 64), "float32": ("f", "I", 32), "float16": ("e", "H", 16)}


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def of(value: float, dtype: torch.dtype = torch.float32) -> dict[str, StoredNumber]:
    return {one.dtype: one for one in stored_numbers(torch.tensor(value, dtype=dtype), 10)}


@given(st.floats(width=32))
def test_the_bits_are_those_of_ieee_754(value: float) -> None:
    for name, (form, whole, n_bits) in PACKED.items():
        made = of(value)[name]
        assert len(made.bits) == n_bits
        if not math.isnan(value):
            back = struct.unpack(form, struct.pack(whole, int(made.bits, 2)))[0]
            assert back == torch.tensor(value).to(getattr(torch, name)).item() == float(made.text)


@pytest.mark.parametrize(
    ("value", "dtype", "how"),
    [
        (0.5, "float16", "exact"),
        (0.1, "float16", "rounded"),
        (65510.0, "float16", "rounded"),
        (65520.0, "float16", "overflow"),
        (70000.0, "float16", "overflow"),
        (70000.0, "bfloat16", "rounded"),
        (1e-8, "float16", "underflow"),
        (1e-8, "bfloat16", "rounded"),
        (464.0, "float8_e4m3fn", "rounded"),  # half a unit above its largest, 448
        (1e39, "float64", "exact"),
        (math.nan, "float16", "nan"),
        (math.inf, "float16", "exact"),
        (-0.0, "float16", "exact"),
    ],
)
def test_it_is_said_what_a_dtype_does_to_a_number(value: float, dtype: str, how: str) -> None:
    assert of(value, torch.float64 if value > 3e38 and value != math.inf else torch.float32)[dtype].how == how


@pytest.mark.parametrize("value", [470.0, 1000.0, -1000.0, math.inf])
def test_where_a_dtype_has_no_infinity_its_largest_stands_for_what_is_too_large_or_no_number(value: float) -> None:
    found = of(value)["float8_e4m3fn"]  # which of the two is the version's own
    assert (found.how, found.text) in (("saturated", str(math.copysign(448.0, value))), ("overflow", "nan"))


def test_subnormal_numbers_and_rounding_are_told() -> None:
    assert of(1e-5)["float16"].is_subnormal and not of(1e-4)["float16"].is_subnormal
    rounded = of(0.1)["float16"]
    assert rounded.bits == "0010111001100110" and rounded.text == "0.0999755859375"
    assert rounded.relative_error == pytest.approx(abs(0.0999755859375 - 0.10000000149011612) / 0.1)
    assert (rounded.n_exponent, rounded.n_bytes) == (5, 20)


def test_whole_numbers_overflow_by_wrapping_around() -> None:
    found = of(300, torch.int64)
    assert (found["int8"].text, found["int8"].how, found["int8"].bits) == ("44", "overflow", "00101100")
    assert found["int16"].how == found["float16"].how == "exact" and found["int64"].n_exponent == 0
    assert of(-1, torch.int32)["uint8"].text == "255"
    assert of(1, torch.bool)["bool"].bits == "00000001"
    assert not stored_numbers(torch.tensor(1j), 1)


@pytest.mark.parametrize(
    ("bits", "whole", "dtype", "text", "n_exponent"),
    [
        (0x7FC00123, torch.int32, torch.float32, "nan", 8),  # a NaN that carries something
        (-0x80000000, torch.int32, torch.float32, "-0.0", 8),
        (0x0001, torch.int16, torch.bfloat16, "9.183549615799121e-41", 8),
        (0x7C, torch.uint8, torch.float8_e5m2, "inf", 5),
        (0x7F, torch.uint8, torch.float8_e4m3fn, "nan", 4),
        (0x80, torch.uint8, torch.float8_e4m3fnuz, "nan", 4),  # it has no -0
        (0x01, torch.uint8, torch.float8_e5m2fnuz, "7.62939453125e-06", 5),
        (0x81, torch.uint8, torch.float8_e8m0fnu, "4.0", 8),  # no sign and no fraction
        (0x00, torch.uint8, torch.float8_e8m0fnu, "5.877471754111438e-39", 8),
        (0xFF, torch.uint8, torch.float8_e8m0fnu, "nan", 8),
        (-1, torch.int16, torch.uint16, "65535", 0),
        (-1, torch.int64, torch.uint64, "18446744073709551615", 0),
    ],
)
def test_the_bits_of_a_tensor_are_those_that_lie_in_memory(
    bits: int, whole: torch.dtype, dtype: torch.dtype, text: str, n_exponent: int
) -> None:
    own, *others = stored_numbers(torch.tensor(bits, dtype=whole).view(dtype), 1)
    size = 8 * dtype.itemsize
    assert (own.text, own.n_exponent) == (text, n_exponent)
    assert own.bits == format(bits % (1 << size), f"0{size}b")
    assert "float32" in {own.dtype, *(one.dtype for one in others)}


def told(engine: Client, **subject: object) -> NumberType:
    answer = engine.ask(AskNumberType(**subject))  # type: ignore[arg-type]
    assert isinstance(answer, NumberTypeShown), answer
    return answer.told


def test_a_variable_and_a_result_tell_dtype_bytes_cell_and_the_dtypes_they_come_from(engine: Client) -> None:
    engine.run(
        "import torch\nn = torch.tensor([1, 2, 3])\nw = torch.ones(3, dtype=torch.bfloat16, requires_grad=True)\n"
        "v = torch.full((3,), 0.1, requires_grad=True)\ny = w * v\nloss = y.sum()\nempty = torch.ones(0)\n"
    )
    found = told(engine, name="n", cell=(2,))
    assert (found.dtype, found.device, found.n_elements, found.n_bytes, found.cell) == ("int64", "cpu", 3, 24, (2,))
    assert found.numbers[0].text == "3" and found.operands == ()
    assert told(engine, name="n", cell=(9,)).cell == (0,)  # of a tensor that was larger
    assert told(engine, name="empty").numbers == ()
    graph = engine.ask(ShowGraph(output="loss")).graph
    product = next(node.id for node in graph.nodes if node.name == "MulBackward0")
    found = told(engine, graph=graph.id, node=product, cell=(1,))
    assert (found.dtype, found.numbers[0].dtype, found.n_bytes) == ("float32", "float32", 12)
    assert [(one.name, one.dtype, one.rank) for one in found.operands] == [("w", "bfloat16", 1), ("v", "float32", 1)]
    engine.run("import torch\nv = torch.ones(3, requires_grad=True)\ny = v * torch.tensor(2)\nloss = y.sum()\n")
    graph = engine.ask(ShowGraph(output="loss")).graph
    product = next(node.id for node in graph.nodes if node.name == "MulBackward0")
    operands = told(engine, graph=graph.id, node=product).operands
    assert [(one.dtype, one.rank) for one in operands] == [("float32", 1), ("int64", 0)]  # one without a gradient, too


def test_bytes_are_those_of_the_places_in_memory(engine: Client) -> None:
    engine.run(
        "import torch\nwide = torch.ones(1, 4).expand(10**9, 4)\nsparse = torch.eye(5).to_sparse()\n"
        "csr = torch.eye(5).to_sparse_csr()\nmeta = torch.empty(3, device='meta')\nview = torch.ones(6, 2)[::2]\n"
    )
    found = {name: told(engine, name=name) for name in ("wide", "sparse", "csr", "meta", "view")}
    assert {name: one.n_bytes for name, one in found.items()} == {
        "wide": 16, "sparse": 20, "csr": 20, "meta": 0, "view": 24,
    }  # fmt: skip
    assert all(one.item_bytes == 4 for one in found.values()) and found["wide"].n_elements == 4 * 10**9


def test_what_is_no_tensor_is_said(engine: Client) -> None:
    engine.run("k = 3")
    answer = engine.ask(AskNumberType(name="k"))
    assert isinstance(answer, Failed) and answer.sentence == "k is not a tensor but int."
