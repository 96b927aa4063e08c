"""Which tensors a `pytorch_model.bin` holds, read without torch and without running anything that stands in it.

Such a file is a pickle, which can name any function of Python to be called. Here only the handful that a table of
tensors is made of have a meaning, each a plain one of our own; whatever else it names is told, and the file refused.
"""

from __future__ import annotations

import io
import math
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

from engine.shared.regular_files import open_file

_MOST_PICKLED_BYTES = 100_000_000
_MAGIC = 0x1950A86A20F9469CFC6C  # torch's number at the head of a file from before its 1.6, which is no archive
_TYPES = {
    "Double": ("F64", 8), "Float": ("F32", 4), "Half": ("F16", 2), "BFloat16": ("BF16", 2), "Long": ("I64", 8),
    "Int": ("I32", 4), "Short": ("I16", 2), "Char": ("I8", 1), "Byte": ("U8", 1), "Bool": ("BOOL", 1),
}  # fmt: skip


class ForeignPickleError(ValueError):
    """A pickle that asks for more than tensors: `name` is what, as "posix.system"."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Kind(NamedTuple):
    """What a storage holds, in the words of a .safetensors file, and the bytes of one number."""

    dtype: str
    n_bytes: int


class _Storage(NamedTuple):
    key: str
    kind: _Kind
    n: int


class _Stored(NamedTuple):
    """A tensor: where it begins in its storage, in numbers."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def check(self) -> None:
        """Raises ValueError where it reaches beyond its storage."""
        numbers = (self.offset, *self.shape, *self.strides)
        if len(self.shape) != len(self.strides) or any(type(each) is not int or each < 0 for each in numbers):
            raise ValueError("a tensor has no shape")
        reach = sum((size - 1) * stride for size, stride in zip(self.shape, self.strides, strict=True))
        if math.prod(self.shape) and self.offset + reach >= self.storage.n:
            raise ValueError("a tensor is larger than what is stored of it")


def pickled_header(file: Path) -> dict[str, dict[str, Any]]:
    """Of every tensor `dtype` and `shape`, as the header of a .safetensors file has them.

    Raises ForeignPickleError where it holds something else, OSError where it cannot be read, and ValueError where it is
    truncated or damaged.
    """
    with open_file(file) as stream:
        try:
            table = _of_archive(stream) if zipfile.is_zipfile(stream) else _of_old_file(stream)
            for one in table.values():
                one.check()
        except (OSError, ForeignPickleError):
            raise
        except Exception as error:  # of an opcode that is none, an index that is not there, and so on
            raise ValueError("it is no table of tensors") from error
    return {str(name): {"dtype": one.storage.kind.dtype, "shape": list(one.shape)} for name, one in table.items()}


def _of_archive(stream: IO[bytes]) -> Mapping[str, _Stored]:
    """As torch writes since its 1.6: a zip file with the pickle and a record for each storage."""
    with zipfile.ZipFile(stream) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        (name,) = (name for name in sizes if name.endswith("/data.pkl") and name.count("/") == 1)
        if sizes[name] > _MOST_PICKLED_BYTES:
            raise ValueError("the table is too long")
        table = _only_tensors(_Reader(io.BytesIO(archive.read(name))).load())
    records = name.removesuffix("data.pkl") + "data/"
    for storage in {one.storage for one in table.values()}:
        if sizes[records + storage.key] != storage.n * storage.kind.n_bytes:
            raise ValueError("a storage has not its size")
    return table


def _of_old_file(stream: IO[bytes]) -> Mapping[str, _Stored]:
    """As OpenAI's GPT-2 was first published: pickles one behind the other, then the numbers."""
    stream.seek(0)
    magic, _protocol, _system = (_Reader(stream).load() for _ in range(3))
    if magic != _MAGIC:
        raise ValueError("it is no file of torch")
    table = _only_tensors(_Reader(stream).load())
    keys = _Reader(stream).load()
    storages = {one.storage.key: one.storage for one in table.values()}
    n_bytes = sum(8 + storages[key].n * storages[key].kind.n_bytes for key in keys)
    if set(keys) != set(storages) or stream.tell() + n_bytes != stream.seek(0, io.SEEK_END):
        raise ValueError("it has not its size")
    return table


def _only_tensors(found: object) -> Mapping[str, _Stored]:
    if not isinstance(found, dict) or not all(isinstance(one, _Stored) for one in found.values()):
        raise ValueError("it is no dictionary of tensors")
    return found


class _Reader(pickle._Unpickler):  # the one in C takes gigabytes for a table that asks for a place far behind
    def find_class(self, module: str, name: str) -> Callable[..., object]:
        found = _MEANINGS.get(f"{module}.{name}")
        if found is None:
            raise ForeignPickleError(f"{module}.{name}")
        return found

    def persistent_load(self, saved: Any) -> _Storage:
        word, kind, key, _device, n, *_view = saved
        if word != "storage" or type(n) is not int:
            raise ValueError("it refers to something that is no storage")
        return _Storage(str(key), kind(), n)

    def get_extension(self, _code: int) -> NoReturn:
        raise ValueError("it refers to something outside of itself")


def _tensor(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_about: object
) -> _Stored:
    return _Stored(storage, offset, tuple(shape), tuple(strides))


def _parameter(stored: _Stored, *_about: object) -> _Stored:
    return stored


def _kind(dtype: str, n_bytes: int) -> Callable[[], _Kind]:
    return lambda: _Kind(dtype, n_bytes)


_MEANINGS: dict[str, Callable[..., object]] = {
    "collections.OrderedDict": OrderedDict,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_parameter": _parameter,
    **{f"torch.{name}Storage": _kind(*kind) for name, kind in _TYPES.items()},
}
