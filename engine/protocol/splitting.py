"""Takes a long event apart into parts, and puts it together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from engine.protocol.messages import BackwardProgress, Event, GraphShown, PassOpened
from engine.protocol.parts import Part
from engine.protocol.sharing import Sharing

MOST = 1_000  # of one kind in an event; as many are decoded in some milliseconds
_OF_GRAPH, _OF_EVENT = ("nodes", "edges"), ("steps", "times")


def in_parts(event: Event) -> Iterator[Event]:
    """The parts of an event that is too long, and last what is left of it; any other as it is."""
    of_graph = _long(event.graph, _OF_GRAPH) if isinstance(event, GraphShown | PassOpened) else {}
    of_event = _long(event, _OF_EVENT) if isinstance(event, BackwardProgress | PassOpened) else {}
    for name, values in (of_graph | of_event).items():
        for start in range(0, len(values), MOST):
            part: dict[str, Any] = {name: values[start : start + MOST]}
            yield Part(**part)
    yield _with(event, dict.fromkeys(of_graph, ()), dict.fromkeys(of_event, ()))


class Joiner:
    """Gives the events whose parts it takes, one after the other, in their order."""

    def __init__(self) -> None:
        self._found: defaultdict[str, list[Any]] = defaultdict(list)
        self._sharing = Sharing()

    def take(self, event: Event) -> Event | None:
        """The event with all of its parts; None of a part, whose event is still to come."""
        if isinstance(event, Part):
            self._found["nodes"] += self._sharing.nodes(event.nodes)
            self._found["edges"] += self._sharing.edges(event.edges)
            for name in _OF_EVENT:
                self._found[name] += getattr(event, name)
            return None
        found = {name: tuple(values) for name, values in self._found.items() if values}
        self._found.clear()
        self._sharing = Sharing()
        of_graph = {name: values for name, values in found.items() if name in _OF_GRAPH}
        return _with(event, of_graph, {name: values for name, values in found.items() if name in _OF_EVENT})


def _long(whole: Any, names: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {name: values for name in names if len(values := getattr(whole, name)) > MOST}


def _with(event: Any, of_graph: dict[str, Any], of_event: dict[str, Any]) -> Event:
    if of_graph:
        of_event = of_event | {"graph": replace(event.graph, **of_graph)}
    changed: Event = replace(event, **of_event) if of_event else event
    return changed
