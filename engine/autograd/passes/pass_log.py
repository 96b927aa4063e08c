"""What happened in each backward pass of a run: its loss, the norm of its gradients, how it ended."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import isfinite
from time import monotonic, thread_time
from typing import NamedTuple, TypeAlias

import msgspec
import torch
from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.course import Course
from engine.autograd.passes.engine_calls import EngineCall
from engine.autograd.passes.kept_passes import KeptPasses
from engine.autograd.snapshot import can_alias
from engine.protocol.messages import Passes
from engine.protocol.passes import PassMark
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.unseen import Unseen

_is_many = torch._C._functorch.is_functorch_wrapped_tensor  # inside vmap and its like
_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_NEWS_S = 0.1  # between news of passes that end on and on
_LARGE = 1 << 20  # gradients, which take a pass milliseconds to read
_COST_AT_FIRST_S = 0.1  # that measuring may take
_MAX_SHARE = 0.1  # of a run's time, that it may take besides


_Number: TypeAlias = float | Tensor | None


class _Untold(NamedTuple):
    """A mark. Numbers on another device are still there: reading one would make the program wait for it."""

    mark: PassMark
    loss: _Number
    norm: _Number = None


class PassLog:
    """The marks of one run, told at most ten times a second, and at once where a pass is held or fails.

    On the thread that runs the program; `emit` is called there.
    """

    def __init__(self, emit: Callable[[Passes], None], kept: KeptPasses) -> None:
        self._emit = emit
        self._kept = kept
        self.run = 0  # how many runs there were before
        self.begin_run()

    def begin_run(self) -> None:
        """Forget the passes of the run before."""
        self._kept.begin_run()
        self.run += 1
        self.n_begun = 0
        self.course = Course()
        self.starts = array("q")  # by pass: the number of the first node that was made after it had begun
        self._starts_cpu_s = array("d")  # by pass: how long the program's thread had run
        self._begun_cpu_s = self._ended_cpu_s = thread_time()
        self._untold: dict[int, _Untold] = {}
        self._told_s = self._begun_s = monotonic()
        self._cost_s = 0.0  # of measuring so far
        self._large: BackwardPass | None = None  # the newest, which is measured only where it is told

    def begins(self, call: EngineCall, site: CallSite) -> None:
        """A pass is about to run."""
        self.n_begun += 1
        self.starts.append(_sequence_nr())
        self._starts_cpu_s.append(thread_time())
        mark = PassMark(self.n_begun, site.origin, site.line, site.label, "running")
        self._untold[mark.index] = _Untold(mark, _loss(call.roots))

    def ended(self, current: BackwardPass, error: BaseException | None) -> PassMark:
        """The newest has run; measure what it brought."""
        start_s = monotonic()
        with Unseen():
            self._large = current if current.n_elements() > _LARGE else None
            has_time = self._cost_s <= _COST_AT_FIRST_S + _MAX_SHARE * (start_s - self._begun_s)
            is_measured = self._large is None and has_time
            norm = current.total_norm() if is_measured else None
            near = None if norm is None else _at_once(norm)
        status = "finished" if error is None else "failed" if isinstance(error, Exception) else "aborted"
        mark, loss, _ = self._untold.get(self.n_begun) or self._told
        mark = msgspec.structs.replace(
            mark,
            status=status,
            is_measured=is_measured,
            error="" if error is None else type_name(error),
            n_kept=len(current.replaced.kept),
        )
        self._untold[mark.index] = _Untold(mark, loss, near)
        now_s = monotonic()
        self._cost_s += now_s - start_s
        if error is not None or current.is_held or now_s - self._told_s >= _NEWS_S:
            self.tell()
        return mark

    def end_run(self) -> None:
        """The program has ended."""
        self._ended_cpu_s = thread_time()

    def cpu_s(self, index: int) -> float:
        """How long the program's thread had run when a pass began, without what it waited; of pass 0, which comes after
        the run, when the program ended."""
        end_s = self._starts_cpu_s[index - 1] if index else self._ended_cpu_s
        return end_s - self._begun_cpu_s

    def is_notable(self, current: BackwardPass) -> bool:
        """Whether a breakpoint has held the newest, or its loss or norm is known not to be finite."""
        _, loss, norm = self._untold.get(self.n_begun) or self._told
        numbers = (found for found in (loss, norm) if isinstance(found, float))
        return current.was_hit or not all(map(isfinite, numbers))

    def note_told(self, current: BackwardPass) -> None:
        """The newest pass was told with the norms of its nodes: that of a large one is known by now."""
        if self._large is current:
            self._large = None
            mark, loss, _ = self._untold.get(self.n_begun) or self._told
            with Unseen():
                norm = current.total_norm()
                found = None if norm is None else _at_once(norm)
            self._untold[mark.index] = _Untold(msgspec.structs.replace(mark, is_measured=True), loss, found)
            if current.is_held:
                self.tell()

    def tell(self) -> None:
        """Emit the marks that are new or have changed since the last news."""
        if self._untold:
            *_, self._told = self._untold.values()
            marks = tuple(map(_told, self._untold.values()))
            for mark in marks:
                self.course.note(mark)
            self._untold = {}
            self._told_s = monotonic()
            kept = self._kept
            self._emit(Passes(marks=marks, whole=kept.whole(), kept_bytes=kept.n_bytes, budget_bytes=kept.budget_bytes))


def _told(untold: _Untold) -> PassMark:
    with Unseen():
        loss, norm = (None if found is None else float(found) for found in untold[1:])
    return msgspec.structs.replace(untold.mark, loss=loss, norm=norm)


def _loss(roots: Sequence[object]) -> _Number:
    """The value of the one root, where it is a real number that can be read."""
    root = roots[0] if len(roots) == 1 else None
    if not issubclass(type(root), Tensor):
        return None
    with Unseen():
        bare = native.bare(root)
        if (
            _is_many(bare)
            or not can_alias(bare)
            or not native.has_own_data(bare)
            or native.is_complex(bare)
            or bare.numel() != 1
        ):
            return None
        return _at_once(bare)


def _at_once(number: Tensor) -> float | Tensor:
    """A number that can be read at once, else what will be read when it is told. Inside `Unseen`."""
    return float(number) if native.is_cpu(number) else number.clone()
