"""`python -P -m engine serve`: from an empty process to one that serves. The only place of it that imports late."""

from __future__ import annotations

import gc
import sys

from engine.platform import openmp
from engine.serve.own_modules import OwnModules


def main(argv: list[str]) -> int:
    """Serve the window at the other end of stdin and stdout until it goes."""
    if argv:
        print("usage: python -P -m engine serve", file=sys.stderr)
        return 2
    modules = OwnModules()
    modules.install()
    from engine.serve.server import Server, open_channel

    server = Server(open_channel())
    server.listen()
    # Only now, which takes seconds: meanwhile a thread already hears the window.
    with openmp.calm():
        from engine.serve.ready import ready
        from engine.serve.workspace import Workspace

    gc.freeze()  # a collection in the middle of the program passes by what was imported
    modules.withdraw()
    server.serve(Workspace, ready)
    return 0
