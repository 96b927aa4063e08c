"""F1: every key of the window, from the action table, and the keys that single panels take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import mark, tr
from visualizer.app.actions import MENUS, TABLE, menu_letter, menu_title, shortcuts
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak

_Sections = dict[str, list[tuple[str, str]]]  # what is done and its keys, by menu or panel

# Keys that belong to the panel that has the focus.
PANEL_KEYS = {
    mark("Anywhere"): (
        (mark("Open a menu"), "Alt + {letters}"),
        (mark("Next, previous field"), "Tab, Shift+Tab"),
    ),
    mark("Editor"): (
        (mark("Complete a name"), "Ctrl+Space"),
        (mark("Back from a definition or a line"), "Alt+Left"),
        (mark("Replace, replace all, in the find bar"), "Enter, Ctrl+Alt+Enter"),
        (mark("Indent, dedent"), "Tab, Shift+Tab"),
    ),
    mark("Graph"): (
        (mark("Next, previous node"), "Tab, Shift+Tab"),
        (mark("Neighbour of the node"), mark("Arrows")),
        (mark("Open a module"), "Enter"),
        (mark("Member after, before in a series"), "PageDown, PageUp"),
        (mark("All of a series, fold it"), "Shift+PageDown, Shift+PageUp"),
        (mark("Pan"), mark("Ctrl+arrows, drag")),
        (mark("Zoom in, out, to 100 %"), "+, −, 1"),
        (mark("Fit"), "F"),
        (mark("Next, previous match"), "Enter, Shift+Enter"),
    ),
    mark("Heat map"): (
        (mark("Neighbouring cell"), mark("Arrows")),
        (mark("Ends of the row, of the matrix"), mark("Home, End, with Ctrl")),
        (mark("A page of rows, of columns"), mark("PageUp, PageDown, with Ctrl")),
        (mark("Zoom in, out, fit"), "+, −, 0"),
        (mark("Have the row, the column read"), "R, C"),
    ),
    mark("Operation in the middle"): (
        (mark("Play the cells of the result, stop"), "P"),
        (mark("The next cell, the cell before"), ". ,"),
    ),
    mark("Timeline"): (
        (mark("One node on, back"), mark("Right, Left")),
        (mark("To the start, to the end"), "Home, End"),
    ),
    mark("Plots"): (
        (mark("Cursor one record on, back"), mark("Right, Left")),
        (mark("Cursor further on, back"), mark("Ctrl+Right, Ctrl+Left")),
        (mark("Begin a range at the cursor, zoom to it"), mark("Enter, Enter at its other end")),
        (mark("Zoom in, out"), "+, −"),
        (mark("Pan"), mark("Shift+Right, Shift+Left")),
        (mark("Release the cursor"), "Escape"),
        (mark("Show the whole run"), "Home"),
        (mark("Show what is trained"), "F"),
        (mark("Checkpoint before, after"), "[, ]"),
    ),
    mark("Runs"): (
        (mark("Lay over the plots, take away"), mark("Space")),
        (mark("Rename…"), "F2"),
        (mark("Delete…"), "Del"),
        (mark("What else can be done"), "Menu"),
    ),
}
_MENUS = (("File", "Edit", "View"), ("Program", "Backward", "Training", "Help", "Anywhere"))
_PANELS = tuple(PANEL_KEYS)[1:]
_COLUMNS = ((*_MENUS, _PANELS), (sum(_MENUS, ()), _PANELS), (sum((*_MENUS, _PANELS), ()),))  # in less and less room


def sections() -> _Sections:
    """(what, keys) of every row of the action table that has keys, by menu, then the panels' own."""
    found: dict[str, list[tuple[str, str]]] = {menu: [] for menu in MENUS}
    for row in TABLE:
        keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in shortcuts(row)]
        keys = list(dict.fromkeys(key.replace("Return", "Enter") for key in keys))  # one name for both of them
        if keys:
            found[row.menu].append((tr(row.text).rstrip("…"), ", ".join(keys)))
    letters = ", ".join(map(menu_letter, MENUS))
    for name, pairs in PANEL_KEYS.items():
        found[name] = [(tr(what), tr(keys, letters=letters)) for what, keys in pairs]
    return {name: rows for name, rows in found.items() if rows}


class ShortcutSheet(QDialog):
    """Every key, by menu and panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut_sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak(self.setWindowTitle, "Keyboard shortcuts")
        look, self._room = theme.current(), parent.width()
        area = self._area = QScrollArea(self)
        area.setWidgetResizable(True)
        speak(area.setAccessibleName, "Keyboard shortcuts")
        say_again(self, self._fill)
        hint = QLabel(self)
        speak(hint.setText, "Every command, also those without keys: Ctrl+K")
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(12))
        foot.addWidget(hint, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addLayout(foot)
        wanted = area.widget().sizeHint()
        self.resize(
            min(wanted.width() + look.px(16), parent.width()),
            min(wanted.height() + look.px(60), round(parent.height() * 0.95)),
        )

    def _fill(self) -> None:
        """In as many columns as have room; a single one breaks its lines."""
        known = sections()
        for columns in _COLUMNS:
            body = _body(columns, known, wraps=columns == _COLUMNS[-1])
            self._area.setWidget(body)
            if body.sizeHint().width() + theme.current().px(16) <= self._room:
                break


def _body(columns: Sequence[Sequence[str]], known: _Sections, *, wraps: bool) -> QWidget:
    look, body = theme.current(), QWidget()
    row = QHBoxLayout(body)
    row.setContentsMargins(look.px(20), look.px(8), look.px(20), look.px(16))
    row.setSpacing(look.px(40))
    for names in columns:
        row.addLayout(_column({name: known[name] for name in names if name in known}, wraps=wraps), 1)
    return body


def _column(known: _Sections, *, wraps: bool) -> QGridLayout:
    look, grid = theme.current(), QGridLayout()
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(5))
    grid.setColumnStretch(0, 1)
    line = 0
    for name, rows in known.items():
        title = QLabel(menu_title(name))
        title.setProperty("role", "title")
        title.setContentsMargins(0, look.px(10), 0, 0)
        grid.addWidget(title, line, 0, 1, 2)
        for words, keys in rows:
            line += 1
            what = QLabel(words)
            what.setWordWrap(wraps)
            grid.addWidget(what, line, 0)
            label = QLabel(keys, alignment=Qt.AlignmentFlag.AlignRight)
            label.setFont(look.mono(11))
            label.setProperty("role", "secondary")
            label.setWordWrap(wraps)
            grid.addWidget(label, line, 1)
        line += 1
    grid.setRowStretch(line, 1)
    return grid
