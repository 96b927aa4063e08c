"""Operations that make each kind of node that has a record, with inputs that are drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from tests.engine.further_rule_cases import further

Shape = tuple[int, ...]
DRAWS: dict[str, Callable[[Shape, torch.Generator], Tensor]] = {
    "normal": lambda shape, g: torch.randn(shape, generator=g, dtype=torch.float64),
    "positive": lambda shape, g: torch.rand(shape, generator=g, dtype=torch.float64) + 0.3,
    "above": lambda shape, g: torch.rand(shape, generator=g, dtype=torch.float64) + 1.3,
    "unit": lambda shape, g: torch.rand(shape, generator=g, dtype=torch.float64) * 0.8 + 0.1,
    "single": lambda shape, g: torch.randn(shape, generator=g, dtype=torch.float32),
    "matrix": lambda shape, g: torch.randn(shape, generator=g, dtype=torch.float64) + 3 * torch.eye(shape[-1]),
}


BROADCAST: dict[str, Callable[..., Tensor]] = {
    "Add0": torch.add, "Sub0": torch.sub, "Mul0": torch.mul, "Div0": torch.div, "Maximum0": torch.maximum,
    "Minimum0": torch.minimum, "Atan20": torch.atan2, "Hypot0": torch.hypot, "Logaddexp0": torch.logaddexp,
    "Fmax0": torch.fmax, "Fmin0": torch.fmin,
}  # fmt: skip


class Case(NamedTuple):
    """`make` of leaves of these shapes returns the outputs of a node of this kind."""

    node: str
    make: Callable[..., Any]
    shapes: Sequence[Shape]
    draw: str = "normal"


ONE: list[list[Shape]] = [[()], [(5,)], [(2, 3, 4)]]
TWO: list[list[Shape]] = [
    [(3, 4), (3, 4)], [(3, 4), (4,)], [(2, 1, 4), (3, 1)], [(), (3,)], [(3, 2), ()], [(1, 1), (2, 3, 1)],
]  # fmt: skip
IMAGE: list[list[Shape]] = [[(2, 3, 8, 6)]]
ROW = torch.tensor([2, 0, 2, 1])
MASK = torch.tensor([[True, False, True, False], [False, True, True, False], [True, True, False, False]])


def cases() -> list[Case]:
    """All of them, in the order of the records' files."""
    found: list[Case] = []

    def add(node: str, make: Callable[..., Any], shapes: list[list[Shape]], draw: str = "normal") -> None:
        found.extend(Case(whole_name(node), make, each, draw) for each in shapes)

    _functions(add)
    _activations(add)
    _arithmetic(add)
    _matrix(add)
    _reductions(add)
    _shapes(add)
    _indexing(add)
    _normalisation(add)
    _losses(add)
    _convolution(add)
    _others(add)
    _windows(add)
    _linear_systems(add)
    _second_order(add)
    _fourier(add)
    _factorings(add)
    _special(add)
    _scattering(add)
    _distances(add)
    _resampling(add)
    _second_backward(add)
    further(add)
    found.append(Case("DiagonalBackward0_copy", lambda x: x.diag(1), [(3, 4)]))
    return found


def whole_name(short: str) -> str:
    """ "ExpBackward0" of "Exp0"."""
    return f"{short[:-1]}Backward{short[-1]}"


def _functions(add: Callable[..., None]) -> None:
    for name in [
        "exp",
        "exp2",
        "expm1",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "asinh",
        "atan",
        "erf",
        "erfc",
        "neg",
        "abs",
        "sinc",
    ]:
        add(f"{name.capitalize()}0", getattr(torch, name), ONE)
    for name in ["log", "log2", "log10", "log1p", "sqrt", "rsqrt", "reciprocal", "lgamma", "digamma"]:
        add(f"{name.capitalize().replace('1p', '1P')}0", getattr(torch, name), ONE, "positive")
    for name in ["asin", "acos", "atanh", "erfinv"]:
        add(f"{name.capitalize()}0", lambda x, name=name: getattr(torch, name)(x), ONE, "unit")
    add("Acosh0", torch.acosh, ONE, "above")
    for name in ["sign", "sgn", "floor", "ceil", "round", "trunc", "frac"]:
        add(f"{name.capitalize()}0", getattr(torch, name), ONE)
    add("Round1", lambda x: torch.round(x, decimals=1), ONE)
    add("Logit0", lambda x: torch.logit(x, 0.2), ONE, "unit")
    add("Logit0", torch.logit, ONE, "unit")
    add("Deg2Rad0", torch.deg2rad, ONE)
    add("Rad2Deg0", torch.rad2deg, ONE)
    add("NanToNum0", lambda x: torch.nan_to_num(x), ONE)
    add("Fill0", lambda x: torch.fill(x, 2.0), ONE)
    add("Clone0", torch.clone, ONE)
    add("Alias0", torch.ops.aten.alias, ONE)
    add("ToCopy0", lambda x: x.to(torch.float32), ONE)
    add("LiftFresh0", torch.ops.aten.lift_fresh, ONE)
    add("Fill2", lambda x: (x * 1).fill_(2.0), ONE)
    add("Zero0", lambda x: (x * 1).zero_(), ONE)


def _activations(add: Callable[..., None]) -> None:
    for node, function in {
        "Sigmoid0": torch.sigmoid, "Tanh0": torch.tanh, "Relu0": torch.relu, "LeakyRelu0": F.leaky_relu, "Elu0": F.elu,
        "Gelu0": F.gelu, "Silu0": F.silu, "Mish0": F.mish, "Hardtanh0": F.hardtanh, "Hardsigmoid0": F.hardsigmoid,
        "Hardswish0": F.hardswish, "Softplus0": F.softplus, "LogSigmoid0": F.logsigmoid, "Softshrink0": F.softshrink,
        "Hardshrink0": F.hardshrink,
    }.items():  # fmt: skip
        add(node, function, ONE)
    add("Gelu0", lambda x: F.gelu(x, approximate="tanh"), ONE)
    add("Elu0", F.selu, ONE)
    add("Celu0", lambda x: F.celu(x, 2.0), ONE)
    add("Elu1", lambda x: F.elu(x * 1, 0.7, inplace=True), ONE)
    add("Hardtanh0", F.relu6, ONE)
    add("Softplus0", lambda x: F.softplus(x, 3.0, 1.5), ONE)
    add("Threshold0", lambda x: F.threshold(x, 0.2, 5.0), ONE)
    add("PreluKernel0", F.prelu, [[(4, 3), (3,)], [(4, 3, 2), (1,)], [(5,), (1,)]])
    for dim in (0, 1, -1):
        add("Softmax0", lambda x, dim=dim: torch.softmax(x, dim), [[(3, 4)], [(2, 3, 4)]])
        add("LogSoftmax0", lambda x, dim=dim: torch.log_softmax(x, dim), [[(3, 4)], [(2, 3, 4)]])
        add("SafeSoftmax0", lambda x, dim=dim: torch.ops.aten._safe_softmax(x, dim), [[(3, 4)]])
        add("Glu0", lambda x, dim=dim: F.glu(x, dim), [[(4, 6)], [(2, 4, 6)]])


def _arithmetic(add: Callable[..., None]) -> None:
    for node, function in BROADCAST.items():
        add(node, function, TWO)
    add("Add0", lambda a, b: torch.add(a, b, alpha=0.5), TWO)
    add("Sub0", lambda a, b: torch.sub(a, b, alpha=0.5), TWO)
    add("Rsub0", lambda a, b: torch.rsub(a, b, alpha=1.5), TWO)
    add("Rsub1", lambda a: 3 - a, ONE)
    add("Add0", lambda a: a + 2, ONE)
    add("Mul0", lambda a: a * 3, ONE)
    add("Add1", lambda a: torch.ops.aten.add.Scalar(a, 2.0), ONE)
    add("Sub1", lambda a: torch.ops.aten.sub.Scalar(a, 2.0), ONE)
    add("Mul1", lambda a: torch.ops.aten.mul.Scalar(a, 3.0), ONE)
    add("Div1", lambda a: torch.ops.aten.div.Scalar(a, 3.0), ONE)
    for n in (0, 1, 2, 3, -1):
        add("Pow0", lambda a, n=n: a**n, ONE)
    add("Pow1", torch.pow, TWO, "positive")
    add("Pow2", lambda a: 2.5**a, ONE)
    add("Where0", lambda a, b: torch.where(MASK, a, b), [[(3, 4), (3, 4)], [(4,), ()], [(3, 1), (2, 3, 4)]])
    add("MaskedFill0", lambda a: a.masked_fill(MASK, 2.0), [[(3, 4)], [(2, 3, 4)], [(4,)]])
    add("MaskedFill1", lambda a, b: a.masked_fill(MASK, b), [[(3, 4), ()]])
    add("Clamp1", lambda a: a.clamp(-0.5, 0.7), ONE)
    add("Clamp0", lambda a, low, high: torch.clamp(a, low, high), [[(3, 4), (4,), ()], [(2, 3, 4), (3, 1), (4,)]])
    add("ClampMin0", lambda a: a.clamp_min(0.1), ONE)
    add("ClampMax0", lambda a: a.clamp_max(0.1), ONE)
    add("ClampMin1", torch.clamp_min, TWO)
    add("ClampMax1", torch.clamp_max, TWO)
    add("Fmod0", lambda a: torch.fmod(a, 0.7), ONE)
    add("Remainder0", lambda a: torch.remainder(a, 0.7), ONE)
    add("Fmod1", torch.fmod, TWO, "positive")
    add("Remainder1", torch.remainder, TWO, "positive")
    add("Lerp0", lambda a, b: torch.lerp(a, b, 0.3), TWO)
    add("Lerp1", torch.lerp, [[(3, 4), (4,), ()], [(3, 4), (3, 4), (3, 1)]])
    three: list[list[Shape]] = [[(3, 4), (4,), (3, 1)], [(2, 3), (2, 3), (2, 3)], [(), (3,), ()]]
    add("Addcmul0", lambda a, b, c: torch.addcmul(a, b, c, value=0.5), three)
    add("Addcdiv0", lambda a, b, c: torch.addcdiv(a, b, c, value=0.5), three)
    add("Xlogy0", torch.xlogy, TWO, "positive")


def _matrix(add: Callable[..., None]) -> None:
    add("Mm0", torch.mm, [[(3, 4), (4, 2)], [(1, 4), (4, 1)]])
    add("Bmm0", torch.bmm, [[(2, 3, 4), (2, 4, 5)]])
    bias: list[list[Shape]] = [[(2,), (3, 4), (4, 2)], [(3, 2), (3, 4), (4, 2)], [(), (3, 4), (4, 2)]]
    add("Addmm0", torch.addmm, bias)
    add("Addmm0", lambda b, x, w: torch.addmm(b, x, w, beta=0.5, alpha=2.0), bias)
    add("Baddbmm0", lambda b, x, w: torch.baddbmm(b, x, w, alpha=2.0), [[(2, 3, 5), (2, 3, 4), (2, 4, 5)]])
    add("Addbmm0", lambda b, x, w: torch.addbmm(b, x, w, beta=0.5), [[(3, 5), (2, 3, 4), (2, 4, 5)]])
    add("Mv0", torch.mv, [[(3, 4), (4,)]])
    add("Addmv0", lambda b, x, w: torch.addmv(b, x, w, alpha=2.0), [[(3,), (3, 4), (4,)], [(), (3, 4), (4,)]])
    add("Addr0", lambda b, x, w: torch.addr(b, x, w, alpha=2.0), [[(3, 4), (3,), (4,)], [(), (3,), (4,)]])
    add("Dot0", torch.dot, [[(5,), (5,)]])
    add("LinalgCross0", lambda a, b: torch.linalg.cross(a, b), [[(4, 3), (4, 3)], [(1, 3), (4, 3)]])
    add("LinalgInvEx0", lambda a: torch.linalg.inv_ex(a)[0], [[(3, 3)], [(2, 3, 3)]], "matrix")
    add("LinalgDet0", torch.linalg.det, [[(3, 3)], [(2, 3, 3)]], "matrix")
    add("Triu0", lambda a: a.triu(1), [[(3, 4)], [(2, 3, 3)]])
    add("Tril0", torch.tril, [[(3, 4)], [(2, 3, 3)]])
    add("Trace0", torch.trace, [[(3, 4)], [(3, 3)]])


def _reductions(add: Callable[..., None]) -> None:
    deep: list[list[Shape]] = [[(2, 3, 4)]]
    add("Sum0", torch.sum, ONE)
    add("Mean0", torch.mean, ONE)
    add("Prod0", torch.prod, ONE)
    for dims in (0, -1, (0, 2), (-2,)):
        for keep in (False, True):
            over: dict[str, Any] = {"dim": dims, "keepdim": keep}
            for node, function in {
                "Sum1": torch.sum, "Nansum0": torch.nansum, "Mean1": torch.mean, "Amax0": torch.amax,
                "Amin0": torch.amin, "Logsumexp0": torch.logsumexp,
            }.items():  # fmt: skip
                add(node, lambda x, f=function, over=over: f(x, **over), deep)
            for unbiased in (0, 1):
                add("Var0", lambda x, c=unbiased, over=over: torch.var(x, correction=c, **over), deep)
                add("Std0", lambda x, c=unbiased, over=over: torch.std(x, correction=c, **over), deep)
            add("VarMean0", lambda x, over=over: torch.var_mean(x, **over), deep)
            for order in (1, 2, 3, 1.5, float("inf")):
                add("LinalgVectorNorm0", lambda x, n=order, over=over: torch.linalg.vector_norm(x, n, **over), deep)
            add("Norm1", lambda x, d=dims, k=keep: torch.ops.aten.norm.ScalarOpt_dim(x, 2, _list(d), k), deep)
    add("Var0", torch.var, [[(5,)], [(2, 3)]])
    add("Std0", torch.std, [[(5,)], [(2, 3)]])
    add("LinalgVectorNorm0", torch.linalg.vector_norm, [[(5,)], [(2, 3)]])
    add("Norm0", lambda x: torch.ops.aten.norm.Scalar(x, 3), [[(5,)], [(2, 3)]])
    for name in ("max", "min", "median"):
        add("Median0" if name == "median" else f"{name.capitalize()}1", getattr(torch, name), ONE)
    add("Nanmedian0", torch.nanmedian, ONE)
    for dim in (0, 1, -1):
        add("Prod1", lambda x, d=dim: torch.prod(x, d), deep)
        add("Prod1", lambda x, d=dim: torch.prod(x, d, keepdim=True), deep)
        for keep in (False, True):
            add("Max0", lambda x, d=dim, k=keep: torch.max(x, d, keepdim=k).values, deep)
            add("Min0", lambda x, d=dim, k=keep: torch.min(x, d, keepdim=k).values, deep)
            add("Median1", lambda x, d=dim, k=keep: torch.median(x, d, keepdim=k).values, deep)
            add("Nanmedian1", lambda x, d=dim, k=keep: torch.nanmedian(x, d, keepdim=k).values, deep)
            add("Kthvalue0", lambda x, d=dim, k=keep: torch.kthvalue(x, 2, d, keepdim=k).values, deep)
            add("Mode0", lambda x, d=dim, k=keep: torch.mode(x, d, keepdim=k).values, deep)
        add("Topk0", lambda x, d=dim: torch.topk(x, 2, d).values, deep)
        add("Sort0", lambda x, d=dim: torch.sort(x, d).values, deep)
        add("Sort1", lambda x, d=dim: torch.sort(x, dim=d, stable=True).values, deep)
        add("Cummax0", lambda x, d=dim: torch.cummax(x, d).values, deep)
        add("Cummin0", lambda x, d=dim: torch.cummin(x, d).values, deep)
        add("Cumsum0", lambda x, d=dim: torch.cumsum(x, d), deep)
        add("Cumprod0", lambda x, d=dim: torch.cumprod(x, d), deep)


def _list(dims: int | tuple[int, ...]) -> list[int]:
    return [dims] if isinstance(dims, int) else list(dims)


def _shapes(add: Callable[..., None]) -> None:
    deep: list[list[Shape]] = [[(2, 3, 4)]]
    thin: list[list[Shape]] = [[(2, 1, 4, 1)]]
    add("View0", lambda x: x.view(6, 4), deep)
    add("UnsafeView0", lambda x: torch.ops.aten._unsafe_view(x, [6, 4]), deep)
    add("ReshapeAlias0", lambda x: torch.ops.aten._reshape_alias(x, [6, 4], [4, 1]), deep)
    add("Squeeze0", torch.squeeze, thin)
    add("Squeeze1", lambda x: x.squeeze(-1), thin)
    add("Squeeze2", lambda x: x.squeeze((1, 3)), thin)
    add("Unsqueeze0", lambda x: x.unsqueeze(-2), deep)
    add("T0", lambda x: x.t(), [[(2, 3)], [(4,)]])
    add("Transpose0", lambda x: x.transpose(0, -1), deep)
    add("Permute0", lambda x: x.permute(2, 0, -2), deep)
    add("Flip0", lambda x: x.flip((0, -1)), deep)
    add("Roll0", lambda x: x.roll((1, 2), (0, -1)), deep)
    add("Roll0", lambda x: x.roll(3), deep)
    add("PixelShuffle0", lambda x: F.pixel_shuffle(x, 2), [[(1, 8, 3, 2)]])
    add("PixelUnshuffle0", lambda x: F.pixel_unshuffle(x, 2), [[(1, 2, 6, 4)]])
    add("Expand0", lambda x: x.expand(5, 2, 3), [[(2, 1)], [()], [(1, 2, 3)]])
    add("Repeat0", lambda x: x.repeat(2, 3, 1), [[(2, 2)], [(1, 2, 3)], [()]])
    add("Select0", lambda x: x[:, 1] if x.dim() > 1 else x[1], [[(2, 3, 4)], [(2,)]])
    add("Select0", lambda x: x.select(-1, -2), deep)
    add("Slice0", lambda x: torch.ops.aten.slice(x, -1, 1, 4, 2), deep)
    add("Slice0", lambda x: x[1:], deep)
    add("Diagonal0", lambda x: x.diagonal(1, -2, -1), deep)
    add("DiagEmbed0", lambda x: x.diag_embed(1), deep)
    add("Unfold0", lambda x: x.unfold(-1, 2, 1), deep)
    for dim in (0, 1, -1):
        add("Cat0", lambda a, b, c, d=dim: torch.cat([a, b, c], d), [[(2, 3), (2, 3), (2, 3)]])
        add("Stack0", lambda a, b, d=dim: torch.stack([a, b], d), [[(2, 3), (2, 3)]])
        add("Split0", lambda x, d=dim: torch.split(x, 2, d), deep)
        add("UnsafeSplit0", lambda x, d=dim: torch.unsafe_split(x, 2, d), deep)
        add("Unbind0", lambda x, d=dim: torch.unbind(x, d), deep)
    add("Cat0", lambda a, b: torch.cat([a, b], 1), [[(2, 3), (2, 1)]])
    add("SplitWithSizes0", lambda x: torch.split(x, [1, 3], -1), deep)
    add("UnsafeSplitWithSizes0", lambda x: torch.unsafe_split_with_sizes(x, [1, 3], 2), deep)
    add("ConstantPadNd0", lambda x: F.pad(x, (1, 2, 0, 1), value=3.0), deep)
    add("ConstantPadNd0", lambda x: F.pad(x, (-1, 1)), deep)
    add("ReflectionPad1D0", lambda x: F.pad(x, (1, 2), mode="reflect"), deep)
    add("ReflectionPad2D0", lambda x: F.pad(x, (1, 2, 1, 0), mode="reflect"), [[(1, 2, 3, 4)], [(2, 3, 4)]])
    add("ReplicationPad1D0", lambda x: F.pad(x, (1, 2), mode="replicate"), deep)
    add("ReplicationPad2D0", lambda x: F.pad(x, (1, 2, 1, 0), mode="replicate"), [[(1, 2, 3, 4)]])


def _indexing(add: Callable[..., None]) -> None:
    add("Embedding0", lambda w: F.embedding(ROW, w), [[(4, 3)]])
    add("Embedding0", lambda w: F.embedding(ROW.view(2, 2), w, padding_idx=0), [[(4, 3)]])
    add("Embedding0", lambda w: F.embedding(ROW, w, scale_grad_by_freq=True), [[(4, 3)]])
    add("Embedding0", lambda w: F.embedding(torch.tensor(1), w), [[(4, 3)]])
    add("Index0", lambda x: x[ROW], [[(3, 4)], [(3,)]])
    add("Index0", lambda x: torch.ops.aten.index(x, [None, ROW]), [[(2, 3, 4)]])
    add("Index0", lambda x: x[MASK], [[(3, 4)], [(3, 4, 2)]])
    add("IndexSelect0", lambda x: x.index_select(-1, ROW), [[(2, 4)]])
    index = torch.tensor([[0, 2, 0], [1, 1, 2]])
    add("Gather0", lambda x: x.gather(1, index), [[(2, 4)]])
    add("Take0", lambda x: x.take(index), [[(2, 4)]])
    add("MaskedSelect0", lambda x: x.masked_select(MASK), [[(3, 4)]])
    add("IndexPut0", lambda x, w: torch.index_put(x, (ROW,), w), [[(4, 3), (4, 3)], [(4, 3), ()], [(4, 3), (3,)]])
    add("IndexPut0", lambda x, w: torch.index_put(x, (ROW,), w, accumulate=True), [[(4, 3), (4, 3)]])
    add("Scatter0", lambda x, w: x.scatter(1, index, w), [[(2, 4), (2, 3)]])
    add("Scatter1", lambda x: x.scatter(1, index, 2.0), [[(2, 4)]])
    add("IndexFill0", lambda x: x.index_fill(-1, ROW, 2.0), [[(2, 4)]])
    add("IndexCopy0", lambda x, w: x.index_copy(0, torch.tensor([2, 0]), w), [[(4, 3), (2, 3)]])
    add("ScatterAdd0", lambda x, w: x.scatter_add(1, index, w), [[(2, 4), (2, 3)]])
    add("IndexAdd0", lambda x, w: x.index_add(0, ROW, w, alpha=2), [[(4, 3), (4, 3)]])
    add("SelectScatter0", lambda x, w: torch.select_scatter(x, w, 1, 2), [[(2, 4), (2,)]])


def _normalisation(add: Callable[..., None]) -> None:
    add("NativeLayerNorm0", lambda x, w, b: F.layer_norm(x, (4,), w, b), [[(2, 3, 4), (4,), (4,)]])
    add("NativeLayerNorm0", lambda x, w, b: F.layer_norm(x, (3, 4), w, b), [[(2, 3, 4), (3, 4), (3, 4)]])
    add("NativeLayerNorm0", lambda x: F.layer_norm(x, (4,)), [[(2, 3, 4)]])
    for training in (True, False):

        def norm(x: Tensor, w: Tensor | None = None, b: Tensor | None = None, training: bool = training) -> Tensor:
            mean, variance = torch.linspace(0, 1, x.shape[1]).double(), torch.linspace(1, 2, x.shape[1]).double()
            return F.batch_norm(x, mean, variance, w, b, training=training)

        add("NativeBatchNorm0", norm, [[(4, 3), (3,), (3,)], [(2, 3, 4, 2), (3,), (3,)], [(2, 3, 5)]])
    add(
        "NativeGroupNorm0",
        lambda x, w, b: F.group_norm(x, 2, w, b),
        [[(2, 4, 3), (4,), (4,)], [(2, 4, 3, 2), (4,), (4,)]],
    )
    add("NativeDropout0", lambda x: torch.native_dropout(x, 0.4, True)[0], [[(5, 6)]])


def _losses(add: Callable[..., None]) -> None:
    pair: list[list[Shape]] = [[(3, 4), (3, 4)]]
    weight = torch.linspace(0.5, 1.5, 4).double()
    for how in ("mean", "sum", "none"):
        add("MseLoss0", lambda p, t, how=how: F.mse_loss(p, t, reduction=how), pair)
        add("SmoothL1Loss0", lambda p, t, how=how: F.smooth_l1_loss(p, t, reduction=how, beta=0.7), pair)
        add("HuberLoss0", lambda p, t, how=how: F.huber_loss(p, t, reduction=how, delta=0.7), pair)
        add("BinaryCrossEntropy0", lambda p, t, how=how: F.binary_cross_entropy(p, t, reduction=how), pair, "unit")
        add(
            "BinaryCrossEntropyWithLogits0",
            lambda p, t, how=how: F.binary_cross_entropy_with_logits(p, t, reduction=how),
            pair,
            "unit",
        )
        add(
            "BinaryCrossEntropyWithLogits0",
            lambda p, t, how=how: F.binary_cross_entropy_with_logits(p, t, weight, reduction=how, pos_weight=weight),
            pair,
            "unit",
        )
        add(
            "SoftMarginLoss0",
            lambda p, how=how: F.soft_margin_loss(p, torch.ones(3, 4).double() - 2 * MASK, reduction=how),
            [[(3, 4)]],
        )
        for ignored in (-100, 2):
            add("NllLoss0", lambda p, how=how, i=ignored: F.nll_loss(p, ROW, reduction=how, ignore_index=i), [[(4, 4)]])
        add("NllLoss0", lambda p, how=how: F.nll_loss(p, ROW, weight, reduction=how), [[(4, 4)]])
        add("NllLoss0", lambda p, how=how: F.nll_loss(p, torch.tensor(1), reduction=how), [[(4,)]])
        add("NllLoss2D0", lambda p, how=how: F.nll_loss(p, ROW.view(1, 2, 2), weight, reduction=how), [[(1, 4, 2, 2)]])


def _convolution(add: Callable[..., None]) -> None:
    add("Convolution0", lambda x, w, b: F.conv2d(x, w, b, padding=1, stride=2), [[(2, 3, 8, 6), (4, 3, 3, 3), (4,)]])
    add("Convolution0", lambda x, w: F.conv2d(x, w, groups=3), [[(2, 3, 8, 6), (3, 1, 3, 3)]])
    add("Convolution0", lambda x, w, b: F.conv1d(x, w, b, dilation=2), [[(2, 3, 8), (4, 3, 3), (4,)]])
    add("Convolution0", lambda x, w, b: F.conv_transpose2d(x, w, b, 2), [[(2, 3, 4, 3), (3, 4, 2, 2), (4,)]])
    add("MaxPool2DWithIndices0", lambda x: F.max_pool2d(x, 2), IMAGE)
    add("MaxPool2DWithIndices0", lambda x: F.max_pool2d(x, 3, 2, 1), IMAGE)
    add("MaxPool3DWithIndices0", lambda x: F.max_pool3d(x, 2), [[(1, 2, 4, 4, 4)]])
    add("AdaptiveMaxPool2D0", lambda x: F.adaptive_max_pool2d(x, (3, 2)), IMAGE)
    add("AvgPool2D0", lambda x: F.avg_pool2d(x, 2), IMAGE)
    add("AvgPool2D0", lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), IMAGE)
    add("AdaptiveAvgPool2D0", lambda x: F.adaptive_avg_pool2d(x, (3, 4)), IMAGE)
    add("UpsampleNearest1D0", lambda x: F.interpolate(x, 9), [[(2, 3, 4)]])
    add("UpsampleNearest2D0", lambda x: F.interpolate(x, scale_factor=2), [[(2, 3, 4, 3)]])
    add("UpsampleBilinear2D0", lambda x: F.interpolate(x, (9, 5), mode="bilinear"), [[(2, 3, 4, 3)]])
    add(
        "UpsampleBilinear2D0", lambda x: F.interpolate(x, (9, 5), mode="bilinear", align_corners=True), [[(2, 3, 4, 3)]]
    )
    add("UpsampleBicubic2D0", lambda x: F.interpolate(x, (9, 5), mode="bicubic"), [[(2, 3, 4, 3)]])
    add("UpsampleNearest3D0", lambda x: F.interpolate(x, scale_factor=2), [[(2, 3, 2, 3, 2)]])
    add("UpsampleNearestExact1D0", lambda x: F.interpolate(x, 9, mode="nearest-exact"), [[(2, 3, 4)]])
    add("UpsampleNearestExact2D0", lambda x: F.interpolate(x, (7, 3), mode="nearest-exact"), [[(2, 3, 4, 3)]])
    add("UpsampleTrilinear3D0", lambda x: F.interpolate(x, scale_factor=2, mode="trilinear"), [[(1, 2, 2, 3, 2)]])
    add("UpsampleLinear1D0", lambda x: F.interpolate(x, 9, mode="linear"), [[(2, 3, 4)]])


def _others(add: Callable[..., None]) -> None:
    heads: list[list[Shape]] = [[(2, 2, 5, 4), (2, 2, 6, 4), (2, 2, 6, 4)]]
    same: list[list[Shape]] = [[(2, 2, 5, 4)] * 3]
    attention = "ScaledDotProductFlashAttentionForCpu0"
    add(attention, F.scaled_dot_product_attention, heads)
    add(attention, lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True), same)
    bias = torch.linspace(-1, 1, 25).view(5, 5).double()
    add(attention, lambda q, k, v: F.scaled_dot_product_attention(q, k, v, attn_mask=bias, scale=0.3), same)

    def layer(x: Tensor, *rest: Tensor, reverse: bool = False) -> Any:
        *weights, h, c = rest
        return torch.ops.aten.mkldnn_rnn_layer(
            x, *weights, h, c, reverse, [], 2, 6, 1, True, False, False, True
        )[:3]  # fmt: skip

    lstm: list[list[Shape]] = [[(5, 2, 3), (24, 3), (24, 6), (24,), (24,), (2, 6), (2, 6)]]
    add("MkldnnRnnLayer0", layer, lstm, "single")
    add("MkldnnRnnLayer0", lambda *leaves: layer(*leaves, reverse=True), lstm, "single")


def _windows(add: Callable[..., None]) -> None:
    volume: list[list[Shape]] = [[(1, 2, 4, 4, 4)]]
    add("AsStrided0", lambda x: x.as_strided((3, 3), (4, 1), 1), [[(4, 4)]])
    add("AsStrided0", lambda x: x.as_strided((6, 3), (2, 1)), [[(16,)]])  # as a window that slides, which overlaps
    add("Im2Col0", lambda x: F.unfold(x, 3, padding=1, stride=2), IMAGE)
    add("Col2Im0", lambda x: F.fold(x, (4, 4), 2), [[(1, 8, 9)]])
    add("AvgPool3D0", lambda x: F.avg_pool3d(x, 3, 1, 1, count_include_pad=False), volume)
    add("AdaptiveAvgPool3D0", lambda x: F.adaptive_avg_pool3d(x, (3, 2, 1)), volume)
    add("ReplicationPad3D0", lambda x: F.pad(x, (1, 2, 0, 1, 1, 1), mode="replicate"), volume)
    add("ReflectionPad3D0", lambda x: F.pad(x, (1, 2, 0, 1, 1, 1), mode="reflect"), volume)
    for padding in ("zeros", "border"):
        add(
            "GridSampler2D0",
            lambda x, q, padding=padding: F.grid_sample(x, q, padding_mode=padding, align_corners=False),
            [[(2, 3, 5, 4), (2, 3, 3, 2)]],
        )
    add("AffineGridGenerator0", lambda x: F.affine_grid(x, [2, 1, 3, 4], align_corners=False), [[(2, 2, 3)]])
    words, bags = torch.tensor([1, 2, 4, 2, 0]), torch.tensor([0, 2, 2])  # the second bag is empty

    def weighted(x: Tensor, w: Tensor) -> Tensor:
        return F.embedding_bag(words, x, bags, mode="sum", per_sample_weights=w)

    add("EmbeddingBag0", weighted, [[(6, 3), (5,)]])
    for mode in ("sum", "mean"):
        add("EmbeddingBag0", lambda x, mode=mode: F.embedding_bag(words, x, bags, mode=mode), [[(6, 3)]])
        add("EmbeddingBag0", lambda x, mode=mode: F.embedding_bag(words, x, bags, mode=mode, padding_idx=2), [[(6, 3)]])


def _linear_systems(add: Callable[..., None]) -> None:
    add("Vdot0", torch.vdot, [[(4,), (4,)]])
    add("LinalgSolveEx0", torch.linalg.solve, [[(3, 3), (3, 2)], [(2, 3, 3), (2, 3, 1)], [(3, 3), (3,)]])
    add("LinalgSolveEx0", lambda a, b: torch.linalg.solve(a, b, left=False), [[(3, 3), (2, 3)]])
    for upper in (False, True):
        add(
            "LinalgCholeskyEx0",
            lambda a, upper=upper: torch.linalg.cholesky(a @ a.mT + torch.eye(3, dtype=a.dtype), upper=upper),
            [[(3, 3)], [(2, 3, 3)]],
        )
    add("LinalgSlogdet0", torch.linalg.slogdet, [[(3, 3)], [(2, 3, 3)]], "matrix")
    ends = torch.tensor([2, 2, 6], dtype=torch.int32)  # the second group is empty
    add("GroupedMm0", lambda a, b: torch._grouped_mm(a, b, offs=ends), [[(6, 8), (3, 8, 8)]], "single")


def _second_order(add: Callable[..., None]) -> None:
    pair: list[list[Shape]] = [[(3, 4), (3, 4)]]
    add("TanhBackward0", torch.ops.aten.tanh_backward, pair)
    add("SigmoidBackward0", torch.ops.aten.sigmoid_backward, pair)
    add("ThresholdBackward0", lambda q, x: torch.ops.aten.threshold_backward(q, x, 0.2), pair)


def _fourier(add: Callable[..., None]) -> None:
    pair: list[list[Shape]] = [[(3, 6), (3, 6)]]
    fft = torch.fft
    for n in (7, 8):
        for how in ("backward", "ortho", "forward"):
            add("FftR2C0", lambda x, how=how: fft.rfft(x, norm=how), [[(2, n)]])
            add("FftC2R0", lambda p, q, n=n, how=how: fft.irfft(torch.complex(p, q), n, norm=how), [[(2, 5), (2, 5)]])
    add("FftR2C0", lambda x: torch.ops.aten._fft_r2c(x, [0, 1], 0, False), [[(3, 4)]])
    add("FftR2C0", lambda x: fft.rfft2(x, dim=(1, 0)), [[(3, 4)]])
    add("FftC2C0", lambda p, q: fft.fft2(torch.complex(p, q)), pair)
    add("FftC2C0", lambda p, q: fft.ifft(torch.complex(p, q), dim=0, norm="ortho"), pair)
    add("ViewAsReal0", lambda p, q: torch.view_as_real(torch.complex(p, q)), pair)
    add("ViewAsComplex0", torch.view_as_complex, [[(3, 2)]])
    add("Conj0", lambda p, q: torch.complex(p, q).conj(), pair)
    add("Complex0", torch.complex, pair)
    add("Polar0", torch.polar, pair)
    add("Angle0", lambda p, q: torch.complex(p, q).angle(), pair)
    add("Angle0", torch.angle, [[(3, 4)]])


def _factorings(add: Callable[..., None]) -> None:
    sides: list[list[Shape]] = [[(3, 3)], [(2, 3, 3)]]

    def triangle(a: Tensor, upper: bool) -> Tensor:
        return a.triu() if upper else a.tril()

    add("LinalgSvd0", lambda x: torch.linalg.svd(x, full_matrices=False), [[(4, 3)], [(3, 4)], [(2, 3, 3)]])
    add("LinalgSvd0", lambda x: torch.linalg.svd(x, full_matrices=False)[1], [[(4, 3)]])
    add("LinalgEigh0", lambda a: torch.linalg.eigh(a + a.mT), sides)
    add("LinalgEigh0", lambda a: torch.linalg.eigvalsh(a + a.mT), sides)
    add("LinalgQr0", torch.linalg.qr, [[(4, 3)], [(2, 3, 3)]])
    for upper in (False, True):
        for one in (False, True):
            add(
                "LinalgSolveTriangular0",
                lambda a, b, upper=upper, one=one: torch.linalg.solve_triangular(
                    a + 3 * torch.eye(3), b, upper=upper, unitriangular=one
                ),
                [[(3, 3), (3, 2)]],
            )
        add(
            "LinalgSolveTriangular0",
            lambda a, b, upper=upper: torch.linalg.solve_triangular(a + 3 * torch.eye(3), b, upper=upper, left=False),
            [[(3, 3), (2, 3)]],
        )
        add("CholeskySolve0", lambda b, a, u=upper: torch.cholesky_solve(b, triangle(a, u), u), [[(3, 2), (3, 3)]])
        add("CholeskyInverse0", lambda a, u=upper: torch.cholesky_inverse(triangle(a, u), u), [[(3, 3)]], "matrix")
    add("LinalgMatrixExp0", torch.linalg.matrix_exp, sides)
    add("LinalgPinv0", torch.linalg.pinv, [[(4, 3)], [(3, 4)], [(2, 3, 3)]])


def _special(add: Callable[..., None]) -> None:
    special = torch.special
    for node, function in {"I00": special.i0, "SpecialI10": special.i1, "SpecialI0E0": special.i0e}.items():
        add(node, function, ONE)
    add("SpecialErfcx0", special.erfcx, ONE)
    add("SpecialLogNdtr0", special.log_ndtr, ONE)
    add("Frexp0", lambda x: torch.frexp(x)[0], ONE)
    add("Polygamma0", lambda x: torch.polygamma(1, x), ONE, "positive")
    add("Mvlgamma0", lambda x: torch.mvlgamma(x, 2), ONE, "above")
    add("SpecialEntr0", special.entr, ONE, "positive")
    add("SpecialNdtri0", special.ndtri, ONE, "unit")
    add("SpecialXlog1Py0", special.xlog1py, TWO, "positive")
    for node, function in {"Logaddexp20": torch.logaddexp2, "Copysign0": torch.copysign, "Ldexp0": torch.ldexp}.items():
        add(node, function, TWO)


def _scattering(add: Callable[..., None]) -> None:
    places = torch.tensor([[0, 1, 1, 2], [2, 0, 0, 0]])
    for how in ("sum", "mean", "amax", "amin"):
        for own in (True, False):
            add(
                "ScatterReduce0",
                lambda x, w, how=how, own=own: x.scatter_reduce(0, places, w, how, include_self=own),
                [[(3, 4), (2, 4)]],
            )
    add("ScatterReduce0", lambda x, w: x.scatter_reduce(1, places[:, :3], w[:, :3], "mean"), [[(2, 5), (2, 3)]])
    add("DiagonalScatter0", lambda x, w: x.diagonal_scatter(w, 1), [[(3, 4), (3,)]])
    add("SliceScatter0", lambda x, w: x.slice_scatter(w, 1, 1, 4, 2), [[(3, 4), (3, 2)]])
    for added in (False, True):
        add("Put0", lambda x, w, added=added: x.put(ROW[:2], w, added), [[(3, 4), (2,)]])
    add("MaskedScatter0", lambda x, w: x.masked_scatter(MASK, w), [[(3, 4), (9,)], [(3, 4), (3, 4)]])
    for k in (1, 2, 3):
        add("Rot900", lambda x, k=k: x.rot90(k), [[(3, 4)]])
    add("ChannelShuffle0", lambda x: F.channel_shuffle(x, 2), [[(1, 6, 2, 2)]])
    pack = torch.nn.utils.rnn.pack_padded_sequence
    add("PackPaddedSequence0", lambda x: pack(x, [5, 3]).data, [[(5, 2, 3)]])
    add("PackPaddedSequence0", lambda x: pack(x, [5, 3, 1], batch_first=True).data, [[(3, 5, 2)]])


def _distances(add: Callable[..., None]) -> None:
    sets: list[list[Shape]] = [[(4, 3), (5, 3)], [(2, 4, 3), (2, 5, 3)]]
    for p in (1.0, 2.0, 3.0, float("inf")):
        add("Cdist0", lambda a, b, p=p: torch.cdist(a, b, p), sets)
        add("Pdist0", lambda a, p=p: F.pdist(a, p), [[(4, 3)]])
        add("Dist0", lambda a, b, p=p: torch.dist(a, b, p), [[(3, 4), (3, 4)], [(3, 4), (4,)]])
    for dim in (0, 1):
        add("WeightNormInterface0", lambda v, w, dim=dim: torch._weight_norm_interface(v, w, dim)[0],
            [[(4, 3), (4, 1) if dim == 0 else (1, 3)]])  # fmt: skip
    add("Logcumsumexp0", lambda x: x.logcumsumexp(-1), [[(3, 4)], [(5,)]])
    add("Aminmax0", lambda x: torch.aminmax(x, dim=1), [[(3, 4)]])
    add("Aminmax0", lambda x: torch.aminmax(x), [[(3, 4)]])
    add("Aminmax0", lambda x: torch.aminmax(x, dim=0, keepdim=True), [[(3, 4)]])
    add("StdMean0", lambda x: torch.std_mean(x, 1), [[(3, 4)]])
    add("StdMean0", lambda x: torch.std_mean(x, correction=0), [[(3, 4)]])
    words, steps, lengths = torch.tensor([[1, 2, 2], [3, 1, 4]]), torch.tensor([7, 6]), torch.tensor([3, 2])
    for how in ("none", "sum"):
        add("CtcLoss0", lambda x, how=how: F.ctc_loss(x, words, steps, lengths, reduction=how) if how == "none" else
            torch.ops.aten._ctc_loss(x, words, steps.tolist(), lengths.tolist())[0], [[(7, 2, 5)]])  # fmt: skip
    for p in (1, 2):
        for how in ("none", "mean", "sum"):
            add("MultiMarginLoss0", lambda x, p=p, how=how: F.multi_margin_loss(x, ROW, p, reduction=how), [[(4, 3)]])
    add("MultiMarginLoss0", lambda x: F.multi_margin_loss(x, ROW, weight=torch.arange(1.0, 4.0).double()), [[(4, 3)]])
    add("RreluWithNoise0", lambda x: F.rrelu(x, training=True), ONE[1:])


def _resampling(add: Callable[..., None]) -> None:
    add("AsStrided1", lambda x: (x * 1).as_strided_((2, 2), (1, 1)), [[(3, 3)]])
    add("AdaptiveMaxPool3D0", lambda x: F.adaptive_max_pool3d(x, (2, 1, 2)), [[(1, 2, 4, 4, 4)]])
    add("FractionalMaxPool2D0", lambda x: F.fractional_max_pool2d(x, 2, 3), [[(1, 2, 7, 7)]])
    where = torch.tensor([[[[0, 3], [8, 15]]]])
    add("MaxUnpool2D0", lambda x: F.max_unpool2d(x, where, 2, output_size=(4, 4)), [[(1, 1, 2, 2)]])
    for mode in ("bilinear", "bicubic"):
        add(
            f"Upsample{mode.capitalize()}2DAa0",
            lambda x, mode=mode: F.interpolate(x, (4, 3), mode=mode, antialias=True),
            [[(1, 2, 7, 6)]],
        )
    add("UpsampleNearestExact3D0", lambda x: F.interpolate(x, (4, 3, 5), mode="nearest-exact"), [[(1, 2, 2, 3, 2)]])
    for padding in ("zeros", "border"):
        add(
            "GridSampler3D0",
            lambda x, q, padding=padding: F.grid_sample(x, q, padding_mode=padding, align_corners=False),
            [[(1, 2, 3, 4, 3), (1, 2, 2, 2, 3)]],
        )


def _second_backward(add: Callable[..., None]) -> None:
    aten, pair = torch.ops.aten, [[(3, 4), (3, 4)]]
    add("EluBackward0", lambda q, x: aten.elu_backward(q, 1.5, 1.1, 0.9, False, x), pair)
    add("GeluBackward0", lambda q, x: aten.gelu_backward(q, x), pair)
    add("SoftplusBackward0", lambda q, x: aten.softplus_backward(q, x, 2.0, 1.0), pair)
    add("HardswishBackward0", lambda q, x: aten.hardswish_backward(q, 3 * x), pair)
    add("LeakyReluBackward0", lambda q, x: aten.leaky_relu_backward(q, x, 0.1, False), pair)
    for dim in (0, -1):
        add("SoftmaxBackwardData0", lambda q, x, d=dim: aten._softmax_backward_data(q, x, d, x.dtype), pair)
        add("LogSoftmaxBackwardData0", lambda q, x, d=dim: aten._log_softmax_backward_data(q, x, d, x.dtype), pair)
    pooled = [2, 2], [2, 2], [0, 0], False, True, None
    add("AvgPool2DBackward0", lambda q, x: aten.avg_pool2d_backward(q, x, *pooled), [[(1, 2, 2, 2), (1, 2, 4, 4)]])
    add(
        "UpsampleNearest2DBackward0",
        lambda q: aten.upsample_nearest2d_backward(q, [4, 6], [1, 2, 2, 3]),
        [[(1, 2, 4, 6)]],
    )
    add("EmbeddingDenseBackward0", lambda q: aten.embedding_dense_backward(q, ROW, 4, 1, False), [[(4, 3)]])

    def convolved(q: Tensor, x: Tensor, w: Tensor) -> Any:
        return aten.convolution_backward(
            q, x, w, [4], [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [True, True, True]
        )  # fmt: skip

    add("ConvolutionBackward0", convolved, [[(2, 4, 5, 5), (2, 3, 5, 5), (4, 3, 3, 3)]])
