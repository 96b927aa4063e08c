"""Which cards, links and frames are visible when some modules are folded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from engine.protocol.values import Edge, Graph, count
from visualizer.backprop.graph.naming import called_as
from visualizer.model.modules import ROOT, ModuleTree

FULL_DETAIL = 60  # graphs of at most this many nodes start unfolded; larger ones start with fewer cards than this
_LARGEST_CALL = 40  # a call of more nodes than this gets no frame


@dataclass(frozen=True, slots=True)
class CardSlot:
    """One visible card. `nodes` are indices in graph.nodes; `fold` is the key that unfolds it, "" for one node."""

    nodes: tuple[int, ...]
    fold: str = ""
    title: str = ""
    subtitle: str = ""
    stack: int = 1  # how many repeated modules it stands for


@dataclass(frozen=True, slots=True)
class Link:
    """All edges (indices in graph.edges) between two visible cards."""

    source: int
    target: int
    gradient: bool
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around cards: an unfolded module or group (`fold` is its key), or the nodes of one call."""

    members: tuple[int, ...]
    parent: int  # index of the frame around it, -1 without one
    title: str
    subtitle: str
    fold: str = ""


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

    def n_nodes(self, card: int) -> int:
        """How many nodes a card stands for."""
        return count(self.graph.nodes[index] for index in self.cards[card].nodes)


def start_folded(graph: Graph, tree: ModuleTree) -> frozenset[str]:
    """The deepest level of the module tree at which fewer than FULL_DETAIL cards show; repeated blocks stay folded."""
    if len(graph.nodes) <= FULL_DETAIL:
        return frozenset()
    everything = frozenset(tree.foldable())
    in_groups = {path for group in tree.groups.values() for member in group.members for path in _below(tree, member)}
    best = everything
    for depth in range(1, max(entry.depth for entry in tree.modules.values()) + 1):
        opened = {
            path
            for path, entry in tree.modules.items()
            if path != ROOT and entry.depth <= depth and path not in in_groups
        }
        trial = everything - opened
        if count_cards(tree, trial) >= FULL_DETAIL:
            break
        best = trial
    return best


def count_cards(tree: ModuleTree, folded: frozenset[str]) -> int:
    """How many cards are visible with these keys folded."""
    seen: set[str] = set()
    loose = 0
    for path, entry in tree.modules.items():
        key = _outermost(tree, path, folded)
        if key:
            seen.add(key)
        else:
            loose += len(entry.nodes)
    return len(seen) + loose


def reveal(tree: ModuleTree, folded: frozenset[str], node_index: int) -> frozenset[str]:
    """`folded` with everything opened that hides a node."""
    chain = tree.chain(tree.owner[node_index])
    return folded - set(chain) - {tree.modules[path].group for path in chain}


def reveal_module(tree: ModuleTree, folded: frozenset[str], key: str) -> frozenset[str]:
    """`folded` with everything opened that hides a module or a group, which stays as it is."""
    group = tree.groups.get(key)
    path = group.members[0] if group is not None else key
    if path not in tree.modules:
        return folded
    chain = tree.chain(path)
    around = {*chain[:-1], *(tree.modules[above].group for above in chain)}
    return folded - (around - {key})


def visible_graph(graph: Graph, tree: ModuleTree, folded: frozenset[str]) -> VisibleGraph:
    """Cards in the order of graph.nodes, links between them, and frames, outer before inner."""
    cards, card_of = _cards(graph, tree, folded)
    ends = _ends(graph)
    links = _links(graph, card_of, ends)
    frames = _frames(graph, tree, folded, cards, card_of)
    return VisibleGraph(graph, folded, tuple(cards), tuple(links), tuple(frames), card_of, ends)


def _below(tree: ModuleTree, path: str) -> list[str]:
    return [path] + [deeper for child in tree.modules[path].children for deeper in _below(tree, child)]


def _outermost(tree: ModuleTree, path: str, folded: frozenset[str]) -> str:
    """The folded key that hides what `path` owns, "" when nothing does."""
    for module in tree.chain(path):
        group = tree.modules[module].group
        if group and group in folded:
            return group
        if module in folded:
            return module
    return ""


def _cards(graph: Graph, tree: ModuleTree, folded: frozenset[str]) -> tuple[list[CardSlot], np.ndarray]:
    hiding = {path: _outermost(tree, path, folded) for path in tree.modules}
    card_of = np.empty(len(graph.nodes), dtype=np.int32)
    slots: list[CardSlot | None] = []
    places: dict[str, int] = {}
    inside: dict[str, list[int]] = defaultdict(list)
    for index in range(len(graph.nodes)):
        key = hiding[tree.owner[index]]
        if not key:
            card_of[index] = len(slots)
            slots.append(CardSlot((index,)))
            continue
        if key not in places:
            places[key] = len(slots)
            slots.append(None)
        card_of[index] = places[key]
        inside[key].append(index)
    for key, place in places.items():
        slots[place] = _folded_card(tree, key, tuple(inside[key]))
    return [slot for slot in slots if slot is not None], card_of


def _folded_card(tree: ModuleTree, key: str, nodes: tuple[int, ...]) -> CardSlot:
    group = tree.groups.get(key)
    if group is not None:
        return CardSlot(nodes, key, f"{group.type_name} × {len(group.members)}", group.label, len(group.members))
    entry = tree.modules[key]
    return CardSlot(nodes, key, entry.type_name or key.rpartition(".")[2], key)


def _ends(graph: Graph) -> np.ndarray:
    index = {node.id: i for i, node in enumerate(graph.nodes)}
    pairs = [(index.get(edge.source, -1), index.get(edge.target, -1)) for edge in graph.edges]
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def _links(graph: Graph, card_of: np.ndarray, ends: np.ndarray) -> list[Link]:
    together: dict[tuple[int, int, bool], list[int]] = {}
    known = (ends >= 0).all(axis=1)
    pairs = np.where(known[:, None], card_of[ends], -1).tolist() if len(ends) else []
    for number, ((source, target), edge) in enumerate(zip(pairs, graph.edges, strict=True)):
        if source != target:
            together.setdefault((source, target, edge.gradient), []).append(number)
    return [Link(*key, tuple(edges)) for key, edges in together.items()]


def _frames(
    graph: Graph, tree: ModuleTree, folded: frozenset[str], cards: list[CardSlot], card_of: np.ndarray
) -> list[Frame]:
    frames: list[Frame] = []
    members: dict[str, set[int]] = defaultdict(set)
    for index, path in enumerate(tree.owner):
        for module in tree.chain(path):
            if group := tree.modules[module].group:
                members[group].add(int(card_of[index]))
            members[module].add(int(card_of[index]))
    places: dict[str, int] = {}

    def add(key: str, parent: int, title: str, subtitle: str) -> int:
        if len(members[key]) < 2 or key in folded:
            return parent
        places[key] = len(frames)
        frames.append(Frame(tuple(sorted(members[key])), parent, title, subtitle, key))
        return places[key]

    def visit(path: str, around: int) -> None:
        for child in tree.modules[path].children:
            entry, outer = tree.modules[child], around
            group = tree.groups.get(entry.group)
            if group is not None:
                title = f"{group.type_name} × {len(group.members)}"
                outer = places[group.key] if group.key in places else add(group.key, around, title, group.label)
            own = add(child, outer, child, entry.type_name)
            if child not in folded and not (group and group.key in folded):
                visit(child, own)

    visit(ROOT, -1)
    innermost = {card: number for number, frame in enumerate(frames) for card in frame.members}
    return frames + _call_frames(graph, cards, card_of, frames, innermost)


def _call_frames(
    graph: Graph, cards: list[CardSlot], card_of: np.ndarray, modules: list[Frame], innermost: dict[int, int]
) -> list[Frame]:
    calls: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(graph.nodes):
        if node.call >= 0 and node.kind == "backward":
            calls[node.call].append(index)
    frames = []
    for indices in calls.values():
        shown = {int(card_of[index]) for index in indices}
        around = {innermost.get(card, -1) for card in shown}
        if not 2 <= len(indices) <= _LARGEST_CALL or len(around) > 1 or any(cards[card].fold for card in shown):
            continue
        parent = around.pop()
        if parent >= 0 and _is_all_of(modules[parent], shown, cards, graph):
            continue
        node = graph.nodes[indices[0]]
        place = f"line {node.source.line} · " if node.source is not None else ""
        title = called_as([graph.nodes[index] for index in indices])
        frames.append(Frame(tuple(sorted(shown)), parent, title, f"{place}1 call, {len(indices)} nodes"))
    return frames


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
