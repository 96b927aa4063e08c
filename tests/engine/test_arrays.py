"""NumPy's arrays are seen in their own memory, whatever their strides, and none is kept that the program has let go."""

from __future__ import annotations

import gc
import warnings
import weakref

import numpy as np
import pytest
import torch

from engine.tensors.arrays import Arrays, can_be_seen

BACKWARDS = np.arange(6.0).reshape(2, 3)[::-1]
ARRAYS = {
    "plain": np.arange(6).reshape(2, 3),
    "turned": np.arange(6.0, dtype=np.float32).reshape(2, 3).T,
    "backwards": BACKWARDS,
    "big endian": np.arange(3, dtype=">f8"),
    "booleans": np.array([True, False]),
    "half": np.ones((2, 2), np.float16),
    "complex": np.array([1 + 2j]),
    "unsigned": np.array([2**63], np.uint64),
    "a number": np.array(3.5),
    "nothing": np.zeros((0, 3)),
    "of bytes": np.frombuffer(b"abc", np.uint8),
    "a field": np.zeros(3, [("a", "u1"), ("b", "<f4")])["b"],
    "spread": np.broadcast_to(np.arange(3), (2, 3)),
}


@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS)
def test_it_has_the_elements_of_the_array(array: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tensor = Arrays().tensor(array)
    assert can_be_seen(array)
    assert tensor.shape == array.shape and np.array_equal(tensor.numpy(), array)
    assert str(tensor.dtype) == f"torch.{array.dtype.newbyteorder('=').name}"


def test_what_is_written_into_the_array_is_seen_also_in_one_that_may_not_be_written_to() -> None:
    array = np.zeros((2, 3))
    of_array, base = Arrays().tensor(array), np.zeros(3)
    reading = base[:]
    reading.flags.writeable = False
    of_reading = Arrays().tensor(reading)
    array[1, 2] = base[1] = 7
    assert of_array[1, 2] == 7 and of_reading[1] == 7 and not reading.flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.array(["a"]), np.array([None], dtype=object), np.array(["2020-01-01"], dtype="datetime64[D]"),
        np.zeros(3, [("a", "f4")]), np.ma.masked_array([1], [1]), np.float64(3), np.ones(1, np.longdouble), [1], None,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_array_of_numbers_is_none_here(value: object) -> None:
    assert not can_be_seen(value)


def test_of_a_large_one_the_tensor_stays_the_same_until_the_program_lets_go_of_it() -> None:
    arrays, array = Arrays(), np.zeros(1 << 21, np.uint8)
    assert arrays.tensor(array) is arrays.tensor(array)
    others = [np.zeros(1 << 21, np.uint8) for _ in range(9)]
    for other in others:
        arrays.tensor(other)
    arrays.forget_gone()
    assert arrays.tensor(others[-1]) is arrays.tensor(others[-1])
    view, gone = others[-1][:10], weakref.ref(others[-1])
    del other, others[:]
    arrays.forget_gone()
    assert gone() is not None, "a view of it is there"
    del view
    arrays.forget_gone()
    gc.collect()
    assert gone() is None


def test_another_shape_of_the_same_array_is_seen() -> None:
    arrays, array = Arrays(), np.zeros(1 << 21, np.uint8)
    assert arrays.tensor(array).dim() == 1
    array.shape = (2, 1 << 20)
    assert arrays.tensor(array).shape == torch.Size((2, 1 << 20))


def test_a_copy_is_made_anew_and_while_a_program_runs_no_array_is_held() -> None:
    arrays, base = Arrays(), np.zeros(1 << 21, np.uint8)
    backwards = base[::-1]
    assert arrays.tensor(backwards)[0] == 0
    base[-1] = 7
    assert arrays.tensor(backwards)[0] == 7
    own = np.zeros(1 << 21, np.uint8)
    arrays.tensor(own)
    arrays.begin_run()
    arrays.tensor(own)
    own.resize(1 << 20)  # as NumPy does only where nobody else holds it
    assert arrays.tensor(own).shape == (1 << 20,)
    arrays.end_run()
    own = np.zeros(1 << 21, np.uint8)
    assert arrays.tensor(own) is arrays.tensor(own)
