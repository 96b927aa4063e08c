"""How far a product in float64 is from the gradient that PyTorch computed in a dtype of its own."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.protocol.sentence import Sentence
from engine.shared.numbers import brief

_MOST_ULP = 64  # above that a difference is told by the largest cell: near 0 a unit in the last place is very small


def agreement(product: Tensor, given: Tensor) -> Sentence:
    """The largest difference of two tensors of the same shape, of which `given` is PyTorch's. Inside `unobserved`."""
    rounded, own = product.to(given.dtype).cpu(), given.cpu()
    if not own.numel() or bool((rounded == own).all()):
        return Sentence.of("jacobian.same", "Both agree to the last bit.")
    if not bool(own.isfinite().all()) or not bool(rounded.isfinite().all()):
        same = torch.equal(rounded.nan_to_num(), own.nan_to_num())
        if same and torch.equal(rounded.isnan(), own.isnan()):
            return Sentence.of("jacobian.same_not_finite", "Both agree, and are not finite.")
        return Sentence.of("jacobian.not_finite", "A cell is not finite in one of them and is in the other.")
    errors = (rounded.double() - own.double()).abs()
    n_ulp = math.ceil(float((errors / _spacing(own)).max()))
    if n_ulp <= _MOST_ULP:
        return Sentence.of(
            "jacobian.ulp", "The largest difference is {count} ulp, the last place of a cell.", count=n_ulp
        )
    share = float(errors.max()) / (float(own.double().abs().max()) or 1.0)
    return Sentence.of(
        "jacobian.relative",
        "The largest difference is {difference}, {share} of the largest cell.",
        difference=brief(float(errors.max())),
        share=brief(share),
    )


def _spacing(given: Tensor) -> Tensor:
    """From each number to the next of its dtype."""
    finfo = torch.finfo(given.dtype)
    sizes = given.double().abs().clamp(min=finfo.tiny)
    return torch.exp2(torch.floor(torch.log2(sizes))) * finfo.eps
