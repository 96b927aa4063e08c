"""A process that has imported what a command needs, ran nothing of it, and forks it on demand. A script: see warm.py.

It is no module of `tests`, so that an engine that it forks has no module of that name, as a fresh one has none.
"""

import atexit
import ctypes
import gc
import importlib
import json
import os
import runpy
import socket
import sys
import threading
import weakref
from pathlib import Path

# What the commands of a package import, and torch itself for the first watched operation and the first optimizer. Each
# stands on what another one has imported already.
_WARM = {
    "torch": ("torch",),
    "torch._dynamo": ("torch._dynamo",),
    "engine": (
        "engine.serve.launch",
        "engine.serve.server",
        "engine.serve.ready",
        "engine.serve.workspace",
        "engine.train.process",
    ),
    "visualizer": (
        "visualizer.backprop.graph.layout_process.nested_layout",
        "visualizer.look.mathematics.formula_values",
        "ziamath",
    ),
    "tests": ("visualizer.app.application", "tests.visualizer.window"),
}

_LARGE_PAGE = 2 << 20
_MADV_COLLAPSE = 25  # of Linux 6.1; an earlier one refuses it


def _serve(link: socket.socket, package: str) -> str:
    """Import what a package needs, and answer each order with the pid of a process that runs it; in that one return
    its module, or serve another package on a link of its own. End with the tests."""
    _warm_up(package)
    link.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(link, 1 << 20, 3)
        if not message:
            sys.exit()
        order = json.loads(message)
        if (pid := _fork_orphan()) == 0:
            break
        for descriptor in descriptors:
            os.close(descriptor)
        link.send(str(pid).encode())
    link.close()
    if further := order.get("package"):
        return _serve(socket.socket(fileno=descriptors[0]), further)
    _become(order, descriptors)
    return order["module"]


def _warm_up(package: str) -> None:
    for name in _WARM[package]:
        importlib.import_module(name)
    join_pages()
    gc.freeze()  # a collection in a fork passes by what was imported, and copies none of its pages
    for finalizer in weakref.finalize._registry:  # type: ignore[attr-defined]
        finalizer.atexit = False  # torch's own, each of which takes a library of operators apart
    assert len(os.listdir("/proc/self/task")) == 1, "what a thread holds when the process forks, nobody gives back"


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
    sys.argv[:] = [order["module"], *order["arguments"]]
    _show_command([sys.executable, "-P", "-m", *sys.argv])
    if random := sys.modules.get("numpy.random"):
        random.seed()
    if (torch := sys.modules.get("torch")) and (n_threads := os.environ.get("OMP_NUM_THREADS")):
        torch.set_num_threads(int(n_threads))


def _show_command(words: list[str]) -> None:
    """Stand in the list of processes under the command that this one runs, by which tests tell them apart."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[45]), int(fields[46])  # where the words that this process was started with lie
    shown = "\0".join(words).encode()[: end - start - 1]
    ctypes.memmove(start, shown.ljust(end - start, b"\0"), end - start)


def join_pages() -> None:
    """Have the kernel keep what was imported in pages of two megabytes, where it can: a fork copies an entry for each
    page, which takes most of its time."""
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, rights, *_, node = line.split()[:5]
        if node == "0" and rights == "rw-p":
            first, last = (int(end, 16) for end in place.split("-"))
            first, last = -(-first // _LARGE_PAGE) * _LARGE_PAGE, last // _LARGE_PAGE * _LARGE_PAGE
            if first < last:
                madvise(first, last - first, _MADV_COLLAPSE)


def _run(module: str) -> int:
    """Run a command; its exit status."""
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    command = _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
    status = _run(command)
    if command.startswith("tests."):
        sys.exit(status)
    # As an interpreter ends, but for taking torch apart, object by object, in memory that every fork would copy.
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
