"""What is out of the ordinary about a node: how it saves for backward, and the transforms of torch.func around it."""

from __future__ import annotations

from engine.autograd.records import Call

_REENTRANT = "CheckpointFunctionBackward"


def traits_of(name: str, call: Call | None) -> tuple[str, ...]:
    """Words of `engine.protocol.origin.TRAITS` of the node with this name, which `call` made."""
    found = ("reentrant",) if name == _REENTRANT else ()
    context = None if call is None else call.context
    if context is None:
        return found
    kept = () if context.packing is None else (context.packing.kind,)
    return (*found, *kept, *dict.fromkeys(context.transforms))
