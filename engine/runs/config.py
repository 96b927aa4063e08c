"""The configuration of a GPT-2 and of a training run, and what follows from them by arithmetic. No torch."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.config_rules import ConfigError, check_numbers

TOKENIZERS = ("gpt2", "bytes", "characters")
CORPORA = ("tiny-shakespeare", "the-verdict")
GPT2_VOCABULARY = 50_257
BYTE_VOCABULARY = 256
VOCABULARIES = {"gpt2": GPT2_VOCABULARY, "bytes": BYTE_VOCABULARY}  # of tokenizers that know theirs beforehand
_MOST_PARAMETERS = 10**12


def tokenizer_of(vocab_size: int) -> str:
    """The tokenizer that a vocabulary of this size is meant for, "" where that cannot be told. GPT-2's 50,257 tokens
    are padded to a multiple of 64, 128 or 256 by trainers that count in these."""
    if vocab_size == BYTE_VOCABULARY:
        return "bytes"
    return "gpt2" if GPT2_VOCABULARY <= vocab_size <= -(-GPT2_VOCABULARY // 256) * 256 else ""


class GPTConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The seven keys of GPT_CONFIG_124M, and whether the output head shares the token embedding."""

    vocab_size: int = GPT2_VOCABULARY
    context_length: int = 1024
    emb_dim: int = 768
    n_heads: int = 12
    n_layers: int = 12
    drop_rate: float = 0.1
    qkv_bias: bool = False
    tied: bool = True

    def check(self) -> None:
        """Raises ConfigError with one sentence that names the numbers."""
        check_numbers(self)
        if self.emb_dim % self.n_heads:
            raise ConfigError(
                "config.width_not_divided",
                "n_heads {n_heads} does not divide emb_dim {emb_dim}, so the width cannot be shared out. {near} would.",
                field="n_heads",
                n_heads=self.n_heads,
                emb_dim=self.emb_dim,
                near=_near_divisors(self.emb_dim, self.n_heads),
            )
        if (total := parameters(self).total) > _MOST_PARAMETERS:
            name = max(("vocab_size", "context_length", "emb_dim", "n_layers"), key=lambda name: getattr(self, name))
            raise ConfigError(
                "config.model_too_large",
                "{field} {value:,} makes a model of {n_parameters:.1e} parameters: at most 1e12.",
                field=name,
                value=getattr(self, name),
                n_parameters=total,
            )


class RunConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides a training run. Two runs with equal values on one machine's CPU are bit-identical."""

    model: GPTConfig = GPTConfig()
    init_from: str = ""  # the folder whose weights it begins with, its parent; "" begins with random ones
    tokenizer: str = "gpt2"  # one of TOKENIZERS
    corpus: str = "tiny-shakespeare"  # one of CORPORA, or the path of a text file or of a folder of them
    device: str = "auto"  # "auto", "cpu", "cuda", "cuda:1", "mps"
    learning_rate: float = 6e-4  # the peak, after warm-up
    min_learning_rate: float = 6e-5  # where the cosine ends
    warmup_steps: int = 100
    max_steps: int = 2000  # optimizer steps
    decay_steps: int = 0  # where the cosine ends; 0 ends it at max_steps
    batch_size: int = 8  # sequences in one micro-batch
    grad_accumulation: int = 1  # micro-batches in one step
    grad_clip: float = 1.0  # of the global norm; 0 does not clip
    weight_decay: float = 0.1  # of matrices and embeddings; biases and norms have none
    beta1: float = 0.9
    beta2: float = 0.95
    seed: int = 1337
    eval_every: int = 100  # steps between validations
    eval_batches: int = 20
    sample_every: int = 200  # steps between text samples; 0 writes none
    sample_tokens: int = 120
    sample_prompt: str = "\n"
    checkpoint_every: int = 500  # steps between checkpoints; one more is written at the end
    keep_every: int = 0  # of so many checkpoints one stays, besides the newest two and the best; 0: no other
    keep_gb: float = 10.0  # that all checkpoints may take; the oldest go first, never the newest two and the best
    patience: int = 0  # validations in a row without a better one after which it ends; 0 never ends it
    compile: bool | None = None  # torch.compile: faster steps after a minute or so; None compiles on CUDA alone

    @property
    def tokens_per_step(self) -> int:
        """Tokens that one optimizer step sees."""
        return self.batch_size * self.grad_accumulation * self.model.context_length

    @property
    def horizon(self) -> int:
        """The step at which the cosine of the learning rate ends."""
        return self.decay_steps or self.max_steps

    def check(self) -> None:
        """Raises ConfigError with one sentence; what needs the corpus is checked by `corpus.check`."""
        self.model.check()
        check_numbers(self)
        if self.tokenizer not in TOKENIZERS:
            raise ConfigError(
                "config.no_such_tokenizer",
                "There is no tokenizer {given!r}; choose one of {known}.",
                field="tokenizer",
                given=self.tokenizer,
                known=", ".join(TOKENIZERS),
            )
        least = VOCABULARIES.get(self.tokenizer, 1)
        if self.model.vocab_size < least:
            raise ConfigError(
                "config.smaller_than_tokenizer",
                "vocab_size {value:,} is smaller than the {least:,} tokens of the tokenizer {tokenizer!r}.",
                field="vocab_size",
                value=self.model.vocab_size,
                least=least,
                tokenizer=self.tokenizer,
            )


def _near_divisors(width: int, n_heads: int) -> str | Sentence:
    """The numbers of heads that can share a width, the nearest below and above one that cannot."""
    below = next(n for n in range(min(n_heads, width), 0, -1) if not width % n)
    above = next((n for n in range(n_heads, width + 1) if not width % n), None)
    if not above:
        return f"{below:,}"
    return Sentence.phrase("words.either", "{one:,} or {other:,}", one=below, other=above)


def _openai(emb_dim: int, n_heads: int, n_layers: int, **run: Any) -> RunConfig:
    model = GPTConfig(emb_dim=emb_dim, n_heads=n_heads, n_layers=n_layers)
    return RunConfig(model=model, **run)


PRESETS: dict[str, RunConfig] = {
    "nano": RunConfig(
        model=GPTConfig(vocab_size=65, context_length=64, emb_dim=128, n_heads=4, n_layers=4, drop_rate=0.0),
        tokenizer="characters",
        learning_rate=1e-3,
        min_learning_rate=1e-4,
        batch_size=12,
        max_steps=2000,
        sample_every=250,
        eval_every=100,
    ),
    "mini": RunConfig(
        model=GPTConfig(vocab_size=65, context_length=256, emb_dim=384, n_heads=6, n_layers=6, drop_rate=0.2),
        tokenizer="characters",
        learning_rate=1e-3,
        min_learning_rate=1e-4,
        batch_size=64,
        max_steps=5000,
    ),
    "124M": _openai(768, 12, 12, batch_size=16, grad_accumulation=4, max_steps=5000, warmup_steps=200),
    "355M": _openai(1024, 16, 24, batch_size=8, grad_accumulation=8, max_steps=5000, learning_rate=3e-4,
                    min_learning_rate=3e-5, warmup_steps=200),
    "774M": _openai(1280, 20, 36, batch_size=4, grad_accumulation=16, max_steps=5000, learning_rate=2.5e-4,
                    min_learning_rate=2.5e-5, warmup_steps=200),
    "1558M": _openai(1600, 25, 48, batch_size=2, grad_accumulation=32, max_steps=5000, learning_rate=2e-4,
                     min_learning_rate=2e-5, warmup_steps=200),
}  # fmt: skip


class ParameterCount(msgspec.Struct, frozen=True):
    """Learnable numbers by part. A tied head shares the token embedding and counts 0."""

    token_embedding: int
    positions: int
    attention: int
    mlp: int
    norms: int
    head: int

    @property
    def total(self) -> int:
        """Of all parts."""
        return self.token_embedding + self.positions + self.attention + self.mlp + self.norms + self.head


def parameters(config: GPTConfig) -> ParameterCount:
    """Exact counts of the model in model.py; a test compares them with the modules' own."""
    d, layers = config.emb_dim, config.n_layers
    return ParameterCount(
        token_embedding=config.vocab_size * d,
        positions=config.context_length * d,
        attention=layers * (3 * d * d + (3 * d if config.qkv_bias else 0) + d * d + d),
        mlp=layers * (4 * d * d + 4 * d + 4 * d * d + d),
        norms=layers * 4 * d + 2 * d,
        head=0 if config.tied else config.vocab_size * d,
    )


def flops_per_token(config: GPTConfig) -> int:
    """6N + 12·L·T·d for forward and backward, N without position embeddings (nanoGPT's convention)."""
    n = parameters(config).total - parameters(config).positions
    return 6 * n + 12 * config.n_layers * config.context_length * config.emb_dim
