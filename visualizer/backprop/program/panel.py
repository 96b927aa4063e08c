"""The program: its file's name, Run and Stop, the editor, and what has to be said about the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.protocol.messages import LinesRan
from engine.protocol.program_values import Completion, LineResult, Notice, ProgramError
from engine.protocol.source import Source
from engine.runs.pasted import find_config
from engine.shared import utf16
from engine.shared.language import mark, tr
from engine.shared.output_names import in_function
from visualizer.backprop.program import paste
from visualizer.backprop.program.assignments import assignment_line
from visualizer.backprop.program.bars import Banner, ErrorBar
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.program.find_bar import FindBar
from visualizer.backprop.program.inserting import line_above_imports, line_behind, missing_imports
from visualizer.backprop.program.notebook_text import notebook_in
from visualizer.backprop.program.notice_bar import NoticeBar
from visualizer.backprop.program.searching import Searching
from visualizer.look import icons, theme
from visualizer.look.document_text import as_held
from visualizer.look.focus_ring import handing_over
from visualizer.look.labels import ElidedLabel
from visualizer.look.shrinking_button import ShrinkingButton
from visualizer.look.spoken import speak, speak_by
from visualizer.model.variable_words import text_of_result

_FOUND_LINES = 3  # that are seen under what is looked for
_USUAL_NAME = "a_usual_name.py •"
_NOT_PYTHON = mark("The pasted text carries “{marker}” from a web page, which is not Python.")
_IS_NOTEBOOK = mark("The pasted text is the file of a notebook.")
_RAN_BUT = mark("The program ran, but")
_HOLDS_CONFIG = mark("The program holds a GPT configuration.")


class ProgramPanel(QWidget):
    """Emits what the person wants; `set_…` and `mark_…` show what the engine says."""

    run_requested = Signal()
    stop_requested = Signal()
    completions_wanted = Signal(str, int, int)
    place_hovered = Signal(int, int)
    place_changed = Signal(int, int)
    text_changed = Signal()
    files_dropped = Signal(list)  # their paths
    config_found = Signal(str)
    status = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("program")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pencil = QLabel(self)
        self._name = ElidedLabel(12.5, "text.primary", weight=600, parent=self)
        self._name.setObjectName("program_name")
        self._arguments = ElidedLabel(11, "text.secondary", mono=True, least="", parent=self)
        self._arguments.setObjectName("program_arguments")
        self._arguments.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the name comes first
        self._arguments.hide()
        self.stop_button = ShrinkingButton(mark("Stop"), self, objectName="stop_button")
        self.stop_button.setProperty("kind", "stop")
        speak(self.stop_button.setToolTip, "Stop the program — Ctrl+.")
        self.run_button = ShrinkingButton(mark("Run"), self, objectName="run_button")
        speak(self.run_button.setToolTip, "Run the program — Ctrl+Enter")
        for button in (self.stop_button, self.run_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.run_button.clicked.connect(self.run_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.banner = Banner(self)
        self.editor = CodeEditor(self)
        self.find_bar = FindBar(self)
        self.searching = Searching(self.editor, self.find_bar)
        self.error_bar = ErrorBar(self)
        self.notice_bar = NoticeBar(self)
        self._is_primary = True
        self._settled = QTimer(self, singleShot=True, interval=400)
        self._settled.timeout.connect(self._look_for_config)
        self._offered_config = ""
        self._build()
        self._connect()
        theme.current().changed.connect(self._dress)
        self._dress()
        self.set_running(False)

    # -- the text

    def text(self) -> str:
        """The program as it stands."""
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Another program: its undo history starts here, and nothing that was asked about the old one stays."""
        self.banner.hide()
        self._offered_config = ""
        self.editor.results.clear()
        self.set_error(None)
        self.set_notices(())
        self.editor.forget_places()
        self.editor.setPlainText(as_held(text))
        self.editor.folds.recall()
        self.editor.document().setModified(False)

    @property
    def caret(self) -> tuple[int, int]:
        """The line and column of the cursor, from 0."""
        cursor = self.editor.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    def put_caret(self, place: tuple[int, int]) -> None:
        """The cursor there and in sight, where the text still has such a line; who has the keyboard keeps it."""
        block = self.editor.document().findBlockByNumber(place[0])
        if block.isValid() and place != (0, 0):
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + min(place[1], block.length() - 1))
            self.editor.setTextCursor(cursor)
            self.editor.centerCursor()

    def replace_text(self, text: str) -> None:
        """Another text of the same program, as an edit that can be undone. The lines at both ends that are alike stay,
        and so do the cursor in them and what they left behind."""
        old, new = self.text().split("\n"), text.split("\n")
        n_before = _alike(old, new)
        n_behind = _alike(old[n_before:][::-1], new[n_before:][::-1])
        start = utf16.length("".join(f"{line}\n" for line in old[:n_before]))
        taken, put = ("\n".join(lines[n_before : len(lines) - n_behind]) for lines in (old, new))
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(start)
        cursor.setPosition(start + utf16.length(taken), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(as_held(put))

    def set_name(self, name: str, *, is_modified: bool) -> None:
        """The file's name in the header row."""
        self._name.set_text(f"{name} •" if is_modified else name)
        self._fit_head()
        speak_by(
            self._name.setToolTip,
            lambda: tr("{name}: changed since it was saved; autosaved", name=name) if is_modified else name,
        )

    def set_arguments(self, text: str) -> None:
        """What it is given on its command line, behind its name."""
        self._arguments.set_text(text)
        self._fit_head()

    def insert_line(self, line: str, *, after_assignment_of: str = "") -> None:
        """Write a line as one undoable edit: behind an assignment, of a function's variable behind the one in it, else
        behind the cursor's line."""
        function, own = in_function(after_assignment_of)
        if function:
            line = line.replace(after_assignment_of, own)
        number = assignment_line(self.text(), after_assignment_of) if after_assignment_of else 0
        if not number:
            self.insert_lines((line,), ("import torch",) if "torch." in line else ())
            return
        text = self.text().split("\n")[number - 1]
        indent = text[: len(text) - len(text.lstrip())]
        behind = line_behind(self.text(), number, is_inside=True)
        self._insert((indent + line,), behind, ("import torch",) if "torch." in line else ())

    def insert_lines(self, lines: Sequence[str], imports: Sequence[str]) -> None:
        """Lines behind the statement at the cursor, and those of the imports that are missing at the top, as one
        undoable edit."""
        here = self.editor.textCursor().blockNumber() + 1
        self._insert(lines, line_behind(self.text(), here), imports)

    def _insert(self, lines: Sequence[str], behind: int, imports: Sequence[str]) -> None:
        whole, document = self.text(), self.editor.document()
        top_line = line_above_imports(whole)
        behind = max(behind, top_line)
        missing = missing_imports(whole, tuple(imports), behind)
        cursor = QTextCursor(document.findBlockByNumber(behind - 1))
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(("\n" if cursor.block().text().strip() else "") + "\n".join(lines))
        if missing:
            top = QTextCursor(document.findBlockByNumber(top_line))
            top.insertText("\n".join(missing) + "\n")
        cursor.endEditBlock()
        self.editor.setTextCursor(cursor)
        self.editor.ensureCursorVisible()
        self.editor.horizontalScrollBar().setValue(0)  # the program is seen, and not the end of a long line alone

    def assignment_line(self, name: str) -> int:
        """The last line that assigns a name, 0 without one."""
        return assignment_line(self.text(), name)

    # -- what the engine says

    def set_running(self, is_running: bool) -> None:
        """While a program runs, Stop is possible and Run is not."""
        with handing_over(self.run_button, self.stop_button):
            self.stop_button.setEnabled(is_running)
            self.run_button.setEnabled(not is_running)
            self._fit_head()
        if not is_running:
            self.editor.gutter.set_running(0)

    def begin_run(self, path: str, part: tuple[int, int] | None = None) -> None:
        """The text as it stands runs now, or the lines of a part; what the engine says from here on is about it,
        whatever becomes of it."""
        self.editor.results.begin_run(part)
        self.editor.run_lines.begin(path, self.editor.text(), part)

    def set_running_line(self, line: int) -> None:
        """The line that runs now, inside a loop or a function."""
        self.editor.gutter.set_running(self.editor.run_lines.line(line))

    def set_primary(self, is_primary: bool) -> None:
        """Whether Run is the screen's main action."""
        if is_primary != self._is_primary:
            self._is_primary = is_primary
            self._dress()

    def set_error(self, error: ProgramError | None) -> None:
        """Underline the place, if it is still as it ran, and say the sentence; None takes both away."""
        if error is not None:
            error = msgspec.structs.replace(error, place=self.editor.run_lines.newest_source(error.place))
        self.editor.mark_error(error)
        self.error_bar.show_error(error)
        if error is not None and error.place is not None:
            block = self.editor.document().findBlockByNumber(error.place.line - 1)
            if not block.isVisible() or not self.editor.viewport().rect().toRectF().intersects(
                self.editor.row_of(block)
            ):
                self.editor.go_to(error.place.line, error.place.column)
        self._give_room()
        if error is not None and error.place is not None:
            self.editor.held.show(error.place.line)  # also where its sentence takes the room of the line
        if error is not None and error.type_name == "SyntaxError":
            self._look_for_config()

    def set_notices(self, notices: tuple[Notice, ...], title: str = _RAN_BUT) -> None:
        """What a run did that it does not say itself."""
        self.notice_bar.show_notices(notices, title)

    def _go_to_ran(self, place: Source) -> None:
        """To a place of the text that ran, where it is still there."""
        now = self.editor.run_lines.source(place)
        if now is not None:
            self.editor.go_to(now.line, now.column)

    def add_result(self, result: LineResult) -> None:
        self.editor.results.add(result)

    def add_results(self, ran: LinesRan) -> None:
        """Of the lines of a statement with a body."""
        self.editor.results.add_lines(ran)

    def clear_results(self) -> None:
        """Of what runs now."""
        self.editor.results.clear_begun()

    def result_text(self, line: int) -> str:
        """What stands beside a line."""
        shown = self.editor.results.shown.get(line - 1)
        return text_of_result(shown.result) if shown is not None else ""

    def set_paused(self, text: str | None, line: int) -> None:
        self.editor.held.set(text, line)

    def show_completions(self, completions: tuple[Completion, ...], prefix: str) -> None:
        """Offer these for the `prefix` before the cursor."""
        self.editor.completer.show(completions, prefix)

    def mark_source(self, source: Source | None) -> None:
        """Mark what the selected node was made by, None for nothing."""
        self.editor.held.mark(source)

    def hover_source(self, source: Source | None) -> None:
        """Mark what the node under the pointer was made by, None for nothing."""
        self.editor.hover_source(source)

    def go_to(self, source: Source) -> None:
        """Put the cursor at a place of the program that ran."""
        place = self.editor.run_lines.source(source)
        if place is not None:
            self.editor.go_to(place.line, place.column)
        else:
            self.status.emit(lambda: tr("That line was edited since it ran, or is of another file."))

    # -- commands

    def has_room_to_find(self) -> bool:
        """Whether what is looked for and some lines of the program fit beside each other."""
        lines = _FOUND_LINES * self.editor.fontMetrics().lineSpacing()
        bar = self.find_bar.sizeHint()
        return self.height() >= self.head.height() + bar.height() + lines and self.width() >= bar.width()

    def has_editor_focus(self) -> bool:
        """Whether the keyboard is in the editor or in its search."""
        return self.editor.hasFocus() or self.find_bar.has_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """What other bars and a line of the editor leave is there for the sentence of an error."""
        others = [bar for bar in (self.banner, self.find_bar, self.notice_bar) if not bar.isHidden()]
        if self.head.parentWidget() is self:  # and not in the bar of its dock
            others.append(self.head)
        taken = self.editor.minimumHeight() + sum(bar.minimumSizeHint().height() for bar in others)
        self.error_bar.set_room(self.height() - taken)

    def minimumSizeHint(self) -> QSize:
        """The same whatever is asked or said in it: that moves no other panel."""
        return QSize(theme.current().px(140), theme.current().px(48))

    # -- inner workings

    def _build(self) -> None:
        self.head = QWidget(self)
        self.head.installEventFilter(self)
        self._head = head = QHBoxLayout(self.head)
        head.addWidget(self._pencil)
        head.addWidget(self._name, 1)
        head.addWidget(self._arguments, 1)
        head.addWidget(self.stop_button)
        head.addWidget(self.run_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        for widget in (self.banner, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self.editor, 1)
        column.addWidget(self.error_bar)
        column.addWidget(self.notice_bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._fit_head()
        return False

    def _fit_head(self) -> None:
        """Where the file's name would be cut, what cannot be done now leaves, and so do pencil and arguments."""
        is_narrow = self.head.width() < self._head_width()
        self._pencil.setVisible(not is_narrow)
        has_arguments = bool(self._arguments.text()) and not is_narrow
        self._arguments.setVisible(has_arguments)
        self._head.setStretchFactor(self._name, 0 if has_arguments else 1)
        self.stop_button.setVisible(not is_narrow or self.stop_button.isEnabled())
        self.run_button.setVisible(not is_narrow or self.run_button.isEnabled())

    def _head_width(self) -> int:
        """Pixels that the whole name, or a long one as far as a usual one goes, takes beside two buttons."""
        name, usual = self._name.sizeHint().width(), self._name.width_of(_USUAL_NAME)
        beside = (self._pencil, self.stop_button, self.run_button)
        margins, gap = self._head.contentsMargins(), self._head.spacing()
        taken = min(name, usual) + sum(part.sizeHint().width() + gap for part in beside)
        return taken + margins.left() + margins.right()

    def _connect(self) -> None:
        editor = self.editor
        editor.completions_wanted.connect(self.completions_wanted)
        editor.place_hovered.connect(self.place_hovered)
        editor.place_changed.connect(self.place_changed)
        editor.files_dropped.connect(self.files_dropped)
        editor.pasted.connect(self._on_pasted)
        editor.navigation.status.connect(self.status)
        editor.renaming.status.connect(self.status)
        editor.cursors.status.connect(self.status)
        editor.folds.status.connect(self.status)
        editor.textChanged.connect(self.text_changed)
        editor.textChanged.connect(self._settled.start)
        self.error_bar.place_clicked.connect(editor.go_to)
        editor.error_moved.connect(self.error_bar.move)
        self.notice_bar.place_clicked.connect(self._go_to_ran)

    def _on_pasted(self, text: str) -> None:
        if notebook_in(text) is not None:
            taken = {mark("Take its cells"): lambda: self._strip(text), mark("Keep"): lambda: None}
            self.banner.ask(partial(tr, _IS_NOTEBOOK), taken)
            return
        marker = paste.stray_marker(text)
        if marker is not None:
            choices = {mark("Strip it"): lambda: self._strip(text), mark("Keep"): lambda: None}
            self.banner.ask(lambda: tr(_NOT_PYTHON, marker=tr(marker)), choices)

    def _strip(self, text: str) -> None:
        whole = self.text()
        place = whole.rfind(text.replace("\r\n", "\n"))
        if place < 0:
            self.status.emit(lambda: tr("The pasted text has changed since; nothing was stripped."))
            return
        cursor = self.editor.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(utf16.length(whole[:place]))
        length = utf16.length(text.replace("\r\n", "\n"))
        cursor.setPosition(cursor.position() + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(as_held(paste.stripped(text)))
        cursor.endEditBlock()

    def _look_for_config(self) -> None:
        config = find_config(self.text()) or ""
        if config == self._offered_config:
            return
        if self._offered_config and self.banner.sentence == tr(_HOLDS_CONFIG):
            self.banner.hide()  # that one is gone from the text
        self._offered_config = config
        if not config:
            return
        self.banner.ask(
            partial(tr, _HOLDS_CONFIG),
            {mark("Open in Pretraining"): lambda: self.config_found.emit(config), mark("Close"): lambda: None},
        )

    def _dress(self) -> None:
        look = theme.current()
        self._head.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(4))
        self._head.setSpacing(look.px(8))
        self.editor.setMinimumHeight(look.px(24))  # the sentence of an error comes first
        self._fit_head()
        self._give_room()
        self._pencil.setPixmap(icons.pixmap("pencil", look.color("text.secondary"), look.px(14), 2))
        size = QSize(look.px(12), look.px(12))
        self.stop_button.setIcon(icons.icon("stop", look.color("error.text"), 12))
        self.run_button.setProperty("kind", "primary" if self._is_primary else None)
        token = "text.on_accent" if self._is_primary else "text.primary"
        self.run_button.setIcon(icons.icon("run", look.color(token), 12))
        for button in (self.stop_button, self.run_button):
            button.setIconSize(size)
            button.style().unpolish(button)
            button.style().polish(button)


def _alike(lines: list[str], others: list[str]) -> int:
    """How many lines at the start are the same, of both but one, which is replaced even where that is by nothing."""
    most = min(len(lines), len(others)) - 1
    return next((place for place in range(most) if lines[place] != others[place]), max(most, 0))
