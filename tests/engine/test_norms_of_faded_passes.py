"""Norms of what a pass held, measured in one call before it is let go of, are those of each gradient by itself."""

import math

import torch

from engine.autograd.passes.held_gradients import HeldGradients
from engine.autograd.passes.norms import norm_of


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
