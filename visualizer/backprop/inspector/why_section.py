"""Why a gradient is missing, 0 or not finite: what made it so, on which line, and what to write instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.messages import AskWhy, WhyShown
from engine.protocol.program_values import Variable
from engine.protocol.source import Source
from engine.protocol.why import GradientWhy
from engine.shared.language import mark, said, tr
from visualizer.backprop.inspector.node_section import NO_NODE, NodeSection, say, text_label
from visualizer.look.spoken import speak

_IS_THERE = mark("A gradient is here, and it is not 0 everywhere.")
_TITLES = {
    "zero.": mark("Why is the gradient 0?"),
    "not_finite.": mark("Why is the gradient not finite?"),
}
_OF_A_GRADIENT = mark("Is there a gradient?")


class WhySection(NodeSection):
    """Of a node, a ghost, a variable or a module: above its tensors, where the answer was not to be expected, or the
    person asked (`ask`). Its links lead to the line that is the cause (`place_clicked`), to the node that is it
    (`node_chosen`), and to the graph that lies behind a cut (`graph_wanted(variable)`)."""

    title = mark("Why no gradient?")
    comes_with_answer = True
    place_clicked = Signal(object)  # Source
    graph_wanted = Signal(str)
    shown_changed = Signal()  # whether its reason can be read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why_section")
        self.why = GradientWhy()
        self._is_wanted = False  # whatever the answer is
        self.said = text_label(self, "why_said", "primary")
        self.column.addWidget(self.said)
        self.line = self._link("why_line", mark("Go to the line of the program that is the cause"))
        self.cause = self._link("why_cause", mark("Select the node of the graph that is the cause"))
        self.behind = self._link("why_behind", mark("Show the graph that lies behind the cut"))
        self.line.clicked.connect(lambda: self.place_clicked.emit(self.why.place))
        self.cause.clicked.connect(lambda: self.node_chosen.emit(self.why.cause))
        self.behind.clicked.connect(lambda: self.graph_wanted.emit(self.why.behind))
        self._show_why(GradientWhy())

    def _link(self, name: str, tip: str) -> QPushButton:
        link = QPushButton(self, objectName=name)
        link.setProperty("kind", "link")
        speak(link.setToolTip, tip)
        self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return link

    @property
    def is_told(self) -> bool:
        """Whether the reason why there is no gradient can be read here."""
        return not (self.isHidden() or self.body.isHidden() or self.why.has_gradient) and bool(self.why.said)

    def setVisible(self, is_visible: bool) -> None:
        super().setVisible(is_visible)
        self.shown_changed.emit()

    def set_open(self, *, is_open: bool) -> None:
        super().set_open(is_open=is_open)
        self.shown_changed.emit()

    def applies_to(self, node: Node) -> bool:
        return True

    def applies_to_variable(self, variable: Variable) -> bool:
        return variable.summary is not None and not variable.summary.is_array

    def applies_to_module(self) -> bool:
        return True

    def show_module(self, module: Variable) -> None:
        """A module has no tensor above which it would have to come."""
        super().show_module(module)
        self.show()

    def expect(self) -> None:
        """Something else is selected: it goes until there is an answer."""
        self._is_wanted = False
        self.hide()

    def show_nothing(self) -> None:
        """There is no node that it could be about."""
        self._is_wanted = False
        super().show_nothing()

    def ask(self) -> None:
        """The person asked, and gets whatever the answer is."""
        if self._node != NO_NODE:
            self._is_wanted = True
            self.set_open(is_open=True)
            self.show()

    def request_about(self, node: int | str, cell: tuple[int, ...] | None) -> AskWhy:
        return AskWhy(name=node) if isinstance(node, str) else AskWhy(node=node)

    def show_answer(self, node: Any, answer: WhyShown) -> None:
        self._show_why(answer.why)
        if isinstance(node, Node) or node.summary is not None:
            self.setVisible(self._is_wanted or answer.why.is_surprising)

    def show_failure(self, node: Any, sentence: str) -> None:
        self._show_why(GradientWhy())
        say(self.said, sentence)
        self.setVisible(self._is_wanted)

    def _show_why(self, why: GradientWhy) -> None:
        """What is on screen already is not laid out again at each step of a pass."""
        sentences = [said(one) for one in why.said]
        words = "\n\n".join(sentences) if sentences or not why.has_gradient else tr(_IS_THERE)
        if why == self.why and words and self.said.text() == words:
            return
        self.why = why
        self.set_title(_title_of(why))
        say(self.said, words)
        _offer(self.line, _line_words(why.place) if why.said else "")
        _offer(self.cause, tr("Select the cause in the graph") if why.cause >= 0 else "")
        _offer(self.behind, tr("Show the graph of {name}", name=why.behind) if why.behind else "")


def _title_of(why: GradientWhy) -> str:
    """What the answer is an answer to."""
    code = why.said[0].code if why.said else ""
    of_it = next((title for begin, title in _TITLES.items() if code.startswith(begin)), "")
    return of_it or (_OF_A_GRADIENT if why.has_gradient and not code else WhySection.title)


def _line_words(place: Source | None) -> str:
    return "" if place is None else tr("Go to line {line}", line=place.line)


def _offer(link: QPushButton, words: str) -> None:
    link.setText(words)
    link.setVisible(bool(words))
