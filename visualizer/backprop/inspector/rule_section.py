"""The rule of the selected node: its formula in the program's names, a cell's arithmetic, and what it means."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.protocol.rules import NodeRule
from visualizer.backprop.inspector.formula_view import FormulaRow, FormulaView
from visualizer.backprop.inspector.typesetter import Typesetter
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel, Pill
from visualizer.look.painting import guarded

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_APART_PX = 8  # between operands
_PACE_MS = 150  # between two questions: a held key steps on without them
_AGAIN_MS = 400  # while PyTorch's own formulas are being read
_LOADING = "PyTorch's own formulas are being read, once for each version of it."
_OWN = "There is no record of this kind of node: this is PyTorch's own text."


class RuleSection(QWidget):
    """Asks for a rule only when it is on screen, and for the next when the one before is there.

    Signals: `wanted(node, cell)`, the cell None for the largest.
    """

    wanted = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rule_section")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it never widens the panel
        self._node = -1  # -1: none
        self._cell: tuple[int, ...] | None = None
        self._is_stale = False
        self._asked = -1  # the node whose answer is awaited
        self._names: dict[int, str] = {}  # of the node that is selected, and of that whose answer is awaited
        self.rule: NodeRule | None = None
        self.typesetter = Typesetter(self)
        self.destroyed.connect(self.typesetter.stop)  # a QProcess must not be destroyed while it runs
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._pace = QTimer(self, singleShot=True, interval=_PACE_MS)
        self._pace.timeout.connect(self.update)
        self._build()
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.show_nothing()

    def _build(self) -> None:
        self._title = ElidedLabel(12.5, "text.primary", weight=600, whole=True, parent=self)
        self._title.set_text("Rule")
        self.subject = ElidedLabel(12, "text.secondary", mono=True, parent=self)
        self.note = Pill(self)
        self.note.setObjectName("rule_note")
        self.formulas = FormulaView(self.typesetter, self)
        self.own = _label(self, "rule_own", "primary")
        self.meaning = _label(self, "rule_meaning", "primary")
        self.said = _label(self, "rule_said", "secondary")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self.subject, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for widget in (self.formulas, self.own):
            self._column.addWidget(widget)
        self._column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self.meaning, self.said):
            self._column.addWidget(label)

    def _on_theme(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, look.px(10), 0, look.px(10))
        self._column.setSpacing(look.px(6))
        self._head.setSpacing(look.px(8))
        self.own.setFont(look.mono(12))

    # -- what is shown

    def show_node(self, node: int, name: str) -> None:
        """Another node, or the same one anew: what is on screen stays until its answer comes."""
        self._names = {known: self._names[known] for known in (self._asked,) if known in self._names} | {node: name}
        if node != self._node:
            self._node, self._cell = node, None
            self._again.stop()
        self.setVisible(True)
        self.refresh()

    def show_nothing(self) -> None:
        """There is no node whose rule could be told."""
        self._node, self._asked, self.rule = -1, -1, None
        self._again.stop()
        self.hide()

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """Of which cell the numbers are to be, where an operand has it."""
        if cell != self._cell:
            self._cell = cell
            self.refresh()

    def refresh(self) -> None:
        """The numbers may have changed: they are asked for when they are on screen."""
        if self._node >= 0:
            self._is_stale = True
            self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is on screen is painted."""
        if self._is_stale and self._asked < 0 and not self._pace.isActive():
            QTimer.singleShot(0, self, self._ask)

    def _ask(self) -> None:
        if self._is_stale and self._asked < 0 and self._node >= 0:
            self._is_stale, self._asked = False, self._node
            self._pace.start()
            self.wanted.emit(self._node, self._cell)

    def is_shown(self, node: int) -> bool:
        """Whether the rule of this node is on screen, typeset."""
        return self.rule is not None and self.rule.node == node and self.formulas.is_complete

    # -- answers

    def set_rule(self, rule: NodeRule) -> None:
        """What the engine answered."""
        if rule.node == self._asked:
            self._asked = -1
        if rule.node in self._names and self._node >= 0:
            self._show(rule)
        if self._is_stale:
            self.update()

    def failed(self, node: int, sentence: str) -> None:
        """The engine could not answer."""
        if node == self._asked:
            self._asked = -1
        if node in self._names and self._node >= 0:
            self._show(NodeRule(node, "none"))
            self.said.setText(sentence)
            self.said.show()

    def _show(self, rule: NodeRule) -> None:
        self.rule = rule
        self.subject.set_text(self._names[rule.node])
        is_record = rule.source == "record"
        self.formulas.set_rows(_rows(rule) if is_record else ())
        _say(self.own, "" if is_record else "\n".join(_own_lines(rule)))
        _say(self.meaning, rule.meaning.text if rule.meaning is not None else "")
        _say(self.said, " ".join(_said(rule)))
        self.note.set_text(_note(rule))
        if rule.source == "loading":
            self._again.start()


def _rows(rule: NodeRule) -> Iterator[FormulaRow]:
    """What the operation does, then of each operand the rule in symbols and in numbers."""
    yield FormulaRow(rule.forward, "text.secondary")
    for operand in rule.operands:
        yield FormulaRow(operand.formula, "text.primary", _APART_PX)
        yield FormulaRow(operand.numbers, "flow.text")


def _own_lines(rule: NodeRule) -> list[str]:
    lines = [*rule.forward, *(text for operand in rule.operands for text in operand.formula)]
    return [*lines, *(f"{saved.name} = {saved.text}" for saved in rule.saved)]


def _said(rule: NodeRule) -> list[str]:
    """Each sentence once."""
    first = {"loading": [_LOADING], "pytorch": [_OWN]}.get(rule.source, [])
    sentences = [said.text for said in (*rule.said, *(one for operand in rule.operands for one in operand.said))]
    return list(dict.fromkeys([*first, *sentences]))


def _note(rule: NodeRule) -> str:
    """Whether the record's function gives what PyTorch sent on."""
    if any(said.code == "rule.disagrees" for operand in rule.operands for said in operand.said):
        return "differs from PyTorch's"
    is_whole = not any(said.code == "rule.value_not_kept" for operand in rule.operands for said in operand.said)
    return "checked against PyTorch" if is_whole and any(operand.is_checked for operand in rule.operands) else ""


def _label(parent: QWidget, name: str, role: str) -> QLabel:
    label = QLabel(parent, objectName=name)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(label.textInteractionFlags() | _SELECTABLE)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
