"""The outline: modules and source lines as a tree with the numbers that tell where to look."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol.graph_values import Graph
from engine.shared.language import grouped, mark, tr, trn
from visualizer.backprop.outline.rows import TOP, Outline
from visualizer.backprop.outline.tree_view import OutlineView
from visualizer.look import spoken, theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.labels import ElidedLabel, Hairline
from visualizer.look.panel_head import PanelHead
from visualizer.look.search_field import SearchField
from visualizer.look.spoken import speak
from visualizer.model.facts import GraphFacts
from visualizer.model.query import HELP
from visualizer.model.selection import Selected, SelectedModule, SelectedNode, Selection
from visualizer.model.turns import Turns, whole

_ROWS_AT_FIRST = 28
_AT_ONCE = 2_000  # nodes, whose outline takes no longer than a frame or two
_FIND_AFTER_MS = 120  # after the last letter


class OutlinePanel(QWidget):
    """`selected` says what the person chose, `opened` what was chosen by Enter or a double click. Follows `selection`,
    and shows what `facts` know; asks for the facts of what is looked at. Hidden it does nothing."""

    selected = Signal(object)  # SelectedNode, SelectedModule
    opened = Signal(object)

    def __init__(self, selection: Selection, facts: GraphFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._selection, self._facts = selection, facts
        self._graph: Graph | None = None
        self._is_behind = False  # a graph, or facts, have come while nobody could see it
        self._build_head()
        self.tree = OutlineView(self)
        words = mark(
            "The modules and lines of a graph stand here, with their numbers: run a program in which something "
            "requires a gradient."
        )
        self._empty = EmptyWords(words, self, name="outline_empty")
        self._earlier = QLabel(self, objectName="outline_earlier", wordWrap=True)
        self._earlier.setProperty("role", "caption")
        speak(self._earlier.setText, "The graph of an earlier run: the newest one has made none.")
        self._earlier.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts = ((self.head, 0), (Hairline(self), 0), (self._earlier, 0), (self.tree, 1), (self._empty, 1))
        for widget, stretch in parts:
            column.addWidget(widget, stretch)
        self._finding = QTimer(self, singleShot=True, interval=_FIND_AFTER_MS)
        self._building = QTimer(self, singleShot=True, interval=0)  # after the canvas
        self._marking = QTimer(self, singleShot=True, interval=0)  # after the frame that shows what was selected
        self._turns = Turns(self)
        self._turns.done.connect(self._on_built)
        self._connect()
        self._dress()
        self._show_outline(None)

    def _build_head(self) -> None:
        self.head = PanelHead(mark("Outline"), self)
        self._count = ElidedLabel(12, "text.secondary", parent=self)
        self._count.setObjectName("outline_count")
        self.flat = QToolButton(self, objectName="outline_flat", checkable=True)
        speak(self.flat.setText, "Flat")
        self.flat.setProperty("kind", "button")
        speak(self.flat.setToolTip, "Nodes alone, without modules and lines: sorted, all of them stand in one order")
        self.field = SearchField(self)
        self.field.setObjectName("outline_search")
        speak(self.field.setPlaceholderText, "Search")
        speak(self.field.setAccessibleName, "Search the outline")
        speak(self.field.setToolTip, "As in Find: {examples}", examples=", ".join(example for example, _ in HELP))
        self.field.setClearButtonEnabled(True)
        self.head.fill((self._count,), (self.flat, self.field), leaving=(self.flat, self._count))

    def _connect(self) -> None:
        self.flat.toggled.connect(self.tree.set_flat)
        self.field.textChanged.connect(lambda text: self._finding.start())
        self.field.tell(self._count.text)
        self.field.returnPressed.connect(self._go_to_first)
        self.field.left.connect(self._leave_search)
        self._finding.timeout.connect(self._find)
        self._building.timeout.connect(self._catch_up)
        self.tree.row_chosen.connect(lambda row: self._say(row, self.selected))
        self.tree.row_opened.connect(lambda row: self._say(row, self.opened))
        self.tree.rows_seen.connect(self._want)
        self.tree.sorted_anew.connect(self._want_all)
        self._facts.changed.connect(self._on_facts)
        self._selection.changed.connect(lambda: self._marking.start())
        self._marking.timeout.connect(self._mark_selected)
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._say_again)

    def _say_again(self) -> None:
        """Titles of branches have words, too, and columns are as wide as theirs."""
        self.tree.dress()
        self._show_outline(None)
        self.set_graph(self._graph)

    def _dress(self) -> None:
        look = theme.current()
        self.head.row.setContentsMargins(look.px(12), look.px(6), look.px(8), look.px(6))
        self.head.row.setSpacing(look.px(8))
        self._earlier.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        self.field.setMinimumWidth(look.px(56))
        self.field.setMaximumWidth(look.px(140))
        self.tree.dress()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(48))

    # -- what is shown

    def set_graph(self, graph: Graph | None) -> None:
        """Show another graph, as soon as somebody can see it."""
        self._graph = graph if graph is not None and graph.nodes else None
        self._turns.stop()
        self._is_behind = True
        if self.isVisible():
            self._building.start()
        elif self._graph is None:
            self._show_outline(None)

    def set_of_earlier_run(self, *, is_earlier: bool) -> None:
        """Whether a program has begun since the graph was made, which has made none of its own yet."""
        self._earlier.setVisible(is_earlier)

    def set_found(self, nodes: frozenset[int]) -> None:
        """Mark what Find found in the graph, ids of nodes."""
        self.tree.set_found(nodes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_behind = True

    def _catch_up(self) -> None:
        if not self._is_behind or self._turns.is_running:
            return
        self._is_behind = False
        outline = self.tree.outline
        if outline is not None and outline.graph is self._graph:
            self.tree.update_facts(node.id for node in outline.graph.nodes)
            self._mark_selected()
        elif self._graph is None:
            self._show_outline(None)
        elif len(self._graph.nodes) > _AT_ONCE:
            self._turns.start(Outline.building(self._graph))
        else:
            self._on_built(whole(Outline.building(self._graph)))

    def _on_built(self, outline: Outline) -> None:
        self._show_outline(outline)
        self._mark_selected()

    def _show_outline(self, outline: Outline | None) -> None:
        self.tree.set_outline(outline, self._facts, _ROWS_AT_FIRST)
        self.tree.setVisible(outline is not None)
        self._empty.setVisible(outline is None)
        self.head.use(self.flat, is_used=outline is not None)
        self.field.setVisible(outline is not None)
        self._find()

    def _find(self) -> None:
        self._finding.stop()
        self.tree.find(self.field.text())
        self._say_found()
        if self.tree.search is not None:
            self._facts.want(self.tree.search.undecided)
        self._mark_selected()

    def _say_found(self) -> None:
        search, n_found = self.tree.search, self.tree.n_found
        n_nodes = 0 if self._graph is None else self._graph.n_nodes
        words = trn("{n} node", "{n} nodes", n_nodes) if n_nodes else ""
        if search is not None and search.problem:
            words = tr("not understood")
        elif search is not None and n_found >= 0:
            found, so_far = (
                tr("{count} found", count=grouped(n_found)),
                tr("{count} found so far", count=grouped(n_found)),
            )
            words = so_far if search.undecided and self._facts.is_waiting else found
        self._count.set_text(words)
        self._count.setToolTip(search.problem if search is not None else "")

    def _go_to_first(self) -> None:
        self._find()
        self.tree.choose_first()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_search(self) -> None:
        self._find()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- facts

    def _on_facts(self, nodes: Iterable[int]) -> None:
        if self.isVisible():
            self.tree.update_facts(nodes)
            self._say_found()
        else:
            self._is_behind = True

    def _want(self, rows: list[int]) -> None:
        """The facts of what is seen, those of single nodes first."""
        table = self.tree.table
        if table is not None and self.isVisible():
            for row in sorted(rows, reverse=True):
                self._facts.want(table.unread(row))

    def _want_all(self) -> None:
        """An order is one of all rows."""
        outline, table = self.tree.outline, self.tree.table
        if outline is not None and table is not None:
            for row in outline.below(TOP):
                self._facts.want(table.unread(row))

    # -- selection

    def _say(self, row: int, signal: object) -> None:
        chosen = self._selected(row)
        if chosen is not None:
            signal.emit(chosen)  # type: ignore[attr-defined]

    def _selected(self, row: int) -> Selected:
        outline, table = self.tree.outline, self.tree.table
        if outline is None or table is None or outline.graph is not self._graph:  # another one is being built
            return None
        node, branch = outline.node(row), outline.branch(row)
        if branch is not None:
            if branch.is_part:
                return None
            title, words = branch.title, branch.subtitle
            kind, path = (words, branch.path or title) if branch.is_place else (title, words)
            return SelectedModule(branch.key, kind, path, table.row(row).n_nodes, branch.source)
        return SelectedNode(node.id) if node is not None else None

    def _mark_selected(self) -> None:
        """Mark the row of what is selected and bring it into view, without a signal."""
        outline, current, row = self.tree.outline, self._selection.current, TOP
        if outline is None or not self.isVisible():
            return
        if isinstance(current, SelectedNode):
            row = outline.row_of_node(current.node)
        elif isinstance(current, SelectedModule):
            row = outline.row_of_module(current.key)
        self.tree.mark(row)
