"""Sentences for dtypes and devices that do not go together: which tensor has to be converted, and to what."""

from __future__ import annotations

import re

import torch
from torch import Tensor

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import dtype, shape
from engine.protocol.sentence import Sentence
from engine.shared.phrases import every


def _dtypes(match: re.Match[str], call: FailingCall) -> Sentence | None:
    tensors = call.tensors
    if len({tensor.device for tensor in tensors}) > 1:
        return _devices(match, call)
    found = _odd_dtype(tensors)
    if found is None:
        return None
    odd, wanted = found
    listed = every(list(dict.fromkeys(dtype(tensor) for tensor in tensors))[:3])
    shapes = every([shape(tensor) for tensor in tensors[:3]])
    name = call.variable_of(odd)
    if not name:
        return Sentence.of(
            "dtypes.convert_operand",
            "{expression}: dtypes {dtypes} do not go together (shapes {shapes}); convert the {odd} one of shape "
            "{shape} with .to({dtype}).",
            expression=call.expression,
            dtypes=listed,
            shapes=shapes,
            odd=dtype(odd),
            shape=shape(odd),
            dtype=wanted,
        )
    return Sentence.of(
        "dtypes.convert_variable",
        "{expression}: dtypes {dtypes} do not go together (shapes {shapes}); {name} is {odd}: convert it with "
        "{name}.to({dtype}).",
        expression=call.expression,
        dtypes=listed,
        shapes=shapes,
        name=name,
        odd=dtype(odd),
        dtype=wanted,
    )


def _odd_dtype(tensors: list[Tensor]) -> tuple[Tensor, torch.dtype] | None:
    """The tensor to convert and the dtype to convert it to: whole numbers to the others' floating point, data to what
    is trained, anything else to the default."""
    fractional = [tensor for tensor in tensors if tensor.is_floating_point() or tensor.is_complex()]
    trained = [tensor for tensor in fractional if tensor.requires_grad]
    standard = [tensor for tensor in fractional if tensor.dtype == torch.get_default_dtype()]
    wanted = next((group[0].dtype for group in (trained, standard, fractional, tensors) if group), None)
    odd = [tensor for tensor in tensors if tensor.dtype != wanted and not tensor.requires_grad]
    return (odd[0], wanted) if wanted is not None and odd else None


def _devices(match: re.Match[str], call: FailingCall) -> Sentence | None:
    tensors = call.tensors
    devices = list(dict.fromkeys(str(tensor.device) for tensor in tensors))
    if len(devices) < 2:
        return None
    trained = [tensor for tensor in tensors if tensor.requires_grad]
    accelerated = [tensor for tensor in tensors if tensor.device.type != "cpu"]
    wanted = next(group[0].device for group in (trained, accelerated, tensors) if group)
    odd = next(tensor for tensor in tensors if tensor.device != wanted)
    name = call.variable_of(odd)
    if not name:
        return Sentence.of(
            "devices.move_operand",
            "{expression}: the tensors are on {devices}; move the one of shape {shape} with .to('{device}').",
            expression=call.expression,
            devices=every(devices),
            shape=shape(odd),
            device=wanted,
        )
    return Sentence.of(
        "devices.move_variable",
        "{expression}: the tensors are on {devices}; {name} is on {odd}: move it with {name}.to('{device}').",
        expression=call.expression,
        devices=every(devices),
        name=name,
        odd=odd.device,
        device=wanted,
    )


def _index_dtype(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """Fractional numbers where positions belong."""
    tensors = call.tensors[:1] if call.name == "embedding" else call.tensors[1:]
    index = next((tensor for tensor in tensors if tensor.is_floating_point()), None)
    if index is None:
        return None
    name = call.variable_of(index)
    if not name:
        return Sentence.of(
            "index.no_whole_numbers",
            "{expression}: an index is made of whole numbers, and this one of shape {shape} is {dtype}: convert it "
            "with .long().",
            expression=call.expression,
            shape=shape(index),
            dtype=dtype(index),
        )
    return Sentence.of(
        "index.variable_of_fractions",
        "{expression}: an index is made of whole numbers, and {name} is {dtype}: say {name}.long().",
        expression=call.expression,
        name=name,
        dtype=dtype(index),
    )


def _target_of_integers(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """A loss that compares numbers, not classes, with a target of whole numbers."""
    tensors = call.tensors
    if len(tensors) < 2 or not ("loss" in call.name or "cross_entropy" in call.name):
        return None
    if not tensors[0].is_floating_point() or tensors[1].is_floating_point():
        return None
    return Sentence.of(
        "target.of_whole_numbers",
        "{expression}: the input is {input_dtype}, but the target of shape {shape} is {dtype}: convert it with "
        ".to({wanted}).",
        expression=call.expression,
        input_dtype=dtype(tensors[0]),
        shape=shape(tensors[1]),
        dtype=dtype(tensors[1]),
        wanted=tensors[0].dtype,
    )


def _integer_leaf(match: re.Match[str], call: FailingCall) -> Sentence:
    if not call.tensors:
        return Sentence.of(
            "leaf.no_floating_point",
            "{expression}: only floating-point and complex tensors can require a gradient; "
            "write the numbers as 1.0, or give a dtype.",
            expression=call.expression,
        )
    return Sentence.of(
        "leaf.of_whole_numbers",
        "{expression}: only floating-point and complex tensors can require a gradient, and this one is {dtype}; "
        "convert it first, with .float().",
        expression=call.expression,
        dtype=dtype(call.tensors[0]),
    )


_INDEX = (
    r"tensors used as indices must be long|Expected dtype int32(?:/| or )int64 for index"
    r"|Expected a long tensor for index|argument #\d+ 'indices' to have one of the following scalar types: Long"
)
_DEVICES = (
    r"Expected all tensors to be on the same device|is not on the expected device|expected it to be on (?:GPU|CPU)"
    r"|indices should be either on"
)
_DTYPES = (
    r"same dtype|should be the same|expected scalar type \w+ but found \w+|must share same datatype"
    r"|expected dtype \w+ for .* but got dtype"
)
_LOSSES = (
    r"Found dtype \w+ but expected \w+|result type \w+ can't be cast to the desired output type"
    r"|Subtraction, the `-` operator, with two bool tensors"
)
RULES = (
    (_INDEX, _index_dtype),
    (_LOSSES, _target_of_integers),
    (_DEVICES, _devices),
    (_DTYPES, _dtypes),
    (r"[Oo]nly Tensors of floating point (?:and complex )?dtype can require gradients", _integer_leaf),
)
