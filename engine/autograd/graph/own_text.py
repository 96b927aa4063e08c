"""Which nodes the text of the program that they come from stands for.

`h @ W` in a loop stands for products alone; `model(x)` stands for whatever the model does, so it names nothing that is
inside of it. The views that a call makes beside its one operation are part of that: `F.linear` names the product, not
its `T`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

import msgspec

from engine.protocol.graph_values import Node
from engine.protocol.source import Source


def with_own_text(nodes: Sequence[Node], results: Set[int], inside: Set[int]) -> list[Node]:
    """`nodes` where those say so whose text is not their own. `results`: ids of those that their very call returned,
    `inside`: of those that a library made for a call of the text, as a softmax for `dist.sample()`."""
    of_all = _of_one_kind(nodes)
    beside_views = _of_one_kind(node for node in nodes if node.category != "view")
    found = []
    for node in nodes:
        own = of_all if node.category == "view" else beside_views
        is_own = node.source is None or node.id in results or (node.id not in inside and _place(node.source) in own)
        found.append(node if is_own else msgspec.structs.replace(node, is_own=False))
    return found


def _of_one_kind(nodes: Iterable[Node]) -> set[tuple[str, int, int, int, int]]:
    """The places that nodes of one kind alone come from."""
    kinds: dict[tuple[str, int, int, int, int], set[str]] = defaultdict(set)
    for node in nodes:
        if node.source is not None:
            kinds[_place(node.source)].add(node.name)
    return {place for place, names in kinds.items() if len(names) == 1}


def _place(source: Source) -> tuple[str, int, int, int, int]:
    return source.path, source.line, source.column, source.end_line, source.end_column
