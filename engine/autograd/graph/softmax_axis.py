"""The axis that a softmax goes along."""

from __future__ import annotations

from torch.autograd.graph import Node as GradFn

from engine.autograd.records import slot_shape


def softmax_axis(node: GradFn) -> tuple[int, int] | None:
    """The axis that a softmax goes along, and its elements there; None where it is not told."""
    shape = slot_shape(node._input_metadata[0])  # type: ignore[attr-defined]
    axis = getattr(node, "_saved_dim", None)
    if shape is None or type(axis) is not int or not shape:
        return None
    axis = (axis - (1 << 64) if axis >= 1 << 63 else axis) % len(shape)  # it is saved without its sign
    return axis, shape[axis]
