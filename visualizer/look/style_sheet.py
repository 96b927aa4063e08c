"""The Qt style sheet: style.qss, with the colours of a theme and the lengths of a scale."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from engine.shared.assets import asset

_NAME = re.compile(r"@([a-z_]+\.[a-z_]+)")
_LENGTH = re.compile(r"([\d.]+)sp\b")


def style_sheet(color: Callable[[str], QColor], px: Callable[[float], int], *, is_dark: bool, is_high: bool) -> str:
    """The style sheet of the whole application for one theme, one scale, and with edges in high contrast."""
    own = {
        **{f"chevron.{way}": _icon(f"chevron-{way}", is_dark=is_dark) for way in ("down", "up", "left", "right")},
        "check.mark": asset("icons/check.svg").as_posix(),
        "radio.radius": f"{px(14) // 2 + 1}px",
        "radio.inside": f"{px(14) - 2 * px(4) + 2}px",
    }
    text = _LENGTH.sub(
        lambda found: f"{px(float(found[1]))}px",
        _template("style.qss") + (_template("high_contrast.qss") if is_high else ""),
    )
    return _NAME.sub(lambda found: own.get(found[1]) or color(found[1]).name(), text)


@cache
def _template(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _icon(name: str, *, is_dark: bool) -> str:
    return asset(f"icons/{name}-{'dark' if is_dark else 'light'}.svg").as_posix()


def wear(widget: QWidget, sheet: str) -> None:
    """Give a widget a style sheet of its own, unless it wears it: Qt would dress it anew, and all that lies in it."""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)
