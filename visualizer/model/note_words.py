"""The few words of a note on a recorded value, a gradient or a missing `.grad`, in the language in use."""

from __future__ import annotations

from engine.protocol.notes import (
    Changed,
    Copied,
    Earlier,
    Freed,
    NoGrad,
    Note,
    NotRecorded,
    OfNow,
    Packed,
    Partial,
    Unreadable,
)
from engine.shared.language import mark, said, tr

_CAUSES = {
    "": mark("not recorded"),
    "budget": mark("not recorded (over the budget)"),
    "batch": mark("not recorded (a batch of gradients)"),
    "nested": mark("not shown (a nested tensor)"),
    "large": mark("its norm alone (large, at full speed)"),
}
_NO_GRAD = {NoGrad.NOT_REQUIRED: "—", NoGrad.NONE_YET: mark("None yet"), NoGrad.NOT_KEPT: mark("not kept")}


def words(note: Note | NoGrad | None) -> str:
    """The few words that a card or a row has room for; "" for no note."""
    match note:
        case None:
            return ""
        case NoGrad():
            return tr(_NO_GRAD[note])
        case Changed(version):
            return tr("changed since") if version < 0 else tr("changed since version {version}", version=version)
        case Copied():
            return tr("snapshot")
        case OfNow():
            return tr("value of now")
        case NotRecorded(cause):
            return tr(_CAUSES[cause])
        case Earlier(time):
            return tr("as of {time}", time=time)
        case Partial(arrived, expected):
            return tr("partial, {arrived} of {expected}", arrived=arrived, expected=expected)
        case Unreadable(why):
            return said(why)
        case Freed():
            return tr("freed")
        case Packed():
            return tr("packed by hooks")
