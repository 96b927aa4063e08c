"""Go to definition leads into the files beside the program's: which one it is, and its reader."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from engine.protocol.errors import EngineError
from engine.shared.language import said
from visualizer.app.documents import read_program
from visualizer.app.file_commands import FileCommands
from visualizer.app.module_reader import ModuleReader
from visualizer.backprop.program.imported import Found, Imported, find
from visualizer.backprop.program.panel import ProgramPanel


class Neighbours(QObject):
    """Of the program in the editor, where that has a file: Python looks in its folder first."""

    def __init__(self, files: FileCommands, program: ProgramPanel) -> None:
        super().__init__(files)
        self._files, self._program = files, program
        program.editor.navigation.read_elsewhere = self._show

    def _show(self, wanted: Imported) -> bool:
        """Whether a file there makes it; it is shown then."""
        path = self._files.document.path
        found = find(path.parent, wanted, _read) if path is not None else None
        if found is None:
            return False
        try:
            self._open(found, read_program(found.path))
        except EngineError as error:
            self._program.status.emit(partial(said, error.sentence))
        return True

    def _open(self, found: Found, text: str) -> None:
        reader = ModuleReader(self._program.window(), found, text)
        reader.open_wanted.connect(lambda path: self._files.open_path(path, ask=True))
        reader.open()


def _read(path: Path) -> str:
    try:
        return read_program(path)
    except EngineError:
        return ""  # which makes no name: its reader says why
