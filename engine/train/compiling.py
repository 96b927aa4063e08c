"""The compiled step, and the process that compiles it beforehand, into Inductor's cache on the disk.

Compiling holds Python's lock, and saves and restores the state of torch's random generator: on a thread beside the
training it would slow its steps and repeat its dropout. From the cache it takes a fraction (nano on two busy cores: 3 s
where it took 94 s; GPT-2 124M on one H100: 9–11 s where it took 27–38 s).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import Any

import msgspec
import torch

from engine.runs.config import GPTConfig, flops_per_token
from engine.train.micro_batches import Split
from engine.train.model import GPT2

_BACKEND = "inductor"
# Of one micro-batch: below this (a few milliseconds) a GPU waits for Python to start its kernels.
_FLOP_BOUND_BY_LAUNCHES = 1e12


class Order(msgspec.Struct, frozen=True):
    """What the other process has to compile, as JSON on its stdin; it ends when that is closed."""

    model: GPTConfig
    is_padded: bool
    n_sequences: int
    device: str
    options: dict[str, str]


class Outcome(msgspec.Struct, frozen=True):
    """What it prints: why it could not be compiled, "" once it is."""

    reason: str = ""


class Compiling:
    """The other process. For one thread; `close` ends it with everything that it started."""

    def __init__(self, model: GPT2, split: Split, on: torch.device) -> None:
        order = Order(model.config, model.is_padded, split.n_sequences, str(on), options(model, split, on))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "engine.train.compile_beforehand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # its own children end with it
        )
        self._outcome: str | None = None
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it ended already: the outcome says so
            self._process.stdin.write(msgspec.json.encode(order) + b"\n")
            self._process.stdin.flush()

    def outcome(self) -> str | None:
        """Why the step could not be compiled, "" once it is, None as long as nobody knows."""
        if self._outcome is None and self._process.poll() is not None:
            assert self._process.stdout is not None
            try:
                self._outcome = msgspec.json.decode(self._process.stdout.read(), type=Outcome).reason
            except msgspec.DecodeError:
                self._outcome = f"the process that compiles ended with status {self._process.returncode}"
        return self._outcome

    def close(self) -> None:
        """What is not compiled by now never is."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with self._process:
            pass


def options(model: GPT2, split: Split, on: torch.device) -> dict[str, Any]:
    """torch.compile's. Small models on CUDA run as CUDA graphs, unless gradients are summed up over several parts,
    whose memory a graph would write over."""
    flop = flops_per_token(model.config) * model.config.context_length * split.n_sequences
    is_graph = on.type == "cuda" and split.n_parts == 1 and flop < _FLOP_BOUND_BY_LAUNCHES
    return {"backend": _BACKEND, "mode": "reduce-overhead" if is_graph else "default"}


def reason_of(error: BaseException) -> str:
    """Why torch.compile failed, in words that fit behind a colon."""
    text = str(error)
    if "C++ compiler" in text or "C compiler" in text or "Compiler: " in text:
        return "no working C++ compiler was found"
    if "triton" in text.lower():
        return "no working Triton was found"
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first}".rstrip(".: ")
