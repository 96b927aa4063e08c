"""What a name of the program stands for, and what a call that is being written takes."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """A way to call something. A parameter is as it is written, "dim=None", "*" and "/" where they stand."""

    name: str
    parameters: tuple[str, ...]
    returns: str = ""

    @property
    def text(self) -> str:
        """ "sum(dim=None, keepdim=False) -> Tensor"."""
        return f"{self.name}({', '.join(self.parameters)})" + (f" -> {self.returns}" if self.returns else "")


class Hint(msgspec.Struct, frozen=True):
    """A name at a place of the text. `value`: the one line of what it holds now; `is_written`: it has not run yet, and
    this is what the text says of it; `has_changed`: so it does, since it ran; `words`: the first paragraph of its
    documentation."""

    name: str
    kind: str = ""  # as that of a Completion
    value: str = ""
    signatures: tuple[Signature, ...] = ()
    words: str = ""
    is_written: bool = False
    has_changed: bool = False


class AskHint(Request, frozen=True, tag="ask_hint", kw_only=True):
    """About the name at a place, `column` in UTF-16 units."""

    text: str
    line: int
    column: int


class HintShown(Event, frozen=True, tag="hint", kw_only=True):
    """The answer; None where no name stands, or nothing is known of it."""

    hint: Hint | None


class AskCall(Request, frozen=True, tag="ask_call", kw_only=True):
    """About the call in whose brackets a place is."""

    text: str
    line: int
    column: int


class CallShown(Event, frozen=True, tag="call", kw_only=True):
    """The answer. `signature`: which of the hint's fits what is written so far; `parameters`: of each of them, which of
    its parameters the place belongs to, -1 for none."""

    hint: Hint | None
    signature: int = 0
    parameters: tuple[int, ...] = ()

    @property
    def parameter(self) -> int:
        """Of the signature that fits."""
        return self.parameters[self.signature] if self.parameters else -1
