"""A number as its bits, and what becomes of it in other dtypes; by PyTorch's own conversion."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.protocol.number_types import StoredNumber

# Floating-point dtypes with the bits of their exponents (IEEE 754; bfloat16; the two of 8 bits of the Open Compute
# Project, of which e4m3fn has no infinity: what is too large for it becomes its largest, or NaN).
_EXPONENTS = {
    torch.float64: 11,
    torch.float32: 8,
    torch.bfloat16: 8,
    torch.float16: 5,
    torch.float8_e5m2: 5,
    torch.float8_e4m3fn: 4,
}
_WHOLE = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
# Told of themselves, and of no other dtype's numbers. The last has neither sign nor fraction: powers of two alone.
_RARE_EXPONENTS = {torch.float8_e5m2fnuz: 5, torch.float8_e4m3fnuz: 4, torch.float8_e8m0fnu: 8}
_RARE_WHOLE = (torch.uint16, torch.uint32, torch.uint64)
_FLOATS = _EXPONENTS | _RARE_EXPONENTS
_AS_BITS = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}


def stored_numbers(cell: Tensor, n_elements: int) -> tuple[StoredNumber, ...]:
    """A tensor of one element in its own dtype, then in the others of its kind, the widest first; nothing of complex
    numbers and of dtypes that PyTorch does not convert. `n_elements` has the whole tensor."""
    own = cell.dtype
    if own not in _FLOATS and own not in (*_WHOLE, *_RARE_WHOLE, torch.bool):
        return ()
    others = [dtype for dtype in (*_EXPONENTS, *(() if own in _FLOATS else _WHOLE)) if dtype != own]
    return tuple(_stored(cell, dtype, n_elements) for dtype in (own, *others))


def _stored(cell: Tensor, dtype: torch.dtype, n_elements: int) -> StoredNumber:
    made = cell.to(dtype)
    bits = _bits(made)
    n_exponent = _FLOATS.get(dtype, 0)
    n_sign = int(n_exponent < len(bits))
    exponent, fraction = bits[n_sign : n_sign + n_exponent], bits[n_sign + n_exponent :]
    is_subnormal = bool(n_exponent) and "1" not in exponent and "1" in fraction
    how, error = _compared(cell, made)
    name = str(dtype).removeprefix("torch.")
    return StoredNumber(
        name, repr(_python(made)), bits, n_exponent, how, is_subnormal, error, n_elements * dtype.itemsize
    )


def _bits(made: Tensor) -> str:
    if made.dtype == torch.bool:
        made = made.to(torch.uint8)
    n_bits = 8 * made.dtype.itemsize
    value = int(made.reshape(1).view(_AS_BITS[made.dtype.itemsize]).item())
    return format(value % (1 << n_bits), f"0{n_bits}b")


def _python(made: Tensor) -> float | int | bool:
    """The element exactly: every dtype that is no whole number fits a float64."""
    return made.to(torch.float64).item() if made.dtype in _FLOATS else made.item()


def _compared(cell: Tensor, made: Tensor) -> tuple[str, float]:
    """How the converted element differs from the own one, and the relative error of what was rounded."""
    before, after = _python(cell), _python(made)
    if isinstance(before, float) and math.isnan(before):
        return "nan", 0.0
    if before == after:
        return "exact", 0.0
    if isinstance(after, int) or not math.isfinite(after):
        return "overflow", 0.0
    if abs(before) > _limit(made.dtype):
        return "saturated", 0.0
    if after == 0:
        return "underflow", 1.0
    return "rounded", abs(after - before) / abs(before)


def _limit(dtype: torch.dtype) -> float:
    """What is larger rounds to no finite number: half a unit in the last place above the largest."""
    most, eps = torch.finfo(dtype).max, torch.finfo(dtype).eps
    return most + eps * 2.0 ** (math.frexp(most)[1] - 1) / 2
