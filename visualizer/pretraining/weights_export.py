"""Exports the weights of a run in a process of its own, and says in one sentence where they are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.model_folder import check_target
from engine.shared.language import said, tr
from visualizer.look import motion
from visualizer.look.boxes import complain, inform
from visualizer.look.file_dialogs import ask_new_file
from visualizer.look.spoken import speak

_PATIENCE_MS = 5000  # for what is half written to be removed, when the window closes


class WeightsExport(QObject):
    """One export at a time; Cancel leaves nothing behind. On the window's thread, which waits for none of it."""

    ended = Signal()  # done, refused or cancelled

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._process: QProcess | None = None
        self._dialog: QProgressDialog | None = None
        self._is_cancelled = False

    def ask(self, run: Path, step: int | None = None) -> None:
        """Ask for the folder to write, and write it."""
        offer = str(Path.home() / (f"{run.name}-weights" if step is None else f"{run.name}-at-{step}-weights"))
        ask_new_file(
            self._window,
            lambda: tr("Export weights"),
            lambda target: self.start(run, Path(target), step),
            path=offer,
            replaces=False,
        )

    def start(self, run: Path, target: Path, step: int | None = None) -> None:
        """Write a checkpoint of a run, the newest or that of a step, into a new folder."""
        if self._process is not None:
            return
        self._is_cancelled = False
        try:
            check_target(target)  # before a process starts, which takes half a minute on a busy machine
        except EngineError as error:
            self._end(partial(said, error.sentence), is_done=False)
            return
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._dialog = dialog = QProgressDialog("", "", 0, 0, self._window)
        dialog.setObjectName("weights_export")
        speak(dialog.setLabelText, "Exporting the weights of {run}…", run=run.name)
        speak(dialog.setCancelButtonText, "Cancel")
        speak(dialog.setWindowTitle, "Export weights")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.canceled.connect(self._cancel)
        dialog.open()
        dialog.findChild(QProgressBar).setVisible(not motion.is_reduced())  # it only moves: nobody knows how far it is
        at = [] if step is None else ["--step", str(step)]
        self._process.start(sys.executable, ["-P", "-m", "engine", "export", "--served", str(run), str(target), *at])

    def close(self) -> None:
        """Give up what is under way, when the window closes."""
        if self._process is not None:
            self._is_cancelled = True
            self._process.terminate()
            if not self._process.waitForFinished(_PATIENCE_MS):
                self._process.kill()
                self._process.waitForFinished(_PATIENCE_MS)

    def _cancel(self) -> None:
        self._is_cancelled = True
        if self._process is not None:
            self._process.terminate()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._end(lambda: tr("The export could not be started: {reason}.", reason=reason), is_done=False)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        is_done = code == 0 and status == QProcess.ExitStatus.NormalExit
        self._end(_told(bytes(self._process.readAllStandardOutput().data())), is_done=is_done)

    def _end(self, words: Callable[[], str], *, is_done: bool) -> None:
        process, dialog, self._process, self._dialog = self._process, self._dialog, None, None
        if process is not None:
            process.deleteLater()
        if dialog is not None:
            dialog.blockSignals(True)  # to close it is no wish to cancel
            dialog.close()
            dialog.deleteLater()
        if is_done:
            inform(self._window, lambda: tr("Weights exported"), words)
        elif not self._is_cancelled:
            complain(self._window, lambda: tr("The weights were not exported"), words)
        self.ended.emit()


def _told(printed: bytes) -> Callable[[], str]:
    """What the process says, in the language in use."""
    try:
        return partial(said, msgspec.json.decode(printed, type=Sentence))
    except msgspec.MsgspecError:
        return lambda: tr("The export ended without a word.")
