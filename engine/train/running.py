"""A run in the process that trains it, from the moment that the process has it. No torch."""

from __future__ import annotations

import signal
from typing import NamedTuple

import msgspec

from engine.runs.run_folder import RunFolder
from engine.train.control_socket import ControlSocket
from engine.train.journal import Journal
from engine.train.progress import Progress
from engine.train.righted import cleared


class Running(NamedTuple):
    """The folder, what is written of the run, what the terminal shows, and what the process is told."""

    folder: RunFolder
    journal: Journal
    progress: Progress
    control: ControlSocket


def take(folder: RunFolder) -> Running:
    """The run is seen and can be stopped from now on: by its socket, Ctrl+C and SIGTERM. Only for the process that has
    its lock, on its main thread."""
    before = folder.status()
    progress, control = Progress(folder), ControlSocket(folder.path)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: control.stop())
    righted = cleared(folder.path)
    journal = Journal(folder, progress.warn)
    journal.first = righted
    if folder.has_checkpoint:  # where it goes on, should this process be killed before it does
        kept = ("step", "checkpoint_step", "elapsed_s")
        journal.status = msgspec.structs.replace(journal.status, **{name: getattr(before, name) for name in kept})
    journal.set(urgent=True, socket=control.address)
    return Running(folder, journal, progress, control)
