"""What a trainer says when something went wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.kept_checkpoints import Improvement
from engine.shared.numbers import fixed
from engine.shared.phrases import every
from engine.train.step_sentences import is_out_of_memory


def not_finite(step: int, loss: float, kept: int) -> EngineError:
    """Training stopped at `step`, where the loss, or else the gradient, was NaN or Inf; the newest checkpoint is of
    step `kept`, 0 without one."""
    if math.isfinite(loss):
        return EngineError(
            "training.gradient_not_finite",
            "The gradient norm of step {step:,} is not finite, so training stopped there. A lower learning_rate "
            "usually helps: the run can go on with another one from step {kept:,}.",
            step=step,
            kept=kept,
        )
    return EngineError(
        "training.loss_not_finite",
        "The loss of step {step:,} is not finite, so training stopped there. A lower learning_rate usually helps: the "
        "run can go on with another one from step {kept:,}.",
        step=step,
        kept=kept,
    )


def evaluation_not_finite(step: int, kept: int) -> EngineError:
    """The weights after `step` give no finite loss, so they are not kept; the newest checkpoint is of step `kept`."""
    return EngineError(
        "training.evaluation_not_finite",
        "The loss that was evaluated after step {step:,} is not finite, so training stopped there. A lower "
        "learning_rate usually helps: the run can go on with another one from step {kept:,}.",
        step=step,
        kept=kept,
    )


def weights_not_finite(step: int, kept: int, name: str) -> EngineError:
    """The weights after `step` are not finite in `name`, so they are not kept, though no loss has met them; the newest
    checkpoint is of step `kept`."""
    return EngineError(
        "training.weights_not_finite",
        "{name} holds NaN or infinity after step {step:,}, so training stopped there. A lower learning_rate usually "
        "helps: the run can go on with another one from step {kept:,}.",
        name=name,
        step=step,
        kept=kept,
    )


def beginning_not_finite(step: int) -> EngineError:
    """The weights that a run or a branch has from elsewhere, those of `step`, give no finite loss or gradient."""
    return EngineError(
        "training.beginning_not_finite",
        "The weights of step {step:,}, with which the run begins, give a loss or a gradient on this text that is not "
        "finite. No learning_rate changes that: begin with other weights.",
        step=step,
    )


def ended_early(step: int, best: Improvement) -> Sentence:
    """A run's patience is over."""
    return Sentence.of(
        "training.ended_early",
        "Ended early at step {step:,}: the validation loss has not been better than {loss}, of step {best:,}, in "
        "{n_since} validations.",
        step=step,
        loss=fixed(math.nan if best.loss is None else best.loss, 4),
        best=best.step,
        n_since=best.n_since,
    )


def without_beginning(step: int) -> EngineError:
    """A branch has no weights to begin with."""
    return EngineError(
        "branch.beginning_gone",
        "The branch cannot begin: the checkpoint of step {step:,} is gone, and there is no later one.",
        step=step,
    )


def without_checkpoint(step: int, kept: int, reason: str | Sentence) -> Sentence:
    """The checkpoint at `step` could not be written; the newest whole one is of step `kept`, 0 without one."""
    if kept:
        return Sentence.of(
            "checkpoint.not_written_an_older_is_intact",
            "The checkpoint at step {step:,} could not be written: {reason}. The one of step {kept:,} is intact. "
            "Training goes on.",
            step=step,
            reason=reason,
            kept=kept,
        )
    return Sentence.of(
        "checkpoint.not_written_none_before",
        "The checkpoint at step {step:,} could not be written: {reason}. There is none before it. Training goes on.",
        step=step,
        reason=reason,
    )


def last_checkpoint_waits(step: int, reason: str | Sentence, n_minutes: int) -> Sentence:
    """A run has ended, and its weights do not reach the disk."""
    return Sentence.of(
        "checkpoint.last_waits",
        "The weights of step {step:,} could not be written: {reason}. Make room: the run holds them and tries again "
        "for {n_minutes} minutes. Another Stop gives them up.",
        step=step,
        reason=reason,
        n_minutes=n_minutes,
    )


def last_records_wait(step: int, reason: str | Sentence, n_minutes: int) -> Sentence:
    """A run has ended, its weights are on the disk, and its last records are not."""
    return Sentence.of(
        "training.last_records_wait",
        "The weights of step {step:,} are written, the last records are not: {reason}. The run tries again for "
        "{n_minutes} minutes. Another Stop gives them up.",
        step=step,
        reason=reason,
        n_minutes=n_minutes,
    )


def records_given_up(step: int, reason: str | Sentence) -> EngineError:
    """A run ends without its last records."""
    return EngineError(
        "training.records_given_up",
        "The weights of step {step:,} are written, the last records are not: {reason}.",
        step=step,
        reason=reason,
    )


def folder_gone(step: int) -> EngineError:
    """There is nowhere to keep what a run learns."""
    return EngineError(
        "training.folder_gone",
        "The folder of the run was deleted, or cannot be found any more, so training stopped at step {step:,}.",
        step=step,
    )


def given_up(step: int, kept: int, reason: str | Sentence) -> EngineError:
    """A run ends without its last weights; the newest whole checkpoint is of step `kept`, 0 without one."""
    if kept:
        return EngineError(
            "checkpoint.last_given_up",
            "The weights of step {step:,} were not written: {reason}. The checkpoint of step {kept:,} is intact.",
            step=step,
            reason=reason,
            kept=kept,
        )
    return EngineError(
        "checkpoint.last_given_up_none_before",
        "The weights of step {step:,} were not written: {reason}. There is no checkpoint before it.",
        step=step,
        reason=reason,
    )


def older_checkpoint(error: EngineError, step: int) -> Sentence:
    """A run goes on from the checkpoint before one that is damaged."""
    return Sentence.of(
        "checkpoint.older_taken",
        "{damage} Training goes on from the checkpoint of step {step:,}.",
        damage=error.sentence,
        step=step,
    )


def lines_lost(files: Sequence[str], step: int) -> Sentence:
    """What the files of records held at a checkpoint is not there any more."""
    return Sentence.of(
        "training.lines_lost",
        "{files} of the run lost lines, or have changed ones, from before step {step:,}: what can be read stays.",
        files=every(files),
        step=step,
    )


def no_socket(reason: str | Sentence) -> Sentence:
    """Nobody can tell a trainer anything."""
    return Sentence.of(
        "training.no_socket",
        "This run cannot be paused or stopped from the window, only by Ctrl+C or a signal: its socket could not be "
        "made ({reason}).",
        reason=reason,
    )


def failure(error: Exception) -> Sentence:
    """One sentence for what only PyTorch or the machine could refuse."""
    text = str(error)
    if is_out_of_memory(error):
        return Sentence.of(
            "training.no_memory",
            "There is not enough memory for this run: a smaller batch_size, context_length or model needs less.",
        )
    name = type(error).__name__
    if not text:
        return Sentence.of("error.no_message", "{type_name}: no message.", type_name=name)
    return Sentence.of("error.of_type", "{type_name}: {message}", type_name=name, message=text.splitlines()[0])
