"""The few words that a card has about what is out of the ordinary: checkpoint, torch.func, hooks of the program."""

from __future__ import annotations

from engine.protocol.values import Card, Node
from engine.shared.language import mark, tr, trn

_TRAITS = {  # of `engine.protocol.origin.TRAITS`: on a card, and in full
    "recomputed": (mark("recomputed"), mark("what it saves is recomputed in backward")),
    "reentrant": (mark("recomputed"), mark("its forward runs again in backward, with a pass of its own")),
    "packed": (mark("packed"), mark("what it saves is packed by hooks of the program")),
    "on cpu": (mark("on the CPU"), mark("what it saves is kept on the CPU")),
    "vmap": (mark("vmap"), mark("inside torch.vmap: one node for the batch")),
    "jvp": (mark("forward mode"), mark("in forward mode: a value or its tangent")),
    "grad": (mark("torch.func"), mark("inside torch.func.grad or its like")),
    "functionalize": (mark("functionalized"), mark("inside torch.func.functionalize")),
}


def sign_words(node: Node, card: Card | None) -> str:
    """ "recomputed", "vmap · 2 hooks"; "" of nearly every node."""
    n_hooks = 0 if card is None else card.n_hooks
    if not node.traits and not n_hooks:
        return ""
    hooks = trn("hook", "{n} hooks", n_hooks) if n_hooks else ""
    return " · ".join([*(tr(_TRAITS[trait][0]) for trait in node.traits[:1]), *([hooks] if hooks else [])])


def trait_words(node: Node) -> str:
    """In full, for a tooltip."""
    return "\n".join(tr(_TRAITS[trait][1]) for trait in node.traits)
