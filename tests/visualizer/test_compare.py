"""A second tensor beside the value, or their difference: they move together, and what differs is told."""

from __future__ import annotations

import math

import pytest
import torch

from engine.protocol.keys import DifferenceKey, VariableKey
from engine.serve import subtraction as desk_module
from engine.shared.language import tr
from engine.tensors import subtraction as subtraction_module
from tests.visualizer.tensor_engine import Engine, settled, variable
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.look.spoken import use_language

A, B = VariableKey("a"), VariableKey("b")


@pytest.fixture
def panel(qtbot) -> InspectorPanel:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(1_200, 700)
    panel.show()
    return panel


def shown(panel: InspectorPanel, a: torch.Tensor, **others: torch.Tensor) -> Engine:
    engine = Engine(panel, {A: a} | {VariableKey(name): tensor for name, tensor in others.items()})
    panel.pair.compare.set_variables((variable("a", a), *(variable(name, one) for name, one in others.items())))
    panel.show_variable(variable("a", a))
    return engine


def choose(panel: InspectorPanel, name: str) -> None:
    names = panel.pair.compare.names
    names.setCurrentIndex(names.findData(name))
    names.activated.emit(names.currentIndex())


def test_only_tensors_of_the_same_shape_are_offered(panel) -> None:
    shown(panel, torch.zeros(3, 4), b=torch.ones(3, 4), c=torch.zeros(4, 3), d=torch.zeros(12))
    names = panel.pair.compare.names
    assert [names.itemData(place) for place in range(names.count())] == ["", "b"]
    panel.show_variable(variable("c", torch.zeros(4, 3)))
    assert panel.pair.compare.isHidden() and panel.pair.second.isHidden()


def test_the_second_tensor_stands_beside_and_what_differs_is_told(panel, qtbot) -> None:
    a, b = torch.arange(12.0).view(3, 4), torch.arange(12.0).view(3, 4)
    b[1, 2] += 0.5
    shown(panel, a, b=b)
    choose(panel, "b")
    pair = panel.pair
    qtbot.waitUntil(lambda: pair.second.isVisible())
    settled(qtbot, pair.second)
    assert pair.second.feed.key == B and pair.second.feed.detail.text_at(1, 2) == "6.5000"
    assert pair.compare.words.text() == (
        "Largest difference 0.500 at [1, 2]; 1 of 12 differ; not close by torch.allclose; as float32"
    )
    use_language("pt_BR")
    assert pair.compare.words.text().startswith("Maior diferença 0,500")
    use_language("en")
    pair.compare.difference.setChecked(True)
    qtbot.waitUntil(lambda: pair.second.feed.key == DifferenceKey(A, B))
    settled(qtbot, pair.second)
    assert pair.second.feed.detail.text_at(1, 2) == "-0.5000" and pair.second.colors == "gradient"
    use_language("pt_BR")
    pair.compare.failed(pair.compare._pair, lambda: tr("Cancel"))
    assert pair.compare.message == "Cancelar"
    use_language("en")
    assert pair.compare.message == "Cancel" and pair.compare.words.text() == ""
    choose(panel, "")
    assert pair.second.isHidden() and not pair.compare.words.text()


def test_equal_tensors_and_nan_are_told(panel, qtbot) -> None:
    a = torch.ones(3, 4)
    nan = a.clone()
    nan[0, 1] = math.nan
    shown(panel, a, b=a.clone(), nan=nan)
    words = panel.pair.compare.words
    choose(panel, "b")
    qtbot.waitUntil(lambda: words.text() == "Equal in all 12 elements")
    choose(panel, "nan")
    qtbot.waitUntil(lambda: "1 of 12 differ, 1 with NaN; not close" in words.text())


def test_other_values_are_compared_anew(panel, qtbot) -> None:
    a, b = torch.ones(3, 4), torch.ones(3, 4)
    shown(panel, a, b=b)
    compare = panel.pair.compare
    choose(panel, "b")
    qtbot.waitUntil(lambda: compare.words.text() == "Equal in all 12 elements")
    b.add_(1)
    compare.set_variables((variable("a", a), variable("b", b)))
    qtbot.waitUntil(lambda: compare.words.text().startswith("Largest difference 1"))


def test_what_is_said_is_said_of_the_tensor_that_stands_there(panel, qtbot) -> None:
    a, b = torch.ones(3, 4), torch.ones(3, 4)
    shown(panel, a, b=b, c=torch.full((3, 4), 3.0))
    pair, words = panel.pair, panel.pair.compare.words
    choose(panel, "b")
    qtbot.waitUntil(lambda: words.text() == "Equal in all 12 elements")
    pair.compare.difference.setChecked(True)
    qtbot.waitUntil(lambda: pair.second.feed.key == DifferenceKey(A, B))
    panel.show_variable(variable("c", torch.full((3, 4), 3.0)))
    qtbot.waitUntil(lambda: pair.second.feed.key == DifferenceKey(VariableKey("c"), B))
    assert words.text().startswith("Largest difference 2 at [0, 0]; 12 of 12 differ")
    settled(qtbot, pair.second)
    assert pair.second.feed.detail.text_at(0, 0) == "2.0000"


def test_what_has_the_focus_is_what_is_copied_and_saved(panel, qtbot) -> None:
    shown(panel, torch.ones(3, 4), b=torch.zeros(3, 4))
    choose(panel, "b")
    pair = panel.pair
    qtbot.waitUntil(lambda: pair.second.isVisible())
    assert pair.copied_key == A
    pair.second.heat_map.setFocus()
    qtbot.waitUntil(pair.second.heat_map.hasFocus)
    assert pair.copied_key == B
    pair.compare.difference.setChecked(True)
    qtbot.waitUntil(lambda: pair.copied_key == DifferenceKey(A, B))


def test_large_ones_pan_zoom_and_are_pointed_at_together(panel, qtbot) -> None:
    a = torch.rand(2_200, 2_200)
    shown(panel, a, b=a + 1)
    choose(panel, "b")
    pair = panel.pair
    qtbot.waitUntil(lambda: pair.second.isVisible())
    value, second = pair.value.heat_map, pair.second.heat_map
    pair.camera.zoom_by(5, 50, 50, *value._view())
    settled(qtbot, pair.value)
    settled(qtbot, pair.second)
    assert value.visible() == second.visible()
    row, column = value.visible().first_row + 30, value.visible().first_column + 30
    value._hover((row, column))
    assert pair.camera.hovered == (row, column)
    step = value.visible().step
    for section in (pair.value, pair.second):
        assert section.scale.text().startswith(f"Row {row:,}, " if step == 1 else "Mean of rows ")
    means = [section.feed.tiles.mean_at(row, column, step) for section in (pair.value, pair.second)]
    assert means[1] - means[0] == pytest.approx(1, abs=1e-4)
    value._hover(None)
    assert pair.camera.hovered is None and pair.second.scale.text().startswith("Rows ")


def test_it_fits_into_a_narrow_inspector(panel, qtbot) -> None:
    a = torch.ones(3, 4)
    shown(panel, a, b=a + 1)
    choose(panel, "b")
    compare = panel.pair.compare
    qtbot.waitUntil(lambda: bool(compare.words.text()))
    panel.resize(170, 700)
    qtbot.waitUntil(lambda: panel.pair.width() <= 170)
    assert compare.minimumSizeHint().width() <= 150
    for widget in (compare.names, compare.difference, compare.words):
        assert compare.rect().contains(widget.geometry())


def test_a_long_comparison_tells_how_far_it_is_and_is_cancelled(panel, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(subtraction_module, "_PIECE_ELEMENTS", 1_000)
    monkeypatch.setattr(desk_module, "_AT_ONCE", 10)
    monkeypatch.setattr(desk_module, "_TURN_S", 0.0)
    a = torch.zeros(100, 100)
    shown(panel, a, b=torch.ones(100, 100))
    compare, told = panel.pair.compare, []
    compare.changed.connect(lambda: told.append((compare.words.text(), compare.cancel.isHidden())))
    choose(panel, "b")
    qtbot.waitUntil(lambda: panel.pair.second.isVisible())
    assert ("Comparing: 10 % of 10,000 elements read", False) in told and compare.cancel.isHidden()
    assert compare.words.text().startswith("Largest difference 1 at [0, 0]; 10,000 of 10,000 differ")
    told.clear()
    compare.difference.setChecked(True)
    qtbot.waitUntil(lambda: panel.pair.second.feed.key == DifferenceKey(A, B))


def test_a_long_comparison_is_cancelled(panel, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(subtraction_module, "_PIECE_ELEMENTS", 1_000)
    monkeypatch.setattr(desk_module, "_AT_ONCE", 10)
    monkeypatch.setattr(desk_module, "_TURN_S", 0.0)
    shown(panel, torch.zeros(100, 100), b=torch.ones(100, 100))
    compare, told = panel.pair.compare, []

    def cancel() -> None:
        told.append(compare.words.text())
        if not compare.cancel.isHidden():
            compare.cancel.click()

    compare.changed.connect(cancel)
    choose(panel, "b")
    qtbot.waitUntil(lambda: not compare.name)
    assert any("Comparing: 10 %" in text for text in told) and not any("Comparing: 20 %" in text for text in told)
    assert compare.cancel.isHidden() and panel.pair.second.isHidden() and not compare.words.text()
