"""Sentences for mistakes with gradients."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.shapes import shape


def _second_time(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: an earlier backward freed what this graph had saved; pass retain_graph=True to that one, "
        "or compute the output anew."
    )


def _not_scalar(match: re.Match[str], call: FailingCall) -> str:
    of = f" of shape {shape(call.tensors[0])}" if call.tensors else ""
    return (
        f"{call.expression}: an output{of} is not one number, so it needs a gradient of its own shape: pass one, "
        "or reduce it first, e.g. with .sum()."
    )


def _no_graph(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: there is no graph to go back through: nothing that this was computed from requires a "
        "gradient, or it was made under torch.no_grad()."
    )


def _gradient_shape(match: re.Match[str], call: FailingCall) -> str:
    given, wanted = (tuple(int(size) for size in re.findall(r"\d+", match[group])) for group in (1, 2))
    return f"{call.expression}: the gradient has shape {given}, but the output has {wanted}; they have to be equal."


def _changed(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: a value that backward needs, output {match[1]} of {match[2]}, was changed in place after "
        f"it had been used (it is at version {match[3]}, and {match[4]} was saved); write a new tensor instead."
    )


def _leaf_in_place(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: a leaf that requires a gradient cannot be changed in place; "
        "do it under torch.no_grad(), or make a new tensor."
    )


def _numpy(match: re.Match[str], call: FailingCall) -> str:
    return f"{call.expression}: numpy keeps no gradients, and this tensor requires one; say .detach().numpy()."


def _integer_leaf(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: only floating-point and complex tensors can require a gradient; "
        "write the numbers as 1.0, or give a dtype."
    )


def _unused(match: re.Match[str], call: FailingCall) -> str:
    return (
        f"{call.expression}: input number {match[1]} was not used to compute the output; "
        "pass allow_unused=True if None is what you want for it."
    )


_GRADIENT_SHAPE = (
    r"Mismatch in shape: grad_output\[\d+\] has a shape of torch\.Size\((.*?)\) "
    r"and output\[\d+\] has a shape of torch\.Size\((.*?)\)"
)
_VERSION = (
    r"modified by an inplace operation: .*?which is output (\d+) of (\w+), is at version (\d+); expected version (\d+)"
)
RULES = (
    (r"Trying to backward through the graph a second time", _second_time),
    (r"grad can be implicitly created only for scalar outputs", _not_scalar),
    (r"does not require grad and does not have a grad_fn", _no_graph),
    (_GRADIENT_SHAPE, _gradient_shape),
    (_VERSION, _changed),
    (r"a (?:view of a )?leaf Variable that requires grad is being used in an in-place operation", _leaf_in_place),
    (r"Can't call numpy\(\) on Tensor that requires grad", _numpy),
    (r"[Oo]nly Tensors of floating point and complex dtype can require gradients", _integer_leaf),
    (r"The differentiated Tensor at index (\d+) appears to not have been used in the graph", _unused),
)
