"""Text to tokens and back: GPT-2's byte pairs through tiktoken, bytes, or characters. Nothing is downloaded."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import tiktoken

from engine.protocol.errors import EngineError
from engine.runs.corpus import END_OF_TEXT
from engine.shared.assets import asset

_CHUNK_CHARACTERS = 1 << 20
# GPT-2's own splitting pattern, in the faster equivalent form that tiktoken uses.
_PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
# Between two lines, or before one space alone, cutting the text cuts no token.
_CUT = re.compile(r"(?<=\S\n)(?=\S)|(?<=\S)(?= \S)")


class Tokenizer(Protocol):
    """`size` tokens, numbered from 0."""

    size: int

    def encode(self, text: str) -> np.ndarray:
        """The tokens of a text, integers (n,)."""

    def decode(self, tokens: list[int]) -> str:
        """The text of tokens; what is no whole character of UTF-8 is replaced."""

    def bytes_of(self, token: int) -> bytes:
        """What one token adds to the UTF-8 of a text; perhaps a part of a character."""


class Gpt2Tokenizer:
    """GPT-2's 50,257 tokens."""

    size = 50_257

    def __init__(self) -> None:
        ranks = {}
        for line in asset("gpt2.tiktoken").read_bytes().splitlines():
            token, rank = line.split()
            ranks[base64.b64decode(token)] = int(rank)
        self._encoding = tiktoken.Encoding(
            "gpt2", pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={END_OF_TEXT: 50_256}
        )

    def encode(self, text: str) -> np.ndarray:
        """Token numbers, int64. The mark of the end of a text is the one token that it is."""
        return np.asarray(self._encoding.encode(text, allowed_special={END_OF_TEXT}), dtype=np.int64)

    def decode(self, tokens: list[int]) -> str:
        """The text; bytes that are no whole character become �."""
        return self._encoding.decode([token for token in tokens if token < self.size])

    def bytes_of(self, token: int) -> bytes:
        """As the byte pairs were merged."""
        return self._encoding.decode_single_token_bytes(token)


class ByteTokenizer:
    """The 256 bytes of UTF-8."""

    size = 256

    def encode(self, text: str) -> np.ndarray:
        """Token numbers, int64."""
        return np.frombuffer(text.encode("utf-8"), dtype=np.uint8).astype(np.int64)

    def decode(self, tokens: list[int]) -> str:
        """The text; bytes that are no whole character become �."""
        return bytes(token for token in tokens if token < 256).decode("utf-8", "replace")

    def bytes_of(self, token: int) -> bytes:
        """The one that it is."""
        return bytes([token])


class CharacterTokenizer:
    """One token for each different character of the corpus."""

    def __init__(self, alphabet: str) -> None:
        self.alphabet = alphabet
        self.size = len(alphabet)
        self._codes = np.array([ord(character) for character in alphabet], dtype=np.uint32)

    def encode(self, text: str) -> np.ndarray:
        """Token numbers, int64. Characters that the corpus does not have are left out."""
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        if not self.size:
            return np.empty(0, dtype=np.int64)
        places = np.searchsorted(self._codes, codes).clip(max=self.size - 1)
        return places[self._codes[places] == codes].astype(np.int64)

    def decode(self, tokens: list[int]) -> str:
        """The text."""
        return "".join(self.alphabet[token] for token in tokens if token < self.size)

    def bytes_of(self, token: int) -> bytes:
        """Those of the character."""
        return self.alphabet[token].encode()


def make_tokenizer(name: str, alphabet: str) -> Tokenizer:
    """ "gpt2", "bytes", or "characters" over an alphabet in code point order. Raises EngineError for another."""
    if name == "gpt2":
        return Gpt2Tokenizer()
    if name == "bytes":
        return ByteTokenizer()
    if name == "characters":
        return CharacterTokenizer(alphabet)
    raise EngineError("tokenizer.unknown", "There is no tokenizer {name!r}.", name=name)


def encoded(tokenizer: Tokenizer, pieces: Iterable[str]) -> Iterator[np.ndarray]:
    """The tokens of a text that comes in pieces, as those of the whole, some megabytes of it at a time. Only a text of
    millions of characters without white space is cut where it may make a token more."""
    waiting = ""
    for piece in pieces:
        waiting += piece
        if len(waiting) >= _CHUNK_CHARACTERS:
            cut = _last_cut(waiting)
            if cut or len(waiting) >= 8 * _CHUNK_CHARACTERS:
                yield tokenizer.encode(waiting[: cut or len(waiting)])
                waiting = waiting[cut or len(waiting) :]
    if waiting:
        yield tokenizer.encode(waiting)


def _last_cut(text: str) -> int:
    """The last place where cutting the text cuts no token, 0 without one."""
    width = 1 << 12
    while True:
        start = max(len(text) - width, 0)
        places = [match.start() for match in _CUT.finditer(text, start)]
        if places or not start:
            return places[-1] if places else 0
        width *= 8
