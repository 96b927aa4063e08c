"""Ctrl+K: type a few letters of anything that the window can do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import grouped, tr
from visualizer.app.search_words import SMALL
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.bare import bare
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import say_again, speak

_ACTION = Qt.ItemDataRole.UserRole
_MENU = Qt.ItemDataRole.UserRole + 1
_MENU_WIDTH = Qt.ItemDataRole.UserRole + 2
_PAGE = 8  # rows that PageUp and PageDown go
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Entry(NamedTuple):
    """A command, the menu that it is in, and both with its tip in English, by which it is found in any language; `more`
    are further words of it."""

    menu: str
    action: QAction
    english: tuple[str, ...] = ("", "")
    more: str = ""

    def rank(self, wanted: str) -> int | None:
        """How well it fits what was typed, in the language of the window or in English."""
        tip = f"{self.action.toolTip()} {self.more}"
        found = (rank(wanted, self.menu, self.action.text(), tip), rank(wanted, *self.english))
        return min((one for one in found if one is not None), default=None)


def rank(wanted: str, menu: str, text: str, tip: str = "") -> int | None:
    """How well a command fits what was typed, 0 best; None when it does not. Accents may be left out.

    Better than words anywhere is the beginning of the text, then of its words; then come beginnings of words in what
    explains it, where small words count for nothing, and last letters in their order.
    """
    wanted, text, whole = bare(wanted).strip(), bare(text), bare(f"{menu} {text}")
    if text.startswith(wanted):
        return 0
    words = wanted.split()
    if all(any(part.startswith(word) for part in text.split()) for word in words):
        return 1
    if all(word in whole for word in words):
        return 2
    words = re.findall(r"\w+", wanted) or words
    words = [word for word in words if word not in SMALL] or words
    explained = re.findall(r"\w+", bare(f"{menu} {text} {tip}"))
    if all(any(part.startswith(word) for part in explained) for word in words):
        return 3
    rest = iter(whole)
    return 4 if all(letter in rest for letter in wanted.replace(" ", "")) else None


class CommandPalette(QDialog):
    """A field and a list of commands; Enter runs the chosen one after the palette has closed.

    What cannot be done now stands muted at the end.
    """

    def __init__(self, entries: Callable[[], Sequence[Entry]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("command_palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        self._say_entries = entries
        self._entries: list[Entry] = []
        self.field = QLineEdit(self, objectName="palette_field")
        speak(self.field.setPlaceholderText, "What do you want to do?")
        speak(self.field.setAccessibleName, "Command")
        self.list = QListWidget(self, objectName="palette_list")
        speak(self.list.setAccessibleName, "Commands")
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: self._run())
        self._nothing = QLabel(self, objectName="palette_nothing")
        speak(self._nothing.setText, "No command has these letters.")
        self._nothing.setProperty("role", "secondary")
        self._nothing.setMargin(look.px(8))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(8), look.px(8), look.px(8))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.setStyleSheet(f"QDialog#command_palette {{ border: 1px solid {look.color('line.default').name()}; }}")
        say_again(self, self._say)

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of the window, ready to type."""
        look = theme.current()
        top = look.px(64)
        self.resize(min(look.px(480), window.width()), min(look.px(440), window.height() - top))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + top)
        self.show()
        self.field.setFocus()

    def shown(self) -> list[str]:
        """What the list offers, best first."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._go(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        row, last = self.list.currentRow() + step, self.list.count() - 1
        if abs(step) == 1:
            row %= last + 1 or 1
        self.list.setCurrentRow(min(max(row, 0), last))
        self._tell()

    def _tell(self) -> None:
        """The row that Enter would do, and whether it can be done: the keyboard stays in the field."""
        item = self.list.currentItem()
        if item is None:
            announce(self, self._nothing.text())
            return
        action, words = item.data(_ACTION), item.data(Qt.ItemDataRole.AccessibleTextRole)
        words = words if action.isEnabled() else tr("{command} (not now)", command=words)
        place = tr("{place} of {n}", place=grouped(self.list.currentRow() + 1), n=grouped(self.list.count()))
        announce(self, f"{words}, {place}")

    def _say(self) -> None:
        self._entries = sorted(self._say_entries(), key=lambda entry: not entry.action.isEnabled())
        self._fill(self.field.text())

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        metrics = QFontMetrics(theme.current().font(12))
        menu_width = max((metrics.horizontalAdvance(entry.menu) for entry in self._entries), default=0)
        menu_width += theme.current().px(18)
        ranked = [(entry.rank(wanted), entry) for entry in self._entries]
        fitting = [(fit, entry) for fit, entry in ranked if fit is not None]
        for _fit, (menu, action, *_) in sorted(fitting, key=lambda found: (not found[1].action.isEnabled(), found[0])):
            item = QListWidgetItem(action.text(), self.list)
            item.setData(_ACTION, action)
            item.setData(_MENU, menu)
            item.setData(_MENU_WIDTH, menu_width)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{menu}: {action.text()} {keys}".strip())
            item.setToolTip(action.toolTip())
        self.list.setVisible(bool(fitting))
        self._nothing.setVisible(not fitting)
        self.list.setCurrentRow(0)
        self._tell()

    def _run(self) -> None:
        item = self.list.currentItem()
        action = item.data(_ACTION) if item is not None else None
        if action is None or not action.isEnabled():
            return
        self.close()
        action.trigger()


class _Row(QStyledItemDelegate):
    """Menu, command, and at the right its keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = theme.current()
        return QSize(look.px(240), max(look.px(28), QFontMetrics(look.font(12)).height() + look.px(10)))

    @guarded
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, action = theme.current(), index.data(_ACTION)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look.color("accent.tint"))
        inner = rect.adjusted(look.px(8), 0, -look.px(10), 0)
        painter.setFont(look.font(12))
        painter.setPen(look.color("text.muted"))
        painter.drawText(inner, _LEFT, index.data(_MENU))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        painter.setFont(look.mono(11))
        painter.drawText(inner, _RIGHT, keys)
        keys_width = painter.fontMetrics().horizontalAdvance(keys)
        painter.setFont(look.font(12))
        painter.setPen(look.color("text.primary" if action.isEnabled() else "text.muted"))
        words = inner.adjusted(index.data(_MENU_WIDTH), 0, -keys_width - look.px(12), 0)
        text = f"✓ {action.text()}" if action.isCheckable() and action.isChecked() else action.text()
        text = text if action.isEnabled() else tr("{command} (not now)", command=text)
        painter.drawText(words, _LEFT, elided(painter.fontMetrics(), text, words.width()))
        painter.restore()
