"""What keeps a pass from leaves: a tensor that was cut off on its way, or a number that was taken out of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from torch import Tensor

from engine.autograd.graph.calls import line_of
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run


def cut_before(run: Run, missing: Iterable[Tensor]) -> Call | None:
    """The call that cut an input of the newest pass off, else the last one that took a number out of one of `missing`
    or of something that the pass does not go through; None where nothing of the kind was seen."""
    for _, _, record in run.nodes():
        for leaf in record.inputs:
            cause = None if leaf.made is None else leaf.made.cause
            if cause is not None and line_of(cause[1]) is not None:
                return cause[1]
    return next((call for call in numbers_taken(run, missing) if line_of(call) is not None), None)


def numbers_taken(run: Run, missing: Iterable[Tensor]) -> Iterator[Call]:
    """The calls that took numbers out of one of `missing`, or out of what no place made that the newest pass goes
    through: a loss that is printed was made at such a place, in the passes before, too."""
    wanted = set(map(id, missing))
    places = {record.call.place for _, _, record in run.nodes() if record.call is not None}
    for call in run.recorder.seen.numbers_newest_first():
        for severed in call.severed:
            leaf = severed.reference() if severed.made is None else None
            is_elsewhere = severed.made is not None and severed.made.place not in places
            if is_elsewhere or (leaf is not None and id(leaf) in wanted):
                yield call
