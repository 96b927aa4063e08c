"""What runs are called beside each other: by their names, and where several have one, by their folders, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path


def told_apart(names: Mapping[Path, str]) -> dict[Path, str]:
    """The names of the runs in these folders, no two alike: "baseline (verdict-nano-2)", and "baseline (new/run-1)"
    where the folders have one name, too. A run whose name is that of its folder needs no other word."""
    alike = defaultdict(list)
    for path, name in names.items():
        alike[name].append(path)
    return {path: _title(path, name, alike[name]) for path, name in names.items()}


def _title(path: Path, name: str, alike: list[Path]) -> str:
    if len(alike) < 2:
        return name
    most = max(len(each.parts) for each in alike)
    n_parts = next((n for n in range(1, most) if len({each.parts[-n:] for each in alike}) == len(alike)), most)
    tail = str(Path(*path.parts[-n_parts:]))
    return name if tail == name else f"{name} ({tail})"
