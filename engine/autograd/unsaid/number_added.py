"""Numbers taken out of a graph that a loss goes on with: they are in its value, and no gradient goes through them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import variable_of
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.numbers import may_be_trained
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.way_to_loss import summands
from engine.program.number_flow import NumberFlow, holds
from engine.program.sentences.failing_call import parsed
from engine.program.sources import lines_of
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.shared.phrases import at_line
from engine.tensors import native

_SUMS = frozenset({"AddBackward0", "SubBackward0", "RsubBackward1"})
_PRODUCTS = frozenset({"MulBackward0", "DivBackward0"})
_MOST_NODES = 20_000  # that are gone through behind a number


class _Number(NamedTuple):
    """A number that an operation of the pass takes: what took it out of the graph, and as what it is written."""

    taken_by: Call
    written: str


def numbers_added(run: Run) -> Iterator[Notice]:
    """One for each call that took a number which is added to the loss, as a tensor again, too, or which a product takes
    in place of what leads to a leaf that no pass came to. Factors otherwise, as weights of losses, may be meant."""
    takers = list({call.place: call for call in run.recorder.seen.numbers_newest_first() if call.severed}.values())
    takers.sort(key=lambda call: all(severed.made is None for severed in call.severed))  # what was computed first
    told: set[int] = set()
    seen: set[tuple[object, ...]] = set()  # places of the program: what one says in a loop, it says each time
    flows: dict[str, NumberFlow] = {}
    names = run.names() if takers else {}
    added = summands(run) if takers else frozenset()
    for index, node, record in run.nodes() if takers else ():
        if native.name_of(node) in _SUMS and index not in added:
            continue
        below = (run.recorder.seen.record_of(one) for one, _ in node.next_functions if one is not None)
        places = tuple(None if one is None or one.call is None else one.call.place for one in (record, *below))
        if places in seen:
            continue
        seen.add(places)
        found = _number_in(run, index, record, takers, flows, names)
        if found is None or found.taken_by.number in told or record.call is None:
            continue
        told.add(found.taken_by.number)
        said = Sentence.of(
            "notice.number_added",
            "{term} is a number in {expression} (line {line}): {taken} took it out of the graph, so that it is in the "
            "value and no gradient goes through it. Compute with the tensor itself.",
            term=found.written,
            expression=expression_of(record.call),
            line=line_of(record.call),
            taken=at_line(expression_of(found.taken_by), line_of(found.taken_by) or 0),
        )
        yield Notice(said, source_of(record.call.place))


def _number_in(
    run: Run,
    index: int,
    record: NodeRecord,
    takers: list[Call],
    flows: dict[str, NumberFlow],
    names: Mapping[int, str],
) -> _Number | None:
    """That which one node's operation took beside the one tensor that it was given."""
    kind = native.name_of(run.current.call.nodes[index])
    edges = [edge[0] for edge in run.current.call.edges[index] if edge is not None]
    source = None if record.call is None else source_of(record.call.place)
    if kind not in _SUMS | _PRODUCTS or len(edges) != 1 or source is None:
        return None
    if kind in _PRODUCTS and (any(run.optimizers()) or not all(leaf.requires_grad for leaf in record.inputs)):
        return None  # what an optimizer does not get is told of its parameters
    sides = _sides(source)
    if sides is None:
        return None
    below = run.current.call.nodes[edges[0]]
    leaf, operand = native.leaf_of(below), run.recorder.seen.record_of(below)
    known = names.get(id(leaf), "") if leaf is not None else "" if operand is None else variable_of(operand)
    if source.path not in flows:
        flows[source.path] = NumberFlow("".join(lines_of(source.path)))
    for other, side in (sides, sides[::-1]):
        if not _is_operand(other, known, operand, flows[source.path]):
            continue
        for taker in takers:
            taken = source_of(taker.place)
            is_meant = kind in _PRODUCTS and not _leads_to_missed(run, taker, names)
            if taken is not None and not is_meant and flows[source.path].leads_from(taken, side, source.line):
                return _Number(taker, ast.unparse(side))
    return None


def _sides(source: Source) -> tuple[ast.expr, ast.expr] | None:
    """The two operands of a sum or product, as the program writes it."""
    tree = parsed(source.text)
    statement = tree.body[0] if isinstance(tree, ast.Module) and tree.body else tree
    body = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else getattr(tree, "body", statement)
    if isinstance(body, ast.BinOp):
        return body.left, body.right
    if isinstance(statement, ast.AugAssign):
        return statement.target, statement.value
    return None


def _is_operand(side: ast.expr, name: str, operand: NodeRecord | None, flow: NumberFlow) -> bool:
    """Whether one side is the tensor: the variable that has it, or the sub-expression that made it."""
    made = None if operand is None or operand.call is None else source_of(operand.call.place)
    names = {ast.unparse(part) for part in ast.walk(side) if isinstance(part, ast.Name | ast.Attribute)}
    if name and name in names:
        return True
    return made is not None and (holds(side, made.text) or any(flow.sets(one, made.text) for one in names))


def _leads_to_missed(run: Run, taker: Call, names: Mapping[int, str]) -> bool:
    """Whether a leaf that may be trained lies behind what a number was taken out of, and no pass came to it."""
    for severed in taker.severed:
        tensor = severed.reference()
        leaves = _leaves(tensor) if tensor is not None else ()
        if any(id(leaf) in names and may_be_trained(leaf) and not run.was_reached(leaf) for leaf in leaves):
            return True
    return False


def _leaves(tensor: Tensor) -> Iterator[Tensor]:
    ahead, seen = [native.grad_fn(tensor)], set[int]()
    while ahead and len(seen) < _MOST_NODES:
        node = ahead.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        leaf = native.leaf_of(node)
        if leaf is not None:
            yield leaf
        ahead += [below for below, _ in node.next_functions]
