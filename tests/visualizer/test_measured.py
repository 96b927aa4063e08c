"""The widths of texts that are kept are those of Qt, in every size of the theme."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.measured import measured

TEXTS = ("", "transformer.h.3.attn.c_proj", "-0.4751 … 0.4578", "∂L/∂logits", "1,234")


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("mono", [False, True])
def test_a_text_is_as_wide_as_qt_says(qapp, monkeypatch, scale: float, mono: bool) -> None:
    look = theme.current()
    monkeypatch.setattr(look, "scale", scale)
    face, font = measured(12, 600, mono=mono), look.mono(12, 600) if mono else look.font(12, 600)
    metrics = QFontMetrics(font)
    assert face.font == font and face.height == metrics.height()
    for _ in range(2):
        assert [face.horizontalAdvance(text) for text in TEXTS] == [metrics.horizontalAdvance(text) for text in TEXTS]
    assert [elided(face, text, 60) for text in TEXTS] == [elided(metrics, text, 60) for text in TEXTS]
    assert measured(12, 600, mono=mono) is face, "it is kept"
