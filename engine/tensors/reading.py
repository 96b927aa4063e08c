"""How a tensor's elements are read: without a graph, unseen by the program, without copying it whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch.nn.parameter import UninitializedTensorMixin

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import short_dtype
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.in_place import in_place, is_direct
from engine.tensors.places import memory_order
from engine.tensors.spans import COMPRESSED, end_in_storage, is_whole
from engine.tensors.unseen import Unseen

# Sparse, quantized and other packed layouts are unpacked only up to this many elements (32 MiB as float64).
MAX_UNPACKED_ELEMENTS = 1 << 22
_N_SAMPLED = 1 << 10  # elements of a fingerprint
_N_AT_ONCE = 1 << 16  # elements from all over a tensor
_N_IN_A_ROW = 1 << 20  # elements beside each other, read without a pause
# The dtypes that torch reduces as they are, on every device; any other is converted first, piece by piece.
_REDUCIBLE = {
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.bool,
    torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
}  # fmt: skip


class UnreadableError(EngineError):
    """A tensor has no elements to read; `brief` says why in the few words that a card has room for."""

    def __init__(self, code: str, template: str, /, *, brief: Sentence | str, **arguments: object) -> None:
        super().__init__(code, template, **arguments)
        self.brief = brief


@contextmanager
def unobserved() -> Iterator[None]:
    """No gradients, and nothing of the program's takes part: reading leaves no trace in it.

    Whatever goes wrong inside becomes an UnreadableError with its reason.
    """
    with Unseen(), torch.no_grad():
        try:
            yield
        except (EngineError, StopIteration):
            raise
        except Exception as error:
            raise refused(error) from error


def refused(error: Exception) -> UnreadableError:
    """Why a tensor cannot be read, from what went wrong."""
    if isinstance(error, UnreadableError):
        return error
    reason = str(error).split("\n")[0].split(". ")[0].rstrip(".")
    reason = reason or type(error).__name__
    return UnreadableError(
        "tensor.torch_refuses", "This tensor's elements cannot be shown: {reason}.", brief=reason, reason=reason
    )


def plain(tensor: torch.Tensor) -> torch.Tensor:
    """A detached, strided, dense tensor with the same elements, sharing memory where it can. Inside `unobserved`.

    Raises UnreadableError for a tensor that has no elements to read: meta, nested, not initialized, of a class that
    keeps them itself, or a packed one that is huge.
    """
    GATE.give_way()
    bare = native.bare(tensor)
    obstacle = _obstacle(tensor, bare)
    if obstacle is not None:
        raise obstacle
    if bare.is_quantized:
        return bare.dequantize()
    if bare.layout != torch.strided:
        return dense(bare)
    return bare.resolve_conj().resolve_neg()


def packed(tensor: torch.Tensor) -> torch.Tensor | None:
    """A sparse or quantized tensor in the form that it has, without its class; None of any other. Inside `unobserved`.

    Raises UnreadableError where its indices lie outside of its shape.
    """
    bare = native.bare(tensor)
    if bare.is_nested or bare.is_meta or native.is_batched(tensor):
        return None
    if bare.layout != torch.sparse_coo and bare.layout not in COMPRESSED:
        check_whole(bare)
        return bare if bare.is_quantized else None
    _check_indices(bare)
    return bare


def dense(sparse: torch.Tensor) -> torch.Tensor:
    """The elements of a tensor of any other layout. Raises UnreadableError for one whose indices lie outside of its
    shape: torch looks at them only where it is asked, and would write beside the memory of what it makes."""
    _check_indices(sparse)
    return sparse.to_dense()


def _check_indices(sparse: torch.Tensor) -> None:
    check_whole(sparse)
    try:
        if sparse.layout == torch.sparse_coo:
            torch._validate_sparse_coo_tensor_args(sparse._indices(), sparse._values(), sparse.shape)
        elif sparse.layout in COMPRESSED:
            indices = (method(sparse) for method in COMPRESSED[sparse.layout])
            torch._validate_sparse_compressed_tensor_args(*indices, sparse.values(), sparse.shape, sparse.layout)
    except (NotImplementedError, torch.OutOfMemoryError):
        raise  # which says nothing of the indices
    except RuntimeError as error:
        raise UnreadableError(
            "tensor.indices_outside",
            "This tensor's elements cannot be shown: it has indices outside of its shape.",
            brief=Sentence.phrase("brief.indices_outside", "has indices outside of its shape"),
        ) from error


def _obstacle(tensor: torch.Tensor, bare: torch.Tensor) -> UnreadableError | None:
    """Why there are no elements to read. `bare` is the tensor without its class."""
    if native.is_batched(tensor):
        return UnreadableError(
            "tensor.batched",
            "This tensor's elements cannot be shown: it is one of a batch, inside torch.vmap.",
            brief=Sentence.phrase("brief.batched", "one of a batch, inside torch.vmap"),
        )
    if is_uninitialized(tensor):
        return UnreadableError(
            "tensor.uninitialized",
            "This tensor has no elements before its module's first call, which gives it a shape.",
            brief=Sentence.phrase("brief.uninitialized", "before its module's first call"),
        )
    if bare.is_nested:
        return UnreadableError(
            "tensor.nested",
            "This tensor's elements cannot be shown: nested, of ragged shape.",
            brief=Sentence.phrase("brief.nested", "nested, of ragged shape"),
        )
    if bare.is_meta:
        return UnreadableError(
            "tensor.meta",
            "This tensor's elements cannot be shown: meta, without data.",
            brief=Sentence.phrase("brief.meta", "meta, without data"),
        )
    if native.dispatches(tensor) and not native.has_own_data(bare):
        name = type_name(tensor)
        return UnreadableError(
            "tensor.kept_by_class",
            "This tensor's elements cannot be shown: its class {type_name} keeps them itself.",
            brief=Sentence.phrase("brief.kept_by_class", "{name} keeps its elements itself", name=name),
            type_name=name,
        )
    return _obstacle_of_packed(bare)


def _obstacle_of_packed(bare: torch.Tensor) -> UnreadableError | None:
    packed = bare.is_quantized or bare.layout != torch.strided
    if packed and bare.numel() > MAX_UNPACKED_ELEMENTS:
        layout, n_elements = layout_name(bare), bare.numel()
        return UnreadableError(
            "tensor.too_large_to_unpack",
            "This tensor's elements cannot be shown: {layout} with {n_elements:,} elements, too many to unpack.",
            brief=Sentence.phrase(
                "brief.too_large_to_unpack",
                "{layout} with {n:,} elements, too many to unpack",
                layout=layout,
                n=n_elements,
            ),
            layout=layout,
            n_elements=n_elements,
        )
    if not packed and bare.numel() and end_in_storage(bare) > bare.untyped_storage().nbytes():
        # Reading on would crash the process.
        return UnreadableError(
            "tensor.storage_freed",
            "This tensor's elements cannot be shown: its storage has been freed.",
            brief=Sentence.phrase("brief.storage_freed", "its storage has been freed"),
        )
    return None if is_whole(bare) else cut_off()


def check_whole(bare: torch.Tensor) -> None:
    """Raises UnreadableError where it is not."""
    if not is_whole(bare):
        raise cut_off()


def cut_off() -> UnreadableError:
    """Of a tensor, or an array, in a file that ends before it: to read it would end the process."""
    return UnreadableError(
        "tensor.file_cut",
        "This tensor's elements cannot be shown: the file that they lie in has been cut, and ends before them.",
        brief=Sentence.phrase("brief.file_cut", "its file has been cut"),
    )


def is_uninitialized(tensor: torch.Tensor) -> bool:
    """Whether it is a parameter or a buffer of a lazy module that has not been called yet."""
    return issubclass(type(tensor), UninitializedTensorMixin)


def layout_name(bare: torch.Tensor) -> str:
    """ "sparse_coo", "quantized" …; "" for an ordinary dense tensor."""
    if bare.is_nested:
        return "nested"
    if bare.is_quantized:
        return "quantized"
    return "" if bare.layout == torch.strided else str(bare.layout).removeprefix("torch.")


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
    step = max(1, -(-n_elements // n_at_most))
    while math.gcd(step, n_elements) != 1:  # else a step that divides a row would read the same columns only
        step += 1
    if tensor.is_contiguous():
        return tensor.view(-1)[::step]
    parts = []
    for places in torch.arange(0, n_elements, step, device=tensor.device).split(_N_AT_ONCE):
        GATE.give_way()
        index = []
        for size in reversed(tensor.shape):  # as `unravelled`
            index.append(places % size)
            places = places // size
        parts.append(tensor[tuple(reversed(index))])
    return torch.cat(parts)


def fingerprint(matrix: torch.Tensor) -> bytes:
    """Some of the elements of a 2-d view, from all over it, as bytes: others where much of it has been written to."""
    n_elements = matrix.numel()
    last = max(n_elements - 1, 0)
    places = np.linspace(0, last, min(n_elements, _N_SAMPLED), dtype=np.int64)
    places = np.minimum(places, last)  # what is made of a float may lie beyond it
    rows, columns = np.divmod(places, max(matrix.shape[1], 1))
    if is_direct(matrix):
        return in_place(matrix)[rows, columns].tobytes()
    return as_array(real(matrix[torch.from_numpy(rows), torch.from_numpy(columns)])).tobytes()


def place_of_largest(tensor: torch.Tensor) -> tuple[int, ...]:
    """The index of the element with the largest magnitude, the first of equals; NaN is larger than all. Of a plain
    tensor that has elements."""
    if not tensor.dim():
        return ()
    order = memory_order(tensor)
    rows = tensor.permute(order)
    n_rows = max(1, _N_IN_A_ROW * rows.shape[0] // rows.numel())
    bounds = {}
    for first in range(0, rows.shape[0], n_rows):
        GATE.give_way()
        part = rows[first : first + n_rows]
        bounds[first] = tuple(one.item() for one in torch.aminmax(part if reducible(part) else real(part)))
    best = max(_size(bound) for both in bounds.values() for bound in both)
    start = (0,) * tensor.dim()
    if _size(tensor[start].item()) == best:  # also of equals throughout, as zeros are
        return start
    places = (
        _first_place(rows[first : first + n_rows], {one for one in both if _size(one) == best}, first, order)
        for first, both in bounds.items()
        if best in map(_size, both)
    )
    return next(places) if order == sorted(order) else min(places)


def _size(number: float) -> tuple[bool, float]:
    return (True, 0) if math.isnan(number) else (False, abs(number))


def _first_place(part: torch.Tensor, numbers: set[float], first: int, order: list[int]) -> tuple[int, ...]:
    """Where one of the numbers stands first. `part` begins at the row `first` of the tensor whose dims are `order`."""
    GATE.give_way()
    is_there = part.isnan() if any(map(math.isnan, numbers)) else torch.zeros_like(part, dtype=torch.bool)
    for number in numbers:
        is_there |= part == number
    places = is_there.nonzero()
    place = [0] * part.dim()
    for dim in range(part.dim()):  # of the tensor, in its order
        column = order.index(dim)
        place[dim] = int(places[:, column].min())
        places = places[places[:, column] == place[dim]]
    place[order[0]] += first
    return tuple(place)


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


def shape_of(bare: torch.Tensor) -> tuple[int, ...]:
    """The shape; () for a nested tensor, whose rows differ in length."""
    return () if bare.is_nested else tuple(int(size) for size in bare.shape)


def n_elements_of(tensor: torch.Tensor) -> int:
    """Of any tensor of the program; 0 of a nested one."""
    with Unseen():
        bare = native.bare(tensor)
        return 0 if bare.is_nested else bare.numel()


def heading(tensor: torch.Tensor, bare: torch.Tensor) -> str:
    """ "(4, 5) f32", with layout and device where they are unusual. `bare` is the tensor without its class."""
    shape = "uninitialized" if is_uninitialized(tensor) else shape_words(bare)
    words = [shape, short_dtype(dtype_name(bare.dtype))]
    words += [layout_name(bare)] if layout_name(bare) and not bare.is_nested else []
    words += [str(bare.device)] if bare.device.type not in ("cpu", "meta") else []
    return " ".join(words)


def shape_words(bare: torch.Tensor) -> str:
    """ "(4, 5)", "ragged"."""
    return "ragged" if bare.is_nested else str(shape_of(bare))
