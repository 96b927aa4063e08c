"""GPT-2 (Radford et al., 2019): pre-norm blocks, learned positions, GELU, and by default a tied output head.

Shapes: B sequences, T tokens, d width, nh heads, hs = d / nh, V vocabulary.
"""

from __future__ import annotations

import math
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.runs.config import GPTConfig
from engine.train.gelu import mlp
from engine.train.key_values import Join, KeyValues

_TILE = 64  # rows: GPUs multiply matrices of whole tiles several times as fast


class CausalSelfAttention(nn.Module):
    """Every token looks at itself and at what came before."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.n_heads = config.n_heads
        self.drop_rate = config.drop_rate
        self.qkv = nn.Linear(config.emb_dim, 3 * config.emb_dim, bias=config.qkv_bias)
        self.proj = nn.Linear(config.emb_dim, config.emb_dim)
        self.dropout = nn.Dropout(config.drop_rate)

    def forward(self, x: Tensor, join: Join | None = None) -> Tensor:
        """float (B, T, d) → (B, T, d). `join` puts keys and values behind those of the tokens before; T is 1 then,
        unless there are none."""
        B, T, d = x.shape
        # Split first: the three gradients then come back through one copy instead of two.
        parts = self.qkv(x).split(d, dim=2)
        q, k, v = (part.view(B, T, self.n_heads, d // self.n_heads).transpose(1, 2) for part in parts)  # (B, nh, T, hs)
        if join is not None:
            k, v = join(k, v)
        drop = self.drop_rate if self.training else 0.0
        is_causal = join is None or T > 1
        y = F.scaled_dot_product_attention(q, k, v, dropout_p=drop, is_causal=is_causal)  # (B, nh, T, hs)
        return self.dropout(self.proj(y.transpose(1, 2).reshape(B, T, d)))  # (B, T, d)


class MLP(nn.Module):
    """Four times as wide inside, with GPT-2's tanh form of GELU."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.fc = nn.Linear(config.emb_dim, 4 * config.emb_dim)
        self.proj = nn.Linear(4 * config.emb_dim, config.emb_dim)
        self.dropout = nn.Dropout(config.drop_rate)

    def forward(self, x: Tensor) -> Tensor:
        """float (B, T, d) → (B, T, d)."""
        y = mlp(x, self.fc.weight, self.fc.bias, self.proj.weight, self.proj.bias)
        return self.dropout(y)  # (B, T, d)


class Block(nn.Module):
    """Attention, then an MLP, each added to what came in."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(config.emb_dim)
        self.attn = CausalSelfAttention(config)
        self.norm_2 = nn.LayerNorm(config.emb_dim)
        self.mlp = MLP(config)

    def forward(self, x: Tensor, join: Join | None = None) -> Tensor:
        """float (B, T, d) → (B, T, d)."""
        x = x + self.attn(self.norm_1(x), join)
        return x + self.mlp(self.norm_2(x))


class GPT2(nn.Module):
    """The whole model: tokens in, logits (or, with targets, the mean loss in nats) out.

    With `pads_vocabulary` the token embedding and the head have rows up to a multiple of 64. They belong to no token:
    their logits are -Inf in the softmax, so that loss and gradients are those without them; they are zero, get
    gradients of zero, and stay zero; they are in no parameter that `own_parameters` gives.
    """

    def __init__(self, config: GPTConfig, *, pads_vocabulary: bool = False) -> None:
        super().__init__()
        config.check()
        self.config = config
        n_rows = -(-config.vocab_size // _TILE) * _TILE if pads_vocabulary else config.vocab_size
        self.is_padded = n_rows > config.vocab_size
        self.wte = nn.Embedding(n_rows, config.emb_dim)
        self.wpe = nn.Embedding(config.context_length, config.emb_dim)
        self.dropout = nn.Dropout(config.drop_rate)
        self.h = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.norm_f = nn.LayerNorm(config.emb_dim)
        self.head = nn.Linear(config.emb_dim, n_rows, bias=False)
        if config.tied:
            self.head.weight = self.wte.weight
        if self.is_padded:
            for weight in (self.wte.weight, self.head.weight):
                nn.init.zeros_(weight)

    def own_parameters(self) -> dict[str, Tensor]:
        """The parameters by name, detached, without the rows that pad the vocabulary. They share memory with them."""
        tables = {id(self.wte.weight), id(self.head.weight)}
        return {
            name: parameter.detach()[: self.config.vocab_size] if id(parameter) in tables else parameter.detach()
            for name, parameter in self.named_parameters()
        }

    def initialise(self, generator: torch.Generator) -> None:
        """GPT-2's own: normal with deviation 0.02, those that feed the residual stream divided by √(2·layers)."""
        for name, parameter in self.own_parameters().items():
            if parameter.dim() >= 2:
                residual = name.endswith("proj.weight")
                std = 0.02 / math.sqrt(2 * self.config.n_layers) if residual else 0.02
                nn.init.normal_(parameter, 0.0, std, generator=generator)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def continued(self, tokens: Tensor, known: KeyValues) -> Tensor:
        """The logits (1, V) behind a sequence of which all but `tokens`, int64 (1, T), is known already; T is 1 then.
        They are known afterwards, too."""
        T = tokens.shape[1]
        x = self.dropout(self.wte(tokens) + self.wpe.weight[known.n : known.n + T])  # (1, T, d)
        for layer, block in enumerate(self.h):
            x = block(x, partial(known.join, layer))
        known.n += T
        return self.head(self.norm_f(x[:, -1]))[:, : self.config.vocab_size]

    def forward(self, tokens: Tensor, targets: Tensor | None = None) -> Tensor:
        """Tokens int64 (B, T) to logits (B, T, V); with targets (B, T), to the mean cross-entropy as a scalar."""
        T = tokens.shape[1]
        x = self.dropout(self.wte(tokens) + self.wpe.weight[:T])  # (B, T, d)
        for block in self.h:
            x = block(x)
        logits = self.head(self.norm_f(x))  # (B, T, V), or with the columns of the padding
        V = self.config.vocab_size
        if targets is None:
            return logits[..., :V]
        if self.is_padded:
            logits[..., V:] = -math.inf
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.reshape(-1))
