"""The text that a model learns from: one that ships, a file, or a folder of files. No torch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.runs.config import CORPORA, RunConfig
from engine.runs.config_rules import ConfigError
from engine.shared.assets import asset

_SUFFIXES = {
    ".txt",
    ".md",
    ".py",
    ".rst",
    ".csv",
    ".json",
    ".jsonl",
    ".html",
    ".xml",
    ".tex",
    ".c",
    ".h",
    ".js",
    ".ts",
    "",
}
_PROBE_BYTES = 1 << 16


def paths(corpus: str) -> tuple[Path, ...]:
    """The files of a corpus in a fixed order. Raises ConfigError when there is nothing to read."""
    if corpus in CORPORA:
        return (asset(f"corpora/{corpus}.txt"),)
    path = Path(corpus).expanduser()
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise ConfigError(
            "corpus.missing",
            "There is no corpus at {corpus}: choose a text file or a folder of text files.",
            field="corpus",
            corpus=corpus,
        )
    found = tuple(
        sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and file.suffix.lower() in _SUFFIXES and not file.name.startswith(".")
        )
    )
    if not found:
        raise ConfigError(
            "corpus.no_text_file", "The folder {corpus} holds no text file.", field="corpus", corpus=corpus
        )
    return found


def size_bytes(corpus: str) -> int:
    """The size of all of its files together."""
    return sum(path.stat().st_size for path in paths(corpus))


def texts(corpus: str) -> Iterator[str]:
    """The text of each file. Raises ConfigError for one that is not UTF-8 text or cannot be read."""
    for path in paths(corpus):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise not_read(path, error) from error
        check_text(path, data[:_PROBE_BYTES])
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ConfigError(
                "corpus.does_not_decode",
                "{path} is not UTF-8 text: the byte at {position:,} does not decode.",
                field="corpus",
                path=path,
                position=error.start,
            ) from error


def check_text(path: Path, head: bytes) -> None:
    """Raises ConfigError when the beginning of a file is not text."""
    if b"\0" in head:
        raise ConfigError("corpus.binary", "{path} is a binary file, not text.", field="corpus", path=path)


def check(run: RunConfig) -> None:
    """Read the beginning of the corpus and compare it with the run. Raises ConfigError with one sentence.

    Exact lengths in tokens are known only after encoding; a token is at least one byte, so this refuses only for sure.
    """
    total = 0
    for path in paths(run.corpus):
        try:
            with path.open("rb") as file:
                check_text(path, file.read(_PROBE_BYTES))
        except OSError as error:
            raise not_read(path, error) from error
        total += path.stat().st_size
    if total < run.model.context_length + 2:
        raise ConfigError(
            "corpus.shorter_than_context",
            "The corpus has {n_bytes:,} bytes, fewer than the context of {context_length:,} tokens needs.",
            field="corpus",
            n_bytes=total,
            context_length=run.model.context_length,
        )
    if run.tokenizer == "characters" and total < 1 << 24:
        used = len(characters(run.corpus))
        if run.model.vocab_size < used:
            raise ConfigError(
                "config.smaller_than_alphabet",
                "vocab_size {value:,} is smaller than the {least:,} different characters of the corpus.",
                field="vocab_size",
                value=run.model.vocab_size,
                least=used,
            )


def not_read(path: Path | str, error: OSError) -> ConfigError:
    """A file of the corpus that the system does not give."""
    return ConfigError(
        "corpus.not_read", "{path} could not be read: {reason}.", field="corpus", path=path, reason=error.strerror
    )


def characters(corpus: str) -> str:
    """Every different character of the corpus, sorted: the vocabulary of the tokenizer of characters."""
    seen: set[str] = set()
    for text in texts(corpus):
        seen.update(text)
    return "".join(sorted(seen))


def entropy(counts: Counter[int] | list[int]) -> float:
    """Unigram entropy in nats: the loss of a model that knows nothing but how often each token occurs."""
    numbers = counts.values() if isinstance(counts, Counter) else counts
    total = sum(numbers)
    return -sum(n / total * math.log(n / total) for n in numbers if n) if total else 0.0
