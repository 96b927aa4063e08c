"""A node as a rule reads it: what a pass brought to it and took away, what it saved or what is kept of that."""

from __future__ import annotations

import re
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call, slot_shape
from engine.autograd.rules.explain import Sent, Subject
from engine.autograd.rules.reading import SavedReader
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import MissingError
from engine.program.lookup import grad_of
from engine.protocol.notes import Changed, Note
from engine.protocol.sentence import Sentence
from engine.serve.graph_index import GraphIndex
from engine.serve.number_used import number_used
from engine.tensors import native
from engine.tensors.gate import GATE

_OUTPUT = re.compile(r"result(\d?)|values")
_FACTORS = {"Q": 0, "R": 1, "U": 0, "S": 1, "Vh": 2, "eigenvalues": 0, "eigenvectors": 1}  # by output
_OF_INDICES = frozenset({"indices", "index", "condition", "mask", "targets", "lengths"})
_BEFORE_ALL = frozenset({"targets"})  # of several inputs of whole numbers, as of lengths, the first
_NAMES = {"AccumulateGrad": "torch::autograd::AccumulateGrad"}  # as PyTorch has them


class Subjects:
    """Nodes of a graph on screen, by id, in the newest backward pass or in an earlier one that was opened. Only inside
    `GATE.reading`, and `unobserved`."""

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder = recorder
        self._controller = controller
        self.index = GraphIndex(recorder)

    def name(self, node: int) -> str:
        """As PyTorch names its kind."""
        grad_fn = self._recorder.grad_fn(node)
        known = self.index.nodes[node].name
        return _NAMES.get(known, known) if grad_fn is None else native.name_of(grad_fn)

    def operand(self, node: int, place: int) -> tuple[int, int] | None:
        """The node and the output that an operation consumed at a place; of what needs no gradient the only one that
        it can be."""
        edge = self.index.edge(node, place)
        if edge is not None:
            return edge.target, edge.target_slot
        n_places, inputs = self.n_places(node), [edge for edge in self.index.edges(node) if not edge.gradient]
        n_named = sum(self.index.edge(node, one) is not None for one in range(n_places))
        return (inputs[0].target, 0) if len(inputs) == 1 == n_places - n_named else None

    def n_places(self, node: int) -> int:
        """How many operands an operation has to which a gradient could go."""
        grad_fn = self._recorder.grad_fn(node)
        return self.index.n_operands(node) if grad_fn is None else len(grad_fn.next_functions)

    def gradient(self, node: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """What arrived at an output, as it can be read, and what is to be known of it."""
        gradient, note = self._controller.values.gradient(node, slot)
        return None if gradient is None else native.bare(gradient), note

    def value(self, node: int, slot: int) -> Tensor | None:
        """The value of an output, where it was recorded and its elements can be read as they lie."""
        GATE.give_way()
        value = self._recorder.value(node, slot)[0]
        bare = None if value is None else native.bare(value)
        return bare if bare is not None and native.has_own_data(bare) else None

    def named(self, name: str) -> Tensor | None:
        """The value that a variable had in the graph on screen; None of what is not in it, or not kept."""
        nodes = self.index.nodes.values()
        node = next((one for one in nodes if one.variable == name and len(one.outputs) <= 1), None)
        return None if node is None else self.value(node.id, 0)

    def is_changed(self, node: int, slot: int) -> bool:
        """Whether somebody has written into the value of an output since, so that it is not what the operation made."""
        return isinstance(self._recorder.value(node, slot)[1], Changed)

    def handed_in(self, node: int, slot: int) -> Tensor | None:
        """What the call itself handed to an output that other nodes send to as well, where that is known."""
        parts = self._controller.values.parts(node, slot)
        found = next((part.kept.read()[0] for sender, part in parts if sender < 0), None)
        return None if found is None else native.bare(found)

    def is_root(self, node: int) -> bool:
        """Whether the newest pass began here, maybe beside other nodes."""
        state = self._controller.state
        return state is not None and node in state.roots

    def hook_at(self, node: int) -> tuple[int, str, str] | None:
        """Of a hook of the program that changed what arrived here: its line, 0 where that is not known, and the norms
        before and after."""
        found = self._controller.values.hook_change(node)
        if found is None:
            return None
        change, line = found
        return line, change.before, change.after

    def leaving(self, node: int, place: int) -> tuple[Tensor | None, Sentence | None]:
        """As `PassValues.leaving`."""
        return self._controller.values.leaving(node, place)

    def is_beyond_records(self, node: int, *, takes_complex: bool = False) -> bool:
        """Records are of dense numbers, nearly all of them of real ones."""
        arrived = (
            self._controller.values.gradient(node, slot)[0] for slot in range(len(self.index.nodes[node].outputs))
        )
        found = [g for g in arrived if g is not None]
        is_complex = not takes_complex and any(map(native.is_complex, found))
        return is_complex or any(native.layout(g) is not torch.strided for g in found)

    # -- a record

    def subject(self, node: int, record: Rule) -> Subject:
        """What the record of a node is filled with."""
        grad_fn = self._recorder.grad_fn(node)
        arriving = [
            None if gradient is None else native.bare(gradient)
            for gradient, _ in (
                self._controller.values.gradient(node, slot) for slot in range(len(self.index.nodes[node].outputs))
            )
        ]
        reader = SavedReader(grad_fn, lambda name: self.elsewhere(node, record, name))
        if grad_fn is None:
            operands = [self._once_sent(node, place) for place in range(self.index.n_operands(node))]
        else:
            operands = [self._sent(node, place, edge) for place, edge in enumerate(grad_fn.next_functions)]
        leaf = self._recorder.leaf(node)
        grad = None if leaf is None else grad_of(leaf)
        grad = None if grad is None else native.bare(grad)
        index = self.index
        return Subject(
            node, index.output_name(node), reader.read, arriving, operands, grad, index.expression(node),
            index.variables(),
        )  # fmt: skip

    def _sent(self, node: int, place: int, edge: tuple[Any, int]) -> Sent | None:
        below, slot = edge
        if below is None:
            return None
        shape = slot_shape(below._input_metadata[slot]) or ()
        leaving, said = self._controller.values.leaving(node, place)
        return self._named(node, place, shape, leaving, said)

    def _once_sent(self, node: int, place: int) -> Sent | None:
        """Of an earlier pass."""
        edge = self.index.edge(node, place)
        if edge is None:
            return None
        return self._named(node, place, edge.shape or (), *self._controller.values.leaving(node, place))

    def _named(
        self, node: int, place: int, shape: tuple[int, ...], leaving: Tensor | None, said: Sentence | None
    ) -> Sent:
        bare = None if leaving is None else native.bare(leaving)
        name, text = self.index.operand_name(node, place), self.index.operand_expression(node, place)
        return Sent(name, shape, bare, said, text)

    # -- saved values that the node has no more

    def elsewhere(self, node: int, record: Rule | None, name: str) -> Any:
        """What the node has no more. As the pass has kept it, else the snapshot of what it was. Raises MissingError."""
        try:
            return self._controller.values.once_saved(node, name)
        except KeyError:
            output = None if record is None else self.saved_output(node, record, name)
        found = self._number(node, name) if output is None else self.value(*output)
        if found is None:
            raise MissingError(name)
        return found

    def _number(self, node: int, name: str) -> Tensor | None:
        """A number that no tensor had, of an operation on one tensor."""
        edges = self.index.edges(node)
        operand = (edges[0].target, edges[0].target_slot) if len(edges) == 1 else None
        if operand is None or self.is_changed(node, 0) or self.is_changed(*operand):
            return None
        value, result = self.value(*operand), self.value(node, 0)
        if value is None or result is None or value.shape != result.shape:
            return None
        return number_used(self.name(node), name, value, result)

    def maker(self, node: int) -> Call | None:
        """The call that made a tensor that the graph begins at, where it was seen."""
        record = self._recorder.leaf_record(node)
        return None if record is None else record.made

    def is_followed(self, node: int) -> bool:
        """Whether the cells are known that the call of a tensor without a graph took, for the variable that has it."""
        tensor = self._recorder.leaf(node)
        return tensor is not None and self._recorder.operations.of(tensor) is not None

    def saved_output(self, node: int, record: Rule, name: str) -> tuple[int, int] | None:
        """The node and the output whose value was saved by this name: its own, an operand's, or an input's."""
        own = _OUTPUT.fullmatch(name)
        if own or name in _FACTORS:
            return node, int(own[1] or 0) if own else _FACTORS[name]
        symbols = [symbol for symbol, saved in record.saved.items() if saved == name]
        places = [place for place, operand in enumerate(record.operands) if operand.symbol in symbols]
        edge = self.index.edge(node, places[0]) if places and not record.is_list else None
        if edge is not None:
            return edge.target, edge.target_slot
        return self._saved_input(node, record, name)

    def _saved_input(self, node: int, record: Rule, name: str) -> tuple[int, int] | None:
        """The only one that it can be of the inputs that need no gradient: of whole numbers where an index is meant,
        else of a name that the record's formula has, which no call leaves out. Of the size that the node saved: what
        the program has may have been viewed otherwise inside the call."""
        is_named = name in record.saved.values()
        is_index = name in _OF_INDICES or (name == "target" and not is_named)
        if not (is_named or is_index):
            return None
        size = self._size_saved(node, name)
        found = []
        for edge in self.index.edges(node):
            value = None if edge.gradient else self._recorder.value(edge.target, 0)[0]
            if value is None or native.is_floating_point(value) == is_index:
                continue
            if size in (None, (), tuple(native.shape(value))):
                found.append((edge.target, 0))
        return found[0] if len(found) == 1 or (found and name in _BEFORE_ALL) else None

    def _size_saved(self, node: int, name: str) -> tuple[int, ...] | None:
        """Where the node keeps it beside the tensor."""
        sizes = f"{name}_sym_sizes"
        grad_fn = self._recorder.grad_fn(node)
        if grad_fn is not None:
            return getattr(grad_fn, f"_saved_{sizes}", None)
        try:
            found: tuple[int, ...] = self._controller.values.once_saved(node, sizes)
        except KeyError:
            return None
        return found
