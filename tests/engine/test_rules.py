"""Each record's function gives what torch.autograd gives, and its formula names what the node has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import BroadcastableShapes, mutually_broadcastable_shapes
from torch import Tensor
from torch.autograd.graph import GradientEdge

from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import NodeValues, sum_to
from tests.engine.rule_cases import BROADCAST, DRAWS, Case, cases, whole_name

CASES = cases()
SYMBOL = re.compile(r"@([A-Za-z]+)")
# Made only by another build, or on a device; or the end, which sends nothing on.
ELSEWHERE = {
    "LinearBackward0", "ScaledDotProductFlashAttentionBackward0", "ConvolutionBackward1",
    "ConvolutionOverrideableBackward0", "MkldnnReshapeBackward0", "NativeBatchNormLegitBackward0",
    "FusedRmsNormBackward0", "torch::autograd::AccumulateGrad", "torch::autograd::CopySlices",
}  # fmt: skip
IN_SINGLE = {"ToCopyBackward0", "HardsigmoidBackward0"}  # a sixth is one of float32 there, whatever the dtype


class Made:
    """A node of a case, what arrives at it, and what torch.autograd sends on."""

    def __init__(self, case: Case, seed: int, dtype: torch.dtype | None = None) -> None:
        generator = torch.Generator().manual_seed(seed)
        torch.default_generator.manual_seed(seed)  # torch.manual_seed writes down the stack for each kind of device
        leaves = [DRAWS[case.draw](shape, generator).to(dtype).requires_grad_() for shape in case.shapes]
        made = case.make(*leaves)
        outputs = [out for out in (made if isinstance(made, list | tuple) else (made,)) if out.grad_fn is not None]
        self.node: Any = outputs[0].grad_fn
        gradients = [torch.randn(out.shape, generator=generator, dtype=out.dtype) for out in outputs]
        arriving: list[Tensor | None] = [None] * len(self.node._input_metadata)
        for out, gradient in zip(outputs, gradients, strict=True):
            arriving[out.output_nr] = gradient
        below = self.node.next_functions
        edges = [GradientEdge(*edge) for edge in below if edge[0] is not None]
        sent = iter(torch.autograd.grad(outputs, edges, gradients, retain_graph=True))
        self.sent = [None if edge[0] is None else next(sent) for edge in below]
        shapes = [() if gradient is None else tuple(gradient.shape) for gradient in self.sent]
        self.values = NodeValues(self.read, arriving, shapes, None if dtype is None else torch.float64)

    def read(self, name: str) -> Any:
        found = getattr(self.node, f"_saved_{name}")
        return found.detach() if isinstance(found, Tensor) else found

    def pairs(self, rule: Rule) -> Iterator[tuple[Tensor, Tensor]]:
        """What the record says and what torch.autograd sends on, of each operand."""
        for place, sent in enumerate(self.sent):
            if sent is not None:
                self.values.nth = place
                yield sum_to(rule.operand(place).gradient(self.values), self.values.shape), sent


@pytest.mark.parametrize("name", sorted({case.node for case in CASES}))
def test_a_record_computes_what_torch_computes(name: str) -> None:
    rule, n_pairs = RULES[name], 0
    for seed, case in enumerate(case for case in CASES if case.node == name):
        made = Made(case, seed)
        assert made.node.name() == name, case.shapes
        tolerance = 1e-4 if case.draw == "single" or name in IN_SINGLE else 1e-12
        for ours, theirs in made.pairs(rule):
            n_pairs += 1
            torch.testing.assert_close(ours, theirs, rtol=tolerance, atol=tolerance, check_dtype=False)
    assert n_pairs


@pytest.mark.parametrize("name", sorted({case.node for case in CASES if RULES[case.node].is_pointwise} - IN_SINGLE))
def test_a_record_agrees_with_a_pass_in_float32(name: str) -> None:
    for seed, case in enumerate(case for case in CASES if case.node == name):
        for ours, theirs in Made(case, seed, torch.float32).pairs(RULES[name]):
            torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4, check_dtype=False)


@given(
    shapes=mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=4),
    name=st.sampled_from(sorted(BROADCAST)),
    seed=st.integers(0, 1 << 20),
)
@settings(max_examples=60)
def test_what_was_broadcast_gets_the_sum_over_its_copies(shapes: BroadcastableShapes, name: str, seed: int) -> None:
    made = Made(Case(whole_name(name), BROADCAST[name], shapes.input_shapes), seed)
    for ours, theirs in made.pairs(RULES[whole_name(name)]):
        torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


def test_records_of_nodes_that_no_cpu_makes_agree_with_their_definitions() -> None:
    """Here the RMS norm and a linear layer are made of several nodes."""
    x, w, b = (torch.randn(shape).double().requires_grad_() for shape in ((5, 3, 4), (4,), (2,)))
    scale = (x.pow(2).mean(-1, keepdim=True) + 1e-5).rsqrt()
    saved = {"input": x, "weight": w, "result1": scale, "normalized_shape": (4,)}
    _agrees("FusedRmsNormBackward0", saved, (x, w), torch.nn.functional.rms_norm(x, (4,), w, 1e-5))
    m = torch.randn(2, 4).double().requires_grad_()
    _agrees("LinearBackward0", {"input": x, "weight": m}, (x, m, b), torch.nn.functional.linear(x, m, b))


def _agrees(name: str, saved: dict[str, Any], operands: tuple[Tensor, ...], out: Tensor) -> None:
    g = torch.randn(out.shape).double()
    values = NodeValues(saved.__getitem__, [g], [tuple(operand.shape) for operand in operands])
    for place, theirs in enumerate(torch.autograd.grad(out, operands, g)):
        values.nth = place
        torch.testing.assert_close(sum_to(RULES[name].operand(place).gradient(values), values.shape), theirs)


@pytest.mark.parametrize("name", sorted({case.node for case in CASES}))
def test_what_a_record_reads_is_saved_by_the_node(name: str) -> None:
    rule = RULES[name]
    made = Made(next(case for case in CASES if case.node == name), 0)
    known = {"g", "y", "u", *rule.saved, *(operand.symbol for operand in rule.operands)}
    for text in (rule.forward, *(operand.formula for operand in rule.operands)):
        assert set(SYMBOL.findall(text)) <= known, text
    for saved in rule.saved.values():
        assert hasattr(made.node, f"_saved_{saved}"), saved
    if rule.is_pointwise:  # a cell's numbers stand for every symbol of it
        for operand in rule.operands:
            assert set(SYMBOL.findall(operand.formula)) <= {"g", *rule.saved}, operand.formula
    assert len(rule.operands) == len(made.node.next_functions) or rule.is_list


def test_every_record_is_tested() -> None:
    assert set(RULES) - {case.node for case in CASES} <= ELSEWHERE | _SIBLINGS
    assert len(RULES) > 200


# In-place variants and those of other dtypes, whose records are those of a tested one.
_SIBLINGS = {
    "SqueezeBackward3", "SqueezeBackward4", "SqueezeBackward5", "UnsqueezeBackward1", "TBackward1",
    "TransposeBackward1",
    "NormBackward2", "NormBackward3", "IndexPutImplBackward0",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_meaning_is_at_most_two_sentences_and_a_formula_fits_a_line(name: str) -> None:
    rule = RULES[name]
    assert rule.meaning.endswith(".") and rule.meaning.count(". ") <= 1, rule.meaning
