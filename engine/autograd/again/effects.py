"""What a program does to the world outside of its process: in a copy of it, none of that may happen a second time."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LIBRARIES = tuple({sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_CHANGES = "changes files"
_STARTS = "starts another process"
_SPEAKS = "uses the network"
# Events of Python's audit hooks, with what the program does there.
_EFFECTS = {
    **dict.fromkeys(
        (
            *("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
            *("os.chown", "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile", "sqlite3.connect"),
        ),
        _CHANGES,
    ),
    **dict.fromkeys(
        ("os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"), _STARTS
    ),
    **dict.fromkeys(("os.kill", "os.killpg", "signal.pthread_kill"), "sends signals"),
    **dict.fromkeys(("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"), _SPEAKS),
    "webbrowser.open": "opens a page",
    "builtins.input": "asks for a line of input",
}


def refuse(told: Callable[[str], None]) -> None:
    """From here on, and until the process ends, call `told` with what is about to be done, which must not return.

    Only in a copy: the hook cannot be taken away. Python's compiled files are not written meanwhile.
    """
    sys.dont_write_bytecode = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        effect = _EFFECTS.get(event)
        if effect is None and event == "open" and _is_writing(*arguments):
            effect = f"writes {_file_words(arguments[0])}"
        if effect is not None and not _is_import():
            told(effect)

    sys.addaudithook(hook)


def _is_import() -> bool:
    """Whether an installed library sets something up as it is imported, as a folder for its cache."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith("<frozen importlib"):
            return True
        if not path.startswith(("<frozen", *_LIBRARIES)):
            return False
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _is_writing(path: Any, mode: Any, flags: Any) -> bool:
    """Whether a file is opened to be changed; what is open already, by its number, is not asked about."""
    if isinstance(path, int) or path == os.devnull:
        return False
    return any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool(flags & _WRITES)


def _file_words(path: Any) -> str:
    try:
        return os.path.basename(os.fsdecode(path)) or "a file"
    except TypeError:
        return "a file"
