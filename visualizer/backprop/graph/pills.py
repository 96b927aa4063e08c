"""Words on pills that stand close together, as of the gradients that arrive at one card: each is whole, and none lies
on another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

_MOST = 64  # of more, as into a card that a whole network leads to, each says what it says


class Pill(NamedTuple):
    """What a pill says, and where in the scene its left end stands, at half of its height."""

    text: str
    place: QPointF


def apart(words: Mapping[int, Sequence[str]], boxes_of: Callable[[int, str], Iterable[QRectF]]) -> dict[int, Pill]:
    """Of `words` by link, long ones first, those that are drawn, each in the first of its boxes that is free: where
    boxes overlap the shorter ones, and "" where even these find none. Of more than `_MOST` links none gives way."""
    firsts = {link: next(iter(boxes_of(link, found[0]))) for link, found in words.items()}
    if len(words) > _MOST:
        return {link: _pill(found[0], firsts[link]) for link, found in words.items()}
    drawn: dict[int, Pill] = {}
    taken: list[QRectF] = []
    for link, found in words.items():
        is_close = any(firsts[link].intersects(box) for other, box in firsts.items() if other != link)
        text = found[-1] if is_close else found[0]
        box = next((box for box in boxes_of(link, text) if not any(map(box.intersects, taken))), None)
        drawn[link] = _pill("", firsts[link]) if box is None else _pill(text, box)
        if box is not None:
            taken.append(box)
    return drawn


def _pill(text: str, box: QRectF) -> Pill:
    return Pill(text, QPointF(box.left(), box.center().y()))
