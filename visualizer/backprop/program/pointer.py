"""The mouse in the program: where it is; results, carets and definitions that are clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolTip

from visualizer.backprop.program import line_results
from visualizer.backprop.program.cursors import Cursors
from visualizer.backprop.program.line_results import ShownResult
from visualizer.backprop.program.navigation import Navigation

_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Pointer(QObject):
    """Belongs to one editor, which hands it what the mouse does before and after Qt's text has it. `result_at` tells
    what is painted at a place, `end_of` where a line's code ends, `choose` inspects what a line's block left."""

    hovered = Signal(int, int)  # line, 0 for none, and column

    def __init__(
        self,
        editor: QPlainTextEdit,
        cursors: Cursors,
        navigation: Navigation,
        result_at: Callable[[QPoint], ShownResult | None],
        end_of: Callable[[QTextBlock], float],
        choose: Callable[[int], bool],
    ) -> None:
        super().__init__(editor)
        self._editor, self._cursors, self._navigation = editor, cursors, navigation
        self._result_at, self._end_of, self._choose = result_at, end_of, choose
        self._at = QPoint()
        self._asked_at: QPoint | None = None  # where Ctrl and the mouse were pressed
        self._corner = (0, 0.0)  # where columns of lines begin to be selected
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._tell)

    def drags(self, event: QMouseEvent) -> bool:
        """Whether it selects on with the newest of several carets, or columns of lines."""
        if event.buttons() != Qt.MouseButton.LeftButton or event.modifiers() not in (_ALT, _ALT | _SHIFT):
            return False
        if event.modifiers() & _SHIFT:
            self._cursors.select_block(self._corner, self._column_at(event.position().toPoint()))
            return True
        self._cursors.drag_to(event.position().toPoint())
        return True

    def moved(self, event: QMouseEvent) -> None:
        """A hand stands over what can be clicked."""
        self._at = event.position().toPoint()
        self._rest.start()
        shown = self._result_at(self._at) if not event.buttons() else None
        is_link = shown is not None and bool(shown.variable)
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor
        self._editor.viewport().setCursor(shape)

    def left(self) -> None:
        """It is elsewhere."""
        self._rest.stop()
        self.hovered.emit(0, 0)

    def takes_press(self, event: QMouseEvent) -> bool:
        """Whether it is for a caret more, or for a result."""
        place, self._asked_at = event.position().toPoint(), None
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and event.modifiers() == _ALT | _SHIFT:
            self._corner = self._column_at(place)
            self._cursors.select_block(self._corner, self._corner)
            return True
        if is_left and event.modifiers() == _ALT:
            self._cursors.toggle_at(place)
            return True
        self._cursors.leave()
        is_on_result = is_left and self._result_at(place) is not None
        return is_on_result and self._choose(self._editor.cursorForPosition(place).blockNumber())

    def _column_at(self, place: QPoint) -> tuple[int, float]:
        """The line at a place of the viewport, from 0, and the pixels from its begin."""
        scrolled = self._editor.horizontalScrollBar().value()
        return self._editor.cursorForPosition(place).blockNumber(), place.x() + scrolled

    def pressed(self, event: QMouseEvent) -> None:
        """The cursor is there by now, or in what is selected and may be dragged: a copy of it with Ctrl held."""
        is_asking = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == _CONTROL
        self._asked_at = event.position().toPoint() if is_asking else None

    def released(self, event: QMouseEvent) -> None:
        """Ctrl and a click lead to a definition, where nothing was dragged or selected by it."""
        asked, self._asked_at = self._asked_at, None
        moved = QPoint() if asked is None else event.position().toPoint() - asked
        if asked is not None and moved.manhattanLength() < QApplication.startDragDistance():
            self._editor.setTextCursor(self._editor.cursorForPosition(asked))
            self._navigation.go_to_definition()

    def shows_tip(self, event: QHelpEvent) -> bool:
        """Whether it rests on a result, of which all is told."""
        shown = self._result_at(event.pos())
        if shown is not None:
            QToolTip.showText(event.globalPos(), line_results.tip(shown), self._editor)
        return shown is not None

    def _tell(self) -> None:
        cursor = self._editor.cursorForPosition(self._at)
        is_inside = self._at.x() <= self._end_of(cursor.block())
        self.hovered.emit(cursor.blockNumber() + 1 if is_inside else 0, cursor.positionInBlock())
