"""What the colours of cards stand for, from facts to pixels."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest

from engine.protocol.facts import NodeFacts, SavedStorage
from engine.protocol.notes import Freed
from tests.visualizer.graph_demo import chain_graph, gpt2_graph, lesson_graph
from tests.visualizer.window import main_window, run, until
from visualizer.app.settings import Settings
from visualizer.backprop.graph.color_by import (
    CATEGORY,
    CHOICES,
    INF,
    N_STEPS,
    NAN,
    NO_VALUE,
    CardValues,
    scale_colors,
)  # fmt: skip
from visualizer.backprop.graph.fact_words import time_text
from visualizer.look import theme
from visualizer.look.color_maps import sequential
from visualizer.look.spoken import use_language
from visualizer.look.tokens import TOKENS
from visualizer.model.fact_columns import FactColumns

LEFT = Qt.MouseButton.LeftButton


class Known:
    """Facts by node, as the engine and a pass would tell them."""

    def __init__(self, facts=(), norms=None, times=None) -> None:
        self.facts = {fact.node: fact for fact in facts}
        self.norms, self.times = norms or {}, times or {}

    def of(self, node):
        return self.facts.get(node)

    def gradient_norm(self, node):
        return self.norms.get(node)

    def time_ms(self, node):
        return self.times.get(node)


def show(qtbot, panel, graph):
    panel.set_graph(graph)
    panel._selection.set_graph(graph)
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    return panel.canvas.scene


def tell(panel, known: Known) -> None:
    """As if the facts had come."""
    panel.facts.columns = FactColumns(panel._graph, known)
    panel.finding.set_graph(panel._graph, panel.facts.columns)
    panel.colors.set_columns(panel.facts.columns)
    panel.facts.take(frozenset())


def test_a_scale_spans_decades_and_what_has_no_place_on_it_has_a_colour_of_its_own(qtbot, panel) -> None:
    scene = show(qtbot, panel, lesson_graph())
    norms = {1: 1e-6, 2: 5.0, 3: math.nan, 4: math.inf, 5: 0.0}
    coloring = CardValues(scene).coloring("norm", FactColumns(lesson_graph(), Known(norms=norms)))
    shades = coloring.shades[:6].tolist()
    assert coloring.ends == ("1e-6", "10") and coloring.has_values
    assert shades == [0, int((math.log10(5) + 6) / 7 * N_STEPS), NAN, INF, 0, NO_VALUE]


def test_value_range_is_the_largest_magnitude_and_nan_wins(qtbot, panel) -> None:
    scene = show(qtbot, panel, lesson_graph())
    facts = [NodeFacts(1, 4, -100.0, 1.0, 9.0), NodeFacts(2, 4, 0.0, 1.0, 1.0, n_nan=1, n_inf=1),
             NodeFacts(3, 4, n_inf=4), NodeFacts(4)]  # fmt: skip
    coloring = CardValues(scene).coloring("range", FactColumns(lesson_graph(), Known(facts)))
    assert coloring.ends == ("10", "100")
    assert coloring.shades[:4].tolist() == [N_STEPS - 1, NAN, INF, NO_VALUE]


def test_a_fold_has_the_largest_norm_the_sum_of_times_and_shared_memory_once(qtbot, panel) -> None:
    graph = gpt2_graph()
    scene = show(qtbot, panel, graph)
    number, slot = next((n, slot) for n, slot in enumerate(scene.shown.cards) if slot.fold)
    ids = [graph.nodes[index].id for index in slot.nodes]
    alone = next(graph.nodes[slot.nodes[0]].id for slot in scene.shown.cards if not slot.fold)
    shared = SavedStorage(7, 1000)
    facts = [NodeFacts(node, saved=(shared,)) for node in ids] + [NodeFacts(alone, saved=(SavedStorage(8, 10_000),))]
    known = Known(facts, dict(zip(ids, np.linspace(1e-3, 10, len(ids)).tolist(), strict=True)), dict.fromkeys(ids, 1.0))
    columns, cards = FactColumns(graph, known), CardValues(scene)
    assert cards.coloring("norm", columns).shades[number] == N_STEPS - 1
    times, n_decades = cards.coloring("time", columns), math.ceil(math.log10(len(ids)))
    assert times.ends == ("1 ms", time_text(10.0**n_decades))
    assert times.shades[number] == int(math.log10(len(ids)) / n_decades * N_STEPS)
    assert cards.coloring("bytes", columns).ends == ("1 kB", "10 kB")
    assert cards.coloring("bytes", columns).shades[number] == 0


def test_what_cannot_be_told_has_no_colour(qtbot, panel) -> None:
    scene = show(qtbot, panel, lesson_graph())
    coloring = CardValues(scene).coloring(
        "bytes", FactColumns(lesson_graph(), Known([NodeFacts(1, saved_note=Freed())]))
    )
    assert not coloring.has_values and set(coloring.shades.tolist()) == {NO_VALUE}


@pytest.mark.parametrize("is_dark", [True, False])
def test_the_scale_is_in_order_and_seen_on_the_canvas(is_dark: bool) -> None:
    colors = sequential(is_dark, N_STEPS)[:, :3] / 255
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    brightness = linear @ [0.2126, 0.7152, 0.0722]
    steps = np.diff(brightness)
    assert (steps > 0).all() if is_dark else (steps < 0).all()
    ground = np.array([int(TOKENS["bg.canvas"][not is_dark][i : i + 2], 16) for i in (1, 3, 5)]) / 255
    behind = np.where(ground <= 0.04045, ground / 12.92, ((ground + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
    high, low = np.maximum(brightness, behind), np.minimum(brightness, behind)
    assert ((high + 0.05) / (low + 0.05)).min() >= 3.0


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.1])
def test_the_card_on_the_canvas_has_the_colour_of_its_number(qtbot, panel, zoom: float) -> None:
    scene = show(qtbot, panel, lesson_graph())
    panel.colors.choose("norm")
    tell(panel, Known(norms={4: 100.0, 3: 1.0}))
    canvas = panel.canvas
    canvas.zoom_to(zoom)
    canvas.center_on(scene.rect(3).center())
    image = canvas.grab().toImage()
    corner = canvas.camera.to_widget(scene.rect(3).topLeft() + QPointF(10, 40))
    assert image.pixelColor(corner.toPoint()) == scale_colors(theme.current().is_dark)[N_STEPS - 1]


def test_the_colours_follow_the_choice_and_what_becomes_known(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    legend = panel.overlays.legend
    assert "matmul" in legend.accessibleDescription()
    with qtbot.waitSignal(panel.colors.changed):
        panel.bar.color.menu().actions()[1].trigger()
    assert panel.bar.color.text().startswith("Colour: gradient norm")
    assert legend.accessibleDescription().startswith("No backward is shown")
    tell(panel, Known(norms={4: 100.0, 3: 1.0}))
    assert legend.accessibleDescription().startswith("Gradient norm from 1 to 100")
    panel.colors.choose(CATEGORY)
    assert panel.canvas.book.coloring is None and "matmul" in legend.accessibleDescription()


def test_the_legend_folds_and_closes_for_good(qtbot, panel) -> None:
    show(qtbot, panel, lesson_graph())
    legend, overlays = panel.overlays.legend, panel.overlays
    tall = legend.height()
    with qtbot.waitSignal(overlays.legend_chosen) as got:
        QTest.mouseClick(legend, LEFT, pos=QPoint(20, 10))
    assert got.args == ["folded"] and legend.height() < tall / 3
    with qtbot.waitSignal(overlays.legend_chosen) as got:
        QTest.mouseClick(legend, LEFT, pos=QPoint(legend.width() - 8, 10))
    assert got.args == ["closed"] and not legend.isVisible()
    panel.resize(1200, 950)
    show(qtbot, panel, chain_graph(12))
    assert not legend.isVisible()
    overlays.show_legend("open")
    assert legend.isVisible() and legend.height() == tall


def test_another_graph_has_its_own_colours_once_it_is_laid_out(qtbot, panel) -> None:
    show(qtbot, panel, chain_graph(40))
    panel.colors.choose("norm")
    panel.set_graph(lesson_graph())  # its facts come before its layout
    panel.facts.take(frozenset({1}))
    panel.finding.finder.ask("tanh")
    panel.finding.changed.emit()
    panel.canvas.grab()
    qtbot.waitUntil(lambda: not panel._stage.is_waiting)
    assert len(panel.canvas.book.coloring.shades) == len(panel.canvas.scene.shown.cards)


def test_the_list_stays_where_it_is_while_facts_come_in(qtbot, panel) -> None:
    show(qtbot, panel, chain_graph(60))
    known = Known([NodeFacts(node, 1, n_nan=1) for node in range(20, 60)])
    tell(panel, known)
    panel.focus_search()
    QTest.keyClicks(panel.bar.field, "nan")
    results = panel.finding.results
    for _ in range(30):
        QTest.keyClick(panel.bar.field, Qt.Key.Key_Down)
    picked = panel._graph.nodes[panel.finding.matches[results.row]].id
    height = results.list.verticalScrollBar().value()
    assert height > 0
    known.facts |= {node: NodeFacts(node, 1, n_nan=1) for node in range(1, 20)}
    panel.facts.take(frozenset(range(1, 20)))
    assert len(panel.finding.matches) == 59
    assert panel._graph.nodes[panel.finding.matches[results.row]].id == picked
    assert results.list.verticalScrollBar().value() == height


def test_beside_a_large_graph_the_legend_is_a_head_under_which_a_scale_still_stands(qtbot, panel) -> None:
    show(qtbot, panel, gpt2_graph())
    legend = panel.overlays.legend
    head = legend.height()
    assert legend.isVisible() and not legend.is_open and head < 40
    panel.colors.choose("norm")
    assert head < legend.height() < 130
    assert not legend.geometry().intersects(panel.overlays.minimap.geometry())
    panel.colors.choose(CATEGORY)
    assert legend.height() == head


def test_a_legend_that_nobody_asked_for_folds_where_it_would_lie_on_the_graph(qtbot, panel) -> None:
    legend = panel.overlays.legend
    panel.resize(1200, 950)
    show(qtbot, panel, lesson_graph())
    assert legend.is_open
    panel.resize(650, 760)
    scene, camera = show(qtbot, panel, chain_graph(50)), panel.canvas.camera
    panel.fit()
    under = QRectF(camera.to_scene(QPointF(legend.pos())), QSizeF(legend.size()) / camera.scale)
    assert not legend.is_open or not scene.cards_in(under).size
    panel.overlays.show_legend("open")
    panel.fit()
    assert legend.is_open
    panel.overlays.show_legend("")
    panel.resize(1200, 950)
    show(qtbot, panel, lesson_graph())
    assert legend.is_open


def cards_under(panel, widget) -> int:
    """How many cards and frames lie under it."""
    scene, camera = panel.canvas.scene, panel.canvas.camera
    area = QRectF(camera.to_scene(QPointF(widget.pos())), QSizeF(widget.size()) / camera.scale)
    return len(scene.cards_in(area)) + scene.frames_meet(area)


@pytest.mark.parametrize("is_fitted", [True, False])
def test_what_was_fitted_stays_beside_a_legend_that_a_colouring_makes_larger(qtbot, panel, is_fitted) -> None:
    legend, choices = panel.overlays.legend, list(CHOICES)
    panel.resize(760, 700)
    show(qtbot, panel, chain_graph(12))
    for height in range(620, 960, 20):
        panel.resize(760, height)
        panel.fit()
        if not is_fitted:
            panel.canvas.camera.pan(-3, 0)
        for name in choices:
            panel.colors.choose(name)
            assert not ((is_fitted or legend.is_open) and cards_under(panel, legend)), (height, name)
        panel.colors.choose(CATEGORY)


def test_nothing_lies_under_a_legend_whose_words_are_longer_in_another_language(qtbot, panel) -> None:
    legend, wider = panel.overlays.legend, 0
    show(qtbot, panel, chain_graph(3))
    for width in range(650, 850, 10):
        panel.resize(width, 760)
        panel.fit()
        before = legend.width()
        use_language("pt_BR")
        wider += legend.width() > before
        under = cards_under(panel, legend) if legend.is_open else 0
        use_language("en")
        assert not under, width
    assert wider


PROGRAM = """\
import torch
torch.manual_seed(0)
W = torch.randn(3, 4, requires_grad=True)
loss = (torch.randn(5, 3) @ W).relu().square().mean()
loss.backward()
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


def has_values(window) -> bool:
    coloring = window.graph.canvas.book.coloring
    return coloring is not None and coloring.has_values


def test_every_choice_is_an_action_with_a_key_and_shows_what_the_engine_knows(window) -> None:
    run(window, PROGRAM)
    for name in CHOICES:
        window.do(f"color_{name}")
        assert window.graph.colors.name == name and window.actions_by_id[f"color_{name}"].isChecked()
        assert window.actions_by_id[f"color_{name}"].shortcut().toString()
        until(lambda name=name: name == CATEGORY or has_values(window), f"{name} is known")
    window.do("color_norm")
    loss = window.session.graph.nodes[0].id
    assert window.facts.gradient_norm(loss) == 1.0
    assert window.graph.canvas.book.coloring.shades[window.graph.card_of(loss)] != NO_VALUE
    window.do("color_category")


def test_a_closed_legend_is_remembered_and_the_view_menu_brings_it_back(window) -> None:
    run(window, PROGRAM)
    window.do("legend")
    assert not window.graph.overlays.legend.isVisible() and Settings().legend == "closed"
    assert not window.actions_by_id["legend"].isChecked()
    window.do("legend")
    assert Settings().legend == "open" and window.actions_by_id["legend"].isChecked()
