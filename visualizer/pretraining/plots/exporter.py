"""Writes the plots into a file: a picture at once, a table part by part, with a progress that can be cancelled."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.shared.atomic_files import take_place
from engine.shared.disk_errors import write_reason
from engine.shared.language import mark, said, tr
from engine.shared.named_files import place_of, write_named
from visualizer.look.boxes import complain
from visualizer.look.file_dialogs import ask_new_file
from visualizer.look.spoken import speak
from visualizer.pretraining.plots import table
from visualizer.pretraining.plots.controls import COMMA_CSV, OFFERED
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.plots.picture import PICTURES

_NOTHING = mark("Choose a run on the right: its plots can then be exported.")


class PlotsExport(QObject):
    """One export at a time. A file is whole or not there at all; Cancel leaves nothing. On the window's thread."""

    said = Signal(object)  # what was written, or why not

    def __init__(self, window: QWidget, plots: TrainingPlots) -> None:
        super().__init__(window)
        self._window, self._plots = window, plots
        self._target = self._place = Path()  # as it was named, and where that leads
        self._file: BinaryIO | None = None
        self._parts: Iterator[str] = iter(())
        self._progress: QProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._write_part)

    def ask(self, suffix: str) -> None:
        """Ask where to write one of OFFERED, and write it."""
        shown = self._plots.shown
        if shown is None:
            self.said.emit(partial(tr, _NOTHING))
            return
        ending = suffix.removeprefix(";")
        offer = str(Path.home() / f"{Path(shown.run.key or shown.run.name).name}-plots{ending}")
        ask_new_file(
            self._window,
            lambda: tr("Export plots"),
            lambda path: self.write(Path(path), suffix),
            path=offer,
            kinds=lambda: f"{tr(OFFERED[suffix])} (*{ending})",
        )

    def write(self, target: Path, suffix: str) -> None:
        """What is shown now."""
        shown = self._plots.shown
        if shown is None or self._file is not None:
            return
        self._target = target
        try:
            if suffix in PICTURES:
                write_named(target, PICTURES[suffix](self._plots))
                self.said.emit(lambda: tr("The plots are in {path}.", path=target))
            else:
                self._begin_table(table.DECIMAL_COMMA if suffix == COMMA_CSV else table.PYTHON)
        except OSError as error:
            self._fail(error)

    def close(self) -> None:
        """Give up a table that is under way."""
        self._end()

    def _begin_table(self, dialect: table.Dialect) -> None:
        shown, visible = self._plots.shown, self._plots.axis.range
        assert shown is not None
        self._place = place_of(self._target)
        self._file = self._partial.open("wb")
        self._parts = table.parts(shown, *visible, dialect)
        n_parts = table.n_parts(shown, *visible)
        self._progress = dialog = QProgressDialog("", "", 0, n_parts, self._window)
        dialog.setObjectName("plots_export")
        speak(dialog.setLabelText, "Writing the table…")
        speak(dialog.setCancelButtonText, "Cancel")
        speak(dialog.setWindowTitle, "Export plots")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self._end)
        dialog.open()
        self._timer.start()

    @property
    def _partial(self) -> Path:
        return self._place.with_name(f".{self._place.name}.{os.getpid()}.tmp")

    def _write_part(self) -> None:
        if self._file is None or self._progress is None:
            return
        try:
            part = next(self._parts, None)
            if part is not None:
                self._file.write(part.encode())
                self._progress.setValue(self._progress.value() + 1)
                return
            self._file.close()
            take_place(self._partial, self._place)
        except OSError as error:
            self._end()
            self._fail(error)
            return
        self._end()
        target = self._target
        self.said.emit(lambda: tr("The table is in {path}.", path=target))

    def _end(self) -> None:
        self._timer.stop()
        file, dialog, self._file, self._progress = self._file, self._progress, None, None
        if dialog is not None:
            dialog.blockSignals(True)  # to close it is no wish to cancel
            dialog.close()
            dialog.deleteLater()
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                self._partial.unlink(missing_ok=True)

    def _fail(self, error: OSError) -> None:
        target, reason = self._target, write_reason(error)
        complain(
            self._window,
            lambda: tr("The plots were not exported"),
            lambda: tr("{path} could not be written: {reason}.", path=target, reason=said(reason)),
        )
