"""Where an element of a part lies in the whole tensor."""

from __future__ import annotations

import math

import numpy as np

from engine.protocol.errors import EngineError
from engine.shared.typed_index import read_index

_MOST_ELEMENTS = 1 << 20  # of a whole of which numpy would copy places, as for an index with a list


def whole_index(shape: tuple[int, ...], part: str, element: tuple[int, ...]) -> tuple[int, ...] | None:
    """Of `tensor[part][element]` the index in a tensor of this shape; None where that is not known."""
    try:
        index = read_index(part)
    except EngineError:
        return None
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(one, list | bool) for one in parts) and math.prod(shape) > _MOST_ELEMENTS:
        return None
    places = []
    for axis, size in enumerate(shape):
        along = np.arange(size).reshape([size if one == axis else 1 for one in range(len(shape))])
        try:
            places.append(int(np.broadcast_to(along, shape)[index][element]))
        except (IndexError, TypeError, ValueError):
            return None
    return tuple(places)
