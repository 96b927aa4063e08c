"""What the plots draw: the records of one run as columns, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import numpy as np

from engine.runs.kept_checkpoints import KeptCheckpoint
from engine.runs.known_losses import KnownLoss
from engine.shared.language import grouped, mark, tr

UNITS = (mark("steps"), mark("tokens"), mark("hours"))  # of the horizontal axis
_COLORS = ("cat.reduction", "cat.elementwise", "cat.loss", "cat.leaf", "cat.activation", "cat.accumulate")
MOST_OVERLAYS = 2 * len(_COLORS)  # each colour twice: a second time with another dash and hollow marks
_EMPTY = np.empty(0, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Curves:
    """One run's records as float64 columns of equal length, oldest first, and what is known of its future.

    Non-finite losses and norms stay in the columns; the plots mark them. `val_*` have a length of their own.
    """

    name: str
    key: str = ""  # tells runs apart, whatever their names are
    n_restarts: int = 0  # how often steps were taken back: the columns then began afresh
    step: np.ndarray = field(default_factory=lambda: _EMPTY)
    tokens: np.ndarray = field(default_factory=lambda: _EMPTY)
    hours: np.ndarray = field(default_factory=lambda: _EMPTY)  # of the steps and those of a parent; no pause counts
    loss: np.ndarray = field(default_factory=lambda: _EMPTY)  # nats per token
    learning_rate: np.ndarray = field(default_factory=lambda: _EMPTY)
    grad_norm: np.ndarray = field(default_factory=lambda: _EMPTY)
    tokens_per_second: np.ndarray = field(default_factory=lambda: _EMPTY)
    memory_gib: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_step: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_tokens: np.ndarray = field(default_factory=lambda: _EMPTY)
    val_loss: np.ndarray = field(default_factory=lambda: _EMPTY)
    planned_step: np.ndarray = field(default_factory=lambda: _EMPTY)
    planned_rate: np.ndarray = field(default_factory=lambda: _EMPTY)
    hours_before: float = 0.0  # of the parent, up to the checkpoint that a branch began with
    max_steps: int = 0
    tokens_per_step: int = 0
    grad_clip: float = 0.0  # 0: the gradient is not clipped
    vocab_size: int = 0
    text: str = ""  # a hash of the tokens that it learns from and is validated on, "" while they are not known
    unigram_entropy: float | None = None  # nats per token
    known_loss: KnownLoss | None = None  # what others reached with this configuration
    changes: tuple[tuple[int, str], ...] = ()  # after which step which settings were changed
    checkpoints: tuple[KeptCheckpoint, ...] = ()  # those that lie in its folder, the newest last
    is_read: bool = True  # whether there are no more records than these

    def x(self, unit: str) -> np.ndarray:
        """The horizontal positions of the records, in one of UNITS."""
        return {"tokens": self.tokens, "hours": self.hours}.get(unit, self.step)

    def val_x(self, unit: str) -> np.ndarray:
        """The horizontal positions of the validations."""
        if unit == "hours":
            if not len(self.step):
                return np.full(len(self.val_step), self.hours_before)
            return np.interp(self.val_step, self.step, self.hours, left=self.hours_before)
        return self.val_tokens if unit == "tokens" else self.val_step

    def at_step(self, step: float, unit: str) -> float:
        """Where a step is on the axis."""
        if unit == "steps" or not len(self.step):
            return float(step)
        return float(np.interp(step, self.step, self.x(unit)))

    def ahead(self, steps: np.ndarray, unit: str) -> np.ndarray:
        """Where steps that are not trained yet will be; in hours, at the pace so far."""
        done = float(self.step[-1]) if len(self.step) else 0.0
        here = float(self.x(unit)[-1]) if len(self.step) else 0.0
        own_hours = here - self.hours_before if unit == "hours" else 0.0
        pace = {"tokens": float(self.tokens_per_step), "hours": own_hours / max(len(self.step), 1)}.get(unit, 1.0)
        return here + (steps - done) * pace

    def until(self, step: int) -> Curves:
        """What it was after `step` steps, as the beginning of a branch."""
        n, n_validations = (int(np.searchsorted(at, step, side="right")) for at in (self.step, self.val_step))
        columns = {
            each.name: getattr(self, each.name)[: n_validations if each.name.startswith("val_") else n]
            for each in fields(self)
            if isinstance(getattr(self, each.name), np.ndarray) and not each.name.startswith("planned_")
        }
        return replace(
            self, name=tr("{run}, to {step}", run=self.name, step=grouped(step)), key=f"{self.key}@{step}", **columns
        )

    def nearest(self, x: float, unit: str) -> int:
        """Index of the record nearest to `x`, -1 without records."""
        places = self.x(unit)
        if not len(places):
            return -1
        right = int(np.searchsorted(places, x))
        candidates = [index for index in (right - 1, right) if 0 <= index < len(places)]
        return min(candidates, key=lambda index: abs(places[index] - x))


@dataclass(frozen=True, eq=False)
class Overlay:
    """Another run in the same plots; `color` is a token, `place` from 0 its line style and its marker, MOST_OVERLAYS
    that of a parent."""

    curves: Curves
    color: str
    place: int = 0


def color_of(place: int) -> str:
    """The token of what is laid over at a place."""
    return "text.muted" if place == MOST_OVERLAYS else _COLORS[place % len(_COLORS)]


def is_filled(place: int) -> bool:
    """Whether its marks are: of two that share a colour those of the first."""
    return 0 <= place < len(_COLORS)
