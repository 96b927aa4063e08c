"""Checkpoints: safetensors and JSON in a folder that gets its name only when everything in it is on the disk."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.changes import CHANGES_FILE
from engine.runs.checkpoint_names import CHECKPOINT_PREFIX, checkpoint_name, kept
from engine.runs.facts_copies import FACTS
from engine.runs.kept_checkpoints import NOT_OPENED, Progress, read_progress, superfluous
from engine.runs.meter import Meter
from engine.shared.disk_errors import write_reason
from engine.shared.processes import process_start
from engine.train.checkpoint_files import flush_folder, read_tensors, write
from engine.train.finite import check_finite
from engine.train.model import GPT2

MODEL, _OPTIMIZER, _RANDOM = "model.safetensors", "optimizer.safetensors", "random.safetensors"
_MOMENTS = ("exp_avg", "exp_avg_sq", "step")  # AdamW's, of one parameter
_OWN = ("status.json", "*.jsonl", FACTS, CHANGES_FILE)  # files of a run that only its trainer writes


class Damaged(NamedTuple):
    """A checkpoint that could not be put back."""

    path: Path
    error: EngineError


class Loaded(NamedTuple):
    """What was put back. `random` holds the states of random generators, `damaged` the newer ones, newest first."""

    progress: Progress
    random: dict[str, Tensor]
    damaged: tuple[Damaged, ...] = ()


def save(
    folder: Path,
    model: GPT2,
    optimizer: torch.optim.Optimizer,
    random: dict[str, Tensor],
    progress: Progress,
    budget_bytes: float = 0.0,
    facts: bytes = b"",
) -> Path:
    """Write one checkpoint and drop those that have no room in the budget. Raises EngineError (disk full …) with the
    older ones intact.

    `random` holds the states of random generators, uint8 each; `facts` are those of the run, as run.json has them.
    """
    final = folder / checkpoint_name(progress.step)
    temporary = folder / f".{final.name}.tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    weights = model.own_parameters()
    tensors = {MODEL: weights, _OPTIMIZER: _optimizer_tensors(model, optimizer), _RANDOM: random}
    try:
        temporary.mkdir()  # never a folder of the run, which somebody may have deleted
        if facts:
            (temporary / FACTS).write_bytes(facts)
        write(temporary, tensors, progress)
        if final.exists():
            shutil.rmtree(final)
        temporary.rename(final)
        flush_folder(folder)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise EngineError(
            "checkpoint.not_written",
            "The checkpoint at step {step:,} could not be written: {reason}.",
            step=progress.step,
            reason=write_reason(error),
        ) from error
    for old in superfluous(folder, budget_bytes):
        shutil.rmtree(old, ignore_errors=True)
    return final


def newest(folder: Path) -> Path | None:
    """The newest checkpoint of a run folder, None without one."""
    found = kept(folder)
    return found[-1] if found else None


def clear_leftovers(folder: Path) -> None:
    """Remove the half-written files of a trainer that was killed. Only for the process that has the run."""
    for path in folder.glob(f".{CHECKPOINT_PREFIX}*.tmp"):
        shutil.rmtree(path, ignore_errors=True)
    for name in _OWN:
        for path in folder.glob(f".{name}.*.tmp"):
            path.unlink(missing_ok=True)
    for path in folder.glob(".*.tmp"):  # of a window that was killed, too: one that lives may be writing it
        pid = path.name.removesuffix(".tmp").rpartition(".")[2]
        if pid.isdecimal() and not process_start(int(pid)):
            path.unlink(missing_ok=True)


def load_newest(folder: Path, model: GPT2, optimizer: torch.optim.Optimizer) -> Loaded | None:
    """Put back the newest checkpoint that is whole; None where there is none at all.

    Raises EngineError, with what is wrong with the newest, where not one is whole, and of the first that cannot be
    opened; nothing is changed then.
    """
    damaged = []
    for path in reversed(kept(folder)):
        try:
            found = load(path, model, optimizer)
        except EngineError as error:
            if error.sentence.code == NOT_OPENED:
                raise
            damaged.append(Damaged(path, error))
        else:
            return found._replace(damaged=tuple(damaged))
    if damaged:
        raise EngineError(
            "checkpoint.none_whole",
            "{damage} No checkpoint is left to go on from: begin a new run with its settings, or a branch.",
            damage=damaged[0].error.sentence,
        )
    return None


def set_aside(path: Path) -> None:
    """Give a checkpoint from which nothing goes on a name that is none of a checkpoint's, so that the run goes another
    way. Only for the process that has the run."""
    aside = path.with_name(f"unusable-{path.name}")
    shutil.rmtree(aside, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.rename(aside)


def load(path: Path, model: GPT2, optimizer: torch.optim.Optimizer) -> Loaded:
    """Put weights and optimizer state back, read on the CPU, and return the numbers and the random states.

    Raises EngineError when a file is truncated, damaged, foreign, or of another configuration, and where nothing could
    be learnt from it; nothing is changed then.
    """
    progress = read_progress(path)
    weights = read_weights(path, model)
    state, random = (read_tensors(path, name, progress) for name in (_OPTIMIZER, _RANDOM))
    names = model.own_parameters()
    _check_moments(path, names, state)
    check_finite(path, weights, state)
    _check_random(path, random)
    with torch.no_grad():
        for name, parameter in names.items():
            parameter.copy_(weights[name])
    _put_back(model, optimizer, state)
    return Loaded(progress, random)


def read_weights(path: Path, model: GPT2, meter: Meter = Meter()) -> dict[str, Tensor]:
    """By the names of the model's parameters, on the CPU. Raises EngineError where they are damaged or do not fit."""
    weights = read_tensors(path, MODEL, read_progress(path), meter)
    if _kinds(weights) != _kinds(model.own_parameters()):
        raise EngineError(
            "checkpoint.other_configuration",
            "{name} is of another configuration: its weights do not fit the model.",
            name=path.name,
        )
    return weights


def _put_back(model: GPT2, optimizer: torch.optim.Optimizer, state: Mapping[str, Tensor]) -> None:
    fused = optimizer.defaults.get("fused")
    for name, parameter in model.named_parameters():
        found = {part: state[f"{part}/{name}"] for part in _MOMENTS if f"{part}/{name}" in state}
        if found:
            optimizer.state[parameter] = {
                part: _padded(tensor, parameter) if part != "step" else tensor.to(parameter.device) if fused else tensor
                for part, tensor in found.items()
            }


def _padded(moment: Tensor, parameter: Tensor) -> Tensor:
    """On the device of the parameter, and with as many rows; those that pad a vocabulary never moved."""
    if moment.shape == parameter.shape:
        return moment.to(parameter.device)
    whole = torch.zeros_like(parameter, requires_grad=False)
    whole[: len(moment)] = moment
    return whole


def _check_moments(path: Path, names: Mapping[str, Tensor], state: Mapping[str, Tensor]) -> None:
    """Raises EngineError where the optimizer is not one of these parameters."""
    of_step = torch.float32, ()
    expected = {f"{part}/{name}": of_step if part == "step" else kind for name, kind in _kinds(names).items()
                for part in _MOMENTS}  # fmt: skip
    found = _kinds(state)
    if found and found != expected:  # there is none before the first step
        wrong = next(name for name in (*found, *expected) if found.get(name) != expected.get(name))
        raise EngineError(
            "checkpoint.other_optimizer",
            "{name} is damaged or foreign: {wrong} of its optimizer does not fit the model.",
            name=path.name,
            wrong=wrong,
        )


def _check_random(path: Path, random: Mapping[str, Tensor]) -> None:
    """Raises EngineError where a generator would not take its state."""
    try:
        for name in ("batches", "torch"):
            torch.Generator().set_state(random[name])
    except (KeyError, RuntimeError, TypeError) as error:
        raise EngineError(
            "checkpoint.random_not_read",
            "{name} is damaged or foreign: the states of its random generators cannot be read.",
            name=path.name,
        ) from error


def _kinds(tensors: Mapping[str, Tensor]) -> dict[str, tuple[torch.dtype, tuple[int, ...]]]:
    return {name: (tensor.dtype, tuple(tensor.shape)) for name, tensor in tensors.items()}


def _optimizer_tensors(model: GPT2, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    n_rows = {name: len(parameter) for name, parameter in model.own_parameters().items()}
    return {
        f"{part}/{name}": (tensor[: n_rows[name]] if tensor.dim() else tensor).detach().contiguous()
        for name, parameter in model.named_parameters()
        for part, tensor in optimizer.state.get(parameter, {}).items()
    }
