"""Notes on values are data; their words are what a card and a row show."""

from __future__ import annotations

import pytest

from engine.protocol import messages as m
from engine.protocol.framing import FrameReader, decode_event, encode
from engine.protocol.graph_values import Card
from engine.protocol.notes import (
    Changed,
    Copied,
    Freed,
    NoGrad,
    Note,
    NotRecorded,
    OfNow,
    Packed,
    Partial,
    Unreadable,
)
from engine.protocol.program_values import Variable
from visualizer.model.note_words import words

WORDS = {
    Changed(3): "changed since version 3",
    Changed(): "changed since",
    Copied(): "snapshot",
    OfNow(): "value of now",
    NotRecorded(): "not recorded",
    NotRecorded("budget"): "not recorded (over the budget)",
    NotRecorded("batch"): "not recorded (a batch of gradients)",
    Partial(1, 2): "partial, 1 of 2",
    Unreadable("meta, without data"): "meta, without data",
    Freed(): "freed",
    Packed(): "packed by hooks",
}


@pytest.mark.parametrize("note", WORDS)
def test_a_note_crosses_the_pipe_and_has_its_words(note: Note) -> None:
    (body,) = FrameReader().feed(encode(m.Cards(graph=1, cards=(Card(2, value_note=note, gradient_note=note),))))
    (card,) = decode_event(body).cards
    assert card.value_note == card.gradient_note == note
    assert words(card.value_note) == WORDS[note]


@pytest.mark.parametrize("why", NoGrad)
def test_why_there_is_no_grad_crosses_it_too(why: NoGrad) -> None:
    (body,) = FrameReader().feed(encode(m.Variables(rows=(Variable("w", "Tensor", no_grad=why),))))
    (row,) = decode_event(body).rows
    assert row.no_grad is why and words(row.no_grad)


def test_no_note_has_no_words() -> None:
    assert words(None) == ""
