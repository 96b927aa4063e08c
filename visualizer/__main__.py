"""The command line: the window, the trainer, prompts and the export without it, and the tour."""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path

from engine.shared.language import mark, tr
from engine.shared.terminal import follow_environment

# What is typed, and what it does.
COMMANDS = (
    ("visualizer [FILE [ARGUMENTS]]",
     mark("open the window; FILE is a Python program, which gets the arguments, a Jupyter notebook, a file of tensors "
          "or the folder of a run")),
    ("visualizer train [OPTIONS]",
     mark("pretrain a GPT-2 without the window; `visualizer train --help` lists the options")),
    ("visualizer change RUN OPTIONS",
     mark("change the rate and the like of a run that trains; `--help` lists the options")),
    ("visualizer sample RUN OPTIONS",
     mark("have a run's weights, or those of a Hugging Face folder, answer a `--prompt`")),
    ("visualizer export RUN TARGET",
     mark("write the weights of a run as a Hugging Face folder; `--step N` chooses the checkpoint")),
    ("visualizer tour [FOLDER]",
     mark("drive the window through all that it does and write a picture of each stage")),
    ("visualizer --version", mark("say which version this is")),
)  # fmt: skip
_COLUMN, _WIDTH = 30, 120  # characters


def usage() -> str:
    """Every command and what it does, in the language in use."""
    lines = (
        textwrap.fill(f"{command:{_COLUMN}}{tr(words)}", _WIDTH, subsequent_indent=" " * _COLUMN)
        for command, words in COMMANDS
    )
    return "".join(f"{line}\n" for line in lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    command = arguments[0] if arguments else ""
    if {"-h", "--help"} & {command, *(arguments[1:] if command == "tour" else ())}:
        follow_environment()
        print(usage(), end="")
        return 0
    if command == "--version":
        from importlib.metadata import version  # only this command pays for it

        print(version("tensor-visualizer"))
        return 0
    if command in ("train", "change", "sample", "export"):
        # The engine replaces this process, so that the terminal's signals reach it and Qt is never loaded.
        os.execv(sys.executable, [sys.executable, "-P", "-m", "engine", *arguments])
    for option in (command, *(arguments[1:] if command == "tour" else ())):
        if option.startswith("-"):
            follow_environment()
            told = tr("There is no option {option}.", option=option)
            print(f"{told}\n\n{usage()}", end="", file=sys.stderr)
            return 2
    # Qt is imported only where a window opens: `train` must work on a machine without it.
    if command == "tour":
        from visualizer import tour

        return tour.main(Path(arguments[1]) if len(arguments) > 1 else Path("tour"))
    from visualizer.app import application

    return application.main(Path(command) if command else None, tuple(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main())
