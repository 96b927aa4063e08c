"""The gradients of one step, in whichever way its memory has room for and its machine is fastest at."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from engine.protocol.sentence import Sentence
from engine.runs.step_way import StepWay
from engine.train import device
from engine.train.batches import Batches
from engine.train.compiling import Compiling, options, reason_of
from engine.train.micro_batches import Plan, Split
from engine.train.model import GPT2
from engine.train.random_states import put_back, random_states
from engine.train.step_sentences import is_out_of_memory, not_compiled, smaller_micro_batch

Tell = Callable[[StepWay, Sentence | None], None]


class Gradients:
    """Steps are made eagerly until the compiled one is ready, which another process prepares; then at a step's
    beginning it takes over. `tell` hears of each way, and why the one before was left. For one thread; `close` ends
    the other process.

    Evaluations and samples use `model` itself, which shares its weights and is never compiled.
    """

    def __init__(self, model: GPT2, batches: Batches, chosen: Plan, on: torch.device, tell: Tell) -> None:
        self.model, self.batches, self.device = model, batches, on
        self.eager = self.split = chosen.eager
        self._plan, self._tell = chosen, tell
        self._forward: Callable[[Tensor, Tensor], Tensor] = model
        self._is_compiled = False
        self._compiling: Compiling | None = None

    def limit(self, most: int) -> None:
        """Take at most `most` sequences at once in uncompiled steps; 0 sets no limit."""
        if most and most < self.eager.n_sequences:
            self.eager = self.split = Split.of(self.eager.n_sequences * self.eager.n_parts, most)

    def begin(self, step: int) -> None:
        """Before step `step`, the first of this process."""
        split = self._plan.compiled
        if split is not None and self._plan.is_beside:
            self._compiling = Compiling(self.model, split, self.device)
        if split is None or self._compiling is not None:
            self._told(step)
        else:
            self._take_over(step)

    def make(self, step: int) -> Tensor:
        """Leave in each parameter's `.grad` the mean over the next batch, and return the mean loss, a scalar.

        Raises what the model does, and torch.OutOfMemoryError where not even one sequence has room; the batch is then
        not taken.
        """
        if self._compiling is not None and (reason := self._compiling.outcome()) is not None:
            self._stop_compiling()
            if reason:
                self._told(step, not_compiled(reason), reason)
            else:
                self._take_over(step)
        before = random_states(self.batches, self.device)
        while True:
            try:
                return self._sum()
            except Exception as error:
                # Outside of this block nothing of the failed step lives any more.
                said, reason = self._give_way(error)
            _forget(self.model, self.device)
            put_back(before, self.batches, self.device)
            self._told(step, said, reason)

    def close(self) -> None:
        """End what still compiles."""
        self._stop_compiling()

    def _sum(self) -> Tensor:
        n_sequences, n_parts = self.split
        total = torch.zeros((), device=self.device)
        for _ in range(n_parts):
            inputs, targets = self.batches.next(n_sequences)
            with device.autocast(self.device):
                loss = self._forward(inputs, targets)
            (loss / n_parts).backward()
            total += loss.detach()
        total /= n_parts
        return total

    def _give_way(self, error: Exception) -> tuple[Sentence, str]:
        """Another way for a step that failed, with the reason. Raises the error where there is none."""
        if self._is_compiled:
            self._forward, self._is_compiled, self.split = self.model, False, self.eager
            reason = reason_of(error)
            return not_compiled(reason), reason
        smaller = self.split.smaller() if is_out_of_memory(error) else None
        if smaller is None:
            raise error
        said = smaller_micro_batch(self.split, smaller)
        self.eager = self.split = smaller
        return said, "out of memory"

    def _take_over(self, step: int) -> None:
        assert self._plan.compiled is not None
        _forget(self.model, self.device)
        self.split = self._plan.compiled
        self._forward = torch.compile(self.model, **options(self.model, self.split, self.device))
        self._is_compiled = True
        self._told(step)

    def _told(self, step: int, said: Sentence | None = None, reason: str = "") -> None:
        self._tell(
            StepWay(
                step=step,
                micro_batch=self.split.n_sequences,
                n_micro_batches=self.split.n_parts,
                is_compiled=self._is_compiled,
                is_compiling=self._compiling is not None,
                reason=reason,
            ),
            said,
        )

    def _stop_compiling(self) -> None:
        if self._compiling is not None:
            self._compiling.close()
            self._compiling = None


def _forget(model: GPT2, on: torch.device) -> None:
    """What a step left that failed half-way, or was made another way."""
    for parameter in model.parameters():
        parameter.grad = None
    if on.type == "cuda":
        torch.cuda.empty_cache()
