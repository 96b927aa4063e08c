"""A rectangle is what plain indexing gives, at every zoom, for every choice of axes."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.protocol.messages import AskRectangle
from engine.tensors import pooling
from engine.tensors.rectangle import rectangle

torch.set_num_threads(1)


def ask(**fields):
    return AskRectangle(key=VariableKey("x"), **fields)


def strongest(block: np.ndarray) -> float:
    if np.isnan(block).any():
        return float("nan")
    return float(max(block.min(), block.max(), key=lambda x: (abs(x), x)))


@settings(max_examples=150)
@given(data=st.data())
def test_a_rectangle_is_plain_indexing_pooled(data):
    shape = data.draw(st.lists(st.integers(1, 9), min_size=2, max_size=4))
    axes = data.draw(st.permutations(range(len(shape))).map(lambda order: order[:2]))
    index = tuple(data.draw(st.integers(0, size - 1)) for axis, size in enumerate(shape) if axis not in axes)
    step = data.draw(st.integers(1, 5))
    seed = data.draw(st.integers(0, 1000))
    dtype = data.draw(st.sampled_from([torch.float32, torch.float64, torch.int64, torch.float8_e4m3fn, torch.bool]))
    x = (torch.randn(shape, generator=torch.Generator().manual_seed(seed)) * 4).to(dtype)
    if dtype == torch.float32:
        x.view(-1)[seed % x.numel()] = float("nan")
        x.view(-1)[(seed * 7) % x.numel()] = -float("inf")
    first = [data.draw(st.integers(0, shape[axis] - 1)) for axis in axes]
    n = [data.draw(st.integers(1, 10)) for _ in axes]
    got = rectangle(
        VariableKey("x"), x,
        ask(index=index, row_axis=axes[0], column_axis=axes[1], first_row=first[0], first_column=first[1],
            n_rows=n[0], n_columns=n[1], step=step),
    )  # fmt: skip
    others = [axis for axis in range(len(shape)) if axis not in axes]
    matrix = x.double().numpy().transpose(*others, *axes)[index]
    assert (got.n_rows, got.n_columns) == matrix.shape and got.index == index
    starts = [position // step * step for position in first]
    assert [got.first_row, got.first_column] == starts
    ends = [min(size, -(-(f + count) // step) * step) for f, count, size in zip(first, n, matrix.shape, strict=True)]
    expected = [
        [
            strongest(matrix[r : min(r + step, ends[0]), c : min(c + step, ends[1])])
            for c in range(starts[1], ends[1], step)
        ]
        for r in range(starts[0], ends[0], step)
    ]
    np.testing.assert_array_equal(got.grid.array(), np.float32(expected))
    assert len(got.texts) == (got.grid.rows * got.grid.columns if step == 1 else 0)


@pytest.mark.parametrize("step", [1, 2, 4])
@pytest.mark.parametrize(("order", "axis"), [((0, 1, 2), 2), ((2, 0, 1), 0), ((0, 2, 1), 1)])
def test_colours_are_the_means_of_three_channels(step, order, axis):
    x = torch.randint(0, 256, (8, 12, 3), generator=torch.Generator().manual_seed(1)).to(torch.uint8)
    turned = x.permute(order)
    rows, columns = order.index(0), order.index(1)
    got = rectangle(
        VariableKey("x"), turned, ask(index=(1,), row_axis=rows, column_axis=columns, step=step, color_axis=axis)
    )
    expected = x.double().reshape(8 // step, step, 12 // step, step, 3).mean((1, 3))
    for channel, colors in enumerate(got.colors):
        np.testing.assert_allclose(colors.array(), expected[..., channel], rtol=1e-6)
    assert len(got.colors) == 3 and got.texts == (
        tuple(" ".join(map(str, one)) for one in x.reshape(-1, 3).tolist()) if step == 1 else ()
    )
    for other in (None, rows, 5):
        assert not rectangle(VariableKey("x"), turned, ask(row_axis=rows, column_axis=columns, color_axis=other)).colors


def test_texts_are_short_and_exact():
    x = torch.tensor([[-0.99812, 12.5, 1234.5678], [0.0, 1e-9, float("nan")]])
    assert rectangle("k", x, ask()).texts == ("-0.9981", "12.500", "1234.6", "0", "1.000e-09", "nan")
    assert rectangle("k", torch.tensor([2**60 + 1, -3]), ask()).texts == (str(2**60 + 1), "-3")
    assert rectangle("k", torch.tensor([True, False]), ask()).texts == ("True", "False")
    assert rectangle("k", torch.tensor([1 + 2j]), ask()).texts == ("1.0000+2.0000j",)
    assert rectangle("k", torch.zeros(101, 100), ask(n_rows=101, n_columns=100)).texts == ()


def test_fewer_than_two_axes():
    row = rectangle("k", torch.arange(4), ask())
    assert (row.n_rows, row.n_columns, row.row_axis, row.column_axis) == (1, 4, -1, 0)
    one = rectangle("k", torch.tensor(5.0), ask())
    assert (one.n_rows, one.n_columns, one.row_axis, one.column_axis) == (1, 1, -1, -1)
    assert one.grid.array().tolist() == [[5.0]]


def test_requests_beyond_the_tensor_are_cut():
    x = torch.arange(12).view(3, 4)
    got = rectangle("k", x, ask(first_row=2, first_column=100, n_rows=50, n_columns=50))
    assert (got.first_row, got.first_column, got.grid.array().tolist()) == (2, 3, [[11]])
    got = rectangle("k", torch.zeros(2, 3, 4), ask(index=(9, 9, 9)))
    assert got.index == (1,)
    assert rectangle("k", torch.zeros(0, 3), ask()).grid.rows == 0
    assert rectangle("k", torch.zeros(0, 3, 4), ask()).grid.columns == 0


def test_axes_that_do_not_exist_are_one_sentence():
    with pytest.raises(EngineError, match="axes"):
        rectangle("k", torch.zeros(2, 3), ask(row_axis=0, column_axis=0))
    with pytest.raises(EngineError, match="axes"):
        rectangle("k", torch.zeros(2, 3), ask(row_axis=5))


def test_huge_float64_stays_finite():
    got = rectangle("k", torch.tensor([[1e300, -1e300]], dtype=torch.float64), ask()).grid.array()
    assert np.isfinite(got).all() and got[0, 0] > 3e38 > -3e38 > got[0, 1]


def test_ten_thousand_squared(monkeypatch):
    x = torch.zeros(10_000, 10_000)
    x[7_654, 3_210] = float("nan")
    whole = rectangle("k", x, ask(n_rows=10_000, n_columns=10_000, step=40))
    assert np.argwhere(np.isnan(whole.grid.array())).tolist() == [[7_654 // 40, 3_210 // 40]]
    np.testing.assert_array_equal(
        rectangle("k", x.t(), ask(n_rows=10_000, n_columns=10_000, step=40)).grid.array(), whole.grid.array().T
    )
    assert not whole.sampled
    monkeypatch.setattr(pooling, "MAX_POOLED_ELEMENTS", 1 << 22)
    assert rectangle("k", x, ask(n_rows=10_000, n_columns=10_000, step=40)).sampled
