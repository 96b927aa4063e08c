"""The row on top: menus, the two workspaces as tabs, the engine's state, and the way to every command."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.shared.language import mark, tr
from visualizer.app.actions import MENUS, TABLE, menu_letter, menu_title
from visualizer.look import icons, spoken, theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import say_again, speak, speak_by

_BREAK_BEFORE = {
    "save",
    "export",
    "quit",
    "cut",
    "find",
    "comment",
    "copy_tensor",
    "palette",
    "fit",
    "color_category",
    "theme_system",
    "larger",
    "next_panel",
    "reset_layout",
}
_BREAK_BEFORE |= {"stop", "build_tensor", "restart_engine", "start", "reset", "about"}
# px for the words of the state, whatever they are: nothing beside them moves when they change.
_WORDS, _LEAST_WORDS = 160, 60
_WORKSPACES = {mark("Backprop"): mark("Backprop workspace"), mark("Pretraining"): mark("Pretraining workspace")}
_DOTS = {"ready": "state.done", "running": "flow.line", "paused": "flow.line", "stepping": "flow.line"}
_DOTS |= {"starting": "text.muted", "input": "flow.line", "held": "error.text", "ended": "error.text"}


class Header(QWidget):
    """Emits `workspace_chosen(0 or 1)`."""

    workspace_chosen = Signal(int)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menus = QMenuBar(self)
        self.menus.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._fill_menus(actions)
        self._all_menus = QToolButton(self, objectName="menu_button")
        speak(self._all_menus.setText, "Menu")
        speak(self._all_menus.setToolTip, "All menus")
        self._all_menus.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._all_menus)
        for each in self.menu_of.values():
            menu.addMenu(each)
        self._all_menus.setMenu(menu)
        self.tabs = _Tabs(self)
        self.tabs.chosen.connect(self.workspace_chosen)
        self._dot = QLabel("●", self)
        self._state = ElidedLabel(12, "text.secondary", parent=self)
        self._state.setObjectName("engine_state")
        self._state_name = "starting"
        self._commands = QToolButton(self, objectName="commands_button")
        speak_by(self._commands.setText, lambda: f"\u2009{tr('Commands')}   Ctrl K")
        speak(self._commands.setAccessibleName, "Commands")
        speak(self._commands.setToolTip, "Everything that the window can do — Ctrl+K")
        self._commands.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._commands.clicked.connect(actions["palette"].trigger)
        self._build()
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._make_room)
        self._dress()

    def set_state(self, name: str, words: str) -> None:
        """`name` picks the colour of the dot, `words` stand beside it."""
        if (name, words) != (self._state_name, self._state.text()):
            self._state_name = name
            self._state.set_text(words)
            self._dress()

    def open_menu(self, name: str) -> None:
        """Drop a menu down, for the keyboard to go on in it."""
        if self.menus.isVisible():
            self.menus.setActiveAction(self.menu_of[name].menuAction())
        else:
            self.menu_of[name].popup(self._all_menus.mapToGlobal(self._all_menus.rect().bottomLeft()))

    def _fill_menus(self, actions: dict[str, QAction]) -> None:
        self.menu_of = {name: self.menus.addMenu("") for name in MENUS}
        submenus: dict[str, QMenu] = {}
        for row in TABLE:
            menu = self.menu_of[row.menu]
            if row.id in _BREAK_BEFORE:
                menu.addSeparator()
            if row.submenu:
                if row.submenu not in submenus:
                    submenus[row.submenu] = menu.addMenu("")
                    speak(submenus[row.submenu].setTitle, row.submenu)
                menu = submenus[row.submenu]
            menu.addAction(actions[row.id])
        for name in MENUS:  # also while the menus are folded
            keys = QShortcut(self)
            keys.activated.connect(partial(self.open_menu, name))
            say_again(keys, partial(_name_menu, self.menu_of[name], keys, name))

    def _build(self) -> None:
        self._right = QHBoxLayout()
        self._right.addSpacing(8)
        self._right.addStretch(1)
        self._right.addWidget(self._dot)
        self._right.addWidget(self._state)
        self._right.addWidget(self._commands)
        left = QHBoxLayout()
        left.addWidget(self.menus)
        left.addWidget(self._all_menus, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what does not fit is folded instead
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.addLayout(left, 0, 0)
        self._grid.addWidget(self.tabs, 0, 1)
        self._grid.addLayout(self._right, 0, 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(420), theme.current().px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is narrow, the word beside the search icon leaves first, then the menus fold into one button."""
        look, margins = theme.current(), self._grid.contentsMargins()
        menus, tabs, dot = self.menus.sizeHint().width(), self.tabs.sizeHint().width(), self._dot.sizeHint().width()
        free = self.width() - margins.left() - margins.right() - tabs - dot - look.px(30)
        icon_only = look.px(30)
        named = QFontMetrics(self._commands.font()).horizontalAdvance(self._commands.text()) + look.px(34)
        is_folded = menus + look.px(_LEAST_WORDS) + icon_only > free
        left = self._all_menus.sizeHint().width() if is_folded else menus
        is_named = left + look.px(_WORDS) + named <= free
        style = Qt.ToolButtonStyle
        self._commands.setToolButtonStyle(style.ToolButtonTextBesideIcon if is_named else style.ToolButtonIconOnly)
        self.menus.setMinimumWidth(0 if is_folded else menus)
        self.menus.setVisible(not is_folded)
        self._all_menus.setVisible(is_folded)

    def _dress(self) -> None:
        look = theme.current()
        self._dot.setStyleSheet(f"color: {look.color(_DOTS.get(self._state_name, 'text.muted')).name()};")
        self._dot.setFont(look.font(9))
        self._commands.setIcon(icons.icon("search"))
        self._commands.setIconSize(QSize(look.px(14), look.px(14)))
        self._commands.setFont(look.font(12))
        self._all_menus.setFont(look.font(13))
        self._grid.setContentsMargins(look.px(4), look.px(2), look.px(12), look.px(2))
        self._right.setSpacing(look.px(8))
        self._state.setMinimumWidth(look.px(_LEAST_WORDS))
        self.setMinimumHeight(look.px(40))
        self._make_room()


def _name_menu(menu: QMenu, keys: QShortcut, name: str) -> None:
    menu.setTitle(menu_title(name))
    keys.setKey(QKeySequence(f"Alt+{menu_letter(name)}"))


class _Tabs(QFrame):
    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("workspace_tabs")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for index, (name, whole) in enumerate(_WORKSPACES.items()):
            button = QToolButton(self, objectName=f"workspace_{name.lower()}")
            speak(button.setText, name)
            button.setCheckable(True)
            speak(button.setAccessibleName, whole)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)
        theme.current().changed.connect(self._dress)
        self._dress()

    def choose(self, index: int) -> None:
        """Mark a tab as chosen."""
        self._group.button(index).setChecked(True)

    def _dress(self) -> None:
        look = theme.current()
        chosen = "bg.control" if look.is_dark else "bg.panel"
        self.setStyleSheet(
            f"QFrame#workspace_tabs {{ background: {look.color('bg.window').name()}; border-radius: {look.px(6)}px; }}"
            f"QToolButton {{ padding: {look.px(4)}px {look.px(14)}px; color: {look.color('text.secondary').name()};"
            f" font-size: {look.px(12)}px; }}"
            f"QToolButton:checked {{ background: {look.color(chosen).name()};"
            f" color: {look.color('text.primary').name()}; font-weight: 600; }}"
        )
