"""What every message is made of. A room's own messages stand in a file of their own beside what they carry, and
`messages` registers them."""

from __future__ import annotations

import msgspec


class Request(msgspec.Struct, frozen=True, tag_field="type"):
    """From the window to the engine. An answer carries the same `id`."""

    id: int = 0


class Event(msgspec.Struct, frozen=True, tag_field="type"):
    """From the engine to the window. `id` repeats the request that it answers; 0 where nobody asked."""

    id: int = 0
