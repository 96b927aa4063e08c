"""What lies behind a cut, as ghosts, which no gradient comes to: the nodes there while the program still holds them,
else the operation alone that computed it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import source_of
from engine.autograd.graph.categories import category
from engine.autograd.graph.node_names import assigned, operation, variable_of
from engine.autograd.records import LeafRecord, NodeRecord, Severed, dtype_name, slot_shape
from engine.protocol.graph_values import Edge, Node, NodeOutput
from engine.tensors import native

_MOST_BEHIND = 16  # nodes behind one cut: more of it is a graph of its own
_MOST = 64  # in one graph
_MOST_LOOKED_AT = 10_000  # nodes


class Ghosts:
    """Of one graph, whose own nodes are `grad_fns` by id. Keeps no node: a ghost is what was read of one."""

    def __init__(
        self,
        record_of: Callable[[GradFn], NodeRecord],
        new_id: Callable[[], int],
        grad_fns: Mapping[int, GradFn],
        names: Mapping[int, list[str]],
    ) -> None:
        self._record_of, self._new_id = record_of, new_id
        self._shown = grad_fns
        self._leaves = {id(native.leaf_of(node)): node_id for node_id, node in grad_fns.items()}
        self._names = names  # of leaves, by id()
        self.nodes: dict[int, Node] = {}
        self.edges: dict[Edge, None] = {}

    def add(self, node_id: int, leaf: LeafRecord) -> None:
        """What was cut off from a tensor that the graph begins at, as the node with this id."""
        cut = None if leaf.made is None or leaf.made.cause is None else leaf.made.cause[1]
        for severed in () if cut is None or len(self.nodes) >= _MOST else cut.severed:
            tensor = severed.reference()
            if tensor is None:
                self._add_alone(node_id, severed)
            elif native.grad_fn(tensor) is not None:
                self._add_living(node_id, tensor)
            elif id(tensor) in self._leaves:
                self._lead(node_id, self._leaves[id(tensor)], severed.shape)
            elif tensor is not leaf.reference():
                self._add_alone(node_id, severed, next(iter(self._names.get(id(tensor), ())), ""))

    def _add_alone(self, cut: int, severed: Severed, variable: str = "") -> None:
        """A leaf, or a result that the program has let go of, with its graph."""
        if severed.node_id < 0:
            severed.node_id = self._new_id()
        made, outputs = severed.made, (NodeOutput(severed.shape, severed.dtype),)
        if made is None:
            node = Node(severed.node_id, "Tensor", "ghost", "leaf", -1, "", variable, outputs=outputs)
        else:
            name, held = operation(made), assigned(made.place) if made.direct else ""
            node = Node(severed.node_id, name, "ghost", "view", -1, name, held, source_of(made.place), outputs=outputs)
        self.nodes[severed.node_id] = node
        self._lead(cut, severed.node_id, severed.shape)

    def _add_living(self, cut: int, tensor: Tensor) -> None:
        root = native.node_of(tensor)
        self._lead(cut, self._record_of(root).node_id, _shape(root, native.output_nr(tensor)))
        met, pending = {root}, deque([root])
        while pending:
            node = pending.popleft()
            record = self._record_of(node)
            if record.node_id in self._shown or record.node_id in self.nodes:
                continue
            self.nodes[record.node_id] = self._ghost(node, record)
            for below, slot in node.next_functions:
                if below is not None and (below in met or len(met) < _MOST_BEHIND):
                    self._lead(record.node_id, self._record_of(below).node_id, _shape(below, slot))
                    if below not in met:
                        met.add(below)
                        pending.append(below)

    def _lead(self, source: int, target: int, shape: tuple[int, ...] | None) -> None:
        self.edges[Edge(source, target, -1, 0, shape, False)] = None

    def _ghost(self, node: GradFn, record: NodeRecord) -> Node:
        name = native.name_of(node).rpartition("::")[2]
        leaf, call = native.leaf_of(node), record.call
        outputs = tuple(
            NodeOutput(slot_shape(slot), dtype_name(slot.dtype))
            for slot in node._input_metadata  # type: ignore[attr-defined]
        )
        return Node(
            record.node_id,
            name,
            "ghost",
            "accumulate" if leaf is not None else category(name),
            -1,
            "" if call is None else operation(call),
            variable_of(record) if leaf is None else next(iter(self._names.get(id(leaf), ())), ""),
            None if call is None else source_of(call.place),
            outputs=outputs,
        )


def _shape(node: GradFn, slot: int) -> tuple[int, ...] | None:
    metadata = node._input_metadata  # type: ignore[attr-defined]
    return slot_shape(metadata[slot]) if slot < len(metadata) else None


def leads_to(source: Tensor, tensor: Tensor) -> bool:
    """Whether `tensor`, which requires a gradient, is `source` or lies behind it, as far as is looked."""
    root, wanted = native.node_of(source), native.grad_fn(tensor)
    met, pending = {root}, deque([root])
    while pending:
        node = pending.popleft()
        if node is wanted or (wanted is None and native.leaf_of(node) is tensor):
            return True
        for below, _ in node.next_functions:
            if below is not None and below not in met and len(met) < _MOST_LOOKED_AT:
                met.add(below)
                pending.append(below)
    return False
