"""Starting, pausing, resuming and stopping a trainer from outside, through its run folder. No torch."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.run_folder import RunFolder
from engine.shared.disk_errors import write_reason
from engine.shared.regular_files import open_file, set_aside_no_file

_json = msgspec.json.Encoder()
_refusals = msgspec.json.Decoder(Sentence)
TRAINER = (sys.executable, "-P", "-m", "engine", "train")
SOCKET_FILE = "control.sock"
COMMANDS = ("pause", "resume", "stop", "checkpoint", "sample")  # and "change", with settings as JSON behind it


class TrainerRefusedError(EngineError):
    """What the trainer was told and does not do, in its own sentence."""


def refusal(sentence: Sentence) -> str:
    """How a trainer answers that it does not, and why: each who asks says it in a language of their own."""
    return _json.encode(sentence).decode()


def start_detached(
    folder: RunFolder,
    *,
    resume: bool = False,
    settings: Mapping[str, int | float] = {},
    ignore_memory: bool = False,
    command: tuple[str, ...] = TRAINER,
) -> int:
    """Start a trainer that outlives this process, its output in log.txt, and return its pid; `settings` are other ones
    with which a run is resumed, `ignore_memory` resumes one that has no room."""
    arguments = ["--resume", str(folder.path)] if resume else ["--run-folder", str(folder.path), "--prepared"]
    for name, value in settings.items():
        arguments += [f"--{name.replace('_', '-')}", repr(value)]
    if ignore_memory:
        arguments.append("--ignore-memory")
    set_aside_no_file(folder.path / "log.txt")
    with open_file(folder.path / "log.txt", "ab") as log:
        process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    return process.pid


def address_of(folder: RunFolder) -> str:
    """Of the socket of its trainer: beside its files, unless its path would be too long; "" where there is none."""
    address = folder.status().socket
    beside = folder.path.resolve() / SOCKET_FILE  # the folder may have been renamed since
    return str(beside) if Path(address).name == SOCKET_FILE and beside.exists() else address


def control(folder: RunFolder, command: str, timeout_s: float = 5.0) -> str:
    """Send one of COMMANDS and return the trainer's answer: "ok", or the words of one of an earlier version. Raises
    EngineError when nobody listens, TrainerRefusedError when it does not do it."""
    address = address_of(folder)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(timeout_s)
            link.connect(address)
            link.sendall(command.encode() + b"\n")
            answer = link.recv(1 << 16).decode().strip()
    except OSError as error:
        raise EngineError(
            "trainer.no_answer",
            "The trainer of {run} does not answer: {reason}.",
            run=folder.name,
            reason=link_reason(error),
        ) from error
    if answer.startswith("{"):
        with contextlib.suppress(msgspec.DecodeError):
            raise TrainerRefusedError.saying(_refusals.decode(answer))
    return answer


def link_reason(error: Exception) -> Sentence | str:
    """Why a trainer was not heard, without a full stop."""
    if isinstance(error, FileNotFoundError | ConnectionRefusedError):
        return Sentence.phrase("trainer.does_not_listen", "nobody listens at its socket")
    if isinstance(error, TimeoutError):
        return Sentence.phrase("trainer.too_late", "no answer came in time")
    return write_reason(error)
