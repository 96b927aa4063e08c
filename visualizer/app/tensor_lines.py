"""A file of numbers as lines of a program that reads it. Nothing of the file is run, and little of it is read."""

from __future__ import annotations

import csv
import json
import keyword
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from engine.protocol.errors import EngineError

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
SUFFIXES = (".npy", ".npz", ".safetensors", ".pt", ".pth", ".csv", ".tsv", *PICTURES)
_NUMPY, _TORCH = "import numpy as np", "import torch"
_MOST_ARRAYS = 8  # of an archive with a line each
_HEAD_BYTES = 1 << 16


@dataclass(frozen=True)
class TensorLines:
    """Lines to put into a program, and the imports that they need."""

    imports: tuple[str, ...]
    lines: tuple[str, ...]


def lines_for(path: Path, used: Collection[str]) -> TensorLines:
    """What reads a file; `used` are names that the program has. Raises EngineError for what is no such file."""
    suffix, name = path.suffix.lower(), _free(_identifier(path.stem), used)
    try:
        return _lines(path, suffix, name, used)
    except (OSError, zipfile.BadZipFile, ValueError, csv.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or f"it is no whole {suffix} file"
        raise EngineError("file.not_read", "{path} could not be read: {reason}.", path=path, reason=reason) from error


def _lines(path: Path, suffix: str, name: str, used: Collection[str]) -> TensorLines:
    file = repr(str(path))
    if suffix == ".npy":
        _begins(path, b"\x93NUMPY")
        return TensorLines((_NUMPY, _TORCH), (f"{name} = torch.from_numpy(np.load({file}))",))
    if suffix == ".npz":
        return _archive(path, name, used)
    if suffix == ".safetensors":
        _safetensors_names(path)
        return TensorLines(("from safetensors.torch import load_file",), (f"{name} = load_file({file})",))
    if suffix in (".pt", ".pth"):
        _begins(path, b"")
        line = f"{name} = torch.load({file}, map_location='cpu', weights_only=True)"
        return TensorLines((_TORCH,), (line,))
    if suffix in (".csv", ".tsv"):
        return _table(path, name)
    if suffix in PICTURES:
        _begins(path, b"")
        line = f"{name} = torch.from_numpy(np.array(Image.open({file}).convert('RGB')))  # row, column, colour"
        return TensorLines((_NUMPY, _TORCH, "from PIL import Image"), (line,))
    raise EngineError("tensor_file.no_format", "{name} is no file of tensors that is known here.", name=path.name)


def _archive(path: Path, name: str, used: Collection[str]) -> TensorLines:
    with zipfile.ZipFile(path) as archive:
        members = [member.removesuffix(".npy") for member in archive.namelist() if member.endswith(".npy")]
    if not members:
        raise ValueError("no arrays")
    lines = [f"{name} = np.load({str(path)!r})"]
    taken = {*used, name}
    for member in members[:_MOST_ARRAYS]:
        own = _free(_identifier(member), taken)
        taken.add(own)
        lines.append(f"{own} = torch.from_numpy({name}[{member!r}])")
    if len(members) > _MOST_ARRAYS:
        lines.append(f"# and {len(members) - _MOST_ARRAYS} more in {name}.files")
    return TensorLines((_NUMPY, _TORCH), tuple(lines))


def _safetensors_names(path: Path) -> list[str]:
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if not 2 <= size <= path.stat().st_size - 8:
            raise ValueError("no header")
        return [key for key in json.loads(file.read(size)) if key != "__metadata__"]


def _table(path: Path, name: str) -> TensorLines:
    """Its separator, and whether a line of words stands above the numbers."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.read(_HEAD_BYTES).splitlines()[:20]
    if not any(line.strip() for line in head):
        raise ValueError("empty")
    separators = {mark: min((line.count(mark) for line in head if line.strip()), default=0) for mark in ",;\t"}
    mark = max(separators, key=lambda one: separators[one])
    delimiter = f", delimiter={mark!r}" if separators[mark] else ""
    first = head[0].split(mark) if separators[mark] else head[0].split()
    skipped = ", skip_header=1" if not all(map(_is_number, first)) else ""
    call = f"np.genfromtxt({str(path)!r}{delimiter}{skipped}, dtype=np.float32)"
    return TensorLines((_NUMPY, _TORCH), (f"{name} = torch.from_numpy({call})",))


def _is_number(text: str) -> bool:
    try:
        float(text.strip().strip('"') or "nan")
    except ValueError:
        return False
    return True


def _begins(path: Path, mark: bytes) -> None:
    with path.open("rb") as file:
        if not (head := file.read(max(len(mark), 1))) or head[: len(mark)] != mark:
            raise ValueError("another file")


def _identifier(text: str) -> str:
    name = re.sub(r"\W+", "_", text).strip("_").lower() or "data"
    return f"_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name


def _free(name: str, used: Collection[str]) -> str:
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found
