"""The list of runs: name and state, a small curve, the validation loss, and a box to lay a run over the plot."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.pretraining import formatting
from visualizer.pretraining.run_view import LIVE, RESUMABLE, RunRow

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TrainingRuns(QWidget):
    """Shows RunRows. A run is named by the path of its folder."""

    run_selected = Signal(object)  # Path
    overlay_wanted = Signal(object, bool)  # Path, whether it is to be laid over the plot
    resume_wanted = Signal(object)
    change_wanted = Signal(object)
    reveal_wanted = Signal(object)
    copy_path_wanted = Signal(object)
    export_wanted = Signal(object)
    delete_wanted = Signal(object)
    open_wanted = Signal()
    new_wanted = Signal()  # back to the form as it was left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_runs")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = _RunsModel(self)
        self.view = _RunsView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_RunDelegate(self.view))
        self.view.box_clicked.connect(self._toggle)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().currentChanged.connect(self._tell_selection)
        self._count = QLabel(self, objectName="runs_count")
        self._count.setProperty("role", "caption")
        self._empty = QLabel("No runs yet. Choose a preset and press Start.", self, objectName="runs_empty")
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "secondary")
        self._empty.setContentsMargins(12, 0, 12, 8)
        self._open = QPushButton("Open other run folder…", self, objectName="open_run_folder")
        self._open.setProperty("kind", "link")
        self._open.clicked.connect(self.open_wanted)
        self.new_button = QPushButton("New run", self, objectName="new_run")
        self.new_button.setProperty("kind", "link")
        self.new_button.setToolTip("Back to the form as you left it")
        self.new_button.clicked.connect(self.new_wanted)
        self._is_quiet = False
        self._build()
        theme.current().changed.connect(self.view.doItemsLayout)
        self.show_rows((), None)

    def show_rows(self, rows: tuple[RunRow, ...], selected: Path | None) -> None:
        """The runs, newest first, and which of them is shown."""
        self._is_quiet = True
        self.model.set_rows(rows)
        place = next((i for i, row in enumerate(rows) if row.path == selected), -1)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)
        if place < 0:
            self.view.clearSelection()
        self.new_button.setVisible(selected is not None)
        self._is_quiet = False
        self._count.setText(str(len(rows)) if rows else "")
        self._empty.setVisible(not rows)

    def _tell_selection(self, index: QModelIndex) -> None:
        if not self._is_quiet and index.isValid():
            self.run_selected.emit(index.data(_ROW).path)

    def _toggle(self, index: QModelIndex) -> None:
        row: RunRow = index.data(_ROW)
        self.overlay_wanted.emit(row.path, not row.color)

    def _show_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if index.isValid():
            self.menu_for(index.data(_ROW)).popup(self.view.viewport().mapToGlobal(place))

    def menu_for(self, row: RunRow) -> QMenu:
        """What can be done with one run."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row.state in (*RESUMABLE, "paused") and not row.is_remote:
            menu.addAction("Resume", lambda: self.resume_wanted.emit(row.path))
        if not row.is_remote and row.state not in ("starting", "stopping"):
            words = "Extend…" if row.state == "finished" else "Change settings…"
            menu.addAction(words, lambda: self.change_wanted.emit(row.path))
        menu.addAction("Remove from the loss plot" if row.color else "Lay over the loss plot",
                       lambda: self.overlay_wanted.emit(row.path, not row.color))  # fmt: skip
        menu.addSeparator()
        menu.addAction("Show folder", lambda: self.reveal_wanted.emit(row.path))
        menu.addAction("Copy path", lambda: self.copy_path_wanted.emit(row.path))
        menu.addAction("Export weights…", lambda: self.export_wanted.emit(row.path))
        if row.state not in LIVE:
            menu.addSeparator()
            menu.addAction("Delete…", lambda: self.delete_wanted.emit(row.path))
        return menu

    def _build(self) -> None:
        title = QLabel("Runs", self)
        title.setProperty("role", "title")
        right = QLabel("val loss", self)
        right.setProperty("role", "caption")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(right)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self._open)
        foot.addStretch(1)
        foot.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addLayout(foot)


class _RunsModel(QAbstractListModel):
    """Rows are replaced in place while the same runs are listed, so that selection and scrolling stay."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[RunRow, ...] = ()

    def set_rows(self, rows: tuple[RunRow, ...]) -> None:
        if [row.path for row in rows] != [row.path for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole):
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name}, {row.words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.words}\n{row.path}"
        return None


class _RunsView(QListView):
    box_clicked = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("runs_list")
        self.setAccessibleName("Runs")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and _box(self.visualRect(index)).adjusted(-8, -8, 8, 8).contains(event.position()):
            self.box_clicked.emit(index)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.box_clicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _box(row: QRect) -> QRectF:
    size = theme.current().px(12)
    return QRectF(row.left() + theme.current().px(12), row.center().y() - size / 2 + 0.5, size, size)


class _RunDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme.current()
        lines = QFontMetrics(look.font(12, 600)).height() + QFontMetrics(look.font(11)).height()
        return QSize(look.px(120), lines + look.px(14))

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, row = theme.current(), index.data(_ROW)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, look.color("accent.tint" if is_selected else "bg.raised" if is_hovered else "bg.panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line.subtle"))
        self._paint_box(painter, _box(rect), row, is_selected)
        right = rect.right() - look.px(12)
        painter.setFont(look.mono(12, 500))
        value = formatting.loss(row.val_loss)
        width = max(painter.fontMetrics().horizontalAdvance(value), painter.fontMetrics().horizontalAdvance("10.82"))
        painter.setPen(look.color("text.primary" if row.val_loss is not None else "text.muted"))
        painter.drawText(QRect(right - width, rect.top(), width, rect.height()), _RIGHT, value)
        left = rect.left() + look.px(34)
        spark = QRectF(right - width - look.px(12) - look.px(64), rect.top() + look.px(11), look.px(64),
                       rect.height() - look.px(22))  # fmt: skip
        if spark.left() - left < look.px(90):
            spark.setWidth(0)
            spark.moveLeft(right - width)
        else:
            self._paint_spark(painter, spark, row, is_selected)
        self._paint_words(painter, rect, left, int(spark.left()) - look.px(8) - left, row)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRectF, row: RunRow, is_selected: bool) -> None:
        look = theme.current()
        if is_selected or row.color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent.line" if is_selected else row.color))
        else:
            painter.setPen(QPen(look.color("line.control"), 1))
            painter.setBrush(look.color("bg.panel"))
        painter.drawRoundedRect(box, look.px(3), look.px(3))
        if row.color and not is_selected:
            painter.setPen(QPen(look.color("bg.panel"), look.scale * 1.6))
            third = box.width() / 4
            corner = box.bottomLeft() + QPointF(third * 1.7, -third)
            painter.drawPolyline(
                [corner + QPointF(-third * 0.8, -third * 0.8), corner, corner + QPointF(third * 1.5, -third * 1.9)]
            )

    def _paint_words(self, painter: QPainter, rect: QRect, left: int, width: int, row: RunRow) -> None:
        look = theme.current()
        bold, plain = look.font(12, 600), look.font(11)
        heights = QFontMetrics(bold).height(), QFontMetrics(plain).height()
        top = rect.center().y() - sum(heights) // 2
        painter.setFont(bold)
        painter.setPen(look.color("text.primary"))
        name = elided(QFontMetrics(bold), row.name, width, Qt.TextElideMode.ElideMiddle)
        painter.drawText(QRect(left, top, width, heights[0]), _LEFT, name)
        painter.setFont(plain)
        painter.setPen(look.color("error.text" if row.state in ("failed", "crashed") else "text.muted"))
        words = elided(QFontMetrics(plain), row.words, width)
        painter.drawText(QRect(left, top + heights[0], width, heights[1]), _LEFT, words)

    def _paint_spark(self, painter: QPainter, area: QRectF, row: RunRow, is_selected: bool) -> None:
        finite = row.spark[np.isfinite(row.spark)]
        if len(finite) < 2:
            return
        low, span = float(finite.min()), float(finite.max() - finite.min()) or 1.0
        look, n = theme.current(), len(row.spark) - 1
        points = [
            QPointF(area.left() + index / n * area.width(), area.bottom() - (value - low) / span * area.height())
            for index, value in enumerate(row.spark.tolist())
            if math.isfinite(value)
        ]
        token = "error.text" if row.state in ("failed", "crashed") else row.color or "text.secondary"
        painter.setPen(QPen(look.color("accent.line" if is_selected else token), 1.3 * look.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
