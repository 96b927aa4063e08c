"""Sentences for what torch.compile needs and does not find."""

from __future__ import annotations

import re

from engine.program.sentences.failing_call import FailingCall
from engine.protocol.sentence import Sentence


def _no_compiler(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "compile.no_compiler",
        "torch.compile translates to C++, and no working compiler was found; install one, as g++, or say "
        'torch.compile(…, backend="aot_eager"), which needs none.',
    )


def _no_headers(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "compile.no_headers",
        "torch.compile translates to C++, which needs Python's headers, and Python.h was not found; install them, as "
        'python3-dev, or say torch.compile(…, backend="aot_eager"), which needs none.',
    )


def _no_triton(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "compile.no_triton",
        "torch.compile translates to Triton for this device, and no working one was found; install triton, or say "
        'torch.compile(…, backend="aot_eager"), which needs none.',
    )


RULES = (
    (r"No working C\+\+ compiler found", _no_compiler),
    (r"Python\.h: No such file or directory", _no_headers),
    (r"Cannot find a working triton installation", _no_triton),
)
