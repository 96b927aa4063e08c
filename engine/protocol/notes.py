"""What is to be known of a recorded value, a gradient or a missing `.grad`, as data."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec

from engine.protocol.sentence import Sentence


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

    why: Sentence | str


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
