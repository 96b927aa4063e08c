"""The whole graph as a file: as a drawing piece by piece, between other events, and its structure as DOT."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import graphviz
from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.protocol.values import Card, Graph, Node
from engine.shared.atomic_files import replace_file
from engine.shared.backward_model import BackwardView
from engine.shared.numbers import count, percent
from visualizer.backprop.graph.card_requests import CardWishes
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.leaf_rows import MOST_ROWS
from visualizer.backprop.graph.naming import Namer
from visualizer.backprop.graph.notices import WorkNotice
from visualizer.backprop.graph.painter import Painter
from visualizer.backprop.graph.picture_files import PICTURES, png_ratio
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.look import theme

FORMATS = (*PICTURES, ".dot")
_CARDS_AT_ONCE = 200  # asked of the engine in one request
_SLICE_S = 0.015  # painted before other events have their turn
_SLOW_MS = 300  # after which a notice says how far it is
_PATIENCE_MS = 5_000  # for an answer of the engine; then the drawing does without


class GraphExport(QObject):
    """One export at a time, of the graph, the folding and the moment of the pass at which it began.

    `wanted(node_ids)` asks for cards that were never in view; `status(sentence)` says how it ended. Nothing is written
    unless all is.
    """

    wanted = Signal(tuple)
    status = Signal(str)

    def __init__(self, book: ContentBook, wishes: CardWishes, notice: WorkNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._wishes, self._notice = book, wishes, notice
        self._path, self._words = Path(), ""
        self._scene: Scene | None = None
        self._view: BackwardView | None = None
        self._unasked: list[int] = []
        self._awaited: set[int] = set()
        self._work: Generator[str, None, bytes] | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: notice.say(self._words, can_cancel=True))
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._begin_work)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        notice.cancelled.connect(lambda: self.cancel("The export was cancelled: nothing was written."))
        theme.current().changed.connect(self._begin_anew)

    @property
    def is_running(self) -> bool:
        return self._scene is not None

    def begin(self, path: Path, graph: Graph | None, scene: Scene | None, view: BackwardView | None) -> None:
        """Write the file that the suffix names; `scene` is the graph as it is folded, None while it is laid out."""
        try:
            _check(path.suffix.lower(), graph, scene, is_running=self.is_running)
        except EngineError as error:
            self.status.emit(str(error))
            return
        assert graph is not None
        self._path = path
        if path.suffix.lower() == ".dot":
            self._write(dot_text(graph).encode())
            return
        assert scene is not None
        self._scene, self._view = scene, view
        self._words = f"Exporting {count(len(scene.shown.cards), 'card')}…"
        self._unasked = _nodes(scene)
        self._slow.start()
        self._ask()

    def take(self, cards: tuple[Card, ...]) -> None:
        """The book has these now."""
        self._awaited -= {card.node for card in cards}
        if self._patience.isActive() and not self._awaited:
            self._ask()

    def cancel(self, sentence: str) -> None:
        """End it without a file."""
        if self.is_running:
            self._end()
            self.status.emit(sentence)

    def graph_changed(self) -> None:
        """Cards of the graph before will not come any more; what is being painted already is there."""
        if self._patience.isActive():
            self.cancel("Another graph came before the export had all of this one: nothing was written.")

    # -- inner workings

    def _ask(self) -> None:
        """For the next cards that are missing; once none is, the painting begins."""
        while self._unasked and not self._awaited:
            some, self._unasked = self._unasked[:_CARDS_AT_ONCE], self._unasked[_CARDS_AT_ONCE:]
            wanted = self._wishes.wanted(some, self._view, self._book)
            bare = (node for node in some if self._book.card(node, self._book.slots.get(node, 0)) is None)
            self._awaited = {*wanted, *bare}  # some may be on their way already
            if wanted:
                self.wanted.emit(wanted)
        if self._awaited:
            self._patience.start()
        else:
            self._begin_work()

    def _begin_work(self) -> None:
        self._patience.stop()
        assert self._scene is not None
        states, book = States(self._scene, self._view), self._book.copy(self._scene)
        self._work = _drawn(self._path.suffix.lower(), self._scene, states, book)
        self._turn.start()

    def _begin_anew(self) -> None:
        """In the colours of another theme, or half of the drawing would have those of the last."""
        if self._work is not None:
            self._work.close()
            self._begin_work()

    def _go_on(self) -> None:
        """For a while; other events have their turn in between."""
        assert self._work is not None
        start_s = time.perf_counter()
        try:
            while time.perf_counter() - start_s < _SLICE_S:
                self._words = next(self._work)
            if self._notice.isVisible():
                self._notice.say(self._words, can_cancel=True)
        except StopIteration as end:
            n_bare = len(self._awaited) + len(self._unasked)
            self._end()
            self._write(end.value, f" {count(n_bare, 'card')} came without numbers." if n_bare else "")
        except EngineError as error:
            self.cancel(str(error))

    def _end(self) -> None:
        for timer in (self._slow, self._patience, self._turn):
            timer.stop()
        if self._work is not None:
            self._work.close()
        self._scene = self._view = self._work = None
        self._unasked, self._awaited = [], set()
        self._notice.hide()

    def _write(self, data: bytes, remark: str = "") -> None:
        try:
            replace_file(self._path, data, durable=False)
        except OSError as error:
            self.status.emit(f"{self._path} could not be written: {error.strerror or error}.")
        else:
            self.status.emit(f"Exported the graph to {self._path}.{remark}")


def _check(suffix: str, graph: Graph | None, scene: Scene | None, *, is_running: bool) -> None:
    known = ", ".join(FORMATS)
    if is_running:
        raise EngineError("export.running", "An export is under way; the next one can begin when it has ended.")
    if graph is None or not graph.nodes:
        raise EngineError("export.no_graph", "There is no graph to export yet.")
    if not suffix:
        raise EngineError(
            "export.no_suffix", "A graph is exported as {known}, not as a file without a suffix.", known=known
        )
    if suffix not in FORMATS:
        raise EngineError(
            "export.no_format", "A graph is exported as {known}, not as {suffix}.", known=known, suffix=suffix
        )
    if scene is None and suffix != ".dot":
        raise EngineError("export.no_layout", "The graph is being laid out: export it as a drawing once it is there.")
    if scene is not None and suffix == ".png":
        png_ratio(scene.bounds)


def _nodes(scene: Scene) -> list[int]:
    """Those with a card of their own."""
    graph = scene.shown.graph
    slots = [slot for slot in scene.shown.cards if not slot.fold]
    rows = (row.node for slot in slots for row in slot.rows[:MOST_ROWS])
    return [graph.nodes[index].id for index in dict.fromkeys((*(slot.nodes[0] for slot in slots), *rows))]


def _drawn(suffix: str, scene: Scene, states: States, book: ContentBook) -> Generator[str, None, bytes]:
    """The file's content; yields between pieces how much is done."""
    picture, artist = PICTURES[suffix](scene.bounds), Painter()
    for place, area in enumerate(picture.areas):
        painter = picture.begin(area)
        try:
            for share in artist.paint_whole(painter, area, scene, states, book):
                yield f"Exporting {count(len(scene.rects), 'card')}: {percent((place + share) / len(picture.areas))}"
        finally:
            painter.end()
        picture.end()
    return picture.data()


def dot_text(graph: Graph) -> str:
    """Every node and edge of the graph, folded or not, with modules as clusters."""
    drawing = graphviz.Digraph("graph", graph_attr={"rankdir": "BT"}, node_attr={"shape": "box"})
    namer = Namer(graph)
    by_module: dict[str, list[Node]] = {}
    for node in graph.nodes:
        by_module.setdefault(node.module, []).append(node)
    for module, nodes in by_module.items():
        if not module:
            _dot_nodes(drawing, nodes, namer)
            continue
        with drawing.subgraph(name=f"cluster_{module}") as cluster:
            cluster.attr(label=graphviz.escape(module))
            _dot_nodes(cluster, nodes, namer)
    for edge in graph.edges:
        style = {} if edge.gradient else {"style": "dashed"}
        drawing.edge(str(edge.source), str(edge.target), label=graphviz.escape(shape_text(edge.shape)), **style)
    return drawing.source


def _dot_nodes(drawing: graphviz.Digraph, nodes: list[Node], namer: Namer) -> None:
    for node in nodes:
        output = node.outputs[0] if node.outputs else None
        shape = f"{shape_text(output.shape)} {output.dtype}" if output is not None else ""
        lines = [node.name, namer.second_line(node)[0], shape]
        drawing.node(str(node.id), "\\n".join(graphviz.escape(line) for line in lines if line.strip()))
