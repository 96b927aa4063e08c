"""What a node's output is called on its card, and how a call is written on its frame."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from engine.protocol.graph_values import Graph, Node
from engine.protocol.kind_names import snake
from engine.protocol.source import Source
from engine.shared.language import tr

_Place = tuple[str, int, int, int, int]


class Namer:
    """Knows which sub-expressions of the program stand for one kind of node only.

    `h @ W` in a loop stands for products alone; `model(x)` stands for whatever the model does, so it names nothing.
    The views that a call makes beside its one operation are part of that: `F.linear` names the product, not its `T`.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._of_all = _Shared(graph.nodes)
        self._beside_views = _Shared([node for node in graph.nodes if node.category != "view"])

    def second_line(self, node: Node) -> tuple[str, bool]:
        """What names a node's output: its variable (True), else its sub-expression, else its operation."""
        if node.variable:
            return node.variable, True
        source, shared = node.source, self._of_all if node.category == "view" else self._beside_views
        if source is not None and source.text and "\n" not in source.text and _place(source) in shared.specific:
            return source.text if node.is_own else f"{source.text} · {snake(node.name)}", False
        if node.is_ghost and node.operation == node.name:
            return (tr("line {line}", line=source.line) if source is not None else ""), False
        if node.operation and node.call not in shared.of_several:
            return node.operation.removeprefix("torch.Tensor.").strip("_"), False
        return snake(node.name) if node.kind == "backward" else "", False


class _Shared:
    """Which places of the program `nodes` of one kind alone come from, and which calls made several of them."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        names: dict[_Place, set[str]] = defaultdict(set)
        for node in nodes:
            if node.source is not None:
                names[_place(node.source)].add(node.name)
        self.specific = {place for place, found in names.items() if len(found) == 1}
        calls, counts = np.unique([node.call for node in nodes], return_counts=True)
        self.of_several = frozenset(calls[(calls >= 0) & (counts > 1)].tolist())


def called_as(nodes: list[Node]) -> str:
    """The public function that made these nodes, "F.cross_entropy", else what the program wrote before the bracket."""
    operations = Counter(node.operation for node in nodes if node.operation)
    if len(operations) == 1:
        return next(iter(operations))
    for node in nodes:  # of what a library has called the program has the name
        head = node.source.text.partition("(")[0].strip() if node.source is not None else ""
        if head.replace(".", "").replace("_", "").isalnum():
            return head
    return next(iter(operations), tr("one call"))


def words_in(around: str, module: str, words: str) -> str:
    """A card's words with the module that it is all of, "c_attn · addmm", where the frame around is of an outer one."""
    inner = module.removeprefix(f"{around}.") if around else ""
    return f"{inner} · {words}" if inner and inner != module else words


def _place(source: Source) -> _Place:
    return source.path, source.line, source.column, source.end_line, source.end_column
