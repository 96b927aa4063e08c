"""The text that a model learns from: one that ships, a file, or a folder of files. No torch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs.config import CORPORA, RunConfig
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
    """The files of a corpus in a fixed order. Raises EngineError when there is nothing to read."""
    if corpus in CORPORA:
        return (asset(f"corpora/{corpus}.txt"),)
    path = Path(corpus).expanduser()
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise EngineError(f"There is no corpus at {corpus}: choose a text file or a folder of text files.")
    found = tuple(
        sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and file.suffix.lower() in _SUFFIXES and not file.name.startswith(".")
        )
    )
    if not found:
        raise EngineError(f"The folder {corpus} holds no text file.")
    return found


def size_bytes(corpus: str) -> int:
    """The size of all of its files together."""
    return sum(path.stat().st_size for path in paths(corpus))


def texts(corpus: str) -> Iterator[str]:
    """The text of each file. Raises EngineError for one that is not UTF-8 text or cannot be read."""
    for path in paths(corpus):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise EngineError(f"{path} could not be read: {error.strerror}.") from error
        check_text(path, data[:_PROBE_BYTES])
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise EngineError(f"{path} is not UTF-8 text: the byte at {error.start:,} does not decode.") from error


def check_text(path: Path, head: bytes) -> None:
    """Raises EngineError when the beginning of a file is not text."""
    if b"\0" in head:
        raise EngineError(f"{path} is a binary file, not text.")


def check(run: RunConfig) -> None:
    """Read the beginning of the corpus and compare it with the run. Raises EngineError with one sentence.

    Exact lengths in tokens are known only after encoding; a token is at least one byte, so this refuses only for sure.
    """
    total = 0
    for path in paths(run.corpus):
        try:
            with path.open("rb") as file:
                check_text(path, file.read(_PROBE_BYTES))
        except OSError as error:
            raise EngineError(f"{path} could not be read: {error.strerror}.") from error
        total += path.stat().st_size
    if total < run.model.context_length + 2:
        raise EngineError(
            f"The corpus has {total:,} bytes, fewer than the context of {run.model.context_length:,} tokens needs."
        )
    if run.tokenizer == "characters" and total < 1 << 24:
        used = len(characters(run.corpus))
        if run.model.vocab_size < used:
            raise EngineError(
                f"vocab_size {run.model.vocab_size:,} is smaller than the {used:,} different characters of the corpus."
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
