"""Find: from the text in the search field to what is found, listed, and looked at one after the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Graph, Node
from engine.protocol.tensor_values import short_dtype
from engine.shared.language import grouped, mark, tr
from visualizer.backprop.graph.fact_words import fact_text
from visualizer.backprop.graph.finder import Finder
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.naming import Namer
from visualizer.backprop.graph.results import FindResults, Row
from visualizer.backprop.graph.scene import CATEGORIES
from visualizer.backprop.graph.title_bar import GraphTitleBar
from visualizer.look import spoken
from visualizer.model.fact_columns import FactColumns
from visualizer.model.facts import GraphFacts
from visualizer.model.query import HELP

_OF_PASS = {"norm": mark("gradient"), "ratio": mark("gradient"), "time": mark("time")}


class Finding(QObject):
    """`changed()` says that something else is found; `wanted(index)` that a node of the graph is to be looked at."""

    changed = Signal()
    wanted = Signal(int)

    def __init__(self, bar: GraphTitleBar, facts: GraphFacts, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._bar, self._facts, self._canvas = bar, facts, canvas
        self._graph: Graph | None = None
        self._columns: FactColumns | None = None
        field = bar.field
        self._names: Namer | None = None  # of the graph, once something of it is listed
        self._preparing = QTimer(self, interval=0)
        self._preparing.timeout.connect(self._prepare)
        self.finder, self.results = Finder(), FindResults(field, canvas)
        field.textChanged.connect(self._ask)
        field.stepped.connect(self._on_enter)
        field.moved.connect(self._move)
        field.entered.connect(self.open)
        field.exited.connect(self._close)
        field.closed.connect(self._close)
        self.results.chosen.connect(self._choose)
        spoken.current().changed.connect(self._say_again)
        for widget in (field, canvas):
            widget.installEventFilter(self)

    @property
    def matches(self) -> tuple[int, ...]:
        """Indices in graph.nodes."""
        return self.finder.matches

    def set_graph(self, graph: Graph | None, columns: FactColumns | None) -> None:
        """Search in another graph."""
        self._graph, self._columns, self._names = graph, columns, None
        self.finder.set_graph(graph, columns)
        self._want()
        self._tell()

    def facts_changed(self) -> None:
        """More is known, or something else."""
        if not self.finder.query.facts:
            return
        row, before = self.results.row, self.finder.matches
        picked = before[row] if 0 <= row < len(before) else -1
        if self.finder.look_again():
            with self.results.still():
                self._tell()
                if picked in self.finder.matches:
                    self.results.go(self.finder.matches.index(picked))
        elif self.finder.is_searching:
            self._say()

    def step(self, way: int) -> None:
        """Look at the next (1) or previous (-1) match."""
        self._look(self.finder.step(way))

    def open(self) -> None:
        """Show the list, while the keyboard is in the field."""
        if self._graph is not None and self._bar.field.hasFocus():
            self._fill()
            self.results.show()
            self.results.raise_()
            self._bar.field.set_has_list(bool(self._bar.field.text()))
            self._preparing.start()

    def _prepare(self) -> None:
        """A little in each turn, before the first letter is typed."""
        if not self.finder.prepare():
            self._preparing.stop()

    def _close(self) -> None:
        self.results.hide()
        self._bar.field.set_has_list(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.results.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        """Hang the list under the field."""
        corner = self._canvas.mapFromGlobal(self._bar.field.mapToGlobal(QPoint(0, 0)))
        self.results.place(QRect(corner, self._bar.field.size()), self._canvas.rect())

    # -- what is typed

    def _ask(self, text: str) -> None:
        self.finder.ask(text)
        self._want()
        self._tell()
        self.open()

    def _say_again(self) -> None:
        if self.finder.problem:
            self.finder.ask(self._bar.field.text())
        self._tell()

    def _want(self) -> None:
        """Only what the words of the query leave open has to be known."""
        if self._graph is not None and self.finder.found.undecided:
            self._facts.want([self._graph.nodes[index].id for index in self.finder.found.undecided])

    def _move(self, rows: int) -> None:
        if not self.results.isVisible():
            self.open()
        self.results.move_by(rows)

    def _on_enter(self, way: int) -> None:
        row = self.results.row if self.results.isVisible() else -1
        is_picked = row >= 0 and (row != self.finder.place or not self.finder.is_searching)
        if is_picked and way > 0:
            self._choose(row)
        else:
            self.step(way)

    def _choose(self, row: int) -> None:
        if self.finder.is_searching:
            self._look(self.finder.go(row))
        else:
            self._bar.field.setText(HELP[row][0])

    def _look(self, index: int) -> None:
        if index >= 0:
            self._say()
            self.results.go(self.finder.place)
            self.wanted.emit(index)

    # -- what is said

    def _tell(self) -> None:
        self._say()
        self.changed.emit()
        if self.results.isVisible():
            self._fill()

    def _say(self) -> None:
        finder = self.finder
        place = finder.place + 1 if finder.is_searching else -1
        self._bar.set_found(place, len(finder.matches), is_so_far=self._is_so_far)
        self.results.say(self._head(), is_problem=bool(finder.problem))

    @property
    def _is_so_far(self) -> bool:
        return bool(self.finder.found.undecided) and self._facts.is_waiting

    def _head(self) -> str:
        finder = self.finder
        if not finder.is_searching:
            return tr("What can be asked. Enter writes it into the field.")
        if finder.problem:
            return finder.problem
        n_found, n_open = len(finder.matches), len(finder.found.undecided)
        head = tr("{count} found", count=grouped(n_found)) if n_found else tr("Nothing found")
        if self._is_so_far:
            return tr("{found} so far: {count} more to be read", found=head, count=grouped(n_open))
        missing = [what for fact, what in _OF_PASS.items() if fact in finder.query.facts and finder.missing(fact)]
        if missing:
            return tr(
                "{found}: no {what} is known yet. Step the output, or run a backward().",
                found=head,
                what=tr(missing[0]),
            )
        if n_open:
            return tr("{found}, and {count} cannot be told", found=head, count=grouped(n_open))
        if not n_found and finder.query.repeated:
            return tr(_TWICE, found=head, term=finder.query.repeated)
        return head

    def _fill(self) -> None:
        finder = self.finder
        self._say()
        if finder.is_searching:
            assert self._graph is not None and self._columns is not None
            self._names = self._names or Namer(self._graph)
            listing = _Listing(self._names, self._columns, finder.matches, finder.query.facts)
            self.results.fill(len(finder.matches), listing.row)
            self.results.go(finder.place)
        else:
            self.results.fill(len(HELP), lambda row: Row(HELP[row][0], detail=tr(HELP[row][1])))
        self._place()


_TWICE = mark("{found}: “{term}” stands twice, and every term must hold for the same node.")


class _Listing:
    """What the rows say of one search, whatever is searched since: the list may be painted at any time."""

    def __init__(self, names: Namer, columns: FactColumns, matches: tuple[int, ...], facts: tuple[str, ...]) -> None:
        self._names, self._columns, self._matches, self._facts = names, columns, matches, facts

    def row(self, number: int) -> Row:
        """Made when it comes into view."""
        index = self._matches[number]
        node = self._names.graph.nodes[index]
        texts = (fact_text(self._columns, fact, index) for fact in self._facts)
        detail = next((text for text in texts if text), "") or _output_text(node)
        category = node.category if node.category in CATEGORIES else "view"
        return Row(node.name, self._names.second_line(node)[0], _place_text(node), detail, category)


def _output_text(node: Node) -> str:
    if not node.outputs:
        return ""
    return f"{shape_text(node.outputs[0].shape)} {short_dtype(node.outputs[0].dtype)}".strip()


def _place_text(node: Node) -> str:
    line = tr("line {line}", line=node.source.line) if node.source is not None else ""
    return " · ".join(part for part in (node.module, line) if part)
