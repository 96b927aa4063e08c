"""Every frame lays out its own children, bottom up: cards, and the frames in it as boxes with ports at their borders.

A link runs inside the frame of its source to a port in the upper border, from port to port through what is around, and
through ports in lower borders down to its target. What flows to one target shares its ports, and so does what flows
from one card to a crowd of cards that it alone uses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from visualizer.backprop.graph.layout_process.crowds import MOST_ABREAST
from visualizer.backprop.graph.layout_process.cycles import on_cycles
from visualizer.backprop.graph.layout_values import CARD_HEIGHT, FrameShape, LayoutRequest

ROOT = -1
Item = tuple[str, int]  # ("card", number), ("frame", number), ("out", whose), ("in", whose)
Lifted = tuple[Item, Item, int]  # from, to, and whose ports: the card at the very end, or ~ the one that has a crowd


@dataclass
class Inside:
    """What one frame has to lay out. `lifted` keeps the order of the first link that needs each."""

    cards: list[int] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)  # frames around cards that are no boxes
    lifted: dict[Lifted, int] = field(default_factory=dict)


class Nest:
    """The tree of boxes. A box that the flow leaves and enters again would be above and below itself: it is opened,
    and its contents count as those of what is around it."""

    def __init__(self, request: LayoutRequest) -> None:
        self.request = request
        self.heights = request.heights or (float(CARD_HEIGHT),) * len(request.widths)
        self._is_open = [not frame.is_box for frame in request.frames]
        self._crowded = _crowded(request)
        self._find_homes()
        self.insides = self._insides()
        while self._open_what_is_on_a_cycle():
            self._find_homes()
            self.insides = self._insides()

    def path(self, card: int) -> list[int]:
        """The boxes around a card, the root first."""
        return self._paths[self._home[card]]

    def around(self, frame: int) -> int:
        """The box around a frame."""
        outer = self.request.frames[frame].parent
        while outer >= 0 and self._is_open[outer]:
            outer = self.request.frames[outer].parent
        return outer

    def way(self, source: int, target: int) -> list[tuple[int, Lifted]]:
        """A link in pieces, from its source to its target: in which frame, and from what to what."""
        port = self._port(source, target)
        up, down = self.path(source), self.path(target)
        if up is down:
            return [(up[-1], (("card", source), ("card", target), port))]
        depth = 0
        while depth < min(len(up), len(down)) and up[depth] == down[depth]:
            depth += 1
        depth -= 1  # of the innermost frame around both
        pieces = [
            (frame, (self._item(source, up, level), ("out", port), port))
            for level, frame in reversed(list(enumerate(up)))
            if level > depth
        ]
        pieces.append((up[depth], (self._item(source, up, depth), self._item(target, down, depth), port)))
        pieces += [
            (frame, (("in", port), self._item(target, down, level), port))
            for level, frame in enumerate(down)
            if level > depth
        ]
        return pieces

    def _port(self, source: int, target: int) -> int:
        """Whose ports a link goes through: those of its target, or of a source that many targets share."""
        return ~source if self._crowded.get(target) == source else target

    def _item(self, card: int, path: list[int], level: int) -> Item:
        """What holds a card in the frame at a level of its path."""
        return ("card", card) if level == len(path) - 1 else ("frame", path[level + 1])

    def _find_homes(self) -> None:
        frames = self.request.frames
        self._home = [ROOT] * len(self.request.widths)
        for number, frame in enumerate(frames):  # outer before inner
            if not self._is_open[number]:
                for card in frame.members:
                    self._home[card] = number
        self._paths = {ROOT: [ROOT]}
        for number in range(len(frames)):
            if not self._is_open[number]:
                self._paths[number] = [*self._paths[self.around(number)], number]

    def _insides(self) -> dict[int, Inside]:
        found: dict[int, Inside] = defaultdict(Inside)
        found[ROOT] = Inside()
        for card, home in enumerate(self._home):
            found[home].cards.append(card)
        for number, frame in enumerate(self.request.frames):
            if not self._is_open[number]:
                found[self.around(number)].boxes.append(number)
            elif not frame.is_box:
                found[self.around(number)].calls.append(number)
        for source, target in self.request.links:
            for around, lifted in self.way(source, target):
                inside = found[around].lifted
                inside.setdefault(lifted, len(inside))
        return found

    def _open_what_is_on_a_cycle(self) -> bool:
        opened = False
        for inside in self.insides.values():
            if not inside.boxes:
                continue
            items = {
                item: number
                for number, item in enumerate(dict.fromkeys(i for a, b, _t in inside.lifted for i in (a, b)))
            }
            cycles = on_cycles(len(items), ((items[a], items[b]) for a, b, _t in inside.lifted))
            for (kind, number), place in items.items():
                if kind == "frame" and place in cycles:
                    self._is_open[number] = opened = True
        return opened


def _crowded(request: LayoutRequest) -> dict[int, int]:
    """By card that one card alone uses, as it does many: that card."""
    n_users = Counter(target for _source, target in request.links)
    only = [(source, target) for source, target in request.links if n_users[target] == 1]
    n_targets = Counter(source for source, _target in only)
    return {target: source for source, target in only if n_targets[source] > MOST_ABREAST}


def shape_of(frame: FrameShape, items: dict[Item, int]) -> FrameShape:
    """A call's frame with its members as items of one problem."""
    return FrameShape(tuple(items["card", card] for card in frame.members), -1, frame.side_label)
