"""Typeset formulas in lines that wrap where there is no room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualizer.look import spoken, theme
from visualizer.look.mathematics.formula_values import INK, SIZE, Formula
from visualizer.look.mathematics.read_aloud import words_of
from visualizer.look.mathematics.typesetter import Typesetter
from visualizer.look.painting import guarded

_TYPE_PX = 15  # the size of a formula's letters at 100 %
_GAP_PX, _LINE_PX, _INDENT_PX = 7, 6, 18  # between pieces, between lines, before a line that goes on
_LEAST_SCALE = 0.45  # of a piece that is too wide for a line of its own


class FormulaRow(NamedTuple):
    """LaTeX in pieces, between which a line may break, in the colour of a token; `gap_px` above it at 100 %."""

    pieces: tuple[str, ...]
    token: str
    gap_px: int = 0


class Placed(NamedTuple):
    """A piece and where it stands in the view."""

    formula: Formula
    token: str
    place: QRectF


class FormulaView(QWidget):
    """Rows of formulas; the pieces of a row stand beside each other, and go on below where they have to.

    `set_rows` asks for what is not typeset yet; the old rows stay until all of it is there, or until `drop_old`.
    """

    accessible_role = QAccessible.Role.Equation

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._wanted: tuple[FormulaRow, ...] = ()
        self._rows: tuple[FormulaRow, ...] = ()
        self.placed: list[Placed] = []
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        typesetter.arrived.connect(self._take)
        theme.current().changed.connect(self._place)
        spoken.current().changed.connect(self._name_it)

    @property
    def rows(self) -> tuple[FormulaRow, ...]:
        """What is on screen."""
        return self._rows

    @property
    def is_complete(self) -> bool:
        """Whether all that is to be shown is typeset and on screen."""
        return self._rows == self._wanted

    def set_rows(self, rows: Iterable[FormulaRow]) -> None:
        """What to show; rows without pieces are left out."""
        self._wanted = tuple(row for row in rows if row.pieces)
        self._name_it()
        self._take()

    def _name_it(self) -> None:
        self.setAccessibleName("; ".join(words_of(" ".join(row.pieces)) for row in self._wanted))

    def drop_old(self) -> None:
        """What is on screen goes, unless it is what is wanted."""
        if not self.is_complete:
            self._show(())

    def _take(self) -> None:
        if self._wanted == self._rows:
            return
        if self._typesetter.request(piece for row in self._wanted for piece in row.pieces):
            self._show(self._wanted)

    def _show(self, rows: tuple[FormulaRow, ...]) -> None:
        self._rows = rows
        self._renderers = {}
        self._place()

    # -- where they stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._place()

    def _place(self) -> None:
        look = theme.current()
        scale = look.px(_TYPE_PX) / SIZE
        self.placed = []
        top = 0.0
        for row in self._rows:
            top += look.px(row.gap_px) if top else 0
            for line in self._lines(row, scale):
                top = self._set_line(line, top) + look.px(_LINE_PX)
        self.setFixedHeight(round(max(top, 0)))
        self.setVisible(bool(self._rows))
        self.update()

    def _lines(self, row: FormulaRow, scale: float) -> list[list[Placed]]:
        """The pieces of a row by line, each with its x and its size."""
        look, width = theme.current(), max(self.width(), 1)
        gap, indent = look.px(_GAP_PX), look.px(_INDENT_PX)
        lines: list[list[Placed]] = [[]]
        x = 0.0
        for piece in row.pieces:
            formula = self._formula(piece)
            needed = formula.width * scale
            if lines[-1] and x + needed > width:
                lines.append([])
                x = indent
            room = max(width - x, 1)
            own = scale * max(min(1.0, room / needed if needed else 1.0), _LEAST_SCALE)
            lines[-1].append(Placed(formula, row.token, QRectF(x, 0, formula.width * own, formula.height * own)))
            x += formula.width * own + gap
        return lines

    def _set_line(self, line: list[Placed], top: float) -> float:
        """The pieces of a line on one baseline; where the line ends."""
        depths = [one.formula.depth * _scale_of(one) for one in line]
        ascent = max((one.place.height() - depth for one, depth in zip(line, depths, strict=True)), default=0.0)
        for one, depth in zip(line, depths, strict=True):
            one.place.moveTop(top + ascent - (one.place.height() - depth))
            self.placed.append(one)
        return top + ascent + max(depths, default=0.0)

    def _formula(self, latex: str) -> Formula:
        """One that could not be set stands there as its source."""
        found = self._typesetter.get(latex) or Formula(latex)
        if found.svg:
            return found
        metrics = QFontMetricsF(theme.current().mono(_TYPE_PX))
        unit = SIZE / theme.current().px(_TYPE_PX)
        size = metrics.horizontalAdvance(latex) * unit, metrics.height() * unit, metrics.descent() * unit
        return Formula(latex, "", *size)

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for formula, token, place in self.placed:
            color = theme.current().color(token)
            if formula.svg:
                self._renderer(formula, color.name()).render(painter, place)
                continue
            painter.setFont(theme.current().mono(_TYPE_PX))
            painter.setPen(color)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, formula.latex)

    def _renderer(self, formula: Formula, color: str) -> QSvgRenderer:
        key = formula.latex, color
        if key not in self._renderers:
            svg = formula.svg.replace(INK, color)
            self._renderers[key] = QSvgRenderer(QByteArray(svg.encode()), self)
        return self._renderers[key]


def _scale_of(placed: Placed) -> float:
    return placed.place.height() / placed.formula.height if placed.formula.height else 1.0
