"""What may lie where a person lets something be written, and what has to stay of it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path


def check_writes(folder: Path, suffix: str, write: Callable[[Path], object]) -> None:
    """Through a link, also one that leads nowhere yet, and with the mode of the file that is replaced."""
    file, link, dangling = folder / f"file{suffix}", folder / f"link{suffix}", folder / f"dangling{suffix}"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file.name)
    dangling.symlink_to(f"new{suffix}")
    write(link)
    write(dangling)
    assert link.is_symlink() and dangling.is_symlink()
    assert file.read_bytes() != b"old" and stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (folder / f"new{suffix}").stat().st_size
    left = sorted(path.name for path in folder.iterdir())
    assert left == sorted([file.name, link.name, dangling.name, f"new{suffix}"])


def check_refuses(folder: Path, suffix: str, refused: Callable[[Path], str]) -> None:
    """`refused` writes and tells why not: over what is protected, a pipe, a folder or a circle of links nothing is."""
    protected, pipe, circle = folder / f"protected{suffix}", folder / f"pipe{suffix}", folder / f"circle{suffix}"
    protected.write_bytes(b"old")
    protected.chmod(0o444)
    (folder / f"to{suffix}").symlink_to(protected.name)
    os.mkfifo(pipe)
    circle.symlink_to(circle.name)
    (folder / f"folder{suffix}").mkdir()
    before = sorted(path.name for path in folder.iterdir())
    for name, reason in (
        (protected.name, "write-protected"),
        (f"to{suffix}", "write-protected"),
        (pipe.name, "it is a pipe, a device or a socket"),
        (circle.name, "links lead round in a circle"),
        (f"folder{suffix}", "it is a folder"),
    ):
        words = refused(folder / name)
        assert reason in words and str(folder / name) in words, words
    assert protected.read_bytes() == b"old" and stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(path.name for path in folder.iterdir()) == before
