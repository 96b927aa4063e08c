"""Has prompts answered by `python -P -m engine sample`, a process of its own that keeps torch, and the weights that it
has, for the next."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engine.protocol.sentence import Sentence
from engine.runs.prompts import STOP, WARM, AnswerLine, Asked, Begun, Drawn, Ended, Loading, Prompt, Refused, read_line
from engine.shared.language import tr
from visualizer.pretraining.run_view import WeightsView

_IDLE_MS = 5 * 60 * 1000  # then the memory of its weights is given back
_PATIENCE_MS = 5000  # for a process that is killed to be gone
_HUSH_MS = 300  # without a word after it was asked; then it is said that it was
_SILENCE_MS = 30_000  # without a word of what answers; then the person is told what can be done
_STOP_MS = 5000  # for a process that is asked to stop its answer
_ASKED = Sentence.of("prompt.asked", "The prompt is asked; what answers is waited for.")


class Answering(QObject):
    """One answer at a time. `told(AnswerLine)`, of which an Ended or a Refused is the last. On the window's thread,
    which waits for none of it."""

    told = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._of: tuple[Path, str | int] | None = None  # whose weights it was asked for last
        self._waiting = b""  # of a line
        self._is_asked = self._has_begun = False
        self._n_drawn, self._asked_s = 0, 0.0
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._end)
        self._hush = QTimer(self, singleShot=True, interval=_HUSH_MS)
        self._hush.timeout.connect(lambda: self.told.emit(Loading(_ASKED)))
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._tell_silence)
        self._unstopped = QTimer(self, singleShot=True, interval=_STOP_MS)
        self._unstopped.timeout.connect(self._give_up)

    def warm(self) -> None:
        """A prompt is typed: start what will answer it, so that torch is there when it is asked."""
        if self._process is None:
            self._start().write(WARM + b"\n")
            self._idle.start()

    def ask(self, view: WeightsView, prompt: Prompt) -> None:
        """Have it answered; the process starts unless there is one."""
        of = view.path, view.asked
        process = self._process or self._start()
        if self._of != of:
            self._of, self._has_begun = of, False
        self._idle.stop()
        self._is_asked, self._n_drawn = True, 0
        self._asked_s = time.monotonic()
        self._silence.start()
        self._hush.start()
        process.write(msgspec.json.encode(Asked(path=str(of[0]), which=of[1], prompt=prompt)) + b"\n")

    def stop(self) -> None:
        """Take the answer as it is. While weights are read there is none, and the process ends."""
        if self._process is None or not self._is_asked:
            return
        if self._has_begun or self._of is None or self._of[1] == "live":
            self._process.write(STOP + b"\n")
            self._unstopped.start()
        else:
            self._give_up()

    def close(self) -> None:
        """The window closes."""
        self._end()

    def _start(self) -> QProcess:
        self._of, self._waiting, self._has_begun = None, b"", False
        self._process = process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(sys.executable, ["-P", "-m", "engine", "sample", "--served"])
        return process

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._waiting = (self._waiting + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            self._tell(read_line(line))

    def _give_up(self) -> None:
        """Its process goes, whatever it does; the next prompt has another."""
        if self._is_asked:
            self._end()
            self._tell(Ended(self._n_drawn, time.monotonic() - self._asked_s, is_stopped=True))

    def _tell_silence(self) -> None:
        """A machine that is busy, or a file on a slow disk, may need longer: the answer is still waited for."""
        said = Sentence.of(
            "prompt.silent",
            "What answers has said nothing for {n} s. Esc gives it up; asked again, it starts anew.",
            n=_SILENCE_MS // 1000,
        )
        self.told.emit(Loading(said))

    def _tell(self, told: AnswerLine) -> None:
        self._has_begun |= isinstance(told, Begun)
        self._n_drawn += isinstance(told, Drawn)
        self._silence.start()
        self._hush.stop()
        if isinstance(told, Ended | Refused):
            self._is_asked = False
            self._idle.start()
            self._silence.stop()
            self._unstopped.stop()
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
        for timer in (self._idle, self._hush, self._silence, self._unstopped):
            timer.stop()
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
            process.deleteLater()
