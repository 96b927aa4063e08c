"""Norms of what a pass held, measured in one call before it is let go of, are those of each gradient by itself."""

import math

import pytest
import torch

from engine.autograd.passes.gradients import STEPPED_CLONE_BYTES, Gradients
from engine.autograd.passes.held_gradients import HeldGradients
from engine.autograd.passes.norms import norm_of
from engine.tensors.measures import measuring
from engine.tensors.reading import unobserved
from engine.tensors.summary import summarize


def held(gradients, leaves=()):
    """Of one gradient at each node, those of `leaves` copied together behind them."""
    one = HeldGradients()
    for node, gradient in enumerate(gradients):
        one.hold({node: (None, gradient)})
    if leaves:
        assert one.copy_together([len(gradients) + place for place in range(len(leaves))], leaves)
    return one


def test_norms_measured_together_have_the_bits_of_each_by_itself():
    torch.manual_seed(3)
    gradients = [torch.randn(7, 13), torch.randn(5000), torch.randn(3, 300).t(), torch.zeros(0)]
    leaves = [torch.randn(4, 5), torch.randn(1000)]
    expected = [norm_of((gradient,)) for gradient in (*gradients, *leaves)]
    assert held(gradients, leaves).norms() == dict(enumerate(expected))


def test_a_gradient_that_is_not_finite_has_its_norm():
    found = held([torch.ones(2), torch.tensor([math.nan, 1.0])]).norms()
    assert found is not None and found[0] == norm_of((torch.ones(2),)) and math.isnan(found[1])


def test_what_one_call_does_not_measure_is_left_to_a_closer_look():
    assert held([torch.ones(2), torch.tensor([1e30, 1e30])]).norms() is None  # whose squares leave float32
    assert held([torch.ones(2), torch.ones(2, dtype=torch.float16)]).norms() is None
    both = HeldGradients()
    both.hold({0: (torch.ones(2), torch.ones(3))})  # together they have one
    assert both.norms() is None


def test_a_faded_gradient_whose_squares_are_zero_in_float32_has_a_norm():
    """1e-26 after a few layers is a gradient that vanishes, and not one of zeros."""
    tiny, small, none = torch.full((3, 4), 1e-26), torch.full((100_000,), 3e-23), torch.zeros(5)
    expected = [float(one.double().norm()) for one in (tiny, small, none)]
    assert [norm_of((one,)) for one in (tiny, small, none)] == pytest.approx(expected, rel=1e-6, abs=0)
    assert list(held([tiny, small, none]).norms().values()) == pytest.approx(expected, rel=1e-6, abs=0)
    gradients = Gradients(lambda: 1 << 30, STEPPED_CLONE_BYTES)
    assert gradients.hand_plain(1, 0, small, owned_by_leaf=False) and gradients.norm(1) == pytest.approx(expected[1])
    gradients.arrive(2, [tiny])
    assert float(gradients.total_norm([2])) == pytest.approx(expected[0], rel=1e-6, abs=0)
    for one, norm in zip((tiny, small), expected, strict=False):
        summary = summarize(one, max_elements=1 << 20)
        assert (summary.norm, summary.std) == pytest.approx((norm, 0.0), rel=1e-6, abs=1e-30)
        with unobserved():
            (*_, measured) = _ended(measuring(one))
        assert measured.norm == pytest.approx(norm, rel=1e-6, abs=0)
    assert summarize(torch.tensor([1e-30, 3e-30])).std == pytest.approx(2**0.5 * 1e-30)


def _ended(generator):
    """What a generator gives, and returns."""
    yield (yield from generator)
