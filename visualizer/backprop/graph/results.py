"""The list under the search field: what was found, or, while nothing is typed, what can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak

_WIDTH = 420
_MOST_HEIGHT = 380
_MATCH, _FORM = 40, 24  # heights of rows


@dataclass(frozen=True)
class Row:
    """A match: what the node is called, where it is, and what it was found by. Without a category: a form of query."""

    title: str
    subtitle: str = ""
    place: str = ""
    detail: str = ""
    category: str = ""


class FindResults(QFrame):
    """Emits `chosen(number of the row)`. The `field` keeps the focus, and hands it the keys."""

    chosen = Signal(int)

    def __init__(self, field: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("graph_results")
        speak(self.setAccessibleName, "What was found")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # the canvas is behind it
        self._ink = "text.muted"
        self._rows = _Rows(self)
        self._told = -1  # the row that was
        self.head = QLabel(self, objectName="graph_results_head", wordWrap=True)
        self.list = QListView(self, objectName="graph_results_list", uniformItemSizes=True)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(field)
        for widget in (self.list, self.list.viewport(), self.list.verticalScrollBar()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self.chosen.emit(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._around = QVBoxLayout()  # a style sheet would take a label's own margins away
        self._around.addWidget(self.head)
        column.addLayout(self._around)
        column.addWidget(self.list, 1)
        self.restyle()
        self.hide()

    @property
    def row(self) -> int:
        """The row that the keyboard is on, -1 for none."""
        return self.list.currentIndex().row()

    def say(self, head: str, *, is_problem: bool = False) -> None:
        """The line above the rows."""
        if head != self.head.text():
            announce(self, head)
        self.head.setText(head)
        self._ink = "error.text" if is_problem else "text.muted"
        self.head.setStyleSheet(f"color: {theme.current().color(self._ink).name()};")

    def fill(self, n_rows: int, make: Callable[[int], Row]) -> None:
        """Other rows; each is made when it comes into view."""
        self._rows.fill(n_rows, make)
        self._told = -1
        self.list.setVisible(n_rows > 0)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Rows may come and go; the list stays where it was scrolled to."""
        bar = self.list.verticalScrollBar()
        place = bar.value()
        yield
        self.list.doItemsLayout()
        bar.setValue(place)

    def go(self, row: int) -> None:
        """Put the keyboard on a row, -1 for none."""
        before, self._told = self._told, row
        self.list.setCurrentIndex(self._rows.index(row) if row >= 0 else QModelIndex())
        if row not in (-1, before):
            announce(self, self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))

    def move_by(self, rows: int) -> None:
        """Up or down, round and round."""
        n_rows = self._rows.rowCount()
        if n_rows:
            self.go((self.row + rows) % n_rows if self.row >= 0 else 0 if rows > 0 else n_rows - 1)

    def place(self, field: QRect, room: QRect) -> None:
        """Hang it below the field, inside of the room."""
        look, n_rows = theme.current(), self._rows.rowCount()
        width = min(look.px(_WIDTH), room.width() - look.px(16))
        around = self._around.contentsMargins()
        head = self.head.heightForWidth(width - 2 - around.left() - around.right()) + around.top() + around.bottom() + 2
        row = self.list.sizeHintForRow(0) if n_rows else 0
        top = max(field.bottom(), room.top()) + look.px(4)
        below = room.bottom() - top - look.px(12)
        height = min(head + row * n_rows + (look.px(6) if n_rows else 2), look.px(_MOST_HEIGHT), below)
        left = max(min(field.right() - width + 1, room.right() - width), room.left() + look.px(8))
        self.setGeometry(left, top, width, height)

    def restyle(self) -> None:
        """Fonts and colours of today's theme."""
        look = theme.current()
        line, fill = look.color("line.default").name(), look.color("bg.raised").name()
        self.setStyleSheet(
            f"QFrame#graph_results {{ background: {fill}; border: 1px solid {line}; border-radius: {look.px(6)}px; }}"
            f"QListView {{ background: {fill}; border: none; }}"
        )
        self.head.setFont(look.font(11))
        self.head.setStyleSheet(f"color: {look.color(self._ink).name()};")
        self._around.setContentsMargins(look.px(12), look.px(7), look.px(12), look.px(6))


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._n_rows = 0
        self._make: Callable[[int], Row] = lambda row: Row("")

    def fill(self, n_rows: int, make: Callable[[int], Row]) -> None:
        self.beginResetModel()
        self._n_rows, self._make = n_rows, make
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._n_rows

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.UserRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._make(index.row())
        if role == Qt.ItemDataRole.UserRole:
            return row
        return " ".join(part for part in (row.title, row.subtitle, row.place, row.detail) if part)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        return QSize(theme.current().px(100), theme.current().px(_MATCH if row.category else _FORM))

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look, row = theme.current(), index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        states = option.state
        if states & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("accent.tint"))
        elif states & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.color("bg.hover"))
        (_draw_match if row.category else _draw_form)(painter, row, option.rect)
        painter.restore()


def _draw_match(painter: QPainter, row: Row, rect: QRect) -> None:
    look = theme.current()
    stripe = QRect(rect.left() + look.px(8), rect.top() + look.px(7), look.px(4), rect.height() - look.px(14))
    painter.fillRect(stripe, look.color(f"cat.{row.category}"))
    inner = rect.adjusted(look.px(20), look.px(3), -look.px(12), -look.px(3))
    above, below = QRect(inner), QRect(inner)
    above.setHeight(inner.height() // 2)
    below.setTop(above.bottom() + 1)
    painter.setFont(look.mono(11.5))
    right = _draw(painter, above, row.detail, "text.primary", inner.width(), is_right=True)
    painter.setFont(look.font(12, 600))
    used = _draw(painter, above, row.title, "text.primary", inner.width() - right) + look.px(8)
    painter.setFont(look.mono(11.5))
    above.setLeft(above.left() + used)
    _draw(painter, above, row.subtitle, "text.secondary", above.width() - right - look.px(8))
    painter.setFont(look.font(11))
    _draw(painter, below, row.place, "text.muted", below.width(), mode=Qt.TextElideMode.ElideMiddle)


def _draw_form(painter: QPainter, row: Row, rect: QRect) -> None:
    look = theme.current()
    inner = rect.adjusted(look.px(12), 0, -look.px(12), 0)
    painter.setFont(look.mono(11.5))
    _draw(painter, inner, row.title, "text.primary", look.px(124))
    painter.setFont(look.font(11))
    inner.setLeft(inner.left() + look.px(128))
    _draw(painter, inner, row.detail, "text.muted", inner.width())


def _draw(
    painter: QPainter,
    place: QRect,
    text: str,
    token: str,
    room: int,
    *,
    is_right: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """The width that it took."""
    if not text or room <= 0:
        return 0
    written = elided(painter.fontMetrics(), text, room, mode)
    side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
    painter.setPen(theme.current().color(token))
    painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), written)
    return painter.fontMetrics().horizontalAdvance(written)
