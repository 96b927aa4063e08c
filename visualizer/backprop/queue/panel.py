"""The ready queue: the held node, what is ready behind it, what waits for gradients, and what comes later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.shared.backward_model import CURRENT, NOT_REACHED, READY, STATE_WORDS, WAITING, NodeState
from engine.shared.language import mark, tr, trn
from visualizer.look import spoken, theme
from visualizer.look.elision import elided
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import ElidedLabel
from visualizer.look.measured import measured
from visualizer.look.painting import guarded
from visualizer.look.panel_head import PanelHead
from visualizer.look.spoken import speak

_EMPTY = mark("While a backward is stepped, the nodes that are ready to run stand here.")


@dataclass(frozen=True)
class QueueRow:
    """One node, and how many of its gradients have arrived."""

    node: int
    name: str
    variable: str
    category: str
    state: NodeState
    arrived: int
    expected: int


class QueuePanel(QWidget):
    """Emits `node_selected(id)`."""

    node_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = ElidedLabel(12, "text.secondary", least="…", parent=self)
        self._state.setObjectName("queue_state")
        right = ElidedLabel(11, "text.muted", least="…", parent=self)
        speak(right.set_text, "gradients arrived")
        self._model = _QueueModel(self)
        self.view = QListView(self, objectName="queue_list")
        self.first_stop = self.view
        speak(self.view.setAccessibleName, "Ready queue")
        self.view.setModel(self._model)
        self.view.setItemDelegate(_QueueDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.clicked.connect(lambda index: self.node_selected.emit(self._model.rows[index.row()].node))
        self.view.pressed.connect(self._on_pressed)
        self.view.activated.connect(lambda index: self.node_selected.emit(self._model.rows[index.row()].node))
        self._empty = EmptyWords(_EMPTY, self, name="queue_empty")
        self.head = PanelHead(mark("Ready queue"), self)
        self.head.fill((self._state,), (right,), leaving=(right, self._state))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._say_again)
        self._dress()
        self.set_rows(())

    def _on_pressed(self, index: QModelIndex) -> None:
        """A menu is about the row that it opens at."""
        if QApplication.mouseButtons() == Qt.MouseButton.RightButton:
            self.node_selected.emit(self._model.rows[index.row()].node)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(24))

    def _dress(self) -> None:
        look = theme.current()
        self.head.row.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        self.head.row.setSpacing(look.px(8))

    def _say_again(self) -> None:
        self.set_rows(self._model.rows)

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these nodes, in this order: the current one, those that are ready, and then others."""
        self._model.set_rows(rows)
        first = Counter(row.state for row in takewhile(lambda row: row.state in (CURRENT, READY), rows))
        n_ready, n_current = first[READY], first[CURRENT]
        words = tr("{count} predicted", count=n_ready) if n_ready else tr("empty")
        words += ", " + tr("{count} running", count=n_current) if n_current else ""
        self._state.set_text(words if rows else " ")
        self._state.setToolTip(
            tr("Predicted as PyTorch orders it: AccumulateGrad first, then the largest sequence number.")
        )
        self.view.setVisible(bool(rows))
        self._empty.setVisible(not rows)


class _QueueModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[QueueRow] = ()

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = trn("{arrived} of {n} gradient", "{arrived} of {n} gradients", row.expected, arrived=row.arrived)
            return f"{row.name} {row.variable}, {tr(STATE_WORDS[row.state])}, {words}"
        return None


class _QueueDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(24))

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row: QueueRow = index.data(Qt.ItemDataRole.UserRole)
        look, rect = theme.current(), option.rect
        painter.save()
        if row.state == CURRENT:
            painter.fillRect(rect, look.color("flow.tint"))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent.tint"))
        stripe = QRect(rect.left() + look.px(12), rect.top() + look.px(5), look.px(3), rect.height() - look.px(10))
        painter.fillRect(stripe, look.color(f"cat.{row.category}"))
        inner = rect.adjusted(look.px(22), 0, -look.px(12), 0)
        count_text, token = _words(row)
        small, face = measured(11, mono=True), measured(12, 600 if row.state == CURRENT else 400)
        painter.setFont(small.font)
        painter.setPen(look.color(token))
        count_width = small.horizontalAdvance(count_text) + look.px(8)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count_text)
        inner = inner.adjusted(0, 0, -count_width, 0)
        painter.setFont(face.font)
        painter.setPen(look.color("text.primary" if row.state != NOT_REACHED else "text.secondary"))
        name = elided(face, row.name, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        inner = inner.adjusted(face.horizontalAdvance(name) + look.px(6), 0, 0, 0)
        painter.setFont(small.font)
        painter.setPen(look.color("text.muted"))
        variable = elided(small, row.variable, max(inner.width(), 0))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, variable)
        painter.restore()


def _words(row: QueueRow) -> tuple[str, str]:
    if row.state == READY:
        return tr("ready {arrived} of {expected}", arrived=row.arrived, expected=row.expected), "state.ready"
    if row.state == WAITING:
        return tr("waiting {arrived} of {expected}", arrived=row.arrived, expected=row.expected), "state.waiting"
    count = tr("{arrived} of {expected}", arrived=row.arrived, expected=row.expected)
    return count, "flow.text" if row.state == CURRENT else "text.muted"
