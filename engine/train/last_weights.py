"""The end of a run: its last weights and records reach the disk, or it is said that they did not."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.train.control_socket import ControlSocket
from engine.train.journal import Journal
from engine.train.sentences import given_up, last_checkpoint_waits, last_records_wait, records_given_up

_MOST_MINUTES = 10  # that a run waits for a disk to have room for its last weights
_TRY_AGAIN_S = 2.0


def keep_last(journal: Journal, control: ControlSocket, step: int, save: Callable[[], str]) -> None:
    """Write what is left, and wait for a disk that has no room. `save` says why the weights could not be written, ""
    once they are. Raises EngineError in the end, at once where the folder is gone."""
    control.wants_stop = False  # what ended the run: the next one gives up
    deadline_s = time.monotonic() + 60 * _MOST_MINUTES
    while True:
        reason = "" if journal.status.checkpoint_step == step else save()
        is_written = journal.flush()
        if is_written and not reason:
            return
        reason_of_records = str(journal.status.arguments.get("reason", ""))
        if control.wants_stop or journal.folder.is_gone or time.monotonic() > deadline_s:
            kept = journal.status.checkpoint_step
            raise given_up(step, kept, reason) if reason else records_given_up(step, reason_of_records)
        said = last_checkpoint_waits if reason else last_records_wait
        journal.say(said(step, reason or reason_of_records, _MOST_MINUTES), urgent=True, state="stopping")
        next_s = time.monotonic() + _TRY_AGAIN_S
        while not control.wants_stop and time.monotonic() < next_s:
            control.wait(0.2)
