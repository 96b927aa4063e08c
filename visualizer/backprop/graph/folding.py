"""Which cards, links and frames are visible when some regions are folded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count, repeat

import msgspec
import numpy as np

from engine.protocol.graph_values import Edge, Graph
from engine.shared.language import tr, trn
from visualizer.backprop.graph.leaf_rows import LeafRow, LeafRows, leaf_rows
from visualizer.backprop.graph.naming import called_as
from visualizer.backprop.graph.opening import part_key, parts_of
from visualizer.model.regions import LAYER, MODULE, ROOT, SERIES, RegionTree
from visualizer.model.turns import Work, whole

_LARGEST_CALL = 40  # a call of more nodes than this gets no frame
_TURN_REGIONS, _TURN_CARDS, _TURN_EDGES = 500, 2_000, 5_000  # are made in some milliseconds


class CardSlot(msgspec.Struct, frozen=True, gc=False):
    """One visible card. `nodes` are indices in graph.nodes; `fold` is the key that unfolds it, "" for one node."""

    nodes: tuple[int, ...]
    fold: str = ""
    title: str = ""
    subtitle: str = ""
    stack: int = 1  # how many members of a series it stands for
    outputs: tuple[int, ...] = ()  # by member: the id of the node that its gradient reaches first
    rows: tuple[LeafRow, ...] = ()


class Link(msgspec.Struct, frozen=True, gc=False):
    """All edges (indices in graph.edges) between two visible cards."""

    source: int
    target: int
    gradient: bool
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around cards: an open region (`fold` is its key), or the nodes of one call. `span` is first and stop of the
    members of a series that stand open, and how many it has; `path` is that of a module."""

    members: tuple[int, ...]
    parent: int  # index of the frame around it, -1 without one
    title: str
    subtitle: str
    fold: str = ""
    span: tuple[int, ...] = ()
    path: str = ""
    is_layer: bool = False  # made by a backward pass


@dataclass(frozen=True)
class VisibleGraph:
    """What is on the canvas. `card_of[i]` is the card that node i is in."""

    graph: Graph
    folded: frozenset[str]
    cards: tuple[CardSlot, ...]
    links: tuple[Link, ...]
    frames: tuple[Frame, ...]
    card_of: np.ndarray  # int32 (n_nodes,)
    ends: np.ndarray  # int32 (n_edges, 2): node indices of every edge's source and target
    is_row: np.ndarray  # bool (n_nodes,): a leaf or a view without a card of its own, in that of a node beside it

    def n_nodes(self, card: int) -> int:
        """How many nodes a card stands for."""
        return len(self.cards[card].nodes) - int(self.graph.columns.is_input[list(self.cards[card].nodes)].sum())


def visible_graph(
    graph: Graph, tree: RegionTree, folded: frozenset[str], *, has_leaf_cards: bool = True
) -> VisibleGraph:
    """Cards in the order of graph.nodes, links between them, and frames, outer before inner. Leaves are cards, or rows
    in the cards of the nodes that use them."""
    return whole(folding(graph, tree, folded, has_leaf_cards=has_leaf_cards))


def folding(graph: Graph, tree: RegionTree, folded: frozenset[str], *, has_leaf_cards: bool) -> Work[VisibleGraph]:
    """`visible_graph` in turns."""
    shown = _Shown(tree)
    yield from shown.look(folded)
    ends, leaves = tree.ends, LeafRows()
    if not has_leaf_cards:
        leaves = yield from leaf_rows(graph, ends, shown.fold_of >= 0, tree.owner)
    cards, card_of = yield from shown.cards(leaves)
    links = yield from _links(graph, card_of, ends, leaves)
    frames = yield from shown.frames(card_of)
    innermost = yield from _innermost(frames)
    calls = yield from _open_calls(graph, shown.fold_of)
    frames += _call_frames(graph, cards, card_of, calls, frames, innermost)
    yield
    is_row = np.zeros(len(graph.nodes), dtype=bool)
    is_row[list(leaves.host)] = True
    return VisibleGraph(graph, folded, tuple(cards), tuple(links), tuple(frames), card_of, ends, is_row)


class _Shown:
    """Which regions are one card, and which stand open, outer before inner."""

    def __init__(self, tree: RegionTree) -> None:
        self._tree = tree
        self._folds: list[tuple[np.ndarray, CardSlot]] = []
        self._open: list[tuple[int, int]] = []  # region, place of the open one around it
        self._spans: dict[int, tuple[int, int, int]] = {}
        self.fold_of = np.full(len(tree.owner), -1, dtype=np.int32)  # by node the fold that hides it

    def look(self, folded: frozenset[str]) -> Work[None]:
        """Go through the regions that can be seen."""
        tree, parts = self._tree, parts_of(folded)
        waiting = [(ROOT, -1)]
        for n_done in count():
            if not n_done % _TURN_REGIONS:
                yield
            if not waiting:
                break
            number, around = waiting.pop()
            region = tree.regions[number]
            if region.key in folded:
                self._folds.append((tree.inside(number), self._card(number)))
                continue
            if number != ROOT:
                self._open.append((number, around))
                around = len(self._open) - 1
            hidden = parts.get(region.key, [])
            for first, stop in hidden:
                self._fold_part(number, first, stop)
            if region.kind == SERIES:
                self._spans[number] = _open_span(hidden, len(region.children))
            seen = list(region.children)
            for first, stop in reversed(hidden):
                del seen[first:stop]
            waiting += zip(reversed(seen), repeat(around))
        for place, (inside, _) in enumerate(self._folds):
            self.fold_of[inside] = place

    def cards(self, leaves: LeafRows) -> Work[tuple[list[CardSlot], np.ndarray]]:
        """The visible cards, and by node the one that it is in."""
        is_first = self.fold_of < 0  # of its card
        is_first[list(leaves.host)] = False
        is_first[[int(inside.min()) for inside, _ in self._folds]] = True
        firsts = np.flatnonzero(is_first)
        slots: list[CardSlot] = []
        places = np.empty(len(self._folds), dtype=np.int32)
        for index, fold in zip(firsts.tolist(), self.fold_of[firsts].tolist(), strict=True):
            if not len(slots) % _TURN_CARDS:
                yield
            if fold < 0:
                slots.append(CardSlot((index,), rows=leaves.rows.get(index, ())))
            else:
                places[fold] = len(slots)
                slots.append(self._folds[fold][1])
        card_of = np.empty(len(self.fold_of), dtype=np.int32)
        card_of[firsts] = np.arange(len(slots))
        card_of[self.fold_of >= 0] = places[self.fold_of[self.fold_of >= 0]]
        card_of[list(leaves.host)] = card_of[list(leaves.host.values())]
        yield
        return slots, card_of

    def frames(self, card_of: np.ndarray) -> Work[list[Frame]]:
        """Around the cards of each open region that has several."""
        tree, found = self._tree, list[Frame]()
        frame_of: list[int] = []
        for n_done, (number, around) in enumerate(self._open):
            if not n_done % _TURN_REGIONS:
                yield
            parent = -1 if around < 0 else frame_of[around]
            members = tuple(np.unique(card_of[tree.inside(number)]).tolist())
            if len(members) < 2:
                frame_of.append(parent)
                continue
            frame_of.append(len(found))
            found.append(self._frame(number, members, parent))
        return found

    def _frame(self, number: int, members: tuple[int, ...], parent: int) -> Frame:
        tree, region = self._tree, self._tree.regions[number]
        title, subtitle, path = tree.title(number), tree.subtitle(number), ""
        if region.kind == MODULE:
            path = region.path
            place = tree.place(number)
            title, subtitle = place or region.path, f"{region.path} · {region.type_name}" if place else region.type_name
        return Frame(
            members, parent, title, subtitle, region.key, self._spans.get(number, ()), path, region.kind == LAYER
        )

    def _card(self, number: int) -> CardSlot:
        tree, region = self._tree, self._tree.regions[number]
        nodes = tuple(sorted(tree.inside(number).tolist()))
        if region.kind != SERIES:
            return CardSlot(nodes, region.key, tree.title(number), tree.subtitle(number))
        return CardSlot(
            nodes,
            region.key,
            tree.title(number),
            tree.subtitle(number),
            len(region.children),
            tree.series(number).outputs,
        )

    def _fold_part(self, number: int, first: int, stop: int) -> None:
        """The members from `first` to `stop - 1` of a series in one card."""
        tree, region = self._tree, self._tree.regions[number]
        children = region.children[first:stop]
        inside = np.concatenate([tree.inside(child) for child in children])
        is_one = stop - first == 1
        card = CardSlot(
            tuple(sorted(inside.tolist())),
            part_key(region.key, first, stop),
            tree.title(children[0]) if is_one else tree.part_title(number, first, stop),
            tree.subtitle(children[0]) if is_one else tree.series(number).label(first, stop),
            stop - first,
            tree.series(number).outputs[first:stop],
        )
        self._folds.append((inside, card))


def _innermost(frames: list[Frame]) -> Work[dict[int, int]]:
    """By card the last frame that holds it."""
    found: dict[int, int] = {}
    for number, frame in enumerate(frames):
        if not number % _TURN_REGIONS:
            yield
        found.update(dict.fromkeys(frame.members, number))
    return found


def _open_span(hidden: list[tuple[int, int]], n_members: int) -> tuple[int, int, int]:
    first = hidden[0][1] if hidden and hidden[0][0] == 0 else 0
    stop = hidden[-1][0] if hidden and hidden[-1][1] == n_members else n_members
    return first, stop, n_members


def _links(graph: Graph, card_of: np.ndarray, ends: np.ndarray, leaves: LeafRows) -> Work[list[Link]]:
    together: dict[tuple[int, int, bool], list[int]] = {}
    pairs, has_gradient = card_of[ends], graph.columns.has_gradient
    between = np.flatnonzero((ends >= 0).all(axis=1) & (pairs[:, 0] != pairs[:, 1]))
    for start in range(0, len(between), _TURN_EDGES):
        some = between[start : start + _TURN_EDGES]
        keys = zip(*pairs[some].T.tolist(), has_gradient[some].tolist(), strict=True)
        for number, nodes, key in zip(some.tolist(), ends[some].tolist(), keys, strict=True):
            if not leaves.has_chip(*nodes):
                together.setdefault(key, []).append(number)
        yield
    return [Link(*key, tuple(edges)) for key, edges in together.items()]


def _call_frames(
    graph: Graph,
    cards: list[CardSlot],
    card_of: np.ndarray,
    calls: list[list[int]],
    modules: list[Frame],
    innermost: dict[int, int],
) -> list[Frame]:
    """Around the nodes of each of `calls`."""
    frames = []
    for indices in calls:
        shown = set(card_of[indices].tolist())
        around = {innermost.get(card, -1) for card in shown}
        if len(around) > 1 or len(shown) < 2:  # of one card, whose rows are the rest of the call, its name says all
            continue
        parent = around.pop()
        if parent >= 0 and _is_all_of(modules[parent], shown, cards, graph):
            continue
        node = graph.nodes[indices[0]]
        place = f"{tr('line {line}', line=node.source.line)} · " if node.source is not None else ""
        words = trn("1 call, {n} node", "1 call, {n} nodes", len(indices))
        title = called_as([graph.nodes[index] for index in indices])
        frames.append(Frame(tuple(sorted(shown)), parent, title, f"{place}{words}"))
    return frames


def _open_calls(graph: Graph, fold_of: np.ndarray) -> Work[list[list[int]]]:
    """The nodes of every call that no fold hides a part of, where they are several and not too many for a frame."""
    nodes, columns = graph.nodes, graph.columns
    hidden = set(columns.calls[fold_of >= 0].tolist())
    calls: dict[int, list[int]] = defaultdict(list)
    seen = np.flatnonzero((fold_of < 0) & columns.is_made & (columns.calls >= 0))
    for n_done, (index, call) in enumerate(zip(seen.tolist(), columns.calls[seen].tolist(), strict=True)):
        if not n_done % _TURN_CARDS:
            yield
        if call not in hidden and nodes[index].layer < 0:  # what a pass made stands in a frame of its own
            calls[call].append(index)
    return [indices for indices in calls.values() if 2 <= len(indices) <= _LARGEST_CALL]


def _is_all_of(module: Frame, shown: set[int], cards: list[CardSlot], graph: Graph) -> bool:
    """Whether a module's frame holds nothing but these cards and leaves: a second frame would say nothing."""
    others = (cards[card] for card in module.members if card not in shown)
    return all(not card.fold and graph.nodes[card.nodes[0]].kind != "backward" for card in others)


def edge_label(edges: tuple[Edge, ...]) -> str:
    """The shape that flows along a link, "(4, 5)"; "" where the edges differ."""
    shapes = {edge.shape for edge in edges}
    if len(shapes) != 1 or None in shapes:
        return ""
    return shape_text(next(iter(shapes))) + (f" × {len(edges)}" if len(edges) > 1 else "")


def shape_text(shape: tuple[int, ...] | None) -> str:
    """ "(4, 5)", "(5,)", "()"; "" when it is not known."""
    return "" if shape is None else str(tuple(shape))


def side_lines(subtitle: str) -> list[str]:
    """ "line 10 · 1 call, 2 nodes" in two lines that break at the comma."""
    head, comma, tail = subtitle.partition(", ")
    return [head + comma.rstrip(), tail] if tail else [head]


def side_width(frame: Frame) -> float:
    """The room that a title beside its frame needs, in scene pixels."""
    return max(6.7 * len(frame.title), *(6.0 * len(line) for line in side_lines(frame.subtitle)))
