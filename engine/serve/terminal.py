"""What a program has instead of a terminal: its output is captured, its input comes from the window's console."""

from __future__ import annotations

from engine.program.console_input import ConsoleInput
from engine.serve.channel import Channel
from engine.serve.output import CapturedOutput


class Terminal:
    """Streams and descriptors 0, 1 and 2. One per process."""

    def __init__(self, channel: Channel) -> None:
        self.log = channel.log  # where the engine's own stderr was
        self.console = ConsoleInput(channel.emit, self.flush)
        self._output = CapturedOutput(channel.emit, lambda: channel.is_behind)

    def begin(self) -> None:
        """A program starts, and finds them whole. On the main thread."""
        self._output.begin()
        self.console.reopen()

    def flush(self) -> None:
        """Everything that was written before this call goes out now."""
        self._output.flush()
