"""Attention that reads, at a place, the very token that the loss asks for there: a causal mask that is missing, lets
one place more through, or is the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import Call
from engine.autograd.unsaid.attended import Attended, attended
from engine.autograd.unsaid.graph_walks import nodes_below, users
from engine.autograd.unsaid.kept_places import at_its_place
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.words_asked import Asked, Words, asked, words_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native


def answers_seen(run: Run) -> Iterator[Notice]:
    """One for each place of the program that attends to what is asked for. What runs beside, as an encoder of other
    tokens or of these, may see all of them: what it makes comes to no place of the loss as its own."""
    words = words_in(run)
    losses = [
        (found, at_its_place(run, found))
        for one in words if not one.is_places for found in asked(run, one) if found.follows
    ]  # fmt: skip
    told: set[object] = set()
    for one in attended(run) if losses else ():
        if one.call.place in told or line_of(one.call) is None:
            continue
        above = set(users(run, one.node))
        loss = next((loss for loss, way in losses if above & way and _sees(run, one, loss, words)), None)
        if loss is not None:
            told.add(one.call.place)
            n = int((one.next_ones & loss.counted).sum())
            yield Notice(_said(one.call, loss.call, n, native.numel(loss.counted)), source_of(one.call.place))


def _said(call: Call, loss: Call, n: int, n_all: int) -> Sentence:
    return Sentence.of(
        "notice.answer_seen",
        "{expression} sees the answers: of {n_all:,} places {n:,} attend to the token behind them, which {loss} (line "
        "{line}) asks for there, so that it can be copied. Let each place attend to itself and those "
        "before: scores.masked_fill(torch.tril(torch.ones(T, T)) == 0, float('-inf')) before the softmax, or "
        "is_causal=True.",
        expression=expression_of(call),
        n=n,
        n_all=n_all,
        loss=expression_of(loss),
        line=line_of(loss) or 0,
    )


def _sees(run: Run, one: Attended, loss: Asked, words: list[Words]) -> bool:
    """Whether it adds up the tokens of that loss, and no others, at a place where the next one is asked for."""
    if native.numel(loss.counted) != one.n - 1 or not bool((one.next_ones & loss.counted).any()):
        return False
    below = nodes_below(run, one.values)
    read = {known.node for known in words if known.node in below and not known.is_places}
    return read == {loss.words.node}
