"""The step of an optimizer, tried: what it is about to write is kept, so that a step which makes a number that is not
finite can be taken back, and run again with each of its operations looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import torch
from torch import Tensor

from engine.autograd.finite.check import all_finite, waits
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.snapshot import version_of
from engine.tensors import native

_flatten, _unflatten = torch._C._nn.flatten_dense_tensors, torch._C._nn.unflatten_dense_tensors
_COPIED_BYTES = 64 << 10  # that are read at once: up to here a copy is cheaper than several operations
_set_versions = torch._C._autograd._unsafe_set_version_counter


class Trial:
    """Of one step that writes into `written`, and into `state`, by parameter. `copies`: what of it was copied already,
    by id. Inside `Unseen`, without grad mode."""

    def __init__(
        self,
        written: Sequence[Tensor],
        parameters: Sequence[Tensor],
        state: MutableMapping[Any, Any],
        copies: Mapping[int, Tensor],
    ) -> None:
        self._written = list(written)
        self._versions = tuple(map(version_of, written))
        self._state = state
        self._states = [(one, dict(state[one]) if one in state else None) for one in parameters]
        if sum(map(native.nbytes, written)) <= _COPIED_BYTES:
            copies = {}
        self._copied = [(tensor, copies[id(tensor)]) for tensor in written if id(tensor) in copies]
        left = [tensor for tensor in written if id(tensor) not in copies]
        self._kept = [(tensors, _copy(tensors)) for tensors in _alike(left)]

    def written(self) -> list[Tensor]:
        """What was written, with what has come into the state."""
        known = set(map(id, self._written))
        return [*self._written, *(one for one in self._in_state() if id(one) not in known)]

    def is_finite(self) -> bool:
        """Whether all of that is."""
        together: list[Tensor] = []
        for tensors in _alike(self.written()):
            n_bytes = sum(map(native.nbytes, tensors))
            is_copied = n_bytes <= _COPIED_BYTES or waits(tensors[0])
            together += [_flatten(tensors)] if is_copied else tensors
        return all_finite(together)

    def take_back(self) -> None:
        """All is as it was, the version counters included."""
        for tensor, before in self._copied:
            native.copy_(tensor, before)
        for tensors, flat in self._kept:
            for tensor, before in zip(tensors, _unflatten(flat, tensors), strict=True):
                native.copy_(tensor, before)
        _set_versions(tuple(self._written), self._versions)
        for parameter, values in self._states:
            if values is None:
                self._state.pop(parameter, None)
            else:
                self._state[parameter].clear()
                self._state[parameter].update(values)

    def _in_state(self) -> Iterator[Tensor]:
        for parameter, _ in self._states:
            for value in self._state[parameter].values() if parameter in self._state else ():
                if type(value) in PLAIN_TENSORS:
                    yield value


def _alike(tensors: Sequence[Tensor]) -> list[list[Tensor]]:
    """Those of one dtype on one device together."""
    found: dict[tuple[torch.dtype, torch.device], list[Tensor]] = {}
    for tensor in tensors:
        found.setdefault((native.dtype(tensor), tensor.device), []).append(tensor)
    return list(found.values())


def _copy(tensors: Sequence[Tensor]) -> Tensor:
    """One after the other in one dimension."""
    flat: Tensor = _flatten(tensors)
    return flat if len(tensors) > 1 else flat.clone()
