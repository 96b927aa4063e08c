"""What all that is drawn of a card shares: faces, colours and sizes of today's theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from engine.shared.backward_model import NOT_NEEDED, NOT_REACHED
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.glyphs import sized
from visualizer.backprop.graph.layout_values import (
    CARD_HEIGHT,
    CARD_WIDTH,
    INPUT_WIDTH,
    ROW_HEIGHT,
    ROWS_PAD,
    SLIM_HEIGHT,
    SLIM_WIDTH,
)
from visualizer.look import theme

RADIUS = 6.0
OUTSET = 8.0  # how far outlines and stacked sheets reach past the card
TEXT_LEFT = 22.0
ROW_MIDDLES = (18.5, 38.5, 59.0)  # of the three lines of text


class CardLook:
    """Of one theme. Faces of small cards are made once for each size."""

    def __init__(self) -> None:
        self.theme = look = theme.current()
        self.color = look.color
        self.title = sized(look.font(12.5, 600), 12.5)
        self.name = sized(look.mono(12, 500), 12)
        self.expression = sized(look.mono(12), 12)
        self.shape = sized(look.mono(11), 11)
        self.pill = sized(look.font(10.5, 600), 10.5)
        self.number = sized(look.mono(12.5, 500), 12.5)
        self.small = sized(look.font(9), 9)
        self._metrics = {id(face): QFontMetricsF(face) for face in vars(self).values() if isinstance(face, QFont)}
        self._small_faces: dict[tuple[bool, int], tuple[QFont, QFontMetricsF]] = {}

    def metrics(self, face: QFont) -> QFontMetricsF:
        """Of one of the faces above."""
        return self._metrics[id(face)]

    def small_face(self, size: float, *, is_mono: bool = False) -> tuple[QFont, QFontMetricsF]:
        """A face of so many pixels of the scene, rounded, for a card from afar."""
        key = is_mono, int(size + 0.5)
        found = self._small_faces.get(key)
        if found is None:
            face = sized(self.theme.mono(12, 500) if is_mono else self.theme.font(12, 600), size)
            found = self._small_faces[key] = face, QFontMetricsF(face)
        return found

    def category_color(self, content: CardContent) -> QColor:
        """Of its stripe."""
        if content.state == NOT_NEEDED or content.is_ghost:
            return self.color("line.control")
        return self.color("line.control" if content.category == "module" else f"cat.{content.category}")

    def title_color(self, content: CardContent) -> QColor:
        """Of its first line."""
        if content.state == NOT_NEEDED or content.is_ghost:
            return self.color("text.muted")
        return self.color("text.secondary" if content.state == NOT_REACHED else "text.primary")

    def name_color(self, content: CardContent) -> QColor:
        """Of its second line."""
        if content.state == NOT_NEEDED or content.is_ghost:
            return self.color("text.muted")
        return self.category_color(content) if content.is_variable else self.color("text.secondary")


def size_of(content: CardContent) -> tuple[float, float]:
    """Width and height of a card."""
    width = INPUT_WIDTH if content.is_input else SLIM_WIDTH if content.is_slim else CARD_WIDTH
    return width, head_of(content) + len(content.rows) * ROW_HEIGHT + (ROWS_PAD if content.rows else 0)


def head_of(content: CardContent) -> float:
    """Height of a card above its rows."""
    return SLIM_HEIGHT if content.is_slim else CARD_HEIGHT


def left_of(content: CardContent) -> float:
    """Where text begins: beside the stripe, if there is one."""
    return TEXT_LEFT if content.stripe or not content.stack else 14.0
