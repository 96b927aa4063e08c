"""How a running trainer is told what to do: a local socket in its run folder, and flags that its loop reads."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import socket
import tempfile
import threading
from pathlib import Path

from engine.protocol.sentence import Sentence
from engine.runs.control import refusal
from engine.shared.disk_errors import write_reason
from engine.shared.folders import own_runtime_folder
from engine.train.live_changes import LiveChanges
from engine.train.live_prompts import LivePrompts

_MOST_BYTES = 1 << 21  # of what is told
_LONGEST_PATH = 100  # of a local socket, in bytes; Linux allows 107, macOS 103


class ControlSocket:
    """`wants_pause`, `wants_stop`, `once` (checkpoint, sample), `live` (settings) and `prompts` say what was asked for.
    Where no socket can be made, `failure` says why, `address` is empty, and signals alone are heard."""

    def __init__(self, folder: Path) -> None:
        self.wants_pause = False
        self.wants_stop = False
        self.once: set[str] = set()
        self.live = LiveChanges()
        self.changed = threading.Condition()
        self.prompts = LivePrompts(self.changed)
        self.address = ""
        self.failure: Sentence | str = ""
        self._server: socket.socket | None = None
        self._made: Path | None = None  # a folder of its own
        self._inode = 0  # of the socket's name
        inside = folder.resolve() / "control.sock"
        if not (self._listen(inside) or self._listen_in_runtime_folder(inside)):
            self._listen_in_a_new_folder()

    def _listen(self, path: Path) -> bool:
        """Some disks know no sockets, and their paths are short."""
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if len(os.fsencode(path)) > _LONGEST_PATH:
                raise OSError(errno.ENAMETOOLONG, "its path is too long")
            path.unlink(missing_ok=True)
            server.bind(str(path))
            server.listen()
            self._inode = path.stat().st_ino
        except OSError as error:
            server.close()
            self.failure = write_reason(error)
            return False
        self._server, self.address, self.failure = server, str(path), ""
        threading.Thread(target=self._serve, args=(server,), name="control", daemon=True).start()
        return True

    def _listen_in_runtime_folder(self, inside: Path) -> bool:
        try:
            folder = own_runtime_folder()
        except OSError:
            return False
        name = f"{hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]}.sock"
        return folder is not None and self._listen(folder / name)

    def _listen_in_a_new_folder(self) -> None:
        """Of a name that nobody guesses, and that this user alone can enter; the status tells it to the window."""
        with contextlib.suppress(OSError):
            self._made = Path(tempfile.mkdtemp(prefix="visualizer-"))
            if not self._listen(self._made / "control.sock"):
                self._made.rmdir()
                self._made = None

    def stop(self) -> None:
        """Ask for a stop, as a signal does."""
        # No lock: this also runs inside a signal handler, and a plain store is atomic.
        self.wants_stop = True

    def wait(self, timeout_s: float) -> None:
        """Sleep until something is asked for, while paused."""
        with self.changed:
            self.changed.wait(timeout_s)

    def close(self) -> None:
        """Hear nothing more."""
        self.prompts.end()
        if self._server is not None:
            with contextlib.suppress(OSError):
                self._server.shutdown(socket.SHUT_RDWR)
            self._server.close()
            with contextlib.suppress(OSError):  # its folder may have been renamed, and another run lie there
                if Path(self.address).stat().st_ino == self._inode:
                    Path(self.address).unlink()
        if self._made is not None:
            with contextlib.suppress(OSError):
                self._made.rmdir()

    def _serve(self, server: socket.socket) -> None:
        while True:
            try:
                link, _ = server.accept()
            except OSError:
                return
            # A caller that goes away in the middle must not end the ear.
            with contextlib.suppress(OSError):
                link.settimeout(2)
                command = _line(link)
                if command.startswith("answer "):
                    self.prompts.hear(link, command.removeprefix("answer "))
                    continue
                link.sendall(self._obey(command).encode() + b"\n")
            link.close()

    def _obey(self, command: str) -> str:
        with self.changed:
            if command == "pause":
                self.wants_pause = True
            elif command == "resume":
                self.wants_pause = False
            elif command == "stop":
                self.wants_stop = True
            elif command in ("checkpoint", "sample"):
                self.once.add(command)
            elif command.startswith("change "):
                return self.live.offer(command.removeprefix("change "))
            else:
                return refusal(
                    Sentence.of("trainer.unknown_command", "The trainer knows no command {command!s}.", command=command)
                )
            self.changed.notify_all()
        return "ok"


def _line(link: socket.socket) -> str:
    """What a caller says, up to the end of a line."""
    said = b""
    while not said.endswith(b"\n") and len(said) < _MOST_BYTES:
        part = link.recv(1 << 16)
        if not part:
            break
        said += part
    return said.decode("utf-8", "replace").strip()
