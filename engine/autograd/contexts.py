"""What operations run in: where what they save for backward is not kept as it is, but dropped and computed again
(checkpoint) or packed by hooks of the program; and the transforms of torch.func."""

from __future__ import annotations

import functools
import sys
import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

import torch
import torch.utils.checkpoint
from torch.autograd.graph import save_on_cpu, saved_tensors_hooks

from engine.program.callables import Named, enclosed, named
from engine.program.sources import frame_source
from engine.protocol.source import Source
from engine.tensors.unseen import Spared

_CHECKPOINTS = torch.utils.checkpoint.__file__
_FORWARD, _AGAIN = "_checkpoint_hook", "_recomputation_hook"  # torch's own kinds of `saved_tensors_hooks`
RECOMPUTED, PACKED, ON_CPU = "recomputed", "packed", "on cpu"


class Packing:
    """One `with saved_tensors_hooks(...)`, or one call of checkpoint, which began at `place`."""

    __slots__ = ("__weakref__", "kind", "n_again", "pack", "place", "unpack")

    def __init__(self, kind: str, place: Source | None, pack: Named, unpack: Named) -> None:
        self.kind = kind  # RECOMPUTED, PACKED, ON_CPU
        self.place = place
        self.pack = pack
        self.unpack = unpack
        self.n_again = 0  # how often a checkpoint's forward has run again


class Context(NamedTuple):
    """Of one call. `transforms` are those of torch.func, the outermost first: "vmap", "grad", "jvp"."""

    packing: Packing | None
    transforms: tuple[str, ...] = ()
    is_autocast: bool = False


class Packings:
    """Those that the recorded operations of one thread are in, the innermost last."""

    def __init__(self, program_paths: set[str]) -> None:
        self._program_paths = program_paths
        self.open: list[Packing | None] = []  # on the path of every call
        self._of_frames: weakref.WeakKeyDictionary[Any, Packing] = weakref.WeakKeyDictionary()  # torch's, by checkpoint

    @property
    def innermost(self) -> Packing | None:
        """None outside of any, and while a forward runs again, whose nodes nobody keeps."""
        return self.open[-1] if self.open else None

    def enter(self, hooks: saved_tensors_hooks, frame: FrameType) -> None:
        """From `frame`, what is saved goes through `hooks`."""
        self.open.append(None)
        kind = _kind_of(hooks)
        if kind == _AGAIN:
            return
        is_checkpoint = kind == _FORWARD
        what = RECOMPUTED if is_checkpoint else ON_CPU if isinstance(hooks, save_on_cpu) else PACKED
        pack, unpack = vars(hooks).get("pack_hook"), vars(hooks).get("unpack_hook")
        found = Packing(what, self._place(frame), named(pack), named(unpack))
        checkpoint = enclosed(pack, "frame") if is_checkpoint else None
        if checkpoint is not None:
            self._of_frames[checkpoint] = found
        self.open[-1] = found

    def note_again(self, hooks: saved_tensors_hooks, frame: FrameType) -> None:
        """The forward of a checkpoint may be about to run again, on any thread."""
        again = self._of_frames.get(_checkpoint_of(frame)) if _kind_of(hooks) == _AGAIN else None
        if again is not None:
            again.n_again += 1

    def leave(self) -> None:
        """It does no longer."""
        if self.open:
            self.open.pop()

    def forget(self) -> None:
        """Whatever a thread was left in."""
        self.open.clear()

    def _place(self, frame: FrameType | None) -> Source | None:
        while frame is not None and frame.f_code.co_filename not in self._program_paths:
            frame = frame.f_back
        return None if frame is None else frame_source(frame)


def _kind_of(hooks: saved_tensors_hooks) -> str:
    """Which one of torch's own for checkpoint, "" of any other."""
    kind = type(hooks)
    return kind.__name__ if kind.__module__ == torch.utils.checkpoint.__name__ else ""


def transforms() -> tuple[str, ...]:
    """Of torch.func, that the calling thread is in."""
    stack = torch._C._functorch.get_interpreter_stack() or ()
    return tuple(str(level.key()).rpartition(".")[2].lower() for level in stack)


def _checkpoint_of(frame: FrameType | None) -> Any:
    """What torch knows a checkpoint by that runs again: the hook that was asked for a saved tensor has it."""
    while frame is not None:
        if frame.f_code.co_filename == _CHECKPOINTS and frame.f_code.co_name == "unpack_hook":
            return frame.f_locals.get("frame")
        frame = frame.f_back
    return None


_OfThread = Callable[[], tuple[Packings, bool]]  # those of the program, and whether the calling thread is recorded


def entering(of_thread: _OfThread, original: Callable[..., Any]) -> Callable[..., Any]:
    """`saved_tensors_hooks.__enter__`, noted."""

    @functools.wraps(original)
    def enter(self: saved_tensors_hooks) -> Any:
        packings, is_here = of_thread()
        with Spared():
            packings.note_again(self, sys._getframe(1))
            if is_here:
                packings.enter(self, sys._getframe(1))
        return original(self)

    return enter


def leaving(of_thread: _OfThread, original: Callable[..., Any]) -> Callable[..., Any]:
    """`saved_tensors_hooks.__exit__`, noted."""

    @functools.wraps(original)
    def leave(self: saved_tensors_hooks, *args: object) -> Any:
        packings, is_here = of_thread()
        if is_here:
            packings.leave()
        return original(self, *args)

    return leave
