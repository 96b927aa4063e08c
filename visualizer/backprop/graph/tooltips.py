"""Everything that is known of a card, as rich text."""

from __future__ import annotations

from html import escape

from engine.protocol.values import Card, Graph, Node, TensorSummary
from engine.shared.backward_model import STATE_WORDS
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.signs import trait_words
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.strip import strip_words
from visualizer.look.labels import strong
from visualizer.model import note_words
from visualizer.model.regions import layer_words, made_by


def card_tooltip(scene: Scene, states: States, book: ContentBook, card: int, row: int = -1) -> str:
    """The tooltip of one card of the scene, or of one of its rows."""
    slot = scene.shown.cards[card]
    if slot.fold:
        about = "members" if slot.outputs else "path"
        rows = [(about, slot.subtitle), ("nodes", f"{scene.shown.n_nodes(card):,}")]
        if states.view is not None:
            rows.append(("done", f"{states.done[card]:,} of {states.needed[card]:,}"))
            rows.append(("gradient norms", strip_words(book.norms(slot))))
        rows.append(("", "Double click, or Enter, opens it"))
        return _table(slot.title, rows)
    index = slot.rows[row].node if row >= 0 else slot.nodes[0]
    node = scene.shown.graph.nodes[index]
    state = STATE_WORDS[states.of_node(index)] if states.view is not None else ""
    page = min(book.slots.get(node.id, 0), max(len(node.outputs) - 1, 0))
    rows = _node_rows(scene.shown.graph, node, page)
    rows += _card_rows(book.card(node.id, page))
    if state and not node.is_input:
        rows.append(("state", state))
        if states.view is not None and node.id == states.view.error_node:
            rows.append(("error", states.view.error_text))
    return _table(node.name, rows)


def _made_words(graph: Graph, node: Node) -> str:
    """Of a node that a backward pass has made."""
    layer = graph.layers[node.layer] if node.layer >= 0 else None
    return "" if layer is None else f"in backward: {layer_words(layer)}\n{made_by(layer)}"


def _node_rows(graph: Graph, node: Node, page: int) -> list[tuple[str, str]]:
    rows = [("variable", node.variable), ("operation", node.operation)]
    if node.source is not None:
        rows.append(("source", node.source.text))
        columns = f"columns {node.source.column}–{node.source.end_column}"
        if node.source.end_line != node.source.line:
            columns = f"to line {node.source.end_line}"
        rows.append(("place", f"line {node.source.line}, {columns}"))
    rows.append(("module", node.module))
    rows.append(("made", _made_words(graph, node)))
    rows.append(("how", trait_words(node)))
    rows.append(("gradient", "none: behind a cut" if node.is_ghost else ""))
    if node.outputs:
        output = node.outputs[page]
        which = f" (output {page + 1} of {len(node.outputs)})" if len(node.outputs) > 1 else ""
        rows.append(("shape", f"{shape_text(output.shape)} {output.dtype}{which}"))
    if node.sequence >= 0 and node.kind == "backward":
        rows.append(("sequence", str(node.sequence)))
    return rows


def _card_rows(card: Card | None) -> list[tuple[str, str]]:
    if card is None:
        return []
    rows = [("value", _words(card.value, note_words.words(card.value_note)))]
    rows.append(("gradient", _words(card.gradient, note_words.words(card.gradient_note))))
    rows.append((".grad", _words(card.grad, "")))
    rows.append(("hooks", f"{card.n_hooks} of the program: the inspector names them" if card.n_hooks else ""))
    return rows


def _words(summary: TensorSummary | None, note: str) -> str:
    if summary is None:
        return note
    text = summary.scalar if summary.scalar is not None else summary.line or shape_text(summary.shape)
    extra = [note] if note else []
    if summary.n_nan or summary.n_inf:
        extra.append(f"{summary.n_nan:,} NaN, {summary.n_inf:,} Inf")
    if summary.sampled:
        extra.append("sampled")
    return ", ".join([text, *extra])


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td style='padding-right:10px'>{escape(name)}</td><td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
        for name, text in rows
        if text.strip()
    )
    return f"{strong(escape(title))}<table>{cells}</table>"
