"""What a call cut off from its results: facts, and a weak reference to the tensor behind which a graph may still be."""

from __future__ import annotations

from collections.abc import Iterable

from torch import Tensor

from engine.autograd.records import KEY, Call, NodeRecord, Severed, dtype_name, shape_of
from engine.autograd.references import refer
from engine.tensors import native

_MOST = 4  # of one call


def sever(call: Call, consumed: Iterable[Tensor]) -> None:
    """Note with `call` which of the tensors that it consumed require a gradient, which its results do not pass on."""
    found = [tensor for tensor in consumed if native.requires_grad(tensor)]
    call.severed = tuple(
        Severed(refer(tensor), shape_of(tensor), dtype_name(native.dtype(tensor)), _maker(tensor))
        for tensor in found[:_MOST]
    )


def _maker(tensor: Tensor) -> Call | None:
    node = native.grad_fn(tensor)
    base = native.base(tensor) if node is None else None
    if base is not None:  # a view that was made under no_grad, which requires a gradient and has no node
        node = native.grad_fn(base)
    record: NodeRecord | None = None if node is None else node.metadata.get(KEY)
    return None if record is None else record.call
