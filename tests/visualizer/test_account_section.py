"""The account of a leaf's .grad in the inspector, and the one colour scale of what arrives and what is there."""

from __future__ import annotations

import re

import pytest
import torch
from msgspec.structs import replace

from engine.protocol.accounts import GradAccount, GradDeposit
from engine.protocol.keys import NodeGradKey, NodeValueKey, VariableGradKey
from engine.protocol.messages import AccountShown, AskAccount
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import TensorSummary
from tests.visualizer.tensor_engine import Engine, node, settled
from visualizer.backprop.inspector.account_section import AccountSection
from visualizer.backprop.inspector.panel import InspectorPanel

SAID = Sentence("account.forgotten", "0.52 of this pass += 1.87 from 2 passes before: zero_grad was not called.")
ACCOUNT = GradAccount(
    7,
    (GradDeposit(1, 9, 1.0), GradDeposit(2, 9, 0.9, 1.0, True), GradDeposit(3, 9, 0.52, 1.87, True)),
    n_deposits=3,
    grad=2.3,
    bound=4.0,
    is_forgotten=True,
    said=SAID,
)


@pytest.fixture
def section(qtbot) -> AccountSection:
    """Alone in a window, as wide as in a dock."""
    made = AccountSection()
    qtbot.addWidget(made)
    made.resize(340, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(qtbot, section: AccountSection, account: GradAccount) -> None:
    with qtbot.waitSignal(section.wanted):
        section.show_node(node(7, kind="accumulate", name="AccumulateGrad"))
    section.answered(7, AccountShown(account=account))


def test_every_deposit_is_a_row_and_a_forgotten_zero_grad_is_the_headline(qtbot, section) -> None:
    show(qtbot, section, ACCOUNT)
    assert SAID.text in section.headline.text()
    words = re.sub(r"<[^>]+>", " ", section.deposits.text()).split()
    assert " ".join(words) == (
        "Added by line 9 norm before pass 1 1 nothing pass 2 · updated 0.9 1 pass 3 · updated 0.52 1.87 .grad now 2.3"
    )


def test_without_a_pass_it_says_so_and_a_node_that_is_no_leaf_has_no_account(qtbot, section) -> None:
    show(qtbot, section, GradAccount(7))
    assert section.said.text().startswith("No backward pass") and not section.deposits.isVisible()
    section.show_node(node(8))
    assert not section.isVisible()


def test_a_variable_that_is_a_leaf_has_an_account_by_its_name(qtbot, section) -> None:
    leaf = TensorSummary((3,), "float32", "cpu", requires_grad=True, is_leaf=True)
    with qtbot.waitSignal(section.wanted) as asked:
        section.show_variable(Variable("w", "Tensor", summary=leaf))
    assert asked.args == [AskAccount(name="w")]
    section.answered("w", AccountShown(account=ACCOUNT))
    assert SAID.text in section.headline.text() and section.subject.text() == "w.grad"
    section.show_variable(Variable("x", "Tensor", summary=replace(leaf, requires_grad=False)))
    assert not section.isVisible()


def test_of_an_earlier_pass_it_says_of_when_it_is(qtbot, section) -> None:
    earlier = replace(ACCOUNT, deposits=ACCOUNT.deposits[1:2], n_deposits=2, grad=None, is_earlier=True)
    show(qtbot, section, earlier)
    assert "pass 2 · updated" in section.deposits.text() and ".grad now" not in section.deposits.text()
    assert section.said.text().startswith("As it was when")
    show(qtbot, section, GradAccount(7, is_earlier=True))
    assert "is not kept any more" in section.said.text() and not section.deposits.isVisible()


def test_what_arrives_and_what_is_there_have_one_colour_scale(qtbot) -> None:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    arrived, grad = torch.full((4, 5), 0.5), torch.full((4, 5), 4.0)
    Engine(panel, {NodeValueKey(7): torch.ones(4, 5), NodeGradKey(7): arrived, VariableGradKey("w"): grad})
    panel.resize(375, 900)
    with qtbot.waitExposed(panel):
        panel.show()
    leaf = node(7, kind="accumulate", name="AccumulateGrad", variable="w")
    panel.show_node(leaf, state_text="done", category="accumulate", has_gradient=True)
    settled(qtbot, panel.gradient)
    panel.sections.settle()
    panel.sections.get(AccountSection).answered(7, AccountShown(account=ACCOUNT))
    assert panel.gradient.feed.limits == (-4.0, 4.0)
    panel.show_node(node(8), state_text="done", category="activation")
    panel.sections.settle()
    assert panel.sections.get(AccountSection).isHidden()
