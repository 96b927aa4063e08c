"""What of a window a screen reader is not told: who looks at it by Qt's accessibility finds no name or no role."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.engine.client import ROOT

NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client)
_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar)
_OTHERS = (QTabBar, QTextEdit)


def untold(root: QWidget) -> list[str]:
    """Every control, and all that paints itself, on the screen without a name or a role, or with a name of signs. A
    line between two parts, and a label without words, are passed by."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or _is_qts_own(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name, is_painted = told.text(QAccessible.Text.Name).strip(), paints_itself(type(widget))
        is_stop = isinstance(widget, QScrollArea) and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if not is_painted and not is_stop and not isinstance(widget, _CONTROLS + _OTHERS):
            continue
        is_named = bool(name or (is_painted and (told.state().invisible or isinstance(widget, QLabel))))
        is_sign = isinstance(widget, QAbstractButton) and not any(letter.isalnum() for letter in name)
        if not is_named or is_sign or told.role() in NO_ROLES:
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {told.role().name} {name!r}")
    return found


def _is_qts_own(widget: QWidget) -> bool:
    """What is told by what it lies in: the head of a table, the field of a number."""
    is_inner = isinstance(widget.parentWidget(), QSpinBox | QComboBox)
    return isinstance(widget, QHeaderView) or is_inner


def paints_itself(kind: type) -> bool:
    """Whether a class of ours does it, not Qt."""
    own = [each for each in kind.__mro__ if each.__module__.startswith("visualizer")]
    return any("paintEvent" in vars(each) for each in own)


def painted_without_role() -> Iterator[str]:
    """Every class that paints itself on a bare widget of Qt's and does not say what it is."""
    for path in sorted((ROOT / "visualizer").rglob("*.py")):
        text = path.read_text()
        if "def paintEvent" in text:
            kinds = [each for each in ast.parse(text).body if isinstance(each, ast.ClassDef)]
            yield from (
                _place(path, kind) for kind in kinds if _is_bare(kind) and "accessible_role" not in _names(kind)
            )


def _is_bare(kind: ast.ClassDef) -> bool:
    paints = any(isinstance(each, ast.FunctionDef) and each.name == "paintEvent" for each in kind.body)
    return paints and any(ast.unparse(base) == "QWidget" for base in kind.bases)


def _names(kind: ast.ClassDef) -> set[str]:
    return {ast.unparse(target) for each in kind.body if isinstance(each, ast.Assign) for target in each.targets}


def _place(path: Path, kind: ast.ClassDef) -> str:
    return f"{path.relative_to(ROOT)} {kind.name}"
