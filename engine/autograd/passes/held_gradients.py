"""Small gradients of one pass as they are referred to until somebody asks: nothing is made for each of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.passes.kept_gradient import KeptGradient
from engine.autograd.passes.norms import is_in_range, norm_of, vector_norm
from engine.autograd.snapshot import can_alias
from engine.tensors import native

_REAL = frozenset({torch.float32, torch.float64})
_flattened: Callable[[Sequence[Tensor]], Tensor] = torch._C._nn.flatten_dense_tensors


class _Together(NamedTuple):
    """What arrived at several nodes, one after the other."""

    nodes: list[int]
    shapes: list[torch.Size]
    elements: Tensor

    def apart(self) -> list[Tensor]:
        """What arrived at each, in their order."""
        parts = self.elements.split_with_sizes([shape.numel() for shape in self.shapes])
        return [part.view(shape) for part, shape in zip(parts, self.shapes, strict=True)]


class HeldGradients:
    """Of torch's own class, in plain storages. Inside `Unseen`."""

    def __init__(self) -> None:
        self._by_node: dict[int, Sequence[Tensor | None]] = {}
        self._together: _Together | None = None

    def hold(self, arrived: Mapping[int, Sequence[Tensor | None]]) -> None:
        """All that arrived at these nodes, which nobody writes into."""
        self._by_node.update(arrived)

    def copy_together(self, nodes: Sequence[int], gradients: Sequence[Tensor]) -> bool:
        """What arrived at these, one gradient at each. False where they cannot be copied as one."""
        if not _are_alike(gradients):
            return False
        elements = _flattened(gradients) if len(gradients) > 1 else native.clone(gradients[0]).reshape(-1)
        self._together = _Together(list(nodes), list(map(native.shape, gradients)), elements)
        return True

    def held_in(self, storages: Set[int]) -> set[int]:
        """The nodes of which something lies in one of these storages, by their addresses."""
        found = ((node, one) for node, held in self._by_node.items() for one in held if one is not None)
        return {node for node, one in found if native.untyped_storage(one)._cdata in storages}

    def own(self, nodes: Iterable[int]) -> None:
        """Somebody may write into what is held of these: it is copied."""
        for node in nodes:
            held = self._by_node.get(node)
            if held is not None:
                self._by_node[node] = [None if one is None else native.clone(one) for one in held]

    def norm_of(self, nodes: Sequence[int]) -> Tensor | None:
        """Of all that arrived at these, where they are those copied together."""
        together = self._together
        return None if together is None or together.nodes != nodes else vector_norm(together.elements)

    def norms(self) -> dict[int, float] | None:
        """Of what arrived at each node, measured in one call, as `norm_of` measures each; None where one of them has to
        be looked at more closely."""
        by_node = [(node, one) for node, held in self._by_node.items() for one in held if one is not None]
        found = [one for _, one in by_node]
        nodes = [node for node, _ in by_node]
        if self._together is not None:
            nodes += self._together.nodes
            found += self._together.apart()
        if len(set(nodes)) < len(nodes) or not _are_alike(found):
            return None
        norms: list[float] = torch.stack(torch._foreach_norm(found)).tolist()
        if math.inf in norms:
            return None
        measured = zip(nodes, found, norms, strict=True)
        return {node: norm if is_in_range(norm) else norm_of((one,)) or 0.0 for node, one, norm in measured}

    def n_elements(self, nodes: Sequence[int]) -> int | None:
        """As `norm_of`."""
        together = self._together
        return None if together is None or together.nodes != nodes else int(together.elements.numel())

    def shapes(self) -> list[tuple[int, int, object]]:
        """(node, slot, shape) of each."""
        shape_of = native.shape
        found: list[tuple[int, int, object]] = [
            (node, slot, shape_of(one))
            for node, gradients in self._by_node.items()
            for slot, one in enumerate(gradients)
            if one is not None
        ]
        if self._together is not None:
            found += [(node, 0, shape) for node, shape in zip(self._together.nodes, self._together.shapes, strict=True)]
        return found

    def kept(self) -> Iterator[tuple[int, dict[int, KeptGradient]]]:
        """By node and slot."""
        for node, gradients in self._by_node.items():
            yield node, {slot: _kept(one) for slot, one in enumerate(gradients) if one is not None}
        if self._together is not None:
            for node, one in zip(self._together.nodes, self._together.apart(), strict=True):
                yield node, {0: _kept(one)}


def _are_alike(gradients: Sequence[Tensor]) -> bool:
    """Whether all are of one real dtype, in the memory of this machine, each in a plain storage."""
    dtypes = set(map(native.dtype, gradients))
    is_one = len(dtypes) == 1 and dtypes <= _REAL
    return is_one and all(map(native.is_cpu, gradients)) and all(map(can_alias, gradients))


def _kept(gradient: Tensor) -> KeptGradient:
    return KeptGradient(gradient, n_bytes=native.nbytes(gradient))
