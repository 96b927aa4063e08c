"""What is folded in a graph, as a set of keys, and what opening, turning pages and revealing make of it.

A key is that of a region, or of a part of a series, "KEY[0:12]": its members from 0 to 11 in one card.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from engine.protocol.graph_values import Graph
from visualizer.model.regions import ROOT, SERIES, RegionTree

FULL_DETAIL = 60  # graphs of at most this many nodes start unfolded; larger ones with fewer cards and frames than this
_MOST_MEMBERS = 24  # a series of at most this many opens to all of them, a longer one to one

Folded = frozenset[str]


def part_key(key: str, first: int, stop: int) -> str:
    """The key of the members `first` to `stop - 1` of a series."""
    return f"{key}[{first}:{stop}]"


def split_part(key: str) -> tuple[str, int, int] | None:
    """Series, first and stop of a part's key; None of any other key."""
    series, bracket, span = key.rpartition("[")
    first, colon, stop = span.removesuffix("]").partition(":")
    is_part = bracket and colon and key.endswith("]") and first.isdigit() and stop.isdigit()
    return (series, int(first), int(stop)) if is_part else None


def parts_of(folded: Folded) -> dict[str, list[tuple[int, int]]]:
    """By series: the parts of it that are folded, in order."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key in folded:
        if key.endswith("]") and (part := split_part(key)) is not None:
            found[part[0]].append(part[1:])
    return {series: sorted(spans) for series, spans in found.items()}


def start_folded(graph: Graph, tree: RegionTree) -> Folded:
    """The deepest level at which fewer than FULL_DETAIL cards and frames show, so that they fit on a canvas where their
    words can be read: a frame's head and borders take as much room as a card. What repeats stays folded."""
    if len(graph.nodes) <= FULL_DETAIL:
        return frozenset()
    everything = frozenset(tree.foldable())
    best = everything
    levels = _levels_outside_of_series(tree)
    opened: set[str] = set()
    for level in levels:
        opened.update(tree.regions[number].key for number in level)
        trial = everything - opened
        if sum(_seen(tree, trial)) >= FULL_DETAIL:
            break
        best = trial
    return best


def _levels_outside_of_series(tree: RegionTree) -> list[list[int]]:
    levels, current = [], [ROOT]
    while current:
        current = [
            child for number in current for child in tree.regions[number].children if tree.regions[child].kind != SERIES
        ]
        levels.append(current)
    return levels


def count_cards(tree: RegionTree, folded: Folded) -> int:
    """How many cards are visible with these keys folded."""
    return _seen(tree, folded)[0]


def _seen(tree: RegionTree, folded: Folded) -> tuple[int, int]:
    """How many cards and frames are visible with these keys folded."""
    parts = parts_of(folded)
    n_cards, n_frames, waiting = 0, 0, [ROOT]
    while waiting:
        number = waiting.pop()
        region = tree.regions[number]
        if region.key in folded:
            n_cards += 1
            continue
        n_frames += number != ROOT and region.n_inside > 1
        n_cards += len(region.nodes)
        hidden = parts.get(region.key, ())
        n_cards += len(hidden)
        waiting += [
            child
            for place, child in enumerate(region.children)
            if not any(first <= place < stop for first, stop in hidden)
        ]
    return n_cards, n_frames


def toggled(tree: RegionTree, folded: Folded, key: str) -> Folded:
    """Fold what is open, open what is folded. A long series opens to its first member, a part of it to the next one."""
    if (part := split_part(key)) is not None:
        series, first, _ = part
        return paged(tree, folded, series, 1 if first >= span_of(tree, folded, series)[1] else -1)
    number = tree.find(key)
    if number < 0 or tree.regions[number].kind != SERIES:
        return folded - {key} if key in folded else folded | {key}
    if key not in folded:
        return _closed(tree, folded, number)
    n_members = len(tree.regions[number].children)
    return opened_to(tree, folded, key, 0, n_members if n_members <= _MOST_MEMBERS else 1)


def span_of(tree: RegionTree, folded: Folded, series: str) -> tuple[int, int]:
    """First and stop of the members of an open series that are not in a folded part."""
    n_members = len(tree.regions[tree.find(series)].children)
    spans = parts_of(folded).get(series, [])
    first = spans[0][1] if spans and spans[0][0] == 0 else 0
    stop = spans[-1][0] if spans and spans[-1][1] == n_members else n_members
    return first, stop


def opened_to(tree: RegionTree, folded: Folded, series: str, first: int, stop: int) -> Folded:
    """A series with the members from `first` to `stop - 1`; what is before and after them in one card each.

    A single member is open, of several each is one card.
    """
    number = tree.find(series)
    children = tree.regions[number].children
    first = min(max(first, 0), len(children) - 1)
    stop = min(max(stop, first + 1), len(children))
    wanted = set(_closed(tree, folded, number) - {series})
    for start, end in ((0, first), (stop, len(children))):
        if end > start:
            wanted.add(part_key(series, start, end))
    if stop - first == 1:
        wanted.discard(tree.regions[children[first]].key)
    return frozenset(wanted)


def paged(tree: RegionTree, folded: Folded, series: str, way: int) -> Folded:
    """The member after (way 1) or before (way -1) the open ones instead of them, where there is one; the first or the
    last where all stand open."""
    first, stop = span_of(tree, folded, series)
    n_members = len(tree.regions[tree.find(series)].children)
    place = stop if way > 0 else first - 1
    if stop - first == n_members:
        place = 0 if way > 0 else n_members - 1
    return opened_to(tree, folded, series, place, place + 1) if 0 <= place < n_members else folded


def reveal(tree: RegionTree, folded: Folded, node_index: int) -> Folded:
    """`folded` with everything opened that hides a node; of a long series just the member that it is in."""
    return _opened_down_to(tree, folded, tree.chain(int(tree.owner[node_index])))


def reveal_region(tree: RegionTree, folded: Folded, key: str) -> Folded:
    """`folded` with everything opened that hides the card or the frame of a region."""
    number = tree.find(key)
    return folded if number < 0 else _opened_down_to(tree, folded, tree.chain(number)[:-1], tree.regions[number].number)


def followed(tree: RegionTree, folded: Folded, node_index: int) -> Folded:
    """Where a series stands open at one member, and a node is in another one, that one instead."""
    chain = tree.chain(int(tree.owner[node_index]))
    for series, member in pairwise(chain):
        region, place = tree.regions[series], tree.regions[member].number
        if region.key in folded:
            break
        if region.kind == SERIES:
            first, stop = span_of(tree, folded, region.key)
            if stop - first == 1 and place != first:
                return opened_to(tree, folded, region.key, place, place + 1)
    return folded


def _opened_down_to(tree: RegionTree, folded: Folded, chain: list[int], last_member: int = -1) -> Folded:
    for place, number in enumerate(chain):
        region = tree.regions[number]
        if region.kind != SERIES:
            folded = folded - {region.key}
            continue
        member = tree.regions[chain[place + 1]].number if place + 1 < len(chain) else last_member
        first, stop = span_of(tree, folded, region.key)
        if region.key not in folded and first <= member < stop:
            continue
        if len(region.children) <= _MOST_MEMBERS:
            folded = opened_to(tree, folded, region.key, 0, len(region.children))
        else:
            folded = opened_to(tree, folded, region.key, member, member + 1)
    return folded


def _closed(tree: RegionTree, folded: Folded, number: int) -> Folded:
    """A series and each of its members folded."""
    region = tree.regions[number]
    kept = {key for key in folded if (part := split_part(key)) is None or part[0] != region.key}
    members = (tree.regions[child] for child in region.children)
    return frozenset(kept | {region.key} | {member.key for member in members if member.n_inside > 1})
