"""Which device a run uses, how it computes there, and what that device can do at most."""

from __future__ import annotations

import resource
import sys
from contextlib import AbstractContextManager, nullcontext

import torch

from engine.runs.config_rules import ConfigError

# Dense bf16 peaks in FLOP/s from the vendors' data sheets; a device that is not here has no MFU.
_PEAKS = {
    "H100": 989e12,
    "H200": 989e12,
    "GH200": 989e12,
    "A100": 312e12,
    "B200": 2250e12,
    "L40S": 362e12,
    "L4": 121e12,
}


def choose(name: str) -> torch.device:
    """The device of a name; "auto" takes CUDA, then MPS, then the CPU. Raises ConfigError for one that is not here."""
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise ConfigError(
            "device.unknown",
            "There is no device {name!r}: use auto, cpu, cuda or mps.",
            field="device",
            name=name,
        ) from error
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not here.get(device.type, False):
        raise ConfigError(
            "device.not_here",
            "The device {name!r} is not available on this machine; use auto or cpu.",
            field="device",
            name=name,
        )
    return device


def autocast(device: torch.device) -> AbstractContextManager[None]:
    """bf16 autocast on CUDA, float32 elsewhere."""
    if device.type == "cuda":
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return nullcontext()


def describe(device: torch.device) -> str:
    """ "NVIDIA H100 80GB HBM3, bf16 autocast", "cpu, 2 threads, float32"."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)}, bf16 autocast"
    if device.type == "cpu":
        threads = torch.get_num_threads()
        return f"cpu, {threads} thread{'s' if threads != 1 else ''}, float32"
    return f"{device.type}, float32"


def peak_flops(device: torch.device) -> float:
    """The dense bf16 peak in FLOP/s, 0 where it is not known."""
    if device.type != "cuda":
        return 0.0
    name = torch.cuda.get_device_name(device).replace("-", " ").split()
    return next((peak for part, peak in _PEAKS.items() if part in name), 0.0)


def free_bytes(device: torch.device) -> int | None:
    """What a card has free, with what this process keeps for reuse; None where a device shares the machine's memory."""
    if device.type != "cuda":
        return None
    free, _ = torch.cuda.mem_get_info(device)
    return free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)


def memory_gib(device: torch.device) -> float:
    """Allocated at most so far: tensors on CUDA and MPS, the whole process on the CPU."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**30
    if device.type == "mps":
        return torch.mps.current_allocated_memory() / 2**30
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def synchronize(device: torch.device) -> None:
    """Wait until everything that was queued is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
