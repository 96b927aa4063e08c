"""Networks whose loss asks at each place for the next token, and that read it: recurrent ones that run both ways or
along the batch, convolutions that reach forward. And losses that ask for the token that a place has read anyway."""

from __future__ import annotations

from collections.abc import Iterator

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import Call, NodeRecord
from engine.autograd.unsaid.graph_walks import nodes_below
from engine.autograd.unsaid.kept_places import Recurrence, at_its_place, is_same_long, recurrence_of, value_of
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.words_asked import Asked, Words, asked, words_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_GEOMETRY = ("_saved_padding", "_saved_dilation", "_saved_stride")
_KERNEL = 1  # among the operands of a convolution


def places_mixed(run: Run) -> Iterator[Notice]:
    """One for each call of the program, by its place, on a way on which a place of the loss stays one."""
    words = [one for one in words_in(run) if not one.is_places]
    told: set[object] = set()
    for loss in (found for one in words for found in asked(run, one)):
        way = at_its_place(run, loss)
        if loss.words.node not in way:
            continue
        if loss.stays and not loss.words.is_row and loss.call.place not in told:
            told.add(loss.call.place)
            yield Notice(_not_shifted(loss), source_of(loss.call.place))
        for index in way if loss.follows else ():
            call, said = _seen(run, index, loss)
            if call is not None and said is not None and call.place not in told and _reads(run, index, loss, words):
                told.add(call.place)
                yield Notice(said, source_of(call.place))


def _reads(run: Run, index: int, loss: Asked, words: list[Words]) -> bool:
    """Whether a node reads the tokens of that loss, and no others."""
    below = nodes_below(run, index)
    return {one.node for one in words if one.node in below} == {loss.words.node}


def _seen(run: Run, index: int, loss: Asked) -> tuple[Call | None, Sentence | None]:
    """The call that made a node, and what is said of it; None of one that reads no place behind its own."""
    record = run.recorder.seen.record_of(run.current.call.nodes[index])
    if record is None or record.call is None or line_of(record.call) is None:
        return None, None
    recurrence = recurrence_of(run, index)
    if recurrence is not None:
        return record.call, _of_recurrence(recurrence, loss)
    if is_same_long(run, index, loss.n_places):
        ahead = _ahead(run, index, record)
        return record.call, None if ahead is None else _of_convolution(record.call, *ahead, loss)
    return None, None


def _of_recurrence(one: Recurrence, loss: Asked) -> Sentence | None:
    if _runs_along_rows(one, loss):
        return Sentence.of(
            "notice.runs_along_batch",
            "{expression} runs along the first axis, which is the batch of {n_rows:,} here: each row goes on from the "
            "one before it, and no place from the place before, of which {loss} (line {line}) asks for {n_places:,}. "
            "Make it with batch_first=True.",
            expression=expression_of(one.call),
            n_rows=loss.n_rows,
            loss=expression_of(loss.call),
            line=line_of(loss.call) or 0,
            n_places=loss.n_places,
        )
    if not one.is_both_ways:
        return None
    return Sentence.of(
        "notice.answer_from_behind",
        "{expression} sees the answers: it is bidirectional, and reads each sequence from its end as well, so that "
        "every place knows the token behind it, for which {loss} (line {line}) asks there. Make it without "
        "bidirectional=True.",
        expression=expression_of(one.call),
        loss=expression_of(loss.call),
        line=line_of(loss.call) or 0,
    )


def _runs_along_rows(one: Recurrence, loss: Asked) -> bool:
    """Whether what it takes has the rows of the batch where it looks for the places of a sequence."""
    sizes = (loss.n_rows, loss.n_places)
    wrong = sizes[::-1] if one.is_batch_first else sizes
    return len(one.taken) == 3 and sizes[0] != sizes[1] and one.taken[:2] == wrong


def _of_convolution(call: Call, n_ahead: int, n_beside: int, loss: Asked) -> Sentence:
    return Sentence.of(
        "notice.answer_ahead",
        "{expression} sees the answers: its padding on both sides lets each place read {n:,} further on, and {loss} "
        "(line {line}) asks there for the next token. Pad on the left alone, as by F.pad(x, ({n_beside}, 0)), and "
        "give the convolution padding=0.",
        expression=expression_of(call),
        n=n_ahead,
        n_beside=n_beside,
        loss=expression_of(loss.call),
        line=line_of(loss.call) or 0,
    )


def _ahead(run: Run, index: int, record: NodeRecord) -> tuple[int, int] | None:
    """How many places behind its own a convolution reads, and how many it takes beside its own on both sides together;
    None where that is not known, or its kernel is 0 there."""
    node: GradFn = run.current.call.nodes[index]
    kernel = value_of(record, _KERNEL)
    try:
        padding, dilation, stride = (int(getattr(node, name)[0]) for name in _GEOMETRY)
    except (AttributeError, IndexError, RuntimeError, TypeError):
        return None
    if kernel is None or kernel.dim() != 3 or stride != 1 or getattr(node, "_saved_transposed", True):
        return None
    taps = range(native.shape(kernel)[-1])
    beside = dilation * (len(taps) - 1)
    reached = [tap * dilation - padding for tap in taps if bool((kernel[..., tap] != 0).any())]
    return (max(reached), beside) if beside == 2 * padding and max(reached, default=0) > 0 else None


def _not_shifted(loss: Asked) -> Sentence:
    words = loss.words.call
    return Sentence.of(
        "notice.targets_not_shifted",
        "{loss} asks at each of {n:,} places for the very token that {words} (line {line}) has read there, which is "
        "learned by copying it. Where the next one is to be told, take tokens[:, :-1] as input and tokens[:, 1:] as "
        "target.",
        loss=expression_of(loss.call),
        n=loss.n_counted,
        words="" if words is None else expression_of(words),
        line=0 if words is None else line_of(words) or 0,
    )
