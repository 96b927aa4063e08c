"""Sentences for mistakes with gradients."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import shape
from engine.protocol.sentence import Sentence
from engine.tensors import native


def _second_time(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "backward.graph_was_freed",
        "{expression}: an earlier backward freed what this graph had saved; pass retain_graph=True to that one, "
        "or compute the output anew.",
        expression=call.expression,
    )


def _not_scalar(match: re.Match[str], call: FailingCall) -> Sentence:
    if not call.tensors:
        return Sentence.of(
            "backward.not_one_number",
            "{expression}: an output is not one number, so it needs a gradient of its own shape: pass one, "
            "or reduce it first, e.g. with .sum().",
            expression=call.expression,
        )
    return Sentence.of(
        "backward.shape_is_not_one_number",
        "{expression}: an output of shape {shape} is not one number, so it needs a gradient of its own shape: pass "
        "one, or reduce it first, e.g. with .sum().",
        expression=call.expression,
        shape=shape(call.tensors[0]),
    )


def _gradient_shape(match: re.Match[str], call: FailingCall) -> Sentence:
    given, wanted = (tuple(int(size) for size in re.findall(r"\d+", match[group])) for group in (1, 2))
    return Sentence.of(
        "backward.gradient_shape",
        "{expression}: the gradient has shape {given}, but the output has {wanted}; they have to be equal.",
        expression=call.expression,
        given=given,
        wanted=wanted,
    )


def _leaf_in_place(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "leaf.changed_in_place",
        "{expression}: a leaf that requires a gradient cannot be changed in place; "
        "do it under torch.no_grad(), or make a new tensor.",
        expression=call.expression,
    )


def _view_of_leaf_in_place(match: re.Match[str], call: FailingCall) -> Sentence:
    """The tensor that is written to is no leaf: what it looks into is."""
    view = call.tensors[0] if call.tensors else None
    base = None if view is None else native.base(view)
    name, leaf = (call.variable_of(one) if one is not None else "" for one in (view, base))
    if name and leaf:
        return Sentence.of(
            "leaf.view_changed_in_place",
            "{expression}: {name} is a view of {leaf}, a leaf that requires a gradient, and what is written into it "
            "would change that leaf in place; do it under torch.no_grad(), or write into {name}.clone().",
            expression=call.expression,
            name=name,
            leaf=leaf,
        )
    return _leaf_in_place(match, call)


def _numpy(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "numpy.requires_gradient",
        "{expression}: numpy keeps no gradients, and this tensor requires one; say .detach().numpy().",
        expression=call.expression,
    )


def _nothing_to_clip(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """As torch says it of an empty list of gradients."""
    if call.place is None or "clip_grad_value_" not in call.place.text:
        return None
    return Sentence.of(
        "gradient.none_to_clip",
        "{expression}: none of these has a gradient that could be limited; call it after backward, before the step.",
        expression=call.expression,
    )


def _flag_of_computed(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "gradient.flag_of_computed",
        "{expression}: whether a gradient is required is set of leaves alone, and this tensor was computed from one "
        "that requires it; its .detach() does not.",
        expression=call.expression,
    )


def _several_at_one_place(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "tensor.several_at_one_place",
        "{expression}: several elements of what is written into lie at one place of its memory, as .expand() makes "
        "them; write into its .clone().",
        expression=call.expression,
    )


def _view_of_no_grad(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "view.of_no_grad",
        "{expression}: this view was made under torch.no_grad(), and is changed in place outside of it; do both in "
        "there, which no gradient sees, or make the view outside, too.",
        expression=call.expression,
    )


def _view_of_function(match: re.Match[str], call: FailingCall) -> Sentence:
    """The result of a custom Function that returned its input or a view, as full backward hooks of modules do."""
    if match[1].startswith("BackwardHook"):
        return Sentence.of(
            "view.of_hooked_module",
            "{expression}: what a module with a backward hook takes or returns cannot be changed in place; compute a "
            "new tensor instead, as in y = y + 1.",
            expression=call.expression,
        )
    return Sentence.of(
        "view.of_function",
        "{expression}: this is a view that {name}.forward returned, and changed in place it would no longer have the "
        "gradient of {name}.backward; compute a new tensor instead, or let forward return a .clone().",
        expression=call.expression,
        name=match[1],
    )


def _complex_output(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "backward.complex_output",
        "{expression}: an output of complex numbers needs a gradient of its own: pass one, or make a real number of "
        "it first, e.g. with .abs().",
        expression=call.expression,
    )


def _unused(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "backward.input_unused",
        "{expression}: input number {position} was not used to compute the output; "
        "pass allow_unused=True if None is what you want for it.",
        expression=call.expression,
        position=match[1],
    )


def _one_unused(match: re.Match[str], call: FailingCall) -> Sentence:
    """As torch up to 2.11 says it."""
    return Sentence.of(
        "backward.an_input_unused",
        "{expression}: one of the inputs was not used to compute the output; "
        "pass allow_unused=True if None is what you want for it.",
        expression=call.expression,
    )


def _no_second_derivative(match: re.Match[str], call: FailingCall) -> Sentence:
    """Of fused attention, whose backward PyTorch has no derivative of."""
    return Sentence.of(
        "backward.fused_attention_twice",
        "{expression}: fused attention ({operation}) has a gradient, but none of its gradient. Compute it where a "
        "second backward follows under `with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):`.",
        expression=call.expression,
        operation=match[1],
    )


_GRADIENT_SHAPE = (
    r"Mismatch in shape: grad_output\[\d+\] has a shape of torch\.Size\((.*?)\) "
    r"and output\[\d+\] has a shape of torch\.Size\((.*?)\)"
)
RULES = (
    (r"Trying to backward through the graph a second time", _second_time),
    (r"grad can be implicitly created only for scalar outputs", _not_scalar),
    (_GRADIENT_SHAPE, _gradient_shape),
    (r"you can only change requires_grad flags of leaf variables", _flag_of_computed),
    (r"more than one element of the written-to tensor refers to a single memory location", _several_at_one_place),
    (r"A view was created in no_grad mode and is being modified inplace with grad mode enabled", _view_of_no_grad),
    (
        r"Output \d+ of (\w+) is a view and is being modified inplace\. This view was created inside a custom Function",
        _view_of_function,
    ),
    (r"grad can be implicitly created only for real scalar outputs but got", _complex_output),
    (r"derivative for aten::(_scaled_dot_product_\w+) is not implemented", _no_second_derivative),
    (r"a view of a leaf Variable that requires grad is being used in an in-place operation", _view_of_leaf_in_place),
    (r"a leaf Variable that requires grad is being used in an in-place operation", _leaf_in_place),
    (r"Expected !nested_tensorlist\[0\]\.empty\(\)", _nothing_to_clip),
    (r"Can't call numpy\(\) on Tensor that requires grad", _numpy),
    (r"The differentiated Tensor at index (\d+) appears to not have been used in the graph", _unused),
    (r"One of the differentiated Tensors appears to not have been used in the graph", _one_unused),
)
