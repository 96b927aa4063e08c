"""The account of a leaf's `.grad`: what each pass added since it was empty, and what stands in it now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.accounts import GradAccount, GradDeposit
from engine.protocol.graph_values import Node
from engine.protocol.messages import AccountShown, AskAccount
from engine.protocol.program_values import Variable
from engine.shared.language import mark, said, tr, trn
from engine.shared.local_numbers import brief
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored, number_text, table
from visualizer.look.spoken import speak

_NONE = mark("No backward pass of this run has added to this .grad yet.")
_WRITTEN = mark("Somebody wrote into .grad after the last pass, for example to clip it.")
_EARLIER = mark("As it was when this earlier pass had run.")
_EARLIER_GONE = mark("What this earlier pass added to .grad, and to what, is not kept any more.")
_MOST_ROWS = 12


class AccountSection(NodeSection):
    """Of AccumulateGrad, and of a variable that is a leaf. `bound_known(magnitude)`: the largest in `.grad` and in what
    arrived, for one colour scale."""

    title = mark(".grad account")
    is_of_pass = True
    bound_known = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("account_section")
        self.headline = RichText("account_headline", self.node_chosen.emit, self)
        self.deposits = RichText("account_deposits", self.node_chosen.emit, self)
        speak(
            self.deposits.setToolTip,
            "What each pass added, and the norm of .grad before it.\nUpdated: the leaf was written in between.",
        )
        self.said = text_label(self, "account_said", "secondary")
        for widget in (self.headline, self.deposits, self.said):
            self.column.addWidget(widget)

    def applies_to(self, node: Node) -> bool:
        return node.kind == "accumulate"

    def applies_to_variable(self, variable: Variable) -> bool:
        return variable.summary is not None and variable.summary.is_leaf and variable.summary.requires_grad

    def request_about(self, node: Any, cell: tuple[int, ...] | None) -> AskAccount:
        return AskAccount(name=node) if isinstance(node, str) else AskAccount(node=node)

    def show_answer(self, node: Any, answer: AccountShown) -> None:
        account = answer.account
        name = node.name if isinstance(node, Variable) else node.variable
        self.subject.set_text(f"{name}.grad" if name else "")
        token = "warn.text" if account.is_forgotten else "text.primary"
        self.headline.show_text(lambda: colored(said(account.said), token) if account.said is not None else "")
        self.deposits.show_text(lambda: _deposits(account))
        say(self.said, _sentence(account))
        self.bound_known.emit(account.bound)

    def forget(self) -> None:
        self.bound_known.emit(0.0)

    def show_failure(self, node: Any, sentence: str) -> None:
        for text in (self.headline, self.deposits):
            text.show_text(str)
        say(self.said, sentence)


def _sentence(account: GradAccount) -> str:
    """What the numbers do not say."""
    if account.is_earlier:
        return tr(_EARLIER) if account.deposits else tr(_EARLIER_GONE)
    return tr(_NONE) if not account.deposits else tr(_WRITTEN) if account.is_written_since else ""


def _deposits(account: GradAccount) -> str:
    if not account.deposits:
        return ""
    shown = account.deposits[-_MOST_ROWS:]
    lines = {deposit.line for deposit in shown}
    is_one_line = len(lines) == 1 and shown[0].line
    title = tr("Added by line {line}", line=shown[0].line) if is_one_line else tr("Added by")
    rows = [tuple(colored(word, "text.secondary") for word in (title, tr("norm"), tr("before")))]
    n_before = account.n_deposits - len(shown)
    if n_before > 0:
        rows.append((colored(trn("{n} pass before", "{n} passes before", n_before), "text.muted"), "", ""))
    rows += [_deposit(deposit, has_line=len(lines) > 1) for deposit in shown]
    if not account.is_earlier:
        rows.append((colored(tr(".grad now")), number_text(_norm(account.grad)), ""))
    return table(rows)


def _deposit(deposit: GradDeposit, *, has_line: bool) -> tuple[str, str, str]:
    words = [tr("pass {number}", number=deposit.pass_index)]
    words += [tr("line {line}", line=deposit.line)] if has_line and deposit.line else []
    words += [tr("updated")] if deposit.is_updated else []
    before = tr("nothing") if deposit.before is None else _norm(deposit.before)
    return colored(" · ".join(words)), number_text(_norm(deposit.norm)), number_text(before, "text.primary")


def _norm(norm: float | None) -> str:
    return "–" if norm is None else brief(norm, 3)
