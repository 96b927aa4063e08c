"""The gradient that arrives at the selected node, the parts that it is the sum of, and each that the node sends on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from engine.protocol.flow import ArrivedGradient, GradientPart, NodeFlow, SentGradient
from engine.protocol.graph_values import Node
from engine.protocol.messages import AskFlow, FlowShown
from engine.protocol.notes import Changed, NotRecorded, Partial
from engine.shared.language import local, mark, said, tr
from engine.shared.local_numbers import brief, percent
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored, number_text, table, to_node
from visualizer.look.spoken import speak
from visualizer.model import note_words

_NOT_YET = mark("Nothing has arrived here yet.")
_END = mark("It sends nothing on: here is where the graph ends.")
_LEDGER_TIP = mark(
    "Share: what a part adds along the sum, part · sum / ‖sum‖²; all shares together are 100 %.\n"
    "Signs: of the cells where neither is zero, how many have the sign of the sum."
)
_TOO_LARGE = mark(
    "Of parts above 4 MiB a run at full speed keeps only the norm, of which two tell their shares. Step through the "
    "program (Ctrl+Shift+Enter) to see them."
)
_CHANGED = mark("Something has written into what arrived since, as another pass into a .grad: the norm is that of now.")


class FlowSection(NodeSection):
    """What arrives and what leaves, in norms, before the node's step and after it."""

    title = mark("Arrives and leaves")
    is_of_pass = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flow_section")
        self.arrives = RichText("flow_arrives", self.node_chosen.emit, self)
        speak(self.arrives.setToolTip, _LEDGER_TIP)
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
    name = f"∂L/∂{arrived.name}" if arrived.name else tr("the gradient")
    is_partial = isinstance(arrived.note, Partial)
    if arrived.n_expected < 2:
        rows: list[tuple[str, ...]] = [
            (colored(tr("Arrives"), "text.secondary"), colored(tr("norm"), "text.secondary"))
        ]
        rows.append((colored(name), number_text(_norm(arrived.norm))))
    else:
        rows = [
            tuple(
                colored(word, "text.secondary") for word in (tr("Arrives from"), tr("norm"), tr("share"), tr("signs"))
            )
        ]
        rows += [_part(part) for part in arrived.parts]
        so_far = tr("Sum so far, {arrived} of {expected}", arrived=len(arrived.parts), expected=arrived.n_expected)
        words = so_far if is_partial else tr("Sum: {name}", name=name)
        total = local(arrived.hook.before) if arrived.hook is not None else _norm(arrived.norm)
        rows.append((colored(words), number_text(total)))
    if arrived.hook is not None:
        line = arrived.hook.line
        place = tr("The hook of line {line} made of it", line=line) if line else tr("A hook made of it")
        rows.append((colored(place, "warn.text"), number_text(local(arrived.hook.after), "warn.text")))
    return table(rows)


def _part(part: GradientPart) -> tuple[str, ...]:
    line = f" · {tr('line {line}', line=part.line)}" if part.line else ""
    place = line if part.place < 0 else f"{line} · {tr('operand {number}', number=part.place + 1)}"
    sender = to_node(part.node, part.name or tr("the call")) + colored(place if part.node >= 0 else "")
    share = "–" if part.share is None else percent(part.share)
    signs = "–" if part.agreement is None else percent(part.agreement)
    cancels = part.share is not None and part.share < 0
    token = "warn.text" if cancels else "text.primary"
    return sender, number_text(_norm(part.norm)), number_text(share, token), number_text(signs, "text.primary")


def _leaves(flow: NodeFlow) -> str:
    if not flow.sent:
        return ""
    rows = [
        (colored(tr("Sends on to"), "text.secondary"), colored(tr("norm"), "text.secondary")),
        *map(_sent, flow.sent),
    ]
    return table(rows)


def _sent(sent: SentGradient) -> tuple[str, str]:
    name = sent.name or tr("operand {number}", number=sent.place + 1)
    waits = sent.said is not None and sent.said.code == "rule.not_run"
    text = tr("after its step") if waits else _norm(sent.norm)
    return to_node(sent.node, name), colored(text, "text.muted") if waits else number_text(text)


def _sentences(flow: NodeFlow, node: Node) -> Iterator[str]:
    """What the numbers do not say."""
    if all(one.norm is None and not one.parts for one in flow.arrived):
        yield next((note_words.words(one.note) for one in flow.arrived if one.note is not None), "") or tr(_NOT_YET)
        return
    if any(isinstance(one.note, Changed) for one in flow.arrived):
        yield tr(_CHANGED)
    if any(part.note == NotRecorded("large") for one in flow.arrived for part in one.parts):
        yield tr(_TOO_LARGE)
    yield from (said(one.said) for one in flow.sent if one.said is not None and one.said.code != "rule.not_run")
    if not flow.sent:
        yield tr("Its step adds this to the leaf's .grad.") if node.kind == "accumulate" else tr(_END)


def _norm(norm: float | None) -> str:
    return "–" if norm is None else brief(norm)
