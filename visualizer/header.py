"""The row on top: menus, the two workspaces as tabs, the engine's state, and the way to every command."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from visualizer import icons, theme
from visualizer.actions import MENUS, TABLE

_BREAK_BEFORE = {"open_run", "export", "quit", "find", "palette", "fit", "theme_system", "larger", "arrange"}
_BREAK_BEFORE |= {"stop", "build_tensor", "restart_engine", "start", "reset", "about"}
_DOTS = {"ready": "state.done", "running": "flow.line", "paused": "flow.line", "stepping": "flow.line"}
_DOTS |= {"starting": "text.muted", "input": "flow.line", "ended": "error.text"}


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
        self.menu_of = {name: self.menus.addMenu(name) for name in MENUS}
        for row in TABLE:
            if row.id in _BREAK_BEFORE:
                self.menu_of[row.menu].addSeparator()
            self.menu_of[row.menu].addAction(actions[row.id])
        self.tabs = _Tabs(("Backprop", "Pretraining"), self)
        self.tabs.chosen.connect(self.workspace_chosen)
        self._dot = QLabel("●", self)
        self._state = QLabel(self, objectName="engine_state")
        self._state_name = "starting"
        self._commands = QToolButton(self, objectName="commands_button")
        self._commands.setText("Commands  Ctrl K")
        self._commands.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._commands.clicked.connect(actions["palette"].trigger)
        self._build()
        theme.current().changed.connect(self._dress)
        self._dress()

    def set_state(self, name: str, words: str) -> None:
        """`name` picks the colour of the dot, `words` stand beside it."""
        self._state_name = name
        self._state.setText(words)
        self._state.setToolTip(words)
        self._dress()

    def _build(self) -> None:
        right = QHBoxLayout()
        right.setSpacing(6)
        right.addStretch(1)
        right.addWidget(self._dot)
        right.addWidget(self._state)
        right.addSpacing(12)
        right.addWidget(self._commands)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 12, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.menus, 0, 0)
        grid.addWidget(self.tabs, 0, 1)
        grid.addLayout(right, 0, 2)

    def _dress(self) -> None:
        look = theme.current()
        self._dot.setStyleSheet(f"color: {look.color(_DOTS.get(self._state_name, 'text.muted')).name()};")
        self._dot.setFont(look.font(9))
        self._state.setFont(look.font(12))
        self._state.setStyleSheet(f"color: {look.color('text.secondary').name()};")
        self._commands.setIcon(icons.icon("search"))
        self._commands.setIconSize(QSize(look.px(14), look.px(14)))
        self._commands.setFont(look.font(12))
        self.setMinimumHeight(look.px(40))


class _Tabs(QFrame):
    chosen = Signal(int)

    def __init__(self, names: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("workspace_tabs")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for index, name in enumerate(names):
            button = QToolButton(self, objectName=f"workspace_{name.lower()}")
            button.setText(name)
            button.setCheckable(True)
            button.setAccessibleName(f"{name} workspace")
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
        self.setStyleSheet(
            f"QFrame#workspace_tabs {{ background: {look.color('bg.window').name()}; border-radius: {look.px(6)}px; }}"
            f"QToolButton {{ padding: {look.px(4)}px {look.px(14)}px; color: {look.color('text.secondary').name()};"
            f" font-size: {look.px(12)}px; }}"
            f"QToolButton:checked {{ background: {look.color('bg.control').name()};"
            f" color: {look.color('text.primary').name()}; font-weight: 600; }}"
        )
