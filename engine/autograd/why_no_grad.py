"""Why the `.grad` of a tensor is None."""

from __future__ import annotations

from torch import Tensor

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, names_in
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.records import Call
from engine.protocol.sentence import Sentence
from engine.tensors import native

_CONVERSIONS = {"to", "type", "float", "double", "half", "bfloat16", "cuda", "cpu", "clone", "contiguous"}


def not_required(name: str) -> Sentence:
    """Of a tensor that nothing connects with a gradient."""
    return Sentence.of("grad.not_required", "{name}.grad is None: {name} does not require a gradient.", name=name)


def of_result(tensor: Tensor, name: str, made: Call | None) -> Sentence:
    """Of a tensor that is no leaf, which `made` computed."""
    line = None if made is None else line_of(made)
    if made is None or line is None:
        return Sentence.of(
            "grad.of_result",
            "{name}.grad is None: {name} is not a leaf, and what passes through it is not kept; call "
            "{name}.retain_grad() before backward.",
            name=name,
        )
    expression = expression_of(made)
    if f"{name}.grad" in names_in(made):
        return Sentence.of(
            "grad.of_update",
            "{name}.grad is None: {expression} at line {line} made {name} a new tensor, which is no leaf; under "
            "torch.no_grad(), {name} -= … changes the leaf itself.",
            name=name,
            expression=expression,
            line=line,
        )
    if cuts.bare_name(made.function) in _CONVERSIONS and _is_of_leaf(tensor):
        return Sentence.of(
            "grad.of_copy",
            "{name}.grad is None: {expression} at line {line} made {name} from a leaf, and the leaf has the gradient; "
            "let {name} begin as one: {name} = {name}.detach().requires_grad_().",
            name=name,
            expression=expression,
            line=line,
        )
    return Sentence.of(
        "grad.of_computed",
        "{name}.grad is None: {name} is not a leaf, {expression} at line {line} computed it, and what passes through "
        "is not kept; call {name}.retain_grad() before backward.",
        name=name,
        expression=expression,
        line=line,
    )


def of_leaf(leaf: Tensor, name: str, newest: tuple[BackwardPass, CallSite] | None) -> Sentence:
    """Of a leaf that requires a gradient, by what the newest pass did."""
    if newest is None:
        return Sentence.of("grad.none_yet", "{name}.grad is None: no backward has reached it yet.", name=name)
    current, site = newest
    if current.call.captured_inputs:
        return Sentence.of(
            "grad.returned",
            "{name}.grad is None: {origin} (line {line}) returns its gradients, and writes no .grad.",
            name=name,
            origin=site.origin,
            line=site.line,
        )
    if current.has_reached(leaf):
        return Sentence.of(
            "grad.taken_away",
            "{name}.grad is None: {origin} (line {line}) brought it, and it has been set to None since, as zero_grad() "
            "does.",
            name=name,
            origin=site.origin,
            line=site.line,
        )
    return Sentence.of(
        "grad.not_reached",
        "{name}.grad is None: {origin} (line {line}) did not reach {name}, which is not in its graph.",
        name=name,
        origin=site.origin,
        line=site.line,
    )


def _is_of_leaf(tensor: Tensor) -> bool:
    node = native.grad_fn(tensor)
    return node is not None and any(native.leaf_of(below) is not None for below, _ in node.next_functions)
