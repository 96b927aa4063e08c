"""The menu Program: running the text in the editor, stopping it, and building a tensor for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.protocol.messages import Preview
from visualizer.app.file_commands import FileCommands
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.tensor_builder.dialog import TensorBuilder
from visualizer.model.session import Session


class ProgramCommands:
    """Acts on the text in the editor and on the session that runs it; the tensor builder stands over `window`."""

    def __init__(self, window: QWidget, session: Session, files: FileCommands, program: ProgramPanel) -> None:
        self._window, self._session, self._files, self._program = window, session, files, program

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {
            "run": self.run,
            "step_through": lambda: self.run(step=True),
            "restart_and_run": self._restart_and_run,
            "stop": self._session.stop,
            "build_tensor": self._build_tensor,
            "restart_engine": self._session.start_engine,
        }

    def run(self, *, step: bool = False, to_nan: bool = False) -> None:
        """Save the text to the file that it runs as, then run it in the live namespace, as in `Session.run`."""
        path = self._files.write_for_run()
        if path is not None:
            if not self._session.is_busy:
                self._program.begin_run(path)
            self._session.run(self._program.text(), path, step=step, to_nan=to_nan)

    def _restart_and_run(self) -> None:
        path = self._files.write_for_run()
        if path is not None:
            self._program.begin_run(path)
            self._session.restart_and_run(self._program.text(), path)

    def _build_tensor(self) -> None:
        used = {row.name for row in self._session.variables}
        dialog = TensorBuilder(self._session.devices, self._window, used=used)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.preview_wanted.connect(
            lambda expression: self._session.engine.ask(
                Preview(expression=expression),
                lambda event: dialog.show_preview(event.summary),
                dialog.show_preview_error,
            )
        )
        dialog.line_built.connect(self._program.insert_line)
        dialog.open()
