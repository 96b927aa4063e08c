"""Which tensor is meant: the keys by which the window asks for one, and which the answers repeat."""

from __future__ import annotations

import msgspec


class VariableKey(msgspec.Struct, frozen=True, array_like=True, tag="variable"):
    """What a variable holds now. `name` may be a dotted path, "net.fc.weight"."""

    name: str


class VariableGradKey(msgspec.Struct, frozen=True, array_like=True, tag="variable_grad"):
    """The `.grad` of what a variable holds now."""

    name: str


class NodeValueKey(msgspec.Struct, frozen=True, array_like=True, tag="node_value"):
    """Output `slot` of a node's forward operation, as it was when the operation ran."""

    node: int
    slot: int = 0


class NodeGradKey(msgspec.Struct, frozen=True, array_like=True, tag="node_grad"):
    """The gradient with respect to output `slot` of a node, as the newest backward pass brought it."""

    node: int
    slot: int = 0


class FoundKey(msgspec.Struct, frozen=True, array_like=True, tag="found"):
    """A part of what was found not to be finite, while the program is held there. `serial` is that of the find."""

    serial: int
    position: int


class TriedGradKey(msgspec.Struct, frozen=True, array_like=True, tag="tried_grad"):
    """The gradient with respect to output `slot` of a node as an experiment had it: "old" without its change, "new"
    with it, or their "difference"."""

    experiment: int
    view: str
    node: int
    slot: int = 0


class OperandKey(msgspec.Struct, frozen=True, array_like=True, tag="operand"):
    """What the call `serial`, that made a tensor without a graph, took at a place among its operands."""

    serial: int
    position: int


class SliceKey(msgspec.Struct, frozen=True, array_like=True, tag="slice"):
    """A part of another tensor: `index` as Python writes it, "[:, 0, ::2]"."""

    of: VariableKey | VariableGradKey | NodeValueKey | NodeGradKey | TriedGradKey
    index: str


OwnKey = VariableKey | VariableGradKey | NodeValueKey | NodeGradKey | FoundKey | TriedGradKey | OperandKey | SliceKey


class DifferenceKey(msgspec.Struct, frozen=True, array_like=True, tag="difference"):
    """One tensor less another of the same shape."""

    first: OwnKey
    second: OwnKey


TensorKey = OwnKey | DifferenceKey
