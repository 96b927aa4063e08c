"""The Jacobians of the selected node, the product that backward computes instead, and the chain rule multiplied out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.protocol.graph_values import Node
from engine.protocol.jacobians import AskJacobian, Chain, JacobianShown, NodeJacobian, Path
from engine.shared.language import local, mark, said, tr, trn
from visualizer.backprop.inspector.jacobian_view import JacobianView, RowMap, structure_words
from visualizer.backprop.inspector.node_section import NodeSection, say, text_label
from visualizer.backprop.inspector.rich_text import RichText, colored, number_text, table, to_node

_NEVER = mark(
    "Backward never makes J: it computes the row that leaves from the row that arrives, with the rule of the node."
)
_LEAF = mark("Here the graph ends: a leaf has no operands, and so no Jacobian of its own.")
_ROOT = mark("The pass begins here: there is no chain behind it.")


class JacobianSection(NodeSection):
    """Folded at first: it may ask for many products."""

    title = mark("Jacobian")
    is_of_pass = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jacobian_section")
        self.jacobian: NodeJacobian | None = None
        self.views: list[JacobianView] = []
        self.note = text_label(self, "jacobian_note", "secondary")
        self.chain = RichText("jacobian_chain", self.node_chosen.emit, self)
        self.product = RowMap("chain_product", self)
        self.gradient = RowMap("chain_gradient", self)
        self.agreement = text_label(self, "chain_agreement", "primary")
        self.chain_said = text_label(self, "chain_said", "secondary")
        for widget in (self.note, self.chain, self.product, self.gradient, self.agreement, self.chain_said):
            self.column.addWidget(widget)
        self.set_open(is_open=False)

    def request_about(self, node: int, cell: tuple[int, ...] | None) -> AskJacobian:
        return AskJacobian(graph=0, node=node, slot=self.slot)

    def forget(self) -> None:
        self.jacobian = None

    def show_answer(self, node: Node, answer: JacobianShown) -> None:
        made = self.jacobian = answer.jacobian
        self.subject.set_text(node.name)
        while len(self.views) < len(made.operands):
            self.views.append(JacobianView(len(self.views), self))
            self.column.insertWidget(len(self.views) - 1, self.views[-1])
        for nth, view in enumerate(self.views):
            view.setVisible(nth < len(made.operands))
            if nth < len(made.operands):
                view.show_jacobian(made, made.operands[nth])
        say(self.note, tr(_NEVER) if made.operands else tr(_LEAF))
        self._show_chain(made, made.chain)

    def show_failure(self, node: Node, sentence: str) -> None:
        self.jacobian = None
        for view in self.views:
            view.hide()
        self._show_chain(NodeJacobian(node.id), None)
        say(self.chain_said, "")
        say(self.note, sentence)

    def _show_chain(self, made: NodeJacobian, chain: Chain | None) -> None:
        found = chain or Chain()
        name = f"∂L/∂{made.name}"
        self.chain.show_text(lambda: _chain_words(name, found) if chain is not None else "")
        added = trn("The product, in float64", "The products added, in float64", max(found.n_paths, 1))
        self.product.show_row(added if found.product else "", found.product, made.shape, name)
        gradient = tr("{name} as PyTorch computed it", name=name) if found.gradient else ""
        self.gradient.show_row(gradient, found.gradient, made.shape, name)
        say(self.agreement, said(found.agreement) if found.agreement is not None else "")
        say(self.chain_said, " ".join(map(said, found.said)) if chain is not None else tr(_ROOT))


def _chain_words(name: str, chain: Chain) -> str:
    """How many paths, and each one's Jacobians in their order."""
    if not chain.n_paths:
        return colored(tr("Chain rule: {name}", name=name))
    words = trn(
        "Chain rule: {name} is one path from the loss.",
        "Chain rule: {name} is the sum over {n} paths from the loss.",
        chain.n_paths,
        name=name,
    )
    return colored(words) + "".join(_path(nth, path, len(chain.paths)) for nth, path in enumerate(chain.paths, 1))


def _path(nth: int, path: Path, n_paths: int) -> str:
    head = tr("Path {number}", number=nth) if n_paths > 1 else tr("Jacobian")
    rows = [(colored(head, "text.secondary"), colored(tr("size"), "text.secondary"), "")]
    for place, factor in enumerate(path.factors):
        times = "" if not place else "· "
        rows.append(
            (
                colored(times, "text.muted") + to_node(factor.node, factor.name),
                number_text(f"{factor.rows} × {factor.columns}", "text.primary"),
                colored(structure_words(factor.word), "text.muted"),
            )
        )
    if path.norm:
        word = tr("its product") if path.factors[-1].columns == 1 else tr("norm of its product")
        rows.append((colored(word, "text.secondary"), number_text(local(path.norm)), ""))
    return table(rows)
