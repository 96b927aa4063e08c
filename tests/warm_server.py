"""A process that has imported torch, ran nothing of it, and forks engines on demand. A script: see warm.py.

It is no module of `tests`, so that what it forks has no module of that name, as a fresh engine has none.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import socket
import sys
import threading
import weakref

import numpy as np
import torch

# What the commands import, and torch itself for the first operation that is watched and the first optimizer.
_WARM = ("engine.serve.workspace", "engine.train.process", "torch._dynamo")


def _serve(link: socket.socket) -> None:
    """Answer each order with the pid of a process that runs it; return in that process, end with the tests."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(link, 1 << 20, 3)
        if not message:
            sys.exit()
        order = json.loads(message)
        if (pid := _fork_orphan()) == 0:
            link.close()
            _become(order, descriptors)
            return
        for descriptor in descriptors:
            os.close(descriptor)
        link.send(str(pid).encode())


def _fork_orphan() -> int:
    """Fork a process whose parent is gone when this returns, so that the tests adopt it. 0 in the new one."""
    answer, tell = os.pipe()
    middle = os.fork()
    if middle == 0:
        pid = os.fork()
        if pid == 0:
            os.close(answer)
            os.close(tell)
            return 0
        os.write(tell, str(pid).encode())
        os._exit(0)
    os.close(tell)
    os.waitpid(middle, 0)
    with os.fdopen(answer) as pipe:
        return int(pipe.read())


def _become(order: dict, descriptors: list[int]) -> None:
    """Take over what `exec` would give: streams, folder, environment, arguments; and randomness of one's own."""
    if order["has_session"]:
        os.setsid()
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv[:] = ["engine", *order["arguments"]]
    np.random.seed()
    if n_threads := os.environ.get("OMP_NUM_THREADS"):
        torch.set_num_threads(int(n_threads))


def _run() -> int:
    """Run the engine's command; its exit status."""
    try:
        runpy.run_module("engine", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    for name in _WARM:
        importlib.import_module(name)
    gc.freeze()  # a collection in a fork passes by what was imported, and copies none of its pages
    for finalizer in weakref.finalize._registry:  # type: ignore[attr-defined]
        finalizer.atexit = False  # torch's own, each of which takes a library of operators apart
    assert len(os.listdir("/proc/self/task")) == 1, "what a thread holds when the process forks, nobody gives back"
    with socket.socket(fileno=int(sys.argv[1])) as link:
        link.send(b"ready")
        _serve(link)
    status = _run()
    # As an interpreter ends, but for taking torch apart, object by object, in memory that every fork would copy.
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
