"""`python -P -m engine serve | train | change | sample | export | bench`: each imported only when it is called."""

from __future__ import annotations

import signal
import sys

from engine.platform import openmp

_USAGE = "usage: python -P -m engine {serve,train,change,sample,export,bench} [options]"


def main(argv: list[str]) -> int:
    """Run one command and return its exit status; 130 after a Ctrl+C that no command heard."""
    try:
        return _run(argv)
    except KeyboardInterrupt:  # while it is still imported, which takes seconds
        print("Interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT


def _run(argv: list[str]) -> int:
    command, arguments = (argv[0], argv[1:]) if argv else ("", [])
    # Each command has its own heavy imports, and none should wait for another's.
    if command == "serve":
        from engine.serve.launch import main as serve

        return serve(arguments)
    if command == "train":
        with openmp.calm():
            from engine.train.command import main as train

            return train(arguments)  # which imports torch later
    if command == "change":
        from engine.runs.change_command import main as change

        return change(arguments)
    if command == "sample":
        with openmp.calm():
            from engine.train.sample_command import main as sample

            return sample(arguments)
    if command == "export":
        from engine.train.export import main as export

        return export(arguments)
    if command == "bench":
        from engine.bench.command import main as bench

        return bench(arguments)
    print(_USAGE, file=sys.stderr)
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
