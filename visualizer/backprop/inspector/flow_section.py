"""The gradient that arrives at the selected node, the parts that it is the sum of, and each that the node sends on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from engine.protocol.flow import ArrivedGradient, GradientPart, NodeFlow, SentGradient
from engine.protocol.messages import AskFlow, FlowShown
from engine.protocol.notes import Changed, NotRecorded, Partial, words
from engine.protocol.values import Node
from engine.shared.local_numbers import brief, percent
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, number_text, said, table, to_node

_NOT_YET = "Nothing has arrived here yet."
_END = "It sends nothing on: here is where the graph ends."
_LEDGER_TIP = (
    "Share: what a part adds along the sum, part · sum / ‖sum‖²; all shares together are 100 %.\n"
    "Signs: of the cells where neither is zero, how many have the sign of the sum."
)
_TOO_LARGE = (
    "Of parts above 4 MiB a run at full speed keeps only the norm, of which two tell their shares. Step through the "
    "program (Ctrl+Shift+Enter) to see them."
)
_CHANGED = "Something has written into what arrived since, as another pass into a .grad: the norm is that of now."


class FlowSection(NodeSection):
    """What arrives and what leaves, in norms, before the node's step and after it."""

    title = "Arrives and leaves"
    is_of_pass = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flow_section")
        self.arrives = RichText("flow_arrives", self.node_chosen.emit, self)
        self.arrives.setToolTip(_LEDGER_TIP)
        self.leaves = RichText("flow_leaves", self.node_chosen.emit, self)
        self.said = text_label(self, "flow_said", "secondary")
        for widget in (self.arrives, self.leaves, self.said):
            self.column.addWidget(widget)

    def request_about(self, node: int, cell: tuple[int, ...] | None) -> AskFlow:
        return AskFlow(graph=0, node=node)

    def show_answer(self, node: Node, answer: FlowShown) -> None:
        flow = answer.flow
        self.subject.set_text(node.name)
        self.arrives.show_text(lambda: "".join(_arrived(one) for one in flow.arrived))
        self.leaves.show_text(lambda: _leaves(flow))
        say(self.said, " ".join(dict.fromkeys(_sentences(flow, node))))

    def show_failure(self, node: Node, sentence: str) -> None:
        self.subject.set_text(node.name)
        for text in (self.arrives, self.leaves):
            text.show_text(str)
        say(self.said, sentence)


def _arrived(arrived: ArrivedGradient) -> str:
    """A line for the sum; above it its parts, where several meet."""
    if arrived.norm is None and not arrived.parts:
        return ""
    name = f"∂L/∂{arrived.name}" if arrived.name else "the gradient"
    is_partial = isinstance(arrived.note, Partial)
    if arrived.n_expected < 2:
        rows: list[tuple[str, ...]] = [(said("Arrives", "text.secondary"), said("norm", "text.secondary"))]
        rows.append((said(name), number_text(_norm(arrived.norm))))
    else:
        rows = [tuple(said(word, "text.secondary") for word in ("Arrives from", "norm", "share", "signs"))]
        rows += [_part(part) for part in arrived.parts]
        words = f"Sum so far, {len(arrived.parts)} of {arrived.n_expected}" if is_partial else f"Sum: {name}"
        total = arrived.hook.before if arrived.hook is not None else _norm(arrived.norm)
        rows.append((said(words), number_text(total)))
    if arrived.hook is not None:
        place = f"The hook of line {arrived.hook.line} made of it" if arrived.hook.line else "A hook made of it"
        rows.append((said(place, "warn.text"), number_text(arrived.hook.after, "warn.text")))
    return table(rows)


def _part(part: GradientPart) -> tuple[str, ...]:
    place = f" · line {part.line}" if part.line else ""
    operand = f" · operand {part.place + 1}"
    sender = to_node(part.node, part.name or "the call") + said(f"{place}{operand}" if part.node >= 0 else "")
    share = "–" if part.share is None else percent(part.share)
    signs = "–" if part.agreement is None else percent(part.agreement)
    cancels = part.share is not None and part.share < 0
    token = "warn.text" if cancels else "text.primary"
    return sender, number_text(_norm(part.norm)), number_text(share, token), number_text(signs, "text.primary")


def _leaves(flow: NodeFlow) -> str:
    if not flow.sent:
        return ""
    rows = [(said("Sends on to", "text.secondary"), said("norm", "text.secondary")), *map(_sent, flow.sent)]
    return table(rows)


def _sent(sent: SentGradient) -> tuple[str, str]:
    name = sent.name or f"operand {sent.place + 1}"
    waits = sent.said is not None and sent.said.code == "rule.not_run"
    text = "after its step" if waits else _norm(sent.norm)
    return to_node(sent.node, name), said(text, "text.muted") if waits else number_text(text)


def _sentences(flow: NodeFlow, node: Node) -> Iterator[str]:
    """What the numbers do not say."""
    if all(one.norm is None and not one.parts for one in flow.arrived):
        yield next((words(one.note) for one in flow.arrived if one.note is not None), "") or _NOT_YET
        return
    if any(isinstance(one.note, Changed) for one in flow.arrived):
        yield _CHANGED
    if any(part.note == NotRecorded("large") for one in flow.arrived for part in one.parts):
        yield _TOO_LARGE
    yield from (one.said.text for one in flow.sent if one.said is not None and one.said.code != "rule.not_run")
    if not flow.sent:
        yield "Its step adds this to the leaf's .grad." if node.kind == "accumulate" else _END


def _norm(norm: float | None) -> str:
    return "–" if norm is None else brief(norm)
