"""What backward passes with create_graph=True have made of a graph: a layer for each."""

from __future__ import annotations

import msgspec


class GradientLayer(msgspec.Struct, frozen=True, array_like=True):
    """The nodes that one pass made. `order` is 2 where the pass went through nodes of the forward pass only, 3 where it
    went through a layer of order 2, and so on."""

    order: int
    origin: str  # "loss.backward(create_graph=True)"
    line: int  # 0 without one
    pass_index: int  # in its run of the program, from 1; 0 of one that the window started
