"""What a program does to the world outside of its process: in a copy of it, none of that may happen a second time."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from typing import Any

from engine.protocol.sentence import Sentence

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LIBRARIES = tuple({sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_CHANGES = Sentence.phrase("effect.changes_files", "changes files")
_STARTS = Sentence.phrase("effect.starts_process", "starts another process")
_SIGNALS = Sentence.phrase("effect.sends_signals", "sends signals")
_SPEAKS = Sentence.phrase("effect.uses_network", "uses the network")
_OPENS = Sentence.phrase("effect.opens_page", "opens a page")
_ASKS = Sentence.phrase("effect.asks_input", "asks for a line of input")
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
    **dict.fromkeys(("os.kill", "os.killpg", "signal.pthread_kill"), _SIGNALS),
    **dict.fromkeys(("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"), _SPEAKS),
    "webbrowser.open": _OPENS,
    "builtins.input": _ASKS,
}


def refuse(told: Callable[[Sentence], None]) -> None:
    """From here on, and until the process ends, call `told` with what is about to be done, which must not return.

    Only in a copy: the hook cannot be taken away. Python's compiled files are not written meanwhile.
    """
    sys.dont_write_bytecode = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        effect = _EFFECTS.get(event)
        if effect is None and event == "open" and _is_writing(*arguments):
            effect = _writing(arguments[0])
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


def _writing(path: Any) -> Sentence:
    try:
        name = os.path.basename(os.fsdecode(path))
    except TypeError:
        name = ""
    if not name:
        return Sentence.phrase("effect.writes_a_file", "writes a file")
    return Sentence.phrase("effect.writes", "writes {name}", name=name)
