"""`python -P -m engine serve | train | bench`: the engine's three commands, each imported only when it is called."""

from __future__ import annotations

import os
import sys

_USAGE = "usage: python -P -m engine {serve,train,bench} [options]"


def main(argv: list[str]) -> int:
    """Run one command and return its exit status."""
    command, arguments = (argv[0], argv[1:]) if argv else ("", [])
    # Each command has its own heavy imports, and none should wait for another's.
    if command == "serve":
        from engine.serve.server import main as serve

        return serve(arguments)
    if command == "train":
        # OpenMP's threads wait for each other by spinning, for milliseconds unless told otherwise. On a machine that
        # does something else as well this takes the core from the very thread that is waited for: a step on two busy
        # cores took 650 ms, and takes 145 ms so; on idle ones 29.2 ms instead of 28.7 ms.
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
        from engine.train.command import main as train

        return train(arguments)
    if command == "bench":
        from engine.bench.command import main as bench

        return bench(arguments)
    print(_USAGE, file=sys.stderr)
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
