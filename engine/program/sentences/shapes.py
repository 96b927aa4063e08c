"""Sentences for shapes that do not fit."""

from __future__ import annotations

import math
import os
import re

import torch

from engine.program.sentences.failing_call import FailingCall

Shape = tuple[int, ...]


def shape(tensor: torch.Tensor) -> Shape:
    """Its shape as a plain tuple."""
    return tuple(int(size) for size in tensor.shape)


def _matmul(match: re.Match[str], call: FailingCall) -> str | None:
    tensors = call.tensors
    if call.name in ("addmm", "baddbmm", "addbmm", "addmv"):
        tensors = tensors[1:]
    if len(tensors) >= 2:
        a, b = shape(tensors[0]), shape(tensors[1])
    elif match.re.groups and match[1]:  # operands that no name holds: as torch names the two matrices
        a, b = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    else:
        return None
    if not a or not b:
        return (
            f"{call.expression}: shapes {a} and {b} do not fit: a matrix product needs at least one axis on each side."
        )
    if call.name == "linear":
        features = f"{a[-1]} features, but the weight of shape {b} takes {b[-1]}"
        return f"{call.expression}: the input of shape {a} has {features}."
    inner = a[-1], b[-2] if len(b) > 1 else b[0]
    if inner[0] == inner[1]:
        return f"{call.expression}: shapes {a} and {b} do not fit: the batch dimensions are {a[:-2]} and {b[:-2]}."
    return f"{call.expression}: shapes {a} and {b} do not fit: the inner dimensions are {inner[0]} and {inner[1]}."


def _product_of_operands(match: re.Match[str], call: FailingCall) -> str | None:
    """Messages that other functions share: only where a product was really called."""
    products = ("matmul", "mm", "bmm", "mv", "dot", "linear", "addmm", "addmv", "baddbmm", "rmatmul", "imatmul")
    return _matmul(match, call) if call.name in products else None


def _broadcast(match: re.Match[str], call: FailingCall) -> str | None:
    tensors = call.tensors
    if call.name in ("matmul", "rmatmul"):
        return _matmul(match, call)
    if len(tensors) < 2:
        return f"{call.expression}: sizes {match[1]} and {match[2]} meet on axis {match[3]} and do not broadcast."
    shapes = [shape(tensor) for tensor in tensors[:3]]
    axis = int(match[3]) - max(map(len, shapes))
    axes = "the last axes" if axis == -1 else f"axes {axis}"
    listed = f"{', '.join(map(str, shapes[:-1]))} and {shapes[-1]}"
    return f"{call.expression}: shapes {listed} do not broadcast: {axes} have sizes {match[1]} and {match[2]}."


def _expand(match: re.Match[str], call: FailingCall) -> str:
    target, given = _sizes(match[1]), _sizes(match[2])
    if call.name == "setitem":
        return f"{call.expression}: a value of shape {given} does not fit into the place of shape {target}."
    return f"{call.expression}: shape {given} cannot be expanded to {target}: only axes of size 1 can grow."


def _assignment(match: re.Match[str], call: FailingCall) -> str:
    given, place = _sizes(match[1]), _sizes(match[2])
    return f"{call.expression}: a value of shape {given} does not fit into the place of shape {place}."


def _view(match: re.Match[str], call: FailingCall) -> str:
    target, n_elements = _sizes(match[1]), int(match[2])
    of = f" of shape {shape(call.tensors[0])}" if call.tensors else ""
    start = f"{call.expression}: a tensor{of} with {n_elements:,} elements cannot be given shape {target}"
    if -1 in target:
        rest = math.prod(size for size in target if size != -1)
        return f"{start}: {n_elements:,} is not a multiple of {rest:,}."
    return f"{start}, which takes {math.prod(target):,}."


def _stride(match: re.Match[str], call: FailingCall) -> str:
    of = f" of shape {shape(call.tensors[0])}" if call.tensors else ""
    return (
        f"{call.expression}: the elements of this tensor{of} do not lie one after another in memory, as view needs "
        "(it was transposed or sliced); use reshape."
    )


def _joined(match: re.Match[str], call: FailingCall) -> str | None:
    shapes = list(dict.fromkeys(shape(tensor) for tensor in call.tensors))
    if len(shapes) < 2:
        return None
    axis = call.argument(1, "dim") or call.argument(1, "axis") or 0
    rule = "must be equal" if call.name == "stack" else f"must be equal on every axis but {axis}"
    if len({len(each) for each in shapes}) > 1:
        rule = "must have the same number of axes"
    return f"{call.expression}: shapes {' and '.join(map(str, shapes[:3]))} {rule}."


def _channels(match: re.Match[str], call: FailingCall) -> str:
    given, weight = _sizes(match[3]), _sizes(match[2])
    return (
        f"{call.expression}: the input of shape {given} has {match[5]} channel(s), "
        f"but the weight of shape {weight} takes {match[4]}."
    )


def _memory(match: re.Match[str], call: FailingCall) -> str:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (
        f"{call.expression}: this needs {_bytes(int(match[1]))} of memory at once; the machine has {_bytes(machine)}."
    )


def _overflow(match: re.Match[str], call: FailingCall) -> str:
    return f"{call.expression}: a tensor of shape {_sizes(match[1])} has more elements than any memory can hold."


def _bytes(n_bytes: float) -> str:
    units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]
    power = min(len(units) - 1, max(0, math.frexp(n_bytes)[1] - 1) // 10)
    amount = n_bytes / 1024**power
    return f"{amount:,.0f} {units[power]}" if power == 0 or amount >= 100 else f"{amount:.1f} {units[power]}"


def _sizes(text: str) -> Shape:
    return tuple(int(size) for size in re.findall(r"-?\d+", text))


_PRODUCT = r"size mismatch, got input|inconsistent tensor size|Expected size for first two dimensions of batch2"
_SIZES = r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)"
_CHANNELS = (
    r"Given (?:groups|transposed)=(\d+), weight of size (\[.*?\]), expected input(\[.*?\]) to have (\d+) channels, "
    r"but got (\d+)"
)
_NUMBER_OF_AXES = r"Tensors must have same number of dimensions"
_JOINED = (
    rf"Sizes of tensors must match except in dimension|stack expects each tensor to be equal size|{_NUMBER_OF_AXES}"
)
RULES = (
    (r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)", _matmul),
    (r"both arguments to matmul need to be at least 1D", _matmul),
    (_PRODUCT, _product_of_operands),
    (_SIZES, _broadcast),
    (r"The expanded size of the tensor .*Target sizes: (\[.*?\])\. +Tensor sizes: (\[.*?\])", _expand),
    (r"value tensor of shape (\[.*?\]) cannot be broadcast to indexing result of shape (\[.*?\])", _assignment),
    (r"shape '(\[.*?\])' is invalid for input of size (\d+)", _view),
    (r"view size is not compatible with input tensor's size and stride", _stride),
    (_JOINED, _joined),
    (_CHANNELS, _channels),
    (r"you tried to allocate (\d+) bytes", _memory),
    (r"Storage size calculation overflowed with sizes=(\[.*?\])", _overflow),
)
