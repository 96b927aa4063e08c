"""Places on the canvas that can be gone back to, by the card that is nearest, so that they outlast folding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QSize

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.scene import Scene

_MOST = 50
_SAME_PIXELS = 24.0  # as little further away, it is the same place
_SAME_ZOOM = 1.05


@dataclass(frozen=True)
class Place:
    """What is in the middle of the view: a node's card (by the node's id), and how far from its middle that is."""

    node: int
    dx: float
    dy: float
    zoom: float

    def is_near(self, other: Place) -> bool:
        """Whether both show the same."""
        apart = abs(self.dx - other.dx) + abs(self.dy - other.dy)
        zooms = sorted((self.zoom, other.zoom))
        return self.node == other.node and apart * zooms[1] < _SAME_PIXELS and zooms[1] < zooms[0] * _SAME_ZOOM


def place_of(scene: Scene, camera: Camera, size: QSize) -> Place:
    """What the camera shows."""
    middle = camera.to_scene(QPointF(size.width() / 2, size.height() / 2))
    centers = scene.rects[:, :2] + scene.rects[:, 2:] / 2
    card = int(np.argmin(np.abs(centers - [middle.x(), middle.y()]).sum(axis=1)))
    node = scene.shown.graph.nodes[scene.shown.cards[card].nodes[0]].id
    return Place(node, middle.x() - float(centers[card, 0]), middle.y() - float(centers[card, 1]), camera.zoom)


def point_of(scene: Scene, place: Place) -> QPointF | None:
    """The scene point that a place has in its middle; None where its node is not in the graph any more."""
    index = scene.index_of.get(place.node)
    if index is None:
        return None
    return scene.rect(int(scene.shown.card_of[index])).center() + QPointF(place.dx, place.dy)


class Trail:
    """The places looked at, in their order, and bookmarks. Going elsewhere from the middle drops what came after."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1
        self.bookmarks: list[Place] = []

    def add(self, place: Place) -> None:
        """The view rests here."""
        if self._at >= 0 and self._places[self._at].is_near(place):
            return
        self._places = [*self._places[: self._at + 1], place][-_MOST:]
        self._at = len(self._places) - 1

    def go(self, way: int) -> Place | None:
        """The place before (-1) or after (1) this one; None at the end."""
        if not 0 <= self._at + way < len(self._places):
            return None
        self._at += way
        return self._places[self._at]

    def toggle_bookmark(self, place: Place) -> bool:
        """Put a bookmark here, or take the one that is here away; True when it is there now."""
        near = [bookmark for bookmark in self.bookmarks if bookmark.is_near(place)]
        self.bookmarks = [bookmark for bookmark in self.bookmarks if bookmark not in near]
        if not near:
            self.bookmarks.append(place)
        return not near

    def next_bookmark(self, place: Place) -> Place | None:
        """The bookmark after the one that is here, round and round; None without any."""
        if not self.bookmarks:
            return None
        at = next((number for number, mark in enumerate(self.bookmarks) if mark.is_near(place)), -1)
        return self.bookmarks[(at + 1) % len(self.bookmarks)]
