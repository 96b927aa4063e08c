"""One sheet of a tensor: a matrix of its last two axes, or of those that were chosen, under its index, and over what a
cell is of it where that is not one element."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from engine.shared.language import tr
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.backprop.tensor_view.scale_line import ScaleLine
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel

_LABEL_PX = 12
_SCALE_PX = 11


class Sheet(QWidget):
    """All sheets of a tensor share `camera`: zooming, scrolling and selecting in one does so in each."""

    def __init__(self, camera: Camera, parent: QWidget) -> None:
        super().__init__(parent)
        self.feed = Feed("value", self)
        self.heat_map = HeatMap(self.feed, camera, self)
        self._words = self._short = ""
        self._label = ElidedLabel(_LABEL_PX, "text.secondary", mono=True, parent=self)
        self.scale = ScaleLine(self.feed, camera, self.heat_map, self)

    def name(self, words: str, short: str) -> None:
        """Its index, whole and where that has no room; "" where it is the only sheet."""
        self._words, self._short = words, short
        self._label.set_text(words)
        self.heat_map.setAccessibleName(tr("Cells of sheet {index}", index=words) if words else tr("Cells"))

    def place(self, box: QRect, *, has_scale: bool) -> None:
        """Where it stands, its label and the line below it included."""
        above, below = label_height() if self._words else 0, scale_height() if has_scale else 0
        height = max(box.height() - above - below, 1)
        self._label.set_text(self._fitting(box.width()))
        self.setGeometry(box)
        self._label.setGeometry(0, 0, box.width(), above)
        self.heat_map.setFixedHeight(height)
        self.heat_map.setGeometry(0, above, box.width(), height)
        self.scale.setGeometry(0, above + height, box.width(), below)

    def _fitting(self, width: int) -> str:
        """The last places of its index tell it from its neighbours."""
        places = self._short.split(", ")
        ends = [f"…, {', '.join(places[n:])}" for n in range(1, len(places))]
        every = [self._words, self._short, *ends]
        return next((words for words in every if text_width(words) <= width), every[-1])


def text_width(words: str) -> int:
    """Of an index above a sheet, px."""
    return QFontMetrics(theme.current().mono(_LABEL_PX)).horizontalAdvance(words) + 1


def label_height() -> int:
    """Of the index above a sheet, px."""
    return QFontMetrics(theme.current().mono(_LABEL_PX)).height() + theme.current().px(2)


def scale_height() -> int:
    """Of the two lines below a sheet, px."""
    return 2 * QFontMetrics(theme.current().font(_SCALE_PX)).height() + theme.current().px(6)
