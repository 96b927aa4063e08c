"""JSON that was stored: read as what it should be, and known for what was written by a hash of itself."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Any, TypeAlias, TypeVar

import msgspec

_Kind = TypeVar("_Kind")
_N_DIGITS = 32
_SEALED = re.compile(rb'\s*\{\s*"seal"\s*:\s*"([^"]*)"\s*,')  # however somebody has set it since

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=1 << 60)]  # of what can be counted, and be a number of a plot


def decode(data: bytes, kind: type[_Kind]) -> _Kind:
    """Raises msgspec.DecodeError for whatever is no such value."""
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise msgspec.DecodeError("it is nested too deeply") from error
    except UnicodeDecodeError as error:  # inside of a string
        raise msgspec.DecodeError("it is not UTF-8") from error


def parsed(data: bytes) -> Any:
    """What another program wrote, NaN included. Raises ValueError for what is no JSON."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def sealed(data: bytes) -> bytes:
    """An object that is not empty, with a hash of what follows as its first value."""
    rest = data.removeprefix(b"{")
    return b'{"seal":"' + _hash(rest) + b'",' + rest


def is_sealed(data: bytes) -> bool:
    """Whether `sealed` made it, though it may have been changed since."""
    return _SEALED.match(data) is not None


def is_as_written(data: bytes) -> bool:
    """Whether what `sealed` made is still so. What never had a seal is."""
    found = _SEALED.match(data)
    return found is None or found[1] == _hash(data[found.end() :])


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_N_DIGITS // 2).hexdigest().encode()
