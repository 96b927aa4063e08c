"""Custom Functions whose backward leaves the chain rule out: it does not use the gradient that arrives."""

from __future__ import annotations

import dis
from collections.abc import Iterator, Sequence
from types import CodeType, FunctionType

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.records import NodeRecord
from engine.program.sources import lines_of
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_MOST = 1 << 22  # elements that are looked at


def without_chain(current: BackwardPass, nodes: Sequence[tuple[int, GradFn, NodeRecord]]) -> Iterator[Notice]:
    """One for each place whose node sent something on, while another gradient than 1 had arrived: one that is 1, as at
    a loss, needs no product."""
    for index, node, record in nodes:
        if native.is_of_torch(node) or record.call is None or line_of(record.call) is None:
            continue
        code = _backward_of(node)
        if code is None or not _sends(current, index) or not _is_other_than_one(current, index):
            continue
        names = _gradients_of(code)
        if names and not names & _read_in(code):
            said = Sentence.of(
                "notice.without_chain",
                "{expression}: its backward (line {line}) does not use {names}, the gradient that arrives and is not 1 "
                "here. By the chain rule it returns the product of that and the derivative; Ctrl+F7 checks it.",
                expression=expression_of(record.call),
                line=_line_of(code),
                names=", ".join(sorted(names)),
            )
            yield Notice(said, source_of(record.call.place))


def _backward_of(node: GradFn) -> CodeType | None:
    """What the program wrote, below decorators that name what they wrap."""
    forward = getattr(type(node), "_forward_cls", None)
    known = (vars(one)["backward"] for one in getattr(forward, "__mro__", ()) if "backward" in vars(one))
    found = next(known, None)
    found = found.__func__ if isinstance(found, staticmethod | classmethod) else found
    while isinstance(found, FunctionType) and "__wrapped__" in vars(found):
        found = vars(found)["__wrapped__"]
    return found.__code__ if isinstance(found, FunctionType) else None


def _gradients_of(code: CodeType) -> set[str]:
    """The names of what a backward is given behind its context."""
    n_named = code.co_argcount + code.co_kwonlyargcount
    n_all = n_named + bool(code.co_flags & 0x04)  # and what it has for all the others
    return set(code.co_varnames[1:n_all])


def _read_in(code: CodeType) -> set[str]:
    """The variables that a function reads, also in functions that it makes."""
    found: set[str] = set(code.co_cellvars)
    for instruction in dis.get_instructions(code):
        if "LOAD" in instruction.opname:  # 3.13 joins two instructions, whose names are a tuple
            value = instruction.argval
            found |= set(value) if isinstance(value, tuple) else {value} if isinstance(value, str) else set()
    return found


def _line_of(code: CodeType) -> int:
    """Of its `def`, below its decorators."""
    line, lines = code.co_firstlineno, lines_of(code.co_filename)
    while 0 < line < len(lines) and lines[line - 1].lstrip().startswith("@"):
        line += 1
    return line


def _sends(current: BackwardPass, index: int) -> bool:
    """Whether anything but zeros has left a node that has run."""
    for edge in current.call.edges[index] if index in current.order else ():
        if edge is None or edge[0] not in current.order:
            continue
        if current.call.plan.expected[edge[0]] == 1:
            is_sent = bool(current.gradients.norm(edge[0]))
        else:
            parts = current.gradients.parts(*edge)
            is_sent = any(part.sender == index and bool(part.kept.norm()) for part in parts)
        if is_sent:
            return True
    return False


def _is_other_than_one(current: BackwardPass, index: int) -> bool:
    for slot in current.gradients.slots(index):
        arrived, _ = current.gradients.read(index, slot)
        if arrived is not None and 0 < native.numel(arrived) <= _MOST and bool((native.bare(arrived) != 1).any()):
            return True
    return False
