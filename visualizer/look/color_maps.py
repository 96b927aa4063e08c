"""Numbers to colours: viridis for values, a diverging map centred on 0 for gradients, marks for NaN and Inf; a part of
viridis that stands out from the background for whole cards.

Stops are interpolated in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from engine.protocol.tensor_values import Grid
from visualizer.look.tokens import TOKENS

_VIRIDIS = "#440154 #482878 #3E4989 #31688E #26828E #1F9E89 #35B779 #6DCD59 #B4DE2C #FDE725"
_DIVERGING_DARK = "#8FD0FF #3C8FD6 #235079 #1D2127 #7A3A2E #D96A4E #FFB9A0"
_DIVERGING_LIGHT = "#123F86 #3E7CC4 #A3C6EA #F4F5F7 #F2B6A3 #D4604A #8C1D18"
_DARK_TO_BRIGHT = "#0A1A4F #1E3F8F #4F74B8 #8C8C8C #C99A6B #F0BE8A #FFE9D2"  # each lighter than the one before
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _rgb(hex_color: str) -> np.ndarray:
    return np.array([int(hex_color[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64) / 255


def _table(stops: str, size: int = 256) -> np.ndarray:
    srgb = np.stack([_rgb(stop) for stop in stops.split()])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    lab = np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T
    at = np.linspace(0, len(srgb) - 1, size)
    mixed = np.stack([np.interp(at, np.arange(len(srgb)), lab[:, i]) for i in range(3)], axis=1)
    linear = (mixed @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0, 1)
    out = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.concatenate([np.round(out * 255), np.full((size, 1), 255)], axis=1).astype(np.uint8)


VIRIDIS = _table(_VIRIDIS)
_DIVERGING = {True: _table(_DIVERGING_DARK), False: _table(_DIVERGING_LIGHT)}


_ORDERED = _table(_DARK_TO_BRIGHT)
_looks = {"orders_signs": False}


def order_signs(is_ordered: bool) -> None:
    """Whether gradients go from dark below 0 to bright above it, which grey and any eyes tell apart, in place of two
    hues. On the window's thread; who has painted some does it again once the theme says that it changed."""
    _looks["orders_signs"] = is_ordered


def orders_signs() -> bool:
    """What `order_signs` said."""
    return _looks["orders_signs"]


def diverging(is_dark: bool) -> np.ndarray:
    """The gradient map, uint8 (256, 4) RGBA; its centre is the card's own background, so that 0 recedes."""
    return _ORDERED if orders_signs() else _DIVERGING[is_dark]


def sequential(is_dark: bool, n_colors: int) -> np.ndarray:
    """From low to high, uint8 (n_colors, 4) RGBA: each further from the background than the one before, and none of
    them lost in it."""
    first, last = (84, 255) if is_dark else (144, 0)
    return VIRIDIS[np.linspace(first, last, n_colors).round().astype(np.int64)]


def limits(array: np.ndarray, kind: str) -> tuple[float, float]:
    """The range that a map spans: the finite extremes of values, ±max |x| of gradients."""
    finite = array[np.isfinite(array)]
    if finite.size == 0:
        return (-1.0, 1.0) if kind == "gradient" else (0.0, 1.0)
    if kind == "gradient":
        bound = float(np.abs(finite).max()) or 1.0
        return -bound, bound
    return float(finite.min()), float(finite.max())


def colorize(
    array: np.ndarray, kind: str, low: float | None = None, high: float | None = None, *, is_dark: bool = True
) -> np.ndarray:
    """Float (rows, columns) to uint8 RGBA (rows, columns, 4). `kind` is "value" or "gradient"."""
    if low is None or high is None:
        low, high = limits(array, kind)
    table = diverging(is_dark) if kind == "gradient" else VIRIDIS
    span = high / 2 - low / 2  # halves: the whole may be more than the largest float
    finite = np.isfinite(array)
    with np.errstate(invalid="ignore"):  # of a signalling NaN NumPy warns; it has a colour of its own below
        values = np.where(finite, array.astype(np.float64), low)  # float32 has no numbers for the smallest spans
    position = np.full(array.shape, 0.5) if span <= 0 else (values / 2 - low / 2) / span
    image = table[np.clip(np.round(position * 255), 0, 255).astype(np.uint8)]
    if not finite.all():
        theme_index = 0 if is_dark else 1
        for mask, token in ((np.isnan(array), "nan"), (np.isinf(array), "inf")):
            image[mask] = (*(np.round(_rgb(TOKENS[token][theme_index]) * 255).astype(np.uint8)), 255)
    return image


def mixed(channels: np.ndarray, low: float, high: float) -> np.ndarray:
    """Red, green and blue, float (rows, columns, 3), dark at `low` and bright at `high`, to uint8 RGBA; a fourth
    channel is opacity. Nothing is drawn where one is not finite."""
    with np.errstate(all="ignore"):
        shares = np.clip((channels - low) / ((high - low) or 1.0), 0.0, 1.0)
    is_color = np.isfinite(channels).all(axis=-1)
    rgba = np.zeros((*channels.shape[:2], 4), dtype=np.uint8)
    rgba[..., 3] = 255
    n_channels = channels.shape[-1]
    rgba[..., :n_channels] = np.round(255 * np.nan_to_num(shares))
    rgba[~is_color] = 0
    return rgba


def over(rgba: np.ndarray, ground: int) -> np.ndarray:
    """What is seen of uint8 RGBA before a grey of 0 … 255; what is opaque, or not drawn, as it is."""
    opacity = rgba[..., 3:] / 255
    seen = np.round(rgba[..., :3] * opacity + ground * (1 - opacity)).astype(np.uint8)
    return np.where(rgba[..., 3:] > 0, np.concatenate([seen, np.full_like(rgba[..., 3:], 255)], axis=-1), rgba)


def to_image(rgba: np.ndarray) -> QImage:
    """A QImage that owns a copy of uint8 (rows, columns, 4)."""
    rgba = np.ascontiguousarray(rgba)
    rows, columns = rgba.shape[:2]
    return QImage(rgba.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888).copy()


def grid_image(grid: Grid, kind: str, *, is_dark: bool = True) -> QImage:
    """A thumbnail as an image, one pixel a cell."""
    return to_image(colorize(grid.array(), kind, is_dark=is_dark))
