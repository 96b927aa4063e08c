"""One export at a time: what it needs is laid out and gathered, then drawn or filmed; it is written whole or not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Card
from engine.shared.backward_model import BackwardView
from engine.shared.disk_errors import write_reason
from engine.shared.language import mark, said, tr, trn
from engine.shared.named_files import write_named
from visualizer.backprop.graph.card_requests import CardWishes
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.export.choice import FRAMES, PASS, ExportChoice
from visualizer.backprop.graph.export.dot import dot_text
from visualizer.backprop.graph.export.drawing_run import DrawingRun
from visualizer.backprop.graph.export.encoding import is_there
from visualizer.backprop.graph.export.film import Film
from visualizer.backprop.graph.export.film_run import FilmRun
from visualizer.backprop.graph.export.gathering import CardGathering
from visualizer.backprop.graph.export.subject import Subject, check
from visualizer.backprop.graph.folding import VisibleGraph
from visualizer.backprop.graph.layout import LayoutClient, layout_request
from visualizer.backprop.graph.layout_patience import LayoutPatience
from visualizer.backprop.graph.layout_values import LayoutReply
from visualizer.backprop.graph.notices import WorkNotice
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.look import theme
from visualizer.look.spoken import Words

_SLOW_MS = 300  # after which a notice says how far it is
_THINGS = {
    "graph": mark("the graph"),
    "selection": mark("the selection"),
    "view": mark("the view"),
    "pass": mark("the pass"),
}


class GraphExport(QObject):
    """Of the graph, the folding, the look and the moment of the pass at which it began.

    `wanted(node_ids)` asks for cards that were never in view; `status(sentence)` says how it ended.
    """

    wanted = Signal(tuple)
    status = Signal(object)

    def __init__(self, book: ContentBook, wishes: CardWishes, notice: WorkNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._notice = book, notice
        self._path, self._choice = Path(), ExportChoice()
        self._words: Words = str
        self._subject: Subject | None = None  # of the export under way
        self._shown: VisibleGraph | None = None  # while it is laid out
        self._scene: Scene | None = None
        self._film: Film | None = None
        self._run: DrawingRun | FilmRun | None = None
        self._n_missing = 0
        self._gathering = CardGathering(book, wishes, self)
        self._gathering.wanted.connect(self.wanted)
        self._gathering.done.connect(self._begin_work)
        self._layout = LayoutClient(self)
        self._layout.done.connect(self._on_layout)
        LayoutPatience(self._layout)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: notice.say(lambda: self._words(), can_cancel=True))
        notice.cancelled.connect(lambda: self.cancel(lambda: tr("The export was cancelled: nothing was written.")))
        self.destroyed.connect(self._layout.stop)  # a QProcess must not be destroyed while it runs

    @property
    def is_running(self) -> bool:
        """Whether something is being exported."""
        return self._subject is not None

    def begin(self, path: Path, choice: ExportChoice, subject: Subject) -> None:
        """Write the file that the path's suffix names, or a folder of frames."""
        try:
            choice = self._checked(path, choice, subject)
        except EngineError as error:
            self.status.emit(partial(said, error.sentence))
            return
        self._path, self._choice, self._n_missing = path, choice, 0
        if choice.format == ".dot":
            self._write(_dot(subject, choice))
            return
        self._subject, self._words = subject, lambda: tr("Exporting…")
        self._slow.start()
        self._shown = subject.to_lay_out(choice)
        if self._shown is None:
            self._gather(subject.scene)
            return
        known = self._layout.request(layout_request(self._shown))
        if known is not None:
            self._on_layout(known)

    def take(self, cards: tuple[Card, ...]) -> None:
        """The book has these now."""
        self._gathering.take(cards)

    def cancel(self, sentence: Words) -> None:
        """End it without a file."""
        if self.is_running:
            self._end()
            self.status.emit(sentence)

    def graph_changed(self) -> None:
        """Cards of the graph before will not come any more; what is being painted already is there."""
        if self._gathering.is_waiting or self._shown is not None:
            self.cancel(lambda: tr("Another graph came before the export had all of this one: nothing was written."))

    # -- one after the other

    def _checked(self, path: Path, choice: ExportChoice, subject: Subject) -> ExportChoice:
        if self.is_running:
            raise EngineError("export.running", "An export is under way; the next one can begin when it has ended.")
        choice = choice.for_path(path)
        check(subject, choice)
        if choice.format == FRAMES and is_there(path):
            raise EngineError(
                "export.folder", "{path} is there already: choose a new or an empty folder.", path=str(path)
            )
        return choice

    def _on_layout(self, reply: LayoutReply) -> None:
        shown, self._shown = self._shown, None
        if reply.error:
            self.cancel(partial(said, reply.error))
        elif shown is not None:
            self._gather(Scene(shown, reply))

    def _gather(self, scene: Scene | None) -> None:
        """The cards of what is drawn, of a film those of its end."""
        subject = self._subject
        assert subject is not None and scene is not None
        self._scene = scene
        look = theme.fixed(self._choice.is_dark(theme.current().is_dark))
        nodes, view = (
            self._make_film(subject, scene, look)
            if self._choice.what == PASS
            else self._make_drawing(subject, scene, look)
        )
        self._gathering.begin(nodes, view)

    def _make_film(self, subject: Subject, scene: Scene, look: theme.Theme) -> tuple[list[int], BackwardView | None]:
        recording = subject.recording
        assert recording is not None
        film = self._film = Film(scene, recording, self._choice, subject.colors.over(scene, recording))
        run = self._run = FilmRun(self._path, self._choice, film, look, self)
        run.written.connect(self._on_written)
        run.progress.connect(self._on_progress)
        run.failed.connect(self.cancel)
        return film.node_ids(), recording.view(film.last)

    def _make_drawing(self, subject: Subject, scene: Scene, look: theme.Theme) -> tuple[list[int], BackwardView | None]:
        drawing = subject.drawing(self._choice, scene)
        run = self._run = DrawingRun(self._choice.format, drawing, look, self)
        run.painted.connect(self._on_painted)
        run.progress.connect(self._on_progress)
        run.failed.connect(self.cancel)
        return drawing.node_ids(), subject.view

    def _begin_work(self, n_missing: int) -> None:
        subject, scene = self._subject, self._scene
        assert subject is not None and scene is not None
        self._n_missing = n_missing
        if isinstance(self._run, FilmRun):
            self._run.start(self._book)
        elif self._run is not None:
            book = self._book.copy(scene)
            book.coloring, book.has_thumbnails = subject.colors.of(scene), self._choice.has_thumbnails
            self._run.start(States(scene, subject.view), book)

    def _on_progress(self, words: Words) -> None:
        self._words = words
        if self._notice.isVisible():
            self._notice.say(words, can_cancel=True)

    def _on_painted(self, data: bytes) -> None:
        self._end()
        self._write(data)

    def _on_written(self) -> None:
        n_frames = self._film.n_frames if self._film is not None else 0
        self._end()
        self._say_written(lambda: trn(", {n} frame", ", {n} frames", n_frames))

    def _write(self, data: bytes) -> None:
        try:
            write_named(self._path, data, durable=False)
        except OSError as error:
            path, why = self._path, write_reason(error)
            self.status.emit(lambda: tr("{path} could not be written: {reason}.", path=path, reason=said(why)))
        else:
            self._say_written()

    def _say_written(self, how_much: Words = str) -> None:
        what, path, n_missing = _THINGS[self._choice.what], self._path, self._n_missing

        def words() -> str:
            said_now = tr("Exported {thing} to {path}{amount}.", thing=tr(what), path=path, amount=how_much())
            if n_missing:
                said_now += " " + trn("{n} card came without numbers.", "{n} cards came without numbers.", n_missing)
            return said_now

        self.status.emit(words)

    def _end(self) -> None:
        self._slow.stop()
        self._gathering.stop()
        self._layout.stop()
        if self._run is not None:
            self._run.stop()
        self._subject = self._shown = self._scene = self._film = self._run = None
        self._notice.hide()


def _dot(subject: Subject, choice: ExportChoice) -> bytes:
    graph = subject.graph
    assert graph is not None
    chosen = {graph.nodes[index].id for index in subject.nodes(choice.what).tolist()}
    return dot_text(graph, None if len(chosen) == len(graph.nodes) else chosen).encode()
