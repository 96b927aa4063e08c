"""The cards of the canvas, each as a part of its own for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible

from engine.shared.language import tr
from visualizer.backprop.graph.scene_view import SceneView
from visualizer.backprop.graph.tooltips import card_facts


class SpokenCards:
    """Parts of a canvas, by the numbers of its cards: in the order of a backward pass, as Tab goes."""

    role = QAccessible.Role.ListItem

    def __init__(self, canvas: SceneView) -> None:
        self._canvas = canvas

    def count(self) -> int:
        """The cards of the scene on show."""
        return 0 if self._canvas.scene is None else len(self._canvas.scene.shown.cards)

    def name(self, part: int) -> str:
        """What stands on it: its title and its second line."""
        canvas = self._canvas
        if canvas.scene is None or canvas.states is None:
            return ""
        content = canvas.book.content(canvas.scene, canvas.states, part)
        return " ".join(filter(None, (content.title, content.subtitle)))

    def description(self, part: int) -> str:
        """All that its tooltip tells, and the leaves and views that are its rows."""
        canvas = self._canvas
        if canvas.scene is None or canvas.states is None:
            return ""
        content = canvas.book.content(canvas.scene, canvas.states, part)
        _title, facts = card_facts(canvas.scene, canvas.states, canvas.book, part)
        rows = ", ".join(" ".join(filter(None, (row.name, row.shape))) for row in content.rows if row.name)
        told = [content.pill, *(f"{what} {words}".strip() for what, words in facts if words.strip())]
        told.append(tr("with {leaves}", leaves=rows) if rows else "")
        return "; ".join(" ".join(words.split()) for words in told if words)

    def rect(self, part: int) -> QRect:
        """Where the camera sees it."""
        canvas = self._canvas
        return (
            QRect() if canvas.scene is None else canvas.camera.rect_to_widget(canvas.scene.rect(part)).toAlignedRect()
        )

    def at(self, point: QPoint) -> int:
        """The card at a point of the canvas."""
        canvas = self._canvas
        return -1 if canvas.scene is None else canvas.scene.card_at(canvas.camera.to_scene(QPointF(point)))

    def selected(self) -> int:
        """The card with the outline."""
        return self._canvas.selected

    def is_folded(self, part: int) -> bool:
        """Whether Enter opens it."""
        return self._canvas.scene is not None and bool(self._canvas.scene.shown.cards[part].fold)
