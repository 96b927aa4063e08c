"""The menu Program: running the text in the editor, stopping it, and building a tensor for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from engine.protocol.messages import Preview
from engine.shared.language import tr
from visualizer.app.file_commands import FileCommands
from visualizer.app.invocations import Invocations
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.program.parts import above, next_part, part_at
from visualizer.backprop.program.typing import selected_blocks
from visualizer.backprop.tensor_builder.dialog import TensorBuilder
from visualizer.look.spoken import Words
from visualizer.model.session import Session


class ProgramCommands:
    """Acts on the text in the editor and on the session that runs it; the tensor builder stands over `window`."""

    def __init__(
        self, window: QWidget, session: Session, files: FileCommands, program: ProgramPanel, invocations: Invocations
    ) -> None:
        self._window, self._session, self._files, self._program = window, session, files, program
        self._invocations = invocations
        self._newest: tuple[str, tuple[int, int] | None] = "", None  # the text that ran last, and the lines of a part

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {
            "run": self.run,
            "step_through": lambda: self.run(step=True),
            "run_part": self._run_part,
            "step_part": lambda: self._run_part(step=True),
            "run_above": self._run_above,
            "restart_and_run": self._restart_and_run,
            "stop": self._session.stop,
            "build_tensor": self._build_tensor,
            "restart_engine": self._session.start_engine,
        }

    def run(self, *, step: bool = False, to_nan: bool = False, lines: tuple[int, int] | None = None) -> None:
        """Save the text to the file that it runs as, then run it in the live namespace, as in `Session.run`; `to_nan`
        what ran last, where it is still the same text."""
        again = partial(self.run, step=step, to_nan=to_nan, lines=lines)
        path, text = self._files.write_for_run(again), self._program.text()
        if path is None:
            return
        if to_nan and self._newest[0] == text:
            lines = self._newest[1]
        if not self._session.is_busy:
            self._newest = text, lines
            self._program.begin_run(path, lines)
        invocation = self._invocations.current
        is_page = self._files.document.page is not None  # of a lesson: it has what its own lines make
        self._session.run(
            *(text, path), step=step, to_nan=to_nan, lines=lines, invocation=invocation, fresh=is_page and lines is None
        )

    @property
    def is_newest(self) -> bool:
        """Whether what stands in the editor is what ran last."""
        return self._newest[0].rstrip() == self._program.text().rstrip()

    def _run_part(self, *, step: bool = False) -> None:
        """What is selected, else the cell or the statement at the cursor, which goes on to the next."""
        text, editor = self._program.text(), self._program.editor
        cursor = editor.textCursor()
        blocks = selected_blocks(cursor)
        part = part_at(
            text, blocks[0].blockNumber() + 1, blocks[-1].blockNumber() + 1, is_selected=cursor.hasSelection()
        )
        following = next_part(text, part or (cursor.blockNumber() + 1,) * 2)
        if part is not None:
            self.run(step=step, lines=part)
        elif not following:
            self._program.status.emit(lambda: tr("There is nothing to run here."))
        if following and not cursor.hasSelection():
            editor.go_to(following, 0)

    def _run_above(self) -> None:
        """The cells above that of the cursor, which stays."""
        part = above(self._program.text(), self._program.editor.textCursor().blockNumber() + 1)
        if part is None:
            self._program.status.emit(lambda: tr("There is nothing to run above."))
        else:
            self.run(lines=part)

    def _restart_and_run(self) -> None:
        path = self._files.write_for_run(self._restart_and_run)
        if path is not None:
            self._newest = self._program.text(), None
            self._program.begin_run(path)
            self._session.restart_and_run(self._newest[0], path, invocation=self._invocations.current)

    def _build_tensor(self) -> None:
        used = {row.name for row in self._session.variables}
        dialog = TensorBuilder(self._session.devices, self._window, used=used)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.preview_wanted.connect(
            lambda expression: self._session.engine.ask(
                Preview(expression=expression),
                lambda event: dialog.show_preview(event.summary) if isValid(dialog) else None,
                lambda why: self._say_no_preview(dialog, why),
            )
        )
        self._session.state_changed.connect(dialog.ask_again)
        dialog.line_built.connect(self._program.insert_line)
        dialog.open()

    def _say_no_preview(self, dialog: TensorBuilder, why: Words) -> None:
        if not isValid(dialog):
            return
        say = dialog.show_preview_waits if self._session.is_busy else dialog.show_preview_error
        say(why)
