"""What a page of a lesson colours the graph by, for as long as one is there."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.backprop.graph.recoloring import Recoloring


class PageColors:
    """Gives the person's own colours back, unless the person has chosen others meanwhile."""

    def __init__(self, colors: Recoloring) -> None:
        self._colors = colors
        self._own: str | None = None  # what the person had chosen, while a page's colours are shown
        self._is_page_choosing = False
        colors.changed.connect(self._on_changed)

    def choose(self, command: Callable[[], object]) -> None:
        """A command of the page that colours by something."""
        before, self._is_page_choosing = self._colors.name, True
        try:
            command()
        finally:
            self._is_page_choosing = False
        if self._own is None and self._colors.name != before:
            self._own = before

    def give_back(self) -> None:
        """The page is left."""
        own, self._own = self._own, None
        if own is not None:
            self._colors.choose(own)

    def _on_changed(self, name: str) -> None:
        if not self._is_page_choosing:
            self._own = None
