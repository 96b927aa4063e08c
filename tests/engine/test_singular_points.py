"""Where a function has no finite derivative, or no finite value, PyTorch's NaN or infinity is told with its cause."""

import pytest
import torch
from torch import nn

from tests.engine.finite import found_in

_EYE, _ONES = "[[1., 0.], [0., 1.]]", "[[1., 1.], [1., 1.]]"
# The argument, what is made of it, and the words of what is found last.
GRADIENTS = {
    "a fractional power of 0": ("[0., 1.]", "x ** 0.5", "power at 0"),
    "the exponent of a negative base": ("[1., 2.]", "torch.tensor([-1., 2.]) ** x", "power of a negative number"),
    "a root of a spread of equals": ("[1., 1.]", "x.var().sqrt()", "sqrt at 0"),
    "a complex root of 0": ("[0.]", "torch.complex(x, x).sqrt().real", "sqrt at 0"),
    "a complex logarithm of 0": ("[0.]", "torch.complex(x, x).log().real", "log at 0"),
    "an arc cosine of 1": ("[1.]", "x.acos()", "at the edge of the domain"),
    "acosh of 1": ("[1.]", "x.acosh()", "at the edge of the domain"),
    "log1p of -1": ("[-1.]", "x.log1p()", "at the edge of the domain"),
    "xlog1py of -1": ("[-1.]", "torch.special.xlog1py(torch.ones(1), x)", "at the edge of the domain"),
    "an entropy of 0": ("[0.]", "torch.special.entr(x)", "at the edge of the domain"),
    "the quantile of 0": ("[0.]", "torch.special.ndtri(x)", "at the edge of the domain"),
    "digamma of 0": ("[0.]", "torch.digamma(x)", "at a pole"),
    "lgamma of -2": ("[-2.]", "torch.lgamma(x)", "at a pole"),
    "polygamma of 0": ("[0.]", "torch.polygamma(1, x)", "at a pole"),
    "a beta function at its edge": (
        "[0.]",
        "torch.special.gammainc(torch.full((1,), .5), x)",
        "an infinite derivative",
    ),
    "a reciprocal of next to nothing": ("[1e-30]", "x.reciprocal()", "an infinite derivative"),
    "lgamma that is masked": ("[-1.]", "torch.where(x > 0, x.lgamma(), x)", "at a pole"),
    "gammainc that is masked": (
        "[0.]",
        "torch.where(x > 0, torch.special.gammainc(torch.full((1,), .5), x), x)",
        "0 · inf, as behind where",
    ),
    "Bessel's function of a large number": ("[200.]", "torch.special.i0(x)", "exp overflow"),
    "a power of 2 that is too large": ("[200.]", "x.exp2()", "exp overflow"),
    "silu of infinity": ("[float('inf')]", "F.silu(x)", "values that are not finite"),
    "gelu of infinity": ("[float('inf')]", "F.gelu(x)", "values that are not finite"),
    "the factors of a singular matrix": (_ONES, "torch.linalg.qr(x)[0].abs()", "a singular matrix"),
    "elimination in a singular matrix": (_ONES, "torch.linalg.lu(x)[1].abs()", "a singular matrix"),
    "logdet of a singular matrix": (_ONES, "torch.logdet(x)", "a singular matrix"),
    "eigenvectors of equal values": (_EYE, "torch.linalg.eig(x)[1].abs()", "equal values, or one of 0"),
    "a target that no path reaches": (
        "[[[0., 0.]], [[0., 0.]]]",
        "F.ctc_loss(x.log_softmax(-1), torch.tensor([[1, 1]]), torch.tensor([2]), torch.tensor([2]))",
        "no way to the target",
    ),
}
VALUES = {
    "a normalised zero, without eps": ("[[0., 0.]]", "F.normalize(x, eps=0)", "0 / 0"),
    "a layer's norm of equals, without eps": ("[[1., 1.]]", "F.layer_norm(x, (2,), eps=0)", "0 / 0"),
    "a cosine of a zero vector, without eps": (
        "[0., 0.]",
        "F.cosine_similarity(x, torch.ones(2), dim=0, eps=0)",
        "0 / 0",
    ),
    "a quantile beyond 1": ("[2.]", "torch.special.ndtri(x)", "outside of the domain"),
    "lgamma of 0": ("[0.]", "torch.lgamma(x)", "at a pole"),
    "polygamma of 0": ("[0.]", "torch.polygamma(1, x)", "at a pole"),
    "logdet of a singular matrix": (_ONES, "torch.logdet(x)", "a singular matrix"),
    "a spread with an infinity in it": ("[float('inf'), 1.]", "x.std()", "inf - inf"),
    "a grid with an infinity in it": (
        "[[[[float('inf'), 0.]]]]",
        "F.grid_sample(torch.ones(1, 1, 2, 2), x, align_corners=False)",
        "an infinite operand",
    ),
    "a right answer that is masked": (
        "[[float('-inf'), 1.]]",
        "F.cross_entropy(x, torch.tensor([0]))",
        "a target that is masked",
    ),
    "a target that no path reaches": (*GRADIENTS["a target that no path reaches"][:2], "no way to the target"),
}


def _program(argument: str, made: str) -> str:
    return f"x = torch.tensor({argument}, requires_grad=True)\ny = {made}\ny.sum().backward()\n"


@pytest.mark.parametrize("name", GRADIENTS)
def test_a_gradient_of_torch_that_is_not_finite_has_its_cause_and_cure(name: str) -> None:
    argument, made, brief = GRADIENTS[name]
    names = {"torch": torch, "F": nn.functional}
    exec(_program(argument, made), names)
    assert not bool(torch.isfinite(names["x"].grad).all()), "torch has mended it"
    last = found_in(_program(argument, made))[-1]
    assert (last.direction, last.brief, last.source.line) == ("backward", brief, 2)
    assert last.cure is not None


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_torch_that_is_not_finite_has_its_cause_and_cure(name: str) -> None:
    argument, made, brief = VALUES[name]
    first = found_in(_program(argument, made))[0]
    assert (first.direction, first.brief, first.source.line) == ("forward", brief, 2)
    assert first.cure is not None


def test_what_the_operands_are_at_the_place_stands_in_the_sentence() -> None:
    first = found_in("x = torch.tensor([4.0, 1e-30], requires_grad=True)\ny = 1 / x\ny.sum().backward()\n")[0]
    assert "the derivative of Reciprocal is infinite, or larger than its type holds, where " in first.said.text
    assert " is 1.000e-30. 1 of 2 elements" in first.said.text
