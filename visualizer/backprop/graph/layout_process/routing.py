"""Orthogonal routes between rows of cards: no segment crosses a card, parallel segments keep a distance.

A link leaves its source at the top (or, where the row beside it is free, at a side), changes column only between rows,
passes rows in between through the gap that the layout engine left for it, and enters its target from below.
Rows count upward from the loss; y grows downward.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from visualizer.backprop.graph.layout_process.layout_engines import Placement
from visualizer.backprop.graph.layout_process.problem import Problem
from visualizer.backprop.graph.layout_values import STACK_OFFSET

CLEARANCE = 14  # between a vertical segment and the card beside it
PORT_GAP = 18  # between two links at one side of a card
LANE_GAP = 10  # between two parallel segments
_INSET = 16  # of the outermost port from a card's corner
_WIDE = 1e9
_NEAR = 24 * LANE_GAP  # around all cards of a row, a wire of a tight layout keeps as near to them
_MOST_TRACKS, _BUNDLE = 150, 24


@dataclass
class Wire:
    """One link while it is routed, always from its lower card to its upper one. `runs` are its vertical segments
    through rows between: (x, first row, last row)."""

    number: int
    low: int
    high: int
    is_reversed: bool
    runs: list[list[float]] = field(default_factory=list)
    x_out: float = 0.0
    x_in: float = 0.0
    side: int = 0  # -1 or 1 when it leaves at the left or right side


@dataclass
class Jog:
    """A horizontal segment between rows `row` and `row + 1`, from x `start` (coming from below) to x `end`."""

    row: int
    start: float
    end: float
    track: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """From the lower to the higher of its ends."""
        return min(self.start, self.end), max(self.start, self.end)


class Router:
    """Takes a placement apart into wires with ports, runs and jogs; geometry.py turns them into points."""

    def __init__(self, problem: Problem, placement: Placement) -> None:
        self.widths, self._problem = problem.widths, problem
        self.xs, self.rows = placement.xs, placement.rows
        self.n_rows = max(self.rows, default=-1) + 1
        self._cards_in: list[list[tuple[float, float, int]]] = [[] for _ in range(self.n_rows)]
        for card, row in enumerate(self.rows):
            self._cards_in[row].append((self.left(card), self.right(card), card))
        for cards in self._cards_in:
            cards.sort()
        self._verticals: list[list[float]] = [[] for _ in range(self.n_rows)]  # taken x, per row
        self.wires = [self._wire(number, link) for number, link in enumerate(problem.links)]
        self._n_links = Counter(card for link in problem.links for card in link)
        for wire, crossings in sorted(zip(self.wires, placement.crossings, strict=True), key=lambda pair: len(pair[1])):
            self._find_runs(wire, crossings)
            self._move_port(wire)
        self._find_ports()
        self.jogs: dict[int, list[Jog]] = {}
        self._by_row: dict[int, list[Jog]] = defaultdict(list)
        for wire in self.wires:
            self.jogs[wire.number] = self._jogs(wire)
            for jog in self.jogs[wire.number]:
                self._by_row[jog.row].append(jog)
        self.n_tracks = [0] * max(self.n_rows, 1)
        for row, jogs in self._by_row.items():
            self.n_tracks[row] = _assign_tracks(jogs)

    def cards_in(self, row: int) -> list[tuple[float, float, int]]:
        """Left, right and number of every card in a row, from left to right."""
        return self._cards_in[row]

    def verticals_in(self, row: int) -> list[float]:
        """x of every vertical segment that passes a row or leaves it sideways."""
        return self._verticals[row]

    def jogs_above(self, row: int) -> list[Jog]:
        """The horizontal segments between a row and the next."""
        return self._by_row[row]

    def left(self, card: int) -> float:
        return self.xs[card] - self.widths[card] / 2

    def right(self, card: int) -> float:
        return self.xs[card] + self.widths[card] / 2

    def _wire(self, number: int, link: tuple[int, int]) -> Wire:
        source, target = link
        if self.rows[source] <= self.rows[target]:
            return Wire(number, source, target, False)
        return Wire(number, target, source, True)

    def _gap(self, row: int, x: float) -> tuple[float, float]:
        """The free columns around x in a row; where x is inside a card, the gap nearest to it."""
        cards = self._cards_in[row]
        place = bisect_left(cards, (x, -_WIDE, -1))
        if place and cards[place - 1][1] > x:  # inside the card to the left: leave it on the nearer side
            place = place - 1 if x < (cards[place - 1][0] + cards[place - 1][1]) / 2 else place
        low = cards[place - 1][1] + CLEARANCE + 2 * STACK_OFFSET if place else -_WIDE
        high = cards[place][0] - CLEARANCE if place < len(cards) else _WIDE
        return (low, high) if low <= high else ((low + high) / 2, (low + high) / 2)

    def _find_runs(self, wire: Wire, crossings: list[float]) -> None:
        """As few and as straight vertical segments as the gaps allow."""
        first = self.rows[wire.low] + 1
        crowd = {card: PORT_GAP * min(self._n_links[card] - 1, 4) for card in (wire.low, wire.high)}
        spans: list[list[float]] = []  # low, high, first row, last row, preferred x
        for row, x in enumerate(crossings, first):
            low, high = self._gap(row, x)
            if spans and max(spans[-1][0], low) <= min(spans[-1][1], high):
                last = spans[-1]
                last[0], last[1], last[3] = max(last[0], low), min(last[1], high), row
            else:
                spans.append([low, high, row, row, x])
        for place, (low, high, begin, end, x) in enumerate(spans):
            if self._problem.spacing.is_tight:
                near = self._end(wire, wire.high if self._is_movable(wire.low) else wire.low)
                x = (near + self._end(wire, wire.high)) / 2
                low, high = _hugging(low, high)
            for card, is_near in ((wire.high, place == len(spans) - 1), (wire.low, place == 0)):
                if self._is_movable(card):
                    continue
                middle = self._end(wire, card)
                is_free = self._port(wire, card) is None
                reach = max(self.widths[card] / 2 - _INSET - crowd[card], 0.0) if is_free else 0.0
                if is_near and low <= middle + reach and high >= middle - reach:
                    x = min(max(x, middle - reach), middle + reach)
            chosen = self._free_lane(min(max(x, low), high), low, high, int(begin), int(end))
            wire.runs.append([chosen, begin, end])

    def _is_movable(self, item: int) -> bool:
        """A port that stands wherever its one wire goes."""
        return self._problem.spacing.is_tight and self._n_links[item] == 1 and item in self._problem.bottoms

    def _move_port(self, wire: Wire) -> None:
        if wire.runs and self._is_movable(wire.low):
            self.xs[wire.low] = wire.runs[0][0]

    def _free_lane(self, x: float, low: float, high: float, first: int, last: int) -> float:
        for step in range(24):
            for candidate in (x + step * LANE_GAP, x - step * LANE_GAP):
                if low <= candidate <= high and not self._is_taken(candidate, first, last):
                    x = candidate
                    break
            else:
                continue
            break
        for row in range(first, last + 1):
            insort(self._verticals[row], x)
        return x

    def _is_taken(self, x: float, first: int, last: int) -> bool:
        for row in range(first, last + 1):
            taken = self._verticals[row]
            place = bisect_left(taken, x - LANE_GAP + 0.5)
            if place < len(taken) and taken[place] < x + LANE_GAP - 0.5:
                return True
        return False

    def _find_ports(self) -> None:
        leaving: dict[int, list[Wire]] = defaultdict(list)
        arriving: dict[int, list[Wire]] = defaultdict(list)
        for wire in self.wires:
            leaving[wire.low].append(wire)
            arriving[wire.high].append(wire)
        for card, wires in arriving.items():
            wires = self._fix(card, wires)
            wishes = [wire.runs[-1][0] if wire.runs else self.xs[wire.low] for wire in wires]
            for wire, x in zip(wires, self._spread(card, wishes), strict=True):
                wire.x_in = x
        taken: dict[int, list[tuple[float, float]]] = defaultdict(list)  # spans of side exits, per row
        for card, wires in leaving.items():
            wires = self._fix(card, wires)
            top = [wire for wire in wires if not self._leave_sideways(card, wire, taken[self.rows[card]])]
            wishes = [wire.runs[0][0] if wire.runs else wire.x_in for wire in top]
            for wire, x in zip(top, self._spread(card, wishes), strict=True):
                wire.x_out = x

    def _port(self, wire: Wire, card: int) -> float | None:
        """x of the port that a box has for a wire; None where it may end anywhere."""
        number = wire.number
        if wire.is_reversed:
            return None
        at = self._problem.out_at[number] if card == wire.low else self._problem.in_at[number]
        return None if at is None else self.xs[card] + at

    def _end(self, wire: Wire, card: int) -> float:
        port = self._port(wire, card)
        return self.xs[card] if port is None else port

    def _fix(self, card: int, wires: list[Wire]) -> list[Wire]:
        """Give wires their ports at a box; those that are left have none."""
        free = []
        for wire in wires:
            port = self._port(wire, card)
            if port is None:
                free.append(wire)
            elif card == wire.low:
                wire.x_out = port
            else:
                wire.x_in = port
        return free

    def _spread(self, card: int, wishes: list[float]) -> list[float]:
        """Ports as near to the wishes as their order and distance allow; a wish beyond the card means the middle."""
        reach = max(self.widths[card] / 2 - _INSET, 1.0)
        middle = self.xs[card]
        order = sorted(range(len(wishes)), key=lambda place: wishes[place])
        wanted = [wishes[place] if abs(wishes[place] - middle) <= reach else middle for place in order]
        gap = min(PORT_GAP, 2 * reach / max(len(wishes) - 1, 1))
        fixed = min(range(len(order)), key=lambda i: abs(wishes[order[i]] - middle), default=0)
        ports = list(wanted)
        for i in range(fixed + 1, len(ports)):
            ports[i] = max(ports[i], ports[i - 1] + gap)
        for i in range(fixed - 1, -1, -1):
            ports[i] = min(ports[i], ports[i + 1] - gap)
        last = len(ports) - 1
        ports = [
            min(max(port, middle - reach + i * gap), middle + reach - (last - i) * gap) for i, port in enumerate(ports)
        ]
        placed = [0.0] * len(wishes)
        for i, place in enumerate(order):
            placed[place] = ports[i]
        return placed

    def _leave_sideways(self, card: int, wire: Wire, taken: list[tuple[float, float]]) -> bool:
        """Take the side exit where nothing in the row is in the way between the card and the link's column."""
        x = wire.runs[0][0] if wire.runs else wire.x_in
        side = 1 if x > self.xs[card] else -1
        edge = self.right(card) if side > 0 else self.left(card)
        if wire.is_reversed or (x - edge) * side < CLEARANCE or self.rows[wire.high] == self.rows[card]:
            return False
        low, high = min(edge, x), max(edge, x)
        row = self.rows[card]
        blocked = any(
            left - CLEARANCE < high and right + CLEARANCE > low
            for left, right, other in self._cards_in[row] if other != card
        )  # fmt: skip
        verticals = self._verticals[row]
        place = bisect_left(verticals, low - LANE_GAP)
        blocked = blocked or (place < len(verticals) and verticals[place] < high + LANE_GAP)
        if blocked or any(left < high + LANE_GAP and right > low - LANE_GAP for left, right in taken):
            return False
        taken.append((low, high))
        insort(verticals, x)
        wire.side, wire.x_out = side, x
        return True

    def _jogs(self, wire: Wire) -> list[Jog]:
        jogs, x = [], wire.x_out
        for next_x, begin, _end in [*wire.runs, [wire.x_in, self.rows[wire.high], 0]]:
            if abs(next_x - x) > 0.5:
                jogs.append(Jog(int(begin) - 1, x, next_x))
                x = next_x
        return jogs


def _hugging(low: float, high: float) -> tuple[float, float]:
    """The part of a gap that is near to a card, where the gap is open to one side."""
    if low == -_WIDE and high < _WIDE:
        return high - _NEAR, high
    return (low, low + _NEAR) if high == _WIDE and low > -_WIDE else (low, high)


def _assign_tracks(jogs: list[Jog]) -> int:
    """Give overlapping segments different tracks, track 0 nearest to the lower row, and tell how many there are.

    A segment that begins where another ends lies below it, so that their verticals do not meet.
    """
    jogs.sort(key=lambda jog: (jog.span[1] - jog.span[0], jog.start))
    if len(jogs) > _MOST_TRACKS:  # a thousand links into one card are a bundle, whatever their tracks
        for place, jog in enumerate(jogs):
            jog.track = place * _BUNDLE // len(jogs)
        return _BUNDLE
    starts = sorted((jog.start, place) for place, jog in enumerate(jogs))
    must_be_below: list[list[int]] = [[] for _ in jogs]
    for place, jog in enumerate(jogs):
        at = bisect_left(starts, (jog.end - LANE_GAP / 2, -1))
        while at < len(starts) and starts[at][0] < jog.end + LANE_GAP / 2:
            if starts[at][1] != place:
                must_be_below[place].append(starts[at][1])
            at += 1
    tracks: list[list[tuple[float, float]]] = []
    placed: dict[int, int] = {}

    def put(place: int, pending: frozenset[int]) -> None:
        if place in placed:
            return
        for lower in must_be_below[place]:
            if lower not in pending and len(pending) < 64:
                put(lower, pending | {place})
        floor = max((placed[lower] + 1 for lower in must_be_below[place] if lower in placed), default=0)
        low, high = jogs[place].span
        track = floor
        while track < len(tracks) and any(a < high + LANE_GAP and b > low - LANE_GAP for a, b in tracks[track]):
            track += 1
        while track >= len(tracks):
            tracks.append([])
        tracks[track].append((low, high))
        placed[place] = track
        jogs[place].track = track

    for place in range(len(jogs)):
        put(place, frozenset())
    return len(tracks)
