"""The text that the keyboard is in, whatever kind of field holds it: what the menu Edit acts on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

Field: TypeAlias = QLineEdit | QPlainTextEdit | QTextEdit | QLabel
_HISTORY = ("undo", "redo")


class History(Protocol):
    """What is undone and done again where the keyboard is in no text."""

    can_undo: bool
    can_redo: bool

    def undo(self) -> None:
        """Take back what was done last."""

    def redo(self) -> None:
        """Do again what was taken back last."""


class Copied(NamedTuple):
    """What is copied where the keyboard is in a part of the window, and in no text: whether there is something."""

    part: QWidget
    can_copy: Callable[[], object]
    copy: Callable[[], object]


class TextFields(QObject):
    """Follows the keyboard through one window. A menu, the palette or a dialog that takes it changes nothing: what is
    chosen there is meant for the field that had it before. Where it is in no text, undo is that of `beside`, and the
    program's where that has nothing to undo or to do again."""

    changed = Signal()

    def __init__(self, window: QMainWindow, program: QPlainTextEdit, beside: History) -> None:
        super().__init__(window)
        self._window, self._program, self._beside = window, program, beside
        self._field: QWidget | None = None
        self._copied: list[Copied] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def offer_copy(self, *parts: Copied) -> None:
        """What Copy is about beside text."""
        self._copied += parts

    @property
    def current(self) -> Field | None:
        """None where the keyboard is in no text."""
        field = self._field if self._field is not None and isValid(self._field) else None
        return field if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit | QLabel) else None

    def holding(self) -> set[str]:
        """What can be done with it: "cut", "copy", "paste", "undo", "redo" and "select_all"."""
        field = self.current
        return self._beside_text() if field is None else _held(field)

    def _beside_text(self) -> set[str]:
        found = {name for name in _HISTORY if getattr(self._beside, f"can_{name}")}
        found = found or {name for name in _HISTORY if name in _held(self._program)}
        here = self._copied_here()
        return found | ({"copy"} if here is not None and here.can_copy() else set())

    def _copied_here(self) -> Copied | None:
        field = self._field
        if field is None or not isValid(field):
            return None
        return next((one for one in self._copied if one.part is field or one.part.isAncestorOf(field)), None)

    def do(self, name: str) -> None:
        """One of what `holding` names; nothing where it does not."""
        field = self.current or self._program
        if name not in self.holding():
            return
        if self.current is None and name == "copy" and (here := self._copied_here()) is not None:
            here.copy()
            return
        if self.current is None and getattr(self._beside, f"can_{name}", False):
            getattr(self._beside, name)()
            return
        if isinstance(field, QLabel):
            QGuiApplication.clipboard().setText(field.selectedText())
            return
        acts = {"cut": field.cut, "copy": field.copy, "paste": field.paste}
        acts |= {"undo": field.undo, "redo": field.redo, "select_all": field.selectAll}
        acts[name]()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._is_inside(new):
            return
        if isinstance(new, QAbstractSpinBox):
            new = new.findChild(QLineEdit)
        elif isinstance(new, QComboBox):
            new = new.lineEdit()
        self._field = new
        self.changed.emit()

    def _is_inside(self, widget: QWidget) -> bool:
        """Whether it belongs to a panel, floating ones included, and not to the menus."""
        top = widget.window()
        if isinstance(top, QDockWidget):
            top = top.parentWidget().window()
        return top is self._window and not widget.inherits("QMenuBar")


def _held(field: Field) -> set[str]:
    is_selected = _has_selection(field)
    if isinstance(field, QLabel):
        return {"copy"} if is_selected else set()
    is_writable = field.isEnabled() and not field.isReadOnly()
    is_secret = isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal
    can = {
        "copy": is_selected and not is_secret,
        "cut": is_selected and is_writable and not is_secret,
        "paste": is_writable and bool(QGuiApplication.clipboard().text()),
        "select_all": True,
        "undo": is_writable and _history(field).isUndoAvailable(),
        "redo": is_writable and _history(field).isRedoAvailable(),
    }
    return {name for name, holds in can.items() if holds}


def _has_selection(field: Field) -> bool:
    if isinstance(field, QLineEdit | QLabel):
        return field.hasSelectedText()
    return field.textCursor().hasSelection()


def _history(field: QLineEdit | QPlainTextEdit | QTextEdit) -> QLineEdit | QTextDocument:
    return field if isinstance(field, QLineEdit) else field.document()
