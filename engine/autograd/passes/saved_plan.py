"""What the nodes of a pass have saved, without a look at each: it lies in the storages of values that were recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.autograd.derived import Value
from engine.autograd.records import NodeRecord
from engine.autograd.saved import Saved
from engine.protocol.facts import SavedStorage

_Place = tuple[int, int]  # a node, and its slot, or -1 - the place of a leaf among its inputs


class SavedPlan:
    """Of passes of one shape: by node where what it saved is found among the records."""

    def __init__(self, places: Mapping[int, Sequence[_Place]]) -> None:
        self._places = places

    @classmethod
    def of(cls, saved: Mapping[int, Saved], records: Sequence[NodeRecord | None]) -> SavedPlan | None:
        """Of one that has read them; None where something lies nowhere else."""
        known: dict[int, _Place] = {}
        for node, record in enumerate(records):
            for place, value in _values(record):
                known.setdefault(_address(value), (node, place))
        places: dict[int, list[_Place]] = {}
        for node, (storages, note) in saved.items():
            if note is not None or any(storage.id not in known for storage in storages):
                return None
            places[node] = [known[storage.id] for storage in storages]
        return cls(places)

    def saved(self, records: Sequence[NodeRecord | None]) -> dict[int, Saved]:
        """By node, of another pass with these records."""
        values = {(node, place): value for node, record in enumerate(records) for place, value in _values(record)}
        found: dict[int, Saved] = {}
        for node, places in self._places.items():
            here = [values[place] for place in places if place in values]
            found[node] = (
                tuple(SavedStorage(_address(value), value.written_bytes or value.held_bytes) for value in here),
                None,
            )
        return found


def _values(record: NodeRecord | None) -> list[tuple[int, Value]]:
    if record is None:
        return []
    leaves = [(-1 - place, leaf.value) for place, leaf in enumerate(record.inputs) if leaf.value is not None]
    return [*record.values.items(), *leaves]


def _address(value: Value) -> int:
    """Of the storage that it was in before somebody wrote there."""
    return value.written_storage or value.storage
