"""Columns that grow: records are appended, snapshots are views that never change afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


class Columns:
    """float64 columns of equal length. A snapshot costs nothing, however long the run."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.length = 0
        self._buffers = {name: np.empty(1024) for name in self.names}

    def append(self, rows: Mapping[str, Sequence[float]]) -> None:
        """Add as many values to each column as `rows` holds; all of equal length."""
        n = len(rows[self.names[0]])
        end = self.length + n
        for name in self.names:
            buffer = self._buffers[name]
            if end > len(buffer):
                # Snapshots keep the old buffer; it is not written to again.
                self._buffers[name] = np.empty(max(end, 2 * len(buffer)))
                self._buffers[name][: self.length] = buffer[: self.length]
            self._buffers[name][self.length : end] = rows[name]
        self.length = end

    def cut(self, length: int) -> None:
        """Forget what lies behind `length`: a resumed run goes on from its checkpoint."""
        if length < self.length:
            for name in self.names:
                # A copy, because snapshots may still show what is cut off here.
                self._buffers[name] = self._buffers[name].copy()
            self.length = length

    def __getitem__(self, name: str) -> np.ndarray:
        """One column, read-only."""
        view = self._buffers[name][: self.length]
        view.flags.writeable = False
        return view

    def last(self, name: str) -> float:
        """The newest value, NaN without any."""
        return float(self._buffers[name][self.length - 1]) if self.length else float("nan")
