"""Arrays of NumPy that lie in the memory of a tensor: what from_numpy and .numpy() share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from torch import Tensor

from engine.autograd.graph.node_names import user_names
from engine.protocol.storage import Layout
from engine.tensors import native


def arrays_in(tensor: Tensor, namespace: Mapping[str, Any]) -> Iterator[Layout]:
    """Those that a variable holds, in numbers of as many bytes. Inside `unobserved`."""
    if tensor.device.type != "cpu":
        return
    storage, itemsize = native.untyped_storage(tensor), tensor.element_size()
    start, end = storage.data_ptr(), storage.data_ptr() + storage.nbytes()
    for name, array in user_names(namespace):
        if type(array) is not np.ndarray or array.itemsize != itemsize or not array.size:
            continue
        offset = array.ctypes.data - start
        is_inside = start <= array.ctypes.data < end and offset % itemsize == 0
        if is_inside and all(step % itemsize == 0 for step in array.strides):
            stride = tuple(step // itemsize for step in array.strides)
            yield Layout(name, array.shape, stride, offset // itemsize, "array")
