"""A backward pass in the words and rows that timeline, queue, inspector and editor show. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from engine.protocol.graph_values import Node
from engine.shared.backward_model import (
    CURRENT,
    DONE,
    FAILED,
    NOT_NEEDED,
    NOT_REACHED,
    READY,
    WAITING,
    BackwardView,
)
from engine.shared.language import grouped, mark, said, tr, trn
from engine.shared.local_numbers import compact
from engine.shared.phrases import origin_words
from visualizer.backprop.queue.panel import QueueRow
from visualizer.model.history import BackwardHistory

_LATER_ROWS = 40  # beyond this nobody reads the list
_BARS = mark("Bars: gradient norm, log scale")
_OUTSIDE = mark("a node outside of the graph")

_STATES = {
    DONE: (mark("done"), "done"),
    NOT_NEEDED: (mark("not needed"), ""),
    NOT_REACHED: (mark("not reached"), ""),
    FAILED: (mark("failed here"), "failed"),
}


def name_of(node: Node) -> str:
    """What a person calls a node: its variable, else its sub-expression, else its module and kind."""
    return node.title


def position_words(history: BackwardHistory) -> tuple[str, str, str]:
    """Title, detail and hint for the right end of the transport bar; of a pass that is not of the newest run that is
    said."""
    title, detail, hint = _position_words(history)
    return title, tr("Of an earlier run: {what}", what=detail) if history.is_of_earlier_run and detail else detail, hint


def _position_words(history: BackwardHistory) -> tuple[str, str, str]:
    state, total = history.state, history.n_nodes
    if state is None or history.graph is None:
        return "", "", ""
    if _has_failed(history):
        sentence = said(state.error.said) if state.error else ""
        place = tr("at node {position} of {total}", position=len(history.steps), total=total)
        return tr("backward failed"), sentence, place
    step = history.current
    if step is not None:
        node = history.nodes.get(step.node)
        name = node.name if node else tr(_OUTSIDE)
        norm = tr("{name}, norm {norm}", name=name, norm=compact(step.norm))
        title = tr("node {position} of {total}", position=history.position, total=total)
        return title, norm if step.norm is not None else tr("{name}, no gradient", name=name), tr(_BARS)
    if state.status == "aborted":
        return tr("backward stopped"), tr("after {done} of {total} nodes", done=len(history.steps), total=total), ""
    spared = grouped(len(state.not_needed))
    hint = tr("{spared} of {total} not needed", spared=spared, total=grouped(history.graph.n_nodes))
    hint = hint if state.not_needed else tr(_BARS)
    place = tr("{done} of {total} nodes", done=total if history.position else 0, total=total)
    if history.position == 0:
        return place, tr("before the first node"), hint
    return place, tr("{call} is done", call=said(origin_words(state.origin))), hint


def hook_words(history: BackwardHistory) -> tuple[str, str]:
    """(in short, in full): what a hook of the program changed of what has arrived at the cursor, else of what the node
    before sent on; empty where none did."""
    step = history.current
    if step is None or not history.hooked:
        return "", ""
    before = history.steps[history.position - 2].node if history.position > 1 else -1
    here, there = history.hooked.get(step.node), history.hooked.get(before)
    if here is not None and here.arriving:
        full = tr("{hooks} changed the norm that arrives: {norms}", hooks=here.names, norms=here.arriving)
        return tr("hook changed it: {norms}", norms=here.arriving), full
    if there is not None and there.leaving:
        full = tr(
            "{hooks} changed the norm that the node before sent on: {norms}", hooks=there.names, norms=there.leaving
        )
        return tr("hook changed what was sent: {norms}", norms=there.leaving), full
    return "", ""


def inside_words(history: BackwardHistory) -> tuple[str, str]:
    """(in short, in full): what ran inside of the node before, or will inside of that at the cursor, and cannot be
    held; empty where nothing does."""
    step = history.current
    before = history.steps[history.position - 2].node if history.position > 1 else -1
    there, node = history.hooked.get(before), history.nodes.get(before)
    if there is not None and there.n_inside and node is not None and not there.leaving:
        short = trn("{n} node ran inside, not held", "{n} nodes ran inside, not held", there.n_inside)
        full = trn(
            "{node} ran a backward pass of its own: {n} node ({kinds}), which cannot be held.",
            "{node} ran a backward pass of its own: {n} nodes ({kinds}), which cannot be held.",
            there.n_inside,
            node=node.name,
            kinds=there.kinds_inside,
        )
        return short, full
    here = None if step is None else history.nodes.get(step.node)
    if here is not None and "reentrant" in here.traits:
        full = tr(
            "{node} runs its forward again and a backward pass of its own, whose nodes cannot be held; with "
            "use_reentrant=False they are nodes of this graph.",
            node=here.name,
        )
        return tr("what runs inside is not held"), full
    if here is not None and "compiled" in here.traits:
        full = tr("{node} is one piece of compiled code: nothing inside of it can be held.", node=here.name)
        return tr("nothing inside is held"), full
    return "", ""


def unheld_inside(history: BackwardHistory) -> str:
    """The nodes of the graph that run others inside, or compiled code, which cannot be held: "InnerBackward"."""
    found = (
        node.name
        for node in history.nodes.values()
        if {"reentrant", "compiled"}.intersection(node.traits)
        or (node.id in history.hooked and history.hooked[node.id].n_inside)
    )
    return ", ".join(dict.fromkeys(found))


def queue_rows(history: BackwardHistory) -> Sequence[QueueRow]:
    """The held node, the predicted queue, what waits, and what comes later; nothing once all has run."""
    step, view, coming = history.current, history.view(), history.coming()
    if view is None or coming is None or _has_failed(history):
        return ()  # PyTorch dropped its queue when a node raised
    first = dict.fromkeys([*([] if step is None else [step.node]), *view.ready, *view.waiting])
    following = history.order()[history.position : history.position + len(first) + _LATER_ROWS]
    later = [node for node in following if node not in first][:_LATER_ROWS]
    return _QueueRows([*first, *later], history.nodes, view, coming.expected)


class _QueueRows(Sequence[QueueRow]):
    """Made when they are looked at: of most of them a step shows nothing."""

    def __init__(
        self, shown: list[int], nodes: Mapping[int, Node], view: BackwardView, expected: Mapping[int, int]
    ) -> None:
        self._shown, self._nodes, self._view, self._expected = shown, nodes, view, expected

    def __len__(self) -> int:
        return len(self._shown)

    @overload
    def __getitem__(self, index: int) -> QueueRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[QueueRow]: ...
    def __getitem__(self, index: int | slice) -> QueueRow | list[QueueRow]:
        shown = self._shown[index]
        return self._row(shown) if isinstance(shown, int) else [self._row(node) for node in shown]

    def _row(self, node_id: int) -> QueueRow:
        node, state = self._nodes.get(node_id), self._view.state(node_id)
        wants = self._expected.get(node_id, 1)
        arrived, expected = self._view.waiting.get(node_id, (wants if state in (CURRENT, READY) else 0, wants))
        words = (node.name, name_of(node), node.category) if node else (tr(_OUTSIDE), "", "view")
        return QueueRow(node_id, *words, state, arrived, expected)


def _has_failed(history: BackwardHistory) -> bool:
    return history.state is not None and history.state.status == "failed" and history.is_live


def state_words(history: BackwardHistory, node_id: int) -> tuple[str, str]:
    """The inspector's pill for a node at the cursor, its words and its kind: ("current · 5 of 9", "current"),
    ("done", "done"), ("waiting · 1 of 2", "waiting") …"""
    view = history.view()
    if view is None:
        return "", ""
    state = view.state(node_id)
    if state == CURRENT:
        return tr("current · {position} of {total}", position=history.position, total=history.n_nodes), "current"
    if state == READY:
        return tr("ready · queue {place}", place=view.ready.index(node_id) + 1), "ready"
    if state == WAITING:
        arrived, expected = view.waiting[node_id]
        return tr("waiting · {arrived} of {expected}", arrived=arrived, expected=expected), "waiting"
    words, kind = _STATES[state]
    return tr(words), kind


def has_gradient(history: BackwardHistory, node_id: int) -> bool:
    """Whether a gradient has arrived at a node at the cursor: the whole one, or the sum so far while that is kept."""
    view = history.view()
    state = None if view is None else view.state(node_id)
    return state is not None and (state.has_gradient or (state == WAITING and history.is_live))
