"""What the engine runs on, told once to the window."""

from __future__ import annotations

import platform
from os import getpid

import torch

from engine.protocol.handshake import PROTOCOL
from engine.protocol.messages import Ready


def ready() -> Ready:
    """Versions, devices and threads."""
    return Ready(
        protocol=PROTOCOL,
        pid=getpid(),
        torch_version=str(torch.__version__),
        python_version=platform.python_version(),
        devices=_devices(),
        n_threads=torch.get_num_threads(),
    )


def _devices() -> tuple[str, ...]:
    # device_count asks the driver without starting CUDA, which a forked DataLoader worker could not use then.
    found = ["cpu", *(f"cuda:{index}" for index in range(torch.cuda.device_count()))]
    return (*found, "mps") if torch.backends.mps.is_available() else tuple(found)
