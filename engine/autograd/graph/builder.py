"""The grad_fn graph behind a tensor, joined with what the forward pass recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from torch import Tensor, nn
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.categories import category
from engine.autograd.graph.ghosts import Ghosts
from engine.autograd.graph.node_names import assigned, named_tensors, operation, variable_of
from engine.autograd.graph.own_text import with_own_text
from engine.autograd.graph.repetitions import Repetitions
from engine.autograd.graph.time_steps import time_steps
from engine.autograd.graph.traits import traits_of
from engine.autograd.graph.walk import Walk
from engine.autograd.modules import ModuleCall
from engine.autograd.records import Call, Layer, LeafRecord, NodeRecord, dtype_name, layers_in, shape_of, slot_shape
from engine.program.module_tree import submodule
from engine.program.sources import locate
from engine.protocol.graph_values import Edge, Module, Node, NodeOutput, Repetition
from engine.protocol.layers import GradientLayer
from engine.protocol.source import Source
from engine.shared.ready_queue import ACCUMULATE_SEQUENCE
from engine.shared.static_reads import type_name
from engine.tensors import native

# Nodes whose formula leaves a broadcast to the engine, which sums the gradient to the input's shape afterwards; the
# latter on their first edge only (what is added to a product).
_BROADCASTING = re.compile(
    r"(Add|Sub|Rsub|Mul|Div|Pow|Atan2|Where|Maximum|Minimum|Fmax|Fmin|Fmod|Remainder|Lerp|Addcmul|Addcdiv|Hypot|Ldexp"
    r"|Logaddexp2?|Xlogy|SpecialXlog1Py|Polar|Complex|Clamp|ClampMin|ClampMax|LinalgCross)Backward\d"
)
_FIRST_ONLY = re.compile(r"(Addmm|Addmv|Addbmm|Baddbmm|Addr|Copysign|Nextafter|MaskedFill|MaskedScatter)Backward\d")


class GraphBuilder:
    """Nodes, edges and modules of one walk. After `build` the maps tell which id stands for what."""

    def __init__(
        self,
        record_of: Callable[[GradFn], NodeRecord],
        new_id: Callable[[], int],
        namespace: Mapping[str, Any],
    ) -> None:
        self._record_of = record_of
        self._new_id = new_id
        self._namespace = namespace
        self._variables: dict[int, list[str]] = {}  # by id of a leaf
        self._node_variables: dict[GradFn, dict[int, list[str]]] = {}  # by slot
        self._holders: dict[str, GradFn] = {}  # of a variable's value, by its name
        self._roots: dict[int, str] = {}
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._variables_of: dict[int, str] = {}  # that hold the root modules, by id of their reference
        self._modules: dict[str, Module] = {}
        self.grad_fns: dict[int, GradFn] = {}
        self.leaves: dict[int, LeafRecord] = {}  # by id of an input node or an AccumulateGrad
        self.n_not_recorded = 0
        self._results: set[int] = set()  # ids of nodes that a call of the program's own text returned
        self._inside: set[int] = set()  # ids of nodes that a library made for one
        self._repetitions = Repetitions(())
        self._time_steps: dict[GradFn, int] = {}
        self._layers: dict[Layer, int] = {}

    def build(self, roots: Iterable[GradFn]) -> None:
        """Walk from `roots` and fill the lists."""
        walk = Walk(roots)
        self._name_variables(walk)
        records = {node: self._record_of(node) for node in walk.order}
        self._find_roots(records)
        self._layers = layers_in(records.values())
        calls = {record.call.number: record.call for record in records.values() if record.call is not None}
        self._repetitions = Repetitions(calls.values())
        self._time_steps = time_steps(records, self._repetitions)
        leaf_of = {
            id(leaf.reference()): leaf for record in records.values() for leaf in record.inputs if leaf.requires_grad
        }
        for node in walk.order:
            variable = native.leaf_of(node)
            if variable is not None:
                self._add_accumulate(node, variable, records[node], leaf_of.get(id(variable)))
            else:
                self._add_node(node, records[node])
        for node in walk.order:
            self._add_edges(node, records)
        for node in walk.order:
            self._add_inputs(node, records[node])
        self._add_ghosts()
        self.nodes = with_own_text(self.nodes, self._results, self._inside)

    def _name_variables(self, walk: Walk) -> None:
        for name, tensor in named_tensors(self._namespace):
            node = native.grad_fn(tensor)
            if node is None:
                self._variables.setdefault(id(tensor), []).append(name)
            elif node in walk.arriving:
                self._node_variables.setdefault(node, {}).setdefault(native.output_nr(tensor), []).append(name)
                self._holders[name] = node

    def _add_node(self, node: GradFn, record: NodeRecord) -> None:
        call = record.call
        metadata = node._input_metadata  # type: ignore[attr-defined]
        names = self._node_variables.get(node, {})
        outputs = tuple(
            NodeOutput(
                *self._kind_of_output(record, index, slot),
                self._has_value(record, index),
                names[index][0] if index in names else self._name_of(record.constants.get(index)),
                index not in record.constants,
            )
            for index, slot in enumerate(metadata)
        )
        if not all(output.recorded or not output.dtype for output in outputs):
            self.n_not_recorded += 1
        name = _plain_name(node)
        self.grad_fns[record.node_id] = node
        if call is not None and call.direct and record.given is not None:
            self._results.add(record.node_id)
        of_library = self._repetitions.library_call_of(call)
        if of_library >= 0:
            self._inside.add(record.node_id)
        number = -1 if call is None else call.number if of_library < 0 else of_library
        self.nodes.append(
            Node(
                record.node_id,
                name,
                "backward",
                category(name),
                _sequence_of(node),
                operation(call) if call is not None else "",
                self._variable_of(node, record),
                self._source_of(call),
                self._module_of(call),
                number,
                outputs,
                self._time_steps.get(node, self._repetitions.pass_of(call)),
                -1 if record.made is None else self._layers[record.made.layer],
                traits_of(name, call, node),
            )
        )

    def layers(self) -> tuple[GradientLayer, ...]:
        """What backward passes have made of the graph."""
        return tuple(layer.told() for layer in self._layers)

    @staticmethod
    def _kind_of_output(record: NodeRecord, index: int, slot: Any) -> tuple[tuple[int, ...] | None, str]:
        """Shape and dtype of an output; (None, "") of one that is no tensor."""
        if index not in record.constants:
            return slot_shape(slot), dtype_name(slot.dtype)
        constant = record.constants[index]
        return (None, "") if constant is None else (constant.shape, constant.dtype)

    @staticmethod
    def _has_value(record: NodeRecord, slot: int) -> bool:
        value = record.values.get(slot)
        return value is not None and value.is_kept

    def _add_accumulate(self, node: GradFn, variable: Tensor, record: NodeRecord, leaf: LeafRecord | None) -> None:
        self.grad_fns[record.node_id] = node
        if leaf is not None:
            self.leaves[record.node_id] = leaf
        names = self._variables.get(id(variable), [])
        output = NodeOutput(shape_of(variable), dtype_name(native.dtype(variable)), True)
        self.nodes.append(
            Node(
                record.node_id,
                _plain_name(node),
                "accumulate",
                "accumulate",
                -1,
                variable=names[0] if names else "",
                outputs=(output,),
            )
        )

    def _variable_of(self, node: GradFn, record: NodeRecord) -> str:
        slots = self._node_variables.get(node)
        if slots:
            return ", ".join(slots[slot][0] for slot in sorted(slots))
        name = variable_of(record)
        holder = self._holders.get(name)
        # Of the nodes of one call the one that made the result alone has the name.
        is_inner = holder is not None and record.call is not None and self._record_of(holder).call is record.call
        return "" if is_inner else name

    def _source_of(self, call: Call | None) -> Source | None:
        place = None if call is None else call.place
        return None if place is None else locate(place.code, place.offset)

    def _find_roots(self, records: Mapping[GradFn, NodeRecord]) -> None:
        """With several root modules in one graph, the variable of each, else its type, starts the paths."""
        roots: dict[int, tuple[nn.Module | None, str]] = {}
        for record in records.values():
            frame = record.call.module if record.call is not None else None
            while frame is not None:
                if not frame.path:
                    roots[id(frame.root)] = (frame.root(), frame.type_name)
                frame = frame.parent
        names = {
            id(value): name
            for name, value in reversed(dict(self._namespace).items())
            if issubclass(type(value), nn.Module)
        }
        self._variables_of = {key: names.get(id(module), "") for key, (module, _) in roots.items()}
        if len(roots) > 1:
            self._roots = {key: self._variables_of[key] or kind for key, (_, kind) in roots.items()}

    def _module_of(self, call: Call | None) -> str:
        if call is None or call.module is None:
            return ""
        path = self._path(call.module)
        if path not in self._modules:
            self._add_module(call.module)
        return path

    def _path(self, frame: ModuleCall) -> str:
        prefix = self._roots.get(id(frame.root), "")
        return f"{prefix}.{frame.path}" if prefix and frame.path else prefix or frame.path

    def _add_module(self, frame: ModuleCall | None) -> None:
        """A module, those that called it, and the containers between, which have no forward."""
        while frame is not None:
            path = self._path(frame)
            if path and path not in self._modules:
                variable = self._variables_of.get(id(frame.root), "")
                self._modules[path] = Module(path, frame.type_name, _within(variable, frame.path))
                root = frame.root()
                container = frame.path.rpartition(".")[0]
                while container and root is not None:
                    whole = path[: len(path) - len(frame.path)] + container
                    kind = type_name(submodule(root, container))
                    self._modules.setdefault(whole, Module(whole, kind, _within(variable, container)))
                    container = container.rpartition(".")[0]
            frame = frame.parent

    def modules_called(self) -> tuple[Module, ...]:
        """The modules of all nodes, outer before inner."""
        return tuple(sorted(self._modules.values(), key=lambda module: module.path.split(".")))

    def repeated(self) -> tuple[tuple[Repetition, ...], tuple[int, ...]]:
        """The repetitions, and by pass of one the index of it."""
        found = self._repetitions
        return tuple(
            Repetition(
                run.path,
                run.line,
                run.end_line,
                "" if run.module is None else self._path(run.module),
                found.pass_around(run),
                run.what,
            )
            for run in found.runs
        ), tuple(found.runs_of_passes)

    def _add_edges(self, node: GradFn, records: Mapping[GradFn, NodeRecord]) -> None:
        name = native.name_of(node)
        broadcasting = _BROADCASTING.fullmatch(name)
        first_only = _FIRST_ONLY.fullmatch(name)
        own = slot_shape(node._input_metadata[0]) if broadcasting or first_only else None  # type: ignore[attr-defined]
        for index, (below, slot) in enumerate(node.next_functions):
            if below is None:
                continue
            metadata = below._input_metadata  # type: ignore[attr-defined]
            shape = slot_shape(metadata[slot]) if slot < len(metadata) else None
            summed_from = None
            if own is not None and shape is not None and own != shape and (broadcasting or index == 0):
                summed_from = own
            self.edges.append(
                Edge(records[node].node_id, records[below].node_id, index, slot, shape, True, summed_from)
            )

    def _add_inputs(self, node: GradFn, record: NodeRecord) -> None:
        for leaf in record.inputs:
            if leaf.requires_grad:
                continue
            if leaf.node_id < 0:
                leaf.node_id = self._new_id()
            if leaf.node_id not in self.leaves:
                self.leaves[leaf.node_id] = leaf
                self.nodes.append(self._input_node(leaf))
            self.edges.append(Edge(record.node_id, leaf.node_id, -1, 0, leaf.shape, False))

    def _add_ghosts(self) -> None:
        """What was cut off from the tensors that the graph begins at."""
        ghosts = Ghosts(self._record_of, self._new_id, self.grad_fns, self._variables)
        for node_id, leaf in self.leaves.items():
            ghosts.add(node_id, leaf)
        self.nodes += ghosts.nodes.values()
        self.edges += ghosts.edges

    def _name_of(self, leaf: LeafRecord | None) -> str:
        """The variable that holds a tensor without a grad_fn, "" where none does."""
        tensor = None if leaf is None else leaf.reference()
        return "" if tensor is None else self._variables.get(id(tensor), [""])[0]

    def _input_node(self, leaf: LeafRecord) -> Node:
        made, variable = leaf.made, self._name_of(leaf)
        if not variable and made is not None and made.direct:
            variable = assigned(made.place)
        recorded = leaf.value is not None and leaf.value.is_kept
        return Node(
            leaf.node_id,
            "Tensor",
            "input",
            "leaf",
            -1,
            operation(made) if made is not None else "",
            variable,
            self._source_of(made),
            outputs=(NodeOutput(leaf.shape, leaf.dtype, recorded),),
        )


def _within(variable: str, path: str) -> str:
    """The name of a module in what a variable holds, "" where there is no variable."""
    return f"{variable}.{path}" if variable and path else variable


def _plain_name(node: GradFn) -> str:
    """grad_fn's own name without C++ namespaces: "CopySlices" for "torch::autograd::CopySlices"."""
    return native.name_of(node).rpartition("::")[2]


def _sequence_of(node: GradFn) -> int:
    """-1 of one that torch gives no number of its own: what has no derivative ("NotImplemented")."""
    number = native.sequence_nr(node)
    return -1 if number == ACCUMULATE_SEQUENCE else number
