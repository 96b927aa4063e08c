"""Which values were there before: by their ids, which others get once they are gone."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Set
from functools import partial
from typing import Any

from torch.nn import Module
from torch.optim import Optimizer


class LivingIds(Set[int]):
    """The ids of values. That of a module or an optimizer is in it for no longer than that lives, any other for good.

    Any thread may ask.
    """

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self._ids: set[int] = set()
        self._references = []
        for value in values:
            self._ids.add(id(value))
            if issubclass(type(value), Module | Optimizer):
                self._references.append(weakref.ref(value, partial(_forget, self._ids, id(value))))

    def __contains__(self, value_id: object) -> bool:
        return value_id in self._ids

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids.copy())

    def __len__(self) -> int:
        return len(self._ids)


def _forget(ids: set[int], value_id: int, reference: object) -> None:
    ids.discard(value_id)
