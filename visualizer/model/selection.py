"""What is selected: one thing at a time, kept in one place. Panels say what the person chose, listen, and draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.protocol.graph_values import Graph, Node
from engine.protocol.program_values import Variable
from engine.protocol.source import Source


@dataclass(frozen=True)
class SelectedNode:
    """A node of the graph, and the one of its outputs that is looked at."""

    node: int
    slot: int = 0


@dataclass(frozen=True)
class SelectedVariable:
    """A variable that is not in the graph."""

    name: str


@dataclass(frozen=True)
class SelectedModule:
    """A folded module, pass or series of them. `key` unfolds it; `source` is its nodes' one place, if any."""

    key: str
    type_name: str
    path: str
    n_nodes: int
    source: Source | None = None


Selected = SelectedNode | SelectedVariable | SelectedModule | None


class Selection(QObject):
    """`changed` says that something was selected or let go; the same thing chosen again is said again, so that it is
    brought back into view. Lives on the window's thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Selected = None
        self.is_followed = False  # a pass came there, nobody chose it
        self._graph: Graph | None = None
        self._nodes: Mapping[int, Node] = {}
        self._variables: dict[str, Variable] = {}

    # -- what the selection leads to

    @property
    def node(self) -> Node | None:
        """The node selected, as the graph on screen has it."""
        return self._nodes[self.current.node] if isinstance(self.current, SelectedNode) else None

    def node_of(self, node_id: int) -> Node | None:
        """A node of the graph on screen by its id."""
        return self._nodes.get(node_id)

    @property
    def variable(self) -> Variable | None:
        """The variable selected that is not in the graph."""
        return self._variables.get(self.current.name) if isinstance(self.current, SelectedVariable) else None

    @property
    def name(self) -> str:
        """The variable that holds what is selected, "" where none does."""
        if isinstance(self.current, SelectedVariable):
            return self.current.name
        return _name_of(self.node, self.current.slot) if isinstance(self.current, SelectedNode) and self.node else ""

    @property
    def source(self) -> Source | None:
        """Its place in the program that ran."""
        if isinstance(self.current, SelectedModule):
            return self.current.source
        return self.node.source if self.node is not None else None

    # -- what the person chooses

    def select(self, wanted: Selected, *, is_followed: bool = False) -> None:
        """Select this and nothing else; a node that the graph does not have selects nothing. `is_followed`: a pass came
        there by itself, so that a view which the person has moved stays."""
        if isinstance(wanted, SelectedNode) and wanted.node not in self._nodes:
            wanted = None
        self.is_followed = is_followed
        if wanted is not None or self.current is not None:
            self.current = wanted
            self.changed.emit()

    def has_variable(self, name: str) -> bool:
        """Whether the program has made one of this name."""
        return name in self._variables

    def select_variable(self, name: str) -> None:
        """Select a variable by its name: the output of the node that holds it, where the graph has that."""
        row = self._variables.get(name)
        if row is None:
            self.select(None)
        elif row.node in self._nodes:
            self.select(SelectedNode(row.node, _slot_of(self._nodes[row.node], name)))
        else:
            self.select(SelectedVariable(name))

    def clear(self) -> None:
        """Select nothing."""
        self.select(None)

    # -- what the engine shows

    def set_graph(self, graph: Graph | None) -> None:
        """Another graph. The same node stays selected, or the one that holds the variable of that name now; what this
        graph does not have is let go."""
        name = self.name
        is_same = graph is not None and self._graph is not None and graph.id == self._graph.id
        self._graph = graph
        self._nodes = {} if graph is None else graph.columns.by_id
        kept = self.current
        if isinstance(kept, SelectedNode) and kept.node not in self._nodes:
            kept = next((found for node in self._nodes.values() if (found := _holder(node, name))), None)
        elif isinstance(kept, SelectedModule) and not is_same:
            kept = None
        self.select(kept, is_followed=self.is_followed)

    def set_variables(self, rows: tuple[Variable, ...]) -> None:
        """The variables as they are now. One that is gone is let go; one that the graph has become shows its node."""
        self._variables = {row.name: row for row in rows}
        if isinstance(self.current, SelectedVariable):
            self.select_variable(self.current.name)


def _name_of(node: Node, slot: int) -> str:
    return (node.outputs[slot].variable if slot < len(node.outputs) else "") or node.variable


def _slot_of(node: Node, name: str) -> int:
    names = [output.variable for output in node.outputs]
    return names.index(name) if name in names else 0


def _holder(node: Node, name: str) -> SelectedNode | None:
    """The output of a node that a variable holds, None where it holds none of them."""
    if not name or name not in (node.variable, *(output.variable for output in node.outputs)):
        return None
    return SelectedNode(node.id, _slot_of(node, name))
