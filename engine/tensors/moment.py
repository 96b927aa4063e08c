"""Whether a tensor holds what it held, without keeping it."""

from __future__ import annotations

import torch
from torch.multiprocessing.reductions import StorageWeakRef

from engine.tensors import native
from engine.tensors.reading import fingerprint


def moment_of(tensor: torch.Tensor, elements: torch.Tensor) -> tuple[object, ...]:
    """Another one as soon as the tensor or its values are: what is written past its version counter shows in a sample.
    `elements` is `plain(tensor)`. Inside `unobserved`."""
    version = 0 if native.is_inference(tensor) else native.version(tensor)
    where = elements.data_ptr(), tuple(elements.shape), elements.stride(), elements.dtype
    storage = StorageWeakRef(elements.untyped_storage())
    return storage, *where, version, fingerprint(elements.reshape(1, -1) if elements.dim() < 2 else _flat(elements))


def _flat(elements: torch.Tensor) -> torch.Tensor:
    """The first plane, and the last where there are several, stand for all."""
    while elements.dim() > 2:
        elements = elements[:: max(1, elements.shape[0] - 1)].transpose(0, 1)[0]
    return elements
