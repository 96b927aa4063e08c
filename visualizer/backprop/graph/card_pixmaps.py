"""Pictures of cards, kept while there is room for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtGui import QPixmap

from visualizer.backprop.graph.card_content import CardContent

# A few frames of a large screen. Counted in bytes: at the largest zoom one card has two megabytes.
_KEPT_BYTES = 96 << 20
MADE_AHEAD_BYTES = _KEPT_BYTES // 2  # of what is in view and around it; the rest is of what was


class CardPixmaps:
    """Those drawn last stay. On the window's thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple, tuple[CardContent, QPixmap]] = OrderedDict()
        self.n_bytes = 0

    def has(self, content: CardContent, look: tuple) -> bool:
        """Whether `get` would draw nothing."""
        return (id(content), look) in self._kept

    def get(self, content: CardContent, look: tuple, render: Callable[[], QPixmap]) -> QPixmap:
        """The picture of `content`, which never changes, in a `look`: scale, marks and all else that it depends on."""
        key = (id(content), look)
        found = self._kept.get(key)
        if found is None:
            # The content is kept beside its picture: an id is only as unique as the life of its object.
            found = self._kept[key] = content, render()
            self.n_bytes += _size(found[1])
            while self.n_bytes > _KEPT_BYTES and len(self._kept) > 1:
                self.n_bytes -= _size(self._kept.popitem(last=False)[1][1])
        else:
            self._kept.move_to_end(key)
        return found[1]


def size_of(width: float, height: float, ratio: float) -> float:
    """Bytes that a picture of so many pixels of the widget takes on a screen."""
    return width * height * ratio**2 * 4


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
