"""The files of one checkpoint: tensors, numbers, and the hashes by which damage is known."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.kept_checkpoints import Progress, check_open, write_progress
from engine.runs.meter import Meter
from engine.shared.file_hashes import hash_of


def write(folder: Path, tensors: dict[str, dict[str, Tensor]], progress: Progress) -> None:
    """Into a folder that is there, until it is on the disk; `tensors` by the name of their file. Raises OSError and
    SafetensorError."""
    for name, values in tensors.items():
        save_file(values, folder / name)
    hashes = {name: hash_of(folder / name) for name in tensors}
    write_progress(folder, msgspec.structs.replace(progress, hashes=hashes))
    flush_files(folder)


def read_tensors(folder: Path, name: str, progress: Progress, meter: Meter = Meter()) -> dict[str, Tensor]:
    """On the CPU. Raises EngineError for a file that is not what was written."""
    path = folder / name
    try:
        found = hash_of(path, meter.read)
        if found != progress.hashes.get(name, found):
            raise EngineError(
                "checkpoint.file_damaged",
                "{name} is damaged: {file} is not as it was written.",
                name=folder.name,
                file=name,
            )
        return load_file(path, device="cpu")
    except (OSError, SafetensorError) as error:
        check_open(folder, error)
        raise EngineError(
            "checkpoint.file_not_read",
            "{name} is truncated or foreign: {file} cannot be read.",
            name=folder.name,
            file=name,
        ) from error


def flush_files(folder: Path) -> None:
    """Until every file of a folder, and their names, are on the disk. Raises OSError."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Until the names in it are on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
