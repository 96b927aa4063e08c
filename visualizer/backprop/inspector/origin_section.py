"""Where the selected node comes from, where a backward pass, checkpoint or torch.func made it, and the hooks on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.origin import AskOrigin, HookedNode, NodeHook, NodeOrigin, OriginShown
from engine.shared.language import mark, said, tr
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored, colored_html, number_text, table, to_node
from visualizer.look.spoken import speak
from visualizer.model.regions import layer_words, made_by

_WHEN = {mark("before"): mark("before"), mark("after"): mark("after"), "grad": mark("at .grad")}
_HOOKS_TIP = mark(
    "Before: on what arrives, before the node runs. After: on what the node sends on.\n"
    "At .grad: once it is written. The norm is that of what the hooks there changed together in this pass."
)


class OriginSection(NodeSection):
    """Of a node that a backward pass made, that is out of the ordinary, or that has hooks of the program. Its links
    lead to the node that made it, to a line (`place_clicked(Source)`) and to the pass that made it (`pass_wanted`)."""

    title = mark("Origin and hooks")
    place_clicked = Signal(object)
    pass_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("origin_section")
        self.origin = NodeOrigin(-1)
        self._hooked: Mapping[int, HookedNode] = {}
        self._last: tuple[Node, int] | None = None
        self.made = RichText("origin_made", self.node_chosen.emit, self)
        self.said = text_label(self, "origin_said", "primary")
        self.hooks = RichText("origin_hooks", self._go_to_hook, self)
        speak(self.hooks.setToolTip, _HOOKS_TIP)
        self.open_pass = self._link("origin_pass", mark("Open the backward pass that made this node"), self._open_pass)
        self.line = self._link(
            "origin_line", mark("Go to the line of the program that this speaks of"), self._go_to_line
        )
        for widget in (self.made, self.open_pass, self.said, self.line, self.hooks):
            self.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if isinstance(widget, QPushButton) else _FILL)

    def _link(self, name: str, tip: str, follow: Callable[[], None]) -> QPushButton:
        link = QPushButton(self, objectName=name)
        link.setProperty("kind", "link")
        speak(link.setToolTip, tip)
        link.clicked.connect(follow)
        link.hide()
        return link

    def set_hooked(self, hooked: Mapping[int, HookedNode]) -> None:
        """The nodes of the pass on screen that have hooks of the program."""
        if hooked == self._hooked:
            return
        self._hooked = hooked
        if self._last is not None:
            super().show_node(*self._last)

    def show_node(self, node: Node, slot: int = 0) -> None:
        self._last = node, slot
        super().show_node(node, slot)

    def show_nothing(self) -> None:
        self._last = None
        super().show_nothing()

    def applies_to(self, node: Node) -> bool:
        return not node.is_input and (node.layer >= 0 or bool(node.traits) or node.id in self._hooked)

    def request_about(self, node: Any, cell: tuple[int, ...] | None) -> AskOrigin:
        return AskOrigin(graph=0, node=node)

    def show_answer(self, node: Any, answer: OriginShown) -> None:
        self.subject.set_text(node.name)
        self._show(answer.origin)

    def show_failure(self, node: Any, sentence: str) -> None:
        self._show(NodeOrigin(-1))
        say(self.said, sentence)

    def _show(self, origin: NodeOrigin) -> None:
        self.origin = origin
        self.made.show_text(lambda: _made(origin))
        say(self.said, "\n\n".join(said(one) for one in origin.said))
        self.hooks.show_text(lambda: _hooks(origin))
        _offer(self.open_pass, tr("Open pass {number}", number=origin.pass_to_open) if origin.pass_to_open else "")
        _offer(self.line, tr("Go to line {line}", line=origin.place.line) if origin.place is not None else "")

    def _go_to_hook(self, number: int) -> None:
        self.place_clicked.emit(self.origin.hooks[number].place)

    def _go_to_line(self) -> None:
        self.place_clicked.emit(self.origin.place)

    def _open_pass(self) -> None:
        self.pass_wanted.emit(self.origin.pass_to_open)


_FILL = Qt.AlignmentFlag(0)


def _made(origin: NodeOrigin) -> str:
    """By which node, and in which pass."""
    maker, layer = origin.maker, origin.layer
    if maker is None or layer is None:
        return ""
    place = f" · {maker.text}" if maker.text else ""
    place += f" · {tr('line {line}', line=maker.line)}" if maker.line else ""
    node = to_node(maker.node, maker.name) + escape(place)
    meeting = tr("Made on the way to {node}, to add up what meets there", node=node)
    first = colored_html(meeting if maker.is_meeting else tr("Made by {node}", node=node))
    return f"{first}<br>{colored(layer_words(layer), 'flow.text')}<br>{colored(made_by(layer), 'text.secondary')}"


def _hooks(origin: NodeOrigin) -> str:
    if not origin.hooks:
        return ""
    rows = [tuple(colored(word, "text.secondary") for word in (tr("Hook"), tr("runs"), tr("norm")))]
    return table([*rows, *(_hook(number, hook) for number, hook in enumerate(origin.hooks))])


def _hook(number: int, hook: NodeHook) -> tuple[str, str, str]:
    name = tr("{hook} of {module}", hook=hook.name, module=hook.module) if hook.module else hook.name
    place = colored(f" · {tr('line {line}', line=hook.place.line)}") if hook.place is not None else ""
    linked = to_node(number if hook.place is not None else -1, name)
    change = number_text(hook.change, "warn.text") if hook.change else colored(tr("as it was"), "text.muted")
    return linked + place, colored(tr(_WHEN[hook.when])), "" if hook.when == "grad" else change


def _offer(link: QPushButton, words: str) -> None:
    link.setText(words)
    link.setVisible(bool(words))
