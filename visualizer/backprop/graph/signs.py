"""The few words that a card has about what is out of the ordinary: checkpoint, torch.func, hooks of the program."""

from __future__ import annotations

from engine.protocol.graph_values import Card, Node
from engine.protocol.origin import TRAITS
from engine.shared.language import tr, trn


def sign_words(node: Node, card: Card | None) -> str:
    """ "recomputed", "vmap · 2 hooks"; "" of nearly every node."""
    n_hooks = 0 if card is None else card.n_hooks
    if not node.traits and not n_hooks:
        return ""
    hooks = trn("hook", "{n} hooks", n_hooks) if n_hooks else ""
    return " · ".join([*(tr(TRAITS[trait][0]) for trait in node.traits[:1]), *([hooks] if hooks else [])])


def trait_words(node: Node) -> str:
    """In full, for a tooltip."""
    return "\n".join(tr(TRAITS[trait][1]) for trait in node.traits)
