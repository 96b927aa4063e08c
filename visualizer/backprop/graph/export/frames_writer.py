"""A folder of pictures, one a step: frame-0001.png, frame-0002.png …"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from visualizer.backprop.graph.export.encoding import EncodingRequest, serve


class FramesWriter:
    """Makes the folder, which is not there yet."""

    def __init__(self, request: EncodingRequest, samples: list[np.ndarray]) -> None:
        self._folder, self._n_written = Path(request.path), 0
        self._n_digits = max(4, len(str(request.n_frames)))
        self._folder.mkdir()

    def add(self, frame: np.ndarray) -> None:
        """One more."""
        self._n_written += 1
        name = f"frame-{self._n_written:0{self._n_digits}d}.png"
        Image.fromarray(np.ascontiguousarray(frame)).save(self._folder / name)

    def close(self) -> None:
        """Every file is closed already."""


if __name__ == "__main__":
    serve(FramesWriter)
