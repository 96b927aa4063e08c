"""What could have come in place of a token: the most probable ones, with bars."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from engine.runs.prompts import Candidate, Drawn
from engine.shared.language import grouped, mark, tr
from engine.shared.local_numbers import brief, number
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_COLUMNS = (mark("token"), "id", mark("probability"), mark("drawn"))
_TIPS = (
    mark("The token; one of the bytes of a character stands as \\xe2"),
    mark("Its number in the vocabulary"),
    mark("What the model says: the softmax of its logits over all tokens"),
    mark("With which chance it is drawn: after temperature and top-k"),
)
_SHARE, _IS_DRAWN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_NAMES = {" ": "␣", "\n": "↵", "\t": "→"}


class CandidatesTable(QTableView):
    """Shows one position of an answer; the drawn token is heavier and has a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("candidates")
        speak(self.setAccessibleName, "What could have come")
        self.rows = _Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in enumerate(("Stretch", "ResizeToContents", "Fixed", "Fixed")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        theme.current().changed.connect(self._dress)
        self._dress()

    def show_drawn(self, drawn: Drawn | None) -> None:
        """One position, or none."""
        self.rows.show_drawn(drawn)
        if drawn is not None:
            self.scrollTo(self.rows.index(self.rows.place, 0))

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.mono(11.5))
        self.horizontalHeader().setFont(look.font(11))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + look.px(7))
        for column in (2, 3):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance("0.000e-000") + look.px(16))


class _Rows(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self.place = -1  # of the drawn one

    def show_drawn(self, drawn: Drawn | None) -> None:
        self.beginResetModel()
        self._candidates = () if drawn is None else drawn.candidates
        tokens = [each.token for each in self._candidates]
        self.place = -1 if drawn is None else tokens.index(drawn.token)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._candidates)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole):
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_COLUMNS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return tr(_TIPS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 0:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole):
        candidate, column = self._candidates[index.row()], index.column()
        shares = (None, None, candidate.probability, candidate.chance)
        if role == _SHARE:
            return shares[column]
        if role == _IS_DRAWN:
            return index.row() == self.place
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            share = shares[column]
            return (
                number(share)
                if share is not None
                else (seen(candidate.token.text), grouped(candidate.token.number))[column]
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(
                "{text}, token {n}\nprobability {probability}\ndrawn with {chance}",
                text=repr(candidate.token.text),
                n=grouped(candidate.token.number),
                probability=brief(candidate.probability, 17),
                chance=brief(candidate.chance, 17),
            )
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        look = theme.current()
        return QSize(option.fontMetrics.horizontalAdvance(text) + look.px(14), option.fontMetrics.height() + look.px(7))

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, share, is_drawn = theme.current(), index.data(_SHARE), index.data(_IS_DRAWN)
        rect, gap = QRectF(option.rect), look.px(7)
        painter.save()
        painter.fillRect(rect, look.color("bg.raised" if is_drawn else "bg.panel"))
        if share is not None:
            bar = rect.adjusted(look.px(2), look.px(2), -look.px(2), -look.px(1))
            bar.setWidth(bar.width() * share)
            painter.fillRect(bar, look.color("accent.tint"))
            painter.fillRect(
                QRectF(bar.left(), bar.bottom() - look.px(2), bar.width(), look.px(2)), look.color("accent.line")
            )
        elif index.column() == 0 and is_drawn:
            painter.fillRect(QRectF(rect.left(), rect.top(), look.px(3), rect.height()), look.color("accent.line"))
        painter.setFont(look.mono(11.5, 500 if is_drawn else 400))
        painter.setPen(look.color("text.muted" if index.column() == 1 or share == 0 else "text.primary"))
        side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
        text = elided(painter.fontMetrics(), str(index.data(Qt.ItemDataRole.DisplayRole)), rect.width() - 2 * gap)
        painter.drawText(rect.adjusted(gap, 0, -gap, 0), side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def seen(text: str) -> str:
    """A token with its blanks: "␣the", "↵"."""
    return "".join(_NAMES.get(c, c if c.isprintable() or ord(c) > 0x7F else "·") for c in text)
