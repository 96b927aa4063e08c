"""One cell of the selected tensors: the arithmetic that made it, each term leading on to what it is made of."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from engine.protocol.cells import CellExplained, CellPlace, CellSum
from engine.protocol.graph_values import Node
from engine.protocol.messages import AskCell, CellShown
from engine.shared.language import mark, said, tr
from visualizer.backprop.inspector.cell_words import CellWords, agreement
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.look import spoken, theme

_NOTHING = mark("There is no number to explain here yet.")
_BACK = "back"
_APART_PX = 6  # between gradient and value


class CellSection(NodeSection):
    """Of the selected cell, or of the largest. Signals: `led(CellPlace)`, a term was followed; `lit(places)`, the cells
    that took part in the selected one."""

    title = mark("Cell")
    is_of_pass = True
    led = Signal(object)
    lit = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cell_section")
        self.explained: CellExplained | None = None
        self._trail: list[CellPlace] = []
        self._led_to: CellPlace | None = None  # from the last of the trail
        self._words = CellWords()
        self._is_lit = False
        self.back = self._rich("cell_back")
        self.gradient, self.gradient_note = self._rich("cell_gradient"), text_label(self, "cell_gradient_note", "")
        self.grad, self.grad_note = self._rich("cell_grad"), text_label(self, "cell_grad_note", "")
        self.value, self.value_note = self._rich("cell_value"), text_label(self, "cell_value_note", "")
        self.said = text_label(self, "cell_said", "secondary")
        self._labels = ((self.gradient, self.gradient_note), (self.grad, self.grad_note), (self.value, self.value_note))
        for label in (self.back, *(label for pair in self._labels for label in pair), self.said):
            self.column.addWidget(label)
        for label in (self.value, self.grad):
            self.column.insertSpacing(self.column.indexOf(label), _APART_PX)
        for changed in (theme.current().changed, spoken.current().changed):
            changed.connect(self._write)

    def _rich(self, name: str) -> QLabel:
        label = text_label(self, name, "primary")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(self._follow)
        return label

    def request_about(self, node: int, cell: tuple[int, ...] | None) -> AskCell:
        return AskCell(graph=0, node=node, slot=self.slot, cell=cell)

    def show_node(self, node: Node, slot: int = 0) -> None:
        if self._led_to is None or self._led_to.key.node != node.id:
            self._trail, self._led_to = [], None
        super().show_node(node, slot)

    def forget(self) -> None:
        self.explained = None
        self._trail, self._led_to = [], None
        self._light(())

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """The person chose it: what it is made of lights up, wherever the section is scrolled to."""
        super().show_cell(cell)
        QTimer.singleShot(0, self, self._ask)

    def answered(self, node: int | str, answer: CellShown) -> None:
        super().answered(node, answer)
        if self._cell is not None:
            QTimer.singleShot(0, self, self._ask)

    def show_answer(self, node: Node, answer: CellShown) -> None:
        self.explained = answer.explained
        self.subject.set_text(_cell_of(answer.explained))
        self._write()
        sums = _sums(answer.explained)
        if self._cell is not None and any(made.place.cell == self._cell for made in sums):
            self._light(tuple(place for made in sums for place in made.lit))

    def show_failure(self, node: Node, sentence: str) -> None:
        self.explained = None
        self._write()
        say(self.said, sentence)

    def _light(self, places: tuple[CellPlace, ...]) -> None:
        if places or self._is_lit:
            self._is_lit = bool(places)
            self.lit.emit(places)

    # -- words

    def _write(self) -> None:
        explained, self._words = self.explained, CellWords()
        say(self.back, self._back_words())
        tensors = (None,) * 3 if explained is None else (explained.gradient, explained.grad, explained.value)
        for made, (label, note) in zip(tensors, self._labels, strict=True):
            label.setFont(theme.current().mono(12))
            say(label, "" if made is None else self._words.html(made, is_gradient=label is not self.value))
            words, token = ("", "text.muted") if made is None else agreement(made)
            note.setStyleSheet(f"color: {theme.current().color(token).name()}")
            say(note, words)
        say(self.said, " ".join(_said(explained)))

    def _back_words(self) -> str:
        if not self._trail:
            return ""
        color = theme.current().color("accent.text").name()
        words = escape(tr("← Back to the cell before"))
        return f'<a href="{_BACK}" style="color:{color};text-decoration:none">{words}</a>'

    def _follow(self, link: str) -> None:
        if link == _BACK:
            self._led_to = self._trail.pop()
        else:
            sums = _sums(self.explained)
            self._trail.append(sums[0].place)
            self._led_to = self._words.places[int(link)]
        self.led.emit(self._led_to)


def _sums(explained: CellExplained | None) -> list[CellSum]:
    tensors = () if explained is None else (explained.gradient, explained.grad, explained.value)
    return [made for made in tensors if made is not None]


def _cell_of(explained: CellExplained) -> str:
    sums = _sums(explained)
    return str(list(sums[0].place.cell)) if sums and sums[0].place.cell else ""


def _said(explained: CellExplained | None) -> list[str]:
    """Each sentence once; what was skipped on the way."""
    sums = _sums(explained)
    if not sums:
        return [tr(_NOTHING)]
    skipped = list(dict.fromkeys(kind for made in sums for kind in made.skipped))
    through = [tr("Followed through {names}: these only move numbers.", names=", ".join(skipped))] if skipped else []
    return list(dict.fromkeys([*(said(one) for made in sums for one in made.said), *through]))
