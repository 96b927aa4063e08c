"""Checkpoints: safetensors and JSON in a folder that gets its name only when everything in it is on the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.protocol.errors import EngineError

_PREFIX = "checkpoint-"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a checkpoint."""

    step: int
    tokens: int
    elapsed_s: float


def save(
    folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, random: dict[str, Tensor], progress: Progress
) -> Path:
    """Write one checkpoint and drop the older ones. Raises EngineError (disk full …) with the older ones intact.

    `random` holds the states of random generators, uint8 each.
    """
    final = folder / f"{_PREFIX}{progress.step:08d}"
    temporary = folder / f".{final.name}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir(parents=True)
        names = dict(model.named_parameters())
        save_file(
            {name: parameter.detach().contiguous() for name, parameter in names.items()},
            temporary / "model.safetensors",
        )
        save_file(_optimizer_tensors(names, optimizer), temporary / "optimizer.safetensors")
        save_file(random, temporary / "random.safetensors")
        (temporary / "progress.json").write_bytes(msgspec.json.encode(progress))
        _flush(temporary)
        if final.exists():
            shutil.rmtree(final)
        temporary.rename(final)
        _flush_folder(folder)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(temporary, ignore_errors=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise EngineError(
            "checkpoint.not_written",
            "The checkpoint at step {step:,} could not be written: {reason}.",
            step=progress.step,
            reason=reason,
        ) from error
    for old in _all(folder):
        if old != final:
            shutil.rmtree(old, ignore_errors=True)
    return final


def newest(folder: Path) -> Path | None:
    """The newest whole checkpoint of a run folder, None without one."""
    found = _all(folder)
    return found[-1] if found else None


def clear_leftovers(folder: Path) -> None:
    """Remove the half-written files of a trainer that was killed. Only for the process that has the run."""
    for path in folder.glob(f".{_PREFIX}*.tmp"):
        shutil.rmtree(path, ignore_errors=True)
    for path in (*folder.glob(".status.json.*.tmp"), *folder.glob(".*.jsonl.*.tmp")):
        path.unlink(missing_ok=True)


def progress_of(path: Path) -> Progress:
    """Raises EngineError when it is truncated or foreign."""
    try:
        return msgspec.json.decode((path / "progress.json").read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError) as error:
        raise EngineError(
            "checkpoint.progress_not_read",
            "The checkpoint {name} is truncated or foreign: its progress cannot be read.",
            name=path.name,
        ) from error


def load(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> tuple[Progress, dict[str, Tensor]]:
    """Put weights and optimizer state back, read on the CPU, and return the numbers and the random states.

    Raises EngineError when a file is truncated, foreign, or of another configuration; nothing is changed then.
    """
    progress = progress_of(path)
    weights = _read(path / "model.safetensors")
    state = _read(path / "optimizer.safetensors")
    random = _read(path / "random.safetensors")
    names = dict(model.named_parameters())
    expected = {name: tuple(parameter.shape) for name, parameter in names.items()}
    if {name: tuple(tensor.shape) for name, tensor in weights.items()} != expected:
        raise EngineError(
            "checkpoint.other_configuration",
            "The checkpoint {name} is of another configuration: its weights do not fit the model.",
            name=path.name,
        )
    if {name.partition("/")[2] for name in state} - names.keys():
        raise EngineError(
            "checkpoint.other_optimizer",
            "The checkpoint {name} is foreign: its optimizer knows other parameters.",
            name=path.name,
        )
    with torch.no_grad():
        for name, parameter in names.items():
            parameter.copy_(weights[name])
    for name, parameter in names.items():
        found: dict[str, Any] = {
            part: state[f"{part}/{name}"] for part in ("exp_avg", "exp_avg_sq", "step") if f"{part}/{name}" in state
        }
        if found:
            fused = optimizer.defaults.get("fused")
            optimizer.state[parameter] = {
                part: tensor.to(parameter.device) if part != "step" or fused else tensor
                for part, tensor in found.items()
            }
    return progress, random


def _optimizer_tensors(names: dict[str, nn.Parameter], optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    return {
        f"{part}/{name}": tensor.detach().contiguous()
        for name, parameter in names.items()
        for part, tensor in optimizer.state.get(parameter, {}).items()
    }


def _all(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"{_PREFIX}*") if path.is_dir())


def _read(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path, device="cpu")
    except (OSError, SafetensorError) as error:
        raise EngineError(
            "checkpoint.file_not_read",
            "The checkpoint {name} is truncated or foreign: {file} cannot be read.",
            name=path.parent.name,
            file=path.name,
        ) from error


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
