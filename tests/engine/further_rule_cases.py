"""As `rule_cases`, of samples, grids, further factors of matrices, sums by segments, and second backward passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Add = Callable[..., None]
aten = torch.ops.aten
ONE: list[list[tuple[int, ...]]] = [[()], [(5,)], [(2, 3)]]
PAIR: list[list[tuple[int, ...]]] = [[(3, 4), (3, 4)]]


def further(add: Add) -> None:
    """All of them."""
    _samples(add)
    _grids(add)
    _factors(add)
    _by_index(add)
    _of_two(add)
    _second_norms(add)
    _second_others(add)


def _samples(add: Add) -> None:
    add("Normal1", lambda m: torch.normal(m, 1.0), ONE)
    add("Normal2", lambda s: torch.normal(0.0, s), ONE, "positive")
    add("Normal3", torch.normal, [[(5,), (5,)]], "positive")
    add("Poisson0", torch.poisson, ONE, "positive")
    add("Bernoulli0", torch.bernoulli, ONE, "unit")
    writing = {
        "Normal0": Tensor.normal_, "Exponential0": Tensor.exponential_, "Cauchy0": Tensor.cauchy_,
        "LogNormal0": Tensor.log_normal_, "Uniform0": Tensor.uniform_,
        "Geometric0": lambda x: x.geometric_(0.5), "Random2": Tensor.random_,
    }  # fmt: skip
    for node, write in writing.items():
        add(node, lambda x, write=write: write(x.clone()), ONE)
    add("StandardGamma0", torch._standard_gamma, ONE, "positive")


def _grids(add: Add) -> None:
    grid = -8, 7
    add(
        "FakeQuantizePerTensorAffineCachemask0",
        lambda x: torch.fake_quantize_per_tensor_affine(x, 0.1, 0, *grid),
        ONE,
        "single",
    )
    add(
        "FakeQuantizePerTensorAffineCachemaskTensorQparams0",
        lambda x: torch.fake_quantize_per_tensor_affine(
            x, torch.tensor(0.1), torch.tensor(0, dtype=torch.int32), *grid
        ),
        ONE,
        "single",
    )
    steps = torch.tensor([0.1, 0.2, 0.05])
    add(
        "FakeQuantizePerChannelAffineCachemask0",
        lambda x: torch.fake_quantize_per_channel_affine(x, steps, torch.zeros(3, dtype=torch.int32), 1, *grid),
        [[(4, 3)]],
        "single",
    )
    add(
        "FakeQuantizeLearnablePerTensorAffine0",
        lambda x, s, z: torch._fake_quantize_learnable_per_tensor_affine(x, s.abs() + 0.1, 0 * z, *grid, 0.7),
        [[(5, 4), (1,), (1,)]],
        "single",
    )


def _factors(add: Add) -> None:
    lu = torch.linalg.lu_factor
    add("LinalgLuFactorEx0", lambda x: lu(x)[0], [[(3, 3)], [(2, 3, 3)]])
    add("LinalgLu0", lambda x: torch.linalg.lu(x)[1:], [[(3, 3)], [(2, 3, 3)]])
    add("LinalgLu0", lambda x: torch.linalg.lu(x)[2], [[(3, 3)]])
    add("LuUnpack0", lambda x: torch.lu_unpack(*lu(x))[1:], [[(3, 3)], [(2, 3, 3)]])
    add("LuUnpack0", lambda x: torch.lu_unpack(*lu(x))[1], [[(3, 3)]])
    for left in (True, False):
        for adjoint in (True, False):
            add(
                "LinalgLuSolve0",
                lambda a, b, left=left, adjoint=adjoint: torch.linalg.lu_solve(*lu(a), b, left=left, adjoint=adjoint),
                [[(3, 3), (3, 2) if left else (2, 3)]],
            )
    add("LinalgLstsq0", lambda a, b: torch.linalg.lstsq(a, b)[0], [[(4, 3), (4, 2)], [(3, 3), (3, 2)]])
    product = torch.linalg.householder_product
    add("LinalgHouseholderProduct0", lambda x, t: product(x, t / 3), [[(4, 3), (3,)], [(3, 3), (3,)]])
    for left in (True, False):
        for turned in (True, False):
            add(
                "Ormqr0",
                lambda x, t, b, left=left, turned=turned: torch.ormqr(x, t / 3, b, left, turned),
                [[(4, 3), (3,), (4, 2) if left else (2, 4)]],
            )
    add("LinalgEig0", torch.linalg.eigvals, [[(3, 3)], [(2, 3, 3)]])


def _by_index(add: Add) -> None:
    places = torch.tensor([2, 0, 2])
    for how in ("mean", "amax", "amin", "prod"):
        for own in (True, False):
            add(
                "IndexReduce0",
                lambda x, w, how=how, own=own: x.index_reduce(0, places, w, how, include_self=own),
                [[(3, 4), (3, 4)]],
                "positive",
            )
    for how in ("sum", "mean", "max", "min", "prod"):
        add(
            "SegmentReduce0",
            lambda x, how=how: torch.segment_reduce(x, how, lengths=torch.tensor([2, 1, 3]), axis=0),
            [[(6,)], [(6, 2)]],
            "positive",
        )


def _of_two(add: Add) -> None:
    add("SpecialZeta0", lambda x: torch.special.zeta(torch.tensor(2.5).double(), x), ONE, "above")
    add("Igamma0", lambda x: torch.igamma(torch.tensor(1.5).double(), x), ONE, "positive")
    add("Igammac0", lambda x: torch.igammac(torch.tensor(1.5).double(), x), ONE, "positive")
    for p in (1.0, 2.0, 3.0):
        add("Renorm0", lambda x, p=p: x.renorm(p, 0, 1.5), [[(3, 4)], [(2, 3, 2)]])
    sparse = torch.tensor([[0.0, 2.0, 0.0], [1.0, 0.0, 3.0]]).double().to_sparse()
    add("SparseAddmm0", lambda c, b: torch.sparse.addmm(c, sparse, b, beta=0.5, alpha=2.0), [[(2, 4), (3, 4)]])


def _second_norms(add: Add) -> None:
    def layer(q: Tensor, x: Tensor, w: Tensor) -> Any:
        made = torch.native_layer_norm(x.detach(), (4,), None, None, 1e-5)
        return aten.native_layer_norm_backward(q, x, (4,), made[1], made[2], w, None, [True, True, False])[:2]

    def plain_layer(q: Tensor, x: Tensor) -> Any:
        made = torch.native_layer_norm(x.detach(), (3, 4), None, None, 1e-5)
        return aten.native_layer_norm_backward(q, x, (3, 4), made[1], made[2], None, None, [True, False, False])[0]

    add("NativeLayerNormBackward0", layer, [[(3, 4), (3, 4), (4,)], [(2, 3, 4), (2, 3, 4), (4,)]])
    add("NativeLayerNormBackward0", plain_layer, [[(2, 3, 4), (2, 3, 4)]])

    def batch(q: Tensor, x: Tensor, w: Tensor, train: bool) -> Any:
        mean, var = torch.tensor([0.1, -0.2, 0.3]).double(), torch.tensor([1.1, 0.7, 2.0]).double()
        made = torch.native_batch_norm(x.detach(), None, None, mean.clone(), var.clone(), train, 0.1, 1e-5)
        return aten.native_batch_norm_backward(
            q, x, w, mean, var, made[1], made[2], train, 1e-5, [True, True, True]
        )  # fmt: skip

    for train in (True, False):
        add(
            "NativeBatchNormBackward0",
            lambda q, x, w, train=train: batch(q, x, w, train),
            [[(5, 3), (5, 3), (3,)], [(2, 3, 4), (2, 3, 4), (3,)]],
        )


def _second_others(add: Add) -> None:
    add("HardtanhBackward0", lambda q, x: aten.hardtanh_backward(q, x, -0.5, 0.8), PAIR)
    buffer = aten.log_sigmoid_forward
    add("LogSigmoidBackward0", lambda q, x: aten.log_sigmoid_backward(q, x, buffer(x.detach())[1]), PAIR)
    for how in (1, 2):
        add("MseLossBackward0", lambda q, x, t, how=how: aten.mse_loss_backward(q, x, t, how), [[(), (3, 4), (3, 4)]])
        add(
            "SmoothL1LossBackward0",
            lambda q, x, t, how=how: aten.smooth_l1_loss_backward(q, x, t, how, 0.7),
            [[(), (3, 4), (3, 4)]],
        )
    add("MseLossBackward0", lambda q, x, t: aten.mse_loss_backward(q, x, t, 0), [[(3, 4)] * 3])
    for dim in (0, -1):
        add("GluBackward0", lambda q, x, dim=dim: aten.glu_backward(q, x, dim), [[(2, 2) if dim else (1, 4), (2, 4)]])

    def pooled(q: Tensor, x: Tensor) -> Tensor:
        taken = F.max_pool2d(x.detach(), 2, return_indices=True)[1]
        found: Tensor = aten.max_pool2d_with_indices_backward(q, x, [2, 2], [2, 2], [0, 0], [1, 1], False, taken)
        return found

    image: list[list[tuple[int, ...]]] = [[(1, 2, 2, 2), (1, 2, 4, 4)]]
    add("MaxPool2DWithIndicesBackward0", pooled, image)
    add("AdaptiveAvgPool2DBackward0", lambda q, x: aten._adaptive_avg_pool2d_backward(q, x), image)
    add(
        "ReflectionPad2DBackward0",
        lambda q, x: aten.reflection_pad2d_backward(q, x, [1, 1, 1, 2]),
        [[(1, 2, 7, 6), (1, 2, 4, 4)]],
    )
    for ends in (True, False):
        add(
            "UpsampleBilinear2DBackward0",
            lambda q, ends=ends: aten.upsample_bilinear2d_backward(q, [4, 6], [1, 2, 2, 3], ends),
            [[(1, 2, 4, 6)]],
        )
    add("UnfoldBackward0", lambda q: aten.unfold_backward(q, [6, 2], 0, 3, 1), [[(4, 2, 3)]])
