"""Operands and result on the stage: beside each other, or, where that shows more numbers, below."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QBoxLayout

from engine.protocol.tensor_values import TensorSummary
from visualizer.backprop.stage.facing import MOST_DIGITS, Ground, height_share, is_below, share_of
from visualizer.backprop.stage.operands_row import OperandsRow
from visualizer.backprop.stage.tensor_block import TensorBlock
from visualizer.backprop.tensor_view.summary_look import digits_of
from visualizer.look import theme

_SPACING, _GAP = 12, 18  # px at 100 %
_HEADER = 22, 18


class OperationLayout(QBoxLayout):
    """Turns by itself where it gets another size."""

    def __init__(self, operands: OperandsRow, block: TensorBlock) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._operands, self._block = operands, block
        self._summary: TensorSummary | None = None
        self._known: object = None
        self.addWidget(operands, 2)
        self.addWidget(block, 1)

    def dress(self) -> None:
        """In the theme and the size of text of now."""
        self.setSpacing(theme.current().px(_SPACING))

    def stand(self, summary: TensorSummary) -> None:
        """This is the result now."""
        self._summary = summary
        self._turn(self.geometry())

    def setGeometry(self, geometry: QRect) -> None:
        self._turn(geometry)
        super().setGeometry(geometry)

    def _turn(self, geometry: QRect) -> None:
        shapes, summary = self._operands.shapes, self._summary
        digits = *self._operands.digits, 0 if summary is None else min(digits_of(summary), MOST_DIGITS)
        known = shapes, digits, None if summary is None else summary.shape, geometry.size(), theme.current().scale
        if known == self._known or summary is None or not shapes or geometry.isEmpty():
            return
        self._known = known
        below = is_below(shapes, summary.shape, digits, self._ground(geometry))
        self._operands.is_above = below
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if way != self.direction():
            self.setDirection(way)
        shares = (
            (height_share(*shapes), height_share(summary.shape))
            if below
            else self._widths(geometry.width(), sum(map(share_of, shapes, digits)), share_of(summary.shape, digits[-1]))
        )
        for place, share in enumerate(shares):
            self.setStretch(place, share)

    def _widths(self, width: int, *shares: int) -> tuple[int, int]:
        """px, of the operands with the signs between them, and of the result: equal cells are equally wide."""
        signs = min(self._operands.signs_width, width // 2)
        ours = (width - signs) * shares[0] // sum(shares)
        return signs + ours, max(width - signs - ours, 1)

    def _ground(self, geometry: QRect) -> Ground:
        look, block = theme.current(), self._block
        metrics = QFontMetricsF(look.mono(100))
        digit = metrics.horizontalAdvance("0") / look.px(100), metrics.height() / look.px(100)
        names = block.title.sizeHint().height() + block.caption.sizeHint().height() + 2 * look.px(8)
        header = look.px(_HEADER[0]), look.px(_HEADER[1])
        return Ground(
            geometry.width(),
            geometry.height(),
            self._operands.signs_width,
            names,
            look.px(_GAP),
            header,
            digit,
            look.scale,
        )
