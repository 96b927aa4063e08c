"""What the links of a graph say: shapes, the sum over a broadcast axis, where there is no gradient."""

from __future__ import annotations

from engine.shared.language import tr, trn
from visualizer.backprop.graph.folding import Link, VisibleGraph, edge_label, shape_text


def label_text(shown: VisibleGraph, link: Link) -> tuple[str, bool]:
    """What a link says, and whether that stands in a pill on the line."""
    edges = tuple(shown.graph.edges[number] for number in link.edges)
    if not link.gradient:
        return _words_without_gradient(shown, link), False
    first = edges[0]
    if len(edges) == 1 and first.summed_from is not None and first.shape is not None:
        axes = summed_axes(first.summed_from, first.shape)
        names = ", ".join(map(str, axes))
        words = trn("Σ over axis {axes}", "Σ over axes {axes}", len(axes), axes=names) if axes else "Σ"
        return f"{shape_text(first.summed_from)} → {shape_text(first.shape)}  {words}", True
    return edge_label(edges), False


def _words_without_gradient(shown: VisibleGraph, link: Link) -> str:
    """A link into ghosts says where the cut is, and goes on among them without words."""
    source, target = (shown.graph.nodes[index] for index in shown.ends[link.edges[0]].tolist())
    if target.is_ghost and source.is_ghost:
        return ""
    return tr("cut off") if target.is_ghost or source.kind != "backward" else tr("no gradient")


def summed_axes(wide: tuple[int, ...], narrow: tuple[int, ...]) -> tuple[int, ...]:
    """The axes of `wide` that a broadcast of `narrow` had added or stretched."""
    missing = len(wide) - len(narrow)
    stretched = [missing + axis for axis, (a, b) in enumerate(zip(wide[missing:], narrow, strict=True)) if a != b]
    return (*range(missing), *stretched)


def label_width(shown: VisibleGraph, link: Link) -> tuple[float, bool]:
    """How wide a link's label is drawn, 0 without one, and whether it is a pill."""
    text, is_pill = label_text(shown, link)
    if not text:
        return 0.0, False
    if not link.gradient:
        return 6.2 * len(text), False
    return 6.6 * len(text) + (24 if is_pill else 0), is_pill
