"""A prompt to a run that trains, answered by the live weights, over the socket in its folder. No torch."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.control import address_of, link_reason
from engine.runs.prompts import AnswerLine, Drawn, Ended, Loading, Prompt, Refused, read_line
from engine.runs.run_folder import RunFolder

_CONNECT_S = 5.0
_LOOK_S = 0.05  # between two looks at whether the answer is still wanted


def ask_trainer(folder: RunFolder, prompt: Prompt, is_stopped: Callable[[], bool]) -> Iterator[AnswerLine]:
    """What its trainer answers, as it comes; once `is_stopped` the trainer is left alone. Raises EngineError where it
    does not answer."""
    prompt.check()
    facts = folder.facts()
    if not folder.is_trained():
        raise EngineError(
            "prompt.run_not_trained",
            "The run {run} is not being trained: ask one of its checkpoints.",
            run=folder.name,
        )
    yield Loading(
        Sentence.of(
            "prompt.between_steps",
            "{run} answers between two of its steps, of {n:,} tokens each.",
            run=folder.name,
            n=facts.config.tokens_per_step,
        )
    )
    start_s, n_drawn = time.monotonic(), 0
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(_CONNECT_S)
            link.connect(address_of(folder))
            link.sendall(b"answer " + msgspec.json.encode(prompt) + b"\n")
            for line in _lines(link, is_stopped):
                told = read_line(line)
                yield told
                if isinstance(told, Ended | Refused):
                    return
                n_drawn += isinstance(told, Drawn)
    except (OSError, msgspec.DecodeError) as error:
        raise _no_answer(folder, link_reason(error)) from error
    if not is_stopped():
        raise _no_answer(folder, Sentence.phrase("prompt.ended_first", "it ended before its answer did"))
    yield Ended(n_drawn, time.monotonic() - start_s, is_stopped=True)


def _lines(link: socket.socket, is_stopped: Callable[[], bool]) -> Iterator[bytes]:
    """Whole ones, until the other end closes or nobody wants more. A step may take minutes."""
    link.settimeout(_LOOK_S)
    waiting = b""
    while not is_stopped():
        try:
            part = link.recv(1 << 16)
        except TimeoutError:
            continue
        if not part:
            return
        *lines, waiting = (waiting + part).split(b"\n")
        yield from lines


def _no_answer(folder: RunFolder, reason: Sentence | str) -> EngineError:
    return EngineError(
        "prompt.no_answer", "The trainer of {run} does not answer: {reason}.", run=folder.name, reason=reason
    )
