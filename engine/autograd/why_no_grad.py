"""Why the `.grad` of a tensor is None."""

from __future__ import annotations

from torch import Tensor

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, names_in
from engine.autograd.graph.node_names import assigned
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.records import Call
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
from engine.tensors import native

_CONVERSIONS = {"to", "type", "float", "double", "half", "bfloat16", "cuda", "cpu", "clone", "contiguous"}


def not_required(name: str) -> Sentence:
    """Of a tensor that nothing connects with a gradient."""
    return Sentence.of("grad.not_required", "{name}.grad is None: {name} does not require a gradient.", name=name)


def frozen(name: str, call: Call) -> Sentence:
    """Of a tensor that `call` let require no gradient."""
    return Sentence.of(
        "grad.frozen",
        "{name}.grad is None: since {expression} at line {line} {name} does not require a gradient. Leave that out "
        "where it is to be trained.",
        name=name,
        expression=expression_of(call),
        line=line_of(call),
    )


def require_it(name: str) -> Sentence:
    """The way out of `not_required`."""
    return Sentence.of(
        "grad.require_it",
        "It takes part as a constant: {name}.requires_grad_() before it is computed with lets it get one.",
        name=name,
    )


def of_parameters(name: str, n_missing: int, n_all: int) -> Sentence:
    """Of a module."""
    if n_missing == 1:
        return Sentence.of(
            "grad.of_a_parameter", "1 of {n_all} parameters of {name} has no gradient.", name=name, n_all=n_all
        )
    return Sentence.of(
        "grad.of_parameters",
        "{n_missing} of {n_all} parameters of {name} have no gradient.",
        name=name,
        n_missing=n_missing,
        n_all=n_all,
    )


def required_late(name: str) -> Sentence:
    """Of a tensor that was a constant when an operation took it, and is a leaf now."""
    return Sentence.of(
        "grad.required_late",
        "{name} required no gradient when it was used here: requires_grad_() has to come before.",
        name=name,
    )


def without_derivative() -> Sentence:
    """Of an output that a custom Function returned beside."""
    return Sentence.of(
        "gradient.no_derivative",
        "The function returns this without a derivative: it is marked as non-differentiable, or was returned as it "
        "came in.",
    )


def behind_cut() -> Sentence:
    """Of what a graph does not lead to any more."""
    return Sentence.of("gradient.behind_cut", "No gradient comes here: this lies behind a cut.")


def not_arrived(name: str) -> Sentence:
    """Of a result that keeps its gradient, and of what torch gives no graph of any more."""
    return Sentence.of(
        "grad.not_arrived",
        "{name}.grad is None: no backward has reached {name} since its gradient is to be kept.",
        name=name,
    )


def result_of(call: Call) -> str:
    """What the program calls the result of a call: its variable, else its text."""
    return (assigned(call.place) if call.direct else "") or expression_of(call)


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


def of_leaf(leaf: Tensor, name: str, newest: tuple[BackwardPass, CallSite] | None, *, was_used: bool) -> Sentence:
    """Of a leaf that requires a gradient, by what the newest pass did; `was_used`: an operation has taken it."""
    if newest is None:
        return Sentence.of("grad.none_yet", "{name}.grad is None: no backward has reached it yet.", name=name)
    current, site = newest
    if current.call.captured_inputs:
        return Sentence.of(
            "grad.returned",
            "{name}.grad is None: {origin} (line {line}) returns its gradients, and writes no .grad.",
            name=name,
            origin=origin_words(site.origin),
            line=site.line,
        )
    if current.has_reached(leaf):
        return Sentence.of(
            "grad.taken_away",
            "{name}.grad is None: {origin} (line {line}) brought it, and it has been set to None since, as zero_grad() "
            "does.",
            name=name,
            origin=origin_words(site.origin),
            line=site.line,
        )
    if not was_used:
        return Sentence.of(
            "grad.never_used",
            "{name}.grad is None: no operation that was recorded took {name}, so {origin} (line {line}) could not "
            "reach it; use it in the forward pass.",
            name=name,
            origin=origin_words(site.origin),
            line=site.line,
        )
    return Sentence.of(
        "grad.not_reached",
        "{name}.grad is None: {origin} (line {line}) did not reach {name}, which is not in its graph.",
        name=name,
        origin=origin_words(site.origin),
        line=site.line,
    )


def _is_of_leaf(tensor: Tensor) -> bool:
    node = native.grad_fn(tensor)
    return node is not None and any(native.leaf_of(below) is not None for below, _ in node.next_functions)
