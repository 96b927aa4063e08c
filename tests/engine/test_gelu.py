"""The trainer's MLP and its GELU are PyTorch's, in values, gradients and what they keep for them."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from engine.train.gelu import mlp

# Zero of both signs, where it is steepest, the minimum, both tails, and the least and the greatest that float32 has.
_PLACES = [0.0, -0.0, 1e-30, -1e-30, 0.3, -0.7517916, 1.2, -3.0, 5.0, -5.0, 9.0, -9.0, 40.0, -40.0, 1e10, -1e10, 3e38]


def gelu(x: torch.Tensor) -> torch.Tensor:
    """Of an MLP whose weights are 1: what stands between them, for each element."""
    one, zero = torch.ones(1, 1), torch.zeros(1)
    return mlp(x[..., None], one, zero, one, zero)[..., 0]


def _both(x: torch.Tensor, gradient: torch.Tensor) -> tuple[torch.Tensor, ...]:
    ours, theirs = x.clone().requires_grad_(), x.double().requires_grad_()
    y, right = gelu(ours), F.gelu(theirs, approximate="tanh")
    y.backward(gradient)
    right.backward(gradient.double())
    assert ours.grad is not None and theirs.grad is not None
    return y.detach(), right.detach(), ours.grad, theirs.grad


def test_values_and_gradients_are_those_of_pytorch_in_float64() -> None:
    x = torch.cat((torch.linspace(-12, 12, 100_001), torch.randn(1000, generator=torch.Generator().manual_seed(0))))
    gradient = torch.randn(x.shape, generator=torch.Generator().manual_seed(1))
    y, right, slope, right_slope = _both(x, gradient)
    torch.testing.assert_close(y.double(), right, rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(slope.double(), right_slope, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("place", _PLACES)
def test_the_ends_are_those_of_pytorch(place: float) -> None:
    y = gelu(torch.tensor([place]))
    torch.testing.assert_close(y, F.gelu(torch.tensor([place]), approximate="tanh"), rtol=1e-6, atol=1e-6)


def test_what_is_not_finite_is_not_hidden() -> None:
    y = gelu(torch.tensor([torch.nan, torch.inf, -torch.inf], requires_grad=True))
    assert torch.equal(y.isfinite(), F.gelu(torch.tensor([torch.nan, torch.inf, -torch.inf])).isfinite())
    assert y[1] == torch.inf


def test_without_a_gradient_the_values_have_the_same_bits() -> None:
    x = torch.randn(7, 64, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        unwatched = gelu(x)
    assert torch.equal(gelu(x.clone().requires_grad_()), unwatched)


def _weights(dtype: torch.dtype = torch.float32) -> list[torch.Tensor]:
    """Of an MLP from 8 to 32 and back, and its input (3, 5, 8) before them."""
    generator = torch.Generator().manual_seed(3)
    shapes = ((3, 5, 8), (32, 8), (32,), (8, 32), (8,))
    return [torch.randn(shape, generator=generator).to(dtype).requires_grad_() for shape in shapes]


def test_every_gradient_of_the_layers_is_that_of_pytorch_in_float64() -> None:
    ours, theirs = _weights(), _weights(torch.float64)
    x, w_in, b_in, w_out, b_out = theirs
    right = F.linear(F.gelu(F.linear(x, w_in, b_in), approximate="tanh"), w_out, b_out)
    gradient = torch.randn(right.shape, generator=torch.Generator().manual_seed(4))
    y = mlp(*ours)
    torch.testing.assert_close(y.double(), right, rtol=1e-5, atol=1e-5)
    for got, wanted in zip(
        torch.autograd.grad(y, ours, gradient), torch.autograd.grad(right, theirs, gradient.double()), strict=True
    ):
        torch.testing.assert_close(got.double(), wanted, rtol=1e-4, atol=1e-4)


def test_it_keeps_its_input_and_two_tensors_of_the_hidden_width() -> None:
    kept: list[torch.Tensor] = []
    inputs = _weights()
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: kept.append(tensor) or tensor, lambda tensor: tensor):
        mlp(*inputs)
    own = {tensor.data_ptr() for tensor in inputs}
    assert [tensor.shape for tensor in kept if tensor.data_ptr() not in own] == [(15, 32), (15, 32)]


def test_a_second_derivative_is_refused_instead_of_wrong() -> None:
    x = torch.randn(4, requires_grad=True)
    (slope,) = torch.autograd.grad(gelu(x).sum(), x, create_graph=True)
    with pytest.raises(RuntimeError):
        torch.autograd.grad(slope.sum(), x)
