"""How a program is started: what stands behind its name on the command line, and the folder it begins in."""

from __future__ import annotations

import msgspec

OWN_FOLDER = "."


class Invocation(msgspec.Struct, frozen=True):
    """`arguments` are `sys.argv[1:]`. `folder` is where relative paths of the program begin: an absolute path,
    OWN_FOLDER for that of the program's file, or "" for that in which the engine was started. Own is taken for the
    latter where the engine, on another machine, has no such file."""

    arguments: tuple[str, ...] = ()
    folder: str = ""
