"""Escape leads one step back: out of the card, the selection, the presentation, the large panel; the keyboard stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.visualizer.window import main_window, press, run, start, until, widget
from visualizer.app.main_window import MainWindow
from visualizer.look import theme

HELD = """import torch
a = torch.ones(3, requires_grad=True)
b = (a * a).sum()
b.backward()
"""


@pytest.fixture
def window(tmp_path: Path) -> Iterator[MainWindow]:
    with main_window(tmp_path) as made:
        yield made


def test_escape_leaves_one_thing_at_a_time(window: MainWindow) -> None:
    run(window, "import torch\na = torch.ones(3, requires_grad=True)\nloss = a.sum()\n")
    editor, large, scale = window.program.editor, window.backprop.large, theme.current().scale
    editor.go_to(2, 0)
    window.do("present")
    window.selection.select_variable("a")
    editor.setFocus()
    window.do("describe")
    until(lambda: editor.hints.card.isVisible(), "the card tells of the name")
    left = [
        lambda: not editor.hints.card.isVisible(),
        lambda: window.selection.current is None,
        lambda: not window.presenting.is_on and not large.name and theme.current().scale == scale,
    ]
    for place, is_left in enumerate(left):
        assert not any(one() for one in left[place:])
        press(window, "Escape")
        until(is_left, f"step {place} is done")
        assert QApplication.focusWidget() is editor
    until(lambda: not window.actions_by_id["deselect"].isEnabled(), "there is nothing to leave")


def test_escape_leaves_a_large_panel(window: MainWindow) -> None:
    window.program.editor.setFocus()
    window.do("large_panel")
    until(lambda: window.backprop.large.name == "program", "the program is large")
    press(window, "Escape")
    until(lambda: not window.backprop.large.name, "all panels are there")
    assert window.program.editor.hasFocus()


def test_escape_brings_the_keyboard_back_from_where_a_command_led_it(window: MainWindow) -> None:
    start(window, HELD, "Ctrl+Shift+Return")
    section = widget(window, QWidget, "what_if_section")
    until(section.isVisible, "its node is in the inspector")
    window.backprop.docks["inspector"].hide()
    editor = window.program.editor
    for command in ("what_if", "predict", "health", "lessons"):
        editor.setFocus()
        window.do(command)
        until(lambda: QApplication.focusWidget() not in (None, editor), f"{command} has the keyboard")
        press(window, "Escape", QApplication.focusWidget())
        until(editor.hasFocus, "it is back")
        assert window.session.state == "paused" and window.selection.node is not None
    assert not window.lessons.isHidden()
