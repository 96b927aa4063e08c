"""Validation losses of a run in the list: the best, by which runs are compared, and the newest where it is another."""

from __future__ import annotations

from engine.shared.language import grouped, tr
from visualizer.pretraining import formatting
from visualizer.pretraining.run_view import RunRow


def row_losses(row: RunRow) -> tuple[str, str]:
    """ "1.47", "last 1.92": the best and, where it is written otherwise, the newest. Of a run without a finite one the
    newest alone."""
    newest = formatting.loss(row.val_loss)
    if row.best_loss is None:
        return newest, ""
    best = formatting.loss(row.best_loss)
    return best, "" if newest == best else tr("last {loss}", loss=newest)


def validations(row: RunRow) -> str:
    """The same in whole words: "best validation loss 1.4697 at step 2,000, newest 1.9200"; "" before the first."""
    if row.best_loss is None or row.val_loss is None:
        return formatting.validation(row.val_loss)
    best = tr("best validation loss {loss} at step {step}", loss=formatting.exact_loss(row.best_loss),
              step=grouped(row.best_step))  # fmt: skip
    if row.val_loss == row.best_loss:
        return best
    return f"{best}, {tr('newest {loss}', loss=formatting.exact_loss(row.val_loss))}"
