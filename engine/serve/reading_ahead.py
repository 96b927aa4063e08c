"""What the window will ask for first once a program has ended: a large tensor is read while the window still paints."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable
from time import monotonic

from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.protocol.program_values import Variable
from engine.protocol.tiles import TILED_ELEMENTS, AskTiles
from engine.serve.pyramids import PyramidBook
from engine.shared.newest import newest
from engine.tensors.gate import GATE, GivesWay
from engine.tensors.pristine import pristine_torch

_LONGEST_S = 0.25  # of all turns together: a person may not want to wait for a larger one
_PATIENCE_S = 0.03  # with a thread that the program left behind


class ReadingAhead:
    """Short turns on the thread that serves requests, each behind what was asked meanwhile. `begin` and `forget` may be
    called from any thread; `defer` brings a call to that one."""

    def __init__(self, pyramids: PyramidBook, defer: Callable[[Callable[[], None]], None]) -> None:
        self._pyramids, self._defer = pyramids, defer
        self._request: AskTiles | None = None
        self._until_s = 0.0

    def begin(self, rows: Iterable[Variable]) -> None:
        """The program has ended with these, and its newest tensor will stand in the middle of the window."""
        row = newest(rows)
        if row is None or row.summary is None or math.prod(row.summary.shape[-2:]) <= TILED_ELEMENTS:
            return
        self._request, self._until_s = AskTiles(key=VariableKey(row.name)), monotonic() + _LONGEST_S
        self._defer(self._turn)

    def forget(self) -> None:
        """A program runs, which may be kept from its processors."""
        self._request = None

    def _turn(self) -> None:
        request = self._request
        if request is not None and monotonic() < self._until_s and self._read_on(request):
            self._defer(self._turn)

    def _read_on(self, request: AskTiles) -> bool:
        """Whether there is more. What cannot be read now is said to whoever asks for it."""
        with contextlib.suppress(GivesWay, EngineError, MemoryError), GATE.reading(_PATIENCE_S) as is_in:
            if is_in:
                with pristine_torch():
                    return self._pyramids.read_on(request)
        return False
