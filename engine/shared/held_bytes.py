"""How many bytes all nodes of a graph together hold for backward: growing in forward, shrinking in backward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Storages = Iterable[tuple[int, int]]  # id and bytes


def held_bytes(
    storages: Mapping[int, Storages], made: Sequence[int], run: Sequence[int], *, is_freed: bool
) -> list[int]:
    """The total after each node of `made`, in the order of forward, and then after each of `run`, in that of backward.

    `storages`: what each node holds. What several hold counts once, and until the last of them has run.
    """
    sizes = {key: n_bytes for found in storages.values() for key, n_bytes in found}
    holders: Counter[int] = Counter()
    total, totals = 0, []
    for node in made:
        for key, _ in storages.get(node, ()):
            total += 0 if holders[key] else sizes[key]
            holders[key] += 1
        totals.append(total)
    for node in run:
        for key, _ in storages.get(node, ()) if is_freed else ():
            holders[key] -= 1
            total -= 0 if holders[key] else sizes[key]
        totals.append(total)
    return totals
