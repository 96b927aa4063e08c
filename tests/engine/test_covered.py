"""What a cursor covers that stands for many elements: PyTorch's own numbers of them, of any tensor."""

from __future__ import annotations

import math

import pytest
import torch

from engine.protocol.covered import AskCovered
from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.shared.numbers import number
from engine.tensors import covered as module
from engine.tensors.covered import covered

KEY = VariableKey("x")
DTYPES = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.bool, torch.uint8, torch.int64, torch.uint16,
    torch.complex64, torch.float8_e4m3fn,
)  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES)
def test_it_is_what_torch_says_of_the_part(dtype, monkeypatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 500)  # of several pieces
    x = (torch.randn(60, 90, generator=torch.Generator().manual_seed(0)) * 5).abs().to(dtype)
    for tensor in (x, x.t(), x[:, ::2], x[:1].expand(50, 90), x.reshape(3, 20, 90)):
        part = (tensor if tensor.dim() == 2 else tensor[1])[5:35, 7:47]
        index = () if tensor.dim() == 2 else (1,)
        ask = AskCovered(key=KEY, index=index, first_row=5, first_column=7, n_rows=30, n_columns=40)
        shown = covered(tensor, ask)
        numbers = part.abs() if dtype.is_complex else part.double()
        assert (shown.smallest, shown.largest) == (number(numbers.min().item()), number(numbers.max().item())) or (
            dtype in (torch.bool, torch.uint8, torch.int64, torch.uint16)
            and (float(_plain(shown.smallest)), float(_plain(shown.largest))) == (numbers.min(), numbers.max())
        )
        assert float(shown.mean) == pytest.approx(numbers.double().mean().item(), rel=1e-4)


def _plain(text: str) -> str:
    return {"True": "1", "False": "0"}.get(text, text)


def test_every_digit_of_large_integers_counts() -> None:
    x = torch.full((4, 4), 2**60)
    x[2, 3] += 1
    shown = covered(x, AskCovered(key=KEY, n_rows=4, n_columns=4))
    assert (shown.smallest, shown.largest) == (str(2**60), str(2**60 + 1))


def test_what_is_not_finite_is_counted_and_not_among_the_numbers() -> None:
    x = torch.arange(12.0).view(3, 4)
    x[0, 0], x[1, 1], x[2, 2] = math.nan, math.inf, -math.inf
    shown = covered(x, AskCovered(key=KEY, n_rows=3, n_columns=4))
    assert (shown.smallest, shown.largest, shown.n_nan, shown.n_inf) == (number(1.0), number(11.0), 1, 2)
    nothing = covered(torch.full((2, 2), math.nan), AskCovered(key=KEY, n_rows=2, n_columns=2))
    assert (nothing.smallest, nothing.mean, nothing.n_nan) == ("", "", 4)


def test_beyond_the_end_there_is_nothing_and_without_elements_a_sentence() -> None:
    shown = covered(torch.ones(3, 4), AskCovered(key=KEY, first_row=9, n_rows=5, n_columns=5))
    assert shown.mean == "" and shown.n_nan == 0
    with pytest.raises(EngineError):
        covered(torch.ones(3, 4, device="meta"), AskCovered(key=KEY))


def test_what_lies_in_memory_once_is_read_once_however_often_it_stands_there() -> None:
    x = torch.tensor([[1.0], [math.nan], [4.0]]).expand(3, 10**12)
    shown = covered(x, AskCovered(key=KEY, first_row=0, first_column=5, n_rows=3, n_columns=10**11))
    assert (shown.smallest, shown.largest, shown.mean) == (number(1.0), number(4.0), number(2.5))
    assert (shown.n_nan, shown.n_inf) == (10**11, 0)
