"""What a summary says is what torch says."""

import math

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.protocol.tensor_values import short_dtype
from engine.tensors import counted as counted_module
from engine.tensors import statistics as statistics_module
from engine.tensors.counted import COUNTED
from engine.tensors.details import details
from engine.tensors.gate import GATE
from engine.tensors.places import memory_order
from engine.tensors.reading import evenly_spaced, fingerprint, place_of_largest, real, unobserved
from engine.tensors.summary import short, summarize
from engine.tensors.text import as_text

torch.set_num_threads(1)
SHAPES = st.lists(st.integers(0, 7), max_size=4).map(tuple)
NAN, INF = float("nan"), float("inf")


@settings(max_examples=60)
@given(shape=SHAPES, seed=st.integers(0, 2**31), dtype=st.sampled_from([torch.float32, torch.float64]))
def test_statistics_are_torchs_own_in_whatever_order_the_axes_lie_in_memory(shape, seed, dtype):
    x = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)
    x = x.permute(torch.randperm(x.dim(), generator=torch.Generator().manual_seed(seed)).tolist())
    found = summarize(x)
    assert found.shape == x.shape and found.n_elements == x.numel() and not found.sampled
    if x.numel() == 0:
        assert found.minimum is None and found.mean is None and found.thumbnail is None
        return
    assert (found.minimum, found.maximum) == (x.min().item(), x.max().item())
    assert found.mean == x.mean().item()
    assert found.norm == torch.linalg.vector_norm(x).item()
    assert found.std == (x.std().item() if x.numel() > 1 else None)


@settings(max_examples=60)
@given(st.lists(st.sampled_from([0.0, -0.0, 1.5, -3.0, NAN, INF, -INF]), min_size=1, max_size=20))
def test_nan_and_inf_are_counted_and_the_rest_measured(values):
    x = torch.tensor(values)
    found, finite = summarize(x), x[x.isfinite()]
    assert (found.n_nan, found.n_inf) == (int(x.isnan().sum()), int(x.isinf().sum()))
    assert found.n_zero == int((x == 0).sum())
    assert found.maximum == (finite.max().item() if finite.numel() else None)
    if len(values) > 1 and found.n_nan:
        assert f"{found.n_nan} NaN" in found.line


@pytest.mark.parametrize(
    "dtype",
    [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.uint16, torch.uint32,
     torch.uint64, torch.float16, torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2],
)  # fmt: skip
def test_every_dtype_has_statistics_and_a_thumbnail(dtype):
    x = torch.tensor([[0.0, 1.0, 1.0], [0.0, 1.0, 0.0]]).to(dtype)
    found = summarize(x)
    assert (found.minimum, found.maximum, found.mean, found.n_zero) == (0.0, 1.0, 0.5, 3)
    assert found.std == pytest.approx(x.double().std().item())
    assert found.dtype == str(dtype).removeprefix("torch.")
    assert found.thumbnail.array().tolist() == [[0, 1, 1], [0, 1, 0]]


def test_complex_statistics_are_of_magnitudes_and_say_so():
    found = summarize(torch.tensor([3 + 4j, 1j]))
    assert (found.minimum, found.maximum) == (1.0, 5.0)
    assert "|x|" in found.line


def test_half_precision_does_not_overflow():
    x = torch.full((1000,), 60000.0, dtype=torch.float16)
    assert summarize(x).norm == pytest.approx(60000 * math.sqrt(1000))
    assert math.isfinite(summarize(torch.full((4,), 3e38)).norm)


def test_a_large_tensor_is_sampled_and_says_so_until_all_of_it_has_been_read():
    x = torch.randn(1500, 1800, generator=torch.Generator().manual_seed(0))
    for tensor in (x, x.t()):
        COUNTED.forget()
        found = summarize(tensor, until_s=0.0)
        assert found.sampled and found.counts_due and "of a sample" in found.line
        assert abs(found.mean) < 0.02 and found.std == pytest.approx(1, abs=0.02)
        whole = summarize(tensor)
        assert not whole.sampled and not whole.counts_due and "sample" not in whole.line
        assert details(VariableKey("x"), tensor).summary == whole, "here and there the same numbers"
    assert details(VariableKey("x"), x).is_histogram_sampled
    columns = torch.arange(2000.0).expand(2000, 2000).contiguous()  # a step that divides a row would see few columns
    assert summarize(columns, until_s=0.0).mean == pytest.approx(999.5, rel=0.01)


LARGE = (1500, 1800)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.int16, torch.complex64, torch.float8_e5m2])
def test_what_is_said_of_a_large_tensor_is_true_of_all_its_elements(dtype):
    x = torch.randint(-3, 4, LARGE, generator=torch.Generator().manual_seed(0)).to(dtype)
    for tensor in (x, x.t(), x[:, 1:], x.flip(0)[::2]):
        numbers = real(tensor).double()
        found = summarize(tensor)
        assert not found.sampled and (found.minimum, found.maximum) == (numbers.min().item(), numbers.max().item())
        assert found.mean == pytest.approx(numbers.mean().item(), rel=1e-5, abs=1e-7)
        assert found.std == pytest.approx(numbers.std().item(), rel=1e-6)
        assert found.norm == pytest.approx(torch.linalg.vector_norm(numbers).item(), rel=1e-6)
        assert found.n_zero == int((numbers == 0).sum())
    if dtype.is_floating_point:
        x[777, 777], x[3, 3] = NAN, -INF
        numbers = x.double()
        finite = numbers[numbers.isfinite()]
        found = summarize(x)
        assert (found.n_nan, found.n_inf) == (1, 1) and "1 NaN" in found.line
        assert (found.mean, found.std) == pytest.approx((finite.mean().item(), finite.std().item()), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("scale", [1e-30, 1e30, 3e38])
def test_squares_that_no_float32_has_spoil_no_spread(scale):
    x = torch.linspace(-1, 1, 2**21 + 9) * scale
    exact = x.double()
    assert summarize(x).std == pytest.approx(exact.std().item(), rel=1e-6)
    assert summarize(x).norm == pytest.approx(exact.norm().item(), rel=1e-6)
    assert summarize(torch.full_like(x, scale)).std == 0


def test_a_large_tensor_is_read_in_turns_that_go_on_where_the_last_one_has_stopped(monkeypatch):
    COUNTED.forget()
    x = torch.ones(3 * 2**22 + 1)
    ticks = iter(range(100))
    monkeypatch.setattr(counted_module, "monotonic", lambda: next(ticks))
    assert summarize(x, until_s=2).counts_due and next(ticks) == 3, "two pieces of four"
    assert summarize(x, until_s=5).counts_due, "and the third"
    assert summarize(x, until_s=8).norm == pytest.approx(math.sqrt(x.numel())), "and the last"
    x[0] = 2
    assert summarize(x, until_s=9).counts_due, "another moment is read anew"


def test_an_expanded_view_of_a_trillion_elements_is_counted_once():
    found = summarize(torch.ones(1).expand(10**6, 10**6))
    assert (found.mean, found.norm, found.sampled) == (1, 1e6, False)
    row = torch.ones(1000)
    row[3], row[5], row[8:18] = NAN, INF, 0
    found = summarize(row[None].expand(10**6, 1000).t())
    assert (found.n_nan, found.n_inf, found.n_zero) == (10**6, 10**6, 10**7)
    assert found.norm == pytest.approx(math.sqrt(988 * 10**6))


def test_of_rows_that_overlap_a_million_times_everything_is_of_the_sample():
    found = summarize(torch.zeros(2 * 10**6).as_strided((10**6, 10**6), (1, 1)))
    assert found.sampled and found.norm is None and not found.counts_due
    assert 0 < found.n_zero < 10**12


def test_reading_touches_neither_graph_nor_random_state_nor_version():
    x = torch.randn(4, 5, requires_grad=True)
    y = torch.tanh(x)
    before, version = torch.random.get_rng_state(), y._version
    found = summarize(y)
    details("k", y)
    assert torch.equal(before, torch.random.get_rng_state())
    assert (y._version, found.version, found.grad_fn, found.is_leaf) == (version, version, "TanhBackward0", False)
    assert y.grad_fn.next_functions[0][0].variable is x
    with torch.inference_mode():
        assert summarize(torch.ones(3)).mean == 1


def test_modes_see_nothing_of_it():
    from torch.overrides import TorchFunctionMode
    from torch.utils._python_dispatch import TorchDispatchMode

    seen = []

    class Functions(TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            seen.append(function)
            return function(*args, **(kwargs or {}))

    class Dispatches(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            seen.append(function)
            return function(*args, **(kwargs or {}))

    x = torch.nn.Parameter(torch.randn(4, 5))
    with Functions(), Dispatches():
        found = summarize(x)
        short(x)
        details("k", x)
        as_text(x)
    assert found.mean == x.mean().item() and seen == []


def unreadable_tensors():
    freed = torch.randn(5)
    freed.untyped_storage().resize_(0)
    return {
        "meta": torch.randn(3, device="meta"),
        "huge": torch.zeros(10**13, device="meta"),
        "nested": torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(4, 3)], layout=torch.jagged),
        "freed": freed,
        "huge sparse": torch.sparse_coo_tensor(torch.zeros(2, 1, dtype=torch.long), torch.ones(1), (10**6, 10**6)),
        "bits": torch.zeros(3, dtype=torch.uint8).view(torch.bits8),
    }


_FAR = 10**9  # where to write there would end the process
_OUTSIDE = {
    "coo": lambda place: torch.sparse_coo_tensor(torch.tensor([[place]]), torch.ones(1), (3,)),
    "coalesced": lambda place: torch.sparse_coo_tensor(
        torch.tensor([[place]]), torch.ones(1, 4), (3, 4), is_coalesced=True
    ),
    "csr": lambda place: torch.sparse_csr_tensor(
        torch.tensor([0, place, 2]), torch.tensor([0, 1]), torch.ones(2), (2, 3)
    ),
    "csc": lambda place: torch.sparse_csc_tensor(
        torch.tensor([0, 1, 2]), torch.tensor([0, place]), torch.ones(2), (3, 2)
    ),
    "bsr": lambda place: torch.sparse_bsr_tensor(
        torch.tensor([0, 1]), torch.tensor([place]), torch.ones(1, 2, 2), (2, 4)
    ),
}


@pytest.mark.filterwarnings("ignore")  # torch warns that nobody looks at their indices
@pytest.mark.parametrize("kind", _OUTSIDE)
def test_indices_outside_of_a_shape_are_told_and_not_followed(kind):
    for tensor in map(_OUTSIDE[kind], (_FAR, -_FAR, 4)):
        assert "has indices outside of its shape" in summarize(tensor).line
        with pytest.raises(EngineError, match="indices outside of its shape"):
            as_text(tensor)
    assert summarize(_OUTSIDE[kind](1)).maximum == 1  # what lies inside is read


@pytest.mark.filterwarnings("ignore")  # torch warns that sparse and quantized tensors are in beta
@pytest.mark.parametrize("name", ["meta", "huge", "nested", "freed", "huge sparse", "bits"])
def test_what_cannot_be_read_says_why(name):
    tensor = unreadable_tensors()[name]
    found = summarize(tensor)
    assert found.minimum is None and found.thumbnail is None
    assert len(found.line) > 12
    assert details("k", tensor).histogram == ()
    assert short(tensor)
    with pytest.raises(EngineError, match="cannot be shown"):
        as_text(tensor)


@pytest.mark.filterwarnings("ignore")  # torch warns that sparse and quantized tensors are in beta
def test_packed_tensors_are_unpacked():
    x = torch.tensor([[0.0, 2.0], [1.0, 0.0]])
    for packed in (x.to_sparse(), x.to_sparse_csr(), torch.quantize_per_tensor(x, 0.5, 0, torch.qint8)):
        found = summarize(packed)
        assert (found.maximum, found.n_zero) == (2.0, 2)
    assert "sparse_coo" in summarize(x.to_sparse()).line


def test_vmapped_tensors_do_not_raise():
    lines = []

    def look(x):
        lines.append(summarize(x).line)
        return x * 2

    torch.func.vmap(look)(torch.randn(3, 4))
    assert "(4,) f32" in lines[0]


def test_lines():
    assert summarize(torch.tensor([[-0.998, 0.958]])).line == "(1, 2) f32 x∈[-0.998, 0.958] μ=-0.02 σ=1.4"
    assert summarize(torch.tensor(3.18034)).line == "() f32 3.1803"
    assert summarize(torch.zeros(0, 3)).line == "(0, 3) f32 empty"
    assert summarize(torch.tensor([True])).scalar == "True"
    assert short(torch.zeros(4, 3)) == "f32 (4, 3)"
    assert short(torch.tensor(3.18034, requires_grad=True)) == "3.1803"
    assert short(torch.tensor(7)) == "7"


def test_short_dtypes():
    names = ["float32", "bfloat16", "int64", "uint8", "bool", "complex64", "float8_e4m3fn", "qint8"]
    assert [short_dtype(name) for name in names] == ["f32", "bf16", "i64", "u8", "bool", "c64", "f8_e4m3fn", "qi8"]


@pytest.mark.parametrize("shape", [(300, 41), (41, 300), (9, 1700), (1, 700), (1500, 1200)])
def test_a_transposed_matrix_has_the_thumbnail_of_its_copy(shape):
    x = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    x[0, :3] = torch.tensor([NAN, INF, -50.0])
    of_view, of_copy = (summarize(one).thumbnail.array() for one in (x.t(), x.t().contiguous()))
    assert np.array_equal(of_view, of_copy, equal_nan=True)


def test_thumbnails_keep_what_stands_out():
    x = torch.zeros(1000, 1000)
    x[123, 456], x[900, 900] = -7.0, 3.0
    grid = summarize(x).thumbnail
    assert (grid.rows, grid.columns) == (14, 23)
    assert (grid.array().min(), grid.array().max()) == (-7, 3)
    x[5, 5], x[6, 6] = INF, NAN
    assert int(torch.tensor(summarize(x).thumbnail.array()).isnan().sum()) == 1
    assert summarize(torch.arange(5)).thumbnail.array().tolist() == [[0, 1, 2, 3, 4]]
    volume = torch.stack([torch.ones(2, 3), torch.zeros(2, 3)])
    assert summarize(volume).thumbnail.array().tolist() == [[1, 1, 1], [1, 1, 1]]
    assert summarize(torch.tensor(1.0)).thumbnail is None


@settings(max_examples=40)
@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=200))
def test_histograms_count_every_finite_element_once(values):
    x = torch.tensor([*values, NAN, INF])
    found = details(VariableKey("x"), x)
    assert sum(found.histogram) == len(values)
    assert found.histogram_low <= min(values) and found.histogram_high >= max(values)
    assert 1 <= len(found.histogram) <= 65


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("values", [[1.4e-45], [1.4e-45, 2.8e-45, 7e-45], [5e-324, 1e-322], [1e-310, -1e-310], [0.0]])
def test_a_histogram_of_the_smallest_numbers_counts_them(dtype, values):
    x = torch.tensor(values, dtype=dtype)
    found = details(VariableKey("x"), x)
    assert sum(found.histogram) == len(values)
    assert found.histogram_low <= float(x.min()) and found.histogram_high >= float(x.max())


def test_integers_get_a_bin_each():
    found = details(VariableKey("y"), torch.tensor([0, 1, 2, 2]))
    assert (found.histogram, found.histogram_low, found.histogram_high) == ((1, 1, 2), -0.5, 2.5)


@settings(max_examples=40)
@given(shape=SHAPES, dtype=st.sampled_from([torch.float32, torch.float64, torch.float16, torch.int64, torch.bool]))
def test_text_reads_back_exactly(shape, dtype):
    x = (torch.randn(shape, dtype=torch.float64) * 3).to(dtype)
    back = torch.tensor(eval(as_text(x)), dtype=dtype).reshape(shape)
    assert torch.equal(back, x)


def test_text_of_too_many_elements_is_refused_in_a_sentence():
    with pytest.raises(EngineError, match="too long for the clipboard"):
        as_text(torch.zeros(1000, 101))


@example([-61, 9_007_199_254_740_931])
@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-300, 300), min_size=1, max_size=60))
def test_a_bin_of_integers_holds_equally_many_of_them(values):
    found = details("k", torch.tensor(values))
    assert sum(found.histogram) == len(values) and len(found.histogram) <= 65
    width = (found.histogram_high - found.histogram_low) / len(found.histogram)
    if max(map(abs, values)) < 2**50:  # else halves are finer than floats are there
        assert width % 1 == 0 and width == max(1, -(-(max(values) - min(values) + 1) // 64))


def test_the_largest_integer_has_a_histogram():
    for value in (2**63 - 1, -(2**63), 2**53, 2**52 + 1):
        assert sum(details("k", torch.tensor([value, value])).histogram) == 2


@pytest.mark.parametrize("last", [3.0, float("nan"), float("-inf")])
def test_the_largest_element_is_found_piece_by_piece_as_in_one(last: float) -> None:
    tensor = torch.randn(3000, 1000).t()
    assert place_of_largest(tensor) == divmod(int(tensor.abs().argmax()), 3000)
    tensor[700, 20] = tensor[900, 10] = 100 * last
    assert place_of_largest(tensor) == (700, 20) and place_of_largest(torch.tensor(last)) == ()
    assert place_of_largest(torch.full((1200, 1000), last).t()) == (0, 0)


def test_a_large_tensor_is_counted_once_until_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    x = torch.zeros(2**21 + 1)
    x[5] = 1.0
    n_turns = [0]
    monkeypatch.setattr(GATE, "give_way", lambda: n_turns.__setitem__(0, n_turns[0] + 1))
    COUNTED.forget()
    first, n_first = summarize(x), n_turns[0]
    assert details(VariableKey("x"), x).summary.n_zero == first.n_zero == x.numel() - 1
    again, n_again = summarize(x), n_turns[0]
    assert again == first
    n_turns[0] = 0
    summarize(x)
    assert n_turns[0] < n_first < n_again
    x[6] = torch.nan  # its version is another
    assert (summarize(x).n_nan, summarize(x).n_zero) == (1, x.numel() - 2)
    x.data[7] = torch.inf  # past its version, as NumPy writes: then the program has run, and it is counted anew
    COUNTED.forget()
    assert (summarize(x).n_nan, summarize(x).n_inf) == (1, 1)


DTYPES = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.uint8, torch.bool, torch.complex64,
    torch.float8_e4m3fn,
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    dtype=st.sampled_from(DTYPES),
    n_elements=st.integers(2, 3000),
    odd=st.sets(st.sampled_from([0.0, NAN, INF, -INF])),
    is_turned=st.booleans(),
)
def test_what_is_said_of_a_sample_is_what_torch_says_of_its_elements(dtype, n_elements, odd, is_turned) -> None:
    x = 3 * torch.randn(n_elements, 4, generator=torch.Generator().manual_seed(n_elements))
    for place, number in enumerate(odd):
        x.view(-1)[place :: place + 3] = number
    x = (x if dtype.is_floating_point or dtype.is_complex else x.nan_to_num(0, 1, -1).abs()).to(dtype)
    x = x.t() if is_turned else x
    with unobserved():
        some = evenly_spaced(x.permute(memory_order(x)), 500)
        found = statistics_module._of_sample(some)
        some = real(some).reshape(-1)
    finite = some[some.isfinite()]
    assert found.sampled and torch.equal(found.finite, finite)
    if finite.numel():
        assert (found.minimum, found.maximum) == (finite.min().item(), finite.max().item())
        assert found.mean == pytest.approx(finite.mean().item(), rel=1e-5, abs=1e-6)
    assert (found.std is not None) == (finite.numel() > 1)
    if finite.numel() > 1:
        assert found.std == pytest.approx(finite.std().item(), rel=1e-5)


def test_torch_shares_no_sample_out_among_its_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    COUNTED.forget()
    of_torch, calculated = statistics_module._of_elements, []
    monkeypatch.setattr(statistics_module, "_of_elements", lambda part: calculated.append(part) or of_torch(part))
    assert summarize(torch.ones(2**22 + 1), until_s=0.0).counts_due and not calculated
    assert summarize(torch.ones(2**20)).mean == 1 and len(calculated) == 1  # what is said of all elements is torch's


def test_all_of_a_large_tensor_may_wait_unless_something_in_a_sample_is_not_finite() -> None:
    COUNTED.forget()
    x = torch.ones(2**22 + 1)
    x[1] = torch.nan
    waits = summarize(x, until_s=0.0)
    assert waits.counts_due and waits.norm is None and waits.line.endswith("of a sample; NaN not counted yet")
    known = summarize(x)
    assert not known.counts_due and (known.n_nan, known.n_zero) == (1, 0) and known.norm == pytest.approx(2.0**11)
    assert summarize(x, until_s=0.0) == known
    assert summarize(torch.full_like(x, torch.inf), until_s=0.0).n_inf == x.numel()


@pytest.mark.parametrize("shape", [(10**9, 10**9), (7, 10**17), (10**6, 10**6, 10**6)])
def test_of_more_elements_than_a_float_counts_all_that_there_is_is_told(shape: tuple[int, ...]) -> None:
    found = summarize(torch.ones(1).expand(shape))
    assert (found.why, found.minimum, found.maximum) == ("", 1.0, 1.0)
    plane = torch.ones(1).expand(10**9, 10**9)
    assert len(fingerprint(plane)) > 0
