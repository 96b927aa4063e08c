"""Room on the C stack for the collection of long graphs."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource

_STACK_BYTES = 100 << 20  # below the 128 MiB that Linux keeps free under the main thread's stack


def deepen() -> None:
    """Let the main thread's stack grow to 100 MiB, where the system allows it.

    Once Python has seen their grad_fns, torch 2.13 collects a chain of nodes by recursion, and a graph shows them all:
    at the usual 8 MiB, deleting a chain of some 40,000 operations crashed the process (in plain PyTorch alike), at
    100 MiB one of 400,000 did not.
    """
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = _STACK_BYTES if hard == resource.RLIM_INFINITY else min(_STACK_BYTES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))
