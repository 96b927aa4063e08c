"""A script: runs the programs of foreign_programs.py in plain Python, each in a process forked from this one, and
prints what each of them printed and raised."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
import traceback
from types import ModuleType

import torch
import torch._dynamo  # as torch does for the first class of a program of its own; once for all of them

from tests.engine.foreign_programs import HEAD, PROGRAMS


def run(text: str) -> tuple[str, list[str]]:
    """What the parts printed, and the words of what each of them raised, "" for nothing."""
    main = sys.modules["__main__"] = ModuleType("__main__")
    output, errors = io.StringIO(), []
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        for part in (HEAD + text).split("#---\n"):
            try:
                exec(compile(part, "program.py", "exec"), main.__dict__)
                errors.append("")
            except Exception as error:
                errors.append("".join(traceback.format_exception_only(error)).strip())
    return output.getvalue(), errors


def run_aside(name: str) -> tuple[str, list[str]]:
    """As `run`, in a process of its own; a process that dies is named, with its exit status."""
    inward, outward = os.pipe()
    if os.fork() == 0:
        with open(outward, "w") as pipe:
            json.dump(run(PROGRAMS[name]), pipe)
        os._exit(0)
    os.close(outward)
    with open(inward) as pipe:
        text = pipe.read()
    status = os.waitstatus_to_exitcode(os.wait()[1])
    assert status == 0, f"{name}: the process ended with {status}"
    found = json.loads(text)
    return found[0], found[1]


if __name__ == "__main__":
    torch.set_num_threads(1)
    gc.freeze()  # a collection in a fork passes by what was imported
    print(json.dumps({name: run_aside(name) for name in PROGRAMS}))
