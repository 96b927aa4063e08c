"""What is to be known of a recorded value, a gradient or a missing `.grad`, as data, and its words in English."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec


class Changed(msgspec.Struct, frozen=True, array_like=True, tag="changed"):
    """Somebody wrote into it since, when it had this version; -1 where none is told."""

    version: int = -1


class Copied(msgspec.Struct, frozen=True, array_like=True, tag="copied"):
    """A snapshot: it was copied before somebody wrote into it."""


class OfNow(msgspec.Struct, frozen=True, array_like=True, tag="of_now"):
    """Nothing watched when it was used; this is what it holds now."""


class NotRecorded(msgspec.Struct, frozen=True, array_like=True, tag="not_recorded"):
    """There is no value."""

    cause: Literal["", "budget", "batch", "nested", "large"] = ""


class Partial(msgspec.Struct, frozen=True, array_like=True, tag="partial"):
    """The sum of the gradients that have arrived so far."""

    arrived: int
    expected: int


class Earlier(msgspec.Struct, frozen=True, array_like=True, tag="earlier"):
    """What was known at this time of day, "15:04:07", before the operation that the program is inside of."""

    time: str


class Unreadable(msgspec.Struct, frozen=True, array_like=True, tag="unreadable"):
    """There is a tensor, and its elements cannot be read."""

    why: str


class Freed(msgspec.Struct, frozen=True, array_like=True, tag="freed"):
    """A backward pass that nobody watched has let go of what the node had saved."""


class Packed(msgspec.Struct, frozen=True, array_like=True, tag="packed"):
    """Hooks of the program keep what the node saved, and only they can tell what it is."""


Note = Changed | Copied | OfNow | NotRecorded | Partial | Earlier | Unreadable | Freed | Packed


class NoGrad(enum.Enum):
    """Why a variable has no `.grad`."""

    NOT_REQUIRED = "not_required"
    NONE_YET = "none_yet"
    NOT_KEPT = "not_kept"  # it is no leaf


_CAUSES = {
    "": "not recorded",
    "budget": "not recorded (over the budget)",
    "batch": "not recorded (a batch of gradients)",
    "nested": "not shown (a nested tensor)",
    "large": "its norm alone (large, at full speed)",
}
_NO_GRAD = {NoGrad.NOT_REQUIRED: "—", NoGrad.NONE_YET: "None yet", NoGrad.NOT_KEPT: "not kept"}


def words(note: Note | NoGrad | None) -> str:
    """The few words that a card or a row has room for; "" for no note."""
    match note:
        case None:
            return ""
        case NoGrad():
            return _NO_GRAD[note]
        case Changed(version):
            return "changed since" if version < 0 else f"changed since version {version}"
        case Copied():
            return "snapshot"
        case OfNow():
            return "value of now"
        case NotRecorded(cause):
            return _CAUSES[cause]
        case Earlier(time):
            return f"as of {time}"
        case Partial(arrived, expected):
            return f"partial, {arrived} of {expected}"
        case Unreadable(why):
            return why
        case Freed():
            return "freed"
        case Packed():
            return "packed by hooks"
