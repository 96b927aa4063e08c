"""Every text that a person can read or hear of a window now: of widgets, rows, actions, and what is painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tests.visualizer.marked_language import texts_of
from tests.visualizer.window import until
from visualizer.app.main_window import MainWindow
from visualizer.look.mathematics.formula_view import FormulaView

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_MOST_ROWS = 60


def steady_texts(window: MainWindow) -> Counter[tuple[str, str]]:
    """How often each text is there, with the name of what has it, once what the window has asked the engine for has
    come: twice one after another it is the same."""
    seen: list[Counter[tuple[str, str]]] = []

    def is_steady() -> bool:
        seen.append(_said_in(window))
        return not _is_awaiting(window) and seen[-1:] == seen[-2:-1]

    until(is_steady, "no text changes any more")
    return seen[-1] + Counter(("painted", text) for text in painted_in(window) if text)


def _is_awaiting(window: MainWindow) -> bool:
    """Whether an answer is to come, a question is asked in a moment, or a formula is being set."""
    is_soon = any(one.isSingleShot() and one.isActive() for one in window.findChildren(QTimer))
    return is_soon or bool(window.engine._answers) or not all(it.is_complete for it in window.findChildren(FormulaView))


def _said_in(window: MainWindow) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            name = f"{type(widget).__name__} {widget.objectName()}"
            found.update((name, text) for text in (*texts_of(widget), *_content_of(widget)) if text)
    for name, action in window.actions_by_id.items():
        found.update((name, text) for text in (action.text(), action.toolTip()))
    return found


def painted_in(window: MainWindow) -> list[str]:
    """What drawText has in one frame."""
    painted: list[str] = []
    draw = QPainter.drawText

    def spy(painter: QPainter, *args: object) -> object:
        painted.extend(text for text in args if isinstance(text, str))
        return draw(painter, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", spy)
        window.grab()
    return painted


def _content_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QLineEdit):
        yield widget.text()
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _cells(widget, QModelIndex())


def _cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    n_columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        for column in range(n_columns):
            data = (model.index(row, column, parent).data(role) for role in _ROLES)
            yield from (text for text in data if isinstance(text, str))
        if not isinstance(model, QAbstractListModel):
            yield from _cells(view, model.index(row, 0, parent))
