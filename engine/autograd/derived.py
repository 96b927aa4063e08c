"""Values that are views of a snapshot, made when somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor

from engine.autograd.snapshot import Snapshot
from engine.protocol.notes import Note
from engine.tensors.unseen import Unseen


class Derived:
    """The elements of `source`, as `view(source, *arguments)` gives them: read as a Snapshot is, and as old as that."""

    __slots__ = ("_arguments", "_source", "_view")

    def __init__(self, source: Value, view: Callable[..., Tensor], arguments: tuple[Any, ...]) -> None:
        self._source = source
        self._view = view
        self._arguments = arguments

    @property
    def tensor(self) -> Tensor | None:
        """None once the budget dropped it."""
        return self._of(self._source.tensor)

    @property
    def snapshot(self) -> Snapshot:
        """What it is a view of in the end."""
        source = self._source
        return source if isinstance(source, Snapshot) else source.snapshot

    @property
    def is_kept(self) -> bool:
        """False once the budget dropped it."""
        return self._source.is_kept

    def read(self) -> tuple[Tensor | None, Note | None]:
        """The value, and whether it was changed since, or why there is none."""
        tensor, note = self._source.read()
        return self._of(tensor), note

    def _of(self, tensor: Tensor | None) -> Tensor | None:
        if tensor is None:
            return None
        with Unseen():
            return self._view(tensor, *self._arguments)

    @property
    def copied(self) -> bool:
        """Whether the source has bytes of its own, which nothing else writes."""
        return self._source.copied

    @property
    def version(self) -> int:
        """The source's version counter when it was taken, -1 where it has none."""
        return self._source.version

    @property
    def storage(self) -> int:
        """The address of the implementation of the source's storage."""
        return self._source.storage

    @property
    def held_bytes(self) -> int:
        """What only the recorder keeps alive of the source."""
        return self._source.held_bytes

    @property
    def writer(self) -> Any:
        """The first call that wrote into the source since, None before."""
        return self._source.writer

    @property
    def written_storage(self) -> int:
        """The address of what that call wrote into."""
        return self._source.written_storage

    @property
    def written_bytes(self) -> int:
        """How many bytes that has."""
        return self._source.written_bytes

    @property
    def is_unnoticed(self) -> bool:
        """Whether autograd did not notice: it wrote through `.data`."""
        return self._source.is_unnoticed


Value = Snapshot | Derived
