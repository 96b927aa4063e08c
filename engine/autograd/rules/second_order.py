"""Records of what `create_graph=True` makes: the nodes of a second backward pass."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, Rule, pointwise, whole


def _is_above(v: Any) -> Tensor:
    return v.self > v.threshold


def _elu(v: Any, order: int) -> Tensor:
    """The derivative of an ELU of this order, where it was not made of its result."""
    if v.is_result:
        raise NotImplementedError
    below = v.alpha * v.scale * v.input_scale**order * torch.exp(v.self_or_result * v.input_scale)
    above = v.scale if order == 1 else 0.0
    return torch.where(v.self_or_result > 0, above, below)


def _gelu(v: Any, order: int) -> Tensor:
    if v.approximate != "none":
        raise NotImplementedError
    x = v.self
    bell = torch.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return torch.special.ndtr(x) + x * bell if order == 1 else bell * (2 - x**2)


def _softplus(v: Any, order: int) -> Tensor:
    share = torch.sigmoid(v.beta * v.self)
    is_line = v.beta * v.self > v.threshold
    return torch.where(is_line, 2.0 - order, share if order == 1 else v.beta * share * (1 - share))


def _hardswish(v: Any, order: int) -> Tensor:
    x, inner = v.self, (v.self > -3) & (v.self < 3)
    if order == 2:
        return inner.to(x.dtype) / 3
    return torch.where(inner, x / 3 + 0.5, (x >= 3).to(x.dtype))


def _softmax_result(v: Any) -> Tensor:
    s, q = v.output, v.grad_output
    return v.g * (q - (q * s).sum(v.dim, keepdim=True)) - q * (v.g * s).sum(v.dim, keepdim=True)


def _pooled(v: Any) -> Tensor:
    stride = v.stride or v.kernel_size
    return functional.avg_pool2d(
        v.g, v.kernel_size, stride, v.padding, v.ceil_mode, v.count_include_pad, v.divisor_override
    )


def _looked_up(v: Any) -> Tensor:
    return v.g[v.indices] * (v.indices != v.padding_idx).unsqueeze(-1)


def _convolved(v: Any) -> Tensor:
    """PyTorch's own kernel, of one operand: what arrived, the input, the weight."""
    asked = [v.nth == place for place in range(3)]
    found: Tensor | None = torch.ops.aten._convolution_double_backward(
        *v.arriving, v.grad_output, v.weight, v.input, list(v.stride), list(v.padding), list(v.dilation), v.transposed,
        list(v.output_padding), v.groups, asked,
    )[v.nth]  # fmt: skip
    return v.grad_output.new_zeros(v.shape) if found is None else found  # nothing that arrived depends on it


def _bent(name: str, forward: str, kind: str, slopes: Callable[[Any, int], Tensor], saved: str = "self") -> Rule:
    """Of an activation by its first and second derivative."""
    return pointwise(
        name, r"@y = @q\, " + forward + "'(@x)",
        f"The backward of {kind}, differentiated once more. To what arrived there goes the same slope again, and to "
        "its operand how that slope changes with it.",
        Operand("q", r"@g \cdot " + forward + "'(@x)", lambda v: v.g * slopes(v, 1)),
        Operand("x", r"@g \cdot @q\, " + forward + "''(@x)", lambda v: v.g * v.grad_output * slopes(v, 2)),
        q="grad_output", x=saved,
    )  # fmt: skip


RULES = (
    _bent("EluBackward0", r"\mathrm{elu}", "an ELU", _elu, "self_or_result"),
    _bent("GeluBackward0", r"\mathrm{gelu}", "a GELU", _gelu),
    _bent("SoftplusBackward0", r"\mathrm{softplus}", "a softplus", _softplus),
    _bent("HardswishBackward0", r"\mathrm{hardswish}", "a hardswish", _hardswish),
    pointwise(
        "LeakyReluBackward0", r"@y = @q \cdot s(@x)",
        "The backward of a leaky ReLU, differentiated once more. Its slope is one of two numbers and changes nowhere, "
        "so its operand gets 0.",
        Operand("q", r"@g \cdot s(@x)", lambda v: torch.where(v.self > 0, v.g, v.g * v.negative_slope)),
        Operand("x", r"0 \cdot @g", lambda v: torch.zeros_like(v.g)),
        x="self",
    ),
    whole(
        "SoftmaxBackwardData0", r"@y = @x\, (@q - \sum @q\, @x)",
        "The backward of a softmax, differentiated once more. What arrived there is put through the same again, and "
        "the probabilities get how that depends on them.",
        Operand("q", r"@x\, (@g - \sum @g\, @x)",
                lambda v: v.output * (v.g - (v.g * v.output).sum(v.dim, keepdim=True))),
        Operand("x", r"@g\, (@q - \sum @q\, @x) - @q \sum @g\, @x", _softmax_result),
        q="grad_output", x="output",
    ),
    whole(
        "LogSoftmaxBackwardData0", r"@y = @q - e^{@x} \sum @q",
        "The backward of a log-softmax, differentiated once more. What arrived there gets the gradient less its mean "
        "by the probabilities, and the logarithms get how these change.",
        Operand("q", r"@g - \sum @g\, e^{@x}",
                lambda v: v.g - (v.g * v.output.exp()).sum(v.dim, keepdim=True)),
        Operand("x", r"-@g\, e^{@x} \sum @q",
                lambda v: -v.g * v.output.exp() * v.grad_output.sum(v.dim, keepdim=True)),
        q="grad_output", x="output",
    ),
    whole(
        "AvgPool2DBackward0", r"@y = \mathrm{windows}^{\top}(@q)",
        "The backward of an average over windows is linear, so that its own backward is the average again. What was "
        "pooled does not count in it.",
        Operand("q", r"\mathrm{mean}_{\text{window}}(@g)", _pooled),
        Operand("x", r"0 \cdot @g", lambda v: v.g.new_zeros(v.shape)),
    ),
    whole(
        "UpsampleNearest2DBackward0", r"@y = \sum_{\text{copies}} @q",
        "The backward of repeated pixels is a sum, so that its own backward repeats them again.",
        Operand("q", r"@g \text{ with each pixel repeated}",
                lambda v: functional.interpolate(v.g, tuple(v.output_size), mode="nearest")),
    ),
    whole(
        "EmbeddingDenseBackward0", r"@y = \sum_{\text{places}} @q",
        "The backward of a table that is looked up is a sum by rows, so that its own backward looks the rows up again.",
        Operand("q", r"@g_{\text{index}}", _looked_up),
    ),
    whole(
        "ConvolutionBackward0", r"@y = (@q \star @w^{\top},\; @x \star @q)",
        "The backward of a convolution, differentiated once more. All three of its operands are multiplied with each "
        "other by pairs, so each gets the convolution of the two others with what arrives.",
        Operand("q", r"@g_x * @w + @x * @g_w", _convolved), Operand("x", r"@g_w \star @q", _convolved),
        Operand("w", r"@g_x \star @q", _convolved),
        q="grad_output", x="input", w="weight",
    ),
    pointwise(
        "TanhBackward0", r"@y = @q\, (1 - @x^2)",
        "The backward of a tanh, differentiated once more. To what arrived there goes the same slope again, and to the "
        "result of the tanh how that slope changes with it.",
        Operand("q", r"@g \cdot (1 - @x^2)", lambda v: v.g * (1 - v.output**2)),
        Operand("x", r"-2\, @g \cdot @q\, @x", lambda v: -2 * v.g * v.grad_output * v.output),
        q="grad_output", x="output",
    ),
    pointwise(
        "SigmoidBackward0", r"@y = @q\, @x\, (1 - @x)",
        "The backward of a sigmoid, differentiated once more. To what arrived there goes the same slope again, and to "
        "the result of the sigmoid how that slope changes with it: not at all where that is one half.",
        Operand("q", r"@g \cdot @x\, (1 - @x)", lambda v: v.g * v.output * (1 - v.output)),
        Operand("x", r"@g \cdot @q\, (1 - 2\, @x)", lambda v: v.g * v.grad_output * (1 - 2 * v.output)),
        q="grad_output", x="output",
    ),
    pointwise(
        "ThresholdBackward0", r"@y = @q\; [@x > t]",
        "The backward of a ReLU, differentiated once more. It lets through where the ReLU did, and as its slope "
        "changes nowhere, its operand gets 0: a ReLU has no second derivative to learn from.",
        Operand("q", r"@g \cdot [@x > t]", lambda v: v.g * _is_above(v)),
        Operand("x", r"0 \cdot @g", lambda v: torch.zeros_like(v.g)),
        x="self",
    ),
)  # fmt: skip
