"""How much memory there is for a run: the machine's, what a control group leaves of it, or a card's. No torch."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.protocol.sentence import Sentence

_ROOT = Path("/")
# Of a control group, by version: where it lies, its limit, its use, and what of that the system takes back.
_GROUPS = (
    (re.compile(r"^0::(/.*)$", re.M), "", "memory.max", "memory.current", "inactive_file"),
    (re.compile(r"^\d+:(?:\w+,)*memory(?:,\w+)*:(/.*)$", re.M), "memory", "memory.limit_in_bytes",
     "memory.usage_in_bytes", "total_inactive_file"),
)  # fmt: skip

THIS_MACHINE = Sentence.phrase("words.this_machine", "this machine")
CONTAINER = Sentence.phrase("words.container", "the container that it would run in")


class Room(NamedTuple):
    """Bytes in all and those that are free now, and whose they are, as in "this machine has 24 GB"."""

    place: Sentence | str
    total: int
    free: int


def room_of(device: str) -> Room | None:
    """Where a run on a device lies; None where that cannot be told. "auto" takes a card where there is one."""
    name, _, index = device.partition(":")
    if name in ("auto", "cuda"):
        card = card_room(int(index) if index.isdecimal() else 0)
        if card is not None or name == "cuda":
            return card
    return machine_room()


def machine_room(root: Path = _ROOT) -> Room | None:
    """Of this process: the machine's, or less where a control group has a limit. `root` is the system's own folder."""
    total, free = _machine(root)
    if not total:
        return None
    room = Room(THIS_MACHINE, total, free)
    for limit, left in _limits(root):
        if limit < room.total:
            room = Room(CONTAINER, limit, min(left, room.free))
        room = room._replace(free=min(room.free, left))
    return room


def _machine(root: Path) -> tuple[int, int]:
    with contextlib.suppress(OSError):
        found = re.findall(r"^(\w+): +(\d+) kB$", (root / "proc/meminfo").read_text(), re.M)
        kilobytes = {name: int(number) for name, number in found}
        return 1024 * kilobytes.get("MemTotal", 0), 1024 * kilobytes.get("MemAvailable", kilobytes.get("MemTotal", 0))
    with contextlib.suppress(OSError, ValueError):
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        return total, total
    return 0, 0


def _limits(root: Path) -> Iterator[tuple[int, int]]:
    """Limit and what is left of it, of this process's control groups and of those around them."""
    try:
        groups = (root / "proc/self/cgroup").read_text()
    except OSError:
        return
    for pattern, below, limit_name, used_name, cache_name in _GROUPS:
        base = root / "sys/fs/cgroup" / below
        for match in pattern.finditer(groups):
            place = base / match[1].lstrip("/")
            for folder in (place, *place.parents):
                with contextlib.suppress(OSError, ValueError):
                    limit = int((folder / limit_name).read_text())  # "max" is none
                    used = int((folder / used_name).read_text())
                    cache = re.search(rf"^{cache_name} (\d+)$", (folder / "memory.stat").read_text(), re.M)
                    yield limit, max(limit - used + (int(cache[1]) if cache else 0), 0)
                if folder == base:
                    break


class _Memory(ctypes.Structure):
    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


def card_room(index: int = 0) -> Room | None:
    """Of an NVIDIA card, as its driver says; None without one. CUDA's own numbers are torch's, and take seconds."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        numbers = visible.split(",")
        if index >= len(numbers) or not numbers[index].strip().isdecimal():
            return None
        index = int(numbers[index])
    try:
        driver = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return None
    if driver.nvmlInit_v2():
        return None
    try:
        handle, name, memory = ctypes.c_void_p(), ctypes.create_string_buffer(96), _Memory()
        if (
            driver.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(index), ctypes.byref(handle))
            or driver.nvmlDeviceGetName(handle, name, ctypes.c_uint(len(name)))
            or driver.nvmlDeviceGetMemoryInfo(handle, ctypes.byref(memory))
        ):
            return None
        return Room(
            Sentence.phrase("words.the_card", "the {name}", name=name.value.decode()), memory.total, memory.free
        )
    finally:
        driver.nvmlShutdown()
