"""What the mouse is told of a part of a painted widget, the arrow keys come to, and a screen reader is told, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.protocol.health import DepthPoint
from engine.protocol.storage import Layout, StorageShown
from engine.tensors.details import details
from visualizer.backprop.health.depth_plot import DepthPlot
from visualizer.backprop.stage.storage_strip import StorageStrip
from visualizer.backprop.tensor_view.histogram import Histogram
from visualizer.look import accessible_roles
from visualizer.look.mathematics.read_aloud import words_of
from visualizer.look.spoken import use_language

NAME = QAccessible.Text.Name


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    accessible_roles.install()
    yield
    use_language("en")


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(400, 160)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def heard(widget: QWidget) -> str:
    """The part that a screen reader is on."""
    part = QAccessible.queryAccessibleInterface(widget).focusChild()
    return part.text(NAME) if part is not None and part.role() == QAccessible.Role.ListItem else ""


def ink(widget: QWidget) -> bytes:
    return bytes(widget.grab().toImage().constBits())


def test_the_bars_of_a_histogram(qtbot) -> None:
    histogram = Histogram("value")
    histogram.set_details(details("k", torch.tensor([3, 5, 5])), (3.0, 5.0))
    shown(qtbot, histogram)
    before = ink(histogram)
    assert heard(histogram) == ""
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(histogram, key)
        said.append(heard(histogram))
    assert said == ["1 is 3", "0 are 4", "2 are 5", "0 are 4", "1 is 3"]
    assert ink(histogram) != before
    told = QAccessible.queryAccessibleInterface(histogram)
    assert [told.child(place).text(NAME) for place in range(told.childCount())] == ["1 is 3", "0 are 4", "2 are 5"]
    histogram.set_details(details("k", torch.tensor([1, 2])), (1.0, 2.0))
    assert heard(histogram) == "" and told.childCount() == 2  # those of another tensor


def test_the_layers_of_the_plot_of_a_pass(qtbot) -> None:
    plot = DepthPlot()
    plot.set_points((DepthPoint(7, "h.0", 0.001), DepthPoint(8, "h.1", None), DepthPoint(9, "h.2", 1.0)), frozenset())
    shown(qtbot, plot)
    chosen: list[int] = []
    plot.node_chosen.connect(chosen.append)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert chosen == []  # of none
    QTest.keyClick(plot, Qt.Key.Key_End)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert heard(plot) == "h.1, layer 2 of 3: no gradient has come. A click or Enter selects it."
    ink(plot)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert chosen == [8]
    told = QAccessible.queryAccessibleInterface(plot)
    rects = [told.child(place).rect() for place in range(3)]
    assert rects[0].right() <= rects[1].center().x() <= rects[2].left() and told.role() == QAccessible.Role.Chart
    plot.clearFocus()
    assert heard(plot) == ""


def test_the_places_of_a_storage(qtbot) -> None:
    strip = StorageStrip()
    strip.set_room(120)
    layout = Layout(name="t", kind="tensor", shape=(2, 2), stride=(1, 2), offset=1)
    strip.show_storage(StorageShown(n_elements=5, itemsize=4, texts=("9", "1", "2", "3", "4"), layouts=(layout,)))
    shown(qtbot, strip)
    lit: list[object] = []
    strip.cell_hovered.connect(lit.append)
    said = []
    for _ in range(3):
        QTest.keyClick(strip, Qt.Key.Key_Right)
        said.append(heard(strip))
    assert said == ["place 0: 9, not read by it", "place 1: 1, element [0, 0]", "place 2: 2, element [1, 0]"]
    assert lit == [None, (0, 0), (1, 0)] and strip.lit == 2
    use_language("pt_BR")
    assert heard(strip) == "lugar 2: 2, elemento [1, 0]"
    strip.clearFocus()
    assert lit[-1] is None and strip.lit == -1


@pytest.mark.parametrize(
    ("latex", "english", "portuguese"),
    [
        (r"\frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}",
         "dy over dx equals dy over du times du over dx", "dy sobre dx igual a dy sobre du vezes du sobre dx"),
        (r"y = \sum_{i=1}^{n} \mathrm{h\_s}_i", "y equals the sum over i equals 1 to n of h_s sub i",
         "y igual a a soma em i igual a 1 até n de h_s índice i"),
        (r"\sqrt{x+1}^2 \leq A^\top B^{-1}", "the square root of (x plus 1) squared at most A transposed B to the "
         "power minus 1", "a raiz quadrada de (x mais 1) ao quadrado no máximo A transposta B elevado a menos 1"),
        (r"\left\lVert x \right\rVert = 1{,}5", "the norm of x equals 1,5", "a norma de x igual a 1,5"),
    ],
)  # fmt: skip
def test_a_formula_is_said_in_words(latex: str, english: str, portuguese: str) -> None:
    assert words_of(latex) == english
    use_language("pt_BR")
    assert words_of(latex) == portuguese
