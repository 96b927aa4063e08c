"""The corpus as tokens on disk, and batches from it by a generator of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.run_folder import RunFolder
from engine.train.tokenizer import Tokenizer, encoded, make_tokenizer

_VALIDATION_SHARE = 0.1
_ON_DEVICE_BYTES = 2 << 30


class Tokens:
    """The two parts of a corpus as token numbers, memory-mapped; validation is its last tenth."""

    def __init__(self, path: Path, dtype: np.dtype, n_validation: int, alphabet: str) -> None:
        everything = np.memmap(path, dtype=dtype, mode="r")
        self.train = everything[: len(everything) - n_validation]
        self.validation = everything[len(everything) - n_validation :]
        self.alphabet = alphabet

    def entropy(self, vocabulary: int) -> float:
        """Unigram entropy of the training part, nats a token."""
        counts = np.zeros(vocabulary, dtype=np.int64)
        for start in range(0, len(self.train), 1 << 24):
            counts += np.bincount(self.train[start : start + (1 << 24)], minlength=vocabulary)
        return corpus.entropy([int(count) for count in counts])


def prepare(run: RunConfig, folder: RunFolder) -> tuple[Tokens, Tokenizer]:
    """Encode the corpus into `folder`, or take what is there. Raises EngineError when it is too short or no text."""
    alphabet_path, tokens_path = folder.path / "alphabet.txt", folder.tokens
    is_encoded = tokens_path.exists()
    if not is_encoded:
        corpus.check(run)
        if run.tokenizer == "characters":  # anew: a run that was killed may have left half of them
            alphabet = corpus.characters(run.corpus)
            corpus.check_prompt(run, alphabet)
            alphabet_path.write_text(alphabet, encoding="utf-8", newline="")
    alphabet = alphabet_path.read_bytes().decode("utf-8") if run.tokenizer == "characters" else ""
    tokenizer = make_tokenizer(run.tokenizer, alphabet)
    if tokenizer.size > run.model.vocab_size:
        raise ConfigError(
            "config.smaller_than_corpus",
            "vocab_size {value:,} is smaller than the {least:,} tokens that the corpus needs.",
            field="vocab_size",
            value=run.model.vocab_size,
            least=tokenizer.size,
        )
    dtype = np.dtype(np.uint16 if run.model.vocab_size <= 1 << 16 else np.uint32)
    if not is_encoded:
        _encode(run, tokenizer, tokens_path, dtype)
    n_tokens = tokens_path.stat().st_size // dtype.itemsize
    window = run.model.context_length + 1
    if n_tokens < 2 * window:
        raise ConfigError(
            "corpus.too_few_tokens",
            "The corpus has {n_tokens:,} tokens; context_length {context_length:,} needs at least {least:,}, half of "
            "them for validation.",
            field="corpus",
            n_tokens=n_tokens,
            context_length=run.model.context_length,
            least=2 * window,
        )
    n_validation = max(round(n_tokens * _VALIDATION_SHARE), window)
    return Tokens(tokens_path, dtype, n_validation, alphabet), tokenizer


def _encode(run: RunConfig, tokenizer: Tokenizer, path: Path, dtype: np.dtype) -> None:
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("wb") as file:
            for tokens in encoded(tokenizer, corpus.pieces(run.corpus, run.tokenizer)):
                tokens.astype(dtype).tofile(file)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise EngineError(
            "corpus.tokens_not_written",
            "The tokens of the corpus could not be written: {reason}.",
            reason=error.strerror or error,
        ) from error


class Batches:
    """Random windows of a token array. Its generator is its own: nothing else can shift which batch comes next."""

    def __init__(self, tokens: np.ndarray, run: RunConfig, device: torch.device, seed: int) -> None:
        self._context = run.model.context_length
        self._batch_size = run.batch_size
        self._device = device
        self.generator = torch.Generator().manual_seed(seed)
        self._tokens = tokens
        self._resident: Tensor | None = None
        if device.type != "cpu" and tokens.nbytes < _ON_DEVICE_BYTES:
            self._resident = torch.from_numpy(np.array(tokens, dtype=np.int32)).to(device)

    def next(self) -> tuple[Tensor, Tensor]:
        """Inputs and targets, int64 (B, T) each, on the device; a target is the token that follows."""
        last = len(self._tokens) - self._context
        starts = torch.randint(last, (self._batch_size,), generator=self.generator)
        if self._resident is not None:
            places = starts.to(self._device, non_blocking=True)[:, None] + torch.arange(
                self._context + 1, device=self._device
            )
            window = self._resident[places].long()
        else:
            rows = self._tokens[starts.numpy()[:, None] + np.arange(self._context + 1)]
            window = torch.from_numpy(rows.astype(np.int64)).to(self._device, non_blocking=True)
        return window[:, :-1], window[:, 1:]
