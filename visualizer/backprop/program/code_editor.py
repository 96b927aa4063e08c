"""The program's text: line numbers, colours, results beside the lines, marks, completion. Columns are UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from visualizer.backprop.program import line_results, typing
from visualizer.backprop.program.completer import Completer
from visualizer.backprop.program.cursors import Cursors
from visualizer.backprop.program.going_to_line import GoingToLine
from visualizer.backprop.program.gutter import Gutter
from visualizer.backprop.program.hints import Hints
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.backprop.program.line_results import ShownResult
from visualizer.backprop.program.line_watch import LineWatch
from visualizer.backprop.program.marks import Marks
from visualizer.backprop.program.navigation import Navigation
from visualizer.backprop.program.parts import begins_cell
from visualizer.backprop.program.renaming import Renaming
from visualizer.backprop.program.result_column import ResultColumn
from visualizer.backprop.program.run_lines import RunLines
from visualizer.look import theme
from visualizer.look.escape import claims_escape
from visualizer.look.focus_ring import FocusRing
from visualizer.look.highlighter import PythonHighlighter
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak
from visualizer.look.style_sheet import wear

_Keys = QKeySequence.StandardKey


class CodeEditor(QPlainTextEdit):
    """Emits what the person does; shows what it is handed."""

    completions_wanted = Signal(str, int, int)  # text, line, column
    place_hovered = Signal(int, int)  # line, 0 for none, and column
    place_changed = Signal(int, int)
    error_moved = Signal(object)  # Source, or None when its line was edited or is gone
    edited = Signal(object)  # LineEdit or LinesMoved; not where all of the text is another
    pasted = Signal(str)
    file_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        speak(self.setAccessibleName, "Program")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setMouseTracking(True)
        speak(
            self.setPlaceholderText,
            "Write PyTorch here, or open a program.\nCtrl+Enter runs it, Ctrl+Shift+Enter steps it.",
        )
        self.paused_text: str | None = None
        self._held_line = 0  # of the sub-expression that was scrolled to
        self.marks = Marks(self)
        self.run_lines = RunLines(lambda line: self.document().findBlockByNumber(line - 1).text())
        self.results = ResultColumn(self, self.run_lines)
        self.gutter = Gutter(self, self.marks, self.row_of)
        self.gutter.width_wanted.connect(self._make_room)
        self.cursors = Cursors(self, self.marks)
        self.completer = Completer(self, self.edit)
        self.completer.wanted.connect(self.completions_wanted)
        self.completions = self.completer.list
        self.hints = Hints(self, self.completions.isVisible)
        self.navigation = Navigation(self, self.marks)
        self.renaming = Renaming(self)
        self.going_to_line = GoingToLine(self)
        self.going_to_line.chosen.connect(self._go_to_chosen)
        self.going_to_line.room_wanted.connect(lambda: self.gutter.resize_to_content())
        self._highlighter = PythonHighlighter(self.document())
        self._hover_at = QPoint()
        self._hover = QTimer(self, singleShot=True, interval=120)
        self._hover.timeout.connect(self._hovered)
        self._line_watch = LineWatch(self.document(), self._take_edit)
        self.cursorPositionChanged.connect(self._on_cursor)
        FocusRing(self)
        self.updateRequest.connect(self.gutter.follow)
        theme.current().changed.connect(self._dress)
        self._dress()

    # -- values

    def text(self) -> str:
        """The program as it stands, no-break spaces included, which toPlainText would replace."""
        return str(self.document().toRawText()).replace("\u2029", "\n")

    def _result_at(self, place: QPoint) -> ShownResult | None:
        """The result that is painted at a place."""
        block = self.cursorForPosition(place).block()
        if block.blockNumber() + 1 == self.marks.paused_line and self.paused_text:
            return None
        return self.results.at(place, block, self.row_of(block), self._end_of(block))

    def forget_places(self) -> None:
        """Before another text: what is marked in this one is not in that."""
        self.completions.hide()
        self.hints.hide()
        self.navigation.forget()
        self.run_lines.forget()
        self.mark_source(None)
        self.hover_source(None)
        self.set_paused(None, 0)

    def set_paused(self, text: str | None, line: int) -> None:
        """Mark the line whose backward is held: "paused 5 / 9"."""
        line = self.run_lines.line(line) if text is not None else 0
        text = text if line else None
        if (text, line) == (self.paused_text, self.marks.paused_line):
            return
        if line != self.marks.paused_line:
            self.marks.paused_line = line
            self.marks.refresh()
        self.paused_text = text
        self.gutter.update()
        self.viewport().update()

    def set_breakpoints(self, lines: dict[int, bool]) -> None:
        """The lines with one, and whether it is switched on."""
        self.gutter.set_breakpoints(lines)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor there and show it."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.setPosition(min(block.position() + column, block.position() + block.length() - 1))
            self.setTextCursor(cursor)
            self.centerCursor()
            self.setFocus()

    def _go_to_chosen(self, line: int) -> None:
        """To the first letter of a line; Alt+Left leads back."""
        text = self.document().findBlockByNumber(line - 1).text()
        self.navigation.remember()
        self.go_to(line, len(text) - len(text.lstrip()))

    def mark_error(self, error: ProgramError | None) -> None:
        self.marks.error = error.place if error is not None else None
        self.marks.refresh()

    def mark_source(self, source: Source | None) -> None:
        """The sub-expression of the node that backward is held at; it is scrolled to, the cursor stays."""
        place = self.run_lines.source(source)
        if place != self.marks.current:
            self.marks.current = place
            self.marks.refresh()
        self._held_line = 0
        if source is not None:
            self.show_held(source.line)

    def show_held(self, line: int) -> None:
        """Scroll to where the pass is held, and stay there."""
        self._held_line = line
        self._scroll_to(line)

    def _scroll_to(self, line: int) -> None:
        """Bring a line that is out of sight to the middle."""
        block = self.document().findBlockByNumber(line - 1)
        view = self.viewport().rect()
        if not block.isValid() or view.toRectF().contains(self.row_of(block).center()):
            return
        n_rows = view.height() // max(self.fontMetrics().lineSpacing(), 1)
        self.verticalScrollBar().setValue(max(block.firstLineNumber() - n_rows // 2, 0))

    def hover_source(self, source: Source | None) -> None:
        """The sub-expression of the node under the mouse, or of the selection."""
        place = self.run_lines.source(source)
        if place != self.marks.hovered:
            self.marks.hovered = place
            self.marks.refresh()

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.cursors.paint(painter)
        block = self.firstVisibleBlock()
        while block.isValid():
            row = self.row_of(block)
            if row.top() > event.rect().bottom():
                break
            if block.blockNumber() and begins_cell(block.text()):
                painter.fillRect(QRectF(row.left(), row.top(), row.width(), 1), theme.current().color("line.default"))
            if block.blockNumber() + 1 == self.marks.paused_line and self.paused_text:
                line_results.paint_held(painter, self.paused_text, row, self._end_of(block))
            else:
                self.results.paint(painter, block.blockNumber(), row, self._end_of(block))
            block = block.next()

    def row_of(self, block: QTextBlock) -> QRectF:
        """The block's row, as wide as the viewport."""
        row = self.blockBoundingGeometry(block).translated(self.contentOffset())
        # The last block's geometry holds the document's margin too.
        return QRectF(0, row.top(), self.viewport().width(), block.layout().boundingRect().height())

    def _end_of(self, block: QTextBlock) -> float:
        layout = block.layout()
        width = layout.lineAt(0).naturalTextWidth() if layout.lineCount() else 0
        return self.contentOffset().x() + self.document().documentMargin() + width

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.mono(12))
        parts = {
            "background": "bg.panel",
            "color": "text.primary",
            "selection-background-color": "accent.tint",
            "selection-color": "text.primary",
            "placeholder-text-color": "text.muted",
        }
        rules = "; ".join(f"{name}: {look.color(token).name()}" for name, token in parts.items())
        wear(self, f"QPlainTextEdit {{ {rules}; border: none; }}")
        self.results.dress()
        self.gutter.resize_to_content()
        self.marks.refresh()

    # -- keys and mouse

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and _runs(event):
            return False  # Qt's own would take Shift+Return for a key that is typed
        has_use = is_asked and (self.completions.isVisible() or self.cursors.are_many)
        return (has_use and claims_escape(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completer.take_key(event) or self._key_of_editor(event):
            return
        if not (self.cursors.take_key(event) if self.cursors.are_many else self._closes_bracket(event)):
            super().keyPressEvent(event)
        self.completer.typed(event)
        self.hints.typed(event)

    def _key_of_editor(self, event: QKeyEvent) -> bool:
        key, cursor = event.key(), self.textCursor()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if _runs(event):
            return True  # Run and Step through belong to the window's actions, never to the text
        if key == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.navigation.go_back()
            return True
        acts = {_Keys.Undo: self.undo, _Keys.Redo: self.redo, _Keys.Cut: self.cut, _Keys.Copy: self.copy}
        for standard, act in acts.items():
            if event.matches(standard):  # which Qt asks a text for before a shortcut
                act()
                return True
        edit = None if control else typing.EDITS.get(key)
        if edit is not None:
            is_of_lines = edit is typing.dedent or (edit is typing.indent and self.cursors.have_selected)
            (self.edit_lines if is_of_lines else self.edit)(edit)
            return True
        if self.cursors.are_many:
            return False
        if key == Qt.Key.Key_Home and not control:
            typing.home(cursor, is_selecting=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            self.setTextCursor(cursor)
            return True
        if key == Qt.Key.Key_Backspace and not control:
            cursor.beginEditBlock()
            done = typing.backspace_indent(cursor)
            cursor.endEditBlock()
            return done
        return False

    def _closes_bracket(self, event: QKeyEvent) -> bool:
        """Whether it is one alone on its line, which goes back to where the bracket was opened."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        done = typing.close_bracket(cursor, event.text())
        cursor.endEditBlock()
        return done

    def edit(self, edit: Callable[[QTextCursor], object]) -> None:
        """An edit at every caret as one step of undo."""
        self.cursors.edit(edit)
        self.completions.hide()
        self.ensureCursorVisible()

    def edit_lines(self, edit: Callable[[QTextCursor], object]) -> None:
        """An edit of the lines of every caret as one step of undo."""
        self.cursors.edit_lines(edit)
        self.completions.hide()
        self.ensureCursorVisible()

    def toggle_comment(self) -> None:
        """Comment the selected lines out, or back in."""
        self.edit_lines(typing.toggle_comment)

    def undo(self) -> None:
        self.cursors.follow_history(super().undo)

    def redo(self) -> None:
        self.cursors.follow_history(super().redo)

    def copy(self) -> None:
        if self.cursors.have_selected:
            QGuiApplication.clipboard().setText(self.cursors.copied())

    def cut(self) -> None:
        self.copy()
        self.edit(QTextCursor.removeSelectedText)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.cursors.are_many and source.hasText():
            self.cursors.paste(source.text())
        else:
            super().insertFromMimeData(source)
        if source.hasText():
            self.pasted.emit(source.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.cursors.are_many and event.commitString():
            self.cursors.type(event.commitString())
            event = QInputMethodEvent(event.preeditString(), event.attributes())
        super().inputMethodEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.file_dropped.emit(urls[0].toLocalFile())
        else:
            self.cursors.leave()
            super().dropEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.cursors.drag_to(event.position().toPoint())
        else:
            super().mouseMoveEvent(event)
        self._hover_at = event.position().toPoint()
        self._hover.start()
        shown = self._result_at(self._hover_at) if not event.buttons() else None
        is_link = shown is not None and bool(shown.variable)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.cursors.toggle_at(place)
            return
        self.cursors.leave()
        is_on_result = is_left and self._result_at(place) is not None
        if is_on_result and self.results.choose(self.cursorForPosition(place).blockNumber()):
            return
        super().mousePressEvent(event)
        if is_left and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.navigation.go_to_definition()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover.stop()
        self.place_hovered.emit(0, 0)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.completions.hide()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            shown = self._result_at(event.pos())
            if shown is not None:
                QToolTip.showText(event.globalPos(), line_results.tip(shown), self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.gutter.resize_to_content()
        block = self.document().findBlockByNumber(self._held_line - 1)
        # A bar that opens below takes the place of what the person is shown.
        if block.isValid() and 0 <= self.row_of(block).center().y() < event.oldSize().height():
            self._scroll_to(self._held_line)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(420), theme.current().px(300))

    # -- inner workings

    def _make_room(self, width: int) -> None:
        """The gutter's number of digits changed."""
        top = theme.current().px(6) + self.going_to_line.height
        self.setViewportMargins(width, top, 0, 0)
        inner = self.contentsRect()
        self.gutter.setGeometry(QRect(inner.left(), inner.top() + top, width, inner.height()))

    def _on_cursor(self) -> None:
        self.marks.refresh()
        cursor = self.textCursor()
        self.place_changed.emit(cursor.blockNumber() + 1, cursor.positionInBlock())

    def _hovered(self) -> None:
        cursor = self.cursorForPosition(self._hover_at)
        inside = self._hover_at.x() <= self._end_of(cursor.block())
        self.place_hovered.emit(cursor.blockNumber() + 1 if inside else 0, cursor.positionInBlock())

    def _take_edit(self, edit: LineEdit | LinesMoved, code: str, is_all: bool) -> None:
        """Results and marks move with their lines; the edited line's own turn stale, or go."""
        self.run_lines.edited(edit)
        if not is_all:
            self.edited.emit(edit)
        self.results.edited(edit, code)
        error = self.marks.error
        self.marks.edited(edit)
        if self.marks.error != error:
            self.marks.refresh()  # also where the cursor stays, as with Delete
            self.error_moved.emit(self.marks.error)


def _runs(event: QKeyEvent) -> bool:
    """Whether it is Return with a key that makes it one of the window's."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(event.modifiers() & held)
