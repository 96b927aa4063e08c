"""Which call made a tensor: of those without a graph as the book has it, of others as the record of their node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, WeakValueDictionary

from torch import Tensor

from engine.autograd.operations.given import Given, TakenOperand, is_still
from engine.autograd.operations.operation import Operation
from engine.autograd.operations.transformed import Inside
from engine.autograd.recorder import Recorder
from engine.autograd.records import NodeRecord
from engine.program.lookup import resolve_tensor
from engine.protocol.keys import NodeValueKey, VariableKey
from engine.tensors import native


class FoundOperation(NamedTuple):
    """`result` is at `place` among all that the call returned; None once it is not as it was, but for what a variable
    holds, which is as it is now, and may be `written_since`. `returned`: its node, where another one of the call was
    asked about."""

    operation: Operation
    result: Tensor | None
    place: int = 0
    returned: NodeValueKey | None = None
    written_since: bool = False
    is_turned: bool = False  # and has other axes, or these in another order


class OperationFinder:
    """Keeps no record alive: only the numbers by which answers have named operations. Inside `Unseen`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace, self._recorder, self._book = namespace, recorder, recorder.operations
        self._serials: WeakKeyDictionary[NodeRecord, int] = WeakKeyDictionary()
        self._records: WeakValueDictionary[int, NodeRecord] = WeakValueDictionary()

    def by_serial(self, serial: int) -> Operation | None:
        """As an answer named it."""
        record = self._records.get(serial)
        return self._book.by_serial(serial) if record is None else self._operation(record)

    def of(self, key: VariableKey | NodeValueKey) -> FoundOperation | None:
        """What made a tensor, as far as it is remembered. Raises EngineError where a variable holds none."""
        if isinstance(key, NodeValueKey):
            return self._of_node(key)
        return self.of_tensor(resolve_tensor(self._namespace, key.name))

    def of_tensor(self, tensor: Tensor) -> FoundOperation | None:
        """As `of`, of a tensor of the program."""
        node = native.grad_fn(tensor)
        record = None if node is None else self._recorder.seen.record_of(node)
        if record is not None:
            slot = native.output_nr(tensor)
            found, made = self.of_record(record, slot, tensor), record.values.get(slot)
            return found if found is None or made is None else found._replace(written_since=not is_still(made, tensor))
        return self._of_book(tensor)

    def inside(self, name: str) -> Inside | None:
        """Where the tensor of a variable was made inside of torch.func."""
        return self._book.transformed.of(resolve_tensor(self._namespace, name))

    def number(self, tensor: Tensor) -> int:
        """Of the call that made a tensor, the higher the later; -1 where none is remembered."""
        found = self.of_tensor(tensor)
        return -1 if found is None else found.operation.call.number

    def _of_book(self, tensor: Tensor) -> FoundOperation | None:
        operation = self._book.of(tensor)
        if operation is None:
            return None
        places = [place for place, reference in enumerate(operation.results) if reference() is tensor]
        place = places[0] if places else 0
        made = operation.made[place]
        is_turned = made.is_turned(tensor)
        return FoundOperation(
            operation, tensor, place, written_since=is_turned or not made.is_now(tensor), is_turned=is_turned
        )

    def _of_node(self, key: NodeValueKey) -> FoundOperation | None:
        leaf, record = self._recorder.leaf(key.node), self._recorder.shown_record(key.node)
        if leaf is not None:
            found = self._of_book(leaf)
            if found is None or not self._recorder.is_copy(key.node, key.slot):
                return found
            shown = self._recorder.leaf_record(key.node)  # as it was before it was written into
            kept = None if shown is None else shown.value
            made = None if kept is None else found.operation.that_made(kept, found.place)
            return None if made is None else FoundOperation(made, self._value(key), found.place)
        if record is None:
            return None
        if record.given is not None:
            return self.of_record(record, key.slot, self._value(key))
        returned = self._returned(key.node, record)
        found = None if returned is None else self._of_node(returned)
        return None if found is None else found._replace(returned=returned)

    def _returned(self, node: int, record: NodeRecord) -> NodeValueKey | None:
        """The node on screen that the call of another one has returned."""
        graph = self._recorder.current()
        shown = graph.columns.by_id.get(node) if graph is not None else None
        if graph is None or shown is None or shown.call < 0:
            return None
        for other in graph.nodes:
            known = self._recorder.shown_record(other.id) if other.call == shown.call else None
            if known is not None and known.call is record.call and known.given is not None:
                return NodeValueKey(other.id, 0)
        return None

    def of_record(self, record: NodeRecord, slot: int, result: Tensor | None = None) -> FoundOperation | None:
        """The call that returned an output of the node of a record; `result`: that output."""
        given, operation = Given.of(record), self._operation(record)
        if given is None or operation is None:
            return None
        return FoundOperation(operation, result, given.place(slot))

    def _operation(self, record: NodeRecord) -> Operation | None:
        given = Given.of(record)
        if given is None or record.call is None or not given.operands:
            return None
        serial = self._serials.get(record)
        if serial is None:
            serial = self._serials[record] = self._book.new_serial()
            self._records[serial] = record
        return Operation(serial, record.call, tuple(map(TakenOperand, given.operands)), given.arguments)

    def _value(self, key: NodeValueKey) -> Tensor | None:
        value, note = self._recorder.value(key.node, key.slot)
        return value if note is None else None
