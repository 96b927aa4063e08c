"""The window's end of the layout process: requests go out, finished layouts come back, and it can be cancelled."""

from __future__ import annotations

import sys

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from engine.protocol.sentence import Sentence
from visualizer.backprop.graph.folding import VisibleGraph, side_width
from visualizer.backprop.graph.layout_values import (
    HEADER,
    SCREEN,
    FrameShape,
    LayoutReply,
    LayoutRequest,
    pack,
    unpack_reply,
)
from visualizer.backprop.graph.link_words import label_width
from visualizer.backprop.graph.opening import FULL_DETAIL
from visualizer.backprop.graph.scene import card_height, card_width

_KEPT_LAYOUTS = 16
_WORDS_KEPT = 2000
_MOST_ROUTED = 15_000  # cards; no layout of more of them with routes ends in its time


class LayoutClient(QObject):
    """One layout process, started before it is needed so that the first graph need not wait for imports.

    `done(LayoutReply)` follows every request that was not cancelled or overtaken; a failure is a reply with `error`.
    `begun()` says that a request is being worked at, by a process that has started.
    """

    done = Signal(object)
    begun = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._ticket = 0
        self._is_ready = self._is_hurried = False
        self._last_words = ""
        self._waiting: LayoutRequest | None = None
        self._known: dict[LayoutRequest, LayoutReply] = {}

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._waiting is not None

    @property
    def process_id(self) -> int:
        """Of the running layout process, 0 without one."""
        return self._process.processId() if self._process is not None else 0

    def start(self) -> None:
        """Start the process if there is none."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(lambda: self._hear(process))
        process.finished.connect(lambda *_: self._ended(process))
        process.errorOccurred.connect(lambda error: self._failed_to_start(process, error))
        self._process = process
        self._buffer.clear()
        self._is_ready = False
        self._last_words = ""
        process.start(sys.executable, ["-P", "-m", "visualizer.backprop.graph.layout_process"])

    def request(self, request: LayoutRequest) -> LayoutReply | None:
        """Ask for a layout. Gives back one that is known already; else `done` follows. An older request is dropped."""
        known = self._known.get(request)
        if known is not None:
            self.cancel()
            return known
        if self.is_busy:
            self.cancel()  # dot cannot be told to stop
        self._is_hurried = False
        self._send(request, request)
        return None

    def hurry(self) -> None:
        """Give the layout under way up for a plainer one, which is remembered in its place."""
        request = self._waiting
        if request is not None and not self._is_hurried:
            self.cancel()
            self._is_hurried = True
            self._send(request, msgspec.structs.replace(request, is_plain=True))

    def _send(self, asked: LayoutRequest, sent: LayoutRequest) -> None:
        self.start()
        self._ticket += 1
        self._waiting = asked
        assert self._process is not None
        self._process.write(pack(msgspec.structs.replace(sent, ticket=self._ticket)))
        if self._is_ready:
            self.begun.emit()

    def forget(self) -> None:
        """Remember no layout any more."""
        self._known.clear()

    def cancel(self) -> None:
        """Stop the layout that is under way, if there is one, and be ready for the next."""
        if self.is_busy:
            self._waiting = None
            self.stop()
            self.start()

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        process, self._process, self._waiting = self._process, None, None
        if process is None:
            return
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(2000)
        process.deleteLater()

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        while len(self._buffer) >= HEADER.size:
            (size,) = HEADER.unpack_from(self._buffer)
            if len(self._buffer) < HEADER.size + size:
                return
            body = bytes(self._buffer[HEADER.size : HEADER.size + size])
            del self._buffer[: HEADER.size + size]
            self._take(unpack_reply(body))

    def _hear(self, process: QProcess) -> None:
        """Graphviz warns of large graphs here, and a process that dies says why."""
        text = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        self._last_words = (self._last_words + text)[-_WORDS_KEPT:]

    def _take(self, reply: LayoutReply) -> None:
        if not reply.ticket:
            self._is_ready = True
            if self.is_busy:
                self.begun.emit()
            return
        if self._waiting is None or reply.ticket != self._ticket:
            return
        request, self._waiting = self._waiting, None
        if not reply.error:
            self._known[request] = reply
            if len(self._known) > _KEPT_LAYOUTS:
                self._known.pop(next(iter(self._known)))
        self.done.emit(reply)

    def _failed_to_start(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended(process)

    def _ended(self, process: QProcess) -> None:
        """The process died by itself: say so to whoever waits; the next request starts another."""
        if self._process is None or process is not self._process:
            return
        self._process = None
        process.deleteLater()
        if self._waiting is not None:
            self._waiting = None
            why = self._last_words.strip().rpartition("\n")[2]
            self.done.emit(LayoutReply(self._ticket, error=_end(why)))


def _end(why: str) -> Sentence:
    if not why:
        return Sentence.of("layout.ended", "The layout process ended before it had an answer.")
    return Sentence.of("layout.ended_with", "The layout process ended before it had an answer: {reason}", reason=why)


def layout_request(shown: VisibleGraph, screen: tuple[float, float] = SCREEN) -> LayoutRequest:
    """What the layout process needs to know of the visible graph, and the width and height that it is to fit on."""
    labels = [label_width(shown, link) for link in shown.links]
    is_compact = len(shown.graph.nodes) > FULL_DETAIL  # a title beside its frame takes room that a large graph lacks
    return LayoutRequest(
        0,
        tuple(card_width(shown, card) for card in range(len(shown.cards))),
        tuple((link.source, link.target) for link in shown.links),
        tuple(width for width, _is_pill in labels),
        tuple(is_pill for _width, is_pill in labels),
        tuple(
            FrameShape(
                frame.members,
                frame.parent,
                0.0 if frame.fold or is_compact else side_width(frame),
                bool(frame.fold),
            )
            for frame in shown.frames
        ),
        heights=tuple(card_height(shown, card) for card in range(len(shown.cards))),
        is_compact=is_compact,
        is_plain=len(shown.cards) > _MOST_ROUTED,
        screen=screen,
    )
