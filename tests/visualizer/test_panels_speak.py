"""Panels of Backprop follow the language: what they were told before is said again in the one in use."""

from __future__ import annotations

import re

import pytest
import torch
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from engine.protocol.accounts import GradAccount, GradDeposit
from engine.protocol.messages import AccountShown
from engine.protocol.not_finite import Found, Part
from engine.protocol.sentence import Sentence
from engine.shared.backward_model import READY
from engine.tensors.summary import summarize
from tests.visualizer.tensor_engine import node
from visualizer.backprop.graph import legend_colors
from visualizer.backprop.graph.color_by import CATEGORY, CHOICES
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.found_section import pages_of
from visualizer.backprop.outline.tree_view import OutlineView
from visualizer.backprop.queue.panel import QueuePanel, QueueRow
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.backprop.tensor_view.rank_words import axis_words, rank_name
from visualizer.backprop.variables.panel import VariablesPanel
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.model.selection import Selection
from visualizer.model.tensor_line import line_in_words, line_of


@pytest.fixture(autouse=True)
def english_again():
    yield
    use_language("en")


def test_a_section_says_again_what_it_was_told_in_the_language_of_now(qtbot) -> None:
    section = AccountSection()
    qtbot.addWidget(section)
    section.resize(340, 400)
    with qtbot.waitSignal(section.wanted):
        section.show()
        section.show_node(node(7, kind="accumulate", name="AccumulateGrad"))
    account = GradAccount(7, (GradDeposit(1, 9, 1.0), GradDeposit(2, 9, 0.9, 1.0)), n_deposits=2, grad=1.9)
    section.answered(7, AccountShown(account=account))

    def words() -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", section.deposits.text()).split())

    english = words()
    assert english == "Added by line 9 norm before pass 1 1 nothing pass 2 0.9 1 .grad now 1.9"
    use_language("pt_BR")
    assert words() == "Somado pela linha 9 norma antes passagem 1 1 nada passagem 2 0,9 1 .grad agora 1,9"
    use_language("en")
    assert words() == english


def test_a_panel_keeps_its_rows_and_says_their_states_anew(qtbot) -> None:
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.set_rows([QueueRow(3, "TanhBackward0", "h", "activation", READY, 1, 1)])
    use_language("pt_BR")
    row = panel.view.model().index(0, 0)
    assert panel.head._title.text() == "Fila de prontos" and panel.view.accessibleName() == "Fila de prontos"
    assert row.data() == "TanhBackward0 h, pronto, na fila, 1 de 1 gradiente"


def test_shapes_are_counted_in_the_language_in_use() -> None:
    use_language("pt_BR")
    assert rank_name(2) == "rank 2: uma matriz"
    assert axis_words(Planes((1, 3, 1200))) == ("i: 1 plano", "j: 3 linhas", "k: 1.200 colunas")


def test_why_a_tensor_has_no_numbers_is_said_in_the_language_in_use() -> None:
    summary = summarize(torch.zeros(2, device="meta"))
    assert line_of(summary) == "(2,) f32 meta, without data"
    use_language("pt_BR")
    assert line_of(summary) == "(2,) f32 meta, sem dados"
    use_language("en")
    assert line_of(summarize(torch.ones(2))).startswith("(2,) f32 ")


def test_the_line_of_a_tensor_has_the_words_and_numbers_of_the_language_in_use() -> None:
    some = summarize(torch.tensor([0.5, 1.25, float("nan")]))
    assert line_of(some) == "(3,) f32 x∈[0.5, 1.25] μ=0.88 σ=0.53 of the finite; 1 NaN"
    use_language("pt_BR")
    assert line_of(some) == "(3,) f32 x∈[0,5; 1,25] μ=0,88 σ=0,53 dos finitos; 1 NaN"
    assert line_of(summarize(torch.full((1_200, 2), float("inf")))) == "(1200, 2) f32 nada finito: 2.400 Inf"
    assert line_of(summarize(torch.tensor(0.125))) == "() f32 0,1250"
    assert line_of(summarize(torch.ones(0, 3))) == "(0, 3) f32 vazio"
    assert line_in_words("(2,) f32 of a sample; NaN not counted yet").endswith("de uma amostra; NaN ainda não contados")


def test_what_took_part_in_a_nan_is_called_as_the_program_does_or_in_the_language_in_use() -> None:
    result = Part("result", (2,), "float32", is_made=True, said=Sentence.phrase("words.result", "result"))
    found = Found(
        "forward", "NaN", "torch.log", "log of 0", Sentence("", ""), parts=(Part("result", (2,), "f"), result)
    )
    use_language("pt_BR")
    assert [page.name for page in pages_of(found)] == ["resultado", "result"]  # the other is a variable


def test_no_title_of_the_outline_is_cut_in_any_language_and_its_menu_has_them(qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    tree = OutlineView(place)
    header, model = tree.header(), tree.model()
    for tongue in ("pt_BR", "en"):
        use_language(tongue)
        tree.dress()
        for sorted_by in range(1, header.count()):
            header.sectionClicked.emit(sorted_by)
            for number in range(1, header.count()):
                assert header.sectionSize(number) >= header.sectionSizeFromContents(number).width(), (tongue, number)
        menu = header.menu()
        titles = [model.headerData(number, header.orientation()).strip("↑↓ ") for number in range(1, header.count())]
        assert [action.text() for action in menu.actions()] == titles
        menu.deleteLater()
    use_language("pt_BR")
    variables = VariablesPanel(Selection())
    qtbot.addWidget(variables)
    assert "forma" in [action.text() for action in variables.column_menu().actions()]


def test_the_two_columns_of_categories_are_apart(qapp, monkeypatch) -> None:
    """With the longest name of Portuguese, "elemento a elemento", in the first."""
    use_language("pt_BR")
    words: dict[str, QRectF] = {}
    monkeypatch.setattr(legend_colors, "_write", lambda _, place, text, token, **_kept: words.update({text: place}))
    width = legend_colors.width()
    painter = QPainter(picture := QImage(300, 120, QImage.Format.Format_RGB32))
    legend_colors.draw(painter, 0.0, width, CHOICES[CATEGORY], None)
    painter.end()
    metrics = QFontMetricsF(theme.current().font(11))
    for left, right in (("folha", "matmul"), ("elemento a elemento", "ativação"), ("view", "redução")):
        end = words[left].left() + metrics.horizontalAdvance(left)
        assert end + 8 <= words[right].left() - 14 and not picture.isNull()  # a swatch and its gap
        assert words[right].left() + metrics.horizontalAdvance(right) <= width
