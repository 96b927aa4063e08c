"""The row of every card: one above everything that leads to it, with every framed module above the one before it.

A module is ranked inside first and then counts as one tall block among its siblings, so that frames stack in the order
of the flow instead of standing side by side. A frame that the flow leaves and enters again is ranked card by card.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from visualizer.backprop.graph.layout_process.problem import Problem
from visualizer.backprop.graph.layout_values import FrameShape

Links = list[tuple[int, int]]


def rows(n_cards: int, links: tuple[tuple[int, int], ...], frames: tuple[FrameShape, ...]) -> list[int]:
    """Row of each card, 0 for the lowest. Links that close a cycle are left out of account."""
    kept = without_cycles(n_cards, list(links))
    blocks = list(frames)
    loose = _loose_ends(n_cards, kept, frames)
    ranked = [link for link in kept if not loose[link[1]]]
    while True:
        found, broken = _rows(n_cards, ranked, blocks)
        if broken < 0:
            for source, target in kept:
                if loose[target]:
                    found[target] = max(found[target], found[source] + 1)
            return found
        outer = blocks[broken].parent
        blocks = [FrameShape(b.members, outer) if b.parent == broken else b for b in blocks]
        blocks[broken] = FrameShape((), outer)


def narrowed(problem: Problem, ranked: list[int]) -> list[int]:
    """Rows of at most the problem's widest, or of two items: what is too wide goes on in rows above, all about equally
    full, and everything beyond moves up."""
    members: dict[int, list[int]] = defaultdict(list)
    for item, row in enumerate(ranked):
        members[row].append(item)
    found, moved = list(ranked), 0
    for row in sorted(members):
        sizes = [problem.widths[item] + problem.spacing.column for item in members[row]]
        n_rows = max(min(ceil(sum(sizes) / problem.widest), len(sizes) // 2), 1)
        before = 0.0
        for item, size in zip(members[row], sizes, strict=True):
            found[item] = row + moved + int((before + size / 2) / sum(sizes) * n_rows)
            before += size
        moved += n_rows - 1
    return found


def with_ports(problem: Problem, ranked: list[int]) -> list[int]:
    """Ports in rows of their own, under and above everything else."""
    if problem.bottoms:
        lifted = any(row == 0 and item not in problem.bottoms for item, row in enumerate(ranked))
        ranked = [row + lifted for row in ranked]
        for port in problem.bottoms:
            ranked[port] = 0
    top = max(ranked, default=0) + 1
    for port in problem.tops:
        ranked[port] = top
    return ranked


def _loose_ends(n_cards: int, links: Links, frames: tuple[FrameShape, ...]) -> list[bool]:
    """Leaves and inputs outside of every frame: they stand right above the card that uses them, beside its frame."""
    loose = [True] * n_cards
    for frame in frames:
        for card in frame.members:
            loose[card] = False
    for source, _target in links:
        loose[source] = False
    return loose


def without_cycles(n_cards: int, links: Links) -> Links:
    """The links without those that lead back to a card on the way to them."""
    following: list[list[tuple[int, int]]] = [[] for _ in range(n_cards)]
    for number, (source, target) in enumerate(links):
        following[source].append((number, target))
    state = bytearray(n_cards)  # 1: on the way, 2: done
    dropped: set[int] = set()
    for root in range(n_cards):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(following[root]))]
        while stack:
            card, rest = stack[-1]
            for number, target in rest:
                if state[target] == 1:
                    dropped.add(number)
                elif state[target] == 0:
                    state[target] = 1
                    stack.append((target, iter(following[target])))
                    break
            else:
                state[card] = 2
                stack.pop()
    return [link for number, link in enumerate(links) if number not in dropped]


def _rows(n_cards: int, links: Links, frames: list[FrameShape]) -> tuple[list[int], int]:
    """Rows, and the number of a frame that cannot be one block (-1: all can)."""
    inner = _innermost(n_cards, frames)
    depth = [0] * len(frames)
    for number, frame in enumerate(frames):
        depth[number] = depth[frame.parent] + 1 if frame.parent >= 0 else 1
    row = [0] * n_cards  # inside the innermost frame ranked so far
    height = [1] * n_cards + [0] * len(frames)
    base = [0] * len(frames)
    among: dict[int, list[tuple[int, int]]] = defaultdict(list)  # links by the frame whose parts they join
    parts: dict[int, list[int]] = defaultdict(list)
    for card in range(n_cards):
        parts[inner[card]].append(card)
    for number, frame in enumerate(frames):
        parts[frame.parent].append(n_cards + number)
    for source, target in links:
        joined, a, b = _meeting(source, target, inner, frames, depth, n_cards)
        among[joined].append((a, b))
    for number in [*sorted(range(len(frames)), key=lambda number: -depth[number]), -1]:
        placed, stuck = _longest(parts[number], among[number], height)
        if stuck:
            return [], next(part for part in stuck if part >= n_cards) - n_cards
        for part, at in placed.items():
            if part < n_cards:
                row[part] = at
            else:
                base[part - n_cards] = at
        if number >= 0:
            height[n_cards + number] = max((at + height[part] for part, at in placed.items()), default=0)
    for number, frame in enumerate(frames):  # parents come before their children
        if frame.parent >= 0:
            base[number] += base[frame.parent]
    return [row[card] + (base[inner[card]] if inner[card] >= 0 else 0) for card in range(n_cards)], -1


def _innermost(n_cards: int, frames: list[FrameShape]) -> list[int]:
    inner = [-1] * n_cards
    for number, frame in enumerate(frames):
        for card in frame.members:
            inner[card] = number
    return inner


def _meeting(
    source: int, target: int, inner: list[int], frames: list[FrameShape], depth: list[int], n_cards: int
) -> tuple[int, int, int]:
    """The innermost frame around both cards, and the two parts of it that the link joins."""
    a, b = source, target
    around_a, around_b = inner[source], inner[target]
    while around_a != around_b:
        depth_a = depth[around_a] if around_a >= 0 else 0
        depth_b = depth[around_b] if around_b >= 0 else 0
        if depth_a >= depth_b:
            a, around_a = n_cards + around_a, frames[around_a].parent
        else:
            b, around_b = n_cards + around_b, frames[around_b].parent
    return around_a, a, b


def _longest(parts: list[int], links: Links, height: list[int]) -> tuple[dict[int, int], list[int]]:
    """Every part as low as its links allow, and the parts on cycles, which have no place."""
    at = dict.fromkeys(parts, 0)
    left = _peel(parts, links, at, height)
    if left:
        inside = set(left)
        backward = [(target, source) for source, target in links if source in inside and target in inside]
        left = _peel(left, backward, dict.fromkeys(left, 0), height)
    return at, left


def _peel(parts: list[int], links: Links, at: dict[int, int], height: list[int]) -> list[int]:
    """Place parts whose links all come from placed ones, above those; gives back the parts that are left."""
    n_before = dict.fromkeys(parts, 0)
    following: dict[int, list[int]] = defaultdict(list)
    for source, target in links:
        following[source].append(target)
        n_before[target] += 1
    ready = [part for part in parts if n_before[part] == 0]
    while ready:
        part = ready.pop()
        for after in following[part]:
            at[after] = max(at[after], at[part] + height[part])
            n_before[after] -= 1
            if n_before[after] == 0:
                ready.append(after)
    return [part for part in parts if n_before[part] > 0]
