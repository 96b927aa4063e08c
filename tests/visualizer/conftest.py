"""Every test of the window leaves nothing behind: no top-level widget, no thread, no child process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.visualizer.graph_demo import no_facts
from tests.visualizer.leftovers import none_left
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.model.selection import Selection


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """What fixtures of a wider scope made before the test is not its own."""
    with none_left():
        yield


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
