"""Words on pills that stand close together, as of the gradients that arrive at one card: each is whole, and none lies
on another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF

_MOST = 64  # of more, as into a card that a whole network leads to, each says what it says


def apart(words: Mapping[int, Sequence[str]], box_of: Callable[[int, str], QRectF]) -> dict[int, str]:
    """Of `words` by link, long ones first, those that are drawn: where boxes overlap the shorter ones, and "" where
    these overlap an earlier one all the same."""
    if len(words) > _MOST:
        return {link: found[0] for link, found in words.items()}
    longest = {link: box_of(link, found[0]) for link, found in words.items()}
    drawn: dict[int, str] = {}
    boxes: list[QRectF] = []
    for link, found in words.items():
        others = [box for other, box in longest.items() if other != link]
        is_close = any(longest[link].intersects(box) for box in others)
        text = found[-1] if is_close else found[0]
        box = box_of(link, text)
        drawn[link] = "" if any(box.intersects(one) for one in boxes) else text
        if drawn[link]:
            boxes.append(box)
    return drawn
