"""The keys of every action in a table: pressed to be chosen, refused where another action has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import mark, tr
from visualizer.app.actions import TABLE, ActionRow, first_shortcuts, menu_title, shortcuts
from visualizer.app.applying import Applying
from visualizer.app.typing_keys import is_moving, is_typed
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.bare import bare
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.spoken import Words, say_again, speak, speak_by
from visualizer.look.wrapped_label import WrappedLabel

_NATIVE, _PORTABLE = QKeySequence.SequenceFormat.NativeText, QKeySequence.SequenceFormat.PortableText
_NARROW_PX = 360
_HINT = mark("Choose an action, and press in the field below the keys that it is to have; Enter leads there.")


class _KeysField(QKeySequenceEdit):
    """Takes one press of keys; Tab goes on from it, Escape back: no action can have them. `left` tells of Escape."""

    accessible_role = QAccessible.Role.EditableText

    left = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = QKeySequence(event.keyCombination())
            if is_moving(keys) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            if is_moving(keys) and event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().event(event)


class KeysPage(QWidget):
    """Each action with its menu and its keys; what a person changed is bold."""

    def __init__(self, applying: Applying) -> None:
        super().__init__()
        self._applying = applying
        self.table = QTreeWidget(self, objectName="settings_keys")
        self.table.setColumnCount(3)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.items = {row.id: QTreeWidgetItem(self.table) for row in TABLE}
        self.field = _KeysField(self)
        self.field.setObjectName("settings_keys_field")
        self.field.setMaximumSequenceLength(1)
        self.field.setFinishingKeyCombinations([])
        for each in (self.field, *self.field.findChildren(QLineEdit)):
            speak(each.setAccessibleName, "Press the keys")
        self.words = WrappedLabel(self, name="settings_keys_words")
        self._buttons = {
            "none": self._button("no_keys", mark("None"), lambda: self.choose(QKeySequence())),
            "first": self._button("first_keys", mark("As at first"), self._restore),
            "all": self._button("all_first_keys", mark("All as at first"), self._restore_all),
        }
        row = FlowLayout()
        for widget in (self.field, *self._buttons.values()):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addLayout(row)
        header = self.table.header()
        header.setStretchLastSection(False)
        for place, mode in enumerate(("Stretch", "ResizeToContents", "ResizeToContents")):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode[mode])
        self.field.keySequenceChanged.connect(self._take)
        self.field.left.connect(self.table.setFocus)
        self.table.itemActivated.connect(lambda item, column: self.edit())
        self.table.installEventFilter(self)
        self.table.currentItemChanged.connect(lambda now, before: self._show_state())
        speak(self.table.setAccessibleName, "Keys of the actions")
        say_again(self.table, self.say)
        self.complain()
        self.table.setCurrentItem(self.table.topLevelItem(0))

    @property
    def action(self) -> ActionRow:
        """The one that is current."""
        return TABLE[max(self.table.indexOfTopLevelItem(self.table.currentItem()), 0)]

    def find(self, words: Sequence[str]) -> int:
        """Show only actions in whose names, menus and keys every word stands; how many there are."""
        n_found = 0
        for row, item in zip(TABLE, self.items.values(), strict=True):
            shown = " ".join(item.text(column) for column in range(3))
            text = f"{shown} {row.text} {row.tip} {tr(row.tip)} {row.menu}"
            is_found = all(word in bare(text) for word in words)
            item.setHidden(not is_found)
            n_found += is_found
        return n_found

    def say(self) -> None:
        """Every name, in the language in use, and every key as it is now."""
        self.table.setHeaderLabels([tr("Action"), tr("Menu"), tr("Keys")])
        changed = self._applying.settings.keys
        for row, item in zip(TABLE, self.items.values(), strict=True):
            keys = shortcuts(row)
            item.setText(0, tr(row.text))
            item.setText(1, menu_title(row.menu))
            item.setText(2, ", ".join(key.toString(_NATIVE) for key in keys))
            item.setToolTip(0, tr(row.tip))
            font = item.font(2)
            font.setBold(row.id in changed)
            item.setFont(2, font)
        self._show_state()

    def edit(self) -> None:
        """The keys of the current action are to be pressed."""
        self.field.clear()
        self.field.setFocus()

    def _take(self, keys: QKeySequence) -> None:
        """What was pressed, unless it is what stands there."""
        if not keys.isEmpty() and keys not in shortcuts(self.action):
            self.choose(keys)

    def choose(self, wanted: QKeySequence) -> None:
        """These for the current action, unless they are another's."""
        refused: Words = partial(_refusal, self.action, wanted)
        if not refused():
            self._applying.keys(self._applying.settings.keys | {self.action.id: wanted.toString(_PORTABLE)})
            self.say()
            refused = str
        self.complain(refused)

    def complain(self, words: Words = str) -> None:
        """Below the table why keys were not taken; what to do, where there is nothing to complain of."""
        sentence = words()
        self.words.setProperty("role", "error" if sentence else "secondary")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        speak_by(self.words.setText, lambda: words() or tr(_HINT))
        announce(self, sentence)
        self._show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.edit()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.choose(QKeySequence())
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room names are whole and menus leave; the field below has the keys of the chosen one."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme.current().px(_NARROW_PX)
        self.table.setColumnHidden(1, is_narrow)
        mode = QHeaderView.ResizeMode.ResizeToContents if is_narrow else QHeaderView.ResizeMode.Stretch
        self.table.header().setSectionResizeMode(0, mode)

    def _restore(self) -> None:
        """The table's own, unless another action has them by now."""
        first = first_shortcuts(self.action)
        refused: Words = partial(_refusal, self.action, first[0]) if first else str
        if not refused():
            left = {name: keys for name, keys in self._applying.settings.keys.items() if name != self.action.id}
            self._applying.keys(left)
            self.say()
            refused = str
        self.complain(refused)

    def _restore_all(self) -> None:
        self._applying.keys({})
        self.say()
        self.complain()

    def _show_state(self) -> None:
        changed, keys = self._applying.settings.keys, shortcuts(self.action)
        self.field.blockSignals(True)
        self.field.setKeySequence(keys[0] if keys else QKeySequence())
        self.field.blockSignals(False)
        self._buttons["none"].setEnabled(bool(keys))
        self._buttons["first"].setEnabled(self.action.id in changed)
        self._buttons["all"].setEnabled(bool(changed))

    def _button(self, name: str, words: str, act) -> QPushButton:
        button = QPushButton(self, objectName=name)
        button.setAutoDefault(False)
        speak(button.setText, words)
        button.clicked.connect(lambda checked=False: act())
        return button


def _refusal(action: ActionRow, wanted: QKeySequence) -> str:
    """Why an action cannot have these keys, "" where it can."""
    if wanted.isEmpty():
        return ""
    other = next((row for row in TABLE if row.id != action.id and wanted in shortcuts(row)), None)
    if other is not None:
        words = mark("{keys} is already for “{action}”. Take it from there first.")
        return tr(words, keys=wanted.toString(_NATIVE), action=tr(other.text))
    if is_typed(wanted):
        return tr("{keys} alone is for typing. Hold Ctrl or Alt with it.", keys=wanted.toString(_NATIVE))
    if is_moving(wanted) and wanted not in first_shortcuts(action):
        return tr("{keys} alone is for moving. Hold Ctrl or Alt with it.", keys=wanted.toString(_NATIVE))
    return ""
