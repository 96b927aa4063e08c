"""A drawing on its way into a file: painted in slices, between which other events have their turn."""

from __future__ import annotations

import time
from collections.abc import Generator
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.shared.language import said, speaking, spoken, trn
from engine.shared.local_numbers import percent
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.export.drawings import Drawing
from visualizer.backprop.graph.export.picture_files import PICTURES
from visualizer.backprop.graph.states import States
from visualizer.look import theme

_SLICE_S = 0.015


class DrawingRun(QObject):
    """`progress(words)` now and then, at the end `painted(bytes)`, the whole file, or `failed(sentence)`."""

    progress = Signal(object)
    painted = Signal(bytes)
    failed = Signal(object)

    def __init__(self, suffix: str, drawing: Drawing, look: theme.Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._suffix, self._drawing, self._look = suffix, drawing, look
        self._language = spoken()  # of the first piece and the last, whatever the window's is then
        self._work: Generator[float, None, bytes] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    def start(self, states: States, book: ContentBook) -> None:
        """Paint what they hold now; both are its own."""
        self._work = _painted(self._suffix, self._drawing, states, book)
        self._turn.start()

    def stop(self) -> None:
        """Give it up, or let go of what is done."""
        self._turn.stop()
        if self._work is not None:
            self._work.close()
        self.deleteLater()

    def _go_on(self) -> None:
        assert self._work is not None
        start_s = time.perf_counter()
        try:
            with theme.drawing_in(self._look), speaking(self._language):
                share = next(self._work)  # at least a piece, however busy the machine is
                while time.perf_counter() - start_s < _SLICE_S:
                    share = next(self._work)
        except StopIteration as end:
            self._turn.stop()
            self.painted.emit(end.value)
        except EngineError as error:
            self._turn.stop()
            self.failed.emit(partial(said, error.sentence))
        else:
            self.progress.emit(partial(_words, self._drawing, share))


def _painted(suffix: str, drawing: Drawing, states: States, book: ContentBook) -> Generator[float, None, bytes]:
    """The file's content; yields between pieces the share that is done."""
    picture = PICTURES[suffix](drawing.bounds)
    for place, area in enumerate(picture.areas):
        painter = picture.begin(area)
        try:
            for share in drawing.paint(painter, area, states, book):
                yield (place + share) / len(picture.areas)
        finally:
            painter.end()
        for _ in picture.end():
            yield (place + 1) / len(picture.areas)
    parts = []
    for part in picture.pieces():
        parts.append(part)
        yield 1.0
    return b"".join(parts)


def _words(drawing: Drawing, share: float) -> str:
    done = percent(share)
    return trn("Exporting {n} card: {done}", "Exporting {n} cards: {done}", drawing.n_cards, done=done)
