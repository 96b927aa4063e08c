"""What nodes had saved is kept where it is small and can be read."""

import torch

from engine.autograd.passes.small_saved import SmallSaved
from engine.tensors.unseen import Unseen


def test_what_is_small_is_kept_by_its_name() -> None:
    kept = SmallSaved()
    y = torch.tanh(torch.ones(3, requires_grad=True))
    with Unseen():
        kept.keep(0, y.grad_fn)
    assert torch.equal(kept.read(0, "result"), y)


def test_what_was_saved_of_many_at_once_is_left_alone() -> None:
    kept = SmallSaved()

    def of_one(x: torch.Tensor) -> torch.Tensor:
        y = torch.tanh(x)
        with Unseen():
            kept.keep(0, y.grad_fn)
        return y

    torch.vmap(torch.func.grad(of_one))(torch.ones(3))
    assert kept.read(0, "result") is None
