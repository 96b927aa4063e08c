"""The category of a node, by which the canvas colours it."""

from __future__ import annotations

import re
from functools import cache

# The first pattern that matches the whole of grad_fn's name without "Backward" and its number decides.
_PATTERNS = (
    ("accumulate", r"AccumulateGrad"),
    ("reduction", r"Linalg\w*Norm|Trace|Topk|Nansum|SparseSum"),  # that later patterns would take for something else
    ("elementwise", r"MaskedFill|MaskedScatter|Maximum|Minimum|Copysign|LinalgCross|Normal|LogNormal"),
    (
        "loss",
        r".*Loss.*|.*CrossEntropy.*|KlDiv.*|CtcLoss.*|BinaryCrossEntropy.*",
    ),
    (
        "matmul",
        r".*(Mm|Mv|Bmm|Addmm|Addmv|Addr|Baddbmm|Addbmm|Matmul|MatMul)|Dot|Vdot|Linear|MkldnnLinear|.*Convolution.*|.*Conv\d?d?.*"
        r"|.*Attention.*|Bilinear|Trilinear|.*Rnn.*|.*Lstm.*|.*Gru.*|Cdist.*|Einsum|Tensordot|Linalg.*|Cholesky.*"
        r"|Triangular.*|Lu.*|Svd|Ormqr|SparseAddmm|.*Mm\w*",
    ),
    (
        "activation",
        r"(Leaky)?Relu\d?|R?Relu.*|Gelu|Glu|.*Glu|Silu|Mish|Elu|Celu|Selu|Prelu.*|Tanh|Sigmoid|LogSigmoid.*|.*Softmax.*"
        r"|Softplus|Softshrink|Hardshrink|Hardswish|Hardsigmoid|Hardtanh.*|Threshold|RreluWith.*|.*Dropout.*",
    ),
    (
        "view",
        r".*View.*|Reshape.*|Transpose|T|Permute|Unsqueeze|Squeeze|Expand|Select|Slice|Split.*|Unbind|Chunk|Diagonal.*"
        r"|AsStrided|Unfold|Narrow|Alias|Detach|Movedim|Flatten|Unflatten|Swap\w*|Adjoint|Real|Imag|Conj.*|Clone|Copy\w*"
        r"|CopySlices|To\w*|Cat|Stack|Repeat\w*|Index\w*|Gather|Scatter\w*|Take\w*|Embedding.*|Put|Roll|Flip|Rot90|Pad"
        r"|Reflection\w*|Replication\w*|ConstantPad\w*|PixelShuffle|PixelUnshuffle|Tril|Triu|Masked\w*|Contiguous"
        r"|Lift\w*|Unsafe\w*|NarrowCopy|\w*Reshape|GridSampler\w*|MaxUnpool\w*|Values|Indices|.*Slices|Slice\w*|Select\w*|Im2Col|Col2Im|Upsample\w*|Block\w*",
    ),
    (
        "reduction",
        r"Sum|Mean|Median|Prod|Max\d?|Min\d?|Amax|Amin|Aminmax|Std\w*|Var\w*|.*Norm.*|LogSumExp|Logsumexp|Cum\w*"
        r"|Logcumsumexp|Kthvalue|Mode|Sort|.*Pool.*|Segment\w*|Renorm|Histc|Dist|Trapz|Trapezoid|Pdist|Nanmedian",
    ),
)
_COMPILED = tuple((category, re.compile(pattern)) for category, pattern in _PATTERNS)


@cache
def category(name: str) -> str:
    """The category of a node called `name`, "TanhBackward0"; "elementwise" for what is none of the others."""
    bare = re.sub(r"Backward(\w*?)\d*$", "", name.rpartition("::")[2])
    return next((found for found, pattern in _COMPILED if pattern.fullmatch(bare)), "elementwise")
