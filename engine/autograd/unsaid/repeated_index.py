"""Values that were written to places of which some come more than once: one of them stays, and all get its gradient."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import NodeRecord
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_WRITES = frozenset({"IndexPutBackward0", "ScatterBackward0", "IndexCopyBackward0"})
_WHOLE = frozenset({torch.int64, torch.int32})
_MOST = 1 << 20  # places that are looked at


def repeated_index(run: Run) -> Iterator[Notice]:
    """One for each such operation of the newest pass."""
    for _, node, record in run.nodes():
        name = native.name_of(node)
        if name not in _WRITES or record.call is None or line_of(record.call) is None or not _has_values(node):
            continue
        if name == "IndexPutBackward0" and getattr(node, "_saved_accumulate", False):
            continue
        places = _scattered(node, _indices(record)) if name == "ScatterBackward0" else _addressed(_indices(record))
        if places is None or not 0 < places.shape[1] <= _MOST:
            continue
        n_places = torch.unique(places, dim=1).shape[1]
        if n_places < places.shape[1]:
            said = Sentence.of(
                "notice.repeated_index",
                "{expression} writes {n:,} values to {n_places:,} places: where an index comes more than once, one of "
                "its values stays, and the gradient of the place goes to all of them. To add them up, use index_add, "
                "scatter_add or index_put(…, accumulate=True).",
                expression=expression_of(record.call),
                n=places.shape[1],
                n_places=n_places,
            )
            yield Notice(said, source_of(record.call.place))


def _has_values(node: GradFn) -> bool:
    """Whether a gradient goes to what was written."""
    return len(node.next_functions) > 1 and node.next_functions[1][0] is not None


def _indices(record: NodeRecord) -> list[Tensor]:
    """Those that the call took, as far as they are kept as they were."""
    found = [leaf.value.read()[0] for leaf in record.inputs if leaf.value is not None]
    bare = [native.bare(tensor) for tensor in found if tensor is not None]
    return [tensor for tensor in bare if native.dtype(tensor) in _WHOLE]


def _addressed(indices: list[Tensor]) -> Tensor | None:
    """(n_axes, n_places), of an index for each axis."""
    if not indices or any(native.numel(index) > _MOST for index in indices):
        return None
    try:
        together = torch.broadcast_tensors(*indices)
    except RuntimeError:  # integers that were no indices
        return None
    return torch.stack([index.reshape(-1).cpu() for index in together])


def _scattered(node: GradFn, indices: list[Tensor]) -> Tensor | None:
    """(2, n_places): which row along the axis of scatter, and where in it."""
    if len(indices) != 1 or native.numel(indices[0]) > _MOST or not indices[0].dim():
        return None
    dim = int(getattr(node, "_saved_dim", 0))
    dim = dim - (1 << 64) if dim >= 1 << 63 else dim
    rows = indices[0].movedim(dim, -1).reshape(-1, indices[0].shape[dim]).cpu()
    which = torch.arange(rows.shape[0])[:, None].expand_as(rows)
    return torch.stack([which.reshape(-1), rows.reshape(-1)])
