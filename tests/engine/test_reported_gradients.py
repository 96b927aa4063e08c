"""Gradients that people report to be NaN or infinite, though the result is not: found at their line, with the cause."""

import pytest

from tests.engine.finite import found_in

# The line, the sub-expression and the words of what is found last, and with what its cure begins.
REPORTS = {
    "the angle of a clamped cosine, doubled": (
        "x = torch.tensor([[1.0, 0.0]], requires_grad=True)\nw = torch.tensor([[2.0], [0.0]])\n"
        "c = (x @ w / x.norm() / w.norm()).clamp(-1, 1)\ntheta = c.acos()\n"
        "y = torch.cos(2 * theta).sum()\ny.backward()\n",
        (4, "c.acos()", "0 · inf at the edge of the domain", "Keep the argument off the edge"),
    ),
    "a cosine of infinity that where does not take": (
        "x = torch.tensor([0.0, float('inf')], requires_grad=True)\n"
        "y = torch.where(x < 1, torch.cos(x), torch.zeros_like(x))\ny.sum().backward()\n",
        (2, "torch.cos(x)", "an angle of inf", "Make infinite arguments finite"),
    ),
    "an exponential that where does not take": (
        "a = torch.tensor(100.0, requires_grad=True)\nb = torch.where(a <= 0, torch.exp(a), 1 + a)\nb.backward()\n",
        (2, "torch.exp(a)", "exp overflow", "Subtract the maximum"),
    ),
    "a logarithm that where does not take": (
        "x = torch.tensor([0.0, 2.0, 3.0], requires_grad=True)\ny = torch.where(x > 2, torch.log2(x), 2 * x)\n"
        "y.sum().backward()\n",
        (2, "torch.log2(x)", "0 · inf, as behind where", "Keep the argument off that point before"),
    ),
    "a quotient that where replaces": (
        "x = torch.tensor([0.0, 1.0], requires_grad=True)\nn = torch.tensor([0.0, 2.0])\ny = x / n\n"
        "y = torch.where(n == 0, torch.zeros_like(y), y)\ny.sum().backward()\n",
        (3, "x / n", "0 / 0", "Keep the denominator away from 0"),
    ),
    "vectors of equal eigenvalues": (
        "A = torch.eye(3, requires_grad=True)\nvalues, vectors = torch.linalg.eigh(A)\nvectors[0].sum().backward()\n",
        (2, "torch.linalg.eigh(A)", "equal values, or one of 0", "The values alone have a gradient"),
    ),
    "a singular matrix taken apart": (
        "A = torch.ones(3, 2, requires_grad=True)\nu, s, v = torch.linalg.svd(A, full_matrices=False)\n"
        "u[0].sum().backward()\n",
        (
            2,
            "torch.linalg.svd(A, full_matrices=False)",
            "equal values, or one of 0",
            "The values alone have a gradient",
        ),
    ),
    "an entropy of a certain event": (
        "p = torch.tensor([0.0, 1.0], requires_grad=True)\nh = -torch.xlogy(p, p).sum()\nh.backward()\n",
        (2, "torch.xlogy(p, p)", "0 / 0", "Add a small number first"),
    ),
    "the length of a vector of zeros": (
        "x = torch.zeros(2, requires_grad=True)\nd = torch.hypot(x[0], x[1])\nd.backward()\n",
        (2, "torch.hypot(x[0], x[1])", "sqrt at 0", "Clamp it first"),
    ),
    "a root of a value that is clamped to 0": (
        "x = torch.tensor([0.0, 2.0], requires_grad=True)\ny = x.clamp(min=0) ** 0.5\ny.sum().backward()\n",
        (2, "x.clamp(min=0) ** 0.5", "power at 0", "Clamp the base to positive numbers"),
    ),
    "a softmax over nothing but masked places": (
        "x = torch.full((2, 3), float('-inf'), requires_grad=True)\ny = torch.logsumexp(x, 1)\ny.sum().backward()\n",
        (2, "torch.logsumexp(x, 1)", "values that are not finite", "The gradient is as its values are"),
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_gradient_that_is_not_finite_is_found_at_its_expression_with_its_cause(name):
    text, (line, expression, brief, cure) = REPORTS[name]
    last = found_in(text)[-1]
    assert (last.source.line, last.source.text, last.brief) == (line, expression, brief)
    assert last.cure is not None and last.cure.text.startswith(cure), last.cure
