"""Ways on which what a network makes at a place of a sequence stays at that place: from a loss down to the tokens."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from torch import Tensor

from engine.autograd.graph.cuts import bare_name
from engine.autograd.operations.given import Given, TakenOperand
from engine.autograd.records import Call, NodeRecord, slot_shape
from engine.autograd.unsaid.graph_walks import kind_of, nodes_below, operands
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.words_asked import Asked
from engine.tensors import native

# Of each cell alone, of the last axis, or of shapes, in all of which a place stays one.
_KEEP = re.compile(
    r"(Add|Sub|Rsub|Mul|Div|Neg|Relu|LeakyRelu|Elu|Gelu|Silu|Mish|Tanh|Sigmoid|Softplus|Hardtanh|Pow|Exp|Log|Glu|Where"
    r"|MaskedFill|NativeDropout|LogSoftmax|NllLoss2D|NllLoss|NativeLayerNorm|FusedRmsNorm|Addmm|Mm|Linear|View"
    r"|UnsafeView|ReshapeAlias|Transpose|Permute|T|Squeeze|Unsqueeze|Alias|Clone|ToCopy|Embedding)Backward\d"
)
RECURRENT = frozenset({"lstm", "gru", "rnn_tanh", "rnn_relu"})
_BOTH_WAYS, _BATCH_FIRST, _HAS_BIASES = 7, 8, 3  # among the arguments of torch's recurrent functions
_MOST_NODES = 5_000  # that are walked through


class Recurrence(NamedTuple):
    """One call of a recurrent network over a whole sequence. `taken`: the shape of that."""

    call: Call
    taken: tuple[int, ...]
    is_both_ways: bool
    is_batch_first: bool


def recurrence_of(run: Run, index: int) -> Recurrence | None:
    """What made a node, where that is such a call's first result."""
    record = _record(run, index)
    call = None if record is None else record.call
    is_one = call is not None and bare_name(call.function) in RECURRENT
    given = Given.of(record) if record is not None and is_one else None
    if record is None or call is None or given is None or given.arguments is None or given.place(0) != 0:
        return None
    args, _ = given.arguments
    sequence = value_of(record, 0)
    taken = () if sequence is None else native.shape(sequence)
    is_of_sequences = len(args) > _BATCH_FIRST and type(args[_HAS_BIASES]) is bool  # else its rows are packed
    return (
        Recurrence(call, taken, args[_BOTH_WAYS] is True, args[_BATCH_FIRST] is True)
        if is_of_sequences and taken
        else None
    )


def at_its_place(run: Run, loss: Asked) -> set[int]:
    """The nodes that lead to a loss so that each place of it reads theirs, recurrent networks and convolutions on the
    way: these add other places, and keep each."""
    found, ahead = {loss.node}, [loss.node]
    while ahead and len(found) < _MOST_NODES:
        top = ahead.pop()
        below = _into_recurrence(run, top) if recurrence_of(run, top) is not None else set(operands(run, top))
        for one in below - found:
            if _keeps(run, one, loss):
                found.add(one)
                ahead.append(one)
    return found


def value_of(record: NodeRecord, place: int) -> Tensor | None:
    """An operand of a call, by its place among the tensors, where it is kept as the call took it."""
    given = Given.of(record)
    value = None if given is None or place >= len(given.operands) else TakenOperand(given.operands[place]).value()
    return None if value is None else native.bare(value)


def shape_made(run: Run, index: int) -> tuple[int, ...]:
    """What a node made; () where that has no sizes that are known."""
    node = run.current.call.nodes[index]
    metadata = getattr(node, "_input_metadata", ())
    return (slot_shape(metadata[0]) if metadata else None) or ()


def _keeps(run: Run, index: int, loss: Asked) -> bool:
    kind, sizes = kind_of(run, index), set(shape_made(run, index))
    n = loss.n_places
    if not sizes & {n, n - 1, n * loss.n_rows, (n - 1) * loss.n_rows}:
        return False
    if kind == "SliceBackward0":
        return getattr(run.current.call.nodes[index], "_saved_start", -1) == 0
    return bool(_KEEP.fullmatch(kind)) or is_same_long(run, index, n) or recurrence_of(run, index) is not None


def is_same_long(run: Run, index: int, n: int) -> bool:
    """Whether a node is a convolution along a sequence of so many places, and makes as many."""
    below = operands(run, index)
    if kind_of(run, index) != "ConvolutionBackward0" or not below:
        return False
    made, taken = shape_made(run, index), shape_made(run, below[0])
    return len(made) == len(taken) == 3 and made[-1] == taken[-1] == n


def _into_recurrence(run: Run, top: int) -> Set[int]:
    """The nodes whose rows a recurrent call read: those below its own that it did not make."""
    record = _record(run, top)
    call = None if record is None else record.call
    below = nodes_below(run, top)
    own = {one for one in below if (found := _record(run, one)) is not None and found.call is call} | {top}
    return {edge for one in own for edge in operands(run, one)} - own


def _record(run: Run, index: int) -> NodeRecord | None:
    return run.recorder.seen.record_of(run.current.call.nodes[index])
