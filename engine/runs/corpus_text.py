"""The text of one file, a block at a time: its encoding, and what keeps it from being text. No torch."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from engine.protocol.sentence import Sentence
from engine.runs.config_rules import ConfigError
from engine.runs.meter import Meter
from engine.shared.disk_errors import read_reason

_HEAD_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZEROS = 0.4  # of every second byte, in text of European letters in UTF-16

_OLDER = Sentence.phrase("words.older_encoding", " Is it Latin-1 or Windows-1252? Save it as UTF-8.")


def encoding_of(path: Path) -> str:
    """Python's name of a file's encoding, "" of what is no text. Raises ConfigError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return _encoding(file.read(_HEAD_BYTES))
    except OSError as error:
        raise not_read(path, error) from error


def blocks(path: Path, meter: Meter = Meter()) -> Iterator[str]:
    """The text of a file. Raises ConfigError for one that is no text, or cannot be read."""
    encoding = encoding_of(path)
    if not encoding:
        raise ConfigError("corpus.binary", "{path} is a binary file, not text.", field="corpus", path=path)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            data = file.read(_BLOCK_BYTES)
            while data:
                start = file.tell() - len(data) - len(decoder.getstate()[0])
                following = file.read(_BLOCK_BYTES)
                yield _decoded(path, decoder, data, start, is_last=not following)
                meter.read(len(data))
                data = following
    except OSError as error:
        raise not_read(path, error) from error


def not_read(path: Path | str, error: OSError) -> ConfigError:
    """A file of the corpus that the system does not give."""
    return ConfigError(
        "corpus.not_read", "{path} could not be read: {reason}.", field="corpus", path=path, reason=read_reason(error)
    )


def _encoding(head: bytes) -> str:
    found = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    if found or b"\0" not in head:
        return found or "utf-8"
    n_pairs = len(head) // 2
    first, second = (head[place : 2 * n_pairs : 2].count(0) for place in (0, 1))
    if n_pairs and not first and second >= _ZEROS * n_pairs:
        return "utf-16-le"
    return "utf-16-be" if n_pairs and not second and first >= _ZEROS * n_pairs else ""


def _decoded(path: Path, decoder: codecs.IncrementalDecoder, data: bytes, start: int, *, is_last: bool) -> str:
    """`start`: of the bytes that are decoded now, in the file."""
    try:
        text = decoder.decode(data, is_last)
    except UnicodeDecodeError as error:
        name = error.encoding.upper()
        raise ConfigError(
            "corpus.does_not_decode",
            "{path} is not {encoding} text: the byte at {position:,} does not decode.{hint}",
            field="corpus",
            path=path,
            encoding=name,
            position=start + error.start,
            hint=_OLDER if name == "UTF-8" else "",
        ) from error
    if "\0" in text:
        raise ConfigError(
            "corpus.zero_byte",
            "{path} is no text: it has a zero byte near {position:,}.",
            field="corpus",
            path=path,
            position=start + max(data.find(b"\0"), 0),
        )
    return text
