"""The places for tensors in a card: what of a value, a gradient or an experiment is known at this moment of a pass."""

from __future__ import annotations

from dataclasses import replace

from engine.protocol.experiments import Compared
from engine.protocol.graph_values import Card, Node
from engine.protocol.notes import Changed, Partial
from engine.protocol.tensor_values import TensorSummary
from engine.shared.backward_model import (
    CURRENT,
    DONE,
    FAILED,
    NOT_NEEDED,
    READY,
    WAITING,
    BackwardView,
    NodeState,
)
from engine.shared.language import local, tr
from engine.shared.local_numbers import fitted
from visualizer.backprop.graph.card_content import Slot
from visualizer.look import theme
from visualizer.look.thumbnail import picture

_MOST_CHARACTERS = 8  # of a number


def pill_words(state: NodeState | None, view: BackwardView | None, node: int) -> str:
    """Where a node stands in the queue, or why it does not run."""
    if view is None or state is None:
        return ""
    if state == READY:
        return tr("queue {place}", place=view.ready.index(node) + 1)
    if state == WAITING:
        arrived, expected = view.waiting[node]
        return tr("{arrived} of {expected}", arrived=arrived, expected=expected)
    return tr("not needed") if state == NOT_NEEDED else tr("error") if state == FAILED else ""


def value_slot(card: Card | None, node: Node, flat: bool) -> Slot:
    """Of the value of an output, or what is known instead of it."""
    if card is not None and card.value is not None:
        slot = slot_of(card.value, "value", flat)
        if isinstance(card.value_note, Changed):
            return Slot(slot.image, slot.text, slot.is_flat, "changed")
        return slot
    if node.is_ghost:
        return Slot(is_hidden=True)
    is_missing = card is not None and (
        card.value_note is not None or not any(output.recorded for output in node.outputs)
    )
    is_tensor = card is None or not node.outputs or bool(node.outputs[card.slot].dtype)
    note = "" if not is_missing else tr("not recorded") if is_tensor else tr("no tensor")
    return Slot(is_flat=flat and not is_missing, note=note)


def gradient_slot(card: Card | None, view: BackwardView | None, node: int, flat: bool) -> Slot:
    """Only what this moment of the pass knows: nothing before the node is reached, a partial sum while it waits."""
    if card is None or card.gradient is None or view is None:
        return Slot(is_flat=flat)
    is_partial = isinstance(card.gradient_note, Partial)
    state = view.state(node)
    if (state == WAITING and is_partial) or (state in (CURRENT, DONE, FAILED, READY) and not is_partial):
        return slot_of(card.gradient, "gradient", flat)
    return Slot(is_flat=flat)


def slot_of(summary: TensorSummary, kind: str, flat: bool) -> Slot:
    """Of a tensor, `kind` "value" or "gradient": its number where it has one element, else its thumbnail."""
    if summary.scalar is not None and (not summary.shape or summary.n_elements == 1):
        return Slot(text=fitted(local(summary.scalar), _MOST_CHARACTERS), mark=_bad(summary))
    if summary.thumbnail is None or not summary.thumbnail.rows or not summary.thumbnail.columns:
        return Slot(text=tr("empty") if summary.n_elements == 0 else "", is_flat=flat)
    return Slot(picture(summary.thumbnail, kind, theme.current().is_dark), is_flat=flat, mark=_bad(summary))


def _bad(summary: TensorSummary) -> str:
    return "nan" if summary.n_nan else "inf" if summary.n_inf else ""


def tried_slots(compared: Compared | None, flat: bool) -> dict[str, Slot] | None:
    """Of an experiment at an output, by view: of a leaf its .grad. None where it has nothing there."""
    if compared is None or compared.old is None or compared.new is None:
        return None
    summaries = {
        "old": compared.grad_old or compared.old,
        "new": compared.grad_new or compared.new,
        "difference": compared.difference,
    }
    tags = {"old": tr("old"), "new": tr("new"), "difference": tr("diff")}
    return {
        view: replace(
            Slot(is_flat=flat, note=tr("too large")) if summary is None else slot_of(summary, "gradient", flat),
            tag=tags[view],
        )
        for view, summary in summaries.items()
    }
