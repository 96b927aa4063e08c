"""Values that a pass computed with though they had changed since an operation took them, and autograd was not told."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import NamedTuple

from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Derived, Value
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.passes.program_names import stored_variable, written_by
from engine.autograd.records import Call, NodeRecord, PassTrace
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
from engine.tensors import native


class _Kept(NamedTuple):
    """A value that a node may have saved: its own result, or what its operation took."""

    name: str  # as the program calls it; "" of what it has no name for any more
    value: Value
    call: Call | None  # that made it, or of a leaf the one that took it


def overwritten(run: Run) -> Iterator[Notice]:
    """One for each write through `.data`, and one for each value that others, as NumPy, wrote into."""
    names = run.names()
    told: set[tuple[str, int]] = set()
    for index, node, record in run.nodes():
        mark, (storages, _) = record.ran_in, run.current.saved.get(index, ((), None))
        saved = {storage.id for storage in storages}
        if mark is None or not saved:
            continue
        for kept in _kept(run, node, record, names):
            if kept.value.is_unnoticed and kept.value.written_storage in saved:
                notice = _notice(run, kept, mark)
                key = (kept.name, -1 if notice is None or notice.place is None else notice.place.line)
                if notice is not None and key not in told:
                    told.add(key)
                    yield notice


def _kept(run: Run, node: GradFn, record: NodeRecord, names: dict[int, str]) -> Iterator[_Kept]:
    for value in record.values.values():
        yield _Kept(stored_variable(record), value, record.call)
    for leaf in record.inputs:
        if leaf.value is not None:
            name = names.get(id(leaf.reference()), "")
            yield _Kept(name or (expression_of(leaf.made) if leaf.made is not None else ""), leaf.value, record.call)
    for below, slot in node.next_functions:
        behind = None if below is None else run.recorder.seen.record_of(below)
        if below is not None and behind is not None and slot in behind.values:
            variable = native.leaf_of(below)
            name = stored_variable(behind) if variable is None else names.get(id(variable), "")
            yield _Kept(name, behind.values[slot], behind.call if variable is None else record.call)


def _notice(run: Run, kept: _Kept, mark: PassTrace) -> Notice | None:
    writer: Call | None = kept.value.writer
    call = kept.call
    if call is None or line_of(call) is None:
        return None
    if writer is None:
        value = kept.value.snapshot if isinstance(kept.value, Derived) else kept.value
        is_before = weakref.ref(value) in run.current.written_by_others
        return Notice(_by_others(kept.name, call, mark), source_of(call.place)) if is_before else None
    if not kept.name or writer.number > mark.number or line_of(writer) is None:
        return None
    return Notice(_through_data(kept.name, call, writer, mark), source_of(writer.place))


def _through_data(name: str, call: Call, writer: Call, mark: PassTrace) -> Sentence:
    return Sentence.of(
        "notice.overwritten_unseen",
        "{writer} overwrote {name} (line {line}) through .data, which autograd does not notice: "
        "{origin} (line {origin_line}) computed with the new values. Write into {name}.detach() "
        "to be told of it, or into {name}.clone().",
        writer=written_by(writer),
        name=name,
        line=line_of(call),
        origin=origin_words(mark.origin),
        origin_line=mark.line,
    )


def _by_others(name: str, call: Call, mark: PassTrace) -> Sentence:
    if not name:
        return Sentence.of(
            "notice.taken_written_by_others",
            "Numbers that {expression} (line {line}) took changed before {origin} (line {origin_line}) without an "
            "operation of PyTorch, as when NumPy fills a buffer anew that a tensor shares. Autograd does not notice: "
            "it computed the gradient with the new numbers. Give each tensor memory of its own, by .clone().",
            expression=expression_of(call),
            line=line_of(call),
            origin=origin_words(mark.origin),
            origin_line=mark.line,
        )
    return Sentence.of(
        "notice.written_by_others",
        "The numbers of {name} changed after {expression} (line {line}) and before {origin} (line {origin_line}) "
        "without an operation of PyTorch, as when NumPy writes into memory that both share. Autograd does not notice: "
        "it computed the gradient with the new numbers. Give it memory of its own: {name}.clone().",
        name=name,
        expression=expression_of(call),
        line=line_of(call),
        origin=origin_words(mark.origin),
        origin_line=mark.line,
    )
