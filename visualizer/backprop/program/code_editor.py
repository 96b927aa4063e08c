"""The program's text: line numbers, colours, results beside the lines, marks, completion. Columns are UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from engine.protocol.program_values import ProgramError
from engine.protocol.source import Source
from engine.shared.language import tr
from visualizer.backprop.program import editor_keys, fold_sign, line_results, lines, pasting, typing, zoom
from visualizer.backprop.program.completer import Completer
from visualizer.backprop.program.cursors import Cursors
from visualizer.backprop.program.folds import Folds
from visualizer.backprop.program.going_to_line import GoingToLine
from visualizer.backprop.program.gutter import Gutter
from visualizer.backprop.program.held import Held
from visualizer.backprop.program.hints import Hints
from visualizer.backprop.program.indentation import state_at
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.backprop.program.line_results import ShownResult
from visualizer.backprop.program.line_watch import LineWatch
from visualizer.backprop.program.marks import Marks
from visualizer.backprop.program.navigation import Navigation
from visualizer.backprop.program.pairs import Pairs
from visualizer.backprop.program.parts import begins_cell
from visualizer.backprop.program.pointer import Pointer
from visualizer.backprop.program.renaming import Renaming
from visualizer.backprop.program.result_column import ResultColumn
from visualizer.backprop.program.run_lines import RunLines
from visualizer.look import theme
from visualizer.look.document_text import as_written, text_of
from visualizer.look.escape import claims_escape
from visualizer.look.highlighter import PythonHighlighter
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak
from visualizer.look.style_sheet import wear


class CodeEditor(QPlainTextEdit):
    """Emits what the person does; shows what it is handed."""

    completions_wanted = Signal(str, int, int)  # text, line, column
    place_hovered = Signal(int, int)  # line, 0 for none, and column
    place_changed = Signal(int, int)
    error_moved = Signal(object)  # Source, or None when its line was edited or is gone
    edited = Signal(object)  # LineEdit or LinesMoved; not where all of the text is another
    pasted = Signal(str)
    files_dropped = Signal(list)  # their paths
    zoomed = Signal(int)  # steps, as in `zoom`

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
        self.marks = Marks(self, self.row_of)
        self.run_lines = RunLines(self._line_text, self._line_state)
        self.results = ResultColumn(self, self.run_lines)
        self.folds = Folds(self)
        self.folds.changed.connect(self.viewport().update)
        self.gutter = Gutter(self, self.marks, self.folds, self.row_of)
        self.gutter.width_wanted.connect(self._make_room)
        self.held = Held(self, self.marks, self.run_lines, self.row_of, self.folds.reveal, self._repaint_line)
        self.cursors = Cursors(self, self.marks)
        self.pairs = Pairs(self.cursors)
        self._lines_copied = ""  # without being selected: they are pasted above a line
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
        results = self.results
        self._pointer = Pointer(self, self.cursors, self.navigation, self._result_at, self._end_of, results.choose)
        self._pointer.hovered.connect(self.place_hovered)
        self._wheel = zoom.Wheel()
        self._line_watch = LineWatch(self.document(), self._take_edit)
        self.cursorPositionChanged.connect(self._on_cursor)
        self.updateRequest.connect(self.gutter.follow)
        theme.current().changed.connect(self._dress)
        self._dress()

    # -- values

    def text(self) -> str:
        """The program as it stands."""
        return text_of(self.document())

    def _result_at(self, place: QPoint) -> ShownResult | None:
        """The result that is painted at a place."""
        block = self.cursorForPosition(place).block()
        if self.held.is_at(block):
            return None
        return self.results.at(place, block, self.row_of(block), self._end_of(block))

    def forget_places(self) -> None:
        """Before another text: what is marked in this one is not in that."""
        self.completions.hide()
        self.hints.hide()
        self.folds.forget()
        self.navigation.forget()
        self.cursors.forget()
        self.run_lines.forget()
        self.held.mark(None)
        self.hover_source(None)
        self.held.set(None, 0)

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

    def hover_source(self, source: Source | None) -> None:
        """The sub-expression of the node under the mouse, or of the selection."""
        place = self.run_lines.source(source)
        if place != self.marks.hovered:
            self.marks.hovered = place
            self.marks.refresh()
            self.viewport().update()  # the sign of a fold that hides it

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        below = QPainter(self.viewport())
        self.marks.paint_lines(below, event.rect().toRectF())
        below.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.cursors.paint(painter)
        block = self.firstVisibleBlock()
        while block.isValid():
            if not block.isVisible():
                block = block.next()
                continue
            row = self.row_of(block)
            if row.top() > event.rect().bottom():
                break
            if row.bottom() < event.rect().top():
                block = block.next()
                continue
            if block.blockNumber() and begins_cell(block.text()):
                painter.fillRect(QRectF(row.left(), row.top(), row.width(), 1), theme.current().color("line.default"))
            if sign := self._fold_sign(block):
                hidden = self.folds.hidden_under(block.blockNumber())
                is_held_up, is_marked = self.gutter.has_breakpoint(hidden), self.marks.hovers_in(hidden)
                end = self._code_end(block)
                fold_sign.paint(painter, sign, row, end, has_breakpoint=is_held_up, is_marked=is_marked)
            if self.held.is_at(block):
                line_results.paint_held(painter, self.held.text or "", row, self._end_of(block))
            else:
                self.results.paint(painter, block.blockNumber(), row, self._end_of(block))
            block = block.next()

    def _line_text(self, line: int) -> str:
        return as_written(self.document().findBlockByNumber(line - 1).text())

    def _line_state(self, line: int) -> int:
        return state_at(self.document().findBlockByNumber(line - 1))

    def row_of(self, block: QTextBlock) -> QRectF:
        """The block's row, as wide as the viewport; none where the text has no such block any more."""
        if not block.isValid():
            return QRectF()
        row = self.blockBoundingGeometry(block).translated(self.contentOffset())
        # The last block's geometry holds the document's margin too.
        return QRectF(0, row.top(), self.viewport().width(), block.layout().boundingRect().height())

    def _fold_sign(self, block: QTextBlock) -> str:
        """The words behind a line that stands for folded ones, "" for any other."""
        n = self.folds.n_hidden(block.blockNumber())
        return fold_sign.words(n) if n else ""

    def _end_of(self, block: QTextBlock) -> float:
        """Where the code of a line ends, with what tells how much is folded under it."""
        return self._code_end(block) + fold_sign.width(self._fold_sign(block))

    def _code_end(self, block: QTextBlock) -> float:
        layout = block.layout()
        width = layout.lineAt(0).naturalTextWidth() if layout.lineCount() else 0
        return self.contentOffset().x() + self.document().documentMargin() + width

    def _dress(self) -> None:
        look = theme.current()
        is_held_seen = self.held.is_in_view(self.viewport().height())
        font = zoom.mono(12)
        font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)  # a letter a cell: less work on a long line
        self.setFont(font)
        self.setTabStopDistance(4 * QFontMetricsF(self.font()).horizontalAdvance(" "))
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
        if is_held_seen:
            self.held.show_again()

    # -- keys and mouse

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and editor_keys.runs(event):
            return False  # Qt's own would take Shift+Return for a key that is typed
        return (is_asked and self.uses_escape and claims_escape(event)) or super().event(event)

    @property
    def uses_escape(self) -> bool:
        """Whether Escape closes something of its own: the list of names, a card, then the carets beside its own."""
        return self.completions.isVisible() or self.hints.card.isVisible() or self.cursors.are_many

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completer.take_key(event) or editor_keys.take(self, event):
            return
        is_done = self.pairs.take_key(event) or editor_keys.ends_clause(self, event)
        if not (is_done or (self.cursors.are_many and self.cursors.take_key(event))):
            editor_keys.begin_typing(self, event)
            super().keyPressEvent(event)
        self.completer.typed(event)
        self.hints.typed(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        if steps := self._wheel.take(event.angleDelta().y()):
            self.zoom_by(steps)

    def zoom_by(self, steps: int) -> None:
        """The text so many steps larger beside the window's, less than 0 for smaller, and as large as that with 0."""
        zoom.choose(zoom.steps() + steps if steps else 0)
        first = self.firstVisibleBlock().blockNumber()
        self._dress()
        self.verticalScrollBar().setValue(self.document().findBlockByNumber(first).firstLineNumber())
        self.zoomed.emit(zoom.steps())
        self.cursors.status.emit(lambda: tr("The text of the program is at {percent}.", percent=zoom.words()))

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
        has_selected = self.cursors.have_selected
        self._lines_copied = "" if has_selected else "".join(map(pasting.line_of, self.cursors.copies()))
        QGuiApplication.clipboard().setText(self.cursors.copied() if has_selected else self._lines_copied)

    def cut(self) -> None:
        self.copy()
        self.edit(QTextCursor.removeSelectedText) if self.cursors.have_selected else self.edit_lines(lines.delete)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(pasting.text_in(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = pasting.text_in(source)
        if len(text) > pasting.MOST:
            self.cursors.status.emit(pasting.too_large)
        elif text:
            self.pasted.emit(self.cursors.paste(text, is_lines=text == self._lines_copied))
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        text = event.commitString()
        if text and not event.replacementLength():
            super().inputMethodEvent(QInputMethodEvent())  # what it was composed of is gone
            self._type_composed(text)
            event = QInputMethodEvent(event.preeditString(), event.attributes())
        super().inputMethodEvent(event)

    def _type_composed(self, text: str) -> None:
        """A letter of a dead key and the like is as one of a key; words of an input method are written as they are."""
        if len(text) == 1:
            self.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
        else:
            self.cursors.type(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.files_dropped.emit([url.toLocalFile() for url in urls])
        else:
            self.cursors.leave()
            super().dropEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.drags(event):
            super().mouseMoveEvent(event)
        self._pointer.moved(event)
        if self._fold_at(event.position().toPoint()) >= 0:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def _fold_at(self, place: QPoint) -> int:
        """The line whose sign of what is folded is there, -1 for none."""
        block = self.cursorForPosition(place).block()
        is_there = self.folds.n_hidden(block.blockNumber()) and self._code_end(block) < place.x() < self._end_of(block)
        return block.blockNumber() if is_there else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.completions.hide()
        if event.button() == Qt.MouseButton.LeftButton and (line := self._fold_at(event.position().toPoint())) >= 0:
            self.folds.toggle(line)
        elif not self._pointer.takes_press(event):
            super().mousePressEvent(event)
            self._pointer.pressed(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pointer.released(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer.left()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.marks.refill()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.completions.hide()
        self.marks.refill()

    def viewportEvent(self, event: QEvent) -> bool:
        is_tip = isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip
        return (is_tip and self._pointer.shows_tip(event)) or super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.completions.hide()
        self.gutter.resize_to_content()
        self.held.keep_in_view(event.oldSize().height())

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(420), theme.current().px(300))

    # -- inner workings

    def _repaint_line(self, line: int) -> None:
        """Its number, its text and what stands beside that, of one that is seen."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            row = self.row_of(block).toAlignedRect()
            self.viewport().update(row)
            self.gutter.update(0, row.top(), self.gutter.width(), row.height())

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

    def _take_edit(self, edit: LineEdit | LinesMoved, code: str, is_all: bool) -> None:
        """Results and marks move with their lines; the edited line's own turn stale, or go."""
        self.run_lines.edited(edit)
        self.folds.edited(edit)
        if not is_all:
            self.edited.emit(edit)
        self.results.edited(edit, code)
        error = self.marks.error
        self.marks.edited(edit)
        if self.marks.error != error:
            self.marks.refresh()  # also where the cursor stays, as with Delete
            self.error_moved.emit(self.marks.error)
