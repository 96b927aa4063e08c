"""A label that wraps is as high as Qt says, and is laid out once for all who ask."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from visualizer.look.wrapped_label import WrappedLabel

WORDS = "the gradient that arrives is the sum of what several nodes sent on"


def test_it_is_as_high_as_qt_s_own_label_for_each_width_text_and_font(qtbot) -> None:
    label, own = WrappedLabel(name="words"), QLabel(wordWrap=True)
    for widget in (label, own):
        qtbot.addWidget(widget)
    for text in (WORDS, WORDS * 3, "", "<table><tr><td>1.5</td></tr></table>"):
        for size in (10, 24):
            for widget in (label, own):
                font = widget.font()
                font.setPixelSize(size)
                widget.setFont(font)
                widget.setText(text)
            for width in (90, 300, 90):
                assert label.heightForWidth(width) == own.heightForWidth(width), (text, size, width)


def test_it_is_measured_once_for_a_width(qtbot, monkeypatch) -> None:
    label, asked = WrappedLabel(name="words"), list[int]()
    qtbot.addWidget(label)
    label.setText(WORDS)
    monkeypatch.setattr(QLabel, "heightForWidth", lambda self, width: asked.append(width) or 7)
    assert [label.heightForWidth(width) for width in (90, 90, 200, 90)] == [7] * 4 and asked == [90, 200]
    label.setText(WORDS)
    label.heightForWidth(90)
    label.setText(WORDS + "!")
    label.heightForWidth(90)
    assert asked == [90, 200, 90]
