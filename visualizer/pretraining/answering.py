"""Has prompts answered by `python -P -m engine sample`, a process of its own that keeps its weights for the next."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engine.runs.prompts import AnswerLine, Begun, Ended, Prompt, Refused, read_line
from engine.shared.language import tr
from visualizer.pretraining.run_view import WeightsView

_IDLE_MS = 5 * 60 * 1000  # then the memory of its weights is given back
_PATIENCE_MS = 5000  # for a process that is killed to be gone


class Answering(QObject):
    """One answer at a time. `told(AnswerLine)`, of which an Ended or a Refused is the last. On the window's thread,
    which waits for none of it."""

    told = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._of: tuple[Path, str | int] | None = None  # whose weights it has
        self._waiting = b""  # of a line
        self._is_asked = self._has_begun = self._is_given_up = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._end)

    def ask(self, view: WeightsView, prompt: Prompt) -> None:
        """Have it answered; the process starts unless it has these weights already."""
        of = view.path, view.which
        if self._process is None or self._of != of:
            self._end()
            self._start(of)
        self._idle.stop()
        self._is_asked = True
        assert self._process is not None
        self._process.write(msgspec.json.encode(prompt) + b"\n")

    def stop(self) -> None:
        """Take the answer as it is. While weights are read there is none, and the process ends."""
        if self._process is None or not self._is_asked:
            return
        if self._has_begun or self._of is None or self._of[1] == "live":
            self._process.write(b"stop\n")
        else:
            self._end()
            self._tell(Ended(0, 0.0, is_stopped=True))

    def close(self) -> None:
        """The window closes."""
        self._end()

    def _start(self, of: tuple[Path, str | int]) -> None:
        self._of, self._waiting, self._has_begun = of, b"", False
        self._process = process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        words = ["-P", "-m", "engine", "sample", str(of[0]), "--served", "--checkpoint", str(of[1])]
        process.start(sys.executable, words)

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._waiting = (self._waiting + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            self._tell(read_line(line))

    def _tell(self, told: AnswerLine) -> None:
        self._has_begun |= isinstance(told, Begun)
        if isinstance(told, Ended | Refused):
            self._is_asked = False
            self._idle.start()
        self.told.emit(told)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._fail(tr("What answers could not be started: {reason}.", reason=self._process.errorString()))

    def _on_finished(self) -> None:
        """By itself: weights that could not be read were told already."""
        if self._process is None:
            return
        self._read()
        if self._is_asked:
            lines = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
            self._fail(" ".join((tr("What answers has ended."), *lines[-1:])))
        self._end()

    def _fail(self, sentence: str) -> None:
        self._end()
        self._tell(Refused(sentence))

    def _end(self) -> None:
        process, self._process, self._of = self._process, None, None
        self._idle.stop()
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
            process.deleteLater()
