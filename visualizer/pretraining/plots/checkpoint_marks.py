"""The checkpoints that lie in the folder of the shown run, as marks on the axis of the loss: told, and chosen."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from engine.runs.kept_checkpoints import KeptCheckpoint, best_of
from engine.shared.language import grouped, tr
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.surface import Surface

_SIZE, _NEAR = 5, 8  # pixels at 100 %: half a mark, and how far from one a click still means it
_DIAMOND = [QPointF(0, -1), QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0)]
_STAR = [
    QPointF(math.sin(turn * math.pi / 5), -math.cos(turn * math.pi / 5)) * (0.5 if turn % 2 else 1.35)
    for turn in range(10)
]


class CheckpointMarks(QObject):
    """A star is the best one, a filled diamond the newest, a hollow one another that is kept. A click chooses one, [
    and ] the one before and behind it, Esc none; on the window's thread."""

    chosen_changed = Signal()

    def __init__(self, plot: Surface) -> None:
        super().__init__(plot)
        self.chosen: KeptCheckpoint | None = None
        self.all: tuple[KeptCheckpoint, ...] = ()  # the newest last
        self._plot = plot
        self._places: tuple[float, ...] = ()  # on the axis
        self._run = ""
        plot.installEventFilter(self)

    def show(self, run: Curves, unit: str) -> None:
        """Those of a run; the choice stays while its checkpoint is there."""
        self.all = run.checkpoints
        self._places = tuple(run.at_step(one.progress.step, unit) for one in self.all)
        known, self._run = self._run, run.key
        step = self.chosen.progress.step if self.chosen is not None and run.key == known else -1
        self.choose(next((one for one in self.all if one.progress.step == step), None))

    def clear(self) -> None:
        """No run is shown."""
        self.all, self._places = (), ()
        self.choose(None)

    def choose(self, one: KeptCheckpoint | None) -> None:
        """Choose one of them, or none."""
        before, self.chosen = self.chosen, one
        if one != before:
            self.chosen_changed.emit()
            self._plot.update()
            announce(self._plot, "" if one is None else self.words(one))

    def words(self, one: KeptCheckpoint) -> str:
        """ "Checkpoint of step 500, val 2.04, the best, 12.9 MB"."""
        parts = [tr("Checkpoint of step {step}", step=grouped(one.progress.step))]
        parts += [tr("val {loss}", loss=formatting.loss(one.loss))] if one.progress.validation_loss is not None else []
        parts += [tr("the best")] if self._is_best(one) else []
        parts += [tr("the newest")] if self._is_newest(one) else []
        return ", ".join([*parts, formatting.n_bytes(one.n_bytes)])

    def paint(self, painter: QPainter, area: QRectF, frame: Frame) -> None:
        """Standing on the line of the axis."""
        look, size = theme.current(), theme.current().px(_SIZE)
        painter.save()
        for one, place in zip(self.all, self._places, strict=True):
            at = QPointF(frame.point(place, 1).x(), area.bottom() - size)
            if not area.left() - 1 <= at.x() <= area.right() + 1:
                continue
            if one == self.chosen:
                painter.setPen(QPen(look.color("accent.line"), look.px(2)))
                painter.setBrush(look.color("bg.panel"))
                painter.drawEllipse(at, size * 1.8, size * 1.8)
            is_best = self._is_best(one)
            is_filled = is_best or self._is_newest(one)
            painter.setPen(QPen(look.color("text.primary"), 1.2 * look.scale))
            painter.setBrush(look.color("text.primary" if is_filled else "bg.panel"))
            painter.drawPolygon(QPolygonF([at + corner * size for corner in (_STAR if is_best else _DIAMOND)]))
        painter.restore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            one = self.at(QPointF(event.pos()))
            if one is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(
                    event.globalPos(), f"{self.words(one)}\n{tr('Click: branch from it, or export its weights')}"
                )
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if isinstance(event, QMouseEvent):
            return self._pointed(event)
        return False

    def at(self, pixel: QPointF) -> KeptCheckpoint | None:
        """The one that is meant there."""
        frame, near = self._plot.frame(), theme.current().px(_NEAR)
        if abs(pixel.y() - frame.area.bottom() + theme.current().px(_SIZE)) > near:
            return None
        away = [(abs(frame.point(place, 1).x() - pixel.x()), index) for index, place in enumerate(self._places)]
        least, index = min(away, default=(math.inf, -1))
        return self.all[index] if least <= near else None

    def _pointed(self, event: QMouseEvent) -> bool:
        one = self.at(event.position())
        if event.type() == QEvent.Type.MouseMove and event.buttons() == Qt.MouseButton.NoButton:
            if one is None:
                self._plot.unsetCursor()
            else:
                self._plot.setCursor(Qt.CursorShape.PointingHandCursor)
        is_click = event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton
        if one is None or not is_click or event.modifiers():
            return False
        self.choose(None if one == self.chosen else one)
        return True

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
            return True
        if event.text() not in ("[", "]") or not self.all:
            return False
        steps = [one.progress.step for one in self.all]
        is_back = event.text() == "["
        index = steps.index(self.chosen.progress.step) if self.chosen is not None else len(steps) if is_back else -1
        self.choose(self.all[min(max(index + (-1 if is_back else 1), 0), len(steps) - 1)])
        return True

    def _is_best(self, one: KeptCheckpoint) -> bool:
        best = best_of(self.all)
        return best is not None and best.path == one.path

    def _is_newest(self, one: KeptCheckpoint) -> bool:
        return one.path == self.all[-1].path
