"""What a node holds for backward: each tensor, whose it is, who shares it, who wrote into it, and how long it lives."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Node
from engine.protocol.messages import AskSaved, SavedShown
from engine.protocol.saved import NodeSaved, SavedTensor
from engine.shared.language import mark, said, tr, trn
from engine.shared.local_numbers import scaled
from visualizer.backprop.inspector.held_plot import UNITS, HeldPlot
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.look import theme
from visualizer.look.labels import strong
from visualizer.model import note_words

_NOTHING = mark("It holds no tensor for backward.")
_EARLIER = mark("What it held is not kept of an earlier pass.")
_PACKED = mark("packed by your hook")


class SavedSection(NodeSection):
    """Signals: `life_shown(NodeSaved)`, None where there is none: what the timeline marks of it."""

    title = mark("Saved for backward")
    life_shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saved_section")
        self.saved: NodeSaved | None = None
        self.forecast = text_label(self, "saved_forecast", "error")
        self.rows = text_label(self, "saved_rows", "primary")
        self.rows.setTextFormat(Qt.TextFormat.RichText)
        self.life = text_label(self, "saved_life", "secondary")
        self.plot = HeldPlot(self)
        for widget in (self.forecast, self.rows, self.life, self.plot):
            self.column.addWidget(widget)
        theme.current().changed.connect(self._dress)
        self._dress()
        self.set_open(is_open=False)

    def set_open(self, *, is_open: bool) -> None:
        super().set_open(is_open=is_open)
        if not is_open:
            self.forget()

    def _dress(self) -> None:
        self.rows.setFont(theme.current().font(12))

    def request_about(self, node: int, cell: tuple[int, ...] | None) -> AskSaved:
        return AskSaved(graph=0, node=node)

    def forget(self) -> None:
        if self.saved is not None:
            self.saved = None
            self.life_shown.emit(None)

    def show_answer(self, node: Any, answer: SavedShown) -> None:
        saved = self.saved = answer.saved
        self.subject.set_text(scaled(saved.n_bytes, UNITS, 1024) if saved.n_bytes else "")
        say(self.forecast, said(saved.forecast) if saved.forecast is not None else "")
        say(self.rows, "".join(map(_row, saved.tensors)) or escape(_instead(saved)))
        say(self.life, _life_words(node, saved))
        self.plot.set_total(saved.total)
        self.life_shown.emit(saved)

    def show_failure(self, node: Any, sentence: str) -> None:
        self.forget()
        for label, text in ((self.forecast, sentence), (self.rows, ""), (self.life, "")):
            say(label, text)
        self.plot.hide()


def _row(saved: SavedTensor) -> str:
    """A line of what it is, and one of what is to be known of it."""
    if saved.is_packed:
        return f"<p>{strong(escape(saved.name))} · {escape(tr(_PACKED))}</p>"
    if saved.shape is None:
        return f"<p>{strong(escape(saved.name))} · {escape(tr('not given, or not to be read'))}</p>"
    owner = f" = {escape(saved.owner)}" if saved.owner else ""
    kind = f"{saved.shape} {escape(saved.dtype)} · {scaled(saved.n_bytes, UNITS, 1024)}"
    return f"<p>{strong(escape(saved.name))}{owner} · {kind}<br>{escape(' · '.join(_known(saved)))}</p>"


def _known(saved: SavedTensor) -> Iterator[str]:
    if saved.storage_bytes != saved.n_bytes:
        yield tr("part of {size}", size=scaled(saved.storage_bytes, UNITS, 1024))
    if saved.sharing:
        yield trn("shared with {n} other node", "shared with {n} other nodes", len(saved.sharing))
    if saved.version != saved.saved_version:
        yield tr("saved at version {before}, now {now}", before=saved.saved_version, now=saved.version)
    elif saved.version >= 0:
        yield tr("version {version}, as saved", version=saved.version)
    if saved.written is not None:
        yield said(saved.written)


def _instead(saved: NodeSaved) -> str:
    """Where no tensor is listed."""
    if saved.is_earlier:
        return tr(_EARLIER)
    words = note_words.words(saved.note)
    return tr("What it held: {words}.", words=words) if words and saved.n_bytes else tr(_NOTHING)


def _life_words(node: Node, saved: NodeSaved) -> str:
    """The life of the node's result."""
    parts = [tr("made at line {line}", line=node.source.line)] if node.source is not None else []
    if saved.readers:
        parts.append(trn("saved by {n} node", "saved by {n} nodes", len(saved.readers)))
    steps = [step for step in saved.steps if step]
    if steps:
        parts.append(trn("read at step {steps}", "read at steps {steps}", len(steps), steps=_listed(steps)))
    if saved.own_step:
        arrives = tr("its gradient arrives at step {step}", step=saved.own_step)
        is_leaf = node.kind == "accumulate"
        parts.append(tr("accumulated at step {step}", step=saved.own_step) if is_leaf else arrives)
    life = tr("Its result: {life}.", life=", ".join(parts)) if parts else ""
    return " ".join(part for part in (said(saved.released) if saved.released is not None else "", life) if part)


def _listed(steps: list[int]) -> str:
    return ", ".join(map(str, steps[:6])) + (" …" if len(steps) > 6 else "")
