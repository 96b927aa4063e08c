"""The memory that a tensor lies in, as far as it reaches."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.tensors.mapped_memory import is_there

_BY_ROW, _BY_COLUMN = (Tensor.crow_indices, Tensor.col_indices), (Tensor.ccol_indices, Tensor.row_indices)
COMPRESSED = {
    torch.sparse_csr: _BY_ROW, torch.sparse_bsr: _BY_ROW, torch.sparse_csc: _BY_COLUMN, torch.sparse_bsc: _BY_COLUMN,
}  # fmt: skip


def is_whole(bare: torch.Tensor) -> bool:
    """False of a tensor without its class that lies in a file which has been cut, and ends before it does."""
    return all(map(_is_there, _parts(bare)))


def _parts(bare: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """What the elements lie in."""
    if bare.layout == torch.sparse_coo:
        return bare._indices(), bare._values()
    if bare.layout in COMPRESSED:
        return (*(method(bare) for method in COMPRESSED[bare.layout]), bare.values())
    return (bare,) if bare.layout == torch.strided and not bare.is_nested else ()


def _is_there(part: torch.Tensor) -> bool:
    if not part.is_cpu or not part.numel():
        return True
    return is_there(part.untyped_storage().data_ptr() + end_in_storage(part) - 1)


def end_in_storage(tensor: torch.Tensor) -> int:
    """Where in its storage a strided tensor with elements ends, in bytes."""
    reach = sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    return (tensor.storage_offset() + reach + 1) * tensor.element_size()
