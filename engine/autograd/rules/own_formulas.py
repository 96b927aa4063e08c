"""PyTorch's own text of the derivatives, from the file in its wheel that its nodes are generated from.

Reading that file takes seconds, so a process of its own does it (`own_formulas_reader`), once for each version of
PyTorch.
"""

from __future__ import annotations

import subprocess
import sys

import msgspec

from engine.shared.folders import cache_folder

_READER = "engine.autograd.rules.own_formulas_reader"
_LAST_WORDS = 300  # characters


class OwnFormula(msgspec.Struct, frozen=True, array_like=True):
    """One line of the file: the operands that it is of, and its text."""

    operands: tuple[str, ...]
    text: str


class OwnRule(msgspec.Struct, frozen=True, array_like=True):
    """What the file says of one kind of node. `operands` are those that may get a gradient, in the schema's order."""

    schema: str
    operands: tuple[str, ...]
    formulas: tuple[OwnFormula, ...]
    saved: tuple[str, ...]


Rules = dict[str, OwnRule]
_DECODER = msgspec.msgpack.Decoder(Rules)


class OwnFormulas:
    """The file's rules, as soon as they are read. `get` starts that and never waits. Of one thread."""

    def __init__(self, version: str) -> None:
        self._path = cache_folder() / f"derivatives-{version}.msgpack"
        self._rules: Rules | None = None
        self._reader: subprocess.Popen[bytes] | None = None
        self.failure = ""  # why they cannot be read

    @property
    def is_loading(self) -> bool:
        """Whether they will be there in some seconds."""
        return self._rules is None and not self.failure

    def get(self, name: str) -> OwnRule | None:
        """Of a kind of node; None where the file has none, and while `is_loading`."""
        if self._rules is None and not self.failure:
            self._load()
        return None if self._rules is None else self._rules.get(name)

    def _load(self) -> None:
        if self._reader is None and self._take():
            return
        if self._reader is None:
            self._reader = subprocess.Popen(
                [sys.executable, "-P", "-m", _READER, str(self._path)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
        elif self._reader.poll() is not None:
            _, words = self._reader.communicate()
            if not self._take():
                self.failure = words.decode("utf-8", "replace").strip()[-_LAST_WORDS:] or "nothing was written"

    def _take(self) -> bool:
        """What an earlier reading has left."""
        try:
            self._rules = _DECODER.decode(self._path.read_bytes())
        except (OSError, msgspec.MsgspecError):
            return False
        return True
