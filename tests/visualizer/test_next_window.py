"""The next window looks like the last, whatever was saved of it and whatever room it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSize

from tests.visualizer.test_window_layout import drag_separator, geometries, resize, settle, shares, titles
from tests.visualizer.window import main_window, press, turn_wheel
from visualizer.backprop.program import zoom
from visualizer.look import theme
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


def test_the_next_window_looks_like_the_last(tmp_path: Path):
    with main_window(tmp_path, is_ready=False) as first:
        resize(first, 900, 760)
        drag_separator(first.backprop, 40)
        first.backprop.docks["queue"].toggleViewAction().trigger()
        first.backprop.docks["inspector"].setFloating(True)
        first.backprop.tabifyDockWidget(first.backprop.docks["console"], first.backprop.docks["variables"])
        first.do("theme_light")
        first.do("larger")
        turn_wheel(first.program.editor, 3)
        assert zoom.steps() == 3
        settle()
        press(first, "Ctrl+2")
        settle()
        first.pretraining._columns.setSizes([290, 350, 258])
        settle()
        columns = first.pretraining._columns.sizes()
        press(first, "Ctrl+1")
        settle()
        program = shares(first.backprop)["program"][0]
        press(first, "Ctrl+2")
        press(first, "Ctrl+1")
    with main_window(tmp_path, is_ready=False) as between:
        settle()
        assert between.findChild(PretrainingWorkspace) is None  # nobody goes there, and its columns stay
    first.settings.workspace = 1
    theme.current().set_mode("dark")
    theme.current().set_scale(1.0)
    zoom.choose(0)
    with main_window(tmp_path, is_ready=False) as second:
        settle()
        assert second.size() == QSize(900, 760)
        assert second.workspace == 1
        assert second.pretraining._columns.sizes() == pytest.approx(columns, abs=2)
        assert theme.current().mode == "light" and theme.current().scale == pytest.approx(1.125)
        assert second.actions_by_id["theme_light"].isChecked()
        assert zoom.steps() == 3 and second.program.editor.font().pixelSize() == round(round(12 * 1.1**3) * 1.125)
        press(second, "Ctrl+1")
        settle()
        docks = second.backprop.docks
        assert not docks["queue"].isVisible() and docks["inspector"].isFloating()
        assert second.backprop.tabifiedDockWidgets(docks["console"]) == [docks["variables"]]
        assert not titles(second, "variables")
        assert shares(second.backprop)["program"][0] == pytest.approx(program, abs=0.02)


def test_a_layout_that_cannot_be_read_is_the_first_one(tmp_path: Path):
    with main_window(tmp_path, is_ready=False) as first:
        resize(first, 1440, 900)
        places = geometries(first)
    first.settings.set_state("docks", QByteArray(b"something else"))
    with main_window(tmp_path, is_ready=False) as second:
        resize(second, 1440, 900)
        assert geometries(second) == places
        for saved in (b"", b"something else", b"\0\0\0\4half"):
            first.settings.set_state("docks", QByteArray(saved))
            second.backprop.restore_layout(first.settings.state("docks"))
            resize(second, 1440, 900)
            assert geometries(second) == places, saved


def test_a_layout_of_a_larger_screen_fits_a_small_window(tmp_path: Path):
    with main_window(tmp_path, is_ready=False) as first:
        resize(first, 2400, 1300)
    with main_window(tmp_path, is_ready=False) as second:
        resize(second, 1000, 640)
        assert second.graph.width() >= 0.4 * second.backprop.width()
