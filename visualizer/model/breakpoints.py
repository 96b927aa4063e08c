"""The breakpoints of the program in the editor: where, on which condition, switched on or off, how often hit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from engine.protocol.breakpoints import (
    AllZero,
    Anywhere,
    AtLine,
    AtModule,
    AtOperation,
    AtPass,
    AtVariable,
    Breakpoint,
    Condition,
    Norm,
    NotFinite,
    Place,
)
from engine.shared.atomic_files import replace_file
from engine.shared.folders import state_folder
from engine.shared.language import tr
from engine.shared.local_numbers import compact

_MAX_FILES = 200  # whose breakpoints are remembered


class Point(msgspec.Struct, frozen=True):
    """One breakpoint, as the person has set it. A line is one of today's text."""

    id: int
    place: Place
    condition: Condition | None = None
    is_on: bool = True


class BreakpointBook(QObject):
    """All of one program. `hits` counts, by id, how often each held a pass of the run."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[Point, ...] = ()
        self.hits: dict[int, int] = {}

    def add(self, place: Place, condition: Condition | None = None) -> None:
        """Set one, unless there is the same."""
        if not any((point.place, point.condition) == (place, condition) for point in self.points):
            self._set((*self.points, Point(max((point.id for point in self.points), default=0) + 1, place, condition)))

    def replace(self, point: Point) -> None:
        """The one of this id is this now."""
        self._set(point if known.id == point.id else known for known in self.points)

    def remove(self, ids: Iterable[int]) -> None:
        """Take these away."""
        gone = set(ids)
        self._set(point for point in self.points if point.id not in gone)

    def toggle_line(self, line: int) -> None:
        """Set one at a line, or take all away that are there."""
        here = [point.id for point in self.points if point.place == AtLine(line)]
        if here:
            self.remove(here)
        else:
            self.add(AtLine(line))

    @property
    def stops_at_nan(self) -> bool:
        """Whether every node that makes a gradient NaN or infinite of a finite one holds its pass."""
        return any(
            point.place == Anywhere() and point.condition == NotFinite() and point.is_on for point in self.points
        )

    def toggle_nan(self) -> None:
        """Stop there, or no longer."""
        known = [point for point in self.points if (point.place, point.condition) == (Anywhere(), NotFinite())]
        if self.stops_at_nan:
            self.remove(point.id for point in known)
        elif known:
            self.replace(msgspec.structs.replace(known[0], is_on=True))
        else:
            self.add(Anywhere(), NotFinite())

    def lines(self) -> dict[int, bool]:
        """The lines with one, and whether it is switched on."""
        return {point.place.line: point.is_on for point in self.points if isinstance(point.place, AtLine)}

    def line_of(self, hits: Iterable[int]) -> int:
        """The first line among the breakpoints that hold a pass, 0 where none of them is at a line."""
        wanted = set(hits)
        lines = (one.place.line for one in self.points if one.id in wanted and isinstance(one.place, AtLine))
        return min(lines, default=0)

    def edited(self, place_of: Callable[[int], int | None]) -> None:
        """The text was edited: where each line is now, counted from 1; None for one that is gone."""
        moved = []
        for point in self.points:
            if isinstance(point.place, AtLine):
                line = place_of(point.place.line)
                if line is None:
                    continue
                point = msgspec.structs.replace(point, place=AtLine(line))
            moved.append(point)
        if tuple(moved) != self.points:
            self._set(moved)

    def switched_on(self, run_line: Callable[[int], int]) -> tuple[Breakpoint, ...]:
        """As the engine takes them. `run_line` gives the line of the text that runs, 0 for one that does not."""
        found = []
        for point in self.points:
            place = AtLine(run_line(point.place.line)) if isinstance(point.place, AtLine) else point.place
            if point.is_on and place != AtLine(0):
                found.append(Breakpoint(point.id, place, point.condition))
        return tuple(found)

    def count(self, ids: Iterable[int]) -> None:
        """These have held a pass."""
        for one in ids:
            self.hits[one] = self.hits.get(one, 0) + 1
        self.changed.emit()

    def begin_run(self) -> None:
        """Count anew."""
        if self.hits:
            self.hits = {}
            self.changed.emit()

    def load(self, path: Path | None) -> None:
        """Those that were set in this file the last time; none of a program without one."""
        self.hits = {}
        self._set(_remembered().get(str(path), ()) if path is not None else ())

    def save(self, path: Path) -> None:
        """Remember them for this file. Raises OSError where the disk refuses."""
        known = {name: points for name, points in _remembered().items() if name != str(path)}
        if self.points:
            known[str(path)] = self.points
        newest = dict(list(known.items())[-_MAX_FILES:])
        replace_file(_file(), msgspec.json.encode(newest))

    def _set(self, points: Iterable[Point]) -> None:
        self.points = tuple(points)
        self.changed.emit()


def where_words(place: Place) -> str:
    """ "line 9", "module h.3.attn.*"."""
    match place:
        case AtLine(line):
            return tr("line {line}", line=line)
        case AtVariable(name):
            return tr("variable {name}", name=name)
        case AtOperation(pattern):
            return tr("operation {name}", name=pattern)
        case AtModule(pattern):
            return tr("module {name}", name=pattern)
        case AtPass(index):
            return tr("pass {number}", number=index)
        case Anywhere():
            return tr("any node")


def when_words(condition: Condition | None) -> str:
    """ "norm > 10"; "" without a condition."""
    match condition:
        case None:
            return ""
        case NotFinite():
            return tr("NaN or Inf")
        case AllZero():
            return tr("all zero")
        case Norm(limit, above):
            return tr("norm {limit}", limit=f"{'>' if above else '<'} {compact(limit)}")
    return tr("gradient / value {limit}", limit=f"{'>' if condition.above else '<'} {compact(condition.limit)}")


def _file() -> Path:
    return state_folder() / "breakpoints.json"


def _remembered() -> dict[str, tuple[Point, ...]]:
    """By file; none where what lies there is something else."""
    try:
        return msgspec.convert(json.loads(_file().read_bytes()), dict[str, tuple[Point, ...]])
    except (OSError, ValueError, msgspec.ValidationError):
        return {}
