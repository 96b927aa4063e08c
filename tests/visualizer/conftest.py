"""Every test of the window leaves nothing behind: no top-level widget, no thread, no child process, no look, no
language."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.shared.language import spoken
from tests.patience import PATIENCE_MS
from tests.visualizer.graph_demo import no_facts
from tests.visualizer.leftovers import none_left
from tests.visualizer.marked_language import long, marked  # noqa: F401 - fixtures
from tests.visualizer.warm_engine import warm_helpers
from tests.warm_server import join_pages
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.look import theme
from visualizer.look.high_contrast import HIGH
from visualizer.look.spoken import use_language
from visualizer.look.tokens import TOKENS
from visualizer.model.selection import Selection


@pytest.fixture(autouse=True, scope="session")
def helpers_begin_warm(qapp: QApplication) -> Iterator[None]:
    """But where a test asks for fresh ones. There is an application, as in a window, whichever test comes first."""
    with warm_helpers():
        yield


@pytest.fixture(autouse=True, scope="module")
def cycles_are_looked_for_here() -> Iterator[None]:
    """By itself Python looks for them on any thread, and widgets that are taken apart on another than Qt's end the
    process. In a window its own collector looks; what a file leaves is gone before the next one."""
    gc.disable()
    yield
    gc.collect()
    gc.freeze()  # what was imported meanwhile stays, too
    _join_pages_once()
    gc.enable()


@functools.cache
def _join_pages_once() -> None:
    """What the windows of the next files are made of, and in: too dear to be asked for after each of them."""
    if sys.platform == "linux":
        join_pages()


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """What fixtures of a wider scope made before the test is not its own."""
    look = theme.current()
    mode, contrast, scale, spoken_before = look.mode, look.contrast, look.scale, spoken()
    try:
        with none_left():
            yield
        gc.collect(1)
        tokens = HIGH if look.is_high else TOKENS
        spoilt = [name for name, pair in tokens.items() if look.color(name) != QColor(pair[0 if look.is_dark else 1])]
        assert not spoilt, f"colours of the theme itself were changed by what drew with them: {spoilt}"
    finally:
        look.set_mode(mode)
        look.set_contrast(contrast)
        look.set_scale(scale)
        if spoken() != spoken_before:
            use_language(spoken_before)


class PatientBot(QtBot):
    """Waits longer than five seconds, for a machine that is slow."""

    def waitSignal(self, signal, *, timeout: int = PATIENCE_MS, **options):
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitUntil(self, callback, *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget, *, timeout: int = PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def editor(qtbot: QtBot) -> CodeEditor:
    """The program's text alone, with the keyboard in it."""
    made = CodeEditor()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def panel(qtbot) -> Iterator[GraphPanel]:
    """The graph's panel alone, which selects what is clicked; it shows no graph yet."""
    selection = Selection()
    made = GraphPanel(selection, no_facts(selection))
    made.selected.connect(selection.select)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
