"""How a tensor is read: without a graph, without being observed, without copying it whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch.utils._python_dispatch import _disable_current_modes

from engine.protocol.errors import EngineError
from engine.protocol.values import short_dtype
from engine.tensors.observing import hidden

# Sparse, quantized and other packed layouts are unpacked only up to this many elements (32 MiB as float64).
MAX_UNPACKED_ELEMENTS = 1 << 22
# The dtypes that torch reduces as they are, on every device; any other is converted first, piece by piece.
_REDUCIBLE = {
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.bool,
    torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
}  # fmt: skip


class UnreadableError(EngineError):
    """A tensor has no elements to read; `brief` says why in the few words that a card has room for."""

    def __init__(self, code: str, template: str, /, *, brief: str, **arguments: object) -> None:
        super().__init__(code, template, **arguments)
        self.brief = brief


@contextmanager
def unobserved() -> Iterator[None]:
    """No gradients, no function or dispatch mode, no subclass: reading leaves no trace in a program.

    What torch refuses (a FakeTensor, a tensor inside vmap …) becomes an UnreadableError with torch's own reason.
    """
    with torch._C.DisableTorchFunction(), _disable_current_modes(), hidden(), torch.no_grad():
        try:
            yield
        except (RuntimeError, TypeError) as error:
            reason = str(error).split("\n")[0].split(". ")[0].rstrip(".")
            reason = reason or type(error).__name__
            raise UnreadableError(
                "tensor.torch_refuses", "This tensor's elements cannot be shown: {reason}.", brief=reason, reason=reason
            ) from error


def plain(tensor: torch.Tensor) -> torch.Tensor:
    """A detached, strided, dense tensor with the same elements, sharing memory where it can.

    Raises UnreadableError for a tensor that has no elements to read: meta, nested, or a packed one that is huge.
    """
    obstacle = _obstacle(tensor)
    if obstacle is not None:
        raise obstacle
    tensor = tensor.detach()
    if tensor.is_quantized:
        return tensor.dequantize()
    if tensor.layout != torch.strided:
        return tensor.to_dense()
    return tensor.resolve_conj().resolve_neg()


def _obstacle(tensor: torch.Tensor) -> UnreadableError | None:
    if tensor.is_nested:
        return UnreadableError(
            "tensor.nested",
            "This tensor's elements cannot be shown: nested, of ragged shape.",
            brief="nested, of ragged shape",
        )
    if tensor.is_meta:
        return UnreadableError(
            "tensor.meta", "This tensor's elements cannot be shown: meta, without data.", brief="meta, without data"
        )
    packed = tensor.is_quantized or tensor.layout != torch.strided
    if packed and tensor.numel() > MAX_UNPACKED_ELEMENTS:
        layout, n_elements = layout_name(tensor), tensor.numel()
        return UnreadableError(
            "tensor.too_large_to_unpack",
            "This tensor's elements cannot be shown: {layout} with {n_elements:,} elements, too many to unpack.",
            brief=f"{layout} with {n_elements:,} elements, too many to unpack",
            layout=layout,
            n_elements=n_elements,
        )
    if not packed and tensor.numel() and _last_byte(tensor) > tensor.untyped_storage().nbytes():
        # Reading on would crash the process.
        return UnreadableError(
            "tensor.storage_freed",
            "This tensor's elements cannot be shown: its storage has been freed.",
            brief="its storage has been freed",
        )
    return None


def _last_byte(tensor: torch.Tensor) -> int:
    reach = sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    return (tensor.storage_offset() + reach + 1) * tensor.element_size()


def layout_name(tensor: torch.Tensor) -> str:
    """ "sparse_coo", "quantized" …; "" for an ordinary dense tensor."""
    if tensor.is_nested:
        return "nested"
    if tensor.is_quantized:
        return "quantized"
    return "" if tensor.layout == torch.strided else str(tensor.layout).removeprefix("torch.")


def reducible(tensor: torch.Tensor) -> bool:
    """Whether amax and amin work on its dtype as it is."""
    return tensor.dtype in _REDUCIBLE


def real(tensor: torch.Tensor) -> torch.Tensor:
    """What torch can calculate with: magnitudes of complex numbers, float32 of small floats, float64 of integers."""
    if tensor.is_complex():
        return (tensor.to(torch.complex64) if tensor.dtype == torch.complex32 else tensor).abs()
    if tensor.is_floating_point():
        return tensor if tensor.dtype in (torch.float32, torch.float64) else tensor.float()
    return tensor.double()


def as_array(tensor: torch.Tensor) -> np.ndarray:
    """The elements in memory of their own: a storage that an array has shared can never be resized again."""
    return tensor.to("cpu", copy=True).numpy()


def evenly_spaced(tensor: torch.Tensor, n_at_most: int) -> torch.Tensor:
    """At most that many elements of a dense tensor, 1-d, evenly spaced in row-major order."""
    n_elements = tensor.numel()
    step = max(1, math.ceil(n_elements / n_at_most))
    while math.gcd(step, n_elements) != 1:  # else a step that divides a row would read the same columns only
        step += 1
    if tensor.is_contiguous():
        return tensor.view(-1)[::step]
    flat = torch.arange(0, n_elements, step, device=tensor.device)
    return tensor[torch.unravel_index(flat, tensor.shape)]


def pieces(tensor: torch.Tensor, n_elements: int = MAX_UNPACKED_ELEMENTS) -> Iterator[torch.Tensor]:
    """Views that together are the whole tensor, of about `n_elements` each."""
    if tensor.numel() <= n_elements:
        yield tensor
        return
    axis = max(range(tensor.dim()), key=lambda axis: tensor.shape[axis])
    for part in tensor.chunk(math.ceil(tensor.numel() / n_elements), axis):
        yield from pieces(part, n_elements)


def dtype_name(dtype: torch.dtype) -> str:
    """torch's own name without "torch."."""
    return str(dtype).removeprefix("torch.")


def shape_of(tensor: torch.Tensor) -> tuple[int, ...]:
    """The shape; () for a nested tensor, whose rows differ in length."""
    return () if tensor.is_nested else tuple(int(size) for size in tensor.shape)


def heading(tensor: torch.Tensor) -> str:
    """ "(4, 5) f32", with layout and device where they are unusual."""
    words = ["ragged" if tensor.is_nested else str(shape_of(tensor)), short_dtype(dtype_name(tensor.dtype))]
    words += [layout_name(tensor)] if layout_name(tensor) and not tensor.is_nested else []
    words += [str(tensor.device)] if tensor.device.type not in ("cpu", "meta") else []
    return " ".join(words)
