"""Predict, then reveal, in the window: asked before a step, compared after it, by the keyboard alone."""

from __future__ import annotations

import html
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from engine.protocol.backward_values import Edit
from engine.shared.language import tr
from tests.visualizer import window as w
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.cell_section import CellSection
from visualizer.backprop.inspector.differences_section import DifferencesSection
from visualizer.backprop.inspector.flow_section import FlowSection
from visualizer.backprop.inspector.jacobian_section import JacobianSection
from visualizer.backprop.inspector.node_section import CONCEALED
from visualizer.backprop.inspector.what_if_section import WhatIfSection
from visualizer.backprop.predict.panel import PredictPanel
from visualizer.look import theme
from visualizer.model.selection import SelectedNode

TEXT = """import torch
x = torch.tensor([[0.5, -2.0], [1.5, 1.0], [0.3, 0.7]])
W = torch.tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)
z = x @ W
a = torch.sigmoid(z)
loss = (a * a).sum() / 4
loss.backward()
"""
SWITCH, REVEAL, STEP = "Ctrl+Alt+P", "Ctrl+Alt+R", "F10"


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as opened:
        yield opened


@pytest.fixture
def panel(window):
    """Asking at the first node of the held program, with the keyboard in its field."""
    w.start(window, TEXT, "Ctrl+Shift+Return")
    w.until(lambda: window.session.state == "paused", "the pass is held")
    w.press(window, SWITCH)
    found = window.panels.predict
    asked(found, "DivBackward0")
    yield found
    if found.is_on:
        w.press(window, SWITCH)
    window.session.stop()
    w.until(lambda: not window.session.is_busy, "it has ended")


def asked(panel, node):
    w.until(lambda: panel.words.text().startswith(node) and panel.stop is not panel.switch, f"{node} is asked about")


def field(panel):
    return panel.stop


def enter(panel, text):
    """Typed into the field that has the keyboard, and Enter."""
    w.until(field(panel).hasFocus, "the keyboard is in the field")
    w.type_text(field(panel), text)
    QTest.keyClick(field(panel), Qt.Key.Key_Return)


def verdict(panel, node):
    """Its words, once this node has been judged."""
    w.until(lambda: node in panel.verdict.text(), f"{node} is judged")
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", panel.verdict.text())).split())


def test_it_is_off_until_it_is_switched_on_and_says_how(window):
    panel = window.panels.predict
    assert not panel.is_on and not panel.isVisible() and "Ctrl+Shift+Enter" in panel.words.text()
    assert not window.actions_by_id["predict"].isChecked()


def test_what_is_entered_is_compared_and_what_is_missing_is_said(window, panel):
    assert window.actions_by_id["predict"].isChecked()
    enter(panel, "grad / 4")
    assert "Right : ∂L/∂((a * a).sum()) = grad / 4." in verdict(panel, "DivBackward0")
    asked(panel, "SumBackward0")
    enter(panel, "grad")
    verdict(panel, "SumBackward0")
    asked(panel, "MulBackward0")
    enter(panel, "grad * a")
    said = verdict(panel, "MulBackward0")
    assert "right in 0 of 6 cells; furthest off at [0, 1]: you" in said and "(50 %)" in said
    assert "You left out the part that comes by the operand's other place." in said
    asked(panel, "SigmoidBackward0")
    enter(panel, "grad * a")
    assert "You left out (1 − a)." in verdict(panel, "SigmoidBackward0")
    assert panel.score.text() == "2 of 4 predictions right"


def test_the_key_of_a_step_compares_too_and_with_nothing_entered_it_only_reveals(window, panel):
    w.type_text(field(panel), "-grad / 4")
    w.press(window, STEP, field(panel))
    assert "The sign is the other way round." in verdict(panel, "DivBackward0")
    asked(panel, "SumBackward0")
    w.press(window, STEP, field(panel))
    asked(panel, "MulBackward0")
    assert panel.score.text() == "0 of 1 prediction right" and "DivBackward0" in panel.verdict.text()


def test_what_is_entered_is_not_judged_where_it_is_revealed(window, panel):
    w.type_text(field(panel), "17")
    w.press(window, REVEAL, field(panel))
    asked(panel, "SumBackward0")
    assert not panel.verdict.text() and not field(panel).text() and not panel.score.text()
    w.click(w.widget(window, QPushButton, "predict_reveal"))
    asked(panel, "MulBackward0")


def test_bad_input_is_told_beside_it_and_stays_to_be_mended_and_undone(window, panel):
    enter(panel, "grad / fuor")
    row = field(panel).parentWidget()
    w.until(lambda: row.refusal.text(), "it is refused")
    assert row.refusal.text() == "There is no name fuor here." and field(panel).text() == "grad / fuor"
    assert window.session.history.position == 1 and field(panel).hasFocus()
    QTest.keySequence(field(panel), "Ctrl+Z")
    assert not field(panel).text() and "grad" not in window.program.editor.toPlainText().splitlines()[-1]
    enter(panel, "grad / 4")
    assert "Right" in verdict(panel, "DivBackward0")


def test_the_rule_has_no_numbers_before_the_step(window, panel):
    rule = window.inspector.rule
    w.until(
        lambda: window.inspector.reveal(rule) and rule.rule is not None and "hidden" in rule.said.text(),
        "the rule is on the screen",
    )
    numbers = [operand.numbers for operand in rule.rule.operands]
    assert all(numbers) and not any(row.pieces in numbers for row in rule.formulas.rows)


def test_what_if_the_chain_and_checks_of_before_do_not_tell_it_before_the_step_and_come_back_after(window, panel):
    session, sections = window.session, window.inspector.sections
    graph = session.graph
    ids = {one.variable or one.name: one.id for one in graph.nodes}
    w.press(window, SWITCH)
    session.experiments.try_change(ids["loss"], 0, Edit("scale", 1.0))
    w.until(lambda: session.experiments.shown, "an experiment is shown")
    assert session.experiments.norm(ids["a"]) is not None and not window.graph.sign.isHidden()
    w.press(window, SWITCH)
    asked(panel, "DivBackward0")
    assert session.experiments.shown is None and session.experiments.norm(ids["a"]) is None
    assert window.graph.sign.isHidden() and session.experiments.norms(()) is None
    window.selection.select(SelectedNode(ids["a"]))
    jacobian, differences = sections.get(JacobianSection), sections.get(DifferencesSection)
    jacobian.set_open(is_open=True)
    differences.set_open(is_open=True)
    w.until(lambda: window.inspector.reveal(jacobian) and jacobian.note.text() == CONCEALED, "its chain is concealed")
    w.until(lambda: differences.said.text() == CONCEALED, "a check is concealed")
    what_if = sections.get(WhatIfSection)
    what_if.set_open(is_open=True)
    w.until(lambda: what_if.obstacle.text() == CONCEALED, "no other can be tried")
    w.press(window, SWITCH)
    assert session.experiments.norm(ids["a"]) is not None and not window.graph.sign.isHidden()
    w.until(lambda: window.inspector.reveal(jacobian) and jacobian.note.text() != CONCEALED, "the chain is there again")
    assert differences.said.text() != CONCEALED


def test_playing_goes_on_without_asking_and_a_step_behind_the_newest_is_not_asked_about(window, panel):
    w.press(window, STEP, field(panel))
    asked(panel, "SumBackward0")
    w.press(window, "Shift+F10", field(panel))
    w.until(lambda: "earlier step" in panel.words.text(), "it does not ask")
    assert panel.stop is panel.switch
    w.press(window, STEP)
    asked(panel, "SumBackward0")
    w.press(window, "F8")
    w.until(lambda: not window.session.is_busy, "it has played to the end")
    w.until(lambda: panel.words.text().startswith("This pass has run"), "it says why it does not ask, and how it would")
    assert not panel.verdict.text() and "Shift+F5" in panel.words.text()
    w.press(window, "Shift+F10", window.graph.canvas)
    w.until(lambda: not window.session.history.is_live, "an earlier step of it is looked at")
    assert panel.words.text().startswith("This pass has run")


def test_switched_off_it_steps_as_ever(window, panel):
    w.click(w.widget(window, QPushButton, "predict_switch"))
    assert not panel.is_on and panel.stop is panel.switch
    w.press(window, STEP)
    w.until(lambda: window.session.history.position == 2, "a step")
    assert not panel.verdict.text()


LOOP = """import torch
x = torch.tensor([1.0, -2.0, 0.5])
w = torch.tensor([0.5, 1.0, -1.0], requires_grad=True)
for step in range(3):
    scale = torch.tensor(float(step + 2))
    h = torch.tanh(x * w)
    loss = (h * scale).sum()
    w.grad = None
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
"""


def test_an_earlier_pass_is_predicted_in_its_replay_with_the_values_it_had_and_nothing_is_told_before(window):
    assert w.run(window, LOOP).error is None
    panel, session, sections = window.panels.predict, window.session, window.inspector.sections
    w.press(window, SWITCH)
    for index in (2, 1):
        w.press(window, "Alt+PgUp")
        w.until(lambda index=index: session.passes.opened == index, f"pass {index} is open")
    assert panel.words.text().startswith("This pass has run") and panel.stop is panel.switch
    w.press(window, "Shift+Home", window.graph.canvas)
    w.until(lambda: panel.words.text().startswith("The first node is next"), "it says so")
    w.press(window, STEP)
    asked(panel, "SumBackward0")
    enter(panel, "grad")
    assert "Right" in verdict(panel, "SumBackward0")
    asked(panel, "MulBackward0")
    flow, mul = sections.get(FlowSection), session.history.held
    w.until(lambda: window.inspector.reveal(flow) and concealed(flow) == tr(CONCEALED), "what it sends on is hidden")
    enter(panel, "grad * scale")  # 2 in this pass, 4 by now
    assert "Right" in verdict(panel, "MulBackward0")
    asked(panel, "TanhBackward0")
    window.selection.select(SelectedNode(mul.id))
    w.until(lambda: window.inspector.reveal(flow) and not concealed(flow), "what it has sent on is shown")
    leaf = next(one for one in session.graph.nodes if one.variable == "w")
    window.selection.select(SelectedNode(leaf.id))
    for hidden in (sections.get(CellSection), sections.get(AccountSection)):
        w.until(lambda one=hidden: window.inspector.reveal(one) and concealed(one) == tr(CONCEALED), "it is hidden")
    enter(panel, "grad * h")
    assert "✓" not in verdict(panel, "TanhBackward0")
    assert panel.score.text() == "2 of 3 predictions right"
    w.press(window, "Shift+F10")
    asked(panel, "TanhBackward0")
    w.press(window, SWITCH)
    w.until(lambda: not concealed(sections.get(AccountSection)), "it is shown again")


def concealed(section):
    """What a section says in place of its answer."""
    words = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    return next((one for one in words if one == tr(CONCEALED)), "")


def test_its_buttons_stay_in_view_beside_a_long_verdict(qtbot):
    alone = PredictPanel()
    qtbot.addWidget(alone)
    alone.ask("What does it send on?", "Names: grad, h.", ())
    for button in (alone.compare, alone.reveal):
        button.show()
    alone.set_verdict("<p>Right.</p>" * 12, "2 of 2 predictions right")
    for width, height in ((320, 240), (200, 260)):
        alone.resize(width, height)
        alone.show()
        for button in (alone.compare, alone.reveal):
            assert alone.rect().contains(button.mapTo(alone, button.rect().bottomRight())), (width, height)
            assert not alone.findChild(QScrollArea).isAncestorOf(button)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_at_every_height_its_buttons_stand_in_one_place(qtbot, scale):
    theme.current().set_scale(scale)
    try:
        alone = PredictPanel()
        qtbot.addWidget(alone)
        alone.ask("What does it send on?", "Names: grad, h.", ())
        for button in (alone.compare, alone.reveal):
            button.show()
        alone.show()
        scroll, is_fixed = alone.findChild(QScrollArea), []
        for height in range(40, 500):
            alone.resize(200, height)
            is_fixed.append(not scroll.isAncestorOf(alone.compare))
        assert not is_fixed[0] and is_fixed[-1] and is_fixed == sorted(is_fixed)
        for height in reversed(range(40, 500)):
            alone.resize(200, height)
            assert is_fixed.pop() is not scroll.isAncestorOf(alone.compare)
    finally:
        theme.current().set_scale(1.0)
