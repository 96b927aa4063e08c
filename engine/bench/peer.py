"""The GPT-2 of `transformers` in a plain training loop, as what the trainer is held against."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from engine.protocol.errors import EngineError
from engine.runs.config import RunConfig
from engine.runs.schedule import learning_rate
from engine.train import device
from engine.train.batches import Batches
from engine.train.micro_batches import Split
from engine.train.optimizer import make_optimizer


class Peer:
    """`GPT2LMHeadModel` with fused attention, the same sizes, dropout, dtype, optimizer, clipping and batches.

    Raises EngineError without `transformers`.
    """

    def __init__(
        self, run: RunConfig, batches: Batches, split: Split, on: torch.device, *, is_compiled: bool = False
    ) -> None:
        self.run, self.batches, self.split, self.device, self.n_steps = run, batches, split, on, 0
        self.model = _model(run).to(on).train()
        self.forward: Callable[..., Any] = torch.compile(self.model) if is_compiled else self.model
        self.optimizer = make_optimizer(self.model, run, on)

    def step(self) -> None:
        """One optimizer step; the loss of its last part leaves the device."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.run, self.n_steps + 1)
        for _ in range(self.split.n_parts):
            inputs, targets = self.batches.next(self.split.n_sequences)
            with device.autocast(self.device):
                logits = self.forward(input_ids=inputs).logits
                loss = nn.functional.cross_entropy(logits.view(-1, logits.shape[-1]), targets.reshape(-1))
            (loss / self.split.n_parts).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.run.grad_clip or math.inf)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.n_steps += 1
        loss.item()


def _model(run: RunConfig) -> nn.Module:
    try:
        from transformers import GPT2Config, GPT2LMHeadModel
    except ImportError as error:
        raise EngineError(
            "bench.no_transformers", "`transformers` is not installed: pip install -e '.[bench]'"
        ) from error
    sizes = run.model
    config = GPT2Config(
        vocab_size=sizes.vocab_size, n_positions=sizes.context_length, n_embd=sizes.emb_dim,
        n_layer=sizes.n_layers, n_head=sizes.n_heads, resid_pdrop=sizes.drop_rate, embd_pdrop=sizes.drop_rate,
        attn_pdrop=sizes.drop_rate, use_cache=False, bos_token_id=0, eos_token_id=0, attn_implementation="sdpa",
    )  # fmt: skip
    return GPT2LMHeadModel(config)
