"""Ctrl+K: type a few letters of anything that the window can do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer import theme
from visualizer.actions import MENUS, TABLE

_MENU_OF = {row.id: row.menu for row in TABLE}


def matches(wanted: str, text: str) -> bool:
    """Whether every word of `wanted` occurs in `text`, or its letters do in their order."""
    wanted, text = wanted.lower().strip(), text.lower()
    if all(word in text for word in wanted.split()):
        return True
    rest = iter(text)
    return all(letter in rest for letter in wanted.replace(" ", ""))


class CommandPalette(QDialog):
    """A field and a list of the enabled actions; Enter runs the chosen one after the palette has closed."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("command_palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        self._actions = [
            action for action in actions.values() if action.isEnabled() and action.objectName() != "palette"
        ]
        self.field = QLineEdit(self, objectName="palette_field", placeholderText="What do you want to do?")
        self.field.setAccessibleName("Command")
        self.list = QListWidget(self, objectName="palette_list")
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda item: self._run())
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.resize(look.px(460), look.px(380))
        self.setStyleSheet(f"QDialog#command_palette {{ border: 1px solid {look.color('line.default').name()}; }}")
        self._fill("")

    def open_over(self, window: QWidget) -> None:
        """Show it near the top of the window, ready to type."""
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + theme.current().px(72))
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = (self.list.currentRow() + step) % max(self.list.count(), 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        for action in self._actions:
            menu = _MENU_OF[action.objectName()]
            if matches(wanted, f"{menu} {action.text()}"):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                item = QListWidgetItem(f"{menu} ▸ {action.text()}" + (f"    {keys}" if keys else ""))
                item.setData(Qt.ItemDataRole.UserRole, action)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self) -> None:
        item = self.list.currentItem()
        self.close()
        if item is not None:
            item.data(Qt.ItemDataRole.UserRole).trigger()


class ShortcutSheet(QDialog):
    """Every action that has a shortcut, by menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut_sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        look = theme.current()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(look.px(24))
        line = 0
        for menu in MENUS:
            title = QLabel(menu)
            title.setFont(look.font(12.5, 600))
            title.setContentsMargins(0, look.px(8), 0, 0)
            grid.addWidget(title, line, 0)
            line += 1
            for row in (row for row in TABLE if row.menu == menu and row.shortcut):
                grid.addWidget(QLabel(row.text), line, 0)
                keys = QLabel(QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText))
                keys.setFont(look.mono(11.5))
                grid.addWidget(keys, line, 1)
                line += 1
        area = QScrollArea(self)
        area.setWidget(body)
        area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.resize(look.px(460), look.px(560))
