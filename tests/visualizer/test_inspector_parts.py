"""The inspector shows a part as it is typed, says what axes are called, and writes complex numbers to be read."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.protocol.keys import NodeGradKey, NodeValueKey, SliceKey, VariableKey
from tests.visualizer.window import main_window, run, until
from visualizer.backprop.tensor_view.complex_words import polar_words, spaced
from visualizer.backprop.tensor_view.whole_index import whole_index

PROGRAM = """import torch
B, T = 4, 6
x = torch.ones(B, T, requires_grad=True)
x.data.view(-1).copy_(torch.arange(24.0))
v = torch.ones(T)
z = torch.complex(torch.tensor([3.0, -1.0]), torch.tensor([-4.0, 0.0]))
loss = (x * x).sum()
loss.backward()
"""


@pytest.mark.parametrize(
    ("part", "element"),
    [("[:, ::2]", (1, 2)), ("[2]", (3,)), ("[..., 1]", (2,)), ("[None, 1:, -1]", (0, 1)), ("[[3, 0], 1:]", (1, 2))],
)
def test_an_element_of_a_part_is_found_in_the_whole(part: str, element: tuple[int, ...]) -> None:
    whole = np.arange(24).reshape(4, 6)
    seen = eval(f"whole{part}", {"whole": whole})[element]
    place = whole_index((4, 6), part, element)
    assert place is not None and whole[place] == seen
    assert whole_index((4, 6), "[nonsense]", (0,)) is None and whole_index((4, 6), "[9]", (0,)) is None


def typed(window, text: str) -> None:
    field = window.panels.inspector.pair.slice.field
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_part_that_is_typed_is_seen_of_value_and_gradient_and_its_cells_are_those_of_the_whole(tmp_path) -> None:
    with main_window(tmp_path) as window:
        run(window, PROGRAM)
        pair, chosen = window.panels.inspector.pair, []
        pair.cell_selected.connect(chosen.append)
        leaf = next(node for node in window.session.graph.nodes if node.variable == "x")
        window.selection.select_variable("x")
        until(lambda: pair.value.text_at(3, 5) == "23.000", "the whole value")
        typed(window, ":, ::2")
        until(
            lambda: pair.value.text_at(1, 2) == "10.000" and pair.gradient.text_at(1, 2) == "20.000",
            "every second column",
        )
        assert isinstance(pair.value.feed.key, SliceKey) and pair.value.feed.key.of == NodeValueKey(leaf.id)
        assert pair.gradient.feed.key.of == NodeGradKey(leaf.id) and pair.axes.matrix_size == (4, 3)
        assert pair.value.subject.text() == "x[:, ::2]" and pair.compare.isHidden()
        pair.camera.select((1, 2))
        pair.value.cell_clicked.emit(1, 2)
        assert chosen[-1] == (1, 4) == pair.selected_cell
        pair.slice.into.click()
        assert "x = torch.ones(B, T, requires_grad=True)\nx[:, ::2]\n" in window.program.text()
        pair.show_cell((3, 5))  # which no part of it shows
        assert not pair.slice.index and pair.selected_cell == (3, 5)
        until(lambda: pair.value.text_at(3, 5) == "23.000", "the whole value again")
        typed(window, "[9]")
        until(lambda: "does not fit" in pair.value.heat_map.message, "why not")
        window.selection.select_variable("v")
        assert not pair.slice.index and pair.value.feed.key == VariableKey("v")


def test_axes_of_vectors_and_matrices_have_their_names(tmp_path) -> None:
    with main_window(tmp_path) as window:
        run(window, PROGRAM)
        axes = window.panels.inspector.axes
        window.selection.select_variable("x")
        until(lambda: axes.words.text() == "axis 0 (B): 4 rows, axis 1 (T): 6 columns", "the names of both axes")
        window.selection.select_variable("v")
        until(lambda: axes.words.text() == "axis 0 (T): 6 elements", "the name of its axis")
        window.selection.select_variable("z")
        until(lambda: axes.isHidden(), "no name is known of it")


def test_complex_numbers_are_read_with_their_magnitude_and_phase(tmp_path) -> None:
    assert spaced("0.8240-1.3066j") == "0.8240 - 1.3066j" and spaced("-1e-05+nanj") == "-1e-05 + nanj"
    assert spaced("1.5e-05-2e+03j") == "1.5e-05 - 2e+03j" and spaced("-3.5") == "-3.5" and spaced("2j") == "2j"
    assert polar_words("3-4j") == "|z| = 5, phase -53.1°" and polar_words("-1+0j") == "|z| = 1, phase 180°"
    assert polar_words("1.5") == polar_words("nan+1j") == ""
    with main_window(tmp_path) as window:
        run(window, PROGRAM)
        section = window.panels.inspector.pair.value
        window.selection.select_variable("z")
        until(lambda: section.text_at(0, 0) == "3.0000-4.0000j", "its numbers")
        assert section.color_bar.texts() == ("|z| 1", "5") and "magnitudes" in section.color_bar.toolTip()


def test_a_part_with_fewer_axes_is_shown_also_where_it_was_asked_for_by_those_of_before(tmp_path) -> None:
    with main_window(tmp_path) as window:
        run(window, "import torch\nx = torch.arange(24.).reshape(2, 3, 4)\n")
        window.selection.select_variable("x")
        value = window.panels.inspector.pair.value
        until(lambda: value.text_at(0, 1), "the whole value")
        for text, shown in (("[:, -1]", "11.000"), ("[0, 0, 0, 0]", ""), ("[:, -1]", "11.000")):
            typed(window, text)
            until(lambda shown=shown: (value.text_at(0, 3) == shown and value.details) or not shown, f"{text} is seen")
            until(lambda shown=shown: bool(value.heat_map.message) == (not shown), f"{text} is told or seen")
