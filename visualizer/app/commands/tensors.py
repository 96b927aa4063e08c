"""Tensors from files and into files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from engine.protocol.errors import EngineError
from engine.protocol.keys import TensorKey
from engine.protocol.tensor_files import SUFFIXES as WRITTEN
from engine.protocol.tensor_files import SaveTensor, TensorSaved
from engine.shared.language import said, tr
from engine.shared.local_numbers import scaled
from visualizer.app.tensor_lines import SUFFIXES, lines_for
from visualizer.backprop.panels import Panels
from visualizer.backprop.program.inserting import made_names
from visualizer.look.boxes import complain
from visualizer.look.file_dialogs import ask_file, ask_new_file
from visualizer.look.spoken import Say
from visualizer.model.selection import Selection
from visualizer.model.session import Session

_READ = " ".join(f"*{suffix}" for suffix in SUFFIXES)
_KEEPING_FORM = ".pt"  # also of what is sparse or quantized
_UNITS = ("B", "kB", "MB", "GB", "TB")


class TensorCommands:
    """Acts on the program, into which files are read, and on the tensor that the inspector shows."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        selection: Selection,
        panels: Panels,
        say: Say,
        *,
        bring: Callable[[], None],
    ) -> None:
        self._window, self._session, self._selection, self._panels, self._say = window, session, selection, panels, say
        self._bring = bring  # the inspector

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {
            "open_tensor": self._ask_file,
            "save_tensor": self._ask_where,
            "compare": self._compare,
            "histogram": self._show_histogram,
        }

    def insert(self, path: Path) -> None:
        """Lines that read a file, behind the cursor's line; what is wrong with it is said, and nothing is written."""
        used = {row.name for row in self._session.variables} | made_names(self._panels.program.text())
        try:
            found = lines_for(path, used)
        except EngineError as error:
            complain(self._window, lambda: tr("The file was not taken"), partial(said, error.sentence))
            return
        self._panels.program.insert_lines(found.lines, found.imports)
        self._say(lambda: tr("Run the program to read {name}.", name=path.name))

    def _compare(self) -> None:
        """The keyboard to the choice of a second tensor."""
        inspector, choice = self._panels.inspector, self._panels.inspector.pair.compare
        self._bring()
        if not inspector.has_tensor:
            self._say(_select_first)
        elif choice.isHidden():
            self._say(lambda: tr("No other variable is a tensor of this shape."))
        else:
            inspector.reveal(choice)
            choice.names.setFocus()
            choice.names.showPopup()

    def _show_histogram(self) -> None:
        inspector = self._panels.inspector
        self._bring()
        if not inspector.has_tensor:
            self._say(_select_first)
        elif not inspector.reveal(inspector.pair.histogram):
            self._say(lambda: tr("There is no histogram of a single number, and of none."))

    def _ask_file(self) -> None:
        ask_file(
            self._window,
            lambda: tr("Tensor from a file"),
            lambda name: self.insert(Path(name)),
            kinds=lambda: tr("Tensors ({suffixes});;All files (*)", suffixes=_READ),
        )

    def _ask_where(self) -> None:
        key = self._panels.inspector.pair.copied_key
        if key is not None:
            name = self._selection.name or "tensor"
            summaries = (row.summary for row in self._session.variables if row.name == name)
            is_packed = any(one is not None and one.layout for one in summaries)
            offer = str(Path.home() / f"{name}{_KEEPING_FORM if is_packed else '.npy'}")
            save = partial(self._save, key, name)
            ask_new_file(self._window, lambda: tr("Save tensor"), save, path=offer, kinds=_written_kinds)

    def _save(self, key: TensorKey, name: str, path: str) -> None:
        self._session.engine.ask(
            SaveTensor(key=key, path=path, name=name),
            lambda event: self._say(partial(_written, event)),
            lambda why: complain(self._window, lambda: tr("The tensor was not saved"), why),
        )


def _written(event: TensorSaved) -> str:
    name, size = Path(event.path).name, scaled(event.n_bytes, _UNITS)
    return " ".join((tr("{name}: {size} written.", name=name, size=size), *map(said, event.lost)))


def _written_kinds() -> str:
    return ";;".join(f"{tr(words)} (*{suffix})" for suffix, words in WRITTEN.items())


def _select_first() -> str:
    return tr("Select a tensor first: a variable, or a node of the graph.")
