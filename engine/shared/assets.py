"""Where the files that ship with the program lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_ENGINE = Path(__file__).resolve().parents[1]
_ROOT = _ENGINE / "assets" if (_ENGINE / "assets").is_dir() else _ENGINE.parent / "assets"


def asset(name: str) -> Path:
    """The path of one shipped file, e.g. `asset("gpt2.tiktoken")`. Raises FileNotFoundError when it is missing."""
    path = _ROOT / name
    if not path.exists():
        raise FileNotFoundError(f"The installation lacks {name}; install the package again.")
    return path
