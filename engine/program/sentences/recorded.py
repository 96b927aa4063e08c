"""Sentences for mistakes whose cause lies further up in the program, where only a recorder saw it."""

from __future__ import annotations

import re

from torch import Tensor

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.known import Known
from engine.protocol.sentence import Sentence

_RECEIVER = re.compile(r"(.+)\.backward\(.*\)", re.DOTALL)


def _no_graph(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    """The root, of several the one that torch means, in the words that the graph has for it."""
    number, roots = int(match[1]), call.tensors
    if number >= len(roots):
        return None
    root: Tensor = roots[number]
    receiver = _RECEIVER.fullmatch(call.place.text) if call.place is not None else None
    name = call.variable_of(root) or (receiver[1] if receiver is not None else "") or call.expression
    return known.why_no_graph(root, name)


def _view_of_many(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    if not call.tensors:
        return None
    view = call.tensors[0]
    name, maker = call.variable_of(view), known.maker(view)
    if maker is None or not name:
        return None
    return Sentence.of(
        "view.of_many",
        "{expression}: {name} is one of several views that {maker} at line {line} gave of one tensor, and such a view "
        "cannot be changed in place; compute a new tensor instead, or write into that tensor by index.",
        expression=call.expression,
        name=name,
        maker=maker.expression,
        line=maker.line,
    )


RULES = (
    (r"element (\d+) of tensors does not require grad and does not have a grad_fn", _no_graph),
    (r"This view is the output of a function that returns multiple views", _view_of_many),
)
