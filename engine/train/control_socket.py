"""How a running trainer is told what to do: a local socket in its run folder, and flags that its loop reads."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import tempfile
import threading
from pathlib import Path

_LONGEST_PATH = 100  # of a local socket, in bytes; Linux allows 107, macOS 103


class ControlSocket:
    """`wants_pause`, `wants_stop` and `once` (checkpoint, sample) say what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder.resolve() / "control.sock")
        if len(self.address.encode()) > _LONGEST_PATH:
            short = hashlib.sha256(self.address.encode()).hexdigest()[:16]
            self.address = str(Path(tempfile.gettempdir()) / f"visualizer-{short}.sock")
        self.wants_pause = False
        self.wants_stop = False
        self.once: set[str] = set()
        self.changed = threading.Condition()
        Path(self.address).unlink(missing_ok=True)
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(self.address)
        self._server.listen()
        threading.Thread(target=self._serve, name="control", daemon=True).start()

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
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        Path(self.address).unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._server.accept()
            except OSError:
                return
            # A caller that goes away in the middle must not end the ear.
            with link, contextlib.suppress(OSError):
                link.settimeout(2)
                link.sendall(self._obey(link.recv(256).decode("utf-8", "replace").strip()).encode() + b"\n")

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
            else:
                return f"unknown command {command}"
            self.changed.notify_all()
        return "ok"
