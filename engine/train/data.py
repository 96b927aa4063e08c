"""The corpus as tokens on disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs import corpus
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.meter import Meter
from engine.runs.model_folder import read_folder
from engine.runs.run_folder import RunFolder
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import write_reason
from engine.shared.file_hashes import hash_of, hash_of_bytes
from engine.shared.phrases import every
from engine.train.tokenizer import Tokenizer, encoded, make_tokenizer

_VALIDATION_SHARE = 0.1
_PART = 1 << 24  # tokens that are looked at at once


class Tokens:
    """The two parts of a corpus as token numbers, memory-mapped; validation is its last tenth. `said`: what of it had
    to be made again."""

    def __init__(
        self, path: Path, dtype: np.dtype, n_validation: int, alphabet: str, said: Sentence | None = None
    ) -> None:
        everything = np.memmap(path, dtype=dtype, mode="r")
        self.train = everything[: len(everything) - n_validation]
        self.validation = everything[len(everything) - n_validation :]
        self.alphabet, self.said = alphabet, said

    def entropy(self, vocabulary: int, meter: Meter = Meter()) -> float:
        """Unigram entropy of the training part, nats a token."""
        counts = np.zeros(vocabulary, dtype=np.int64)
        for start in range(0, len(self.train), _PART):
            meter.read(0)
            counts += np.bincount(self.train[start : start + _PART], minlength=vocabulary)
        return corpus.entropy([int(count) for count in counts])


def prepare(
    run: RunConfig, folder: RunFolder, hashes: Mapping[str, str] = {}, meter: Meter = Meter()
) -> tuple[Tokens, Tokenizer]:
    """Encode the corpus into `folder`, or take what is there, if it has the `hashes` that were taken of it. Nothing is
    there until all is: what ends it, be it `meter`, leaves nothing that is taken for tokens. What was lost or damaged
    is made again of the same corpus, to the bit. Raises EngineError when the corpus is too short, no text, or another
    than what was lost was made of."""
    tokens_path = folder.tokens
    lost = _lost(folder, hashes, meter)
    is_encoded = tokens_path.exists() and tokens_path.name not in lost
    is_known = folder.alphabet.name not in lost if is_encoded else _has_alphabet(folder, hashes)
    if lost and not _has_corpus(run):
        raise _damaged(lost[0])
    if lost or not is_encoded:
        corpus.check(run)
        is_counted = run.tokenizer == "characters" and not (run.init_from or is_known)
        n_passes = 2 if is_counted else 1  # the first for the alphabet
        meter.begin(n_passes * corpus.size_bytes(run.corpus))
    alphabet = _alphabet(run, folder, meter, hashes, is_known=is_known) if run.tokenizer == "characters" else ""
    tokenizer = make_tokenizer(run.tokenizer, alphabet)
    if tokenizer.size > run.model.vocab_size:
        raise _too_few_names(run, tokenizer.size)
    dtype = np.dtype(np.uint16 if run.model.vocab_size <= 1 << 16 else np.uint32)
    if not is_encoded:
        _encode(run, tokenizer, tokens_path, dtype, meter, hashes.get(tokens_path.name))
    elif not _are_tokens(tokens_path, dtype, tokenizer.size, meter):
        raise _damaged(tokens_path.name)
    n_validation = _n_validation(run, tokens_path.stat().st_size // dtype.itemsize)
    return Tokens(tokens_path, dtype, n_validation, alphabet, _made_again(lost)), tokenizer


def _n_validation(run: RunConfig, n_tokens: int) -> int:
    """How many of the corpus's tokens are validation's. Raises ConfigError where there are too few for both parts."""
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
    return max(round(n_tokens * _VALIDATION_SHARE), window)


def _alphabet(run: RunConfig, folder: RunFolder, meter: Meter, hashes: Mapping[str, str], *, is_known: bool) -> str:
    """Of a run over characters. It is made anew until the corpus is encoded: a run that was killed may have left half
    of it."""
    if is_known:
        try:
            return corpus.read_alphabet(folder.alphabet)
        except (OSError, ValueError) as error:
            raise _damaged(folder.alphabet.name) from error
    alphabet = read_folder(run.init_from).alphabet if run.init_from else corpus.characters(run.corpus, meter)
    corpus.check_prompt(run, alphabet)
    name, data = folder.alphabet.name, alphabet.encode()
    if hash_of_bytes(data) != hashes.get(name, hash_of_bytes(data)):
        raise _another(name, run)
    try:
        replace_file(folder.alphabet, data)
    except OSError as error:
        raise _not_written(error) from error
    return alphabet


def _has_alphabet(folder: RunFolder, hashes: Mapping[str, str]) -> bool:
    """Whether there is one beside tokens that are not; that of a branch on another corpus is its parent's. Raises
    EngineError where that is not as it was."""
    name = folder.alphabet.name
    if name not in hashes:
        return False
    is_whole = _is_whole(folder.alphabet, hashes[name], Meter())
    if not is_whole and folder.tokens.name not in hashes:
        raise _damaged(name)
    return is_whole


def _lost(folder: RunFolder, hashes: Mapping[str, str], meter: Meter) -> list[str]:
    """What of the encoded corpus is not as it was written."""
    if folder.tokens.name not in hashes:
        return []
    sizes = [path.stat().st_size for path in (folder.path / name for name in hashes) if path.exists()]
    meter.begin(sum(sizes))
    return [name for name, known in hashes.items() if not _is_whole(folder.path / name, known, meter)]


def _is_whole(path: Path, known: str, meter: Meter) -> bool:
    try:
        return hash_of(path, meter.read) == known
    except OSError:
        return False


def _has_corpus(run: RunConfig) -> bool:
    try:
        return bool(corpus.files(run.corpus).paths)
    except EngineError:
        return False


def _are_tokens(path: Path, dtype: np.dtype, vocabulary: int, meter: Meter) -> bool:
    """Whether a file that is whole was written for this vocabulary: its run's settings may have been changed since."""
    n_bytes = path.stat().st_size
    if not n_bytes or n_bytes % dtype.itemsize:
        return False
    tokens = np.memmap(path, dtype=dtype, mode="r")
    for start in range(0, len(tokens), _PART):
        meter.read(0)
        if int(tokens[start : start + _PART].max()) >= vocabulary:
            return False
    return True


def _too_few_names(run: RunConfig, least: int) -> ConfigError:
    return ConfigError(
        "config.smaller_than_corpus",
        "vocab_size {value:,} is smaller than the {least:,} tokens that the corpus needs.",
        field="vocab_size",
        value=run.model.vocab_size,
        least=least,
    )


def _damaged(name: str) -> EngineError:
    return EngineError(
        "corpus.tokens_damaged",
        "The run cannot go on: {file} of its folder is missing or damaged. It holds the corpus as the model saw it.",
        file=name,
    )


def _another(name: str, run: RunConfig) -> EngineError:
    return EngineError(
        "corpus.another",
        "The run cannot go on: {file} of its folder is missing or damaged, and the corpus {corpus} is no longer what "
        "it was when the run was begun.",
        file=name,
        corpus=run.corpus,
    )


def _made_again(names: list[str]) -> Sentence | None:
    if not names:
        return None
    return Sentence.of(
        "corpus.made_again",
        "{files} of the run was missing or damaged, and was made again of the same corpus.",
        files=every(names),
    )


def _not_written(error: OSError) -> EngineError:
    return EngineError(
        "corpus.tokens_not_written",
        "The tokens of the corpus could not be written: {reason}.",
        reason=write_reason(error),
    )


def _encode(run: RunConfig, tokenizer: Tokenizer, path: Path, dtype: np.dtype, meter: Meter, known: str | None) -> None:
    """`known`: the hash of what the run has been trained with, where its tokens were lost."""
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("wb") as file:
            for tokens in encoded(tokenizer, corpus.pieces(run.corpus, run.tokenizer, meter)):
                file.write(tokens.astype(dtype).data)
            file.flush()
            os.fsync(file.fileno())  # its name is not on the disk before it is
        if known is not None and hash_of(temporary) != known:
            raise _another(path.name, run)
        temporary.replace(path)
    except OSError as error:
        raise _not_written(error) from error
    finally:
        temporary.unlink(missing_ok=True)
