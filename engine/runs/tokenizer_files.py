"""The tokenizer files of a Hugging Face folder, written from what ships and read back. No torch, no tokenizer library.

Those of GPT-2 are OpenAI's own files to the byte: its 50,257 tokens and their merges follow from their ranks.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs.config import BYTE_VOCABULARY, tokenizer_of
from engine.runs.corpus import END_OF_TEXT
from engine.shared.assets import asset
from engine.shared.regular_files import read_file
from engine.shared.stored_json import parsed

_VOCAB, _MERGES, _TOKENIZER = "vocab.json", "merges.txt", "tokenizer.json"
_GPT2_VOCAB_HASH = (
    "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783"  # SHA-256, of OpenAI's encoder.json
)
_PRINTABLE = (*range(33, 127), *range(161, 173), *range(174, 256))
_LETTERS = {byte: chr(byte) for byte in _PRINTABLE} | {
    byte: chr(256 + place) for place, byte in enumerate(byte for byte in range(256) if byte not in _PRINTABLE)
}  # GPT-2 writes a byte as a letter that can be seen


def write_files(folder: Path, tokenizer: str, alphabet: str, context_length: int) -> None:
    """What `AutoTokenizer.from_pretrained` needs. Raises OSError."""
    about: dict[str, object] = {"model_max_length": context_length, "clean_up_tokenization_spaces": False}
    if tokenizer == "gpt2":
        ranks = _ranks()
        (folder / _VOCAB).write_text(json.dumps(_gpt2_vocabulary(ranks)), encoding="utf-8")
        (folder / _MERGES).write_text("\n".join(_merges(ranks)) + "\n", encoding="utf-8", newline="")
        about |= dict.fromkeys(("bos_token", "eos_token", "unk_token"), END_OF_TEXT)
        about |= {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": False}
    else:
        is_bytes = tokenizer == "bytes"
        letters = [_LETTERS[byte] for byte in range(256)] if is_bytes else list(alphabet)
        text = json.dumps(_character_tokenizer(letters, is_bytes=is_bytes), ensure_ascii=False, indent=1)
        (folder / _TOKENIZER).write_text(text, encoding="utf-8")
        about |= {"tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(about, indent=1), encoding="utf-8")


def read_tokenizer(folder: Path, vocab_size: int) -> tuple[str, str]:
    """The tokenizer that the files of a folder mean, or else its vocabulary, and the alphabet of one of characters.

    Raises EngineError for one that is not one of ours.
    """
    if _is_gpt2s_own(folder):
        return "gpt2", ""
    vocabulary = _vocabulary(folder)
    meant = tokenizer_of(vocab_size)
    if vocabulary is None:
        if meant:
            return meant, ""
        raise EngineError(
            "weights.no_tokenizer",
            "{folder} has no tokenizer files, and its vocabulary of {n:,} is neither GPT-2's nor that of bytes.",
            folder=folder,
            n=vocab_size,
        )
    tokens = sorted(vocabulary, key=lambda token: vocabulary[token])
    if meant == "gpt2" and vocabulary == _gpt2_vocabulary(_ranks()):
        return meant, ""
    if len(tokens) == BYTE_VOCABULARY and tokens == [_LETTERS[byte] for byte in range(256)]:
        return "bytes", ""
    is_numbered = [vocabulary[token] for token in tokens] == list(range(len(tokens)))
    if is_numbered and tokens == sorted(tokens) and all(len(token) == 1 for token in tokens):
        return "characters", "".join(tokens)
    raise EngineError(
        "weights.other_tokenizer",
        "{folder} has a tokenizer of its own with {n:,} tokens; only GPT-2's, bytes, and characters are read.",
        folder=folder,
        n=len(tokens),
    )


def _is_gpt2s_own(folder: Path) -> bool:
    """The short way, for the file that everybody copies."""
    try:
        return hashlib.sha256(read_file(folder / _VOCAB)).hexdigest() == _GPT2_VOCAB_HASH
    except OSError:
        return False


def _vocabulary(folder: Path) -> dict[str, int] | None:
    """None without tokenizer files."""
    vocab, whole = folder / _VOCAB, folder / _TOKENIZER
    try:
        if vocab.is_file():
            return {str(token): int(number) for token, number in parsed(read_file(vocab)).items()}
        if whole.is_file():
            found = parsed(read_file(whole))
            added = {str(one["content"]): int(one["id"]) for one in found.get("added_tokens") or ()}
            return {str(token): int(number) for token, number in found["model"]["vocab"].items()} | added
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        name = vocab.name if vocab.is_file() else whole.name
        raise EngineError(
            "weights.tokenizer_not_read", "{file} in {folder} cannot be read as a tokenizer.", file=name, folder=folder
        ) from error
    return None


def _ranks() -> dict[bytes, int]:
    lines = (line.split() for line in asset("gpt2.tiktoken").read_bytes().splitlines())
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def _gpt2_vocabulary(ranks: dict[bytes, int]) -> dict[str, int]:
    return {_text(token): rank for token, rank in ranks.items()} | {END_OF_TEXT: len(ranks)}


def _merges(ranks: dict[bytes, int]) -> list[str]:
    """A token is the last merge of the two parts that all lower ranks leave of it."""
    found = ["#version: 0.2"]
    for token in ranks:
        if len(token) > 1:
            parts = [bytes([byte]) for byte in token]
            while len(parts) > 2:
                best = min(range(len(parts) - 1), key=lambda at: ranks.get(parts[at] + parts[at + 1], len(ranks)))
                parts[best : best + 2] = [parts[best] + parts[best + 1]]
            found.append(f"{_text(parts[0])} {_text(parts[1])}")
    return found


def _text(token: bytes) -> str:
    return "".join(_LETTERS[byte] for byte in token)


def _character_tokenizer(letters: list[str], *, is_bytes: bool) -> dict[str, object]:
    """Byte pairs without a merge: a text becomes its characters, and one that is no token is left out."""
    splitter = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": splitter if is_bytes else None,
        "post_processor": None,
        "decoder": splitter if is_bytes else {"type": "Fuse"},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {letter: number for number, letter in enumerate(letters)},
            "merges": [],
        },
    }
