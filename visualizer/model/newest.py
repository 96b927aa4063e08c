"""Which of the program's tensors is the newest, as far as the variables tell."""

from __future__ import annotations

from engine.protocol.values import Variable


class NewestTensor:
    """`name` is that of the tensor that was new or different in the newest variables, of several the last; "" where
    there was none yet."""

    def __init__(self) -> None:
        self.name = ""
        self._before: dict[str, Variable] = {}

    def take(self, rows: tuple[Variable, ...]) -> None:
        """The variables as they are now, in the program's order."""
        tensors = {row.name: row for row in rows if row.summary is not None}
        changed = [name for name, row in tensors.items() if self._before.get(name) != row]
        if changed:
            self.name = changed[-1]
        elif self.name not in tensors:
            self.name = next(reversed(tensors), "")
        self._before = tensors

    def forget(self) -> None:
        """Another run began: all that comes is new."""
        self._before = {}
