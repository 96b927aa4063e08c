"""The text that a model learns from: one that ships, a file, or a folder of files. No torch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.protocol.sentence import Sentence
from engine.runs.config import CORPORA, RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.corpus_text import blocks, encoding_of, not_read
from engine.runs.meter import Meter
from engine.runs.prompts import missing_characters
from engine.shared.assets import asset
from engine.shared.regular_files import read_file

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
_READ_WHOLE_BYTES = 1 << 24  # of a corpus that is read before its run starts
END_OF_TEXT = "<|endoftext|>"  # between two texts, a token of its own in GPT-2


class Files(NamedTuple):
    """Of a corpus, in a fixed order. Of a folder, hidden files and folders are no part; `n_left_out` are no text."""

    paths: tuple[Path, ...]
    n_left_out: int = 0


def files(corpus: str) -> Files:
    """What a corpus consists of. Raises ConfigError when there is nothing to read."""
    if corpus in CORPORA:
        return Files((asset(f"corpora/{corpus}.txt"),))
    path = Path(corpus).expanduser()
    try:
        if path.is_file():
            return Files((path,))
    except OSError as error:  # of a folder on the way
        raise not_read(path, error) from error
    if not path.is_dir():
        raise ConfigError(
            "corpus.missing",
            "There is no corpus at {corpus}: choose a text file or a folder of text files.",
            field="corpus",
            corpus=corpus,
        )
    found = sorted(file for file in path.rglob("*") if _may_be_text(file.relative_to(path)) and file.is_file())
    texts = tuple(file for file in found if encoding_of(file))
    if not texts:
        raise ConfigError(
            "corpus.no_text_file", "The folder {corpus} holds no text file.", field="corpus", corpus=corpus
        )
    return Files(texts, len(found) - len(texts))


def _may_be_text(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not any(part.startswith(".") for part in path.parts)


def size_bytes(corpus: str) -> int:
    """The size of all of its files together."""
    return sum(path.stat().st_size for path in files(corpus).paths)


def pieces(corpus: str, tokenizer: str, meter: Meter = Meter()) -> Iterator[str]:
    """The whole text, a block at a time: files are parted by GPT-2's mark of the end of a text, which is one of its
    tokens, else by a new line where one does not end with it. Raises ConfigError for one that is no text."""
    mark = END_OF_TEXT if tokenizer == "gpt2" else "\n"
    last = ""  # character of what came before
    for path in files(corpus).paths:
        is_first = True
        for block in filter(None, blocks(path, meter)):
            if is_first and last and not (mark == "\n" == last):
                yield mark
            is_first, last = False, block[-1]
            yield block


def check(run: RunConfig) -> int | None:
    """Read the beginning of the corpus and compare it with the run; how many different characters it has, where that
    was counted. Raises ConfigError with one sentence.

    Exact lengths in tokens are known only after encoding; a token is at least one byte, so this refuses only for sure.
    """
    paths = files(run.corpus).paths
    total = 0
    for path in paths:
        if not encoding_of(path):
            next(blocks(path))  # says so
        total += path.stat().st_size
    longest = (total + len(paths) - 1) // 2 - 1  # half for validation, with a token to predict each
    if longest < run.model.context_length:
        raise ConfigError(
            "corpus.shorter_than_context",
            "The corpus has {n_bytes:,} bytes, fewer than the context of {context_length:,} tokens needs: {longest}.",
            field="corpus",
            n_bytes=total,
            context_length=run.model.context_length,
            longest=Sentence.phrase(
                "words.longest_context", "context_length {longest:,} is the longest", longest=longest
            )
            if longest > 0
            else Sentence.phrase("words.more_text", "it needs more text"),
        )
    if total < _READ_WHOLE_BYTES:
        return _check_whole(run)
    return None


def _check_whole(run: RunConfig) -> int | None:
    """What only all of the text tells: whether it decodes, and of characters how many different ones there are."""
    if run.tokenizer == "characters":
        alphabet = characters(run.corpus)
        check_prompt(run, alphabet)
        used = len(alphabet)
        if run.model.vocab_size < used:
            raise ConfigError(
                "config.smaller_than_alphabet",
                "vocab_size {value:,} is smaller than the {least:,} different characters of the corpus.",
                field="vocab_size",
                value=run.model.vocab_size,
                least=used,
            )
        return used
    for _ in pieces(run.corpus, run.tokenizer):
        pass
    return None


def check_prompt(run: RunConfig, alphabet: str) -> None:
    """Raises ConfigError where the prompt of the samples has characters that are no tokens. White space alone, as in
    the prompt of a preset, is left out of it without a word."""
    missing = missing_characters(run.sample_prompt, alphabet)
    if missing and run.sample_prompt.strip():
        raise ConfigError(
            "config.prompt_not_in_alphabet",
            "sample_prompt has {characters}, not in the corpus, and so without a token.",
            field="sample_prompt",
            characters=missing,
        )


def characters(corpus: str, meter: Meter = Meter()) -> str:
    """Every different character of the corpus, sorted: the vocabulary of the tokenizer of characters."""
    seen: set[str] = set()
    for text in pieces(corpus, "characters", meter):
        seen.update(text)
    return "".join(sorted(seen))


def read_alphabet(path: Path) -> str:
    """What `characters` gave, as a run keeps it. Raises OSError and ValueError for what it cannot have given."""
    text = read_file(path).decode("utf-8")
    if not text or text != "".join(sorted(set(text))):
        raise ValueError("it is no alphabet")
    return text


def entropy(counts: Counter[int] | list[int]) -> float:
    """Unigram entropy in nats: the loss of a model that knows nothing but how often each token occurs."""
    numbers = counts.values() if isinstance(counts, Counter) else counts
    total = sum(numbers)
    return -sum(n / total * math.log(n / total) for n in numbers if n) if total else 0.0
