"""What the draft of a run adds up to, large, in the middle of the workspace: it moves with every number of the form."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from visualizer.look import theme
from visualizer.pretraining.form.estimates_view import EstimatesView
from visualizer.pretraining.form.form_model import Estimates

_LARGER = 1.15  # than in the form
_WIDTH, _MARGINS = 440, 24  # px


class DraftSums(EstimatesView):
    """Shows the estimates of a draft; nothing where it cannot be read."""

    def __init__(self) -> None:
        super().__init__(_LARGER, "draft_")
        self.setObjectName("draft_sums")
        self.hide()
        theme.current().changed.connect(self.dress)
        self.dress()

    def show_estimates(self, estimates: Estimates) -> None:
        """Replace what is shown."""
        super().show_estimates(estimates)
        self.setVisible(bool(estimates.n_parameters))

    def dress(self) -> None:
        """Fonts, colours and width in today's look."""
        super().dress()
        self.setMaximumWidth(theme.current().px(_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width() - _MARGINS)
