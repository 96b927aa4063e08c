"""What one can begin with, while there is no graph: a row for each, to be pressed, with its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.shared.language import mark, tr
from visualizer.look import icons, spoken, theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

# By the id of an action what comes of it.
FIRST_STEPS = {
    "run": mark("See every value, and the graph that PyTorch makes of them"),
    "step_through": mark("Hold backward() at each node, one gradient at a time"),
    "example_two_layers": mark("An example to run or to step through; File has more of them"),
    "lessons": mark("From a first tensor to a GPT-2, page by page"),
    "pretraining": mark("Choose a small GPT-2, press Start, watch it learn"),
}
OF_A_PROGRAM = ("run", "step_through")
WITHOUT_ONE = ("example_two_layers",)
_TALL, _LOW = 52, 36  # px of a row with what comes of it, and without
_GAP, _INSET, _ICON = 8, 16, 16  # px


class FirstSteps(QWidget):
    """As many rows as there is height for, the first first; all of them with their second line, or none. Emits `begun`
    before one does its action, with which it may be gone."""

    begun = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Step] = []
        self._has_program = True
        self.is_whole = True  # every row has room
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Those of FIRST_STEPS, in this order."""
        self._rows = [_Step(action, self) for action in actions]
        for row in self._rows:
            row.begun.connect(self.begun)
            self._column.addWidget(row)

    def set_has_program(self, *, has_program: bool) -> bool:
        """Whether there is a text to run: without one an example is offered. True where that has changed; `fit` shows
        it."""
        has_changed, self._has_program = has_program != self._has_program, has_program
        return has_changed

    def _offered(self) -> list[_Step]:
        leaving = WITHOUT_ONE if self._has_program else OF_A_PROGRAM
        return [row for row in self._rows if row.name not in leaving]

    def fit(self, width: int, height: int) -> int:
        """Show what has room in so many pixels; how high it is then, 0 where not even one row has room."""
        look, gap = theme.current(), theme.current().px(_GAP)
        self._column.setSpacing(gap)
        rows = self._offered()
        n_rows = len(rows)
        is_tall = n_rows * (look.px(_TALL) + gap) - gap <= height
        is_tall = is_tall and all(row.told_width() <= width for row in rows)
        row_height = look.px(_TALL if is_tall else _LOW)
        n_shown = min(n_rows, max(height + gap, 0) // (row_height + gap))
        for row in self._rows:
            row.set_told(is_tall)
            row.setVisible(row in rows[:n_shown])
        self.setVisible(n_shown > 0)
        self.is_whole = n_shown == n_rows
        return n_shown * (row_height + gap) - gap if n_shown else 0


class _Step(QPushButton):
    begun = Signal()

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent, objectName=f"first_{action.objectName()}")
        self._action, self._told = action, True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._begin)
        action.changed.connect(self._dress)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._dress)
        self._dress()

    @property
    def name(self) -> str:
        """The id of its action."""
        return self._action.objectName()

    def set_told(self, is_told: bool) -> None:
        """Whether what comes of it stands under its name."""
        self._told = is_told
        self.setFixedHeight(theme.current().px(_TALL if is_told else _LOW))
        self.update()

    def told_width(self) -> int:
        """What it needs for both lines, beside its keys."""
        words = max(self._metrics(12.5, 500).horizontalAdvance(self.text()) + self._keys_width(), self._detail_width())
        return words + self._left() + theme.current().px(_INSET)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left(), self.height())

    def sizeHint(self) -> QSize:
        return QSize(self.told_width(), self.height())

    def _begin(self) -> None:
        self.begun.emit()
        self._action.trigger()

    def _dress(self) -> None:
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(f"{self._action.text()} — {self._detail()}")
        self.setAccessibleName(self._action.text())
        self.setAccessibleDescription(" ".join(part for part in (self._detail(), self._keys()) if part))
        self.updateGeometry()
        self.update()

    def _detail(self) -> str:
        return tr(FIRST_STEPS[self._action.objectName()])

    def _keys(self) -> str:
        return self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _left(self) -> int:
        return theme.current().px(_INSET + _ICON + 12)

    def _detail_width(self) -> int:
        return self._metrics(11.5).horizontalAdvance(self._detail())

    def _keys_width(self) -> int:
        return self._metrics(11).horizontalAdvance(self._keys()) + theme.current().px(24)

    def _metrics(self, size: float, weight: int = 400) -> QFontMetrics:
        return QFontMetrics(theme.current().font(size, weight))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, area = theme.current(), QPainter(self), self.rect()
        is_on = self.isEnabled()
        fill = "bg.pressed" if self.isDown() else "bg.hover" if is_on and self.underMouse() else "bg.panel"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line.default"), 1))
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        side = look.px(_ICON)
        name = str(self._action.property("icon_name")) or ("open" if self.name in WITHOUT_ONE else "pulse")
        color = look.color("accent.text" if is_on else "line.control")
        drawn = icons.pixmap(name, color, side, self.devicePixelRatio())
        painter.drawPixmap(QPoint(look.px(_INSET), (area.height() - side) // 2), drawn)
        inner = area.adjusted(self._left(), 0, -look.px(_INSET), 0)
        self._write(painter, inner, "text.primary" if is_on else "text.muted")

    def _write(self, painter: QPainter, inner: QRect, ink: str) -> None:
        look, align = theme.current(), Qt.AlignmentFlag
        first = QRect(inner)
        if self._told:
            middle = inner.center().y() + 1
            first.setBottom(middle)
            painter.setFont(look.font(11.5))
            painter.setPen(look.color("text.muted"))
            below = inner.adjusted(0, middle + look.px(2), 0, 0)
            painter.drawText(below, align.AlignLeft | align.AlignTop, self._detail())
        level = align.AlignBottom if self._told else align.AlignVCenter
        painter.setFont(look.font(12.5, 500))
        painter.setPen(look.color(ink))
        words = elided(self._metrics(12.5, 500), self.text(), inner.width())
        painter.drawText(first, align.AlignLeft | level, words)
        if self._metrics(12.5, 500).horizontalAdvance(self.text()) + self._keys_width() <= inner.width():
            painter.setFont(look.font(11))
            painter.setPen(look.color("text.muted"))
            painter.drawText(first, align.AlignRight | level, self._keys())
