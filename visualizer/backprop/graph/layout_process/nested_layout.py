"""From a request to places: the frames from the inside out, then everything from the outside in."""

from __future__ import annotations

from math import inf

from visualizer.backprop.graph.layout_process.assembly import Laid, assembled
from visualizer.backprop.graph.layout_process.columns import fitting
from visualizer.backprop.graph.layout_process.filling import filled
from visualizer.backprop.graph.layout_process.nesting import ROOT, Nest
from visualizer.backprop.graph.layout_values import FRAME_HEAD, ROOMY, LayoutReply, LayoutRequest, head_height

# At most: the height of a frame around much of the graph, that of any other, and the width of rows.
_Limits = tuple[float, float, float]

# Of the height of a screen that would hold all of it: those that are tried, what is best most often first.
_SHARES: tuple[tuple[float, float], ...] = (
    *((share, share) for share in (1.1, 0.9, 1.4, 0.7, 0.5, 0.35, 0.25)),
    *((1.4, 0.25), (1.0, 0.5), (1.0, 0.35), (0.8, 0.35), (0.6, 0.35)),
)
_WIDTHS = (1.0, 0.6, 0.35)  # of its width: those of rows
_WORTH_IT = 1.1  # rows of cards that do not lead to each other stand above each other where all is so much larger then
_NEARLY, _FINALISTS = 0.9, 3  # with lower heads of frames, what was nearly as large may be larger
_MUCH = 0.25  # of all cards
_PLAINLY = 2  # shares that are tried where there is no time
_BRIEFLY, _FEW = 4, 100  # and with so few cards, which are to open at once
_UNLIMITED: _Limits = (inf, inf, inf)


def lay_out(request: LayoutRequest) -> LayoutReply:
    """Place, route and measure. `dt_ms` is the caller's to add."""
    if not request.widths:
        return LayoutReply(request.ticket)
    nest = Nest(request)
    heads = _heads(request)
    laid = _lay_out(nest, heads, _UNLIMITED)
    if _zoom(nest, laid) < ROOMY:
        found = [_with_low_heads(nest, heads, limits) for limits in _best_limits(nest, heads, laid)]
        laid, heads = max(found, key=lambda tried: _zoom(nest, tried[0]))
    return assembled(nest, laid, heads)


def _with_low_heads(nest: Nest, heads: tuple[float, ...], limits: _Limits) -> tuple[dict[int, Laid], tuple[float, ...]]:
    """Laid out within limits, and the heads of its frames: no higher than their titles have to be there."""
    heads = _heads(nest.request, _zoom(nest, _lay_out(nest, heads, limits)))
    return _lay_out(nest, heads, limits), heads


def _best_limits(nest: Nest, heads: tuple[float, ...], laid: dict[int, Laid]) -> list[_Limits]:
    """The best first. As high as a screen of this area, or lower: then more of them stand side by side; and then with
    narrower rows. It is looked for until all of it is large enough to be read."""
    is_plain, (width, height) = nest.request.is_plain, nest.request.screen
    ideal = (laid[ROOT].width * laid[ROOT].height * height / width) ** 0.5
    zooms = {_UNLIMITED: _zoom(nest, laid)}

    def look(limits: _Limits, worth_it: float) -> None:
        largest = max(zooms.values())
        if largest < ROOMY and (zoom := _zoom(nest, _lay_out(nest, heads, limits))) > worth_it * largest:
            zooms[limits] = zoom

    if len(nest.insides) > 1:
        n_cards = len(nest.request.widths)
        for large, small in _SHARES[: _PLAINLY if is_plain else _BRIEFLY if n_cards < _FEW else None]:
            look((large * ideal, small * ideal, inf), _NEARLY)
    best = max(zooms, key=zooms.__getitem__)
    for share in () if is_plain else _WIDTHS:
        look((*best[:2], share * ideal * width / height), _WORTH_IT)
    return sorted(zooms, key=zooms.__getitem__, reverse=True)[: 1 if is_plain else _FINALISTS]


def _heads(request: LayoutRequest, zoom: float = 0.0) -> tuple[float, ...]:
    return tuple(head_height(len(f.members), zoom) if f.is_box else float(FRAME_HEAD) for f in request.frames)


def _zoom(nest: Nest, laid: dict[int, Laid]) -> float:
    """At which all of it fits on its screen."""
    return fitting(laid[ROOT].width, laid[ROOT].height, nest.request.screen)


def _lay_out(nest: Nest, heads: tuple[float, ...], limits: _Limits) -> dict[int, Laid]:
    """Every frame, the innermost first."""
    frames, much = nest.request.frames, _MUCH * len(nest.request.widths)
    laid: dict[int, Laid] = {}
    for frame in sorted(nest.insides, reverse=True):  # outer frames come before inner ones
        is_small = frame != ROOT and len(frames[frame].members) <= much
        most = limits[2], limits[is_small]
        laid[frame] = filled(nest, frame, laid, most, 0.0 if frame == ROOT else heads[frame])
    return laid
