"""The graph that passes of one structure share: that of a loop is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_shape import CallShape
from engine.autograd.passes.saved_constants import SavedConstants, constants_saved_by, kinds_of
from engine.autograd.recorder import Recorder
from engine.autograd.records import LeafRecord, NodeRecord, layers_in
from engine.autograd.shown import Shown
from engine.program.places import Place
from engine.protocol.graph_values import Graph
from engine.protocol.layers import GradientLayer
from engine.shared.ready_queue import PassPlan
from engine.tensors import native

_shape = native.shape


class Structure(NamedTuple):
    """What two passes have in common whose graphs differ in nothing but the ids of their nodes."""

    shape: CallShape
    places: list[Place | None]  # where in the program each node was made
    inputs: list[Any]  # by node the shapes of the leaves that it took
    made: list[int]  # by node its layer
    arrived: list[tuple[int, int, object]]

    def is_of(self, current: BackwardPass, records: Sequence[NodeRecord | None]) -> bool:
        """Whether `structure_of` gives this one, as it does for each pass of a loop: it is not made to be compared.
        False also where that takes a closer look. Inside `Unseen`."""
        if current.call.shape is not self.shape or self.made:
            return False
        for record, place, sizes in zip(records, self.places, self.inputs, strict=True):
            if record is None or record.made is not None:
                return False
            call, inputs = record.call, record.inputs
            if (None if call is None else call.place) is not place or len(inputs) != len(sizes or ()):
                return False
            for leaf, size in zip(inputs, sizes or (), strict=True):
                tensor = None if leaf.value is None else leaf.value.tensor
                if (leaf.size if tensor is None else _shape(tensor)) != size:
                    return False
        return current.gradients.shapes() == self.arrived


def structure_of(current: BackwardPass, records: Sequence[NodeRecord | None]) -> Structure:
    """That of a pass, as far as it has come, of whose nodes that was seen."""
    places = [None if record is None or record.call is None else record.call.place for record in records]
    inputs = [
        [leaf.size for leaf in record.inputs] if record is not None and record.inputs else None for record in records
    ]
    layers = layers_in(records)
    made = [layers[record.made.layer] if record is not None and record.made else -1 for record in records if layers]
    return Structure(current.call.shape, places, inputs, made, current.gradients.shapes())


class Pattern:
    """One such graph. `shown` is made of a pass of the `structure`, whose records are those given."""

    def __init__(
        self, structure: Structure, current: BackwardPass, records: Sequence[NodeRecord | None], shown: Shown
    ) -> None:
        self.structure = structure
        self.plan: PassPlan = current.call.plan
        self.n_bytes = 0  # of the values and gradients of a pass, once they were counted
        self._graph = shown.graph
        told = {layer.told(): place for layer, place in layers_in(records).items()}
        self._layers = [told[layer] for layer in shown.graph.layers]  # by layer of the graph, its place in `layers_in`
        self._ids = [-1 if record is None else record.node_id for record in records]
        places = {
            id(leaf): (index, place)
            for index, record in enumerate(records)
            if record is not None
            for place, leaf in enumerate(record.inputs)
        }
        self._constants: SavedConstants | None = None
        self._leaves = {node_id: places[id(leaf)] for node_id, leaf in shown.leaves.items() if id(leaf) in places}

    def constants(self, nodes: Sequence[GradFn]) -> SavedConstants:
        """What the nodes of one pass had saved that is no tensor: as a rule the same in the next. Inside `Unseen`."""
        values = constants_saved_by(nodes)
        if self._constants is None or self._constants.values != values:
            self._constants = SavedConstants(kinds_of(nodes), values)
        return self._constants

    @property
    def names(self) -> Sequence[str]:
        """What PyTorch calls the nodes."""
        return self.structure.shape.names

    def edge(self, node: int, place: int) -> tuple[int, int] | None:
        """(node, slot) that the gradient for the operand at `place` goes to."""
        edges = self.structure.shape.edges[node]
        return edges[place] if place < len(edges) else None

    def n_operands(self, node: int) -> int:
        """How many gradients a node sends on, at most."""
        edges = self.structure.shape.edges[node]
        return len(edges)

    def drawn(
        self,
        graph_id: int,
        new_id: Callable[[], int],
        records: Sequence[NodeRecord | None] | None,
        layers: Sequence[GradientLayer],
    ) -> tuple[Shown, list[int]]:
        """(graph of another pass, ids of its nodes by their index in the call). Without records it has no values.
        `layers` are those of its records, which other passes made than those of the pattern."""
        new_ids = {node.id: new_id() for node in self._graph.nodes}
        nodes = tuple(
            msgspec.structs.replace(
                node,
                id=new_ids[node.id],
                outputs=node.outputs
                if records is not None
                else tuple(msgspec.structs.replace(output, recorded=False) for output in node.outputs),
            )
            for node in self._graph.nodes
        )
        edges = tuple(
            msgspec.structs.replace(edge, source=new_ids[edge.source], target=new_ids[edge.target])
            for edge in self._graph.edges
        )
        made = tuple(layers[place] for place in self._layers)
        graph: Graph = msgspec.structs.replace(self._graph, id=graph_id, nodes=nodes, edges=edges, layers=made)
        ids = [new_ids.get(node_id, -1) for node_id in self._ids]
        of_nodes = zip(ids, records or (), strict=False)
        found = {node_id: record for node_id, record in of_nodes if record is not None}
        return Shown(graph, records=found, leaves=self._leaves_of(new_ids, records), is_past=True), ids

    def _leaves_of(
        self, new_ids: Mapping[int, int], records: Sequence[NodeRecord | None] | None
    ) -> dict[int, LeafRecord]:
        found = {}
        for node_id, (index, place) in self._leaves.items() if records is not None else ():
            record = records[index] if records is not None else None
            if record is not None and node_id in new_ids:
                found[new_ids[node_id]] = record.inputs[place]
        return found


def pattern_of(current: BackwardPass, recorder: Recorder, known: Sequence[Pattern]) -> Pattern | None:
    """The one that a pass which may not be over has so far: in all but what arrived at its nodes."""
    if not known:
        return None
    records = [recorder.seen.record_of(node) for node in current.call.nodes]
    so_far = structure_of(current, records)
    return next((pattern for pattern in known if pattern.structure[:-1] == so_far[:-1]), None)
