"""What crosses the pipe of the typesetting process, one line of JSON each."""

from __future__ import annotations

import msgspec

SIZE = 24.0  # the size of type that formulas are set in; they are drawn at any
INK = "#010203"  # the colour that they are set in, for which the theme's is put


class Formula(msgspec.Struct, frozen=True, array_like=True):
    """One typeset formula; lengths in the units of SIZE. `svg` is empty where it could not be set."""

    latex: str
    svg: str = ""
    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0  # below the baseline
    failure: str = ""


_encoder = msgspec.json.Encoder()
_formula = msgspec.json.Decoder(Formula)
_request = msgspec.json.Decoder(str)


def encode(message: Formula | str) -> bytes:
    """An answer, or a request, as a line."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> str:
    """The LaTeX of a request."""
    return _request.decode(line)


def decode_formula(line: bytes) -> Formula:
    """An answer."""
    return _formula.decode(line)
