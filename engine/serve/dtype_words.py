"""Why a call that makes a tensor chose its dtype, in a sentence."""

from __future__ import annotations

import torch

from engine.autograd.operations.beginnings import Made
from engine.autograd.records import dtype_name
from engine.protocol.sentence import Sentence


def of_made(made: Made, call: str, own: torch.dtype) -> Sentence | None:
    """Of a tensor of the dtype `own`, by the call that the program writes as `call`; None where what was seen of the
    call does not explain it."""
    dtype, default = dtype_name(own), dtype_name(made.default)
    if made.is_asked:
        return Sentence.of("dtype.asked", "{call} was told its dtype, {dtype}.", call=call, dtype=dtype)
    match made.source:
        case "nothing":
            return Sentence.of(
                "dtype.default",
                "{call} was given no dtype= and no numbers to go by, and takes the default dtype, {dtype}.",
                call=call,
                dtype=dtype,
            )
        case "whatever" if own == made.default:
            return Sentence.of(
                "dtype.whatever_numbers",
                "{call} was given no dtype=, and takes the default dtype, {dtype}, whatever its numbers are.",
                call=call,
                dtype=dtype,
            )
        case "indices":
            return Sentence.of(
                "dtype.of_indices",
                "{call} makes {dtype} unless dtype= says otherwise: its numbers serve as indices.",
                call=call,
                dtype=dtype,
            )
        case "tensor":
            return Sentence.of(
                "dtype.of_tensor", "{call} was given a tensor, and keeps its dtype, {dtype}.", call=call, dtype=dtype
            )
        case "array":
            return Sentence.of(
                "dtype.of_array",
                "{call} was given numbers of NumPy, and keeps their dtype, {dtype}. Of Python's floats NumPy makes "
                "float64, and torch its default dtype, {default}.",
                call=call,
                dtype=dtype,
                default=default,
            )
    return _of_numbers(made, call, own)


def _of_numbers(made: Made, call: str, own: torch.dtype) -> Sentence | None:
    """None where PyTorch has made something else of them: then there is more among them than was looked at."""
    kind, place, default = made.kind, made.place, dtype_name(made.default)
    if kind is int and own == made.default:  # a float further on than is looked
        kind, place = float, ()
    where = Sentence.phrase("words.first_at", ", the first at {place}", place=list(place)) if place else ""
    if kind is bool and own == torch.bool:
        return Sentence.of(
            "dtype.of_bools",
            "{call} infers bool, for all that it was given is True or False. One whole number among them would make "
            "it int64.",
            call=call,
        )
    if kind is int and own == torch.int64:
        return Sentence.of(
            "dtype.of_ints",
            "{call} infers int64, for among its numbers whole ones of Python are the highest kind. One float among "
            "them, 1.0 say, would make it {default}, the default dtype.",
            call=call,
            default=default,
        )
    if kind is float and own == made.default:
        return Sentence.of(
            "dtype.of_floats",
            "{call} infers {default}, the default dtype, for among its numbers is a float of Python{where}. Whole "
            "numbers alone would make it int64.",
            call=call,
            default=default,
            where=where,
        )
    if kind is complex and own.is_complex:
        return Sentence.of(
            "dtype.of_complex",
            "{call} infers {dtype}, for among its numbers is a complex number of Python{where}; its two parts are of "
            "the default dtype, {default}.",
            call=call,
            dtype=dtype_name(own),
            default=default,
            where=where,
        )
    return None
