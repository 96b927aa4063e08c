"""Records of fused recurrent layers, which PyTorch makes one node of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole

_LSTM = 2  # how oneDNN numbers its cells
_FORWARD = r"c_t = f_t \odot c_{t-1} + i_t \odot g_t, \quad h_t = o_t \odot \tanh c_t"
_MEANING = (
    "One node for all steps of an LSTM. The gradient goes back through the cell state, which the forget gate alone "
    "scales at each step, and reaches the weights at every step: theirs is the sum."
)


def _cell(x: Tensor, h: Tensor, c: Tensor, weights: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    w_input, w_hidden, *biases = weights
    gates = x @ w_input.mT + h @ w_hidden.mT + sum(biases)
    i, f, g, o = gates.chunk(4, -1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def _layer(v: Any, x: Tensor, weights: Sequence[Tensor], h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The layer as its definition says: outputs of all steps, last hidden state, last cell state."""
    outputs = []
    for step in reversed(range(len(x))) if v.reverse else range(len(x)):
        h, c = _cell(x[step], h, c, weights)
        outputs.append(h)
    return torch.stack(outputs[::-1] if v.reverse else outputs), h, c


def _gradient(v: Any) -> Tensor:
    """Of one operand, through the definition of the layer, step by step."""
    if v.mode != _LSTM:
        raise NotImplementedError
    operands = [v.input, v.weight0, v.weight1, v.weight2, v.weight3, v.hx_, v.cx_]
    with torch.enable_grad():
        leaves = [operand.detach().requires_grad_() for operand in operands]
        x, *weights, h, c = leaves
        outputs = _layer(v, x, weights if v.has_biases else weights[:2], h.view(h.shape[-2:]), c.view(c.shape[-2:]))
        pairs = [(out, g.view(out.shape)) for out, g in zip(outputs, v.arriving, strict=False) if g is not None]
        (found,) = torch.autograd.grad(
            [out for out, _ in pairs], leaves[v.nth], [g for _, g in pairs], create_graph=pairs[0][1].requires_grad
        )
    return found.view(v.shape)


_STEPS = r"\sum_t \frac{\partial L}{\partial\, \mathrm{gates}_t}"

RULES = (
    whole(
        "MkldnnRnnLayer0", _FORWARD, _MEANING,
        Operand("x", r"\frac{\partial L}{\partial\, \mathrm{gates}_t}\, @W", _gradient),
        Operand("W", rf"{_STEPS}^{{\top}} @x_t", _gradient), Operand("U", rf"{_STEPS}^{{\top}} h_{{t-1}}", _gradient),
        Operand("b", _STEPS, _gradient), Operand("d", _STEPS, _gradient),
        Operand("h", r"\frac{\partial L}{\partial\, \mathrm{gates}_1}\, @U", _gradient),
        Operand("c", r"f_1 \odot \frac{\partial L}{\partial c_1}", _gradient),
        x="input", W="weight0", U="weight1", b="weight2", d="weight3", h="hx_", c="cx_",
    ),
)  # fmt: skip
