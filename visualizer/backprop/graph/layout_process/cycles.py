"""What a directed graph leads back to, in plain Python: igraph's own graph imports NumPy at its first use, for which
the first frame that is opened would wait longer than for its layout."""

from __future__ import annotations

from collections.abc import Iterable


def on_cycles(n_items: int, links: Iterable[tuple[int, int]]) -> set[int]:
    """The items (0 to n_items - 1) from which links lead back to them through at least one other."""
    out: list[list[int]] = [[] for _ in range(n_items)]
    back: list[list[int]] = [[] for _ in range(n_items)]
    for source, target in links:
        out[source].append(target)
        back[target].append(source)
    found, seen = set[int](), [False] * n_items
    for start in reversed(_finished(out)):  # Kosaraju: what leads to it and was finished before is led to by it
        component = _reached(start, back, seen)
        if len(component) > 1:
            found.update(component)
    return found


def _finished(out: list[list[int]]) -> list[int]:
    """The items in the order in which a search into depth is done with them."""
    done: list[int] = []
    seen = [False] * len(out)
    for start in range(len(out)):
        if seen[start]:
            continue
        seen[start] = True
        ways = [(start, iter(out[start]))]
        while ways:
            item, following = ways[-1]
            for other in following:
                if not seen[other]:
                    seen[other] = True
                    ways.append((other, iter(out[other])))
                    break
            else:
                done.append(item)
                ways.pop()
    return done


def _reached(start: int, back: list[list[int]], seen: list[bool]) -> list[int]:
    if seen[start]:
        return []
    seen[start] = True
    component = [start]
    for item in component:  # which grows on the way
        for other in back[item]:
            if not seen[other]:
                seen[other] = True
                component.append(other)
    return component
