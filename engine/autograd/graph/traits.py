"""What is out of the ordinary about a node: how it saves for backward, and the transforms of torch.func around it."""

from __future__ import annotations

from typing import Any

from engine.autograd.records import Call
from engine.tensors import native

COMPILED = "CompiledFunctionBackward"  # what torch.compile makes of a region
_OF_NAMES = {"CheckpointFunctionBackward": ("reentrant",), COMPILED: ("compiled",)}
_COPIES = {"ToCopyBackward0": 0, "CopyBackwards": 1}  # the place of what was copied among their operands


def given_to_copy(node: Any) -> Any:
    """Dtype, device and shape of what a node converted or copied, as PyTorch keeps them for it; None of another."""
    name = native.name_of(node)
    if name not in _COPIES:
        return None
    below, slot = node.next_functions[_COPIES[name]]
    return None if below is None else below._input_metadata[slot]


def traits_of(name: str, call: Call | None, node: Any = None) -> tuple[str, ...]:
    """Words of `engine.protocol.origin.TRAITS` of the node with this name, which `call` made."""
    found = _OF_NAMES.get(name, ())
    if name in _COPIES and node is not None:
        given = given_to_copy(node)
        if given is not None and given.device != node._input_metadata[0].device:
            found = ("device copy",)
    context = None if call is None else call.context
    if context is None:
        return found
    kept = () if context.packing is None else (context.packing.kind,)
    return (*found, *kept, *dict.fromkeys(context.transforms))
