"""Which of a card's tensors are summarised for a request: what a window has and nobody writes to is not read again."""

from __future__ import annotations

import enum


class CardParts(enum.IntFlag):
    """A card's notes, norms and hooks are in each answer."""

    NONE = 0
    VALUE = 1
    GRADIENT = 2
    GRAD = 4  # the leaf's `.grad`
    ALL = 7
