"""How the numbers are stored: dtype, device and bytes, the bits of a cell, and what other dtypes make of it."""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import Any

from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Node
from engine.protocol.number_types import AskNumberType, NumberType, NumberTypeShown, StoredNumber
from engine.protocol.program_values import Variable
from engine.shared.language import local, mark, said, tr, trn
from engine.shared.local_numbers import brief, scaled
from visualizer.backprop.inspector.held_plot import UNITS
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored
from visualizer.look import theme

_NO_NUMBER = mark("There is no number to look into here.")
_BITS = mark("Sign, exponent and fraction are told apart by colour and by the gaps between them.")
_HOW = {
    "exact": (mark("exact"), "ok.text"),
    "rounded": (mark("rounded by {error} of it"), "text.secondary"),
    "overflow": (mark("too large: overflow"), "error.text"),
    "saturated": (mark("too large: the largest stands for it"), "error.text"),
    "underflow": (mark("too small: underflow to 0"), "warn.text"),
    "nan": (mark("not a number"), "text.secondary"),
}
_BREAK, _RUN = "\u200b", 8  # a line may end after so many bits
_SUBNORMAL = mark("{how}, subnormal")


class NumberSection(NodeSection):
    """Of the selected cell, else of the first."""

    title = mark("dtype and bits")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("number_section")
        self.told = NumberType()
        self.said = text_label(self, "number_said", "secondary")
        self.origin = text_label(self, "number_origin", "primary")
        self.numbers = RichText("number_bits", self.node_chosen.emit, self)
        self.note = text_label(self, "number_note", "secondary")
        self.operands = RichText("number_operands", self.node_chosen.emit, self)
        for widget in (self.said, self.origin, self.numbers, self.note, self.operands):
            self.column.addWidget(widget)
        self.set_open(is_open=False)

    def applies_to(self, node: Node) -> bool:
        return not node.is_ghost

    def applies_to_variable(self, variable: Variable) -> bool:
        return variable.summary is not None and not variable.summary.is_array

    def request_about(self, node: int | str, cell: tuple[int, ...] | None) -> AskNumberType:
        if isinstance(node, str):
            return AskNumberType(name=node, cell=cell)
        return AskNumberType(graph=0, node=node, slot=self.slot, cell=cell)

    def show_answer(self, node: Any, answer: NumberTypeShown) -> None:
        self._show(answer.told)

    def show_failure(self, node: Any, sentence: str) -> None:
        self._show(NumberType())
        say(self.said, sentence)

    def _show(self, told: NumberType) -> None:
        self.told = told
        self.subject.set_text(told.dtype)
        say(self.said, _storage(told) if told.dtype else tr(_NO_NUMBER))
        say(self.origin, "\n".join(map(said, told.said)))
        self.numbers.show_text(lambda: _table(told))
        has_fractions = any(number.n_exponent for number in told.numbers)
        say(self.note, tr(_BITS) if has_fractions else "")
        self.operands.show_text(lambda: _promotion(told))


def _storage(told: NumberType) -> str:
    """ "3 numbers of 4 B each, 12 B in all, on cpu"."""
    return trn(
        "{n} number of {each} B, {all} in all, on {device}",
        "{n} numbers of {each} B each, {all} in all, on {device}",
        told.n_elements,
        each=told.item_bytes,
        all=scaled(told.n_bytes, UNITS, 1024),
        device=told.device,
    )


def _table(told: NumberType) -> str:
    """The cell in every dtype: bits below the name, the value, and how it differs."""
    rows = "".join(_row(number, is_own=place == 0) for place, number in enumerate(told.numbers))
    place = f"{tr('Cell')} {list(told.cell)}" if told.cell else ""
    return f"{colored(place)}<table cellspacing='0' cellpadding='2'>{rows}</table>" if rows else ""


def _row(number: StoredNumber, *, is_own: bool) -> str:
    name = colored(number.dtype, "text.primary" if is_own else "text.secondary")
    size = colored(scaled(number.n_bytes, UNITS, 1024), "text.muted")
    value = colored(local(number.text), "text.primary")
    words, token = _HOW[number.how]
    how = tr(words, error=brief(number.relative_error, 2))
    how = tr(_SUBNORMAL, how=how) if number.is_subnormal else how
    told = "" if is_own and not number.is_subnormal else f"<br>{colored(how, token)}"
    return (
        f"<tr><td>{name}&nbsp; {size}</td><td align='right'>{value}</td></tr>"
        f"<tr><td colspan='2'>{_bits(number)}{told}</td></tr>"
    )


def _bits(number: StoredNumber) -> str:
    """In groups, in the font of code."""
    bits, n = number.bits, number.n_exponent
    groups = [(bits[0], "error.text"), (bits[1 : 1 + n], "flow.text"), (bits[1 + n :], "accent.text")]
    if n in (0, len(bits)):  # whole numbers, and powers of two that have no sign
        groups = [(bits, "flow.text" if n else "accent.text")]
    spaced = "&nbsp;".join(colored(_BREAK.join(wrap(text, _RUN)), token) for text, token in groups)
    return f"<span style=\"font-family:'JetBrains Mono';font-size:{theme.current().px(10)}px\">{spaced}</span>"


def _promotion(told: NumberType) -> str:
    """The dtypes of what took part beside that of the result, and the rule."""
    if told.rule is None:
        return ""
    rows = "".join(
        f"<tr><td>{colored(one.name or '–')}&nbsp; </td><td>{colored(one.dtype)}&nbsp; </td>"
        f"<td>{colored(_rank(one.rank), 'text.muted')}</td></tr>"
        for one in told.operands
    )
    result = f"<tr><td>{colored('→')}</td><td>{colored(told.dtype, 'accent.text')}</td><td></td></tr>"
    return f"<table cellspacing='0' cellpadding='2'>{rows}{result}</table>{escape(said(told.rule))}"


def _rank(rank: int) -> str:
    return trn("{n} dimension", "{n} dimensions", rank) if rank >= 0 else ""
