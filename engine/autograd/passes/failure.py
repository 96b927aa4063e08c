"""Why PyTorch's engine could not go on with a pass: what an earlier pass freed or the program overwrote, on which line,
and which variable leads back to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Value
from engine.autograd.graph.calls import expression_of, line_of, names_in
from engine.autograd.graph.node_names import assigned, variable_of
from engine.autograd.kept_for_backward import CHANGED, FREED
from engine.autograd.passes import failure_sentences as say
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.program_names import ProgramNames, cut, stored_variable, tensors_of
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call, PassTrace
from engine.program.sentences.sizes import sizes
from engine.protocol.sentence import Sentence
from engine.tensors import native

_VIEWS = re.compile(
    r"(T|MT|View|ViewAs\w*|ReshapeAlias|Transpose|Permute|Unsqueeze|Squeeze|Expand|Select|Slice|Split\w*|Unbind|Alias"
    r"|Diagonal|AsStrided|Unfold|Real|Imag)Backward\d*"
)  # nodes whose result lies in the memory of their operand


class Saved(NamedTuple):
    """A value that the failed node may have kept for its backward."""

    name: str  # the variable that holds it, "" where none is known
    value: Value
    is_result: bool  # of the node's own operation
    made: GradFn | None = None  # by which an operand was made


class WayBack(NamedTuple):
    """Where a pass enters a graph that an earlier one has gone through."""

    name: str  # the variable that leads there, else its sub-expression
    is_named: bool
    line: int  # where it was computed
    trace: PassTrace
    is_carried: bool  # the variable has been given a new value since, computed from this one
    cut: str  # what to write


class Failure:
    """One pass that raised, or will, and the call that started it."""

    def __init__(
        self,
        call: CallGraph,
        failed: int,
        recorder: Recorder,
        expression: str,
        namespace: Mapping[str, Any],
        *,
        own_trace: PassTrace | None = None,
    ) -> None:
        """`failed` is the node that raised, or will; `expression` is the call's text; `namespace` names variables;
        `own_trace` is what the pass itself has left on its nodes."""
        self._call, self._failed, self._recorder, self._expression = call, failed, recorder, expression
        self._nodes: list[GradFn] = call.nodes
        self._own_trace = own_trace
        self._names = ProgramNames(namespace)

    def said(self, message: str) -> Sentence | None:
        """One sentence on what PyTorch's message means here; None where the recorder did not see enough."""
        if self._failed < 0:
            return None
        if FREED.search(message):
            return self._freed()
        match = CHANGED.search(message)
        return None if match is None else self._changed(sizes(match[1]), match[2] or "", int(match[3]))

    # -- a graph that was freed

    def _freed(self) -> Sentence | None:
        expression, trace = self._expression, self._trace(self._failed)
        if trace is None or not trace.frees:
            return None
        is_later = self._is_later_than(trace)
        way = self._way_back(trace)
        if way is None:
            return say.freed_whole(expression, trace)
        if not is_later:
            return say.freed_trunk(expression, way.name, way.line, trace)
        if way.is_carried:
            return say.freed_carried(expression, way.name, way.line, trace, way.cut)
        return say.freed_kept(expression, way.name, way.line, trace)

    def _is_later_than(self, trace: PassTrace) -> bool:
        """Whether an output of this pass was computed after the marked one."""
        return any(self._sequence(root) >= trace.end_sequence for root, _ in self._call.roots)

    def _way_back(self, trace: PassTrace) -> WayBack | None:
        """The newest node from before the end of the marked pass that a later one leads from, on the way to the failed
        node; where no node is later, the newest of those that it ran which one that it did not run leads from."""
        producers, reached = self._producers(), {self._failed}
        pending = [self._failed]
        while pending:
            for producer in producers[pending.pop()]:
                if producer not in reached:
                    reached.add(producer)
                    pending.append(producer)
        is_new = self._is_after(trace) if self._is_later_than(trace) else lambda index: self._trace(index) is None
        entries = [
            (self._sequence(index), index, producer)
            for index in reached
            if not is_new(index)
            for producer in producers[index]
            if producer in reached and is_new(producer)
        ]
        entered = (self._entry(index, producer, trace) for _, index, producer in sorted(entries, reverse=True))
        ways = [way for way in entered if way is not None]
        return max(ways, key=lambda way: way.is_named, default=None)

    def _producers(self) -> list[list[int]]:
        producers: list[list[int]] = [[] for _ in self._nodes]
        for index, edges in enumerate(self._call.edges):
            for edge in edges:
                if edge is not None:
                    producers[edge[0]].append(index)
        return producers

    def _is_after(self, trace: PassTrace) -> Callable[[int], bool]:
        return lambda index: self._sequence(index) >= trace.end_sequence

    def _sequence(self, index: int) -> int:
        return self._nodes[index]._sequence_nr()  # type: ignore[attr-defined]

    def _entry(self, index: int, producer: int, trace: PassTrace) -> WayBack | None:
        record = self._recorder.seen.record_of(self._nodes[index])
        if record is None or record.call is None:
            return None
        line = line_of(record.call)
        if line is None:
            return None
        user = self._call_of(producer)
        used = names_in(user) if user is not None else set()
        names = [name for name in variable_of(record).split(", ") if name]
        # Part of a module's result, and the whole is stored: as the state in `state = cell(x, state)`.
        whole = [name for name in assigned(record.call.place).split(", ") if name in used]
        name = next((name for name in [*names, *whole] if name in used), names[0] if len(names) == 1 else "")
        value = self._names.value(name) if name else None
        user_record = self._recorder.seen.record_of(self._nodes[producer])
        stored = variable_of(user_record).split(", ") if user_record is not None else []
        is_here = any(native.grad_fn(tensor) is self._nodes[index] for tensor in tensors_of(value))
        return WayBack(
            name or expression_of(record.call),
            bool(name),
            line,
            trace,
            bool(name) and (name in stored or not is_here),
            cut(name, value) if name else f"({expression_of(record.call)}).detach()",
        )

    # -- a value that was overwritten

    def _changed(self, shape: tuple[int, ...], made_by: str, version: int) -> Sentence | None:
        used = self._call_of(self._failed)
        candidates = sorted(self._saved(), key=lambda saved: (not saved.name, saved.is_result != self._is_own(made_by)))
        for saved in candidates:
            writer: Call | None = saved.value.writer
            if writer is None or saved.value.is_unnoticed or saved.value.version != version:
                continue
            if saved.value.tensor is None or sorted(native.shape(saved.value.tensor)) != sorted(shape):
                continue
            if used is None or line_of(used) is None or line_of(writer) is None:
                continue
            return self._overwritten(saved, writer, used) if saved.name else self._unnamed(saved, writer, used)
        return None

    def _unnamed(self, saved: Saved, writer: Call, used: Call) -> Sentence | None:
        """Of what no variable holds: a value between two modules, or between two calls of one expression."""
        operation, by = self._names.called(used), self._names.called(writer)
        if saved.is_result:
            return say.changed_own_result(self._expression, operation, by)
        maker = None if saved.made is None else self._call_of(self._call.index(saved.made))
        if maker is None or line_of(maker) is None:
            return None
        return say.changed_made(self._expression, operation, self._names.called(maker), by)

    def _overwritten(self, saved: Saved, writer: Call, used: Call) -> Sentence:
        expression, trace = self._expression, self._trace(self._failed)
        way = self._way_back(trace) if trace is not None and self._is_later_than(trace) else None
        if way is not None and way.is_carried and way.trace.number < writer.number:
            return say.changed_behind(expression, way.name, way.line, way.trace, saved.name, writer, way.cut)
        if not writer.direct and ".step(" in expression_of(writer):
            return say.changed_by_step(expression, saved.name, writer, used)
        if saved.is_result:
            return say.changed_result(expression, saved.name, writer, used)
        return say.changed_operand(expression, saved.name, writer, used)

    def _is_own(self, made_by: str) -> bool:
        """Whether torch means the node's own result: it names the node without "Backward0"."""
        return bool(made_by) and native.name_of(self._nodes[self._failed]).startswith(made_by.rpartition("::")[2])

    def _saved(self) -> Iterator[Saved]:
        node = self._nodes[self._failed]
        record = self._recorder.seen.record_of(node)
        if record is None:
            return
        for value in record.values.values():
            yield Saved(stored_variable(record), value, True)
        for leaf in record.inputs:
            tensor = leaf.reference()
            if leaf.value is not None and tensor is not None:
                yield Saved(self._names.of_tensor(tensor), leaf.value, False)
        for below, slot in node.next_functions:
            behind = None if below is None else self._recorder.seen.record_of(below)
            if below is not None and behind is not None and slot in behind.values:
                yield Saved(self._name_of_output(below), behind.values[slot], False, below)

    def _name_of_output(self, node: GradFn) -> str:
        """The variable of a node's result; of a view that has none, of the leaf that it is a view of."""
        seen: GradFn | None = node
        while seen is not None:
            leaf = native.leaf_of(seen)
            if leaf is not None:
                return self._names.of_tensor(leaf)
            record = self._recorder.seen.record_of(seen)
            name = "" if record is None else stored_variable(record)
            if name or len(seen.next_functions) != 1 or not _VIEWS.fullmatch(native.name_of(seen)):
                return name
            seen = seen.next_functions[0][0]
        return ""

    def _trace(self, index: int) -> PassTrace | None:
        record = self._recorder.seen.record_of(self._nodes[index])
        return None if record is None or record.ran_in is self._own_trace else record.ran_in

    def _call_of(self, index: int) -> Call | None:
        record = self._recorder.seen.record_of(self._nodes[index])
        return None if record is None else record.call
