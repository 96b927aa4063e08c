"""The life of a tensor on the timeline: where its storage is read, where it is freed, where its gradient arrives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.protocol.saved import NodeSaved
from engine.shared.language import tr
from visualizer.backprop.timeline.marks import Marks
from visualizer.look import theme

_DOT_PX, _BELOW_PX = 3.5, 7.0  # radius, and how far under the track the line runs


class Life:
    """A line under the track from the first node that reads it to the last, a ring for each, filled at the last, which
    frees it; a bar where the gradient of the tensor itself arrives."""

    def __init__(self) -> None:
        self._saved: NodeSaved | None = None

    def set_saved(self, saved: NodeSaved | None) -> None:
        """Of a node, None of none."""
        self._saved = saved

    def _places(self, marks: Marks) -> tuple[list[int], int]:
        """Where it is read, and where the node itself runs, -1 where it does not."""
        if self._saved is None:
            return [], -1
        own = marks.places_of(frozenset({self._saved.node}))
        return marks.places_of(frozenset(self._saved.readers)), own[0] if own else -1

    def words_at(self, marks: Marks, index: int) -> str:
        """What a place means for it, after a comma; "" where it means nothing."""
        reads, own = self._places(marks)
        words = [tr("what the selected node made is read")] if index in reads else []
        words += [tr("and freed, unless the graph is retained")] if reads and index == reads[-1] else []
        words += [tr("the gradient of the selected tensor arrives")] if index == own else []
        return "".join(f", {one}" for one in words)

    def paint(self, painter: QPainter, marks: Marks, x: Callable[[int], float], track: float) -> None:
        """Under the track, which is at this height."""
        reads, own = self._places(marks)
        if not reads:
            return
        look, y = theme.current(), track + theme.current().px(_BELOW_PX)
        radius, color = look.px(_DOT_PX), look.color("accent.text")
        painter.setPen(QPen(color, 1.5 * look.scale))
        painter.drawLine(QLineF(x(reads[0]), y, x(max(reads[-1], own)), y))
        for place in reads:
            painter.setBrush(color if place == reads[-1] else look.color("bg.panel"))
            painter.drawEllipse(QPointF(x(place), y), radius, radius)
        if own >= 0:
            painter.setPen(QPen(look.color("flow.line"), 3 * look.scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QLineF(x(own), y - 2 * radius, x(own), y + 2 * radius))
