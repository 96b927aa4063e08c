"""`python -P -m engine bench --device cuda`: the trainer's own way on a card, from its first step to its compiled ones,
beside `transformers` where that is installed. It takes about four minutes, and needs torch, numpy and msgspec alone."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
import numpy as np
import torch

from engine.bench.peer import Peer
from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS, RunConfig
from engine.runs.schedule import learning_rate
from engine.runs.step_way import StepWay
from engine.shared.measurement import Measurement
from engine.train import device
from engine.train.batches import Batches
from engine.train.gradients import Gradients
from engine.train.micro_batches import Split, plan
from engine.train.model import GPT2
from engine.train.optimizer import make_optimizer
from engine.train.update import update

_N_TOKENS = 1_000_000  # of the corpus, which is random
_N_GROUPS = 5
_GROUP_S = 1.5
_GPT2 = PRESETS["124M"]
_COMPILED_PEER, _RATIO = "`transformers` compiled", "≥ 1.6"
_PEERS_SPLIT = Split(16, 4)  # of its steps: with 64 sequences at once its logits fill a card


class Case(NamedTuple):
    """A run whose speed is measured. `is_beside`: another process compiles meanwhile, as it is when one trains."""

    name: str
    run: RunConfig
    aim: str = ""
    is_beside: bool = False
    has_peer: bool = False


CASES = (
    Case("GPT-2 124M, dropout 0", msgspec.structs.replace(
        _GPT2, model=msgspec.structs.replace(_GPT2.model, drop_rate=0.0)), "≥ 500,000", True, True),
    Case("GPT-2 124M, dropout 0.1", _GPT2, "≥ 470,000"),
    Case("nano", PRESETS["nano"], "≥ 1,000,000"),
)  # fmt: skip


def measured(cases: tuple[Case, ...], on: torch.device, group_s: float = _GROUP_S) -> list[Measurement]:
    """The rows of every case, each told on stderr as soon as it is there; `group_s` is how long one group of steps
    takes, of five."""
    print(f"On {device.describe(on)}, torch {torch.__version__}:", file=sys.stderr)
    found = []
    for case in cases:
        speeds: list[float] = []
        for rows in (_ours, _peers):
            for row in rows(case, on, group_s):
                print(f"  {row.name}: {_words(row)}", file=sys.stderr, flush=True)
                found.append(row)
                if row.aim or row.name.endswith(_COMPILED_PEER):
                    speeds.append(row.ours)
            _free(on)
        if len(speeds) == 2:
            found.append(_ratio(case, *speeds))
            print(f"  {found[-1].name}: {speeds[0] / speeds[1]:.2f} times as fast, aim {_RATIO}", file=sys.stderr)
    return found


def _ratio(case: Case, ours: float, peers: float) -> Measurement:
    return Measurement(
        name=case.name, ours=ours, unit="tokens/s", other=peers, against=_COMPILED_PEER, ratio=ours / peers, aim=_RATIO
    )


def _words(row: Measurement) -> str:
    aim = f", aim {row.aim}" if row.aim else ""
    return f"{row.ours:,.1f} {row.unit}{aim}"


def _free(on: torch.device) -> None:
    gc.collect()
    if on.type == "cuda":
        torch.compiler.reset()  # of graphs, which hold memory
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(on)


class _Run:
    """The trainer's step, and when its way changed."""

    def __init__(self, case: Case, on: torch.device) -> None:
        self.run, self.device, self.n_steps = case.run, on, 0
        self.way = StepWay(step=0, micro_batch=0, n_micro_batches=0)
        model = GPT2(case.run.model, pads_vocabulary=on.type == "cuda")
        model.initialise(torch.Generator().manual_seed(1))
        model.to(on).train()
        self._optimizer = make_optimizer(model, case.run, on)
        chosen = plan(case.run, device.free_bytes(on))._replace(is_beside=case.is_beside)
        self.gradients = Gradients(model, _batches(case.run, on), chosen, on, self._told)

    def step(self) -> None:
        """As `Trainer.one_step`, which fetches its losses every ten steps."""
        self.n_steps += 1
        rate = learning_rate(self.run, self.n_steps)
        loss, _ = update(self.gradients, self._optimizer, self.n_steps, rate, self.run.grad_clip)
        if self.n_steps % 10 == 0:
            loss.item()

    def step_s(self) -> float:
        """How long one takes, to its end."""
        return _seconds(self.step, 1, self.device)

    def _told(self, way: StepWay, _said: object) -> None:
        self.way = way


def _ours(case: Case, on: torch.device, group_s: float) -> Iterator[Measurement]:
    run = _Run(case, on)
    n_tokens = case.run.tokens_per_step
    try:
        start_s = time.perf_counter()
        run.gradients.begin(1)
        eager_s = []
        while run.way.is_compiling:
            eager_s.append(run.step_s())
        if eager_s[2:]:  # the last is the first of another way
            yield _row(f"{case.name}, while it is compiled", n_tokens / statistics.median(eager_s[1:-1]))
            yield _row(f"{case.name}, from its start to that", time.perf_counter() - start_s, "s")
        first_s = eager_s[-1] if eager_s else run.step_s()
        yield _row(f"{case.name}, the first step of {run.way.words}", first_s, "s")
        speed = _tokens_per_second(run.step, n_tokens, on, group_s)
        reason = f" ({run.way.reason})" if run.way.reason else ""
        yield _row(f"{case.name}, {run.way.words}{reason}", speed, aim=case.aim)
        yield _row(f"{case.name}, its peak", device.memory_gib(on), "GiB")
    finally:
        run.gradients.close()


def _peers(case: Case, on: torch.device, group_s: float) -> Iterator[Measurement]:
    for is_compiled in ((False, True) if on.type == "cuda" else (False,)) if case.has_peer else ():
        try:
            other = Peer(case.run, _batches(case.run, on), _PEERS_SPLIT, on, is_compiled=is_compiled)
        except EngineError as error:  # `transformers` is not installed, or not whole
            print(f"  {error}", file=sys.stderr)
            return
        speed = _tokens_per_second(other.step, case.run.tokens_per_step, on, group_s)
        yield _row(f"{case.name}, 16 × 4, {_COMPILED_PEER if is_compiled else '`transformers` eager'}", speed)


def _batches(run: RunConfig, on: torch.device) -> Batches:
    tokens = np.random.default_rng(0).integers(0, run.model.vocab_size, _N_TOKENS).astype(np.uint16)
    return Batches(tokens, run, on, seed=1)


def _row(name: str, ours: float, unit: str = "tokens/s", aim: str = "") -> Measurement:
    return Measurement(name=name, ours=ours, unit=unit, aim=aim)


def _tokens_per_second(step: Callable[[], None], n_tokens: int, on: torch.device, group_s: float) -> float:
    """The median of groups, after a few steps that do not count."""
    for _ in range(3):
        step()
    once_s = _seconds(step, 3, on) / 3
    n_steps = max(round(group_s / once_s), 1)
    return n_steps * n_tokens / statistics.median(_seconds(step, n_steps, on) for _ in range(_N_GROUPS))


def _seconds(step: Callable[[], None], n_steps: int, on: torch.device) -> float:
    device.synchronize(on)
    start_s = time.perf_counter()
    for _ in range(n_steps):
        step()
    device.synchronize(on)
    return time.perf_counter() - start_s
