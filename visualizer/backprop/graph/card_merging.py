"""A card of which the engine read a part, and what was known of the rest."""

from __future__ import annotations

import msgspec

from engine.protocol.card_parts import CardParts
from engine.protocol.graph_values import Card


def completed(card: Card, before: Card | None) -> Card | None:
    """The card with what was not read for it as it was before; None where that is not here, or where its note says
    that it is not what it was."""
    if card.parts == CardParts.ALL:
        return card
    if before is None:
        return None
    kept: dict[str, object] = {}
    for part, name in ((CardParts.VALUE, "value"), (CardParts.GRADIENT, "gradient")):
        if not card.parts & part:
            if getattr(card, f"{name}_note") != getattr(before, f"{name}_note"):
                return None
            kept[name] = getattr(before, name)
    if not card.parts & CardParts.GRAD:
        kept["grad"] = before.grad
    return msgspec.structs.replace(card, **kept, parts=CardParts.ALL)
