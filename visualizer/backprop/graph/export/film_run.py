"""A film on its way into a file: a frame is painted whenever the encoder has taken the one before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.shared.language import grouped, speaking, spoken, tr
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.export.choice import ExportChoice
from visualizer.backprop.graph.export.encoder import Encoder
from visualizer.backprop.graph.export.film import Film
from visualizer.look import theme

# What says where a pass is, in colours that only a few frames may have.
_OF_A_PASS = ("flow.line", "flow.trail", "flow.card", "state.done", "state.ready", "state.waiting", "error.text")


class FilmRun(QObject):
    """`progress(words)` with every frame, at the end `written()` or `failed(sentence)`."""

    progress = Signal(object)
    written = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, choice: ExportChoice, film: Film, look: theme.Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._film, self._choice, self._look = film, choice, look
        self._encoder = Encoder(path, choice.film, self)
        self._language = spoken()  # of the first frame and the last, whatever the window's is then
        self._positions, self._n_sent = self._plan(), 0
        self._encoder.ready.connect(self._send)
        self._encoder.written.connect(self.written)
        self._encoder.failed.connect(self.failed)

    def start(self, book: ContentBook) -> None:
        """Show in the cards what the book holds now."""
        with theme.drawing_in(self._look), speaking(self._language):
            self._film.begin(book, has_thumbnails=self._choice.has_thumbnails)
        size = self._film.size
        colors = tuple(self._look.color(token).rgb() & 0xFFFFFF for token in _OF_A_PASS)
        self._encoder.start(size.width(), size.height(), self._choice.steps_per_second, self._film.n_frames, colors)

    def stop(self) -> None:
        """Give it up, or let go of what is done."""
        self._encoder.stop()
        self.deleteLater()

    def _plan(self) -> Iterator[int]:
        """The positions of the samples, from the last to the first, then of all frames."""
        first, last, n_samples = self._film.first, self._film.last, self._encoder.n_samples
        for number in range(n_samples):
            yield last - (last - first) * number // max(n_samples - 1, 1)
        yield from range(first, last + 1)

    def _send(self) -> None:
        position = next(self._positions)
        with theme.drawing_in(self._look), speaking(self._language):
            image = self._film.paint(position)
        self._encoder.add(image)
        self._n_sent += 1
        n_done = max(self._n_sent - self._encoder.n_samples, 0)  # the first are only looked at
        total = self._film.n_frames
        self.progress.emit(
            lambda: tr("Exporting frame {number} of {total}", number=grouped(n_done), total=grouped(total))
        )
