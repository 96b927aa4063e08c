"""The window's end of a process that encodes frames: they go out as fast as it takes them, and a file comes to be."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtGui import QImage

from engine.protocol.sentence import Sentence
from engine.shared.atomic_files import take_place
from engine.shared.disk_errors import write_reason
from engine.shared.language import said, tr
from engine.shared.named_files import place_of
from visualizer.backprop.graph.export.choice import FRAMES
from visualizer.backprop.graph.export.encoding import EncodingRequest, pack, remove
from visualizer.look.spoken import Words

_WRITERS = {".gif": "gif_writer", ".mp4": "mp4_writer", FRAMES: "frames_writer"}
_N_SAMPLES = {".gif": 3}  # frames that a writer looks at before all others


class Encoder(QObject):
    """Writes beside `path`, and renames when all is there: a file is complete or not there, and an old one stays until
    then. `ready()` asks for the next frame, `written()` and `failed(sentence)` end it. On the window's thread."""

    ready = Signal()
    written = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, kind: str, parent: QObject) -> None:
        """`kind` is a suffix of FILMS, or FRAMES."""
        super().__init__(parent)
        self.n_samples = _N_SAMPLES.get(kind, 0)
        self._path, self._is_folder = path, kind == FRAMES
        self._place = path  # where it leads
        self._n_left, self._n_bytes = 0, 0
        self._has_ended = False
        self._process = QProcess(self)
        self._process.bytesWritten.connect(self._on_taken)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._module = f"visualizer.backprop.graph.export.{_WRITERS[kind]}"

    def start(
        self, width: int, height: int, steps_per_second: float, n_frames: int, colors: tuple[int, ...] = ()
    ) -> None:
        """Asks for `n_samples` frames and then for `n_frames`. `colors`: see EncodingRequest."""
        try:
            self._place = Path(os.path.realpath(self._path)) if self._is_folder else place_of(self._path)
        except OSError as error:
            self._fail(partial(said, write_reason(error)))
            return
        remove(self._temporary)
        self._n_left, self._n_bytes = n_frames + self.n_samples, width * height * 4
        self._process.start(sys.executable, ["-P", "-m", self._module])
        request = EncodingRequest(
            str(self._temporary), width, height, steps_per_second, self.n_samples, n_frames, colors
        )
        self._process.write(pack(request))

    def add(self, image: QImage) -> None:
        """The frame that was asked for."""
        self._n_left -= 1
        self._process.write(bytes(image.constBits()))
        if not self._n_left:
            self._process.closeWriteChannel()

    def stop(self) -> None:
        """Give it up: nothing is left of it."""
        self._has_ended = True
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(2000)
        remove(self._temporary)
        self.deleteLater()

    @property
    def _temporary(self) -> Path:
        return self._place.with_name(f".{self._place.name}.{os.getpid()}.tmp")

    def _on_taken(self) -> None:
        """At most one frame waits to be taken: more would be memory."""
        if self._n_left and self._process.bytesToWrite() < self._n_bytes:
            self.ready.emit()

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._has_ended:
            return
        if code or status != QProcess.ExitStatus.NormalExit:
            self._fail(self._words())
            return
        try:
            if self._is_folder:
                if self._place.is_dir():
                    self._place.rmdir()  # an empty one gives way
                self._temporary.replace(self._place)
            else:
                take_place(self._temporary, self._place)
        except OSError as error:
            self._fail(partial(said, write_reason(error)))
            return
        self._has_ended = True
        self.deleteLater()
        self.written.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and not self._has_ended:
            self._fail(lambda: tr("its encoder could not be started"))

    def _words(self) -> Words:
        """What the process said, else the last line of its error."""
        told, error = (
            bytes(data.data()).decode("utf-8", "replace").strip()
            for data in (self._process.readAllStandardOutput(), self._process.readAllStandardError())
        )
        why = error.rpartition("\n")[2]
        with contextlib.suppress(msgspec.DecodeError):
            sentence = msgspec.json.decode(told, type=Sentence | str)
            return lambda: said(sentence)
        if told:
            return lambda: told
        if why:
            return lambda: tr("its encoder does not run, {reason}", reason=why)
        return lambda: tr("its encoder ended before all was written")

    def _fail(self, words: Words) -> None:
        self._has_ended = True
        remove(self._temporary)
        self.deleteLater()
        path = self._path
        self.failed.emit(lambda: tr("{path} could not be written: {reason}.", path=path, reason=words().rstrip(".")))
