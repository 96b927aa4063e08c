"""The list of names that fit, under the cursor."""

from __future__ import annotations

import keyword
import re

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.protocol.program_values import Completion
from engine.shared.language import grouped, tr
from visualizer.backprop.program.kind_words import kind_word
from visualizer.backprop.program.word_places import beginnings
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.style_sheet import wear
from visualizer.model.variable_words import line_of_kind

_MOST_ROWS = 9
_MOST_WORDS = 200
_GAP = 2  # pixels to the line of the cursor
_WORD = re.compile(r"[A-Za-z_](?<!\w[A-Za-z_])\w+")
_REST = re.compile(r"\w+")


def words(text: str, prefix: str) -> tuple[Completion, ...]:
    """Names in the text and keywords that begin with `prefix`: what there is while no engine answers."""
    if prefix:
        ends = (_REST.match(text, place + len(prefix)) for place in beginnings(text, prefix))
        found = {prefix + end[0] for end in ends if end is not None}
    else:
        found = set(_WORD.findall(text))
    keys = {word for word in keyword.kwlist if word.startswith(prefix) and word != prefix}
    fitting = sorted(found | keys)[:_MOST_WORDS]
    return tuple(Completion(word, "keyword" if word in keys else "") for word in fitting)


class CompletionList(QListWidget):
    """Emits `chosen(name)`. It never takes the focus: the editor hands it the keys. It belongs to the editor and stands
    over the whole window, as an editor may be too low for it."""

    chosen = Signal(str)

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setObjectName("completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))
        self.is_chosen = False  # the current row was picked with the arrow keys
        self.itemClicked.connect(lambda item: self.chosen.emit(item.text()))
        self.hide()

    def offer(self, completions: tuple[Completion, ...], prefix: str, cursor: QRect) -> None:
        """Show what fits at the cursor, a place of the screen, or hide where nothing new is left. A row that was picked
        stays picked."""
        picked = self.currentItem().text() if self.isVisible() and self.is_chosen else ""
        self.clear()
        # What is typed in full comes first, so that Enter then means a new line.
        ordered = sorted(completions, key=lambda item: (item.name != prefix, item.name.startswith("_")))
        if not ordered or [item.name for item in ordered] == [prefix]:
            self.hide()
            return
        for completion in ordered:
            item = QListWidgetItem(completion.name)
            item.setData(Qt.ItemDataRole.UserRole, completion)
            self.addItem(item)
        found = [row for row, completion in enumerate(ordered) if completion.name == picked]
        self.is_chosen = bool(found)
        self.setCurrentRow(found[0] if found else 0)
        self.place(cursor)
        look = theme.current()
        color = look.color("line.default").name()
        wear(self, f"QListWidget {{ background: {look.color('bg.raised').name()}; border: 1px solid {color}; }}")
        self.show()
        self.raise_()
        self._tell()

    def place(self, cursor: QRect) -> None:
        """Under the cursor, a place of the screen, or over it where there is more room: as many rows as fit."""
        look, window = theme.current(), self._editor.window()
        if self.parentWidget() is not window:  # floated, or docked, since
            self.setParent(window)
        here = QRect(window.mapFromGlobal(cursor.topLeft()), cursor.size())
        row, under, over = look.px(22), window.height() - here.bottom() - 2 * _GAP, here.top() - 2 * _GAP
        wanted = row * min(self.count(), _MOST_ROWS) + 2
        is_under = under >= min(wanted, over)
        n_rows = max(((under if is_under else over) - 2) // row, 1)
        height = min(wanted, row * n_rows + 2)
        width = min(look.px(340), window.width() - look.px(8))
        left = max(min(here.left(), window.width() - width - look.px(4)), look.px(4))
        self.setGeometry(left, here.bottom() + _GAP if is_under else here.top() - height - _GAP, width, height)

    def move_by(self, rows: int) -> None:
        """Up or down."""
        self.setCurrentRow((self.currentRow() + rows) % max(self.count(), 1))
        self.is_chosen = True
        self._tell()

    def _tell(self) -> None:
        """The row that Tab would take: the keyboard stays in the program."""
        completion: Completion = self.currentItem().data(Qt.ItemDataRole.UserRole)
        told = completion.name, completion.detail or kind_word(completion.kind)
        place = tr("{place} of {n}", place=grouped(self.currentRow() + 1), n=grouped(self.count()))
        announce(self, ", ".join((*filter(None, told), place)))

    def take(self) -> None:
        """Choose the current row."""
        item = self.currentItem()
        self.hide()
        if item is not None:
            self.chosen.emit(item.text())


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(theme.current().px(100), theme.current().px(22))

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        completion: Completion = index.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        look = theme.current()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("accent.tint"))
        inner = option.rect.adjusted(look.px(8), 0, -look.px(8), 0)
        painter.setFont(look.mono(12))
        painter.setPen(look.color("text.primary"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, completion.name)
        used = painter.fontMetrics().horizontalAdvance(completion.name) + look.px(12)
        painter.setFont(look.font(11))
        painter.setPen(look.color("text.muted"))
        detail = line_of_kind(completion.detail, completion.kind) or kind_word(completion.kind)
        text = elided(painter.fontMetrics(), detail, max(inner.width() - used, 0))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
