"""Many cards that one card alone uses and nothing leads on from: they stand as a block of rows, not side by side.

The block is one item of the frame's problem. Its lines come in at its lower edge, run along under it, go up between
its columns, and enter their cards from below.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import msgspec

from visualizer.backprop.graph.layout_process.problem import Flat, Point, Problem

MOST_ABREAST = 8  # of one card; more of them are a crowd
_ASPECT = 14 / 9


@dataclass(frozen=True)
class Crowd:
    """The links (numbers) from one card to the cards of a block."""

    source: int
    links: tuple[int, ...]


def crowds(problem: Problem) -> list[Crowd]:
    """Those of a problem; ports and cards inside of a call's frame stand in none."""
    n_links = [0] * len(problem.widths)
    for source, target in problem.links:
        n_links[source] += 1
        n_links[target] += 1
    kept = {*problem.bottoms, *(item for frame in problem.frames for item in frame.members)}
    kept.update(item for item in problem.tops if not problem.heights[item])
    found: dict[int, list[int]] = defaultdict(list)
    for number, (source, target) in enumerate(problem.links):
        if n_links[target] == 1 and target not in kept:
            found[source].append(number)
    return [Crowd(source, tuple(links)) for source, links in found.items() if len(links) > MOST_ABREAST]


class Gathered:
    """A problem with one item in place of each crowd, and the way back from its solution."""

    def __init__(self, whole: Problem, found: list[Crowd]) -> None:
        self._whole, self._crowds = whole, found
        gone = {whole.links[number][1] for crowd in found for number in crowd.links}
        self._items = [item for item in range(len(whole.widths)) if item not in gone]
        self._links = [number for number, link in enumerate(whole.links) if link[1] not in gone]
        self._blocks = [_Block(whole, crowd) for crowd in found]
        self.problem = self._reduced()

    def _reduced(self) -> Problem:
        whole, items, links, blocks = self._whole, self._items, self._links, self._blocks
        place = {item: number for number, item in enumerate(items)}
        ends = [(place[source], place[target]) for source, target in (whole.links[number] for number in links)]
        ends += [(place[crowd.source], len(items) + number) for number, crowd in enumerate(self._crowds)]
        return replace(
            whole,
            widths=(*(whole.widths[item] for item in items), *(block.width for block in blocks)),
            heights=(*(whole.heights[item] for item in items), *(block.height for block in blocks)),
            links=tuple(ends),
            out_at=(*(whole.out_at[n] for n in links), *(whole.out_at[crowd.links[0]] for crowd in self._crowds)),
            in_at=(*(whole.in_at[n] for n in links), *(0.0 for _ in blocks)),
            frames=tuple(
                msgspec.structs.replace(frame, members=tuple(place[item] for item in frame.members))
                for frame in whole.frames
            ),
            bottoms=tuple(place[item] for item in whole.bottoms),
            tops=tuple(place[item] for item in whole.tops if item in place),
        )

    def spread(self, flat: Flat) -> Flat:
        """A solution of `problem` as one of the whole. No column ends between a card and its crowd."""
        whole, n_items, n_links = self._whole, len(self._items), len(self._links)
        centers: list[Point] = [(0.0, 0.0)] * len(whole.widths)
        wires: list[tuple[Point, ...]] = [()] * len(whole.links)
        for item, center in zip(self._items, flat.centers[:n_items], strict=True):
            centers[item] = center
        for number, wire in zip(self._links, flat.wires[:n_links], strict=True):
            wires[number] = wire
        joined = []
        blocks = zip(self._crowds, self._blocks, flat.centers[n_items:], flat.wires[n_links:], strict=True)
        for crowd, block, (x, y), wire in blocks:
            left, top = x - block.width / 2, y - block.height / 2
            joined.append((top + block.height, wire[0][1]))
            for number, (dx, dy), way in zip(crowd.links, block.centers, block.ways, strict=True):
                centers[whole.links[number][1]] = (left + dx, top + dy)
                wires[number] = (*wire, *((left + px, top + py) for px, py in way))
        cuts = tuple(cut for cut in flat.cuts if not any(low < cut.y < high for low, high in joined))
        return replace(flat, centers=tuple(centers), wires=tuple(wires), cuts=cuts)


class _Block:
    """Cards in rows, from the upper left corner: `centers`, and `ways` of their lines from the lower edge's middle."""

    def __init__(self, whole: Problem, crowd: Crowd) -> None:
        cards = [whole.links[number][1] for number in crowd.links]
        gap = whole.spacing.row
        aisle = whole.spacing.column
        pitch = max(whole.widths[card] for card in cards) + aisle
        line = max(whole.heights[card] for card in cards) + gap
        n_abreast = max(round((len(cards) * line * _ASPECT / pitch) ** 0.5), 2)
        n_rows = -(-len(cards) // n_abreast)
        self.width, self.height = n_abreast * pitch, n_rows * line
        self.centers: list[Point] = []
        self.ways: list[list[Point]] = []
        under = self.height - gap / 4  # a line along the lower edge, below the last row's own
        for place, (number, card) in enumerate(zip(crowd.links, cards, strict=True)):
            row, column = divmod(place, n_abreast)
            lane, x = column * pitch + aisle / 2, column * pitch + (pitch + aisle) / 2
            port, low = x + (whole.in_at[number] or 0.0), (row + 1) * line - gap
            self.centers.append((x, low - whole.heights[card] / 2))
            across = low + gap / 2
            self.ways.append([(self.width / 2, under), (lane, under), (lane, across), (port, across), (port, low)])
