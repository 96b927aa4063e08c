"""A GIF of frames that come one by one: one palette for all, and of each frame only what has changed.

Pillow's own writer of animations keeps every frame until the last has come; here it encodes each as it comes.
"""

from __future__ import annotations

import struct

import numpy as np
from PIL import GifImagePlugin, Image

from visualizer.backprop.graph.export.encoding import EncodingRequest, serve

_UNCHANGED = 255  # the palette's last place: what was there before shows through
_N_COLORS = 255
_N_EXACT = 128  # the commonest colours are themselves, the rest the nearest of those that stand for them
_LAST_HOLDS_MS = 1500  # at least, before it begins again
_LOOP = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"  # for ever
_TRAILER = b";"


class GifWriter:
    """`samples` are frames that hold the colours of all."""

    def __init__(self, request: EncodingRequest, samples: list[np.ndarray]) -> None:
        self._palette = palette_of(samples, request.colors)
        self._index_of = np.full(1 << 24, -1, dtype=np.int16)  # by colour, as far as they have come
        self._dt_ms, self._n_left = 1000 / request.steps_per_second, request.n_frames
        self._before: np.ndarray | None = None
        self._file = open(request.path, "wb")  # noqa: SIM115 — until `close`
        colors = np.zeros((256, 3), dtype=np.uint8)
        colors[: len(self._palette)] = self._palette
        self._file.write(b"GIF89a" + struct.pack("<HHBBB", request.width, request.height, 0xF7, 0, 0))
        self._file.write(colors.tobytes() + _LOOP)

    def add(self, frame: np.ndarray) -> None:
        """Only the rectangle that differs from the frame before."""
        now = self._indices(frame)
        self._n_left -= 1
        top, bottom, left, right = (0, *now.shape[:1], 0, *now.shape[1:]) if self._before is None else _changed(
            self._before, now)  # fmt: skip
        part = now[top:bottom, left:right]
        if self._before is not None:
            part = np.where(part == self._before[top:bottom, left:right], np.uint8(_UNCHANGED), part)
        self._before = now
        duration = self._dt_ms if self._n_left else max(self._dt_ms, _LAST_HOLDS_MS)
        image = Image.fromarray(np.ascontiguousarray(part))
        for data in GifImagePlugin.getdata(
            image, (left, top), duration=round(duration, -1), transparency=_UNCHANGED, disposal=1
        ):
            self._file.write(data)

    def close(self) -> None:
        """The end mark."""
        self._file.write(_TRAILER)
        self._file.close()

    def _indices(self, frame: np.ndarray) -> np.ndarray:
        codes = _codes(frame)
        indices = self._index_of[codes]
        unknown = np.unique(codes[indices < 0])
        if len(unknown):
            self._index_of[unknown] = _nearest(unknown, self._palette)
            indices = self._index_of[codes]
        return indices.astype(np.uint8)


def palette_of(samples: list[np.ndarray], sure: tuple[int, ...] = ()) -> np.ndarray:
    """uint8 (at most 255, 3). The colours that are `sure` are in it themselves."""
    codes, counts = np.unique(np.concatenate([_codes(sample).ravel() for sample in samples]), return_counts=True)
    order = codes[np.argsort(-counts, kind="stable")]
    first = np.array(list(dict.fromkeys(sure)), dtype=order.dtype)
    order = np.concatenate([first, order[~np.isin(order, first)]])
    exact, rest = _colors(order[:_N_EXACT]), _colors(order[_N_EXACT:])
    if len(order) > _N_COLORS:
        pool = Image.fromarray(rest[np.newaxis])
        chosen = pool.quantize(_N_COLORS - _N_EXACT, method=Image.Quantize.MEDIANCUT).getpalette() or []
        rest = np.array(chosen, dtype=np.uint8).reshape(-1, 3)[: _N_COLORS - _N_EXACT]
    return np.vstack([exact, rest])


def _codes(frame: np.ndarray) -> np.ndarray:
    red, green, blue = (frame[..., channel].astype(np.int32) for channel in range(3))
    return (red << 16) | (green << 8) | blue


def _colors(codes: np.ndarray) -> np.ndarray:
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1).astype(np.uint8)


def _nearest(codes: np.ndarray, palette: np.ndarray) -> np.ndarray:
    found = np.empty(len(codes), dtype=np.int16)
    wide = palette.astype(np.int32)
    for start in range(0, len(codes), 4096):  # a few megabytes at a time
        apart = _colors(codes[start : start + 4096]).astype(np.int32)[:, np.newaxis] - wide
        found[start : start + 4096] = np.argmin((apart**2).sum(axis=2), axis=1)
    return found


def _changed(before: np.ndarray, now: np.ndarray) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of what differs; one pixel where nothing does."""
    differs = before != now
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return 0, 1, 0, 1
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


if __name__ == "__main__":
    serve(GifWriter)
