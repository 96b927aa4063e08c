"""Sentences for what a custom Function or a hook has to keep to, and for tensors of inference mode."""

from __future__ import annotations

import re

from torch import Tensor

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import sizes
from engine.protocol.sentence import Sentence
from engine.tensors import native


def _n_gradients(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "function.n_gradients",
        "{name}.backward has to return as many gradients as {name}.forward takes inputs after ctx, in their order, and "
        "None for one that has none; it takes {wanted} and returned {found}.",
        name=match[1],
        wanted=match[2],
        found=match[3],
    )


def _gradient_shape(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "function.gradient_shape",
        "a gradient has the shape of its input, and of input number {place} {name}.backward returned one of shape "
        "{found} where {wanted} is wanted.",
        name=match[1],
        place=match[2],
        found=sizes(match[3]),
        wanted=sizes(match[4]),
    )


def _no_gradient(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "function.no_tensor",
        "what a custom Function's backward returns is a tensor for each input, or None; here it was of type {kind}.",
        kind=match[1],
    )


def _kept_no_tensor(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "function.kept_no_tensor",
        "ctx.save_for_backward keeps tensors alone, and argument {place} is of type {kind}; keep that as an attribute, "
        "as in ctx.n = n.",
        place=match[1],
        kind=match[2],
    )


def _hook_shape(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "hook.other_shape",
        "the hook {hook} returned a gradient of another shape than the one that it got, and has to keep that.",
        hook=match[1],
    )


def _hook_no_tensor(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "hook.no_tensor",
        "a hook returns a gradient, which is a tensor, or nothing; this one returned a value of type {kind}.",
        kind=match[1],
    )


def _no_derivative(match: re.Match[str]) -> Sentence:
    return Sentence.phrase(
        "backward.no_derivative",
        "PyTorch has no derivative of {operation}, and a gradient arrived at its result; say .detach() of that, or "
        "compute it otherwise.",
        operation=match[1],
    )


# What is said of PyTorch's words wherever they come up; `None` of any others.
_PLAIN = (
    (r"function (\w+)Backward returned an incorrect number of gradients \(expected (\d+), got (\d+)\)", _n_gradients),
    (
        r"Function (\w+)Backward returned an invalid gradient at index (\d+) - got \[(.*?)\] but expected shape "
        r"compatible with \[(.*?)\]",
        _gradient_shape,
    ),
    (r"expected Variable or None \(got ([\w.]+)\)", _no_gradient),
    (r"save_for_backward can only save variables, but argument (\d+) is of type ([\w.]+)", _kept_no_tensor),
    (r"hook '(.+?)' has changed the size of value", _hook_shape),
    (r"expected Variable, but hook returned '([\w.]+)'", _hook_no_tensor),
    (r"derivative for aten::(?!_scaled_dot)(\w+) is not implemented", _no_derivative),
)


def plainly(message: str) -> Sentence | None:
    """What PyTorch's words mean, to stand where they would stand; None where they say it themselves."""
    found = ((re.match(pattern, message), say) for pattern, say in _PLAIN)
    return next((say(match) for match, say in found if match is not None), None)


def _of_inference(call: FailingCall) -> str:
    """What the program calls the first tensor that inference mode made, "" where it has no name."""
    made = (tensor for tensor in call.tensors if issubclass(type(tensor), Tensor) and native.is_inference(tensor))
    return next(filter(None, map(call.variable_of, made)), "")


def _saved_inference(match: re.Match[str], call: FailingCall) -> Sentence:
    name = _of_inference(call)
    if not name:
        return Sentence.of(
            "inference.saved",
            "{expression}: a tensor that torch.inference_mode() made cannot be kept for backward; make it under "
            "torch.no_grad() instead, or take its .clone() here.",
            expression=call.expression,
        )
    return Sentence.of(
        "inference.named_saved",
        "{expression}: {name} was made under torch.inference_mode() and cannot be kept for backward; make it under "
        "torch.no_grad() instead, or take {name}.clone() here.",
        expression=call.expression,
        name=name,
    )


def _changed_inference(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "inference.changed",
        "{expression}: what torch.inference_mode() made is changed in place only inside of it; write into a .clone().",
        expression=call.expression,
    )


def _inference_requires(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "inference.requires_gradient",
        "{expression}: what torch.inference_mode() made never requires a gradient outside of it; its .clone() can.",
        expression=call.expression,
    )


RULES = (
    (r"Inference tensors cannot be saved for backward", _saved_inference),
    (r"Inplace update to inference tensor outside InferenceMode", _changed_inference),
    (r"Setting requires_grad=True on inference tensor outside InferenceMode", _inference_requires),
)
