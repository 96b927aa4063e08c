"""What an exception says, as a sentence may hold it."""

from __future__ import annotations


def whole(message: str) -> str:
    """All lines of a message without blank ones at its ends, closed by a full stop."""
    message = "\n".join(line.rstrip() for line in message.strip().splitlines())
    return message if not message or message[-1] in ".!?:" else f"{message}."
