"""How the program in the editor is started: with which arguments, and in which folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from engine.protocol.invocation import OWN_FOLDER, Invocation
from engine.shared.language import mark, tr
from visualizer.app.command_line import text_of
from visualizer.app.file_commands import FileCommands
from visualizer.app.invocation_dialog import InvocationDialog
from visualizer.app.settings import Settings
from visualizer.backprop.program.panel import ProgramPanel

_OWN = mark("Empty: the folder of its file.")
_STARTED = mark("Empty: where the window was started.")


class Invocations(QObject):
    """What was set for a file is kept with its path, for a program without one as long as it is in the editor."""

    def __init__(self, files: FileCommands, program: ProgramPanel, settings: Settings) -> None:
        super().__init__(files)
        self._files, self._program, self._settings = files, program, settings
        files.replaced.connect(self._show)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"arguments": self._ask}

    @property
    def current(self) -> Invocation:
        """What the engine is to begin with."""
        document, chosen = self._files.document, self._chosen
        if chosen.folder:
            return chosen
        own = OWN_FOLDER if document.path is not None else str(document.home or "")
        return Invocation(chosen.arguments, own)

    def begin(self, arguments: tuple[str, ...]) -> None:
        """The window was started for the program in the editor, with these arguments, as Python would have been."""
        if arguments or not (self._chosen.arguments or self._chosen.folder):
            self._set(Invocation(arguments, os.getcwd()))

    @property
    def _chosen(self) -> Invocation:
        """With "" as the folder where none was set."""
        document = self._files.document
        if document.invocation is None and document.path is not None:
            document.invocation = self._settings.invocation(document.path)
        return document.invocation or Invocation()

    def _ask(self) -> None:
        document = self._files.document
        own = document.path.parent if document.path is not None else document.home
        words = partial(tr, _OWN if own else _STARTED)
        dialog = InvocationDialog(self._program.window(), document.title, self._chosen, str(own or Path.cwd()), words)
        dialog.chosen.connect(self._set)
        dialog.open()

    def _set(self, invocation: Invocation) -> None:
        document = self._files.document
        document.invocation = invocation
        if document.path is not None:
            self._settings.set_invocation(document.path, invocation)
        self._show()

    def _show(self) -> None:
        self._program.set_arguments(text_of(self._chosen.arguments))
