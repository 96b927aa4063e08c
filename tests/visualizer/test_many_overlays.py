"""Twelve runs laid over another are told apart, in the plots and in the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.visualizer.test_training_plots import curves
from tests.visualizer.training_folders import TINY, write_run
from visualizer.look import theme
from visualizer.pretraining.curves import MOST_OVERLAYS, Overlay, color_of
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.plots.strokes import DASHES, draw_marker
from visualizer.pretraining.runs.row_delegate import box_of
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of fourteen runs."""
    made = tmp_path_factory.mktemp("runs")
    for number in range(14):
        config = msgspec.structs.replace(TINY, max_steps=300, learning_rate=1e-3 / (number + 1))
        write_run(made / f"shakespeare-lr-{number}", 3, config=config)
    return made


@pytest.fixture
def window(qtbot, root: Path) -> Iterator[PretrainingWorkspace]:
    """With the first of them shown, and every row in sight."""
    made = PretrainingWorkspace(root=root)
    qtbot.addWidget(made)
    made.resize(1600, 1800)
    made.show()
    qtbot.waitUntil(lambda: len(made.runs.rows()) == 14)
    made.open_run(root / "shakespeare-lr-0")
    qtbot.waitUntil(lambda: made.plots.shown is not None)
    yield made
    made.close()


def box(window: PretrainingWorkspace, number: int) -> QPoint:
    """Where the box of a run is in the list."""
    name = f"shakespeare-lr-{number}"
    index = window.list.model.index([row.name for row in window.list.model.rows].index(name))
    return box_of(window.list.view.visualRect(index)).center().toPoint()


@pytest.fixture
def plots(qtbot) -> Iterator[TrainingPlots]:
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(960, 547)
    made.show()
    yield made


def laid_over(plots: TrainingPlots, n: int) -> None:
    plots.show_curves(
        curves("shakespeare-lr-0"),
        tuple(Overlay(curves(f"shakespeare-lr-{place + 1}"), color_of(place), place) for place in range(n)),
    )


def marked(place: int) -> bytes:
    """The mark of a place, large."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_marker(painter, place, QPointF(20, 20), 12.0, QColor("black"))
    painter.end()
    return bytes(image.constBits())


def test_every_place_has_a_dash_of_its_own_and_two_of_one_colour_have_other_marks(plots) -> None:
    places = range(MOST_OVERLAYS + 1)  # the last is a parent's
    assert MOST_OVERLAYS == 12 and len(DASHES) == len(set(DASHES)) == len(places)
    assert len({(color_of(place), marked(place)) for place in places}) == len(places)
    assert len({marked(place) for place in places}) == len(places)
    laid_over(plots, 12)
    assert len({(entry.color, entry.dash) for entry in plots.legend.entries[3:]}) == 12


def test_twelve_are_laid_over_with_the_mouse_and_the_thirteenth_is_refused(qtbot, window) -> None:
    said: list[str] = []
    window.status.connect(lambda words: said.append(words()))
    view = window.list.view
    for number in range(1, 14):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box(window, number))
    qtbot.waitUntil(lambda: len(window.plots.shown.overlays) == 12)
    assert said[-1] == "At most 12 runs can be laid over another."
    assert {row.name: row.place for row in window.runs.rows()} == {
        f"shakespeare-lr-{number}": (number - 1 if 0 < number < 13 else -1) for number in range(14)
    }
    qtbot.waitUntil(lambda: sum(row.place >= 0 for row in window.list.model.rows) == 12)
    image, filled = view.viewport().grab().toImage(), []
    for number in range(1, 13):  # beside the tick, as the marks of the run are
        at = QPointF(box(window, number)) + QPointF(3, 4)
        color = image.pixelColor((at * image.devicePixelRatio()).toPoint()).name()
        filled.append(color == theme.current().color(color_of(number - 1)).name())
    assert filled == [True] * 6 + [False] * 6
