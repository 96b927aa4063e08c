"""The family of views that a tensor belongs to: its storage with the part of each, and what a write through one did."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Node
from engine.protocol.messages import AskViews, ViewsShown
from engine.protocol.program_values import Variable
from engine.protocol.views import ViewFamily, ViewWrite
from engine.shared.language import mark, said, tr, trn
from engine.shared.local_numbers import scaled
from visualizer.backprop.inspector.held_plot import UNITS
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored, colored_html, to_node
from visualizer.backprop.inspector.storage_bars import StorageBars

_ALONE = mark("No other variable shares its storage.")


class ViewsSection(NodeSection):
    """Its links lead to what stood for the base before a write, and to what does since."""

    title = mark("Views")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views_section")
        self.family = ViewFamily()
        self.said = text_label(self, "views_said", "secondary")
        self.bars = StorageBars(self)
        self.writes = RichText("views_writes", self.node_chosen.emit, self)
        for widget in (self.said, self.bars, self.writes):
            self.column.addWidget(widget)
        self.set_open(is_open=False)

    def applies_to(self, node: Node) -> bool:
        return not node.is_ghost

    def applies_to_variable(self, variable: Variable) -> bool:
        return variable.summary is not None and not variable.summary.is_array

    def request_about(self, node: int | str, cell: tuple[int, ...] | None) -> AskViews:
        return AskViews(name=node) if isinstance(node, str) else AskViews(node=node)

    def show_answer(self, node: Any, answer: ViewsShown) -> None:
        self._show_family(answer.family, node.name if isinstance(node, Variable) else node.variable)

    def show_failure(self, node: Any, sentence: str) -> None:
        self._show_family(ViewFamily(), "")
        say(self.said, sentence)

    def _show_family(self, family: ViewFamily, chosen: str) -> None:
        self.family = family
        n, size = len(family.members), scaled(family.storage_bytes, UNITS, 1024)
        say(self.said, _storage_words(n, size, family.version) if n else tr(_ALONE))
        self.bars.set_family(family, chosen)
        self.bars.setVisible(n > 0)
        self.writes.show_text(lambda: "".join(map(_write, family.writes)))


def _storage_words(n: int, size: str, version: int) -> str:
    """How many tensors lie in it, how large it is, and how often it was written into, where that is known."""
    if version < 0:
        return trn("{n} tensor in one storage of {size}", "{n} tensors in one storage of {size}", n, size=size)
    return trn(
        "{n} tensor in one storage of {size}, version {version}",
        "{n} tensors in one storage of {size}, version {version}",
        n,
        size=size,
        version=version,
    )


def _write(write: ViewWrite) -> str:
    """Before and after, as links to the nodes."""
    before, after = to_node(write.before, write.before_name), to_node(write.after, write.after_name)
    base = colored_html(tr("base before: {before}, after: {after}", before=before, after=after))
    return f"<p>{colored(said(write.said))}<br>{base}</p>"
