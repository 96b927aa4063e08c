"""What the panels show of runs: frozen values, made by the service, drawn by the panels."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# What a run can be doing; the words stand in its pill.
LIVE = ("starting", "preparing", "training", "paused", "stopping")
RESUMABLE = ("stopped", "failed", "crashed")  # from the newest checkpoint
UNREADABLE = "unreadable"  # its folder cannot be looked into now: what was known of it stays
WENT_WRONG = ("failed", "crashed", UNREADABLE)
_EMPTY = np.empty(0, dtype=np.float64)


@dataclass(frozen=True)
class HeaderView:
    """The numbers above the plots. None where a number is not known (yet)."""

    name: str
    state: str  # "draft", one of LIVE, "finished", "stopped", or one of WENT_WRONG
    sentence: str = ""  # what went wrong, what it waits for, or why Start is not possible
    prepared: float | None = None  # share of the corpus that is tokens, while it is prepared
    step: int = 0
    max_steps: int = 0
    elapsed_s: float | None = None
    remaining_s: float | None = None
    train_loss: float | None = None
    val_loss: float | None = None
    tokens_per_second: float | None = None
    way: str = ""  # in which its steps are made
    mfu: float | None = None  # share of `peak_flops`
    peak_flops: float | None = None  # per second
    memory_bytes: float | None = None
    has_log: bool = False
    can_start: bool = False
    is_remote: bool = False  # on another machine: it can be watched, not controlled
    is_silent: bool = False  # its trainer lives, and nothing comes from it
    is_not_finite: bool = False  # it ended at NaN, and would again as it is
    cannot_go_on: bool = False  # nothing of it is left to go on from, whatever its settings


@dataclass(frozen=True, eq=False)
class RunRow:
    """One run in the list."""

    path: Path
    name: str
    state: str
    words: str  # "step 2,225, training"
    val_loss: float | None = None  # of the newest validation
    best_loss: float | None = None  # of the best one, which is finite
    best_step: int = 0  # after which it was
    spark: np.ndarray = field(default_factory=lambda: _EMPTY)  # losses, a few dozen of them
    place: int = -1  # while it is laid over the plots: how it is drawn there
    pid: int = 0
    is_remote: bool = False  # on another machine: it can be watched, not controlled
    created: float = 0.0  # seconds since 1970, but never before a run that was made earlier
    step: int = 0
    n_parameters: int = 0
    origin: str = ""  # of a branch: "branch of shakespeare-nano-1 at step 500"
    short_origin: str = ""  # "branch at step 500"
    cannot_go_on: bool = False  # as in the header
    given_name: str = ""  # without what tells it from another run of this name


@dataclass(frozen=True)
class SampleView:
    """One text that the model wrote."""

    step: int
    prompt: str
    text: str  # without the prompt
    val_loss: float | None = None


@dataclass(frozen=True)
class WeightsView:
    """Weights that can be asked: a run's, or those of a Hugging Face folder."""

    path: Path
    kind: str  # "live", "newest", "best", "folder", or the step of another checkpoint
    which: str | int  # as `visualizer sample --checkpoint` takes it
    words: str  # "newest checkpoint, step 500, val 2.04"

    @property
    def asked(self) -> str | int:
        """What answers is asked for: the newest checkpoint and the best are those that there are when it reads them."""
        return self.kind if self.kind in ("newest", "best") else self.which

    @property
    def key(self) -> tuple[Path, str]:
        """What stays the choice while a run trains on."""
        return self.path, self.kind
