"""The difference of two tensors: what torch makes of it, with NaN, infinities and dtypes told as they are."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from engine.protocol.errors import EngineError
from engine.protocol.keys import DifferenceKey, VariableKey
from engine.protocol.subtraction import AskSubtraction, SubtractionShown
from engine.serve import subtraction as desk_module
from engine.serve.subtraction import SubtractionDesk
from engine.tensors import subtraction as subtraction_module
from engine.tensors.subtraction import dtype_of

KEY = DifferenceKey(VariableKey("a"), VariableKey("b"))


def desk_of(a: torch.Tensor, b: torch.Tensor) -> SubtractionDesk:
    tensors = {VariableKey("a"): a, VariableKey("b"): b}
    return SubtractionDesk(tensors.__getitem__, lambda: 0)


def told(a: torch.Tensor, b: torch.Tensor) -> SubtractionShown:
    return desk_of(a, b).subtraction(AskSubtraction(key=KEY))


@pytest.mark.parametrize("shape", [(), (7,), (30, 40), (3, 5, 8), (0, 4)])
def test_it_is_what_torch_says(shape, monkeypatch) -> None:
    monkeypatch.setattr(subtraction_module, "_PIECE_ELEMENTS", 50)
    torch.manual_seed(1)
    a, b = torch.randn(shape), torch.randn(shape)
    b.view(-1)[:7] = a.view(-1)[:7]
    difference = desk_of(a, b).tensor(KEY)
    assert torch.equal(difference, a - b)
    found = told(a, b)
    assert found.n_different == int((a != b).sum()) and found.all_close == torch.allclose(a, b)
    if difference.numel():
        assert found.largest == difference.abs().max().item()
        assert difference[found.place].abs().item() == found.largest


def test_nan_and_infinities_are_told() -> None:
    nan, inf = math.nan, math.inf
    a, b = torch.tensor([nan, nan, inf, inf, 1.0]), torch.tensor([nan, 0.0, inf, -inf, 1.0])
    found = told(a, b)
    assert (found.n_different, found.n_nan, found.n_nan_in_both) == (3, 2, 1)
    assert (found.largest, found.place, found.all_close) == (inf, (3,), False)
    difference = desk_of(a, b).tensor(KEY)
    assert difference[2:].tolist() == [0.0, inf, 0.0] and difference[:2].isnan().all()


@pytest.mark.parametrize(
    ("first", "second", "dtype"),
    [
        (torch.bool, torch.bool, torch.int8),
        (torch.uint8, torch.uint8, torch.int16),
        (torch.int32, torch.int64, torch.int64),
        (torch.float16, torch.bfloat16, torch.float32),
        (torch.float16, torch.float32, torch.float32),
        (torch.float32, torch.float64, torch.float64),
        (torch.float8_e4m3fn, torch.float32, torch.float32),
        (torch.complex64, torch.float32, torch.complex64),
        (torch.complex64, torch.float8_e5m2, torch.complex64),
        (torch.uint16, torch.int16, torch.int64),
        (torch.uint32, torch.bool, torch.int64),
        (torch.uint64, torch.uint64, torch.int64),
        (torch.uint16, torch.float16, torch.float32),
        (torch.int64, torch.float32, torch.float64),
    ],
)
def test_no_dtype_wraps_or_rounds_a_difference(first, second, dtype) -> None:
    a, b = torch.tensor([0, 1, 1]).to(first), torch.tensor([1, 0, 1]).to(second)
    found = told(a, b)
    difference = desk_of(a, b).tensor(KEY)
    assert difference.dtype == dtype and difference.tolist() == [-1, 1, 0]
    assert (found.dtype, found.n_different, found.largest) == (str(dtype)[6:], 2, 1.0)


_LARGE = {
    torch.int64: (-(2**63), -1, 0, 1, 2**53 + 1, 2**63 - 1),
    torch.uint64: (0, 1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1),
    torch.int8: (-128, 0, 127),
}


@pytest.mark.parametrize("first", _LARGE)
@pytest.mark.parametrize("second", _LARGE)
def test_whole_numbers_of_any_size_are_apart_as_they_are_in_python(first, second) -> None:
    for one, other in itertools.product(_LARGE[first], _LARGE[second]):
        a, b = torch.tensor([one, 5], dtype=first), torch.tensor([other, 5], dtype=second)
        found, difference = told(a, b), desk_of(a, b).tensor(KEY)
        apart = one - other
        is_held = dtype_of(first, second) != torch.int64 or -(2**63) <= apart < 2**63
        assert difference.tolist() == [apart if is_held else float(apart), 0]
        assert (found.n_different, found.largest) == (int(apart != 0), float(abs(apart)))
        assert found.dtype == str(difference.dtype)[6:]


def test_a_whole_number_beside_the_nearest_of_float32_is_another() -> None:
    found = told(torch.tensor([16_777_217]), torch.tensor([16_777_216.0]))
    assert (found.n_different, found.largest, found.dtype) == (1, 1.0, "float64")


def test_another_shape_has_no_difference() -> None:
    with pytest.raises(EngineError, match=r"One is \(3,\), the other \(1, 3\): only tensors of the same shape"):
        told(torch.zeros(3), torch.zeros(1, 3))


def test_it_is_made_anew_when_one_of_both_was_written_to() -> None:
    a, b = torch.ones(40, 40), torch.zeros(40, 40)
    desk = desk_of(a, b)
    first = desk.tensor(KEY)
    assert desk.tensor(KEY) is first
    b.add_(1)
    assert not desk.tensor(KEY).any()
    a.data.mul_(3)  # the version counter does not tell
    assert (desk.tensor(KEY) == 2).all()


def test_large_ones_are_read_in_turns_that_a_change_begins_anew(monkeypatch) -> None:
    monkeypatch.setattr(subtraction_module, "_PIECE_ELEMENTS", 100)
    monkeypatch.setattr(desk_module, "_AT_ONCE", 10)
    monkeypatch.setattr(desk_module, "_TURN_S", 0.0)
    a, b = torch.arange(1_000.0), torch.arange(1_000.0)
    b[950] += 2
    desk, asked = desk_of(a, b), AskSubtraction(key=KEY, keeps=True)
    found = [desk.subtraction(asked) for _ in range(4)]
    assert [one.n_read for one in found] == [100, 200, 300, 400] and not any(one.is_whole for one in found)
    assert found[-1].n_different == 0
    a[0] += 1
    found = [desk.subtraction(asked) for _ in range(10)]
    assert [one.n_read for one in found] == list(range(100, 1_001, 100)) and found[0].n_different == 1
    assert found[-1].is_whole and (found[-1].n_different, found[-1].largest, found[-1].place) == (2, 2.0, (950,))
    assert torch.equal(desk.tensor(KEY), a - b)
    assert desk.subtraction(AskSubtraction(key=KEY)).is_whole  # what is known is not read again
