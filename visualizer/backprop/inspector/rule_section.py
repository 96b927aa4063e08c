"""The rule of the selected node: its formula in the program's names, a cell's arithmetic, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Node
from engine.protocol.messages import AskRule, RuleShown
from engine.protocol.rules import NodeRule, Where
from engine.shared.language import mark, said, tr
from visualizer.backprop.inspector.formula_words import spoken
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored_html, number_text
from visualizer.look import theme
from visualizer.look.labels import Pill
from visualizer.look.mathematics.formula_view import FormulaRow, FormulaView
from visualizer.look.mathematics.typesetter import Typesetter

_GREEK = {r"\alpha": "α", r"\beta": "β", r"\lambda": "λ"}
_APART_PX = 8  # between operands
_AGAIN_MS = 400  # while PyTorch's own formulas are being read
_LOADING = mark("PyTorch's own formulas are being read, once for each version of it.")
_HIDDEN = mark("Its numbers are hidden until its step: you predict them.")
_OWN = mark("There is no record of this kind of node: this is PyTorch's own text.")


class RuleSection(NodeSection):
    """Formula, numbers and meaning of a node's backward."""

    title = mark("Rule")
    is_of_pass = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rule_section")
        self.rule: NodeRule | None = None
        self._hides: Callable[[int], bool] = lambda node: False  # nodes whose numbers are to be predicted
        self.typesetter = Typesetter(self)
        self.destroyed.connect(self.typesetter.stop)  # a QProcess must not be destroyed while it runs
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._build()
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    def _build(self) -> None:
        self.note = Pill(self)
        self.note.setObjectName("rule_note")
        self.formulas = FormulaView(self.typesetter, self)
        self.where = RichText("rule_where", self.node_chosen.emit, self)
        self.own = text_label(self, "rule_own", "primary")
        self.meaning = text_label(self, "rule_meaning", "primary")
        self.said = text_label(self, "rule_said", "secondary")
        for widget in (self.formulas, self.where, self.own):
            self.column.addWidget(widget)
        self.column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self.meaning, self.said):
            self.column.addWidget(label)

    def _on_theme(self) -> None:
        self.own.setFont(theme.current().mono(12))

    def hide_numbers_where(self, hides: Callable[[int], bool]) -> None:
        """Of nodes whose gradients the learner is to predict, the formula alone."""
        self._hides = hides
        self.refresh()

    def request_about(self, node: int, cell: tuple[int, ...] | None) -> AskRule:
        """The cell None: the largest."""
        self._again.stop()
        return AskRule(graph=0, node=node, cell=cell)

    def forget(self) -> None:
        self.rule = None
        self._again.stop()

    def is_shown(self, node: int) -> bool:
        """Whether the rule of this node is on screen, typeset."""
        return self.rule is not None and self.rule.node == node and self.formulas.is_complete

    def show_answer(self, node: Node, answer: RuleShown) -> None:
        self._show(node, answer.rule)

    def show_failure(self, node: Node, sentence: str) -> None:
        self._show(node, NodeRule(node.id, "none"))
        say(self.said, sentence)

    def _show(self, node: Node, rule: NodeRule) -> None:
        is_of_another = self.rule is None or self.rule.node != rule.node
        self.rule = rule
        self.subject.set_text(node.name)
        is_record = rule.source == "record"
        is_hidden = self._hides(rule.node)
        self.formulas.set_rows(_rows(rule, with_numbers=not is_hidden) if is_record else ())
        if is_of_another:
            self.formulas.drop_old()  # beside these words they would be false
        self.where.show_text(partial(_where_words, rule.where))
        say(self.own, "" if is_record else "\n".join(_own_lines(rule)))
        say(self.meaning, said(rule.meaning) if rule.meaning is not None else "")
        say(self.said, tr(_HIDDEN) if is_hidden else " ".join(_said(rule)))
        self.note.set_text(*_note(rule))
        if rule.source == "loading":
            self._again.start()


def _rows(rule: NodeRule, *, with_numbers: bool) -> Iterator[FormulaRow]:
    """What the operation does, then of each operand the rule in symbols and in numbers."""
    yield FormulaRow(spoken(rule.forward), "text.secondary")
    for operand in rule.operands:
        yield FormulaRow(spoken(operand.formula), "text.primary", _APART_PX)
        if with_numbers:
            yield FormulaRow(spoken(operand.numbers), "flow.text")


def _where_words(where: Sequence[Where]) -> str:
    """What the letters stand for, one below the other."""
    texts = [(_letter(one.symbol), number_text(one.text, "text.primary")) for one in where]
    words = "<br>".join(tr("where {symbol} is {text}", symbol=symbol, text=text) for symbol, text in texts)
    return colored_html(words, "text.secondary") if words else ""


def _letter(symbol: str) -> str:
    """A letter of a formula in HTML, with its index or its dash."""
    letter, _, index = symbol.replace("{", "").replace("}", "").partition("_")
    return f"<i>{_GREEK.get(letter, letter)}</i><sub>{index}</sub>" if index else f"<i>{_GREEK.get(letter, letter)}</i>"


def _own_lines(rule: NodeRule) -> list[str]:
    lines = [*rule.forward, *(text for operand in rule.operands for text in operand.formula)]
    return [*lines, *(f"{saved.name} = {saved.text}" for saved in rule.saved)]


def _said(rule: NodeRule) -> list[str]:
    """Each sentence once."""
    first = {"loading": [tr(_LOADING)], "pytorch": [tr(_OWN)]}.get(rule.source, [])
    sentences = [said(one) for one in (*rule.said, *(one for operand in rule.operands for one in operand.said))]
    return list(dict.fromkeys([*first, *sentences]))


def _note(rule: NodeRule) -> tuple[str, str]:
    """Whether the record's function gives what PyTorch sent on, in words and as the kind of a pill."""
    if any(one.code == "rule.disagrees" for operand in rule.operands for one in operand.said):
        return tr("differs from PyTorch's"), "differs"
    is_whole = not any(one.code == "rule.value_not_kept" for operand in rule.operands for one in operand.said)
    is_checked = is_whole and any(operand.is_checked for operand in rule.operands)
    return (tr("checked against PyTorch"), "checked") if is_checked else ("", "")
