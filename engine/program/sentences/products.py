"""Sentences for matrix products whose shapes do not fit."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.sizes import Shape, shape
from engine.protocol.sentence import Sentence


def matmul(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """Why a product was refused; None where nothing tells the shapes."""
    tensors = call.tensors
    if call.name in ("addmm", "baddbmm", "addbmm", "addmv"):
        tensors = tensors[1:]
    if len(tensors) >= 2:
        return _product(shape(tensors[0]), shape(tensors[1]), call)
    if match.re.groups and match[1]:  # operands that no name holds: as torch names the two matrices
        return _product((int(match[1]), int(match[2])), (int(match[3]), int(match[4])), call)
    return None


def _product(a: Shape, b: Shape, call: FailingCall) -> Sentence:
    """Why a product of these shapes cannot be."""
    if not a or not b:
        return Sentence.of(
            "product.no_axes",
            "{expression}: shapes {first} and {second} do not fit: a matrix product needs at least one axis on each "
            "side.",
            expression=call.expression,
            first=a,
            second=b,
        )
    if call.name == "linear":
        return Sentence.of(
            "product.features",
            "{expression}: the input of shape {shape} has {n_features} features, but the weight of shape "
            "{weight_shape} takes {n_taken}.",
            expression=call.expression,
            shape=a,
            n_features=a[-1],
            weight_shape=b,
            n_taken=b[-1],
        )
    inner = a[-1], b[-2] if len(b) > 1 else b[0]
    if inner[0] == inner[1]:
        return Sentence.of(
            "product.batches",
            "{expression}: shapes {first} and {second} do not fit: the batch dimensions are {first_batch} and "
            "{second_batch}.",
            expression=call.expression,
            first=a,
            second=b,
            first_batch=a[:-2],
            second_batch=b[:-2],
        )
    return Sentence.of(
        "product.inner",
        "{expression}: shapes {first} and {second} do not fit: the inner dimensions are {first_inner} and "
        "{second_inner}.",
        expression=call.expression,
        first=a,
        second=b,
        first_inner=inner[0],
        second_inner=inner[1],
    )


def _product_of_operands(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """Messages that other functions share: only where a product was really called."""
    products = ("matmul", "mm", "bmm", "mv", "dot", "linear", "addmm", "addmv", "baddbmm", "rmatmul", "imatmul")
    return matmul(match, call) if call.name in products else None


_PRODUCT = r"size mismatch, got input|inconsistent tensor size|Expected size for first two dimensions of batch2"
RULES = (
    (r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)", matmul),
    (r"both arguments to matmul need to be at least 1D", matmul),
    (_PRODUCT, _product_of_operands),
)
