"""The keys of regions, by which they are folded and selected."""

from __future__ import annotations

from engine.protocol.graph_values import Graph
from visualizer.model.regions import LAYER, MODULE, PASS, ROOT, SERIES, Region
from visualizer.model.turns import Work

_TURN_REGIONS = 2_000  # are named in some milliseconds


def name(graph: Graph, regions: list[Region]) -> Work[None]:
    """Keys that are the same for a graph that is made again; a module that was called once is its path."""
    calls: dict[str, int] = {}
    for region in regions:
        if region.kind == MODULE:
            calls[region.path] = calls.get(region.path, 0) + 1
    taken: dict[str, int] = {}
    waiting = [ROOT]
    while waiting:
        region = regions[waiting.pop()]
        for place, child in enumerate(region.children):
            if not child % _TURN_REGIONS:
                yield
            below = regions[child]
            below.number = place if region.kind == SERIES else -1
            below.depth = region.depth + (below.kind != SERIES)
            key = _key(graph, regions, region, below, calls)
            taken[key] = taken.get(key, 0) + 1
            below.key = key if taken[key] == 1 else f"{key}#{taken[key]}"
        waiting += reversed(region.children)


def _key(graph: Graph, regions: list[Region], around: Region, region: Region, calls: dict[str, int]) -> str:
    if region.kind == MODULE:
        return region.path if calls[region.path] == 1 or not around.key else f"{around.key}>{region.path}"
    if region.kind == LAYER:
        return f"{around.key}>layer {region.layer + 1}"
    if region.kind == PASS:
        return f"{around.key}/{region.number + 1}"
    paths = [regions[child].path for child in region.children]
    if all(paths) and len(set(paths)) == len(paths):
        return f"{paths[0]}…{paths[-1]}"
    repetition = graph.repetitions[region.repetition]
    return f"{around.key}>{repetition.path}:{repetition.line}-{repetition.end_line}"
