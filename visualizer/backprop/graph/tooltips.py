"""Everything that is known of a card, as rich text."""

from __future__ import annotations

from html import escape

from engine.protocol.graph_values import Card, Graph, Node
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorSummary
from engine.shared.backward_model import STATE_WORDS
from engine.shared.language import grouped, local, tr
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.signs import trait_words
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.strip import strip_words
from visualizer.look.labels import strong
from visualizer.model import note_words
from visualizer.model.regions import layer_words, made_by
from visualizer.model.tensor_line import line_of


def card_tooltip(scene: Scene, states: States, book: ContentBook, card: int, row: int = -1) -> str:
    """The tooltip of one card of the scene, or of one of its rows."""
    return _table(*card_facts(scene, states, book, card, row))


def card_facts(
    scene: Scene, states: States, book: ContentBook, card: int, row: int = -1
) -> tuple[str, list[tuple[str, str]]]:
    """The title of a card, or of one of its rows, and what is known of it, each with what that is; "" of what is
    not."""
    slot = scene.shown.cards[card]
    if slot.fold:
        about = tr("members") if slot.outputs else tr("path")
        rows = [(about, slot.subtitle), (tr("nodes"), grouped(scene.shown.n_nodes(card)))]
        if states.view is not None:
            done, needed = grouped(int(states.done[card])), grouped(int(states.needed[card]))
            rows.append((tr("done"), tr("{done} of {total}", done=done, total=needed)))
            rows.append((tr("gradient norms"), strip_words(book.norms(slot))))
        rows.append(("", tr("Double click, or Enter, opens it")))
        return slot.title, rows
    index = slot.rows[row].node if row >= 0 else slot.nodes[0]
    node = scene.shown.graph.nodes[index]
    state = tr(STATE_WORDS[states.of_node(index)]) if states.view is not None else ""
    page = min(book.slots.get(node.id, 0), max(len(node.outputs) - 1, 0))
    rows = _node_rows(scene.shown.graph, node, page)
    rows += _card_rows(book.card(node.id, page))
    if state and not node.is_input:
        rows.append((tr("state"), state))
        if states.view is not None and node.id == states.view.error_node:
            rows.append((tr("error"), states.view.error_text))
    return node.name, rows


def _made_words(graph: Graph, node: Node) -> str:
    """Of a node that a backward pass has made."""
    layer = graph.layers[node.layer] if node.layer >= 0 else None
    return "" if layer is None else f"{tr('in backward: {layer}', layer=layer_words(layer))}\n{made_by(layer)}"


def _node_rows(graph: Graph, node: Node, page: int) -> list[tuple[str, str]]:
    rows = [(tr("variable"), node.variable), (tr("operation"), node.operation)]
    if node.source is not None:
        rows.append((tr("source"), node.source.text))
        rows.append((tr("place"), _place_words(node.source)))
    rows.append((tr("module"), node.module))
    rows.append((tr("made"), _made_words(graph, node)))
    rows.append((tr("how"), trait_words(node)))
    rows.append((tr("gradient"), tr("none: behind a cut") if node.is_ghost else ""))
    if node.outputs:
        output = node.outputs[page]
        shape = f"{shape_text(output.shape)} {output.dtype}"
        which = tr("{shape} (output {number} of {total})", shape=shape, number=page + 1, total=len(node.outputs))
        rows.append((tr("shape"), which if len(node.outputs) > 1 else shape))
    if node.sequence >= 0 and node.kind == "backward":
        rows.append((tr("sequence"), str(node.sequence)))
    return rows


def _place_words(source: Source) -> str:
    if source.end_line != source.line:
        return tr("line {line}, to line {last}", line=source.line, last=source.end_line)
    first, last = source.column, source.end_column
    return tr("line {line}, columns {first}–{last}", line=source.line, first=first, last=last)


def _card_rows(card: Card | None) -> list[tuple[str, str]]:
    if card is None:
        return []
    rows = [(tr("value"), _words(card.value, note_words.words(card.value_note)))]
    rows.append((tr("gradient"), _words(card.gradient, note_words.words(card.gradient_note))))
    rows.append((".grad", _words(card.grad, "")))
    hooks = tr("{count} of the program: the inspector names them", count=card.n_hooks)
    rows.append((tr("hooks"), hooks if card.n_hooks else ""))
    return rows


def _words(summary: TensorSummary | None, note: str) -> str:
    if summary is None:
        return note
    line = line_of(summary) or shape_text(summary.shape)
    text = local(summary.scalar) if summary.scalar is not None else line
    extra = [note] if note else []
    if summary.n_nan or summary.n_inf:
        extra.append(f"{grouped(summary.n_nan)} NaN, {grouped(summary.n_inf)} Inf")
    if summary.sampled:
        extra.append(tr("sampled"))
    return ", ".join([text, *extra])


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td style='padding-right:10px'>{escape(name)}</td><td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
        for name, text in rows
        if text.strip()
    )
    return f"{strong(escape(title))}<table>{cells}</table>"
